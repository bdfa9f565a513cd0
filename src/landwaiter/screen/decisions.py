"""What has an officer said of a pair of a name and a listing, and does it still stand? Kept, and always shown.

A decision marks later answers; it takes none away. In a run a cleared pair raises no finding and is named as set aside,
with the officer. A word stands until its day has passed, or until the record of either side is no longer the one that
the officer saw: then the pair is open again, and the answer says why.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

from landwaiter.errors import InputError
from landwaiter.screen.index import Asked
from landwaiter.text.fold import fold

STATES = ("cleared", "confirmed", "reopened")


@dataclass(frozen=True)
class Decision:
    """One officer's word on one pair.

    Args:
        name: our main name, folded: what a later question must ask for.
        state: cleared, confirmed, or reopened where an officer takes an earlier word back.
        on: the day of the decision; `until` is its last day, empty where it has none.
        ours: digest of our record as the officer saw it; `theirs` that of the listing.
    """

    name: str
    listing_id: str
    state: str
    reason: str
    by: str
    on: str
    until: str
    ours: str
    theirs: str


def decide(
    asked: Asked, listing_id: str, theirs: str, *, state: str, reason: str, by: str, on: date, until: date | None
) -> Decision:
    """The decision of an officer on a pair as it is today; InputError where it says too little to be kept."""
    if state not in STATES:
        raise InputError("--as", f"'{state}' is no decision", f"say {', '.join(STATES)}")
    for option, text in (("--by", by), ("--reason", reason)):
        if not text.strip():
            raise InputError(option, "is empty", "a decision is kept with its officer and reason")
    if until is not None and until < on:
        raise InputError("--until", f"{until} has passed", "give a day from today on, or none")
    last = until.isoformat() if until else ""
    return Decision(
        _subject(asked), listing_id, state, reason.strip(), by.strip(), on.isoformat(), last, digest_of(asked), theirs
    )


def remember(path: Path, decision: Decision) -> None:
    """Add one decision as one line of a file; what was there before is never changed."""
    line = json.dumps(asdict(decision), ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            # A line that a killed program left half written must not swallow this one.
            broken = file.tell() > 0 and _last_byte(path) != b"\n"
            file.write(("\n" if broken else "").encode() + line.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InputError(str(path), f"the decision cannot be kept: {error.strerror}") from error


@dataclass(frozen=True)
class Said:
    """What an officer's word on a pair amounts to on a day.

    Args:
        state: cleared or confirmed where the word stands, else empty.
        until: its last day, None where it has none.
        text: the word in one line, or why the pair is open again; empty where nobody has decided.
    """

    state: str = ""
    until: date | None = None
    text: str = ""


_NOTHING = Said()


class Decisions:
    """The last word on each pair; `unread` are those of the file's `lines` that could not be read."""

    def __init__(self, decisions: Sequence[Decision], unread: Sequence[int] = ()) -> None:
        """Hold decisions in the order in which they were made."""
        self._last = {(one.name, one.listing_id): one for one in decisions}
        self.unread = list(unread)
        self.lines = len(decisions) + len(self.unread)

    def __len__(self) -> int:
        return len(self._last)

    def said(self, asked: Asked, listing_id: str, theirs: str, *, today: date) -> Said:
        """What stands on a pair, or why it is open again."""
        one = self._last.get((_subject(asked), listing_id)) if self._last else None
        if one is None:
            return _NOTHING
        word = f"{one.state} by {one.by} on {one.on}"
        because = _why_open(one, digest_of(asked), theirs, today)
        if because:
            return Said(text=f"open again, {because}: {word}: {one.reason}")
        text = f"{word}{f' until {one.until}' if one.until else ''}: {one.reason}"
        if one.state == "reopened":
            return Said(text=text)
        return Said(one.state, date.fromisoformat(one.until) if one.until else None, text)


def read_decisions(path: Path) -> Decisions:
    """All decisions of a file; none where there is no file yet. A line that is none is counted, not guessed."""
    try:
        lines = path.read_bytes().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return Decisions(())
    except OSError as error:
        raise InputError(str(path), f"the decisions cannot be read: {error.strerror}") from error
    found: list[Decision] = []
    unread: list[int] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_parsed(line))
            except (ValueError, TypeError):
                unread.append(number)
    return Decisions(found, unread)


def digest_of(asked: Asked) -> str:
    """Digest of all that is known of our record, whatever the order of its values."""
    known = [
        *(sorted(map(str, values)) for values in (asked.names, asked.weak_names, asked.countries, asked.births)),
        sorted(map(str, asked.identifiers)),
        [asked.kind],
    ]
    return blake2b(json.dumps(known).encode(), digest_size=8).hexdigest()


def _why_open(one: Decision, ours: str, theirs: str, today: date) -> str:
    if one.state == "reopened":
        return ""
    if one.theirs != theirs:
        return "the listing has changed"
    if one.ours != ours:
        return "our record has changed"
    return f"{one.until} has passed" if one.until and date.fromisoformat(one.until) < today else ""


def _parsed(line: bytes) -> Decision:
    said = json.loads(line)
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise ValueError("not a decision")
    one = Decision(**said)
    if one.state not in STATES or (one.until and not date.fromisoformat(one.until)):
        raise ValueError("not a decision")
    return one


def _subject(asked: Asked) -> str:
    return fold(list(asked.names[:1]))[0] if asked.names else ""


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
