"""How do the lists come here, and how old are they? Fetches them from their publishers, keeps them, reads them back."""

import gzip
import http.client
import io
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePath
from typing import IO
from urllib.parse import urlsplit

import zstandard

from landwaiter import __version__
from landwaiter.errors import InputError, ListError
from landwaiter.sources.combined import ListsRead, combined, digest, digest_of, range_problem
from landwaiter.sources.editions import Edition, Failure, editions
from landwaiter.sources.kept import MANIFEST, KeptFile, KeptList, Outcome, outcome_of, read_manifest, write_manifest
from landwaiter.sources.reading import ListFile, Reading
from landwaiter.sources.source import FileKind, Source, find_sources

__all__ = ["ListsRead", "Outcome", "read_lists", "update"]

# The largest list is OFAC's Advanced XML with about 130 MB; whatever unpacks to more than this is an attack.
_MOST_BYTES = 600_000_000
_SECONDS_OF_SILENCE = 60
_SECONDS_IN_ALL = 1800
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def read_lists(path: Path, *, as_of: date) -> ListsRead:
    """Read kept lists, or a folder of list files recognised by what they hold, or one such file.

    Args:
        path: a folder that `update` filled, any folder, or a file; .gz and .zst are unpacked.
        as_of: the day from which the age of each list is counted.
    """
    if not path.exists():
        raise InputError(
            str(path), "there is no such file or folder", "run `landwaiter update`, or give --lists another"
        )
    if (path / MANIFEST).is_file():
        found, failures = _kept_editions(path)
    else:
        files, failures = _files_under(path)
        found, unread = editions(files)
        failures += unread
    readings: list[tuple[Edition, Reading]] = []
    for edition in found:
        try:
            readings.append((edition, edition.source.read(edition.files)))
        except ListError as error:
            failures.append(Failure(edition.name, str(error)))
    return combined(readings, sorted(failures, key=lambda failure: failure.name), as_of)


def _kept_editions(folder: Path) -> tuple[list[Edition], list[Failure]]:
    """The kept lists; one whose bytes are no longer those that were kept is named instead."""
    sources = {source.name: source for source in find_sources()}
    found: list[Edition] = []
    failures: list[Failure] = []
    for kept in _manifest(folder).values():
        try:
            files = {file.role: ListFile(file.name, _kept_bytes(folder, file)) for file in kept.files}
        except ListError as error:
            failures.append(Failure(kept.list, str(error)))
            continue
        if kept.source not in sources:
            failures.append(Failure(kept.list, f"this version of landwaiter has no reader '{kept.source}'"))
            continue
        dated = date.fromisoformat(kept.as_of) if kept.as_of else None
        found.append(Edition(kept.list, sources[kept.source], kept.form, files, dated))
    return found, failures


def _kept_bytes(folder: Path, file: KeptFile) -> bytes:
    hint = "run `landwaiter update` again"
    try:
        data = (folder / file.path).read_bytes()
    except OSError as error:
        raise ListError(file.path, f"it cannot be read: {error.strerror}", hint) from error
    if digest(data) != file.sha256:
        raise ListError(file.path, "its bytes are not those that were kept", hint)
    return data


def _manifest(folder: Path) -> dict[str, KeptList]:
    path = folder / MANIFEST
    return read_manifest(path.read_text(encoding="utf-8")) if path.exists() else {}


def _files_under(path: Path) -> tuple[list[ListFile], list[Failure]]:
    """Every plain file, unpacked; links, pipes, hidden and empty files are named or, if hidden, passed over."""
    files: list[ListFile] = []
    failures: list[Failure] = []
    for member in [path] if path.is_file() else sorted(path.rglob("*")):
        name = member.name if path.is_file() else member.relative_to(path).as_posix()
        if member.is_dir() or any(part.startswith(".") for part in PurePath(name).parts):
            continue
        if member.is_symlink() or not member.is_file():
            failures.append(Failure(name, "not a plain file"))
            continue
        try:
            files.append(ListFile(name, _unpacked(name, member)))
        except OSError as error:
            failures.append(Failure(name, f"it cannot be read: {error.strerror or error}"))
        except ListError as error:
            failures.append(Failure(name, error.what))
    return files, failures


