"""How does a checkout become something that runs? Python's own venv and pip, the lock by hash, then the package itself.

Called by `./run`, with nothing installed yet: standard library only. Killed at any moment, the next call begins
again: the stamp is written last. Two calls at once wait for each other.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def main() -> int:
    """Arguments: the name of a set (core, dev, spark), the folder of its environment, the digest it is to carry."""
    name, folder, digest = sys.argv[1:]
    venv = Path(folder)
    line = f"{name} {digest}"
    log = beside(venv, "log")
    with one_at_a_time(venv):
        if line in stamped(venv):
            return 0
        try:
            set_up(name, venv)
        except subprocess.CalledProcessError as error:
            tell(f"set-up failed; all that was said is in {log}, its end:")
            tell("\n".join(log.read_text(errors="replace").splitlines()[-15:]))
            return error.returncode or 1
        except OSError as error:
            tell(f"set-up failed: {error}")
            return 1
        stamp(venv, line)
    return 0


@contextmanager
def one_at_a_time(venv: Path) -> Iterator[None]:
    """Hold the lock of this environment; the system lets it go even when this process is killed."""
    beside(venv, "lock").parent.mkdir(exist_ok=True)
    with beside(venv, "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("another ./run is setting up; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(name: str, venv: Path) -> None:
    """Bring the environment to what the lock says; one without a stamp is the remains of a killed set-up."""
    lock = REPOSITORY / "requirements" / f"{name}.txt"
    packages = sum(1 for line in lock.read_text().splitlines() if "==" in line and not line.startswith(" "))
    if stamped(venv):
        (venv / "stamp").unlink()
    else:
        shutil.rmtree(venv, ignore_errors=True)
        tell(f"setting up {venv.name}: {packages} packages, about a minute, only this once")
        beside(venv, "log").unlink(missing_ok=True)
        make_venv(venv)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    # The lock names everything, so nothing is left to resolve.
    said([*pip, "--no-deps", "--require-hashes", "-r", str(lock)], venv, packages)
    said([*pip, "--no-deps", "--no-build-isolation", "-e", str(REPOSITORY)], venv, 0)


def make_venv(venv: Path) -> None:
    """An empty environment with pip; Debian packs the parts for that separately."""
    try:
        said([sys.executable, "-m", "venv", str(venv)], venv, 0)
    except subprocess.CalledProcessError:
        tell("python3 cannot make environments with pip: install its venv package (Debian: python3-venv)")
        raise


def said(command: list[str], venv: Path, packages: int) -> None:
    """Run a command, keep what it says in the log, and on a terminal count the packages as they come."""
    seen = 0
    live = sys.stderr.isatty() and packages > 0
    # The installation of this machine (PYTHONHOME, PYTHONPATH) must not leak into ours; pip's own settings do.
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    with (
        beside(venv, "log").open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=environment
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            log.write(line)
            if live and line.startswith(("Collecting", "Installing collected")):
                seen += 1
                print(f"\r\x1b[K  {min(seen, packages)}/{packages} {line.split()[1][:40]}", end="", file=sys.stderr)
    if live:
        print("\r\x1b[K", end="", file=sys.stderr)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def stamped(venv: Path) -> list[str]:
    """The sets that were set up whole; none where the environment is absent, broken or half made."""
    programs = all((venv / "bin" / name).exists() for name in ("python", "landwaiter"))
    if not programs or not (venv / "stamp").exists():
        return []
    return (venv / "stamp").read_text().splitlines()


def stamp(venv: Path, line: str) -> None:
    """Write the stamp aside and rename it; `dev` holds all of `core` at the same versions and stands for both."""
    name, digest = line.split(" ", 1)
    sets = ["dev", "core"] if name == "dev" else [name]
    aside = venv / "stamp.new"
    aside.write_text("".join(f"{one} {digest}\n" for one in sets))
    aside.replace(venv / "stamp")


def beside(venv: Path, kind: str) -> Path:
    """The lock and the log stand outside the environment, so that they outlive a failed one."""
    return venv.with_name(".venv-setup") / f"{venv.name.lstrip('.')}.{kind}"


def tell(text: str) -> None:
    """To the person at the terminal; standard output belongs to the command that follows."""
    print(f"run: {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
