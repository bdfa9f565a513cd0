"""A PostgreSQL server of a test's own: made in a folder, on a socket there, stopped and gone afterwards.

No service manager is needed. The server refuses to run as root, so where the tests do, it is started as the user
`postgres`; its folder is then one that this user may enter.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED = ("initdb", "pg_ctl", "pg_dump", "psql")


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs: on the path, or the newest that Debian keeps; None where there is none."""
    beside = shutil.which("initdb")
    folders = [Path(beside).parent] if beside else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in folders if all((folder / name).exists() for name in NEEDED)), None)


def missing() -> str:
    """Why no server can be started here; empty where one can."""
    if binaries() is None:
        return "PostgreSQL's programs are not installed (Debian: postgresql)"
    if os.geteuid() == 0 and not any(user.pw_name == "postgres" for user in pwd.getpwall()):
        return "PostgreSQL does not run as root, and there is no user `postgres`"
    return ""


def _user() -> dict[str, object]:
    if os.geteuid():
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """A running server with an empty database; its address."""
    found = binaries()
    assert found is not None
    # A socket's path may not be long, and another user must be able to enter: not the folder of the test.
    folder = Path(tempfile.mkdtemp(prefix="lw-pg-"))
    quiet = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL, "timeout": 120, **_user()}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, log = folder / "data", folder / "log"
    try:
        make = ["-D", data, "-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8"]
        subprocess.run([found / "initdb", *make], **quiet)
        # No port is opened: the socket in the folder is the only way in.
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=60"
        subprocess.run([found / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"], **quiet)
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            subprocess.run([found / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
