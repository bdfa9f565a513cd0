"""What every test may rely on, also in the workers that share the suite between the cores."""

import os
import sys

from hypothesis import settings

# A worker of pytest-xdist is started from a string, and pyspark takes a main module without a file for a doctest: it
# then loads its own test helpers, which need a Spark with a JVM, and exits.
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = __file__

# The ordinary suite tries the same examples every time, so that a change is judged by what it changed; the slow one
# looks for new ones. A counterexample that it finds becomes a test of its own.
# Neither is timed: a busy machine is no counterexample.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", max_examples=300, print_blob=True, deadline=None)
settings.load_profile(os.environ.get("LANDWAITER_TEST_PROFILE", "steady"))
