"""The figures of one subject, printed by one command: each measurement of it in turn, beside its peers.

    ./run bench figures names|trade|goods|ownership|exchange|flow [--quick]

What a measurement needs and does not find (data beside the repository, a peer, a server) it says itself. One that
fails is named at the end, and the exit status is 1: a figure that was not measured is not a figure.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent

# Each subject's measurements with their arguments, and with fewer of everything for --quick.
SUBJECTS: dict[str, list[tuple[str, list[str], list[str]]]] = {
    "names": [
        ("quality/table", [], ["--most", "300", "--no-lists"]),
        ("quality/resolve", [], ["--rows", "20000"]),
    ],
    "trade": [
        ("quality/transshipment", [], ["--rows", "20000", "--seeds", "201"]),
        ("quality/mirror", [], []),
        ("quality/priority", [], []),
        ("quality/misdeclaration", [], []),
        ("quality/backtest", [], []),
        ("quality/legs", [], []),
        ("quality/links", [], []),
        ("speed/trace", [], ["--rows", "200000"]),
    ],
    "goods": [("quality/goods", [], []), ("quality/controls", [], []), ("quality/markings", [], [])],
    "ownership": [
        ("quality/own", [], []),
        ("quality/statements", [], ["--rows", "5000", "--seeds", "31", "--each", "5"]),
        ("speed/own", [], []),
    ],
    "exchange": [
        ("speed/exchange", [], ["--names", "1000", "--known", "5000"]),
        ("quality/private_recall", [], ["--names", "200"]),
        ("quality/attacks", [], ["--secret", "500", "--misspelt", "20"]),
        ("quality/published", [], []),
        ("quality/forms", [], []),
        ("speed/cases", [], ["--events", "200", "--turns", "2", "--kills", "5"]),
    ],
    "flow": [("speed/run", [], ["--rows", "100000"])],
}


def main() -> int:
    """Run the measurements of one subject one after the other; their number that failed decides the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("subject", choices=sorted(SUBJECTS))
    options.add_argument("--quick", action="store_true", help="fewer rows and pairs: whether it runs, not how well")
    chosen = options.parse_args()
    failed = []
    for name, arguments, quick in SUBJECTS[chosen.subject]:
        given = quick if chosen.quick else arguments
        print(f"\n==== {name} {' '.join(given)}", flush=True)
        begun = time.monotonic()
        status = subprocess.run([sys.executable, str(HERE / f"{name}.py"), *given], check=False).returncode
        print(f"---- {name}: {time.monotonic() - begun:.0f} s", flush=True)
        if status:
            failed.append(f"{name} (exit status {status})")
    if failed:
        print("\ndid not end as it should: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
