"""Do two installations exchange a case, a tip, a receipt and a revocation, and is every misuse on the way refused?"""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from exchange.agencies import NOW, chance_of
from landwaiter.cases.proposals import act
from landwaiter.cases.store import open_store
from landwaiter.cases.work import Document, Opening, note, open_case
from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange import register
from landwaiter.exchange.document import write_chain
from landwaiter.exchange.dossier import Package
from landwaiter.exchange.home import KeyFolder
from landwaiter.exchange.opening import open_dossier
from landwaiter.exchange.passing import pass_on, redacted, wrap_again
from landwaiter.exchange.receiving import heads_kept_for_us, receipt_for, take_in
from landwaiter.exchange.sending import Sender, package_of_case, send

START = datetime.fromtimestamp(NOW, UTC)


class Installation:
    """A folder with keys and cases, and two officers; all have one clock."""

    minutes = 0

    def __init__(self, folder, name):
        self.name, self.out = name, folder
        self.home = folder / name
        self.home.mkdir()
        self.keys = KeyFolder(self.home, "a passphrase")
        self.keys.make(name, roots=1, threshold=1, chance=chance_of(name), now=NOW - 100)
        self.store = open_store(self.home)

    def sender(self, by="one"):
        Installation.minutes += 1
        return Sender(
            self.store, self.keys.agency(), by, START + timedelta(minutes=self.minutes), chance_of(self.minutes)
        )

    def trust(self, other):
        fact = {"peer": other.name, "chain": write_chain(other.keys.chain()).decode()}
        for by in ("one", "two"):

            def write(change):
                change.body |= fact

            act(self.store, register.TRUST, fact, by=by, now=START, then=write)

    def send(self, to, package, file, case=""):
        peer = register.peer_named(self.store, to.name)
        assert send(self.sender("one"), peer, package, out=self.out / file, case=case).state == "proposed"
        assert not (self.out / file).exists()
        return send(self.sender("two"), peer, package, out=self.out / file, case=case).sealed

    def look(self, file):
        chains = register.trusted_chains(self.store)
        return open_dossier(self.out / file, reader=self.keys.agency(), peers=chains, now=self.sender().seconds)

    def open(self, file):
        sender = self.sender()
        return take_in(self.store, self.look(file), by="one", now=sender.now)


@pytest.fixture
def three(tmp_path):
    """Taiwan, Ukraine and Poland; Ukraine trusts both others and is trusted by them, Poland trusts Taiwan too."""
    taiwan, ukraine, poland = (Installation(tmp_path, name) for name in ("TW-A", "UA-B", "PL-C"))
    for one, other in ((taiwan, ukraine), (ukraine, taiwan), (ukraine, poland), (poland, ukraine), (poland, taiwan)):
        one.trust(other)
    yield taiwan, ukraine, poland
    for one in (taiwan, ukraine, poland):
        one.store.close()


def case_of(installation):
    opening = Opening("Lathes", documents=[Document("scan.csv", "text/csv", b"1,2", "amber")])
    case = open_case(installation.store, opening, by="one", now=START)
    for text, tlp in (("a", "green"), ("b", "amber"), ("c", "red")):
        note(installation.store, case, text, tlp=tlp, by="one", now=START)
    return case


