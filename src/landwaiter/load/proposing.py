"""Which mapping would read this file? Writes one to be checked and edited, with the first values beside each line."""

import json
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field

from landwaiter.load.cells import CellError, day, number_form
from landwaiter.load.headers import EITHER, propose
from landwaiter.load.kinds import KINDS
from landwaiter.tables import TABLES

DAY_FORMS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%m-%Y", "%m-%d-%Y", "%Y年%m月%d日", "roc")
# Decimal sign and sign between thousands, as books write them.
NUMBER_SIGNS = ((".", ""), (".", ","), (",", ""), (",", "."), (",", " "), (",", "\u00a0"), (".", " "), (".", "'"))
SHOWN = 3
WIDTH = 40


@dataclass(frozen=True)
class Proposal:
    """A mapping for one file, to be confirmed by a person.

    Args:
        kind: of our tables.
        columns: ours to theirs.
        missing: columns that every row must fill and nothing was found for.
        unused: headers that no column was found for.
        day_forms: forms that all first days have, when they are not ISO 8601; several are for a person to decide.
        number_signs: decimal sign and sign between thousands that all first amounts allow, when not plain.
        samples: the first values by header.
    """

    kind: str
    columns: Dict[str, str]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    day_forms: tuple[str, ...] = ()
    number_signs: tuple[tuple[str, str], ...] = ()
    samples: Dict[str, tuple[str, ...]] = field(default_factory=dict)


def make_proposal(header: Sequence[str], samples: Sequence[Sequence[str]], kind: str) -> Proposal:
    """Propose a mapping from the header and the first rows, column by column."""
    columns = propose(header, kind)
    rules = KINDS[kind].columns
    values = dict(zip(header, samples, strict=True)) if samples else {}
    days = [text for ours, theirs in columns.items() if rules[ours] == "day" for text in values.get(theirs, ()) if text]
    amounts = [text for ours, theirs in columns.items() if rules[ours] == "amount" for text in values.get(theirs, ())]
    missing = [name for name in KINDS[kind].required if name not in columns]
    if EITHER.get(kind) and not any(name in columns for name in EITHER[kind]):
        missing.append(" or ".join(EITHER[kind]))
    used = set(columns.values())
    first = {name: tuple(dict.fromkeys(text for text in column if text))[:SHOWN] for name, column in values.items()}
    return Proposal(
        kind=kind,
        columns=columns,
        missing=tuple(missing),
        unused=tuple(name for name in header if name and name not in used),
        day_forms=_day_forms(days),
        number_signs=_number_signs([text for text in amounts if text]),
        samples=first,
    )


def as_toml(proposal: Proposal, file: str, told: str, options: Dict[str, str]) -> str:
    """The proposal as a mapping file with comments.

    Args:
        told: what was found out about the file, for its first line.
        options: what the user had to say to have it read, such as the encoding.
    """
    name = KINDS[proposal.kind].file_kind
    lines = [f'# A proposal for {file} ({told}). Check every line: ours = "theirs"', "", f"[{name}]"]
    lines += [f"{key} = {_quoted(value)}" for key, value in options.items()]
    lines += _options(proposal)
    lines += ["", f"[{name}.columns]"]
    for ours in KINDS[proposal.kind].columns:
        if ours in proposal.columns:
            lines.append(_line(ours, proposal.columns[ours], proposal))
        elif ours in proposal.missing:
            lines.append(f'# {ours} = ""  # needed in every row, nothing found: {_sentence(proposal.kind, ours)}')
    lines += [f"# needed and not found: {name}" for name in proposal.missing if " or " in name]
    lines += ["", f"[{name}.constants]", "# A value that every row has, for a column that the file lacks:"]
    lines.append('# reporter = "TW"' if "reporter" in KINDS[proposal.kind].columns else '# source = "..."')
    if proposal.unused:
        lines += ["", "# Not read:"]
        lines += [
            f"#   {json.dumps(header, ensure_ascii=False)}{_values(header, proposal)}" for header in proposal.unused
        ]
    free = [
        ours for ours in KINDS[proposal.kind].columns if ours not in proposal.columns and ours not in proposal.missing
    ]
    lines += ["", "# Ours that nothing was found for, none of them needed:", f"#   {', '.join(free) or 'none'}"]
    return "\n".join(lines) + "\n"


def _options(proposal: Proposal) -> list[str]:
    lines = []
    if len(proposal.day_forms) == 1:
        lines.append(f'date_format = "{proposal.day_forms[0]}"')
    elif proposal.day_forms:
        lines.append("# The days can be read in several ways. Keep the right one:")
        lines += [f'# date_format = "{form}"' for form in proposal.day_forms]
    if len(proposal.number_signs) > 1:
        lines.append("# The numbers can be read in several ways. Keep the right one:")
    mark = "# " if len(proposal.number_signs) > 1 else ""
    for decimal, thousands in proposal.number_signs:
        lines += [f'{mark}decimal = "{decimal}"', f'{mark}thousands = "{thousands}"']
    return lines or ["# Where they are needed: encoding, delimiter, decimal, thousands, date_format, sheet"]


def _line(ours: str, theirs: str, proposal: Proposal) -> str:
    return f"{ours} = {_quoted(theirs)}{_values(theirs, proposal)}"


def _quoted(text: str) -> str:
    """A text as TOML writes it, which JSON does the same way but for one control sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _values(header: str, proposal: Proposal) -> str:
    """The first values as a comment on one line; a control sign would end the comment and begin a key."""
    shown = [
        "".join(sign if sign.isprintable() else " " for sign in text[:WIDTH])
        for text in proposal.samples.get(header, ())
    ]
    return f"  # {' | '.join(shown)}" if shown else ""


def _sentence(kind: str, ours: str) -> str:
    found = [column.sentence for column in TABLES[kind].columns if column.name == ours]
    return found[0] if found else ""


def _number_signs(amounts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    fits = tuple(signs for signs in NUMBER_SIGNS if all(number_form(*signs).fullmatch(text) for text in amounts))
    return () if NUMBER_SIGNS[0] in fits else fits


def _day_forms(days: Sequence[str]) -> tuple[str, ...]:
    if not days or _all_are(days, ""):
        return ()
    return tuple(form for form in DAY_FORMS if _all_are(days, form))


def _all_are(days: Sequence[str], form: str) -> bool:
    try:
        return all(day(text, form) for text in days)
    except CellError:
        return False
