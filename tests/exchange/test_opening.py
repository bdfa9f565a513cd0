"""Does a package open only where everything about it holds, and is each other one refused with its own reason?"""

import io
import json
import zipfile
from dataclasses import replace

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.agencies import (
    DOCUMENT,
    NOW,
    PL,
    SCAN,
    TW,
    UA,
    agency,
    chance_of,
    opened,
    package,
    root_of,
    sealed,
    statements,
)
from landwaiter.cases.statement import Evidence, Statement, identified
from landwaiter.errors import InputError, LandwaiterError, RefusedError
from landwaiter.exchange.closure import marks_of, within
from landwaiter.exchange.container import MANIFEST, Limits, pack, unpack
from landwaiter.exchange.document import next_document, signed_by
from landwaiter.exchange.dossier import Agency, Place, decoys, seal, wrap
from landwaiter.exchange.examine import Trust, examine
from landwaiter.exchange.keys import new_secrets, sha256, unb64
from landwaiter.exchange.opening import open_dossier
from landwaiter.exchange.refusal import REASONS, reason_of
from landwaiter.exchange.sdjwt import issue, kept, token_from_json, value_of

GOOD = sealed()
TRUST = Trust([UA.chain, TW.chain], UA.document.active("encryption"), UA.working.identity, NOW + 60)


def refused(data, trust=TRUST, limits=None):
    """The reason for which a package is refused; None where it opens."""
    try:
        examine(data, trust, limits or Limits(), "F")
    except RefusedError as error:
        assert reason_of(error) in REASONS
        return reason_of(error)
    return None


def members_of(data):
    return unpack(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(UA.working.identity)]), Limits(), "F")


def encrypted(plain):
    return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(UA.working.recipient)])


def token_of(data):
    return token_from_json(json.loads(members_of(data)[MANIFEST]), "F")


def claiming(blobs=None, working=TW.working, **changed):
    """A package whose manifest says other things, correctly signed by the sender."""
    token = token_of(GOOD.data)
    claims = json.loads(unb64(token.payload))
    claims["statements"] = [one.to_json() for one in statements()]
    claims["documents"] = [DOCUMENT.__dict__]
    claims.pop("_sd_alg")
    return wrap(issue({**claims, **changed}, working.signing, chance_of(5)), blobs or {DOCUMENT.digest: SCAN},
                [UA.working.recipient])  # fmt: skip


