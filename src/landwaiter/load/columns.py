"""Understands whole columns: each distinct text once, numbers all together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.load import cells
from landwaiter.load.cells import CellError
from landwaiter.load.mapping import Mapping
from landwaiter.ref.countries import country_code
from landwaiter.ref.money import currency_code
from landwaiter.ref.units import unit_of

Value = str | int | bool | date | list[str] | None
Mask = npt.NDArray[np.bool_]

CODED = pa.dictionary(pa.int32(), pa.string())
REMEMBERED = 200_000  # distinct texts of one column


@dataclass(frozen=True)
class Understood:
    """A column as it was understood; `bad` rows hold null, with the reason for each by its position."""

    values: pa.Array
    reasons: dict[int, str]


Rule = Callable[[pa.Array], Understood]


def rules(mapping: Mapping) -> dict[str, Callable[[], Rule]]:
    """For each rule named in `kinds.py`, what makes one; a rule remembers the texts of one column."""
    return {
        "text": lambda: _text,
        "word": lambda: _Distinct(str, CODED),
        "names": lambda: _Distinct(cells.names, pa.list_(pa.string())),
        "day": lambda: _Distinct(partial(cells.day, form=mapping.date_format), pa.date32()),
        "period": lambda: _Distinct(partial(cells.period, form=mapping.date_format), CODED),
        "country": lambda: _Distinct(_country, CODED),
        "countries": lambda: _Distinct(_countries, CODED),
        "partner": lambda: _Distinct(_partner, CODED),
        "flow": lambda: _Distinct(_word_rule(cells.FLOWS, "flow"), CODED),
        "owner_kind": lambda: _Distinct(_word_rule(cells.OWNER_KINDS, "kind of owner"), CODED),
        "interest": lambda: _Distinct(_word_rule(cells.INTERESTS, "interest"), CODED),
        "truth": lambda: _Distinct(_truth, pa.bool_()),
        "hs_code": lambda: _Distinct(cells.hs_code, CODED, of_number=cells.hs_code_of_number),
        "flow_code": lambda: _Distinct(cells.flow_code, CODED, of_number=cells.hs_code_of_number),
        "hs_edition": lambda: _Distinct(cells.hs_edition, CODED),
        "unit": lambda: _Distinct(_unit, CODED),
        "currency": lambda: _Distinct(_currency, CODED),
        "amount": lambda: _Numbers(mapping.decimal, mapping.thousands, most=float("inf")),
        "share": lambda: _Numbers(mapping.decimal, mapping.thousands, most=100.0),
        "count": lambda: _Counts(mapping.decimal, mapping.thousands, most=9e15),
    }


OF_CODES = frozenset(["hs_code", "flow_code"])
# Rules that see few distinct texts in a file; readers are asked for these columns dictionary-encoded.
DISTINCT = frozenset(
    ["word", "day", "period", "country", "countries", "partner", "flow", "owner_kind", "interest", "truth"]
).union(OF_CODES, ["hs_edition", "unit", "currency"])


class _Distinct:
    """Applies a function to each distinct text and remembers the answer for the rest of the file."""

    def __init__(
        self,
        understand: Callable[[str], Value],
        kind: pa.DataType,
        of_number: Callable[[str], str] | None = None,
    ) -> None:
        self._understand = understand
        self._kind = kind
        self._of_number = of_number
        self._known: dict[str, Value | CellError] = {}

    def __call__(self, column: pa.Array) -> Understood:
        if pa.types.is_date32(self._kind) and pa.types.is_temporal(column.type):
            return Understood(_days(column), {})
        if self._of_number and (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
            column = _each(as_text(column), self._of_number)
        text = as_text(column)
        encoded = text if pa.types.is_dictionary(text.type) else text.dictionary_encode()
        answers = [self._answer(word) for word in encoded.dictionary.to_pylist()]
        reasons = _reasons(answers, encoded.indices)
        plain = [None if isinstance(answer, CellError) else answer for answer in answers]
        if self._kind == CODED:
            return Understood(_recoded(plain, encoded.indices), reasons)
        return Understood(pa.array(plain, self._kind).take(encoded.indices), reasons)

    def _answer(self, word: str | None) -> Value | CellError:
        if word is None:
            return None
        if word not in self._known:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self._known[word] = self._ask(word.strip())
        return self._known[word]

    def _ask(self, word: str) -> Value | CellError:
        if not word:
            return None
        try:
            return self._understand(word)
        except CellError as error:
            return error


def _reasons(answers: list[Value | CellError], indices: pa.Array) -> dict[int, str]:
    wrong = {at: str(answer) for at, answer in enumerate(answers) if isinstance(answer, CellError)}
    if not wrong:
        return {}
    places = indices.fill_null(-1).to_numpy()
    rows = np.flatnonzero(np.isin(places, list(wrong)))
    return {row: wrong[place] for row, place in zip(rows.tolist(), places[rows].tolist(), strict=True)}


def _recoded(answers: list[Value], indices: pa.Array) -> pa.DictionaryArray:
    """The same column over the distinct answers, of which several texts may have the same."""
    distinct = {answer: None for answer in answers if answer is not None}
    places = {answer: place for place, answer in enumerate(distinct)}
    moved = pa.array([None if answer is None else places[answer] for answer in answers], pa.int32())
    return pa.DictionaryArray.from_arrays(moved.take(indices), pa.array(list(distinct), pa.string()))


def as_text(column: pa.Array) -> pa.Array:
    """A column of any simple type as the text that a person would write; whole numbers without a decimal point."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column if pa.types.is_string(kind.value_type) else as_text(column.dictionary_decode())
    if pa.types.is_string(kind):
        return column
    if pa.types.is_floating(kind):
        whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), 1e15))
        digits = pc.cast(pc.if_else(whole, column, None), pa.int64(), safe=False)
        return pc.coalesce(pc.cast(digits, pa.string()), pc.cast(column, pa.string()))
    if pa.types.is_timestamp(kind):
        return pc.strftime(_local(column), format="%Y-%m-%dT%H:%M:%S")
    return pc.cast(column, pa.string())


