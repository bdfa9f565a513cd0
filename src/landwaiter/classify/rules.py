"""Which thresholds does a paragraph set? Each rule stands beside the clause that it was read from."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from landwaiter.classify.quantities import UNITS, WORDS, Quantity, number_of, unit_named
from landwaiter.ref.legal import digest_of, tidy

# Words before a number, the longer first; `less (better) than` has lost its bracket before these are tried.
BEFORE = (
    (">=", r"equal to or (?:exceeding|greater than|more than|higher than|above|better than)|exceeding or equal to|"
           r"(?:greater|more|higher) than or equal to|not (?:less|lower) than|at least|minimum of|a minimum"),
    ("<=", r"equal to or (?:less than|lower than|below|under)|below or equal to|(?:less|lower) than or equal to|"
           r"(?:do(?:es)? )?not exceed(?:ing|s)?|not (?:greater|more|higher) than|not above|"
           r"up to and including|limited to|up to|maximum of"),
    (">", r"exceed(?:ing|s)?|(?:greater|more|higher|larger|longer) than|beyond|(?:of )?over|above|"
           r"in excess of|better than"),
    ("<", r"less than|lower than|fewer than|finer than|below|under|smaller than|shorter than"),
    ("=", r"at|of"),
)  # fmt: skip
AFTER = (
    (">=", r"(?:,? ?or|and) (?:more|greater|higher|above|longer|larger)(?! than)"),
    ("<=", r"(?:,? ?or|and) (?:less|lower|below|smaller|shorter|fewer|finer)(?! than)"),
)
NUMBER_WORDS = {
    word: str(n)
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_UNIT = "|".join(
    re.escape(unit) for unit in sorted([*UNITS, *WORDS, "K", "°C", "dBm", "dBW", "° C"], key=len, reverse=True) if unit
)
_NUMBER = r"[-+±]?\s?\d+(?:[ ,]\d{3}(?!\d))*(?:[.,]\d+)?(?: ?[x×] ?10 ?-? ?\d{1,2})?"
_BEFORE = "|".join(f"(?P<b{n}>(?i:{words}))" for n, (_, words) in enumerate(BEFORE))
_AFTER = "|".join(f"(?P<a{n}>{words})" for n, (_, words) in enumerate(AFTER))
# `398 K (+125 °C)`: the same limit in another unit.
THRESHOLD = re.compile(
    rf"(?:\b(?:{_BEFORE})\s+)?(?:a |an |any |the )?(?<![\w.])(?P<number>{_NUMBER}|\b(?i:{'|'.join(NUMBER_WORDS)})\b)"
    rf"(?:(?:[ -]?)(?P<unit>(?i:{'|'.join(map(re.escape, WORDS))})|{_UNIT})(?![A-Za-zμ]))?"
    rf"(?P<same>\s*\((?P<other>[-+]? ?{_NUMBER})\s?(?P<other_unit>{_UNIT})\))?"
    rf"(?:\s*(?:\([^()\d]*\)\s*)?,?\s*(?:{_AFTER})\b)?"
)


def _end(name: str, unit: str) -> str:
    """One end of a range, and the same in another unit where brackets give it."""
    other = rf"(?:\s*\((?P<{name}2>[-+]?{_NUMBER})\s?(?P<{name}2_unit>{_UNIT})\))?"
    return rf"(?P<{name}>{_NUMBER})\s?(?P<{name}_unit>{_UNIT}){unit}{other}"


RANGE = re.compile(
    rf"\b(?:from|between)\s+{_end('low', '?')}\s+(?:up )?(?:to(?: and including)?|and)\s+{_end('high', '')}"
)
# `three or four axes`: from three to four.
EITHER = re.compile(rf"\b(?P<low>{'|'.join(NUMBER_WORDS)}) or (?P<high>{'|'.join(NUMBER_WORDS)})\b(?= [a-z])", re.I)
# `having two or more axes`: what is counted stands behind.
COUNTED = re.compile(r"\b(?:having|with)\s*$")
JOINED = re.compile(r"^[\s,]*(?:but|and|or|up)?[\s,]*(?:also)?\s*$")
# What a number of the text that is no limit of the item looks like: a code, a date, a section, a formula's constant.
REFERENCE = re.compile(
    r"\b\d[A-E]\d{3}(?:\.[a-z0-9]+)*|§\s?[\d.]+|\b(?:Group|Category|Note|part|supp(?:lement)?\.?)\s[\w.:]+"
)
MEASURED = re.compile(r"\b(?:when|measured|specified below|simulated|under|to arrive at)\b", re.IGNORECASE)
BAND = re.compile(
    r"\b(?:any|all) frequenc|frequency (?:range|band)|at (?:a )?frequenc(?:y|ies)\b|wavelength (?:range|exceeding)|"
    r"(?:within|in) the range|measured at a frequency",
    re.IGNORECASE,
)
CUT = re.compile(
    r",\s|;|\bhaving\b|\bwith an?\b|\bwith\b|\band (?:an?|the|having|of)\b|\bwhile\b|\bthat\b|\bwhere\b|[.] "
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One threshold of one paragraph, bound to the hash of the text that it was read from.

    Args:
        quantity: the words before the limit that say what is measured.
        operator: >, >=, <, <= or = (a condition of the measurement, such as `at 20 °C`).
        limits: the limit, and the same in another unit where the text gives it in brackets.
        role: limit; band (the range of frequency or wavelength in which the limit holds); or measured (how it is
            measured, which the value given is taken to follow).
        every: whether it must hold over the whole band (`at all frequencies`).
        clause: the words that it was read from.
    """

    path: str
    text_sha256: str
    quantity: str
    operator: str
    limits: tuple[Quantity, ...]
    role: str
    every: bool
    negated: bool
    clause: str

    def __str__(self) -> str:
        said = " = ".join(str(limit) for limit in self.limits)
        return f"{self.quantity or '(what is measured)'} {self.operator} {said}"


