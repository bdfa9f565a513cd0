"""What do published cases of others say of sealing and opening? Every suite with its numbers, worst cases named.

    python bench/quality/published.py [--npm FOLDER]

The suites lie beside the repository (`shared/data/vectors`). The second implementation of SD-JWT is @sd-jwt/core of
npm, asked through `bench/interop/sdjwt.mjs`: in FOLDER, where `npm install` of `bench/interop/package.json` was done,
or in a temporary folder, where it is done now. Debian's `age` opens our outer layer where it is installed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from exchange import second
from exchange.agencies import UA, VECTORS, sealed
from exchange.published import SUITES


def main() -> int:
    """Print every suite; exit status 1 where a case came out otherwise than it must."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--npm", default=second.named_folder(), help="folder with `npm install` done")
    chosen = options.parse_args()
    wrong = 0
    if VECTORS.exists():
        wrong = sum(tell(name, suite()) for name, suite in SUITES.items())
        with tempfile.TemporaryDirectory() as folder:
            wrong += implementations(chosen.npm or folder, is_ours=not chosen.npm)
    else:
        print(f"published cases: not measured: {VECTORS} is not there")
    opened_by_age()
    return 1 if wrong else 0


def tell(name, tally) -> int:
    """The line of a suite, and the cases that came out otherwise; how many of them."""
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(tally.kinds.items()))
    print(f"{name:<58}{tally.right:>5,} of {tally.right + len(tally.wrong):,} as they must  ({kinds})")
    for case in tally.wrong[:5]:
        print(f"    otherwise: {case}")
    return len(tally.wrong)


def implementations(folder, *, is_ours: bool) -> int:
    """Ours and that of npm."""
    reason = second.install(folder) if is_ours else ""
    reason = reason or second.missing(folder)
    if reason:
        print(f"@sd-jwt/core of npm: not measured: {reason}")
        return 0
    return sum(tell(f"@sd-jwt/core: {name}", tally) for name, tally in second.agreement(folder).items())


def opened_by_age() -> None:
    """Our package to the program `age`, and back."""
    program = shutil.which("age")
    if not program:
        print("Debian's age: not measured: it is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        identity = Path(folder) / "identity"
        identity.write_text(UA.working.identity + "\n")
        command = [program, "--decrypt", "--identity", str(identity)]
        ended = subprocess.run(command, input=sealed().data, capture_output=True, timeout=60, check=False)
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    print(f"age {version}: {'opens our outer layer' if ended.stdout[:2] == b'PK' else 'does NOT open our outer layer'}")


if __name__ == "__main__":
    sys.exit(main())
