"""The published cases of SD-JWT, read from their YAML: what may be withheld, what the holder shows, what is left."""

import json
import tarfile

import yaml

from exchange.agencies import chance_of, vectors
from landwaiter.errors import LandwaiterError
from landwaiter.exchange import sdjwt
from landwaiter.exchange.keys import public_of, unb64

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


def named(value):
    """Marks on keys become marks on their values."""
    if isinstance(value, sdjwt.Hidden):
        return sdjwt.Hidden(named(value.value))
    if isinstance(value, dict):
        return {
            (key.value if isinstance(key, sdjwt.Hidden) else key): (
                sdjwt.Hidden(named(one)) if isinstance(key, sdjwt.Hidden) else named(one)
            )
            for key, one in value.items()
        }
    return [named(one) for one in value] if isinstance(value, list) else value


def plain(value):
    """The same without marks."""
    if isinstance(value, sdjwt.Hidden):
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def sdjwt_cases():
    """Name and specification of each; the eighteenth file of the suite holds the settings of all and is no case."""
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


def tokens_of(case):
    """A case as a signed text, whole and with what its holder shows."""
    token = sdjwt.issue(named(case["user_claims"]), SEED, chance_of(1))
    parts = {sdjwt.digest_of(one): one for one in token.disclosures}
    wanted = named(case.get("holder_disclosed_claims", {}))
    return token, sdjwt.kept(token, shown(json.loads(unb64(token.payload)), wanted, parts))


def outcome_of_case(name, case):
    """What is otherwise than published; empty where nothing is."""
    try:
        token, fewer = tokens_of(case)
        if sdjwt.read(token, PUBLIC, name).claims != plain(named(case["user_claims"])):
            return "whole, it says other claims"
        if sdjwt.read(fewer, PUBLIC, name).claims != case["expect_verified_user_claims"]:
            return "redacted, it says other claims"
    except LandwaiterError as error:
        return error.what
    return ""
