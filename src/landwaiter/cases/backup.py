"""How are the cases of an installation copied while officers work? SQLite's own backup, one moment of the whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

from landwaiter.cases.store import DATABASE, PATIENCE
from landwaiter.errors import InputError, RefusedError


def back_up(home: Path, out: Path, database: str | None) -> int:
    """Copy the cases of an installation to a new file, whole and checked; its size in bytes.

    Args:
        home: the installation's folder.
        out: the file to write; one that is there is never replaced.
        database: the server's address where the cases lie on one: then its own tools are the way.
    """
    if database is not None:
        raise InputError("cases", "lie on a PostgreSQL server", "back them up with pg_dump, as the how-to page says")
    source = home / DATABASE
    if not source.is_file():
        raise InputError(str(source), "no cases are kept here", "is LANDWAITER_HOME the right folder?")
    if out.exists():
        raise RefusedError(str(out), "is there already", "give a new file: a backup never replaces another")
    aside = out.with_name(f".{out.name}.part")
    try:
        with closing(sqlite3.connect(source, timeout=PATIENCE)) as here, closing(sqlite3.connect(aside)) as there:
            here.backup(there)
            # One file, without a log beside it.
            there.execute("PRAGMA journal_mode=DELETE")
            said = there.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            raise InputError(str(source), f"the copy is damaged: {said}", "restore an earlier backup")
        aside.rename(out)
    except (OSError, sqlite3.Error) as error:
        raise InputError(str(out), f"the backup cannot be written: {error}", "is there space, and may you?") from error
    finally:
        aside.unlink(missing_ok=True)
    return out.stat().st_size
