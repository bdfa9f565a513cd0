"""Does our reading and writing of SD-JWT follow its published cases, and refuse every way of bending it?"""

import json
import tarfile
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exchange.agencies import chance_of, vectors
from landwaiter.errors import LandwaiterError
from landwaiter.exchange import sdjwt
from landwaiter.exchange.keys import b64, public_of, sign, unb64

SEED = bytes(range(32))
PUBLIC = public_of(SEED)


class Cases(yaml.SafeLoader):
    """Specifications mark what may be withheld with !sd, on a value or on the key of an object."""


def _marked(loader, node):
    if isinstance(node, yaml.MappingNode):
        return sdjwt.Hidden(loader.construct_mapping(node, deep=True))
    if isinstance(node, yaml.SequenceNode):
        return sdjwt.Hidden(loader.construct_sequence(node, deep=True))
    # A quoted scalar is a text, whatever it looks like.
    tag = loader.resolve(yaml.ScalarNode, node.value, (node.style is None, False))
    return sdjwt.Hidden(loader.construct_object(yaml.ScalarNode(tag, node.value), deep=True))


Cases.add_constructor("!sd", _marked)


def _named(value):
    """Marks on keys become marks on their values."""
    if isinstance(value, sdjwt.Hidden):
        return sdjwt.Hidden(_named(value.value))
    if isinstance(value, dict):
        return {
            (key.value if isinstance(key, sdjwt.Hidden) else key): (
                sdjwt.Hidden(_named(one)) if isinstance(key, sdjwt.Hidden) else _named(one)
            )
            for key, one in value.items()
        }
    return [_named(one) for one in value] if isinstance(value, list) else value


def plain(value):
    if isinstance(value, sdjwt.Hidden):
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def published():
    with tarfile.open(vectors("sd-jwt-testcases.tar.gz")) as packed:
        for member in packed:
            if member.name.endswith("specification.yml"):
                yield member.name.split("/")[-2], yaml.load(packed.extractfile(member), Cases)


def shown(value, wanted, parts):
    """The disclosures that a holder passes on who was told what to show, place by place."""
    found = []
    if isinstance(value, dict):
        for digest in value.get("_sd", []):
            part = sdjwt.value_of(parts[digest], "case") if digest in parts else None
            name = json.loads(unb64(parts[digest]))[1] if digest in parts else None
            if digest in parts and isinstance(wanted, dict) and wanted.get(name):
                found += [parts[digest], *shown(part, wanted[name], parts)]
        for name, one in value.items():
            if name != "_sd":
                found += shown(one, wanted.get(name) if isinstance(wanted, dict) else wanted, parts)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            here = wanted[place] if isinstance(wanted, list) and place < len(wanted) else None
            if not isinstance(one, dict) or "..." not in one:
                found += shown(one, here, parts)
            elif here and here != "None" and one["..."] in parts:
                found += [parts[one["..."]], *shown(sdjwt.value_of(parts[one["..."]], "case"), here, parts)]
    return found


def test_published_cases_are_written_read_and_redacted():
    done = 0
    for name, case in published():
        claims = _named(case["user_claims"])
        token = sdjwt.issue(claims, SEED, chance_of(1))
        assert sdjwt.read(token, PUBLIC, name).claims == plain(claims), name
        parts = {sdjwt.digest_of(one): one for one in token.disclosures}
        wanted = _named(case.get("holder_disclosed_claims", {}))
        redacted = sdjwt.kept(token, shown(json.loads(unb64(token.payload)), wanted, parts))
        assert sdjwt.read(redacted, PUBLIC, name).claims == case["expect_verified_user_claims"], name
        done += 1
    assert done == 17  # the eighteenth file holds the settings of all


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
