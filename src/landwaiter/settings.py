"""Where do options come from that no command line gave? The only reader of the environment and the machine."""

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What the installation and the machine say.

    Args:
        home: the folder of this installation: kept lists, later keys and cases.
        memory_mb: how much memory a run may use in all, in MiB.
        threads: how many threads a step may use.
        database: address of the PostgreSQL server that keeps the cases; None keeps them in the home folder.
        officer: who acts where no --by says so.
    """

    home: Path
    memory_mb: int
    threads: int
    database: str | None = None
    officer: str = ""


def read_settings() -> Settings:
    """Read LANDWAITER_HOME, _MEMORY (such as 4GB), _THREADS, _DATABASE and _OFFICER, or ask the machine."""
    memory = os.environ.get("LANDWAITER_MEMORY")
    threads = os.environ.get("LANDWAITER_THREADS")
    return Settings(
        home=Path(os.environ.get("LANDWAITER_HOME") or _data_folder()),
        memory_mb=parse_memory(memory) if memory else _half_of_the_machine(),
        threads=int(threads) if threads else (os.cpu_count() or 1),
        database=os.environ.get("LANDWAITER_DATABASE") or None,
        officer=os.environ.get("LANDWAITER_OFFICER") or _login_name(),
    )


# Where `key new` leaves the passphrase that it made because nobody gave one.
PASSPHRASE_FILE = "passphrase"  # noqa: S105


def read_passphrase(home: Path) -> str | None:
    """What opens the private keys: LANDWAITER_PASSPHRASE, the file LANDWAITER_PASSPHRASE_FILE, or the one made here."""
    given = os.environ.get("LANDWAITER_PASSPHRASE")
    if given:
        return given
    path = Path(os.environ.get("LANDWAITER_PASSPHRASE_FILE") or home / PASSPHRASE_FILE)
    return path.read_text(encoding="utf-8").strip() or None if path.exists() else None


def parse_memory(text: str) -> int:
    """MiB of a size such as 4GB, 500MB or 2GiB; ValueError where it is none."""
    number = text.strip().upper().rstrip("IB")
    factors = {"G": 1024, "M": 1, "T": 1024 * 1024}
    if not number or number[-1] not in factors or not number[:-1].replace(".", "", 1).isdigit():
        raise ValueError(f"'{text}' is not a size such as 4GB or 500MB")
    return int(float(number[:-1]) * factors[number[-1]])


def _data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "landwaiter"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "landwaiter"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "landwaiter"


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _half_of_the_machine() -> int:
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20 // 2
    return 4096
