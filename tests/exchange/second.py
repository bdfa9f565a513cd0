"""The other implementation of SD-JWT, @sd-jwt/core of npm, held against ours; see `bench/interop`."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pyrage

from exchange.agencies import NOW, TW, UA, sealed
from exchange.published import Tally
from exchange.sdjwt_cases import PUBLIC, SEED, named, plain, sdjwt_cases, tokens_of
from landwaiter.errors import LandwaiterError
from landwaiter.exchange import sdjwt
from landwaiter.exchange.canonical import read_json
from landwaiter.exchange.container import MANIFEST, Limits, unpack
from landwaiter.exchange.keys import b64, public_of, unb64

SCRIPT = Path(__file__).parents[2] / "bench" / "interop" / "sdjwt.mjs"
PACKAGE = SCRIPT.with_name("package.json")
FOLDER = "LANDWAITER_TEST_NPM"


def named_folder():
    """The folder in which `npm install` was done; empty where nobody says."""
    return os.environ.get(FOLDER, "")


def missing(folder):
    """Why it cannot be asked; empty where it can."""
    if not shutil.which("node"):
        return "node is not installed"
    if not folder:
        return f"{FOLDER} names no folder: copy bench/interop/package.json into one, `npm install` there, and set it"
    if not (Path(folder) / "node_modules" / "@sd-jwt" / "core").is_dir():
        return f"{folder} holds no @sd-jwt/core: `npm install` there"
    return ""


def install(folder):
    """`npm install` in a folder of one's own; why it failed, or an empty text."""
    if not shutil.which("npm"):
        return "npm is not installed"
    shutil.copy(PACKAGE, folder)
    ended = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"], cwd=folder,
                           capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    return "" if ended.returncode == 0 else (ended.stderr.strip().splitlines() or ["npm failed"])[-1]


def answers(folder, jobs):
    """Its answer to each job."""
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    ended = subprocess.run(["node", str(SCRIPT), str(folder)], input=lines, capture_output=True, text=True,
                           timeout=300, check=True)  # fmt: skip
    return [json.loads(line) for line in ended.stdout.splitlines()]


def agreement(folder):
    """What each side says of the other's signed texts, as tallies by what was asked."""
    return {
        "it reads our published cases, whole and redacted": it_reads(folder, *zip(*_published(), strict=True)),
        "we read the published cases that it issues": we_read(folder),
        "it reads the manifest of our package, whole and redacted": it_reads(folder, *zip(*_manifests(), strict=True)),
        "both refuse a bent manifest": both_refuse(folder),
    }


def it_reads(folder, names, tokens, publics, claims):
    """Whether it verifies our signed texts and finds the same claims."""
    jobs = [{"do": "verify", "token": token.to_json(), "public": public, "now": NOW}
            for token, public in zip(tokens, publics, strict=True)]  # fmt: skip
    tally = Tally()
    for name, wanted, said in zip(names, claims, answers(folder, jobs), strict=True):
        found = {key: value for key, value in said.get("claims", said).items() if key != "_sd_alg"}
        tally.add(f"{name}: {said.get('error', 'other claims')}", found == wanted, "same" if found == wanted else "not")
    return tally


def we_read(folder):
    """Whether we verify what it signs, and find what was to be said."""
    cases = [(name, named(case["user_claims"])) for name, case in sdjwt_cases()]
    header = {"kid": PUBLIC, "typ": sdjwt.TYPE}
    jobs = [{"do": "issue", "claims": plain(claims), "frame": frame_of(claims), "seed": SEED.hex(), "header": header}
            for _, claims in cases]  # fmt: skip
    tally = Tally()
    for (name, claims), said in zip(cases, answers(folder, jobs), strict=True):
        try:
            same = sdjwt.read(sdjwt.token_from_json(said.get("token"), name), PUBLIC, name).claims == plain(claims)
            tally.add(name, same, "same" if same else "other claims")
        except LandwaiterError as error:
            tally.add(f"{name}: {said.get('error', error)}", False, "refused")
    return tally


def both_refuse(folder):
    """A manifest with a changed payload, a changed signature, and a disclosure that nobody signed."""
    ((_, token, public, _), _) = _manifests()
    foreign = b64(json.dumps(["salt", {"id": "forged"}]).encode())
    bent = {
        "payload": replace(token, payload=b64(unb64(token.payload).replace(b"TW-A", b"TW-X"))),
        "signature": replace(token, signature=b64(bytes([unb64(token.signature)[0] ^ 1]) + unb64(token.signature)[1:])),
        "disclosure": replace(token, disclosures=(*token.disclosures, foreign)),
    }
    jobs = [{"do": "verify", "token": one.to_json(), "public": public, "now": NOW} for one in bent.values()]
    tally = Tally()
    for (name, one), said in zip(bent.items(), answers(folder, jobs), strict=True):
        try:
            sdjwt.read(one, public, name)
            ours = "read"
        except LandwaiterError:
            ours = "refused"
        theirs = "refused" if "error" in said else "read"
        tally.add(f"{name}: we {ours}, it {theirs}", (ours, theirs) == ("refused", "refused"), f"it {theirs}")
    return tally


def frame_of(claims):
    """Which parts of claims may be withheld, as the other implementation is told it."""
    claims = claims.value if isinstance(claims, sdjwt.Hidden) else claims
    if not isinstance(claims, dict | list):
        return {}
    parts = list(claims.items() if isinstance(claims, dict) else enumerate(claims))
    hidden = [key for key, one in parts if isinstance(one, sdjwt.Hidden)]
    inner = {str(key): frame for key, one in parts if (frame := frame_of(one))}
    return {**inner, **({"_sd": hidden} if hidden else {})}


def _published():
    for name, case in sdjwt_cases():
        token, fewer = tokens_of(case)
        yield f"{name}, whole", token, PUBLIC, plain(named(case["user_claims"]))
        yield f"{name}, redacted", fewer, PUBLIC, case["expect_verified_user_claims"]


def _manifests():
    """The manifest of a sealed package, as it lies in the file, and with one statement only."""
    identity = pyrage.x25519.Identity.from_str(UA.working.identity)
    members = unpack(pyrage.decrypt(sealed().data, [identity]), Limits(), "F")
    token = sdjwt.token_from_json(read_json(members[MANIFEST], "F"), "F")
    public = public_of(TW.working.signing)
    for name, one in (("whole", token), ("redacted", sdjwt.kept(token, token.disclosures[:1]))):
        yield name, one, public, sdjwt.read(one, public, "F").claims