def zip_of(*members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for info, data in members:
            packed.writestr(info, data)
    return encrypted(held.getvalue())


def test_what_was_sealed_is_opened_by_its_reader_in_a_child_process(tmp_path):
    found = opened(GOOD.data, tmp_path)
    assert found.sender == "TW-A" and found.jti == GOOD.jti and found.digest == GOOD.digest
    assert sorted(found.statements, key=lambda one: one.id) == sorted(statements(), key=lambda one: one.id)
    assert found.documents == (DOCUMENT,) and found.blobs == {DOCUMENT.digest: SCAN}
    assert found.claims["handling"]["tlp"] == "red" and found.claims["handling"]["pap"] == "green"
    assert list(tmp_path.iterdir()) == [tmp_path / "received.dossier"]


def test_the_sender_can_read_its_own_package_again(tmp_path):
    assert opened(GOOD.data, tmp_path, reader=TW, peers=()).jti == GOOD.jti


def test_an_expired_package_is_read_as_evidence_only_where_that_is_asked(tmp_path):
    later = {"now": NOW + 1000 * 86_400}
    with pytest.raises(RefusedError, match="expired"):
        opened(GOOD.data, tmp_path, **later)
    assert opened(GOOD.data, tmp_path, **later, any_time=True).jti == GOOD.jti


def test_sealing_is_reproducible_but_for_the_encryption():
    assert sealed().digest == GOOD.digest and sealed().jti == GOOD.jti


def test_a_peer_s_packages_through_the_child_are_refused_with_their_reasons(tmp_path):
    for data, also, reason in [
        (GOOD.data[:-40], {}, "truncated"),
        (GOOD.data, {"peers": ()}, "unknown sender"),
        (GOOD.data, {"limits": Limits(file_bytes=100)}, "oversized"),
    ]:
        with pytest.raises(RefusedError, match=f"{reason}:"):
            opened(data, tmp_path, **also)
    assert list(tmp_path.iterdir()) == [tmp_path / "received.dossier"]
    (tmp_path / "link").symlink_to(tmp_path / "received.dossier")
    with pytest.raises(InputError, match="regular"):
        open_dossier(tmp_path / "link", reader=UA, peers=[TW.chain], now=NOW)


def test_a_child_that_may_use_too_little_memory_ends_in_a_refusal(tmp_path):
    large = bytes(40 * 2**20)
    described = Evidence(sha256(large), "x", "application/octet-stream", len(large))
    data = sealed(documents=[described], blobs={described.digest: large}).data
    with pytest.raises(RefusedError, match=r"(?s)memory|ended early"):
        opened(data, tmp_path, limits=Limits(memory_mb=60))


@given(st.integers(0, len(GOOD.data) - 1))
def test_cut_anywhere_it_is_truncated(place):
    assert refused(GOOD.data[:place]) == "truncated"


@given(st.integers(0, len(GOOD.data) - 1), st.integers(0, 7))
def test_one_bit_changed_anywhere_and_it_does_not_open(place, bit):
    changed = bytearray(GOOD.data)
    changed[place] ^= 1 << bit
    assert refused(bytes(changed)) in ("tampered", "not for us", "truncated")


def test_who_may_not_read_it_is_told_why():
    others = replace(TRUST, chains=[PL.chain, TW.chain], identity=PL.working.identity,
                     readers=PL.document.active("encryption"))  # fmt: skip
    assert refused(GOOD.data, others) == "not for us"
    token = token_of(GOOD.data)
    again = wrap(token, {DOCUMENT.digest: SCAN}, [PL.working.recipient])
    assert refused(again, others) == "forwarded"
    assert refused(claiming(aud=["age1other"])) == "wrong audience"
    assert refused(claiming(aud=["age1other"], reader="PL-C")) == "forwarded"


def test_time_decides():
    assert refused(GOOD.data, replace(TRUST, now=NOW + 91 * 86_400)) == "expired"
    assert refused(GOOD.data, replace(TRUST, now=NOW - 3600)) == "not yet valid"
    assert refused(GOOD.data, replace(TRUST, now=NOW - 60)) is None
    assert refused(claiming(exp=NOW + 10**9), replace(TRUST, now=NOW + 10**8)) == "expired"


def test_only_a_trusted_key_that_stands_is_believed():
    assert refused(GOOD.data, replace(TRUST, chains=[UA.chain])) == "unknown sender"
    impostor = agency("TW-A", "somebody else")
    assert refused(sealed(sender=impostor).data) == "unknown sender"
    assert refused(claiming(name="PL-C")) == "tampered"
    later = next_document(TW.document, now=NOW, working=new_secrets(chance_of(7)), revoked_at=NOW - 5)
    rotated = [*TW.chain, signed_by(later, [root_of("TW-A")])]
    assert refused(GOOD.data, replace(TRUST, chains=[UA.chain, rotated])) == "revoked key"


def test_new_keys_are_followed_where_the_old_root_signed_them():
    working = new_secrets(chance_of(7))
    later = next_document(TW.document, now=NOW, working=working, revoked_at=NOW - 5)
    renewed = Agency(working, [*TW.chain, signed_by(later, [root_of("TW-A")])])
    found = examine(sealed(sender=renewed).data, TRUST, Limits(), "F")
    assert found.chain == tuple(renewed.chain)
    forged = Agency(working, [*TW.chain, signed_by(later, [root_of("a thief")])])
    assert refused(sealed(sender=forged).data) == "malformed"


def test_what_is_unmarked_is_refused():
    bare = [{**statements()[0].to_json(), "tlp": ""}]
    assert refused(claiming(statements=bare)) == "unmarked"
    missing = [{name: value for name, value in bare[0].items() if name != "tlp"}]
    assert refused(claiming(statements=missing)) == "unmarked"
    assert refused(claiming(handling={"pap": "red"})) == "unmarked"
    assert refused(claiming(documents=[{**DOCUMENT.__dict__, "tlp": "pink"}])) == "unmarked"


@pytest.mark.parametrize(
    "changed",
    [
        {"seq": "1"}, {"exp": 1.5}, {"exp": True}, {"kind": "virus"}, {"more": 1}, {"keys": {}}, {"about": []},
        {"statements": [5]}, {"statements": [statements()[0].to_json()] * 2}, {"documents": [{"tlp": "red"}]},
        {"statements": [{**statements()[0].to_json(), "value": "changed"}]},
    ],
)  # fmt: skip
def test_a_manifest_that_says_other_things_is_refused(changed):
    assert refused(claiming(**changed)) in ("malformed", "unmarked")


def test_documents_are_those_that_were_signed():
    assert refused(claiming(blobs={DOCUMENT.digest: SCAN + b"x"})) == "tampered"
    assert refused(claiming(blobs={DOCUMENT.digest: SCAN, sha256(b"x"): b"x"})) == "tampered"
    assert refused(claiming(documents=[])) == "tampered"
    assert refused(claiming(documents=[{**DOCUMENT.__dict__, "size": 5}])) == "tampered"


def holding(data, media_type="application/octet-stream"):
    return claiming({sha256(data): data}, documents=[Evidence(sha256(data), "x", media_type, len(data)).__dict__])


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
TAR = bytes(257) + b"ustar" + bytes(300)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB, "entity expansion"), (BOMB.decode().encode("utf-16"), "entity expansion"),
        (b"\xef\xbb\xbf \n" + BOMB, "entity expansion"), (b"<a/>", None), (b"a < b, <!ENTITY in prose", None),
        (b"PK\x03\x04x", "nested archive"), (b"\x1f\x8bxx", "nested archive"), (TAR, "nested archive"),
        (b"7z\xbc\xaf\x27\x1cx", "nested archive"), (b"age-encryption.org/v1\n", "nested archive"),
    ],
)  # fmt: skip
def test_documents_that_grow_when_read_are_refused(data, reason):
    assert refused(holding(data)) == reason


