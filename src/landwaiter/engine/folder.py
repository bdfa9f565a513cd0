"""How is a folder of results written so that nobody ever sees half of it? Aside, and renamed when it is whole."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from landwaiter.errors import RefusedError

MARK = "run.json"


@contextmanager
def new_folder(out: Path, mark: str = MARK) -> Iterator[Path]:
    """A folder beside `out` that takes its place when the block ends well, and goes away when it does not.

    A kill at any moment leaves `out` as it was, or wholly new. The next call clears what a killed one left behind. A
    folder that holds anything but an earlier result, which is known by its file `mark`, is refused.
    """
    out = out.absolute()
    _refuse_foreign(out, mark)
    out.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(out)
    aside = out.with_name(f".{out.name}.new")
    aside.mkdir(exist_ok=True)
    with (aside / ".lock").open("w") as lock:
        if not _locked(lock.fileno()):
            raise RefusedError(str(out), "another run is writing it", "wait for it, or give another --out")
        try:
            yield aside
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        (aside / ".lock").unlink()
        _replace(out, aside)


def _refuse_foreign(out: Path, mark: str) -> None:
    if out.exists() and not out.is_dir():
        raise RefusedError(str(out), "is a file", "give a folder that is new or holds an earlier result")
    if out.is_dir() and any(out.iterdir()) and not (out / mark).exists():
        raise RefusedError(str(out), f"holds files but no {mark}, so it is not ours", "give a new or empty folder")


def _clear_leftovers(out: Path) -> None:
    old, aside = out.with_name(f".{out.name}.old"), out.with_name(f".{out.name}.new")
    if old.exists() and not out.exists():
        # Killed between the two renames: the earlier result is still whole.
        old.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    if aside.exists() and _is_abandoned(aside):
        shutil.rmtree(aside)


def _is_abandoned(aside: Path) -> bool:
    if not (aside / ".lock").exists():
        return True
    with (aside / ".lock").open("r+") as lock:
        return _locked(lock.fileno())


def _locked(descriptor: int) -> bool:
    """Whether the lock is now ours; it falls when the file is closed or the process dies."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _replace(out: Path, aside: Path) -> None:
    old = out.with_name(f".{out.name}.old")
    if out.exists():
        out.rename(old)
    aside.rename(out)
    shutil.rmtree(old, ignore_errors=True)
