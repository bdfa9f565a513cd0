"""What would have been said of the actors of known cases on a day of the past, and from when on?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from landwaiter.backtest.freeze import Frozen, freeze_file, freeze_lists, notes_of
from landwaiter.backtest.stories import Actor, Span, Story, days_between
from landwaiter.fetch import ListsRead
from landwaiter.flow import Inputs, Progress, run
from landwaiter.load.loading import Loaded
from landwaiter.record import Options
from landwaiter.screen.index import Asked, Match, NameIndex
from landwaiter.tables import TABLES

NO_ROWS = "did not run: no customs rows were given"
NO_LISTS = "did not run: no list of parties was given or kept"
ANSWERS = pa.schema([
    ("case", pa.string()), ("as_of", pa.date32()), ("actor", pa.string()), ("country", pa.string()),
    ("role", pa.string()), ("on_lists", pa.string()), ("listed_as", pa.string()), ("listed_later", pa.string()),
    ("lead_days", pa.int64()), ("undated_lists", pa.string()), ("others_listed", pa.string()),
    ("flagged", pa.string()), ("party_id", pa.string()),
    ("flags", pa.string()), ("typologies_hit", pa.string()), ("score", pa.float64()), ("rank", pa.int64()),
    ("of", pa.int64()), ("first_flagged_on", pa.date32()), ("reason", pa.string()),
])  # fmt: skip
Row = dict[str, object]
CARD_OF_LATER = date(9999, 12, 31)


@dataclass(frozen=True)
class Given:
    """What there is to look back with: lists, loaded files by kind, and how the flow shall run."""

    lists: ListsRead | None
    loads: Mapping[str, Sequence[Loaded]]
    options: Options
    every: int = 0


def look_back(
    stories: Sequence[Story], given: Given, work: Path, progress: Progress
) -> Iterator[tuple[Story, list[Row], list[str]]]:
    """For each case one answer per actor, and what was left out for want of a day; in the order of the cases.

    Args:
        work: an empty folder; the frozen files and the result of every run are left in `<case>/<day>` there.
    """
    ever = None if given.lists is None else _without_ends(given.lists)
    later = None if ever is None else NameIndex(ever.listings, ever.listing_names, as_of=CARD_OF_LATER)
    for story in stories:
        progress.begin(f"{story.id} as of {story.as_of}")
        notes: list[str] = []
        then = [_NOTHING] * len(story.actors)
        if given.lists is not None and ever is not None and later is not None:
            frozen, undated = freeze_lists(given.lists, story.as_of)
            index = NameIndex(frozen.listings, frozen.listing_names, as_of=story.as_of)
            notes.append(f"lists: {frozen.listings.num_rows:,} listings known, {undated:,} without a day left out")
            then = [_by_lists(actor, story.as_of, index, later, ever) for actor in story.actors]
        judged, said = _by_rows(story, given, work, progress)
        yield story, _answers(story, then, judged, has_lists=given.lists is not None), notes + said


# ---- What the lists alone say --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _OnLists:
    """What lists say of an actor: those that had it on the day, those later, and those that give no day."""

    on: tuple[Match, ...] = ()
    later: tuple[tuple[str, date], ...] = ()
    undated: tuple[str, ...] = ()


_NOTHING = _OnLists()


def _by_lists(actor: Actor, as_of: date, then: NameIndex, ever: NameIndex, lists: ListsRead) -> _OnLists:
    on = tuple(then.screen([_asked(actor)])[0])
    known = {match.listing_id for match in on}
    ids = [match.listing_id for match in ever.screen([_asked(actor)])[0] if match.listing_id not in known]
    found = lists.listings.filter(pc.is_in(lists.listings.column("listing_id"), pa.array(ids, pa.string())))
    later, undated = set(), set()
    for row in found.select(["list", "listed_on"]).to_pylist():
        if row["listed_on"] is None:
            undated.add(row["list"])
        elif row["listed_on"] > as_of:
            later.add((row["list"], row["listed_on"]))
    return _OnLists(on, tuple(sorted(later, key=lambda one: (one[1], one[0]))), tuple(sorted(undated)))


def _without_ends(read: ListsRead) -> ListsRead:
    """All that was ever listed: what ended before today was listed all the same."""
    listings = read.listings
    place = listings.column_names.index("delisted_on")
    return replace(read, listings=listings.set_column(place, "delisted_on", pa.nulls(listings.num_rows, pa.date32())))


def _asked(actor: Actor) -> Asked:
    return Asked(actor.names, countries=[actor.country] if actor.country else [])


# ---- What the rows say ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _InRows:
    """What a run on the frozen rows says of one actor."""

    flagged: str
    party_id: str = ""
    flags: tuple[str, ...] = ()
    typologies: tuple[str, ...] = ()
    score: float | None = None
    rank: int | None = None
    of: int | None = None
    first_on: date | None = None


def _by_rows(story: Story, given: Given, work: Path, progress: Progress) -> tuple[list[_InRows], list[str]]:
    """The verdict as of the day, and the first of the earlier days asked on which each actor was flagged already."""
    if not given.loads.get("declarations"):
        return [_InRows(NO_ROWS)] * len(story.actors), []
    verdicts: list[_InRows] = []
    said: list[str] = []
    day = story.as_of
    while True:
        folder = work / story.id / f"{day}"
        frozen = _frozen(given, day, folder)
        if not sum(one.known for one in frozen["declarations"]):
            break
        found = _run(story, day, given, frozen, into=folder / "result", progress=progress)
        if not verdicts:
            said = notes_of(frozen)
            verdicts = [replace(one, first_on=day if one.flagged == "yes" else None) for one in found]
        else:
            verdicts = [
                replace(last, first_on=day) if last.flagged == now.flagged == "yes" else last
                for last, now in zip(verdicts, found, strict=True)
            ]
        if not given.every:
            break
        day -= timedelta(given.every)
    return verdicts or [_InRows("did not run: no row is of that day or older")] * len(story.actors), said


def _frozen(given: Given, day: date, folder: Path) -> dict[str, list[Frozen]]:
    frozen: dict[str, list[Frozen]] = {}
    for kind, loads in given.loads.items():
        for number, loaded in enumerate(loads):
            into = folder / "rows" / f"{kind}-{number}"
            into.mkdir(parents=True)
            frozen.setdefault(kind, []).append(freeze_file(kind, loaded, day, into))
    return frozen


def _run(
    story: Story, day: date, given: Given, frozen: Mapping[str, Sequence[Frozen]], *, into: Path, progress: Progress
) -> list[_InRows]:
    lists = None if given.lists is None else freeze_lists(given.lists, day)[0]
    files = {kind: [one.path for one in held if one.known] for kind, held in frozen.items()}
    inputs = Inputs(files=files, lists=lists if lists is not None and lists.listings.num_rows else None)
    record = run(inputs, into, replace(given.options, as_of=day), progress)
    cards = {name: card.get("typology", "") for name, card in record.flags.items()}
    return _verdicts(story, into, cards)


def _verdicts(story: Story, result: Path, typology_of: Mapping[str, str]) -> list[_InRows]:
    parties = pq.read_table(result / "parties.parquet")
    index = _index_of(parties)
    assessed = {
        row["subject_id"]: row
        for row in pq.read_table(result / "assessments.parquet").to_pylist()
        if row["subject_kind"] == "party"
    }
    verdicts = []
    for found in index.screen([_asked(actor) for actor in story.actors], most=50):
        if not found:
            verdicts.append(_InRows("not in the rows"))
            continue
        # Several of our parties can be the actor, where books write it too differently to be joined.
        ranked = sorted(
            (assessed[one.listing_id]["rank"], one.listing_id) for one in found if one.listing_id in assessed
        )
        if not ranked:
            verdicts.append(_InRows("no", found[0].listing_id, of=len(assessed)))
            continue
        row = assessed[ranked[0][1]]
        flags = tuple(sorted({ident.partition(":")[0] for ident in row["reasons"]}))
        hit = {typology_of.get(flag, "") for flag in flags} & set(story.typologies)
        better = 1 + sum(one["rank"] < row["rank"] for one in assessed.values())
        verdicts.append(
            _InRows("yes", row["subject_id"], flags, tuple(sorted(hit)), row["score"], better, len(assessed))
        )
    return verdicts


def _index_of(parties: pa.Table) -> NameIndex:
    """Our own parties as if they were listed, so that an actor is looked up among them across scripts and spellings."""
    rows = parties.to_pylist()
    listings = [
        {
            "listing_id": row["party_id"],
            "list": "parties",
            "kind": row["kind"],
            "name": row["name"],
            "countries": [row["country"]] if row["country"] else [],
            "birth_dates": [],
            "addresses": [],
            "identifiers": [],
            "programmes": [],
        }
        for row in rows
    ]
    names = [
        {"listing_id": row["party_id"], "position": place, "name": name, "is_weak": False}
        for row in rows
        for place, name in enumerate(dict.fromkeys([row["name"], *row["names"]]))
    ]
    return NameIndex(
        pa.Table.from_pylist(listings, schema=TABLES["listings"].schema),
        pa.Table.from_pylist(names, schema=TABLES["listing_names"].schema),
        as_of=CARD_OF_LATER,
    )


# ---- The answer ----------------------------------------------------------------------------------------------------


def _answers(story: Story, then: Sequence[_OnLists], judged: Sequence[_InRows], *, has_lists: bool) -> list[Row]:
    """One line for each actor, which names the others of its case that were listed on the day: the phoenix's ash."""
    held = [_held(actor, lists, story.as_of) for actor, lists in zip(story.actors, then, strict=True)]
    rows = []
    for place, (actor, lists, verdict) in enumerate(zip(story.actors, then, judged, strict=True)):
        others = [other.names[0] for at, other in enumerate(story.actors) if held[at] and at != place]
        later, lead = _later(actor, lists, story.as_of)
        rows.append({
            "case": story.id,
            "as_of": story.as_of,
            "actor": actor.names[0],
            "country": actor.country,
            "role": actor.role,
            "on_lists": ";".join(held[place]) if has_lists or held[place] else NO_LISTS,
            "listed_as": ";".join(f"{one.name_matched} {one.score:.2f}" for one in lists.on),
            "listed_later": ";".join(later),
            "lead_days": lead,
            "undated_lists": ";".join(lists.undated),
            "others_listed": ";".join(others),
            "flagged": verdict.flagged,
            "party_id": verdict.party_id,
            "flags": ";".join(verdict.flags),
            "typologies_hit": ";".join(verdict.typologies),
            "score": verdict.score,
            "rank": verdict.rank,
            "of": verdict.of,
            "first_flagged_on": verdict.first_on,
            "reason": _reason(held[place], (later, lead), lists.undated, others, verdict),
        })  # fmt: skip
    return rows


