"""Are keys of an agency trusted only where their owners say so, and refused wherever they could be anybody's?"""

from dataclasses import replace

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.agencies import NOW, TW, UA, agency, chance_of, root_of
from landwaiter.errors import InputError, LandwaiterError, RefusedError
from landwaiter.exchange.bech32 import read_bech32, write_bech32
from landwaiter.exchange.curve import check_exchange_key, check_signing_key
from landwaiter.exchange.document import (
    check_follows,
    first_document,
    next_document,
    read_chain,
    signed_by,
    write_chain,
)
from landwaiter.exchange.keys import b64, lock, new_secrets, public_of, sign, unb64, unlock, verify
from landwaiter.exchange.words import qr_of, same_words, words_of


@given(st.binary(min_size=32, max_size=32))
def test_every_key_made_from_a_seed_is_accepted(seed):
    check_signing_key(bytes.fromhex(public_of(seed)), "a seed")


@pytest.mark.parametrize("u", [0, 1, 2**255 - 20, 2**255 - 19, 2**255 - 18])
def test_exchange_keys_of_low_order_are_refused(u):
    with pytest.raises(InputError):
        check_exchange_key(u.to_bytes(32, "little"), "a key")


@given(st.binary(min_size=1, max_size=40))
def test_bech32_comes_back(data):
    text = write_bech32("age", data)
    assert read_bech32("age", text) == data
    with pytest.raises(InputError):
        read_bech32("age", text[:-1] + ("q" if text[-1] != "q" else "p"))


def test_an_age_key_is_age_s():
    identity = pyrage.x25519.Identity.from_str(TW.working.identity)
    assert str(identity.to_public()) == TW.working.recipient


@given(st.binary(max_size=40))
def test_base64url_has_one_spelling(data):
    assert unb64(b64(data)) == data
    with pytest.raises(ValueError):
        unb64(b64(data) + "=")


def test_secrets_open_with_their_passphrase_alone():
    held = lock({"signing": "ab"}, "correct horse", chance_of(1))
    assert b"ab" not in held[-10:] and unlock(held, "correct horse", "F") == {"signing": "ab"}
    for data, word in ((held, "battery staple"), (held[:-1] + b"x", "correct horse"), (held[:60], "correct horse")):
        with pytest.raises(RefusedError):
            unlock(data, word, "F")
    with pytest.raises(InputError):
        unlock(b"something", "correct horse", "F")


def test_a_signature_holds_for_its_bytes_alone():
    verify(public_of(bytes(32)), sign(bytes(32), b"x"), b"x")
    with pytest.raises(RefusedError):
        verify(public_of(bytes(32)), sign(bytes(32), b"x"), b"y")


def test_a_fingerprint_can_be_read_aloud_and_only_its_own_is_taken():
    digest = TW.document.fingerprint
    words = words_of(digest)
    assert len(words.split("-")) == 10
    same_words(words.upper().replace("-", " "), digest)
    same_words(digest, digest)
    for other in (words_of(UA.document.fingerprint), words[:-6], "", words[:-1] + "x"):
        with pytest.raises(InputError, match="trust nothing"):
            same_words(other, digest)
    assert len(qr_of(digest).splitlines()) > 10


def chain_of(name, count=1, threshold=1):
    roots = [root_of(f"{name} {place}") for place in range(count)]
    working = new_secrets(chance_of(name))
    return roots, [first_document(name, roots, working, threshold=threshold, now=NOW)]


def test_a_chain_of_key_documents_is_followed_from_root_to_root():
    old, chain = chain_of("TW", 3, 2)
    fresh = [root_of("new 1"), root_of("new 2")]
    document = next_document(chain[0].document, now=NOW + 5, roots=fresh)
    chain.append(signed_by(document, [*old[:2], *fresh]))
    later = next_document(document, now=NOW + 9, working=new_secrets(chance_of(9)), revoked_at=NOW + 7)
    chain.append(signed_by(later, fresh))
    found = read_chain(write_chain(chain), "F")
    assert found == chain
    assert [one.revoked_at for one in later.keys] == [NOW + 7] * 3 + [0] * 3
    check_follows(chain[:1], chain, "F")
    with pytest.raises(RefusedError):
        check_follows(chain, chain[:2], "F")


def test_a_document_that_too_few_roots_signed_is_refused():
    old, chain = chain_of("TW", 3, 2)
    document = next_document(chain[0].document, now=NOW + 5, roots=[root_of("thief"), root_of("thief 2")])
    thief = [root_of("thief"), root_of("thief 2")]
    for signers in (thief, [*thief, old[0]], old):
        with pytest.raises(RefusedError, match="root keys"):
            read_chain(write_chain([*chain, signed_by(document, signers)]), "F")


def test_two_histories_of_one_agency_are_refused():
    roots, chain = chain_of("TW")
    one = signed_by(next_document(chain[0].document, now=NOW + 1), roots)
    other = signed_by(next_document(chain[0].document, now=NOW + 2), roots)
    with pytest.raises(RefusedError, match="another history"):
        check_follows([*chain, one], [*chain, other], "F")


def test_a_changed_document_is_refused():
    roots, chain = chain_of("TW")
    stolen = replace(chain[0].document, keys=(replace(chain[0].document.keys[0], key=public_of(bytes(32))),))
    with pytest.raises(RefusedError):
        read_chain(write_chain([replace(chain[0], document=stolen)]), "F")
    skipped = replace(chain[0].document, version=3)
    with pytest.raises(RefusedError, match="follow"):
        read_chain(write_chain([*chain, signed_by(skipped, roots)]), "F")


LOW = "01" + "00" * 31


EMPTY = b'[{"document":{},"signatures":{}}]'


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"[1]", EMPTY, b"\xff", b"[" * 9999])
def test_what_is_no_key_document_is_refused(data):
    with pytest.raises(LandwaiterError):
        read_chain(data, "F")


def test_a_document_with_a_weak_key_is_refused():
    roots, chain = chain_of("TW")
    weak = replace(chain[0].document, keys=(*chain[0].document.keys, replace(chain[0].document.keys[0], key=LOW)))
    with pytest.raises(InputError, match="low order"):
        read_chain(write_chain([signed_by(weak, roots)]), "F")
    with pytest.raises(InputError, match="between 1"):
        first_document("TW", roots, new_secrets(chance_of(1)), threshold=2, now=NOW)


def test_an_agency_is_the_same_in_every_run():
    assert agency("TW-A").document == TW.document != UA.document
