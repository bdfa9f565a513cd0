"""What is locked? The three sets of `./run`, resolved anew for every platform, by hash and without addresses.

Run by `./run lock`. `dev` and `spark` keep the versions of `core`, so that one environment can grow from the other.
"""

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOR_EVERY_PLATFORM = ["--universal", "--python-version", "3.11", "--generate-hashes"]
WITHOUT_ADDRESSES = ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]

SETS = {
    "core": ["requirements/build.in"],
    "dev": [
        *["--extra", "sail", "--extra", "postgres", "--extra", "private", "--extra", "export", "--extra", "dev"],
        *["requirements/build.in", "--constraint", "requirements/core.txt"],
        # The private query's library pins protobuf 6.30.2, the Spark client needs a newer one; both work with 7.
        *["--override", "requirements/override.in"],
    ],
    "spark": ["--extra", "spark", "requirements/slow.in", "--constraint", "requirements/core.txt"],
}


def main() -> None:
    """Write core.txt first: the others are bound to it."""
    for name, arguments in SETS.items():
        command = ["uv", "pip", "compile", "--quiet", "--upgrade", *FOR_EVERY_PLATFORM, *WITHOUT_ADDRESSES]
        target = ["--output-file", f"requirements/{name}.txt"]
        subprocess.run([*command, "pyproject.toml", *arguments, *target], cwd=HERE.parent, check=True)


if __name__ == "__main__":
    main()
