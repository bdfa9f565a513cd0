"""What does every command on cases and exchange need? The cases of this installation, who acts, and when."""

from datetime import datetime

from landwaiter.cases.statement import TLP
from landwaiter.cases.store import Store, open_store
from landwaiter.errors import InputError
from landwaiter.settings import read_settings


def kept_store() -> Store:
    """The cases of this installation."""
    settings = read_settings()
    return open_store(settings.home, settings.database)


def officer(by: str | None) -> str:
    """Who acts: --by, else LANDWAITER_OFFICER, else the name that the machine knows."""
    return by or read_settings().officer


def moment() -> datetime:
    """Now, with the offset of this place."""
    return datetime.now().astimezone()


def marking(tlp: str) -> str:
    """A TLP marking as people write it: amber, AMBER or TLP:AMBER."""
    mark = tlp.strip().lower().removeprefix("tlp:")
    if mark not in TLP:
        raise InputError("--tlp", f"'{tlp}' is no marking", f"say one of {', '.join(TLP)}")
    return mark
