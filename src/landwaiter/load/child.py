"""The child process: takes one job from standard input, holds itself to the limits, answers on standard output.

Run as `python -P -m landwaiter.load.child`. A file that makes it crash, run out of memory or never end takes nothing
else with it.
"""

import json
import sys
from dataclasses import asdict

import pyarrow as pa

from landwaiter.engine.confined import confine
from landwaiter.errors import InputError
from landwaiter.load.job import LOOK, ROWS, Job, job_from_json
from landwaiter.load.rows import collect_rows, look_here
from landwaiter.load.work import load_here

OUT_OF_MEMORY = "needs more memory than it may use"


def main() -> None:
    """Do the job that standard input holds; whatever becomes of it is an answer."""
    job = job_from_json(sys.stdin.read())
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    confine(job.limits.memory_mb, may_write=True)
    json.dump(answer(job), sys.stdout)


def answer(job: Job) -> dict[str, object]:
    """What became of a job, or the error that stands for every failure which was to be expected."""
    try:
        return {"done": asdict({ROWS: collect_rows, LOOK: look_here}.get(job.kind, load_here)(job))}
    except InputError as error:
        return {"error": [error.where, error.what, error.hint]}
    except MemoryError:
        return {"error": [job.source, "needs more memory than it may use", "split the file, or allow more memory"]}
    except OSError as error:
        where, reason = str(error.filename or job.into), error.strerror or str(error)
        return {"error": [where, f"cannot be read or written: {reason}", "is the disk full or read-only?"]}


if __name__ == "__main__":
    main()