@dataclass(frozen=True, slots=True)
class Extracted:
    """All that was read of one text: rules, and the numbers that no rule accounts for."""

    rules: tuple[Rule, ...]
    unread: tuple[str, ...]


@lru_cache(maxsize=50_000)
def rules_of(path: str, text: str, *, decimal_comma: bool) -> Extracted:
    """Every threshold of a paragraph's own text, in its order."""
    read = _extract(text, decimal_comma)
    digest = digest_of(text)
    return Extracted(tuple(replace(rule, path=path, text_sha256=digest) for rule in read.rules), read.unread)


@lru_cache(maxsize=20_000)
def _extract(text: str, decimal_comma: bool) -> Extracted:
    plain = re.sub(
        r"\((?:better|worse|worst|best|expressed[^()]*|more|longer|shorter|i\.e\.[^()]*|e\.g\.[^()]*)\)\s?",
        "",
        tidy(text),
    )
    plain = re.sub(r"(?<=[cm]m) (?=[23]\b)|\s?\(Si\)", "", re.sub(r"\s{2,}", " ", plain))
    hidden = REFERENCE.sub(lambda found: re.sub(r"\d", "#", found.group()), plain)
    rules: list[Rule] = []
    unread: list[str] = []
    taken: list[tuple[int, int]] = []
    for found in RANGE.finditer(hidden):
        pair = _range_rules(found, hidden, decimal_comma)
        rules += pair
        taken += [found.span()] if pair else []
    for found in EITHER.finditer(hidden):
        pair = _either_rules(found, hidden)
        rules += pair
        taken += [found.span()] if pair else []
    end = 0
    for found in THRESHOLD.finditer(hidden):
        if any(start < found.end("number") and found.start("number") < stop for start, stop in taken):
            continue
        rule = _threshold_rule(found, hidden, end, decimal_comma=decimal_comma, before=rules)
        if rule is not None:
            rules.append(rule)
            end = found.end()
        elif not (found["number"].isalpha() or (_is_name(hidden, found) and not found["unit"])):
            unread.append(hidden[max(0, found.start() - 20) : found.end() + 20].strip())
    return Extracted(tuple(rules), tuple(unread))


