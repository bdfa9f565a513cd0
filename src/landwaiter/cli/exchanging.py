"""What do the commands of exchange have in common: this installation's keys, cases and officer, and how they answer."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landwaiter import __version__
from landwaiter.cases.reading import read_case
from landwaiter.cases.store import Store
from landwaiter.cli.office import kept_store, moment, officer
from landwaiter.exchange.examine import Opened
from landwaiter.exchange.home import KeyFolder
from landwaiter.exchange.opening import open_dossier
from landwaiter.exchange.register import trusted_chains
from landwaiter.exchange.sending import Sender, finish
from landwaiter.settings import read_passphrase, read_settings

Json = Annotated[bool, Parameter(name="--json", negative="")]
CHANCE = os.urandom


def key_folder() -> KeyFolder:
    """Where this installation's keys lie."""
    home = read_settings().home
    return KeyFolder(home, read_passphrase(home) or "")


@contextmanager
def acting(by: str | None) -> Iterator[Sender]:
    """Who acts, with this installation's keys and cases."""
    agency = key_folder().agency()
    with kept_store() as store:
        for file in finish(store):
            sys.stderr.write(f"{file}: was sealed when the program was stopped; it has its name now\n")
        yield Sender(store, agency, officer(by), moment(), CHANCE)


def opened_file(sender: Sender, path: Path, *, any_time: bool = False) -> Opened:
    """The package in a file, verified against all whom this installation trusts, with `any_time` an expired one too."""
    peers = trusted_chains(sender.store)
    return open_dossier(path, reader=sender.agency, peers=peers, now=sender.seconds, any_time=any_time)


def versions_of(store: Store, case: str) -> dict[str, object]:
    """With which program, rules and day a case was made; nothing that names its files."""
    basis = read_case(store, case).basis
    return {"landwaiter": __version__, **{name: basis[name] for name in ("as_of", "rules") if name in basis}}


def say(whole: Mapping[str, object], sentence: str, json_: bool) -> None:
    """Answer a person with a sentence, or a program with an object."""
    sys.stdout.write((json.dumps(whole, ensure_ascii=False) if json_ else sentence) + "\n")


def words(texts: str | None) -> list[str]:
    """Ids that were given with commas between them."""
    return [one.strip() for one in (texts or "").split(",") if one.strip()]
