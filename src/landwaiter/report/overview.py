"""What was asked, what ran, what did not, and how much was found? The head of the report."""

from landwaiter.report.markup import Html, cut, foreign, join, tag
from landwaiter.report.record import RunRecord
from landwaiter.report.shelf import Shelf
from landwaiter.report.story import kind_of
from landwaiter.report.wording import count, counted, day, long_day

FOLDED = 4  # more lines than this of one thing that did not run are folded
STALE = 30  # days after which a list's age is warned of

# Tables without which the report is blind to something, and to what.
_BLIND = {
    "shipments": "no shipment was read, so no evidence row can be shown",
    "parties": "no parties were resolved, so one firm may stand under several names",
    "matches": "no party was compared with any list",
    "controls": "no goods were compared with a control list",
    "hops": "no lot was followed from arrival to departure",
    "chains": "no chain was traced to a destination of concern",
    "gaps": "no aggregate statistics were compared",
    "findings": "no red flag was raised or could be",
    "assessments": "nothing was ranked",
    "rejects": "rows set aside are not known",
}


def masthead(record: RunRecord, shelf: Shelf) -> Html:
    """Title, day, and in one line what went in."""
    rows = shelf.count("shipments")
    listings = sum(source.rows or 0 for source in record.lists)
    parts = [
        counted(rows, "shipment row") if rows is not None else "no shipments table",
        counted(len(record.inputs), "input file"),
        f"{counted(listings, 'listing')} on {counted(len(record.lists), 'list')}",
        counted(len(record.flags), "red flag"),
    ]
    version = record.versions.get("landwaiter")
    return tag(
        "header",
        tag("p", "landwaiter", f" {version}" if version else None, class_="mark"),
        tag("h1", f"Leads as of {long_day(record.as_of)}"),
        tag("p", " · ".join(parts), class_="lede"),
    )


def did_not_run(record: RunRecord, shelf: Shelf) -> Html:
    """What must not be taken for 'nothing found': steps, lists and tables that are missing, old lists."""
    items = _not_run(record)
    items += [
        tag("li", tag("b", f"{name}.parquet"), " is not in the folder: ", why)
        for name, why in _BLIND.items()
        if not shelf.has(name)
    ]
    if not record.lists:
        items.append(tag("li", tag("b", "Lists"), ": none was read; no party was compared with any list"))
    if not record.flags:
        items.append(tag("li", tag("b", "Red flags"), ": run.json names none"))
    items += [tag("li", tag("b", name), ": ", said) for name, said in _old_lists(record)]
    head = tag("h2", "What did not run", id="not-run")
    if not items:
        said = f"Everything that was asked for ran, and no list was older than {STALE} days."
        return tag("section", head, tag("p", said), _limits(record), class_="ran")
    warning = tag("p", "Nothing below was searched, or not as of today. It is not the same as nothing found.")
    return tag("section", tag("div", head, warning, tag("ul", *items), class_="missing"), _limits(record))


def _not_run(record: RunRecord) -> list[Html]:
    """One line for each; where many parts of one thing did not run, they are folded under its name and counted."""
    groups: dict[str, list[Html]] = {}
    for part in record.not_run:
        line = tag("li", tag("b", cut(part.name, 120)), ": ", foreign(part.reason, longest=400))
        groups.setdefault(part.name.partition(" ")[0], []).append(line)
    items = []
    for name, lines in groups.items():
        if len(lines) <= FOLDED:
            items += lines
        else:
            head = tag("summary", tag("b", cut(name, 80)), f": {counted(len(lines), 'part')} of it did not run")
            items.append(tag("li", tag("details", head, tag("ul", *lines))))
    return items


def _old_lists(record: RunRecord) -> list[tuple[str, str]]:
    said = []
    for source in record.lists:
        age = None if source.as_of is None else (record.as_of - source.as_of).days
        if age is None:
            said.append((cut(source.name, 80), "nobody knows how old this list was; later entries are not seen"))
        elif age > STALE:
            words = f"this list was {count(age)} days old ({day(source.as_of)}); later entries are not seen"
            said.append((cut(source.name, 80), words))
    return said