def _threshold_rule(
    found: re.Match[str], text: str, end: int, *, decimal_comma: bool, before: list[Rule]
) -> Rule | None:
    """One threshold: its operator stands before or after the number; without a unit it needs a real comparison."""
    operator = next((sign for n, (sign, _) in enumerate(AFTER) if found[f"a{n}"]), "")
    operator = operator or next((sign for n, (sign, _) in enumerate(BEFORE) if found[f"b{n}"]), "")
    word = found["number"].lower()
    number = number_of(NUMBER_WORDS.get(word, word), decimal_comma=decimal_comma)
    unit = unit_named(found["unit"] or "") if found["unit"] else ""
    if (
        number is None
        or unit is None
        or not operator
        or (operator == "=" and unit not in ("°C", "K", "Hz", "MHz", "GHz"))
    ):
        return None
    if word.isalpha() and (operator == "=" or (word == "one" and operator == ">=")):
        return None  # `one or more` asks for nothing that a machine with the thing would not have
    start = found.start()
    quantity = "measured at" if operator == "=" else _quantity(text[end:start])
    if operator != "=" and JOINED.match(text[end:start]) and before:
        quantity = before[-1].quantity
    elif not quantity or (not unit and COUNTED.search(text[end:start])):
        quantity = _after(text[found.end() :])
    limits = [Quantity(number, unit)]
    other = number_of(found["other"], decimal_comma=decimal_comma) if found["same"] else None
    if other is not None:
        limits.append(Quantity(other, unit_named(found["other_unit"]) or ""))
    lead = text[end:start]
    role = "measured" if operator == "=" else _role(quantity, lead, text[found.end() :], before)
    negated = bool(re.search(r"\bdo(?:es)? not have\b", text[max(0, start - 80) : start]))
    every = "all frequencies" in quantity
    clause = text[end : found.end()].strip(" ,;")
    return Rule("", "", quantity, operator, tuple(limits), role, every, negated, clause)


def _role(quantity: str, lead: str, rest: str, before: list[Rule]) -> str:
    """A limit of the item, the band in which it holds, or how it is measured."""
    last = before[-1].role if before else ""
    if MEASURED.search(lead) or re.match(r"\s*(?:reduction|of full scale)", rest):
        return "measured"
    if last == "measured" and re.match(r"\s*or\b", lead):
        return "measured"
    goes_on = bool(JOINED.match(lead)) and last == "band"
    return "band" if goes_on or BAND.search(f"{lead[-90:]} {quantity}") else "limit"


def _range_rules(found: re.Match[str], text: str, decimal_comma: bool) -> list[Rule]:
    """`from 218 K (-55 °C) to 398 K (+125 °C)`: both ends belong to it."""
    rules = []
    quantity = _quantity(text[: found.start()])
    for end, operator in (("low", "<="), ("high", ">=")):
        unit = found[f"{end}_unit"] or found["high_unit"]
        number = number_of(found[end], decimal_comma=decimal_comma)
        if number is None:
            return []
        limits = [Quantity(number, unit_named(unit) or "")]
        other = number_of(found[f"{end}2"] or "", decimal_comma=decimal_comma)
        limits += [Quantity(other, unit_named(found[f"{end}2_unit"]) or "")] if other is not None else []
        whole = "entire" in text[: found.start()]
        sign = operator if whole else {"<=": ">=", ">=": "<="}[operator]
        name = f"{'lowest' if end == 'low' else 'highest'} {quantity}" if whole else quantity
        role = "limit" if whole else "band"
        rules.append(Rule("", "", name, sign, tuple(limits), role, whole, False, found.group()))
    return rules


def _either_rules(found: re.Match[str], text: str) -> list[Rule]:
    """Two numbers that follow one another, of the same things."""
    low, high = (int(NUMBER_WORDS[found[name].lower()]) for name in ("low", "high"))
    if high != low + 1:
        return []
    what = _after(text[found.end() :])
    clause = f"{found.group()} {what}"
    return [Rule("", "", what, sign, (Quantity(float(number), ""),), "limit", False, False, clause)
            for sign, number in ((">=", low), ("<=", high))]  # fmt: skip


def _quantity(before: str) -> str:
    """The words that say what is measured: what stands since the last comma, `having`, `with` or limit."""
    pieces = [piece.strip(" ,:-") for piece in CUT.split(before)]
    words = next((piece for piece in reversed(pieces) if re.search(r"[^\W\d]{2}", piece)), "")
    words = re.sub(r"^(?:but|and|or|any|anywhere|an?|the|of|having|which is|rated for(?: operation)?)\b\s*", "", words)
    return re.sub(r"\s*\b(?:of|is|are|being|to|which|in)$", "", words)[-120:].strip()


def _after(text: str) -> str:
    """What is counted where the number comes first: `two or more axes`, `more than 1,500 terminals`."""
    return re.split(r"[,;.]|\bwhich\b|\bhaving\b|\bwith\b", text, maxsplit=1)[0].strip()[:80]


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether the digits are part of a name or formula: log10, CO2, (2 input gates), 2:1."""
    around = text[max(0, found.start("number") - 1) : found.end("number") + 1]
    return bool(re.search(r"[A-Za-z(:/]\d|\d[A-Za-z):/]", around))
