"""Two agencies at work in a process of their own: seal a case, open it, until killed; and what must hold afterwards.

`python -m installations.exchanging FOLDER DATABASE NAME`; an empty DATABASE keeps the cases of both in FOLDER, else
only those of the reader lie on the server. It prints a line for each step that was confirmed.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from landwaiter.cases import work
from landwaiter.cases.proposals import act
from landwaiter.cases.reading import list_cases
from landwaiter.cases.store import open_store
from landwaiter.errors import RefusedError
from landwaiter.exchange import register
from landwaiter.exchange.container import Limits
from landwaiter.exchange.document import write_chain
from landwaiter.exchange.examine import Trust, examine
from landwaiter.exchange.home import KeyFolder
from landwaiter.exchange.keys import sha256
from landwaiter.exchange.opening import open_dossier
from landwaiter.exchange.receiving import take_in
from landwaiter.exchange.refusal import reason_of
from landwaiter.exchange.sending import Sender, finish, package_of_case, send

TESTS = Path(__file__).parents[1]
# A second of our own, because `bench/speed/exchange.py` hides the tests' folder of that name.
NOW = 1_795_000_000
START = datetime.fromtimestamp(NOW, UTC)
NOTES = 5
STEPS = ("ready", "sealed", "looked", "opened")


def make(folder, database):
    """Both installations, with keys, each trusting the other."""
    folder.mkdir(exist_ok=True)
    keys = {name: KeyFolder(folder / name, "a passphrase") for name in ("TW-A", "UA-B")}
    for name, one in keys.items():
        one.make(name, roots=1, threshold=1, chance=os.urandom, now=NOW - 100)
    for name, other in (("TW-A", "UA-B"), ("UA-B", "TW-A")):
        fact = {"peer": other, "chain": write_chain(keys[other].chain()).decode()}
        with store_of(folder, database, name) as store:
            for by in ("one", "two"):
                act(store, register.TRUST, fact, by=by, now=START, then=partial(_add, fact))


def _add(fact, change):
    change.body |= fact


def store_of(folder, database, name):
    """The cases of one of the two."""
    return open_store(folder / name, (database or None) if name == "UA-B" else None)


def main():
    folder, database, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    reader = KeyFolder(folder / "UA-B", "a passphrase").agency()
    agency = KeyFolder(folder / "TW-A", "a passphrase").agency()
    with store_of(folder, database, "TW-A") as mine, store_of(folder, database, "UA-B") as theirs:
        print("ready", flush=True)
        out = folder / f"{name}.dossier"
        case = work.open_case(mine, work.Opening(name), by="one", now=START)
        for place in range(NOTES):
            work.note(mine, case, f"{name} {place}", tlp="green", by="one", now=START)
        for by in ("one", "two"):
            sender = Sender(mine, agency, by, START, os.urandom)
            package = package_of_case(mine, case, name, limit="green")
            sent = send(sender, register.peer_named(mine, "UA-B"), package, out=out, case=case)
        print(f"sealed {sent.sealed.jti}", flush=True)
        opened = open_dossier(out, reader=reader, peers=register.trusted_chains(theirs), now=NOW)
        print("looked", flush=True)
        take_in(theirs, opened, by="olena", now=START)
        print(f"opened {opened.jti}", flush=True)


def killed(folder, database, turn):
    """What was confirmed when it was killed: after each step in turn, a little later each time."""
    paths = os.pathsep.join([str(TESTS), *sys.path])
    command = [sys.executable, "-m", "installations.exchanging", str(folder), database, f"w{turn}"]
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(1 + turn % (len(STEPS) - 1))]
        try:
            process.wait(timeout=0.0005 + 0.02 * (turn // 3 % 17))
        except subprocess.TimeoutExpired:
            process.kill()
        said += process.stdout.read().splitlines(keepends=True)
    return [line.split() for line in said if line.endswith("\n")]


def kill_often(folder, database, moments):
    """Kill so many, and check; how many packages were sealed, and how many taken in."""
    make(folder, database)
    confirmed = [line for turn in range(moments) for line in killed(folder, database, turn)]
    with store_of(folder, database, "TW-A") as mine, store_of(folder, database, "UA-B") as theirs:
        finish(mine)
        sealed = check_sealed(folder, mine)
        opened = check_opened(folder, theirs)
        for step, *jti in confirmed:
            assert step not in ("sealed", "opened") or jti[0] in {"sealed": sealed, "opened": opened}[step]
        assert open_all(folder, theirs) == len(sealed) - len(opened)
        check_opened(folder, theirs)
    return len(sealed), len(opened)


def check_sealed(folder, store):
    """The log is whole, each file that it names is there as it says, no other is, and the numbers follow each other."""
    assert store.verify().faults == []
    acts = register.acts(store, register.SEAL)
    for one in acts:
        assert sha256(Path(one.text("file")).read_bytes()) == one.text("sha256")
    assert {one.text("file") for one in acts} == {str(path) for path in folder.glob("*.dossier")}
    assert [one.number("seq") for one in acts] == list(range(1, len(acts) + 1))
    return {one.text("jti") for one in acts}


def check_opened(folder, store):
    """The log is whole, each package that it names is one case with all its statements, and no other case is there."""
    assert store.verify().faults == []
    acts = register.received(store)
    assert len({one.text("jti") for one in acts}) == len(acts)
    assert [one.text("case") for one in acts] == [one.case for one in list_cases(store) if one.origin == "peer TW-A"]
    assert all(len(store.statements_of(one.text("case"))) == NOTES for one in acts)
    return {one.text("jti") for one in acts}


def open_all(folder, store):
    """Open every file; those that were taken in before are refused, and the others are not."""
    done = 0
    keys = KeyFolder(folder / "UA-B", "a passphrase")
    agency = keys.agency()
    readers, chains = agency.document.active("encryption"), [agency.chain, *register.trusted_chains(store)]
    trust = Trust(chains, readers, agency.working.identity, NOW)
    before = {one.text("jti") for one in register.received(store)}
    for path in sorted(folder.glob("*.dossier")):
        opened = examine(path.read_bytes(), trust, Limits(), str(path))
        try:
            take_in(store, opened, by="olena", now=START)
            done += 1
        except RefusedError as error:
            assert reason_of(error) == "replayed" and opened.jti in before
    return done


if __name__ == "__main__":
    main()