def _local(column: pa.Array) -> pa.Array:
    return pc.local_timestamp(column) if column.type.tz else column


def _days(column: pa.Array) -> pa.Array:
    """Days as the books wrote them: of a time with a zone, the day in that zone."""
    if pa.types.is_timestamp(column.type):
        return pc.cast(pc.floor_temporal(_local(column), unit="day"), pa.date32())
    return pc.cast(column, pa.date32())


def _each(column: pa.Array, change: Callable[[str], str]) -> pa.Array:
    encoded = column.dictionary_encode()
    changed = pa.array([change(word) for word in encoded.dictionary.to_pylist()], pa.string())
    return changed.take(encoded.indices)


def _text(column: pa.Array) -> Understood:
    """Text as written, without the spaces around it; empty text is null."""
    plain = as_text(column)
    if pa.types.is_dictionary(plain.type):
        plain = plain.dictionary_decode()
    trimmed = pc.utf8_trim_whitespace(plain)
    if pc.any(pc.equal(pc.binary_length(trimmed), 0)).as_py():
        trimmed = pc.if_else(pc.equal(pc.binary_length(trimmed), 0), None, trimmed)
    return Understood(trimmed, {})


class _Numbers:
    """Numbers of nought or more, with the decimal sign of the mapping."""

    def __init__(self, decimal: str, thousands: str, *, most: float) -> None:
        self._form = cells.number_form(decimal, thousands)
        self._decimal = decimal
        self._thousands = thousands
        self._most = most

    def __call__(self, column: pa.Array) -> Understood:
        reasons: dict[int, str] = {}
        numbers = self._read(column, reasons)
        plain = numbers.fill_null(0.0).to_numpy(zero_copy_only=False)
        wrong = ~np.isfinite(plain) | (plain < 0) | (plain > self._most)
        for row in np.flatnonzero(wrong).tolist():
            reasons[row] = self._complaint(float(plain[row]))
        if wrong.any():
            numbers = pc.if_else(pa.array(wrong), None, numbers)
        return Understood(numbers, reasons)

    def _read(self, column: pa.Array, reasons: dict[int, str]) -> pa.Array:
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            return pc.cast(column, pa.float64(), safe=False)
        text = _text(column).values
        if self._decimal == "." and not self._thousands:
            try:
                return pc.cast(text, pa.float64())
            except pa.ArrowInvalid:
                pass  # some cell is no number, or is written with a plus: look at each
        return pa.array([self._one(row, cell, reasons) for row, cell in enumerate(text.to_pylist())], pa.float64())

    def _one(self, row: int, cell: str | None, reasons: dict[int, str]) -> float | None:
        if cell is None:
            return None
        if not self._form.fullmatch(cell):
            hint = "" if self._thousands else "; signs between thousands need thousands in the mapping"
            reasons[row] = f"is no number with '{self._decimal}' as decimal sign{hint}"
            return None
        plain = cell.replace(self._thousands, "") if self._thousands else cell
        return float(plain.replace(self._decimal, "."))

    def _complaint(self, number: float) -> str:
        if not np.isfinite(number):
            return "is not a finite number"
        return "is less than nought" if number < 0 else f"is more than {self._most:g}"


class _Counts(_Numbers):
    """Whole numbers."""

    def __call__(self, column: pa.Array) -> Understood:
        found = super().__call__(column)
        broken = pc.not_equal(pc.floor(found.values), found.values).fill_null(False)
        reasons = {**dict.fromkeys(np.flatnonzero(broken).tolist(), "is no whole number"), **found.reasons}
        return Understood(pc.cast(pc.if_else(broken, None, found.values), pa.int64()), reasons)


def _word_rule(table: dict[str, str], what: str) -> Callable[[str], str]:
    return partial(cells.one_of, known=cells.words(table), what=what)


_TRUTHS = cells.words(cells.TRUTHS)


def _truth(text: str) -> bool:
    return cells.one_of(text, _TRUTHS, "yes or no") == "true"


# A cell that says it does not know is understood: it is empty.
_NOT_KNOWN = frozenset("unk unknown unspecified 不明 未知 不詳 不详 неизвестно неизвестна невідомо невідома".split())  # noqa: SIM905
_NO_UNIT = frozenset(["n/a", "no quantity", "-"])


def _country(text: str) -> str | None:
    code = country_code(text)
    if code is None and text.casefold() in _NOT_KNOWN:
        return None
    if code is None:
        raise CellError("is no country that we know: use its ISO 3166-1 code")
    return code


def _countries(text: str) -> str:
    return ";".join(code for name in cells.names(text) if (code := _country(name)))


# Names of statistics for all partners together: of UN Comtrade and of Eurostat.
_WORLD = {"w00", "wld", "world", "total", "all", "0", "000", "世界", "全球", "весь мир", "мир", "світ"}


def _partner(text: str) -> str | None:
    return "W00" if text.casefold() in _WORLD else _country(text)


def _unit(text: str) -> str | None:
    unit = unit_of(text)
    if unit is None and text.casefold() in _NO_UNIT:
        return None
    if unit is None:
        raise CellError("is no unit that we know: use its UN/ECE Recommendation 20 code")
    return unit.code


def _currency(text: str) -> str:
    code = currency_code(text)
    if code is None:
        raise CellError("is no currency that we know: use its ISO 4217 code")
    return code
