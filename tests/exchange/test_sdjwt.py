"""Is what is signed read again, whatever is withheld, and every way of bending it refused?"""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.agencies import chance_of
from exchange.sdjwt_cases import PUBLIC, SEED, plain
from landwaiter.errors import LandwaiterError
from landwaiter.exchange import sdjwt
from landwaiter.exchange.keys import b64, public_of, sign, unb64

CLAIMS = {"title": "x", "statements": [sdjwt.Hidden({"n": n}) for n in range(5)], "secret": sdjwt.Hidden("y")}
TOKEN = sdjwt.issue(CLAIMS, SEED, chance_of(2), decoys=lambda count: count)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner | inner.map(sdjwt.Hidden), max_size=4)
        | st.dictionaries(st.text("abc", min_size=1), inner | inner.map(sdjwt.Hidden), max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc", min_size=1), VALUES | VALUES.map(sdjwt.Hidden), max_size=4))
def test_whatever_is_signed_is_read_again(claims):
    assert sdjwt.read(sdjwt.issue(claims, SEED, chance_of(3), decoys=lambda n: n), PUBLIC, "x").claims == plain(claims)


@given(st.sets(st.integers(0, 5)))
def test_any_part_may_be_withheld_and_the_signature_holds(places):
    fewer = [one for place, one in enumerate(TOKEN.disclosures) if place not in places]
    read = sdjwt.read(sdjwt.kept(TOKEN, fewer), PUBLIC, "x")
    assert len(read.claims["statements"]) + ("secret" in read.claims) == len(fewer)
    assert read.silent == 6 + len(places)  # as many decoys as there were parts
    assert sdjwt.kept(TOKEN, fewer).digest == TOKEN.digest


def test_a_withheld_part_leaves_no_trace_of_what_it_said():
    redacted = sdjwt.kept(TOKEN, [])
    assert b"secret" not in unb64(redacted.payload)
    again = sdjwt.issue(CLAIMS, SEED, chance_of(4))
    assert not set(map(sdjwt.digest_of, again.disclosures)) & set(map(sdjwt.digest_of, TOKEN.disclosures))


def signed(payload, header=None):
    protected = b64(json.dumps(header or {"alg": "EdDSA", "kid": PUBLIC, "typ": sdjwt.TYPE}).encode())
    body = b64(json.dumps(payload).encode())
    return sdjwt.Token(protected, body, b64(sign(SEED, f"{protected}.{body}".encode())), ())


ONE = TOKEN.disclosures[0]
NAMED = b64(json.dumps(["salt", "title", "z"]).encode())


@pytest.mark.parametrize(
    "token",
    [
        replace(TOKEN, payload=TOKEN.payload[:-4] + "AAAA"), replace(TOKEN, signature=TOKEN.signature[:-4] + "AAAA"),
        replace(TOKEN, disclosures=(*TOKEN.disclosures, ONE)), replace(TOKEN, disclosures=(NAMED,)),
        replace(TOKEN, disclosures=("!!",)), replace(TOKEN, signature=TOKEN.signature + "="),
        signed({}, {"alg": "none", "kid": PUBLIC, "typ": sdjwt.TYPE}), signed({}, {"alg": "EdDSA", "kid": PUBLIC}),
        signed([]), signed({"_sd_alg": "md5"}), signed({"a": {"...": "x"}}), signed({"_sd": ["x", "x"]}),
        signed({"_sd": [["x"]]}), signed({"_sd": "x"}),
        replace(signed({"title": "x", "_sd": [sdjwt.digest_of(NAMED)]}), disclosures=(NAMED,)),
        replace(signed({"a": [{"...": sdjwt.digest_of(NAMED)}]}), disclosures=(NAMED,)),
        replace(signed({"_sd": [sdjwt.digest_of(ONE)]}), disclosures=(ONE,)),
    ],
)  # fmt: skip
def test_every_bent_token_is_refused(token):
    with pytest.raises(LandwaiterError):
        sdjwt.read(token, PUBLIC, "a test")


def test_another_key_does_not_read_it():
    with pytest.raises(LandwaiterError):
        sdjwt.read(TOKEN, public_of(bytes(32)), "a test")


@pytest.mark.parametrize("said", [None, {}, {**TOKEN.to_json(), "more": 1}, {**TOKEN.to_json(), "header": []},
                                  {**TOKEN.to_json(), "payload": 5}])  # fmt: skip
def test_what_is_no_token_is_refused(said):
    with pytest.raises(LandwaiterError):
        sdjwt.token_from_json(said, "a test")
    assert sdjwt.token_from_json(TOKEN.to_json(), "a test") == TOKEN
