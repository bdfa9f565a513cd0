"""What published cases of others say of our opener, suite by suite; `bench/quality/published.py` prints it.

Every suite gives a `Tally`: how many of its cases came out as they must, and by name those that did not.
"""

import gzip
import hashlib
import json
import tarfile
import zlib
from collections import Counter
from dataclasses import dataclass, field, replace

import pyrage

from exchange.agencies import NOW, TW, UA, sealed, vectors
from exchange.sdjwt_cases import outcome_of_case, sdjwt_cases
from landwaiter.cases.statement import Evidence, Statement, identified
from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.canonical import canonical, read_json
from landwaiter.exchange.container import Limits, pack, unpack
from landwaiter.exchange.curve import check_signing_key
from landwaiter.exchange.examine import Trust, examine
from landwaiter.exchange.keys import sha256, verify
from landwaiter.exchange.refusal import reason_of

TRUST = Trust([UA.chain, TW.chain], UA.document.active("encryption"), UA.working.identity, NOW + 60)
# Allowed by the grammar of JSON, and read otherwise by one program than by another.
STRICTER = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
WEAK = {"low_order_A", "non_canonical_A", "low_order_component_A"}


@dataclass
class Tally:
    """The outcome of one suite.

    Args:
        right: cases that came out as they must.
        wrong: names of the others.
        kinds: how many of each kind of outcome.
    """

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)

    def add(self, name, is_right, kind):
        """Count one case."""
        self.right += is_right
        self.wrong += [] if is_right else [name]
        self.kinds[kind] += 1


def refused(data, trust=TRUST):
    """The reason for which a package is refused; empty where it opens."""
    try:
        examine(data, trust, Limits(), "F")
    except RefusedError as error:
        return reason_of(error)
    return ""


def members(name):
    """Name and bytes of each file of a suite."""
    with tarfile.open(vectors(name)) as packed:
        for member in packed:
            if member.isfile():
                yield member.name, packed.extractfile(member).read()


def age_files():
    """Each file of age's test kit: its name, what it must come to, our identities for it, and its bytes."""
    for name, data in members("age-testkit.tar.gz"):
        head, _, body = data.partition(b"\n\n")
        lines = [line.partition(": ") for line in head.decode("utf-8", "replace").splitlines() if ": " in line]
        said = {key: value for key, _, value in lines}
        keys = [value for key, _, value in lines if key == "identity" and value.startswith("AGE-SECRET-KEY-1")]
        if "expect" in said:
            yield name, said, keys, zlib.decompress(body) if said.get("compressed") else body


def age_layer():
    """What the library of our outer layer decrypts of the files for an X25519 key."""
    tally = Tally()
    for name, said, keys, body in age_files():
        if not keys:
            continue
        try:
            plain = pyrage.decrypt(body, [pyrage.x25519.Identity.from_str(key) for key in keys])
            outcome = hashlib.sha256(plain).hexdigest()
        except pyrage.DecryptError:
            outcome = "refused"
        wanted = said["payload"] if said["expect"] == "success" else "refused"
        tally.add(name, outcome == wanted, f"{said['expect']}: {'refused' if outcome == 'refused' else 'opened'}")
    return tally


def age_opener():
    """Every file of the kit to the opener, which must refuse each with a reason: none of them is a package."""
    tally = Tally()
    for name, _, keys, body in age_files():
        reason = refused(body, replace(TRUST, identity=keys[0]) if keys else TRUST)
        tally.add(name, bool(reason), reason or "opened")
    return tally


def ed25519():
    """Signatures at the edges of Ed25519: under a key that is taken, ours must judge as RFC 8032 says."""
    tally = Tally()
    for one in json.loads(gzip.decompress(vectors("ed25519-cctv.json.gz").read_bytes())):
        is_weak = bool(WEAK & set(one["flags"] or []))
        try:
            check_signing_key(bytes.fromhex(one["key"]), "a vector")
        except InputError:
            tally.add(f"number {one['number']}", is_weak, "key refused at import")
            continue
        try:
            verify(one["key"], bytes.fromhex(one["sig"]), one["msg"].encode())
            outcome = "key taken, signature holds"
        except RefusedError:
            outcome = "key taken, signature refused"
        tally.add(f"number {one['number']}", not is_weak, outcome)
    return tally


