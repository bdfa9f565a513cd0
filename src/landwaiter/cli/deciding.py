"""Which words of officers stand on the pairs of an answer, and how is a new one kept? The file of one installation."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from landwaiter.errors import InputError
from landwaiter.screen.decisions import Decisions, decide, read_decisions, remember
from landwaiter.screen.index import Asked, Match, NameIndex
from landwaiter.settings import read_settings


@dataclass(frozen=True)
class Word:
    """What an officer says of one pair, as the command line gives it."""

    listing_id: str
    state: str | None
    reason: str | None
    by: str | None
    until: date | None


@dataclass(frozen=True)
class Marks:
    """The decisions of this installation, to be shown beside the matches of an index."""

    decisions: Decisions
    index: NameIndex
    today: date

    def on(self, asked: Asked, match: Match) -> str:
        """What stands on this pair today; empty where nobody has decided."""
        return self.decisions.said(asked, match.listing_id, self.index.digest(match.listing_id), today=self.today).text


def marks_for(index: NameIndex) -> Marks:
    """The decisions kept at home; a line that cannot be read decides nothing and is named on standard error."""
    where = decisions_file()
    decisions = read_decisions(where)
    if decisions.unread:
        lines = ", ".join(map(str, decisions.unread[:10]))
        sys.stderr.write(f"landwaiter: {where}: not read, so their pairs are open: lines {lines}\n")
    return Marks(decisions, index, date.today())


def keep_word(index: NameIndex, asked: Asked, word: Word) -> None:
    """Keep an officer's decision on a name and a listing in force, and say so."""
    missing = [option for option, text in (("--as", word.state), ("--reason", word.reason), ("--by", word.by))
               if text is None]  # fmt: skip
    if missing:
        raise InputError("--decide", f"needs {missing[0]}", "a decision is kept with its officer and reason")
    digest = index.digest(word.listing_id)
    if not digest:
        raise InputError("--decide", f"no listing in force is '{word.listing_id}'", "screen the name to see its id")
    decision = decide(
        asked, word.listing_id, digest,
        state=word.state or "", reason=word.reason or "", by=word.by or "", on=date.today(), until=word.until,
    )  # fmt: skip
    remember(decisions_file(), decision)
    sys.stdout.write(f"{asked.names[0]} / {word.listing_id}: {decision.state} by {decision.by} on {decision.on}; "
                     f"kept in {decisions_file()}\n")  # fmt: skip


def decisions_file() -> Path:
    """Where this installation keeps its officers' words."""
    return read_settings().home / "decisions.jsonl"
