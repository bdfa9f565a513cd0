"""Is every bad package refused with a reason of its own, through the child process, and nothing written anywhere?"""

import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from exchange.agencies import NOW, TW, UA, chance_of, root_of, sealed
from exchange.test_opening import BOMB, GOOD, claiming, encrypted, holding, info, zip_of
from installations.exchanging import START
from landwaiter.cases.schema import ROW_TABLES
from landwaiter.cases.store import open_store
from landwaiter.errors import RefusedError
from landwaiter.exchange.container import Limits
from landwaiter.exchange.document import next_document, signed_by
from landwaiter.exchange.keys import new_secrets
from landwaiter.exchange.opening import open_dossier
from landwaiter.exchange.receiving import take_in
from landwaiter.exchange.refusal import REASONS, reason_of

BLOB = f"blobs/{'0' * 64}"
LATER = next_document(TW.document, now=NOW, working=new_secrets(chance_of(7)), revoked_at=NOW - 5)
# By reason: the package as it comes, and what else is otherwise than in a good exchange.
BAD = {
    "tampered": lambda: (GOOD.data[:-30] + bytes([GOOD.data[-30] ^ 1]) + GOOD.data[-29:], {}),
    "truncated": lambda: (GOOD.data[:-40], {}),
    "not for us": lambda: (sealed(reader=TW).data, {"peers": [UA.chain]}),
    "forwarded": lambda: (claiming(aud=["age1other"], reader="PL-C"), {}),
    "wrong audience": lambda: (claiming(aud=["age1other"]), {}),
    "unknown sender": lambda: (GOOD.data, {"peers": []}),
    "revoked key": lambda: (GOOD.data, {"peers": [[*TW.chain, signed_by(LATER, [root_of("TW-A")])]]}),
    "replayed": lambda: (GOOD.data, {"before": GOOD.data}),
    "out of order": lambda: (claiming(jti="1" * 32), {"before": GOOD.data}),
    "expired": lambda: (GOOD.data, {"now": NOW + 91 * 86_400}),
    "not yet valid": lambda: (GOOD.data, {"now": NOW - 3600}),
    "unmarked": lambda: (claiming(handling={"pap": "red"}), {}),
    "oversized": lambda: (GOOD.data, {"limits": Limits(total_bytes=100)}),
    "bomb": lambda: (zip_of((info(BLOB, method=zipfile.ZIP_DEFLATED), bytes(10**7))), {}),
    "traversal": lambda: (zip_of((info("../../etc/cron.d/x"), b"x")), {}),
    "symlink": lambda: (zip_of((info(BLOB, 0o120777), b"/etc/passwd")), {}),
    "entity expansion": lambda: (holding(BOMB), {}),
    "nested archive": lambda: (holding(b"PK\x03\x04x"), {}),
    "malformed": lambda: (encrypted(b"PK\x05\x06" + bytes(18)), {}),
}


def test_there_is_a_bad_package_for_every_reason():
    assert set(BAD) == set(REASONS)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder in which all that this test and its child processes may write lies."""
    for name in ("inbox", "here", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    return tmp_path


def receive(store, home, data, *, peers=(TW.chain,), now=NOW + 60, limits=None):
    path = home / "inbox" / "received.dossier"
    path.write_bytes(data)
    return take_in(store, open_dossier(path, reader=UA, peers=peers, now=now, limits=limits), by="one", now=START)


def all_that_is_there(store, home):
    """Every file but the database's own, and every row."""
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and "cases.db" not in path.name}
    files.pop(home / "inbox" / "received.dossier", None)
    with store.read() as connection:
        rows = {table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in ROW_TABLES}
    return files, rows, store.head()


@pytest.mark.parametrize("reason", BAD)
def test_it_is_refused_with_its_own_reason_and_nothing_is_written(reason, home):
    data, also = BAD[reason]()
    with open_store(home / "home") as store:
        if before := also.pop("before", None):
            receive(store, home, before)
        found = all_that_is_there(store, home)
        with pytest.raises(RefusedError) as caught:
            receive(store, home, data, **also)
        assert reason_of(caught.value) == reason
        assert all_that_is_there(store, home) == found
        assert not Path("/etc/cron.d/x").exists()
        assert store.verify().faults == []
