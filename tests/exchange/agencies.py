"""Two agencies with keys of their own, made from a seed, and a case to send."""

import hashlib
from pathlib import Path

import pytest

from landwaiter.cases.statement import Evidence, Source, Statement, identified
from landwaiter.exchange.document import first_document
from landwaiter.exchange.dossier import Agency, Package, Place, seal
from landwaiter.exchange.keys import new_secrets, sha256
from landwaiter.exchange.opening import open_dossier

NOW = 1_795_000_000
VECTORS = Path(__file__).parents[3] / "shared" / "data" / "vectors"


def vectors(name):
    """A file of published test vectors, beside the repository."""
    if not (VECTORS / name).exists():
        pytest.skip(f"the published vectors {name} are not beside the repository")
    return VECTORS / name


def chance_of(seed):
    """Bytes that look random and are the same in every run."""
    state = {"place": 0}

    def chance(count):
        state["place"] += 1
        return hashlib.shake_256(f"{seed} {state['place']}".encode()).digest(count)

    return chance


def agency(name, seed=None):
    """An agency with one root key, which is `root_of` its seed."""
    working = new_secrets(chance_of(seed or name))
    return Agency(working, [first_document(name, [root_of(seed or name)], working, threshold=1, now=NOW - 86_400)])


def root_of(seed):
    return hashlib.sha256(f"root of {seed}".encode()).digest()


TW, UA, PL = agency("TW-A"), agency("UA-B"), agency("PL-C")

SCAN = b"row,consignee\n1,Aurora Trading FZE\n"
DOCUMENT = Evidence(sha256(SCAN), "declarations.csv", "text/csv", len(SCAN), "amber")


def statements(count=3, **also):
    marks = ("green", "amber", "red")
    return [
        identified(Statement("", f"p{i}", "Company", "name", f"Хвиля {i}", "TOB Hvilia", "uk",
                             Source(sha256(SCAN), "1", str(i)), reliability="B", credibility=2, pap="green",
                             **{"tlp": marks[i % 3], **also}))
        for i in range(count)
    ]  # fmt: skip


def package(**also):
    said = {"kind": "evidence", "title": "Lathes by way of Dubai", "statements": statements(),
            "documents": [DOCUMENT], "blobs": {DOCUMENT.digest: SCAN}}  # fmt: skip
    return Package(**{**said, **also})


def sealed(sender=TW, reader=UA, now=NOW, seq=1, prev="", **also):
    return seal(package(**also), sender=sender, reader=reader.document, place=Place(seq, prev, now),
                chance=chance_of("seal"))  # fmt: skip


def opened(data, path, reader=UA, peers=(TW,), now=NOW + 60, **also):
    file = Path(path) / "received.dossier"
    file.write_bytes(data)
    return open_dossier(file, reader=reader, peers=[one.chain for one in peers], now=now, **also)