def test_the_whole_story(three):
    taiwan, ukraine, poland = three
    case = case_of(taiwan)
    package = package_of_case(taiwan.store, case, "", limit="amber")
    assert (len(package.statements), len(package.documents), package.withheld) == (2, 1, 1)
    sealed = taiwan.send(ukraine, package, "one.dossier", case)
    found = ukraine.open("one.dossier")
    assert {one.value for one in ukraine.store.statements_of(found.case)} == {"a", "b"}
    assert ukraine.store.document(hashlib.sha256(b"1,2").hexdigest()) == b"1,2"
    with pytest.raises(RefusedError, match="replayed"):
        ukraine.open("one.dossier")

    # The receipt goes back, and carries Taiwan's own head with it.
    with pytest.raises(RefusedError, match="not taken in"):
        receipt_for(poland.store, ukraine.look("one.dossier"))
    ukraine.send(taiwan, receipt_for(ukraine.store, ukraine.look("one.dossier")), "receipt.dossier")
    assert sealed.jti in taiwan.open("receipt.dossier").notes[0]
    kept = heads_kept_for_us(taiwan.store)
    assert len(kept) == 1 and taiwan.store.verify(kept).faults == []

    # A tip, which becomes a case of Taiwan's.
    tip = case_of(ukraine)
    ukraine.send(taiwan, package_of_case(ukraine.store, tip, "", limit="green", kind="tip"), "tip.dossier", tip)
    assert taiwan.open("tip.dossier").case == "C2"

    # Ukraine passes the green part on; Poland sees Taiwan's signature and Ukraine's.
    shown = redacted(ukraine.look("one.dossier"), limit="green")
    peer = register.peer_named(ukraine.store, "PL-C")
    args = (ukraine.look("one.dossier"), shown)
    assert pass_on(ukraine.sender("one"), *args, peer=peer, out=taiwan.out / "on.dossier") == "proposed"
    assert pass_on(ukraine.sender("two"), *args, peer=peer, out=taiwan.out / "on.dossier") == "done"
    on = poland.look("on.dossier")
    assert (on.sender, on.claims["about"]["originator"], [one.value for one in on.statements]) == (
        "UA-B",
        "TW-A",
        ["a"],
    )
    assert poland.open("on.dossier").case == "C1"

    # One statement is taken back: Ukraine's program follows, and says who else has it.
    wrong = next(one.id for one in package.statements if one.value == "a")
    taiwan.send(ukraine, Package("revocation", revokes=[wrong]), "back.dossier", case)
    notes = ukraine.open("back.dossier").notes
    assert "took back 1 statements of C1" in notes[0] and "PL-C has 1 of them" in notes[1]
    assert register.taken_back(ukraine.store) == {wrong}
    assert wrong not in {one.id for one in package_of_case(ukraine.store, found.case, "", limit="amber").statements}
    assert [one.store.verify().faults for one in three] == [[], [], []]


def test_nobody_takes_back_what_another_said(three):
    taiwan, ukraine, poland = three
    case = case_of(taiwan)
    package = package_of_case(taiwan.store, case, "", limit="amber")
    taiwan.send(ukraine, package, "one.dossier", case)
    ukraine.open("one.dossier")
    poland.send(ukraine, Package("revocation", revokes=[one.id for one in package.statements]), "evil.dossier")
    assert "took back 0 statements" in ukraine.open("evil.dossier").notes[0]
    assert register.taken_back(ukraine.store) == set()


def test_nobody_passes_on_what_was_not_sent_to_him(three):
    taiwan, ukraine, poland = three
    case = case_of(taiwan)
    taiwan.send(ukraine, package_of_case(taiwan.store, case, "", limit="amber"), "one.dossier", case)
    stolen = ukraine.look("one.dossier")
    peer = register.peer_named(poland.store, "UA-B")
    shown = redacted(stolen, limit="red")
    for by in ("one", "two"):
        pass_on(poland.sender(by), stolen, shown, peer=peer, out=taiwan.out / "stolen.dossier")
    with pytest.raises(RefusedError, match="forwarded"):
        ukraine.open("stolen.dossier")


def test_late_missing_and_replaced_packages(three):
    taiwan, ukraine, _ = three
    first = taiwan.send(ukraine, Package("request", "first"), "1.dossier")
    taiwan.send(ukraine, Package("request", "second"), "2.dossier")
    taiwan.send(ukraine, Package("request", "third", supersedes=[first.jti]), "3.dossier")
    assert "2 packages" in ukraine.open("3.dossier").notes[0]
    assert "late" in ukraine.open("2.dossier").notes[0]
    with pytest.raises(RefusedError, match="out of order"):
        ukraine.open("1.dossier")


def test_a_case_that_changes_between_two_officers_needs_both_again(three):
    taiwan, *_ = three
    case = case_of(taiwan)
    peer = register.peer_named(taiwan.store, "UA-B")
    for by, text, state in (("one", "d", "proposed"), ("two", "e", "proposed")):
        package = package_of_case(taiwan.store, case, "", limit="amber")
        assert send(taiwan.sender(by), peer, package, out=taiwan.out / "x", case=case).state == state
        note(taiwan.store, case, text, tlp="green", by="one", now=START)
    with pytest.raises(RefusedError, match="may not also"):
        send(taiwan.sender("two"), peer, package, out=taiwan.out / "x", case=case)