def _unpacked(name: str, path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        stream: IO[bytes] = file
        if start[:2] == b"\x1f\x8b":
            stream = io.BufferedReader(gzip.GzipFile(fileobj=file))
        elif start == b"\x28\xb5\x2f\xfd":
            stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        try:
            return _at_most(stream, name)
        except (EOFError, zstandard.ZstdError, gzip.BadGzipFile) as error:
            raise ListError(name, f"it cannot be unpacked: {error}") from error


def _at_most(stream: IO[bytes], name: str) -> bytes:
    data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ListError(name, f"it holds more than {_MOST_BYTES:,} bytes")
    return data


# ---- Updating ------------------------------------------------------------------------------------------------------


def update(
    folder: Path,
    *,
    today: date,
    only: Sequence[str] = (),
    from_path: Path | None = None,
    sources: Sequence[Source] | None = None,
) -> list[Outcome]:
    """Bring the kept lists up to date, each by itself; a list that is refused stays as it was kept.

    Args:
        folder: of the kept lists, made if it is not there.
        today: day that is noted as that of fetching.
        only: short names of the lists to bring up to date; all that may be fetched without asking if empty.
        from_path: a folder or file to take lists from, in place of their publishers.
        sources: all that are known if not given.
    """
    known = {source.name: source for source in (find_sources() if sources is None else sources)}
    strange = sorted(set(only) - set(known)) if from_path is None else []
    if strange:
        raise InputError("--only", f"there is no list named '{strange[0]}'", f"there are: {', '.join(known)}")
    _make(folder)
    if from_path is not None:
        return _take_files(folder, from_path, only, today)
    wanted = [source for name, source in known.items() if not source.general and (not only or name in only)]
    return [_fetch_list(folder, source, today, asked=bool(only)) for source in wanted]


def _take_files(folder: Path, path: Path, only: Sequence[str], today: date) -> list[Outcome]:
    if not path.exists():
        raise InputError(
            str(path), "there is no such file or folder", "give --from a folder of list files, or one file"
        )
    files, failures = _files_under(path)
    found, unread = editions(files)
    outcomes = [_keep(folder, one, {}, today) for one in found if not only or one.name in only]
    # With --only, files of no list at all are still named: one of them could be the list that was asked for.
    return outcomes + [Outcome(failure.name, done=False, state=failure.reason) for failure in failures + unread]


def _fetch_list(folder: Path, source: Source, today: date, *, asked: bool) -> Outcome:
    kept = _manifest(folder).get(source.name)
    if not source.fetched:
        return outcome_of(
            source.name, kept, today, done=not asked, state="no lasting address: give its file with --from"
        )
    if source.on_request and not asked:
        return outcome_of(source.name, kept, today, done=True, state=f"fetched only by name, licence: {source.licence}")
    try:
        answers = {kind.role: _asked(kind, folder, kept) for kind in source.form(source.fetched) if kind.address}
    except ListError as error:
        return outcome_of(source.name, kept, today, done=False, state=f"not fetched: {error}")
    if kept and all(answer.is_unchanged for answer in answers.values()):
        _remember(folder, replace(kept, checked_on=today.isoformat()))
        return outcome_of(source.name, kept, today, done=True, state="unchanged")
    found, failures = editions([answer.file for answer in answers.values()])
    ours = [edition for edition in found if edition.name == source.name]
    if not ours:
        reason = "; ".join(failure.reason for failure in failures) or f"it is {found[0].name}"
        return outcome_of(source.name, kept, today, done=False, state=f"refused, not this list: {reason}")
    return _keep(folder, replace(ours[0], source=source), answers, today)


def _keep(folder: Path, edition: Edition, answers: Mapping[str, "Answer"], today: date) -> Outcome:
    """Read an edition and keep it, unless it is not what the list should be; then what was kept stays."""
    lists = _manifest(folder)
    kept = lists.get(edition.name)
    dated = edition.dated or max((answer.day or today for answer in answers.values()), default=None)
    sha256 = digest_of({role: digest(file.data) for role, file in edition.files.items()})
    problem = ""
    if kept and kept.source != edition.source.name:
        problem = f"refused: the list kept under this name is of another form, {kept.source}"
    elif kept and dated and kept.as_of and dated.isoformat() < kept.as_of:
        problem = f"refused: it is of {dated}, older than the kept one of {kept.as_of}"
    reading = None if problem else _read_or_reason(edition)
    if isinstance(reading, str):
        problem = f"refused: {reading}"
    elif reading:
        wrong = range_problem(edition.source, reading.rows)
        problem = f"refused: {wrong}" if wrong else ""
    if problem or reading is None or isinstance(reading, str):
        return outcome_of(edition.name, kept, today, done=False, state=problem)
    files = tuple(_stored(folder, edition, role, answers.get(role)) for role in sorted(edition.files))
    day = today.isoformat()
    as_of = dated.isoformat() if dated else ""
    now = KeptList(
        edition.name, edition.source.name, edition.form, as_of, day, day, reading.listings.num_rows, sha256, files
    )
    _remember(folder, now)
    state = "new" if kept is None else "unchanged" if kept.sha256 == sha256 else "renewed"
    return outcome_of(edition.name, now, today, done=True, state=state)


def _read_or_reason(edition: Edition) -> Reading | str:
    try:
        return edition.source.read(edition.files)
    except ListError as error:
        return str(error)


def _stored(folder: Path, edition: Edition, role: str, answer: "Answer | None") -> KeptFile:
    file = edition.files[role]
    kind = next(kind for kind in edition.source.form(edition.form) if kind.role == role)
    sha256 = digest(file.data)
    path = f"{edition.name}/{sha256}.{kind.type}"
    if not (folder / path).exists():
        _make(folder / edition.name)
        _write(folder / path, file.data)
    etag, last_modified = (answer.etag, answer.last_modified) if answer else ("", "")
    return KeptFile(role, path, file.name, sha256, len(file.data), kind.address if answer else "", etag, last_modified)


def _remember(folder: Path, kept: KeptList) -> None:
    """Note one list in the manifest as it is at this moment, so that two updates at once lose little."""
    lists = {**_manifest(folder), kept.list: kept}
    _write(folder / MANIFEST, write_manifest(lists).encode())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"it cannot be made: {error.strerror}", "give --lists another folder") from error