def _held(actor: Actor, lists: _OnLists, as_of: date) -> list[str]:
    """The lists that had an actor on the day, by what was given and by what the case file tells."""
    told = {f"{one.list} (case file)" for one in actor.listed if one.on.last is not None and one.on.last <= as_of}
    return [*sorted({one.list for one in lists.on}), *sorted(told)]


def _later(actor: Actor, lists: _OnLists, as_of: date) -> tuple[list[str], int | None]:
    """The lists that took an actor up later, each with its day, and the days until then; None where no day is known."""
    told = [one for one in actor.listed if one.on.last is None or one.on.last > as_of]
    said = [f"{name} {day}" for name, day in lists.later]
    said += [f"{one.list} {_span_text(one.on)} (case file)" for one in told]
    return said, days_between(as_of, [*(Span(day, day) for _, day in lists.later), *(one.on for one in told)])


def _reason(
    held: Sequence[str], later: tuple[Sequence[str], int | None], undated: Sequence[str], others: Sequence[str],
    verdict: _InRows,
) -> str:  # fmt: skip
    parts = [f"on {', '.join(held)} by that day" if held else "on no list that gives a day up to then"]
    if undated and not held:
        parts.append(f"listed without a day by {', '.join(undated)}")
    if others:
        parts.append(f"of its case {', '.join(others)} was listed by then")
    if later[1] is not None:
        parts.append(f"listed {later[1]} days later at the earliest")
    elif later[0]:
        parts.append("listed later, the day is not known")
    if verdict.flagged == "yes":
        parts.append(f"party {verdict.rank} of {verdict.of} by {', '.join(verdict.flags)}")
    elif verdict.flagged == "no":
        parts.append("traded in the rows and no red flag pointed at it")
    else:
        parts.append(f"rows: {verdict.flagged}")
    return "; ".join(parts)


def _span_text(span: Span) -> str:
    if span.first == span.last:
        return f"{span.first}"
    return f"{span.first or '..'} to {span.last or '..'}"
