"""Which makers does a marking name, and what else on it is the habit of one maker?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from landwaiter.classify.marking_text import Word
from landwaiter.ref.facts import read_facts

# Names that are also common words, or so short that other things bear them.
COMMON = frozenset({
    "PULSE", "HALO", "LAMBDA", "DALE", "TI", "ST", "BB", "IR", "AVR", "LG", "3W", "CJ", "SEC", "CTS", "GAIA",
    "MAXIM", "INTEGRAL", "HITACHI", "SHARP", "TLE", "ICS", "QUARK", "MCL", "TX", "IT", "SICK", "LTC", "STM",
    "KST", "DLE", "TBS", "ZF", "UTC", "AMS", "BCD", "EPSON", "PROGRESS", "NEC", "MPS", "AOS", "SST", "IOR",
    "LEM", "HRS",
})  # fmt: skip
# Words before a maker's name that say that the part is only like one of that maker's.
_LIKE = frozenset(["COMPATIBLE", "REPLACEMENT", "EQUIVALENT", "REPLACES", "АНАЛОГ", "COPY", "CLONE", "FOR"])
_SHARED_GROUPS = frozenset({
    ("chip", "power"), ("chip", "sensor"), ("chip", "module"), ("chip", "discrete"), ("chip", "passive"),
    ("power", "module"), ("sensor", "module"), ("passive", "power"),
})  # fmt: skip


@dataclass(frozen=True)
class Maker:
    """A maker and the house that sells its parts today, since when, and what an investigator should know."""

    name: str
    family: str
    since: date | None
    note: str

    def house(self, as_of: date) -> str:
        """The house on that day: the maker itself before it was bought."""
        return self.family if self.family and (self.since is None or self.since <= as_of) else self.name

    def history(self, as_of: date) -> str:
        """Who owns the maker now, in words; empty where it is its own."""
        owned = f"{self.name} is {self.family}'s" + (f" since {self.since}" if self.since else "")
        told = [owned] if self.house(as_of) != self.name else []
        return "; ".join([*told, *([self.note] if self.note else [])])


@dataclass(frozen=True)
class Kind:
    """A kind of component, the HS subheading that it usually stands under, and control paragraphs to look at."""

    name: str
    group: str
    hs6: str
    eccn: str


@dataclass(frozen=True)
class Named:
    """A maker that a text names, how sure that it is meant, and the places of the words."""

    maker: str
    sure: float
    says: str
    places: tuple[int, ...]


@cache
def makers() -> dict[str, Maker]:
    """Every maker by name."""
    return {
        row["maker"]: Maker(row["maker"], row["family"], date.fromisoformat(row["since"]) if row["since"] else None,
                            row["note"])
        for row in read_facts("makers").to_pylist()
    }  # fmt: skip


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of component by name."""
    return {
        row["component_type"]: Kind(row["component_type"], row["group"], row["hs6"], row["eccn"])
        for row in read_facts("part_kinds").to_pylist()
    }


@cache
def _names() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Names of makers by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in read_facts("makers").to_pylist():
        for name in row["words"].split(";"):
            words = tuple(name.split())
            if words:
                found.setdefault(words[0], []).append((words, row["maker"]))
    return {first: tuple(sorted(them, key=lambda one: (-len(one[0]), one))) for first, them in found.items()}


def named_makers(words: Sequence[Word]) -> list[Named]:
    """The makers whose names stand in a text; of one that is said to be only like it, hardly sure."""
    found: list[Named] = []
    index, place = _names(), 0
    while place < len(words):
        hit = next((one for form in {words[place].text, words[place].native} if form
                    for one in index.get(form, ()) if _stands(one[0], words, place)), None)  # fmt: skip
        if hit is None:
            place += 1
            continue
        name, maker = hit
        said = " ".join(name)
        sure = 0.62 if said in COMMON else 0.95 if len(said) > 3 else 0.85
        after = words[place + len(name)].text if place + len(name) < len(words) else ""
        if said in COMMON and len(after) > 3 and any(sign.isdigit() for sign in after):
            sure = 0.85  # a number right behind it: the name is a maker's, not a word of the description
        if place and {words[place - 1].text, words[max(0, place - 2)].text} & _LIKE:
            sure = 0.2
        places = tuple(range(place, place + len(name)))
        found.append(Named(maker, sure, f"the name {said} stands on it", places))
        place += len(name)
    return found