def _write(path: Path, data: bytes) -> None:
    """Write aside, then rename: whoever reads, and whenever we are killed, sees all of it or what was there before."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        hint = "nothing that was kept has changed; is the disk full or read-only?"
        raise InputError(str(path), f"it cannot be written: {error.strerror}", hint) from error


# ---- Asking a publisher --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What a publisher's server gave for one file, or what is kept of it where it said that nothing has changed."""

    file: ListFile
    is_unchanged: bool
    etag: str
    last_modified: str
    day: date | None


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        _check_address(newurl, was_https=req.type == "https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check_address(address: str, *, was_https: bool) -> None:
    parts = urlsplit(address)
    is_loopback = parts.scheme == "http" and parts.hostname in _LOOPBACK and not was_https
    if parts.scheme != "https" and not is_loopback:
        raise ListError(address, "lists are fetched by https only", "the publisher's address must be looked at")


def _asked(kind: FileKind, folder: Path, kept: KeptList | None) -> Answer:
    """Ask for a file unless it is the one that is kept; its bytes either way."""
    _check_address(kind.address, was_https=False)
    own = next((file for file in (kept.files if kept else ()) if file.address == kind.address), None)
    headers = {"User-Agent": f"landwaiter/{__version__}"}
    if own and own.etag:
        headers["If-None-Match"] = own.etag
    if own and own.last_modified:
        headers["If-Modified-Since"] = own.last_modified
    request = urllib.request.Request(kind.address, headers=headers)  # noqa: S310 - the scheme is checked above
    name = PurePath(urlsplit(kind.address).path).name or kind.role
    try:
        with _opener(kind.address).open(request, timeout=_SECONDS_OF_SILENCE) as response:
            data = _body(response, kind.address)
            etag = response.headers.get("ETag", "")
            changed = response.headers.get("Last-Modified", "")
    except urllib.error.HTTPError as error:
        if error.code == 304 and own:
            return Answer(
                ListFile(own.name, _kept_bytes(folder, own)),
                True,
                own.etag,
                own.last_modified,
                _day_of(own.last_modified),
            )
        raise ListError(kind.address, f"the server answered {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise ListError(kind.address, f"the server could not be asked: {error}") from error
    return Answer(ListFile(name, data), False, etag, changed, _day_of(changed))


def _opener(address: str) -> urllib.request.OpenerDirector:
    """What asks by http and https only, through the machine's proxy where it has one."""
    proxies: dict[str, str] | None = {} if urlsplit(address).hostname in _LOOPBACK else None
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _SafeRedirects(),
    ):
        opener.add_handler(handler)
    return opener


def _body(response: http.client.HTTPResponse, address: str) -> bytes:
    """All bytes of an answer; ListError where they are too many, too slow, or fewer than announced."""
    until = time.monotonic() + _SECONDS_IN_ALL
    announced = response.headers.get("Content-Length")
    pieces: list[bytes] = []
    size = 0
    while piece := response.read(1 << 20):
        pieces.append(piece)
        size += len(piece)
        if size > _MOST_BYTES:
            raise ListError(address, f"it is larger than {_MOST_BYTES:,} bytes")
        if time.monotonic() > until:
            raise ListError(address, f"it took longer than {_SECONDS_IN_ALL} seconds")
    if announced and announced.isdigit() and size != int(announced):
        raise ListError(address, f"cut off: {size:,} of {int(announced):,} bytes came")
    return b"".join(pieces)


def _day_of(last_modified: str) -> date | None:
    try:
        return parsedate_to_datetime(last_modified).date() if last_modified else None
    except ValueError:
        return None