def _limits(record: RunRecord) -> Html | None:
    """What the run itself noted about rows, lists and chains that it could use only in part."""
    notes = [*record.notes, *(f"{source.name}: {source.note}" for source in record.lists if source.note)]
    notes += [
        f"{source.name}: {counted(source.set_aside, 'entry', 'entries')} could not be read and were set aside"
        for source in record.lists
        if source.set_aside
    ]
    if not notes:
        return None
    shown = [tag("li", foreign(note, longest=400)) for note in notes[:20]]
    rest = tag("li", f"{counted(len(notes) - 20, 'more note')} in run.json") if len(notes) > 20 else None
    return join([tag("h3", "What ran, with limits"), tag("ul", *shown, rest, class_="limits")])


def figures(record: RunRecord, shelf: Shelf) -> Html:
    """The counts of the run."""
    wanted = (
        ("shipments", "shipment rows"),
        ("rejects", "rejected cells"),
        ("parties", "parties"),
        ("matches", "possible list hits"),
        ("chains", "chain legs"),
        ("gaps", "statistical gaps"),
        ("findings", "findings"),
        ("assessments", "leads"),
    )
    cells = []
    for name, words in wanted:
        number = shelf.count(name)
        shown = "not run" if number is None else count(number)
        cells.append(tag("div", tag("dt", words), tag("dd", shown, class_="none" if number is None else None)))
    return tag("section", tag("h2", "In figures"), tag("dl", *cells, class_="figures"), _flags(record, shelf))


def _flags(record: RunRecord, shelf: Shelf) -> Html:
    """Findings by red flag, with each flag's card: what it means, what explains it, what it cannot see."""
    tally = shelf.tally("findings", "flag")
    ids = sorted({*record.flags, *tally}, key=lambda flag: (-tally.get(flag, 0), flag))
    idle = {part.name.removeprefix("flag ") for part in record.not_run if part.name.startswith("flag ")}
    cards = []
    for flag in ids:
        card = record.flags.get(flag)
        number = count(tally.get(flag, 0)) if shelf.has("findings") and flag not in idle else "not run"
        head = tag(
            "summary",
            tag("span", number, class_="tally"),
            " ",
            tag("b", card.title if card else flag),
            " ",
            tag("small", kind_of(card) if card else ""),
        )
        lines = (
            (("Innocent explanation", card.innocent), ("Does not see", card.misses), ("Source", card.source))
            if card
            else ()
        )
        body = [join([tag("dt", term), tag("dd", foreign(text, longest=600))]) for term, text in lines if text]
        cards.append(
            tag(
                "details",
                head,
                tag("dl", *body) if body else tag("p", "run.json holds no card of this red flag.", class_="none"),
            )
        )
    return (
        join([tag("h3", "Findings by red flag"), tag("div", *cards, class_="cards")])
        if cards
        else tag("p", "No red flag ran.", class_="none")
    )


def coverage_note(shelf: Shelf, drawn: int, short: int) -> Html:
    """How many leads this page shows and where the rest is."""
    total = shelf.count("assessments")
    if total is None:
        return tag("p", "Nothing was ranked: assessments.parquet is not in the folder.", class_="missing")
    if total == 0:
        return tag(
            "p",
            "No subject was pointed at. See first what did not run; what nobody searched cannot be found.",
            class_="missing",
        )
    text = (
        f"{counted(total, 'lead')}. The first {count(drawn)} are drawn in full"
        if drawn < total
        else f"{counted(total, 'lead')}, drawn in full"
    )
    if short:
        text += f", the next {count(short)} in short"
    if (rest := total - drawn - short) > 0:
        text += f", {count(rest)} more are only in assessments.parquet"
    order = "Parties come first, then chains; the rank says where to look first, not who did it."
    return tag("p", f"{text}. {order}", class_="note")