def _stands(name: tuple[str, ...], words: Sequence[Word], place: int) -> bool:
    if len(name) == 1:
        return True
    return tuple(word.text for word in words[place : place + len(name)]) == name


# Habits of one maker in what stands beside the part number: form, maker, how sure, what it is.
_HABITS = (
    (re.compile(r"(?<![A-Z0-9])G4(?![A-Z0-9])"), "Texas Instruments", 0.85, "G4 is its mark of a lead-free finish"),
    (re.compile(r"(?<![A-Z0-9])\d[1-9ABC][A-Z] [A-Z0-9]{4}(?![A-Z0-9])"), "Texas Instruments", 0.6,
     "year, month, site and lot stand in its order"),
    (re.compile(r"(?<![A-Z0-9])\d{3,4}[A-E]? ?[A-EJKSTW](?:RUZ|RZ|RMZ|CPZ|RWZ|RSZ|STZ|KSTZ|BCZ|RTZ)(?![A-Z0-9])"),
     "Analog Devices", 0.85, "grade, package and Z are written its way"),
    (re.compile(r"(?<![A-Z0-9])#[0-2]\d[0-5]\d(?![A-Z0-9])"), "Analog Devices", 0.75, "# stands before the date code"),
    (re.compile(r"(?:TANTALUM|CAPACITOR).* \d{3} +\d{1,2}[KК](?![A-Z0-9])"), "KEMET", 0.85,
     "value, volts and K stand in its order"),
    (re.compile(r"(?:TANTALUM|CAPACITOR).* \d{3}[AGJCDEVTАСЕТ] +(?=\d*[A-ZА-Я])[0-9A-ZА-Я]{5,6}(?![A-Z0-9])"),
     "Kyocera AVX", 0.75, "value with the letter of the volts, and lot, stand in its order"),
    (re.compile(r"(?<![A-Z0-9])[A-Z] ?[A-Z]{3}[A-Z0-9]{2}\d{4}[A-Z](?![A-Z0-9])"), "Altera", 0.75,
     "site, mask, week and lot stand in its order"),
    (re.compile(r"(?<![A-Z0-9])PX[A-Z]\d{4}[A-Z]?(?![A-Z0-9])"), "onsemi", 0.6, "the lot is written its way"),
)  # fmt: skip


def habits(plain: str) -> list[tuple[str, float, str]]:
    """Makers whose way of marking lots and finishes a text shows."""
    return [(maker, sure, why) for form, maker, sure, why in _HABITS if form.search(plain)]


@cache
def _kind_words() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in read_facts("part_kinds").to_pylist():
        for name in filter(None, row["words"].split(";")):
            words = tuple(name.split())
            found.setdefault(words[0], []).append((words, row["component_type"]))
    return {first: tuple(sorted(them, key=lambda one: (-len(one[0]), one))) for first, them in found.items()}


def named_kinds(words: Sequence[Word]) -> list[str]:
    """The kinds of component that a description names, in its order; the plural counts too."""
    index, found = _kind_words(), []
    for place, word in enumerate(words):
        for form in (word.text, word.native, word.text.rstrip("S")):
            hit = next((kind for name, kind in index.get(form, ()) if _stands(name, words, place)), None)
            if hit is not None:
                found.append(hit)
                break
    return list(dict.fromkeys(found))


def agreement(kind: str, named: Sequence[str]) -> float:
    """By what the odds of a reading are multiplied, for the kinds of goods that the text names beside the number."""
    if not named:
        return 1.0
    if kind in named:
        return 1.6
    mine, others = kinds()[kind].group, {kinds()[one].group for one in named}
    if mine in others:
        return 1.1
    near = any((mine, other) in _SHARED_GROUPS or (other, mine) in _SHARED_GROUPS for other in others)
    return 0.7 if near else 0.2