def test_keys_are_renewed_and_a_partner_follows(three):
    taiwan, ukraine, _ = three
    taiwan.send(ukraine, Package("request", "old"), "old.dossier")
    taiwan.keys.renew(revoked_at=NOW, chance=chance_of("renewed"), now=NOW + 10)
    taiwan.send(ukraine, Package("request", "new"), "new.dossier")
    assert any("new keys" in one for one in ukraine.open("new.dossier").notes)
    assert len(register.peer_named(ukraine.store, "TW-A").chain) == 2
    with pytest.raises(RefusedError, match="revoked key"):
        ukraine.open("old.dossier")


def test_root_keys_are_replaced_and_a_partner_follows(three):
    taiwan, ukraine, _ = three
    before = taiwan.keys.chain()[-1].document
    old = {path: path.read_bytes() for path in (taiwan.home / "keys").glob("root-*.secret")}
    taiwan.keys.rotate(roots=3, threshold=2, chance=chance_of("rotated"), now=NOW + 10)
    assert len(list((taiwan.home / "keys").glob("root-2-*.secret"))) == 3 and not any(path.exists() for path in old)
    taiwan.send(ukraine, Package("request", "signed with the same working key"), "new.dossier")
    assert any("new keys" in one for one in ukraine.open("new.dossier").notes)
    known = register.peer_named(ukraine.store, "TW-A").document
    assert (known.version, known.threshold, len(known.roots)) == (2, 2, 3)
    assert known.fingerprint != before.fingerprint and known.keys == before.keys

    # An old root key signs nothing any more, though its file came back; two of the three new ones do.
    for path, data in old.items():
        path.write_bytes(data)
    (taiwan.home / "keys" / "root-2-1.secret").unlink()
    taiwan.keys.renew(revoked_at=NOW, chance=chance_of("renewed"), now=NOW + 20)
    taiwan.send(ukraine, Package("request", "newer"), "newer.dossier")
    assert any("new keys" in one for one in ukraine.open("newer.dossier").notes)
    (taiwan.home / "keys" / "root-2-2.secret").unlink()
    with pytest.raises(RefusedError, match="1 of the 2 root keys"):
        taiwan.keys.rotate(roots=1, threshold=1, chance=chance_of("thief"), now=NOW + 30)


def test_our_own_dossier_is_written_again_with_less(three):
    taiwan, ukraine, _ = three
    case = case_of(taiwan)
    taiwan.send(ukraine, package_of_case(taiwan.store, case, "", limit="amber"), "one.dossier", case)
    mine = taiwan.look("one.dossier")
    shown = redacted(mine, limit="amber", withhold=[next(one.id for one in mine.statements if one.value == "b")])
    assert wrap_again(taiwan.sender(), mine, shown, taiwan.out / "less.dossier") == "done"
    less = ukraine.look("less.dossier")
    assert [one.value for one in less.statements] == ["a"] and less.silent == mine.silent + 1
    for limit, withhold in (("pink", []), ("red", ["no such statement"])):
        with pytest.raises(InputError):
            redacted(mine, limit=limit, withhold=withhold)
    with pytest.raises(InputError, match="there already"):
        wrap_again(taiwan.sender(), mine, shown, taiwan.out / "less.dossier")


def test_keys_are_made_once_and_open_with_their_passphrase(tmp_path):
    keys = KeyFolder(tmp_path, "right")
    with pytest.raises(InputError, match="no keys yet"):
        keys.chain()
    keys.make("TW", roots=2, threshold=2, chance=chance_of(1), now=NOW)
    with pytest.raises(RefusedError, match="already"):
        keys.make("TW", roots=1, threshold=1, chance=chance_of(1), now=NOW)
    with pytest.raises(RefusedError, match="passphrase"):
        KeyFolder(tmp_path, "wrong").agency()
    (tmp_path / "keys" / "root-2.secret").unlink()
    with pytest.raises(RefusedError, match="1 of the 2 root keys"):
        keys.renew(revoked_at=NOW, chance=chance_of(2), now=NOW)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "keys").iterdir())
    with pytest.raises(InputError, match="no name"):
        KeyFolder(tmp_path / "x", "right").make(" ", roots=1, threshold=1, chance=chance_of(1), now=NOW)


def test_whom_we_do_not_know_we_do_not_send_to(three):
    taiwan, ukraine, poland = three
    with pytest.raises(InputError, match="UA-B"):
        register.peer_named(taiwan.store, "PL-C")
    poland.send(ukraine, Package("request", "x"), "x.dossier")
    with pytest.raises(RefusedError, match="for a package that we did not send"):
        poland.send(ukraine, Package("receipt", about={"jti": "1", "manifest": "2"}), "y.dossier")
        ukraine.open("y.dossier")
