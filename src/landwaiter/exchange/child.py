"""The child process that opens a package: one job on standard input, limits on itself, one answer on standard output.

Run as `python -P -m landwaiter.exchange.child`. The answer is one line of JSON, then the bytes of the documents in its
order. Nothing is written to disk.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from landwaiter.engine.confined import confine
from landwaiter.errors import LandwaiterError, RefusedError
from landwaiter.exchange.container import Limits
from landwaiter.exchange.document import read_chain
from landwaiter.exchange.examine import Trust, examine
from landwaiter.exchange.refusal import refusal


def main() -> None:
    """Do the job that standard input holds; whatever becomes of it is an answer."""
    job = json.load(sys.stdin)
    limits = Limits(**job["limits"])
    confine(limits.memory_mb, may_write=False)
    head, blobs = answer(job, limits)
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for blob in blobs:
        sys.stdout.buffer.write(blob)
    sys.stdout.buffer.flush()


def answer(job: dict[str, object], limits: Limits) -> tuple[dict[str, object], list[bytes]]:
    """What became of a job: the package, or the error that stands for every failure which was to be expected."""
    where = str(job["path"])
    try:
        chains = [read_chain(text.encode(), "a trusted key") for text in _texts(job["chains"])]
        known = Trust(chains, _texts(job["readers"]), str(job["identity"]), int(str(job["now"])))
        trust = replace(known, any_time=bool(job.get("any_time")))
        opened = examine(Path(where).read_bytes(), trust, limits, where)
        return {"opened": opened.head()}, [opened.blobs[one.digest] for one in opened.documents]
    except RefusedError as error:
        return {"refused": [error.where, error.what, error.hint]}, []
    except LandwaiterError as error:
        return {"error": [error.where, error.what, error.hint]}, []
    except (MemoryError, RecursionError):
        too_much = refusal("oversized", where, "it needs more memory than a package may use")
        return {"refused": [too_much.where, too_much.what, too_much.hint]}, []
    except OSError as error:
        return {"error": [where, f"cannot be read: {error.strerror or error}", "may you read it?"]}, []


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


if __name__ == "__main__":
    main()