def test_a_workbook_is_a_document():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert refused(holding(held.getvalue(), kind)) is None
    assert refused(holding(held.getvalue(), "text/csv")) == "nested archive"


def info(name, mode=0o100644, method=zipfile.ZIP_STORED):
    found = zipfile.ZipInfo(name)
    found.external_attr, found.compress_type = mode << 16, method
    return found


def test_containers_that_lie_are_refused():
    blob = f"blobs/{'0' * 64}"
    assert refused(zip_of((info("../../etc/passwd"), b"x"))) == "traversal"
    assert refused(zip_of((info("/etc/passwd"), b"x"))) == "traversal"
    assert refused(zip_of((info("C:\\x"), b"x"))) == "traversal"
    assert refused(zip_of((info(blob, 0o120777), b"/etc/passwd"))) == "symlink"
    assert refused(zip_of((info(blob, method=zipfile.ZIP_DEFLATED), bytes(10**7)))) == "bomb"
    assert refused(zip_of((info("readme.txt"), b"x"))) == "malformed"
    assert refused(zip_of((info(MANIFEST), b"{}"))) == "malformed"
    assert refused(encrypted(b"no zip")) in ("truncated", "malformed")
    plain = pack({MANIFEST: b"{}"})
    assert refused(encrypted(plain + b"x")) == "malformed"
    assert refused(encrypted(b"x" + plain)) == "malformed"
    assert refused(encrypted(plain[:-22])) == "truncated"


def test_limits_hold():
    assert refused(GOOD.data, limits=Limits(members=2)) == "oversized"
    assert refused(GOOD.data, limits=Limits(member_bytes=10)) == "oversized"
    assert refused(GOOD.data, limits=Limits(total_bytes=100)) == "oversized"
    assert refused(GOOD.data, limits=Limits(manifest_bytes=100)) == "oversized"


