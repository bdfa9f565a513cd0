"""Who made the part that bears this marking, which part is it, when and where was it put together?

Every answer names what on the marking says so. Names, the grammars of part numbers and habits of marking each speak for
a house with odds; the odds multiply, and another house that is spoken for takes its share. No row of any evaluation set
had a part in the weights: they are the shares of second sources in makers' own catalogues, roughly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from landwaiter.classify.marking_dates import LEAST_SURE, DateCode, read_date
from landwaiter.classify.marking_makers import Named, agreement, habits, kinds, makers, named_kinds, named_makers
from landwaiter.classify.marking_parts import PartReading, package_mark, package_of, read_part, split_part
from landwaiter.classify.marking_text import MarkingText, Word, part_like, read_text
from landwaiter.ref.facts import read_facts

HIGHEST = 0.985
ANSWERED = 0.5
# Numbers that committees give out and many plants use: they name a kind of part and no maker.
_SHARED = (
    (re.compile(r"^1N\d{3,4}"), "diode", "a number of JEDEC, which any maker may use"),
    (re.compile(r"^[23]N\d{3,4}"), "transistor", "a number of JEDEC, which any maker may use"),
    (re.compile(r"^2S[ABCDJK]\d{2,4}"), "transistor", "a number of JIS, which any maker may use"),
    (re.compile(r"^B[CDFU][A-Z]?\d{2,3}"), "transistor", "a Pro Electron number, which any maker may use"),
    (re.compile(r"^5962[-R]"), "circuit", "a number of the US Defense Logistics Agency; the maker stands elsewhere"),
    (re.compile(r"^(?:54|74)[A-Z]{0,5}\d{2,5}"), "logic circuit", "a number of logic that many makers use"),
    (re.compile(r"^[КРМНБЭОСЛ]{0,4}\d{3,4}[А-Я]{2}\d{1,3}"), "circuit",
     "a series number of the former Soviet standard, which several plants use"),
    (re.compile(r"^[12КГ][ТПДСЛ]\d{3,4}[А-Я]"), "transistor", "a number of the former Soviet standard"),
    (re.compile(r"^РЭС\d{1,3}"), "relay", "a number of the former Soviet standard"),
)  # fmt: skip
_UNIT = re.compile(
    r"^[\d.,+\-/X×]+(?:V|MV|KV|A|MA|W|MW|HZ|KHZ|MHZ|GHZ|MB|GB|KB|MBPS|GBPS|K|M|UF|UH|PF|NF|OHM|BIT|PIN|CH|C|MM|%)?S?(?:-.*)?$"
)


@dataclass(frozen=True)
class MarkingAnswer:
    """One reading of a marking; rank 0 where there is none, and `reason` says why."""

    rank: int
    maker: str
    maker_family: str
    part: str
    part_family: str
    part_base: str
    package: str
    date_code: str
    made_from: date | None
    made_to: date | None
    lot: str
    assembled_in: str
    component_type: str
    hs6: str
    eccn: str
    probability: float
    reason: str


NOTHING = MarkingAnswer(0, "", "", "", "", "", "", "", None, None, "", "", "", "", "", 0.0, "")


@dataclass(frozen=True)
class _Told:
    """What speaks for one maker: odds by kind of evidence, and in words."""

    maker: str
    odds: float
    source: str
    says: str
    part: PartReading | None


def read_markings(texts: Sequence[str], *, as_of: date, most: int = 3) -> list[list[MarkingAnswer]]:
    """The readings of each marking, the likeliest first, at least one each; `as_of` bounds the years of date codes."""
    return [read_marking(text, as_of=as_of, most=most) for text in texts]


def read_marking(text: str, *, as_of: date, most: int = 3) -> list[MarkingAnswer]:
    """The readings of one marking: one for each house that it could be of, best first."""
    said = read_text(text)
    if not said.words:
        return [replace(NOTHING, reason=said.reason)]
    named, named_as = named_makers(said.words), named_kinds(said.words)
    parts = [one for number, place in part_like(said.words) for one in read_part(number, place)]
    told = [
        *(_Told(one.maker, _odds(one.sure), "name", one.says, None) for one in named),
        *(_Told(one.maker, _odds(one.sure) * agreement(one.component_type, named_as), "part",
                f"{one.part} begins as its numbers do ({one.written})", one) for one in parts),
        *(_Told(maker, _odds(sure), f"habit {why}", why, None) for maker, sure, why in habits(said.plain)),
    ]  # fmt: skip
    common = _Common.of(said, named, parts, named_as, as_of)
    houses = _houses(told, as_of)
    if not houses:
        return [common.without_maker(said)]
    total = 1.0 + sum(odds for odds, _ in houses.values())
    ranked = sorted(houses.items(), key=lambda item: (-item[1][0], item[0]))
    answers = []
    for rank, (house, (odds, them)) in enumerate(ranked[:most], 1):
        others = ", ".join(f"{name} {other[0] / total:.2f}" for name, other in ranked[:4] if name != house)
        answers.append(common.answer(rank, house, them, probability=min(HIGHEST, odds / total), others=others))
    return answers


def _odds(sure: float) -> float:
    return sure / (1 - sure)


def _houses(told: Sequence[_Told], as_of: date) -> dict[str, tuple[float, list[_Told]]]:
    """The odds of each house: the strongest of each kind of evidence, multiplied; the strongest evidence first."""
    by_house: dict[str, list[_Told]] = {}
    for one in told:
        by_house.setdefault(makers()[one.maker].house(as_of), []).append(one)
    found = {}
    for house, them in by_house.items():
        strongest: dict[str, _Told] = {}
        for one in them:
            if one.source not in strongest or one.odds > strongest[one.source].odds:
                strongest[one.source] = one
        odds = 1.0
        for one in strongest.values():
            odds *= one.odds
        found[house] = (odds, sorted(strongest.values(), key=lambda one: -one.odds))
    return found


@dataclass(frozen=True)
class _Common:
    """What a marking says whoever made the part: date, lot, country of assembly, package, kind."""

    said: MarkingText
    date_code: DateCode | None
    lot: str
    assembled_in: str
    package_mark: str
    named_as: list[str]
    as_of: date

    @classmethod
    def of(
        cls, said: MarkingText, named: Sequence[Named], parts: Sequence[PartReading], named_as: list[str], as_of: date
    ) -> "_Common":
        """Read what is left when names and numbers are taken out; what stands behind the part number comes first."""
        best = max(parts, key=lambda one: (one.sure, len(one.part)), default=None)
        taken = {place for one in named for place in one.places}
        if best is not None:
            taken |= _places_of(best, said.words)
        left = [word for word in said.words if word.place not in taken]
        country, country_place = _country(left)
        rest = [word for word in left if word.place != country_place and not _is_measure(word)]
        rest, package = _without_package(rest, best)
        behind = [word for word in rest if best is None or word.place > best.place]
        code = read_date(" ".join(word.text for word in behind), as_of=as_of)
        code = code or read_date(" ".join(word.text for word in rest if word not in behind), as_of=as_of)
        if best is None and not named and code is not None and code.sure <= LEAST_SURE + 0.15:
            code = None
        return cls(said, code, _lot(behind, code), country, package, named_as, as_of)

    def answer(self, rank: int, house: str, them: Sequence[_Told], *, probability: float, others: str) -> MarkingAnswer:
        """One house's reading, with what speaks for it."""
        reading = next((one.part for one in them if one.part is not None), None)
        maker = next((one.maker for one in them if one.source == "name"), them[0].maker)
        if reading is not None and len(makers()[maker].name) and maker == house:
            maker = reading.maker
        kind = reading.component_type if reading else (self.named_as[0] if self.named_as else "")
        if kind in ("circuit", "passive part") and self.named_as:
            kind = next((one for one in self.named_as if kinds()[one].group == kinds()[kind].group), kind)
        says = [one.says for one in them]
        history = makers()[maker].history(self.as_of)
        says += [history] if history else []
        says += [self._of_date()] if self.date_code else []
        says += [f"it could be of {others} instead"] if others else []
        says += [self.said.reason] if self.said.reason else []
        part = reading.part if reading else ""
        return replace(
            self._plain(kind), rank=rank, maker=maker, maker_family=house, part=part,
            part_family=reading.family if reading else "", part_base=reading.base if reading else "",
            package=package_of(reading, self.said.plain, self.package_mark) if reading else "",
            probability=round(probability, 4), reason="; ".join(says),
        )  # fmt: skip

    def without_maker(self, said: MarkingText) -> MarkingAnswer:
        """A number that many makers use, or nothing at all."""
        for number, _ in part_like(said.words):
            for form, kind, why in _SHARED:
                if form.match(number):
                    family, base, _suffix = split_part(number)
                    reason = f"{number} is {why}: the maker cannot be told from it"
                    return replace(self._plain(kind), rank=1, part=number, part_family=family, part_base=base,
                                   reason=reason)  # fmt: skip
        return replace(NOTHING, reason="; ".join(filter(None, [
            "no maker's name stands on it and no maker's numbers that are known begin so", said.reason])))  # fmt: skip

    def _of_date(self) -> str:
        code = self.date_code
        return f"{code.marked} is {code.how}" if code else ""

    def _plain(self, kind: str) -> MarkingAnswer:
        code, of_kind = self.date_code, kinds().get(kind)
        return replace(
            NOTHING, date_code=code.code if code else "", made_from=code.made_from if code else None,
            made_to=code.made_to if code else None, lot=self.lot, assembled_in=self.assembled_in, component_type=kind,
            hs6=of_kind.hs6 if of_kind else "", eccn=of_kind.eccn if of_kind else "",
        )  # fmt: skip


