"""What did this rest on? Inputs with digests, rejects, lists with dates, steps, versions, and how to cite a row."""

from landwaiter.report.markup import Html, cut, foreign, join, scrolling, tag
from landwaiter.report.record import InputFile, PartyList, RunRecord
from landwaiter.report.shelf import Shelf
from landwaiter.report.wording import UNKNOWN, count, counted, day


def provenance(record: RunRecord, shelf: Shelf) -> Html:
    """Everything needed to repeat the run or to doubt it."""
    return tag(
        "section",
        tag("h2", "What this rests on", id="inputs"),
        _inputs(record),
        _rejects(shelf),
        _lists(record),
        _steps(record),
    )


def _inputs(record: RunRecord) -> Html:
    rows = [
        tag(
            "tr",
            tag("td", foreign(part.file)),
            _figure(part.rows),
            _figure(part.loaded),
            _figure(part.rejected),
            tag("td", _sum(part)),
            tag("td", tag("code", part.sha256 or UNKNOWN)),
        )
        for part in record.inputs
    ]
    return _table("Inputs", ("File", "Rows", "Loaded", "Rejected", "Rows = loaded + rejected", "SHA-256"), rows)


def _sum(part: InputFile) -> str:
    if part.rows is None or part.loaded is None or part.rejected is None:
        return UNKNOWN
    return (
        "yes"
        if part.rows == part.loaded + part.rejected
        else f"NO: {part.rows - part.loaded - part.rejected:+,} rows are unaccounted for"
    )


def _rejects(shelf: Shelf) -> Html | None:
    if not shelf.has("rejects"):
        return None
    reasons = shelf.tally("rejects", "reason")
    if not reasons:
        return tag("p", "No row was rejected.", class_="note")
    shown = list(reasons.items())[:12]
    rows = [tag("tr", tag("td", foreign(reason, longest=200)), _figure(number)) for reason, number in shown]
    rest = (
        tag("p", f"{counted(len(reasons) - 12, 'more reason')} in rejects.parquet.", class_="note")
        if len(reasons) > 12
        else None
    )
    return join([_table("Why rows were rejected", ("Reason", "Cells"), rows), rest])


def _lists(record: RunRecord) -> Html:
    rows = [
        tag(
            "tr",
            tag("td", foreign(part.name), _publisher(part)),
            tag("td", day(part.as_of), class_="day"),
            tag("td", _age(record, part.as_of)),
            _figure(part.rows),
            tag("td", tag("code", part.sha256 or UNKNOWN)),
        )
        for part in record.lists
    ]
    return _table("Lists of parties", ("List", "As of", "Age on the day of the run", "Listings", "SHA-256"), rows)


def _publisher(part: PartyList) -> Html | None:
    words = ", ".join(filter(None, [part.title, part.publisher]))
    return join([tag("br"), tag("small", foreign(words, longest=200))]) if words else None


def _age(record: RunRecord, as_of: object) -> str:
    days = (record.as_of - as_of).days if isinstance(as_of, type(record.as_of)) else None
    return UNKNOWN if days is None else counted(days, "day")


def _steps(record: RunRecord) -> Html:
    rows = [
        tag("tr", tag("td", foreign(step.name)), _figure(step.rows), tag("td", f"{step.seconds:.2f}", class_="number"))
        for step in record.steps
    ]
    versions = " · ".join(f"{cut(name, 40)} {cut(version, 40)}" for name, version in sorted(record.versions.items()))
    table = _table("Steps", ("Step", "Rows", "Seconds"), rows)
    total = f"{counted(len(record.steps), 'step')}, {sum(step.seconds for step in record.steps):.1f} s"
    return join(
        [
            tag("details", tag("summary", f"Steps of the run: {total}"), table),
            tag("p", f"Versions: {versions or UNKNOWN}", class_="note"),
        ]
    )


def _table(title: str, heads: tuple[str, ...], rows: list[Html]) -> Html:
    if not rows:
        return join([tag("h3", title), tag("p", "none named in run.json", class_="none")])
    head = tag("tr", *(tag("th", text, scope="col", class_="number" if text in _FIGURES else None) for text in heads))
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    return join([tag("h3", title), scrolling(table, title)])


_FIGURES = {"Rows", "Loaded", "Rejected", "Listings", "Cells", "Seconds"}


def _figure(number: int | None) -> Html:
    return tag("td", UNKNOWN if number is None else count(number), class_="number")


def closing() -> Html:
    """How to read a rank, a score and a picture, and how to cite a row."""
    notes = [tag("li", tag("b", lead), ": ", text) for lead, text in _NOTES]
    return tag("footer", tag("h2", "How to read this", id="reading"), tag("ul", *notes))


_NOTES = (
    (
        "A rank is a place in a queue",
        "it says where to look first. It proves nothing, and a firm that is not here has not been cleared.",
    ),
    (
        "Score of a match, strength of a finding, score of an assessment",
        "how alike two names are; how fully the pattern of one red flag is met; all findings on one subject together, "
        "calibrated. They are three things and do not add up.",
    ),
    (
        "Inferred",
        "concluded by the program and said by no document: that two spellings are one firm, that a name is a listed "
        "one, which lot left in which. In pictures it is drawn dashed. What a book declares is drawn solid, and may "
        "still be untrue.",
    ),
    (
        "To cite a row",
        "give file, line and the file's SHA-256 from Inputs; the header is line 1. "
        "For example: exports.csv, line 4711, sha256 9f86d0…",
    ),
    (
        "The rest",
        "every row behind a finding is in findings.parquet (column evidence) beside this page, and in "
        "shipments.parquet by row_id. The same inputs, day and version give the same tables, byte for byte.",
    ),
)