def test_packed_members_of_other_writers_are_read_up_to_what_they_claim():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(info(MANIFEST, method=zipfile.ZIP_DEFLATED), b"abc" * 100)
    assert unpack(held.getvalue(), Limits(), "F") == {MANIFEST: b"abc" * 100}
    lying = held.getvalue().replace((300).to_bytes(4, "little"), (30).to_bytes(4, "little"))
    with pytest.raises(RefusedError, match="larger than it claims"):
        unpack(lying, Limits(), "F")


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda data: pack({MANIFEST: b"{}"}) + data))
def test_whatever_bytes_come_they_are_refused_and_nothing_else_happens(data):
    with pytest.raises(LandwaiterError):
        unpack(b"P" + data, Limits(), "F")


@given(st.integers(0, 10**6), st.integers(0, 255))
def test_no_changed_byte_of_a_container_gives_other_members(place, byte):
    plain = pack({MANIFEST: b"[1]", f"blobs/{'a' * 64}": b"hello"})
    place %= len(plain)
    try:
        found = unpack(plain[:place] + bytes([byte]) + plain[place + 1 :], Limits(), "F")
    except RefusedError:
        return
    assert found == unpack(plain, Limits(), "F")


def test_redaction_keeps_the_signature_and_the_place(tmp_path):
    token = token_of(GOOD.data)
    shown = [one for one in token.disclosures if value_of(one, "F").get("tlp") != "red"]
    redacted = wrap(kept(token, shown), {DOCUMENT.digest: SCAN}, [UA.working.recipient])
    found = examine(redacted, TRUST, Limits(), "F")
    assert [one.tlp for one in found.statements if one.tlp == "red"] == []
    assert found.jti == GOOD.jti and found.digest == GOOD.digest
    assert found.silent == examine(GOOD.data, TRUST, Limits(), "F").silent + 1


def test_the_number_of_statements_shows_only_its_power_of_two():
    assert [count + decoys(count) for count in (1, 16, 17, 5000)] == [16, 16, 32, 8192]


@pytest.mark.parametrize(
    "also",
    [{"kind": "virus"}, {"kind": "denial"}, {"blobs": {}}, {"blobs": {DOCUMENT.digest: b"x"}},
     {"documents": [replace(DOCUMENT, tlp="")]}],
)  # fmt: skip
def test_what_may_not_be_sent_is_not_sealed(also):
    with pytest.raises(InputError):
        sealed(**also)


def test_a_denial_notice_says_all_that_its_reader_needs():
    about = {"reference": "GB/2026/17", "notifying_government": "GB", "item_description": "Lathe",
             "control_entry": "2B201", "end_use": "unknown", "end_user_name": "Aurora Trading FZE"}  # fmt: skip
    found = examine(sealed(kind="denial", about=about).data, TRUST, Limits(), "F")
    assert (found.kind, found.claims["about"]) == ("denial", about)


def test_a_reader_without_a_key_that_stands_gets_nothing():
    with pytest.raises(RefusedError, match="stands"):
        seal(package(), sender=TW, reader=replace(UA.document, keys=()), place=Place(1, "", NOW), chance=chance_of(1))


def said(entity, value, tlp, source=""):
    return identified(Statement("", entity, "Company", "owner", value, original=source, tlp=tlp))


def test_a_statement_is_as_narrow_as_what_it_refers_to():
    chain = [said("a", "b", "clear"), said("b", "c", "green"), said("c", "secret", "red"), said("d", "x", "clear")]
    marks = marks_of(chain, [])
    assert [marks[one.id] for one in chain] == ["red", "red", "red", "clear"]
    circle = [said("a", "b", "clear"), said("b", "a", "amber")]
    assert set(marks_of(circle, []).values()) == {"amber"}


def test_what_is_above_the_limit_stays_at_home_and_is_counted():
    kept_ones, documents, withheld = within(statements(6), [DOCUMENT], "amber")
    # All were read from an amber document, so the green ones are amber too.
    assert ({one.tlp for one in kept_ones}, documents, withheld) == ({"green", "amber"}, [DOCUMENT], 2)
    assert within(statements(6), [DOCUMENT], "green") == ([], [], 6)
    with pytest.raises(InputError, match="no TLP"):
        within([], [], "pink")