def sdjwt():
    """SD-JWT: issued, read whole, and with what its holder shows."""
    tally = Tally()
    for name, case in sdjwt_cases():
        fault = outcome_of_case(name, case)
        tally.add(f"{name}: {fault}", not fault, "as published" if not fault else "otherwise")
    return tally


def bag_paths():
    """Paths that bags name, in members, manifests and fetch lists: as the name of a member each refuses the package."""
    tally = Tally()
    for path in sorted(_named_in_bags()):
        outcome = "taken"
        try:
            unpack(pack({path: b"x"}), Limits(), "F")
        except RefusedError as error:
            outcome = reason_of(error)
        escapes = path.startswith(("/", "~")) or ".." in path.split("/") or ":" in path
        tally.add(path, outcome == "traversal" if escapes else outcome in ("malformed", "traversal"), outcome)
    return tally


def _named_in_bags():
    found = set()
    for name, data in members("bagit-conformance.tar.gz"):
        found.add(name.split("/", 3)[-1])
        file = name.rsplit("/", 1)[-1]
        lines = data.decode("utf-8", "replace").splitlines()
        if "manifest" in file and file.endswith(".txt"):
            found |= {line.split(None, 1)[1].lstrip("*") for line in lines if len(line.split(None, 1)) == 2}
        if file == "fetch.txt":
            found |= {line.split(None, 2)[2] for line in lines if len(line.split(None, 2)) == 3}
    return {path for path in found if path.strip() and len(path.encode()) < 60_000}


def bag_names():
    """The same paths as names of documents: text that comes back as it was, whatever it looks like."""
    paths = sorted(_named_in_bags())
    return _come_back(paths, [f"{place} {path}" for place, path in enumerate(paths)])


def json_cases():
    """The suite of JSON parsers: what is JSON is read, what is none refused, and the rest is one of both, in time."""
    tally = Tally()
    for name, data in members("json-test-suite.tar.gz"):
        file = name.rsplit("/", 1)[-1]
        if not file.endswith(".json"):
            continue
        try:
            read_json(data, file)
            outcome = "read"
        except InputError:
            outcome = "refused"
        wanted = {"y": "refused" if file in STRICTER else "read", "n": "refused", "i": outcome}[file[0]]
        tally.add(file, outcome == wanted, f"{file[0]}: {outcome}")
    return tally


def canonical_cases():
    """RFC 8785: the published texts that have no fractions are written byte for byte."""
    tally = Tally()
    files = dict(members("jcs-testdata.tar.gz"))
    for name in sorted(files):
        if "/input/" in name:
            try:
                same = canonical(json.loads(files[name])) == files[name.replace("/input/", "/output/")]
                tally.add(name, same, "written the same" if same else "written otherwise")
            except AssertionError:
                tally.add(
                    name, any(isinstance(one, float) for one in _flat(json.loads(files[name]))), "fractions: refused"
                )
    return tally


def _flat(value):
    if isinstance(value, dict | list):
        return [leaf for one in (value.values() if isinstance(value, dict) else value) for leaf in _flat(one)]
    return [value]


def naughty():
    """Naughty strings as values of statements, sealed and opened: each comes back as it was."""
    texts = json.loads(next(data for name, data in members("naughty-strings.tar.gz") if name.endswith("blns.json")))
    return _come_back(texts, [])


def _come_back(texts, names):
    said = [identified(Statement("", f"p{place}", "Company", "name", text, tlp="green"))
            for place, text in enumerate(texts)]  # fmt: skip
    blobs = {sha256(name.encode()): name.encode() for name in names}
    documents = [Evidence(sha256(name.encode()), name, "text/plain", len(name.encode()), "green") for name in names]
    found = examine(sealed(statements=said, documents=documents, blobs=blobs).data, TRUST, Limits(), "F")
    back = {one.entity_id: one.value for one in found.statements}
    called = {one.name for one in found.documents}
    tally = Tally()
    for place, text in enumerate(texts):
        same = back.get(f"p{place}") == text and (not names or names[place] in called)
        tally.add(text[:40], same, "came back" if same else "changed")
    return tally


SUITES = {
    "age test kit, our outer layer": age_layer,
    "age test kit, the opener": age_opener,
    "Ed25519 edge cases": ed25519,
    "SD-JWT cases": sdjwt,
    "BagIt paths as members": bag_paths,
    "BagIt paths as names": bag_names,
    "JSON parsing suite": json_cases,
    "RFC 8785 texts": canonical_cases,
    "naughty strings": naughty,
}
