"""Does a statement keep to the Beneficial Ownership Data Standard 0.4, and where does it not?

The fields and words stand in `bods_shapes.txt`; what depends on another field stands here.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

Faults = Iterator[tuple[str, str]]

MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}(-(1[0-2]|0[1-9]))?")
VERSION = re.compile(r"\d+\.\d+")
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*")
# Kinds of entity that say more about themselves, and the words allowed for that; of all others only `other`.
SUBTYPES = {
    "arrangement": ("trust", "nomination", "other"),
    "legalEntity": ("trust", "other"),
    "stateBody": ("governmentDepartment", "stateAgency", "other"),
}


def faults_of(statement: object) -> list[tuple[str, str]]:
    """Where a statement breaks the standard, as JSON paths from `$`, and how; none where it is sound."""
    found = list(_shape("statement", statement, "$"))
    if not isinstance(statement, dict):
        return found
    kind, details = statement.get("recordType"), statement.get("recordDetails")
    if kind in ("entity", "person", "relationship") and isinstance(details, dict):
        found += _shape(kind, details, "$.recordDetails")
        if kind == "entity":
            found += _subtype(details)
        if kind == "relationship":
            found += _component(details)
    annotations = statement.get("annotations")
    for place, annotation in enumerate(annotations if isinstance(annotations, list) else []):
        if isinstance(annotation, dict):
            found += _annotation(annotation, f"$.annotations[{place}]")
    return found


def _subtype(details: dict[str, object]) -> Faults:
    said = details.get("entityType")
    if not isinstance(said, dict) or "subtype" not in said:
        return
    allowed = SUBTYPES.get(str(said.get("type")), ("other",))
    if said["subtype"] not in allowed:
        yield "$.recordDetails.entityType.subtype", f"must be {_or(allowed)} for {said.get('type')}"


def _component(details: dict[str, object]) -> Faults:
    if details.get("isComponent") is True and details.get("componentRecords", []) != []:
        yield "$.recordDetails.componentRecords", "must be empty in a component"


def _annotation(annotation: dict[str, object], path: str) -> Faults:
    motivation = annotation.get("motivation")
    if motivation == "linking" and "url" not in annotation:
        yield path, "must have url, for it links"
    if motivation != "transformation" and annotation.get("transformedContent", "") != "":
        yield f"{path}.transformedContent", "must be empty, for nothing was transformed"


def _shape(name: str, value: object, path: str) -> Faults:
    if not isinstance(value, dict):
        yield path, "is no object"
        return
    fields, required, either = _shapes()[name]
    for field in required:
        if field not in value:
            yield path, f"must have {field}"
    if either and not any(field in value for field in either):
        yield path, f"must have {_or(either)}"
    for field, form in fields.items():
        if field in value:
            yield from _form(form, value[field], f"{path}.{field}")


def _form(form: tuple[str, ...], value: object, path: str) -> Faults:
    kind, *more = form
    if kind == "list":
        if not isinstance(value, list):
            yield path, "is no list"
            return
        for place, one in enumerate(value):
            yield from _form(tuple(more), one, f"{path}[{place}]")
    elif kind == "of":
        yield from _shape(more[0], value, path)
    elif kind == "party":
        if not isinstance(value, str):
            yield from _shape("unspecified", value, path)
    elif kind == "one":
        if value not in more or not isinstance(value, str):
            yield path, f"is none of {_or(more)}"
    else:
        wrong = _PLAIN[kind](value, more)
        if wrong:
            yield path, wrong


def _text(value: object, bounds: list[str]) -> str:
    if not isinstance(value, str):
        return "is no text"
    if bounds and not int(bounds[0]) <= len(value) <= int(bounds[1]):
        return f"must have {bounds[0]} to {bounds[1]} characters"
    return ""


def _share(value: object, _: list[str]) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return "is no number"
    return "" if 0 <= value <= 100 else "must be from 0 to 100 per cent"


def _matching(test: Callable[[str], bool], what: str) -> Callable[[object, list[str]], str]:
    return lambda value, _: "is no text" if not isinstance(value, str) else "" if test(value) else f"is no {what}"


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    match = MOMENT.fullmatch(text)
    return _is_day(match[1]) if match else _is_day(text)


_PLAIN: dict[str, Callable[[object, list[str]], str]] = {
    "text": _text,
    "share": _share,
    "truth": lambda value, _: "" if isinstance(value, bool) else "is neither true nor false",
    "object": lambda value, _: "" if isinstance(value, dict) else "is no object",
    "date": _matching(_is_day, "day such as 2024-05-31"),
    "moment": _matching(_is_moment, "day or time"),
    "month": _matching(lambda text: _is_day(text) or bool(MONTH.fullmatch(text)), "year, month or day"),
    "version": _matching(lambda text: bool(VERSION.fullmatch(text)), "version such as 0.4"),
    "address": _matching(lambda text: bool(ADDRESS.fullmatch(text)), "address of the web"),
}


def _or(words: "tuple[str, ...] | list[str]") -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


_Shape = tuple[dict[str, tuple[str, ...]], tuple[str, ...], tuple[str, ...]]


@cache
def _shapes() -> dict[str, _Shape]:
    """Each shape: its fields with their forms, those that must be there, and those of which one must."""
    shapes: dict[str, _Shape] = {}
    text = (Path(__file__).parent / "bods_shapes.txt").read_text(encoding="utf-8")
    for section in text.split("\n[")[1:]:
        name, *lines = section.strip().splitlines()
        fields: dict[str, tuple[str, ...]] = {}
        required: list[str] = []
        either: tuple[str, ...] = ()
        for line in lines:
            field, *form = line.split()
            if field == "either":
                either = tuple(form)
                continue
            if field.endswith("!"):
                required.append(field[:-1])
            fields[field.removesuffix("!")] = tuple(form)
        shapes[name.rstrip("]")] = (fields, tuple(required), either)
    return shapes
