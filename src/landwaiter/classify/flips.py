"""Which stored goods does a change of a control list catch or let go? The same goods judged by both versions."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from landwaiter.classify.controlled import ControlAnswer, judge_by
from landwaiter.ref.paragraphs import Version

OPEN = ("possible", "undecidable")


@dataclass(frozen=True, slots=True)
class Goods:
    """One stored good: its item class and parameters, or its customs code, or both."""

    row: str
    item_class: str = ""
    params: tuple[tuple[str, str | float | bool | None], ...] = ()
    hs_code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Flip:
    """One good whose answer changed. `way` is now caught, let go, other paragraph, now open or no longer open."""

    row: str
    way: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str


def goods_of(rows: Iterable[Mapping[str, object]]) -> list[Goods]:
    """Goods of the rows of a batch file: row, item_class and params (a JSON object), or hs_code."""
    found = []
    for number, row in enumerate(rows):
        said = row.get("params") or {}
        params = json.loads(str(said)) if isinstance(said, str) else dict(said) if isinstance(said, Mapping) else {}
        name, code = str(row.get("row") or number), re.sub(r"\D", "", str(row.get("hs_code") or ""))
        item_class, text = str(row.get("item_class") or ""), str(row.get("text") or "")
        found.append(Goods(name, item_class, tuple(params.items()), code, text))
    return found


def flips(goods: Iterable[Goods], old: Version, new: Version) -> list[Flip]:
    """The goods that the two versions answer differently, in their order."""
    found = []
    for one in goods:
        before, after = _caught(one, old), _caught(one, new)
        was, now = (
            tuple(answer.entry for answer in answers if answer.answer == "caught") for answers in (before, after)
        )
        was_open, is_open = (any(answer.answer in OPEN for answer in answers) for answers in (before, after))
        way = _way(was, now, was_open=was_open, is_open=is_open)
        if way:
            reasons = [answer.reason for answer in (after if now or is_open else before)]
            found.append(Flip(one.row, way, was, now, reasons[0] if reasons else ""))
    return found


def _way(was: tuple[str, ...], now: tuple[str, ...], *, was_open: bool, is_open: bool) -> str:
    if was != now:
        return "other paragraph" if was and now else "now caught" if now else "now open" if is_open else "let go"
    if was_open == is_open or was:
        return ""
    return "now open" if is_open else "no longer open"


def _caught(goods: Goods, version: Version) -> list[ControlAnswer]:
    """Answers by parameters where an item class is given, and by customs code where the version lists codes."""
    answers = judge_by(version, goods.item_class, dict(goods.params), text=goods.text) if goods.item_class else []
    listed = [one for one in version.paragraphs if one.kind == "code"] if goods.hs_code else []
    return answers + [
        ControlAnswer(version.control_list, one.path, "caught", f"HS {goods.hs_code} is under {one.path}: {one.text}")
        for one in listed
        if goods.hs_code.startswith(one.path)
    ]