def _places_of(part: PartReading, words: Sequence[Word]) -> set[int]:
    """The words of a part number: that at its place, the next where two were joined, and the same number again."""
    own = words[part.place].text
    joined = {part.place + 1} if own.isalpha() and part.place + 1 < len(words) else set()
    return {part.place, *joined, *(word.place for word in words if word.text == part.part)}


def _without_package(words: Sequence[Word], part: PartReading | None) -> tuple[list[Word], str]:
    """The words without the code of the part's package, which may begin a word, and that code as it is marked."""
    for at, word in enumerate(words if part is not None else ()):
        signs = package_mark(part.maker, word.text) if part is not None else 0
        if signs:
            behind = [replace(word, text=word.text[signs:])] if len(word.text) > signs else []
            return [*words[:at], *behind, *words[at + 1 :]], word.text[:signs]
    return list(words), ""


def _is_measure(word: Word) -> bool:
    return not word.text[:4].isdigit() and bool(_UNIT.match(word.text)) and not word.text.isdigit()


@cache
def _countries() -> dict[str, tuple[str, bool]]:
    return {row["word"]: (row["country"], row["bare"] == "yes") for row in read_facts("assembly_countries").to_pylist()}


def _country(words: Sequence[Word]) -> tuple[str, int]:
    """The country that a marking names, and the place of the word; one that needs `made in` before it has it."""
    known = _countries()
    for place, word in enumerate(words):
        pair = f"{word.text} {words[place + 1].text}" if place + 1 < len(words) else ""
        hit = known.get(pair) or known.get(word.text) or known.get(word.native)
        if hit and (hit[1] or (place and words[place - 1].text in ("IN", "FROM"))):
            return hit[0], word.place
    return "", -1


def _lot(words: Sequence[Word], code: DateCode | None) -> str:
    """What is said to be a lot, else the first mixed code that is no date and no measure."""
    taken = set(code.marked.split()) if code else set()
    for place, word in enumerate(words[:-1]):
        if word.text in ("LOT", "ЛОТ", "BATCH", "ПАРТИЯ", "L/N"):
            return words[place + 1].text
    for word in words:
        text = word.text
        if text in taken or not 4 <= len(text) <= 14 or not text.isascii() or _UNIT.match(text):
            continue
        if any(sign.isdigit() for sign in text) and text.replace("-", "").replace(".", "").isalnum():
            return text
    return ""
