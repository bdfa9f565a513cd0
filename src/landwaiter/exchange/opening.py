"""Opens a peer's package in a child process with limits; what comes back held in every respect, or is a refusal."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from landwaiter.cases.statement import Evidence, statement_from_json
from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange.canonical import canonical
from landwaiter.exchange.container import Limits
from landwaiter.exchange.document import Signed, read_chain, write_chain
from landwaiter.exchange.dossier import Agency
from landwaiter.exchange.examine import Opened
from landwaiter.exchange.refusal import refusal
from landwaiter.exchange.sdjwt import token_from_json


def open_dossier(
    path: Path,
    *,
    reader: Agency,
    peers: Sequence[Sequence[Signed]],
    now: int,
    limits: Limits | None = None,
    any_time: bool = False,
) -> Opened:
    """The package in a file, verified; RefusedError with one of `refusal.REASONS` where anything is wrong.

    Whether it was opened before is asked by `receiving.take_in`, which remembers it. With `any_time` a package that has
    expired is read too, as evidence and not to be taken in.
    """
    limits = limits or Limits()
    if path.is_symlink() or not path.is_file():
        raise InputError(str(path), "is not a regular file", "name the file that was received")
    if path.stat().st_size > limits.file_bytes:
        raise refusal("oversized", str(path), f"{path.stat().st_size:,} bytes")
    job = {
        "path": str(path), "identity": reader.working.identity, "readers": reader.document.active("encryption"),
        "chains": [write_chain(one).decode() for one in (reader.chain, *peers)], "now": now, "limits": asdict(limits),
        "any_time": any_time,
    }  # fmt: skip
    return _opened(*_in_child(job, limits, str(path)), str(path))


def _in_child(job: Mapping[str, object], limits: Limits, where: str) -> tuple[dict[str, object], bytes]:
    command = [sys.executable, "-P", "-m", "landwaiter.exchange.child"]
    try:
        ended = subprocess.run(
            command, input=json.dumps(job).encode(), capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise refusal("oversized", where, f"it could not be read within {limits.seconds} seconds") from None
    line, _, rest = ended.stdout.partition(b"\n")
    if ended.returncode or not line:
        raise refusal("malformed", where, f"the process that read it ended early (status {ended.returncode})")
    answer = json.loads(line)
    if "refused" in answer:
        raise RefusedError(*answer["refused"])
    if "error" in answer:
        raise InputError(*answer["error"])
    return answer["opened"], rest


def _opened(head: dict[str, object], rest: bytes, where: str) -> Opened:
    documents = tuple(
        Evidence(str(one["digest"]), str(one["name"]), str(one["media_type"]), int(str(one["size"])), str(one["tlp"]))
        for one in _dicts(head["documents"])
    )
    blobs, place = {}, 0
    for one in documents:
        blobs[one.digest] = rest[place : place + one.size]
        place += one.size
    claims = head["claims"]
    assert isinstance(claims, dict)
    return Opened(
        sender=str(head["sender"]),
        kind=str(head["kind"]),
        jti=str(head["jti"]),
        digest=str(head["digest"]),
        statements=tuple(statement_from_json(one) for one in _dicts(head["statements"])),
        documents=documents,
        blobs=blobs,
        claims=claims,
        silent=int(str(head["silent"])),
        token=token_from_json(head["token"], where),
        chain=tuple(read_chain(canonical(head["chain"]), where)),
    )


def _dicts(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value
