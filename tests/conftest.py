"""What every test may rely on, also in the workers that share the suite between the cores."""

import sys

# A worker of pytest-xdist is started from a string, and pyspark takes a main module without a file for a doctest: it
# then loads its own test helpers, which need a Spark with a JVM, and exits.
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = __file__
