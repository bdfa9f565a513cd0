"""How does one customs office write a firm's name, address and number? Other books, other spellings."""

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np

from landwaiter.simulate.chance import choice, mix, share
from landwaiter.simulate.facts import SCRIPTS, Bools, Ints, Texts, countries, read_rows, simplified, texts_of
from landwaiter.simulate.plan import Parameters

LATIN, HANT, HANS, CYRILLIC = range(len(SCRIPTS))
STYLES = ("west", "han", "east")
LANGUAGES = ("english", "german", "turkish", "russian_latin")
HEADS, MIDS, TAILS, WORDS = 40, 24, 20, 24
TWIN_WORDS = 5
NO_STOPS = str.maketrans("", "", ".,")
CYRILLIC_IN_LATIN = {
    "ООО": "OOO", "АО": "AO", "ТОО": "TOO", "ОсОО": "OsOO", "ЗАО": "ZAO", "ОДО": "ODO", "MChJ": "MChJ", "AJ": "AJ"
}  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """Name parts by script (rows of SCRIPTS, then Taiwan's romanisation) and style."""

    head: tuple[tuple[Texts, ...], ...]
    mid: tuple[tuple[Texts, ...], ...]
    tail: tuple[tuple[Texts, ...], ...]
    words: dict[str, Texts]
    legal: dict[str, Texts]
    legal_before: Bools
    legal_first: Ints
    streets: tuple[Texts, ...]


@dataclass(frozen=True)
class Mentions:
    """Which firm is written, in whose books, in which of the spellings that these books use.

    Args:
        number, name_no, twin, address_no: as in Cast.
        country: of the firm.
        reporter: whose books.
        variant: 0 for the usual spelling of these books, 1 for the other one.
    """

    number: Ints
    name_no: Ints
    twin: Ints
    address_no: Ints
    country: Ints
    reporter: Ints
    variant: Ints


def spell(parameters: Parameters, who: Mentions) -> Texts:
    """The names as these books write them, errors included."""
    there, seed = countries(), parameters.seed
    is_home = who.country == who.reporter
    script = written_in(parameters, who)
    brand, place = _brand(parameters, who, script), _place(parameters, who, script)
    word = _word(parameters, who, script)
    form, form_before = _legal(parameters, who, script)
    lost = ~is_home & (share(seed, who.number, who.reporter, who.variant, 21) < parameters.word_lost_rate)
    word = np.where(lost, "", word)
    brand = _mistyped(parameters, who, brand, ~is_home)
    han = (script == HANT) | (script == HANS)
    gap = np.where(han, "", " ").astype(object)
    core = np.where(place != "", place + gap, "") + brand + np.where(word != "", gap + word, "")
    quoted = form_before & (script == CYRILLIC) & (share(seed, who.number, who.reporter, 22) < 0.7)
    core = np.where(quoted, "«" + core + "»", core)
    name = np.where(form == "", core, np.where(form_before, form + gap + core, core + gap + form))
    shouts = there.shouts[who.reporter] & (script == LATIN)
    folds = shouts | (~is_home & (script == LATIN) & (share(seed, who.number, who.reporter, 23) < 0.6))
    folded = np.flatnonzero(folds)
    name[folded] = texts_of([_plain(one) for one in name[folded].tolist()])
    loud = np.flatnonzero(shouts)
    name[loud] = texts_of([one.upper().translate(NO_STOPS) for one in name[loud].tolist()])
    return np.asarray(name)


def written_in(parameters: Parameters, who: Mentions) -> Ints:
    """The script of each name, a position in SCRIPTS."""
    there, seed = countries(), parameters.seed
    book = there.script[who.reporter]
    style = there.style[who.country]
    is_home = who.country == who.reporter
    drawn = share(seed, who.number, who.reporter, who.variant, 24)
    # Chinese books write foreign firms in Latin letters unless they have a Chinese name; a few are rendered by sound.
    in_chinese = np.isin(book, (HANT, HANS)) & np.where(style == "han", drawn < 0.5, drawn < 0.05)
    kin = there.script[who.country] == CYRILLIC
    in_cyrillic = (book == CYRILLIC) & (kin | (drawn < 0.6))
    english_at_home = (there.code[who.country] == "HK") & (share(seed, who.number, 25) < 0.5)
    native = is_home & ~english_at_home
    return np.where(native | in_chinese | in_cyrillic, book, LATIN)


def address(parameters: Parameters, who: Mentions, script: Ints) -> Texts:
    """The addresses in the same script as the names; empty where the books have none."""
    text = full_address(parameters, who, script)
    lost = share(parameters.seed, who.number, who.reporter, 34) < parameters.address_lost_rate
    return np.where(lost, "", text)


def full_address(parameters: Parameters, who: Mentions, script: Ints) -> Texts:
    """The addresses, whether books have them or not."""
    seed, there = parameters.seed, countries()
    street = choice(16, seed, who.address_no, 31)
    number = texts_of([str(n) for n in (1 + choice(180, seed, who.address_no, 32)).tolist()])
    city = who.country * 3 + choice(3, seed, who.address_no, 33)
    text = np.empty(len(number), dtype=object)
    for written in range(len(SCRIPTS)):
        here = np.flatnonzero(script == written)
        town, road = there.cities[written][city[here]], tables().streets[written][street[here]]
        text[here] = _address_in(written, number[here], road, town)
    shouts = np.flatnonzero(there.shouts[who.reporter] & (script == LATIN))
    text[shouts] = texts_of([line.upper() for line in text[shouts]])
    return text


def _address_in(script: int, number: Texts, road: Texts, town: Texts) -> Texts:
    if script == LATIN:
        return np.asarray(number + " " + road + " St, " + town)
    if script == CYRILLIC:
        return np.asarray("г. " + town + ", ул. " + road + ", д. " + number)
    return np.asarray(town + "市" + road + "路" + number + ("號" if script == HANT else "号"))


def register_number(parameters: Parameters, number: Ints, country: Ints) -> Texts:
    """The number of a firm in its own country's register and books; unique there, not elsewhere."""
    digits = countries().id_digits[country]
    modulus = 10 ** np.minimum(digits, 12)
    shift = (mix(parameters.seed, country, 41) % np.uint64(10**12)).astype(np.int64)
    value = (number * 7_654_321 + shift) % modulus
    return texts_of([f"{v:0{d}d}" for v, d in zip(value.tolist(), digits.tolist(), strict=True)])


def book_number(parameters: Parameters, who: Mentions) -> Texts:
    """The number by which these books know the firm: the register's at home, their own abroad, often none."""
    seed = parameters.seed
    is_home = who.country == who.reporter
    shift = (mix(seed, who.reporter, 42) % np.uint64(10**7)).astype(np.int64)
    step = choice(99_000, seed, who.reporter, 44) * 10 + 54_321  # Odd and no multiple of 5: one to one.
    abroad = texts_of([f"F{number}" for number in ((who.number * step + shift) % 10**7).tolist()])
    known = share(seed, who.number, who.reporter, 43) < parameters.foreign_id_rate
    return np.where(is_home, register_number(parameters, who.number, who.country), np.where(known, abroad, ""))


def domains(parameters: Parameters, number: Ints) -> Texts:
    """A name for the mail of each firm, another one for every number."""
    parts = tables()
    head, mid, tail, word = _positions(parameters, number)
    brand = parts.head[LATIN][0][head] + parts.mid[LATIN][0][mid] + parts.tail[LATIN][0][tail]
    return texts_of([_plain(one).lower() for one in brand + "-" + parts.words["english"][word]])


def _brand(parameters: Parameters, who: Mentions, script: Ints) -> Texts:
    there, parts = countries(), tables()
    style = np.array([STYLES.index(s) for s in there.style.tolist()])[who.country]
    wade = (script == LATIN) & (there.code[who.country] == "TW")
    row = np.where(wade, len(SCRIPTS), script)
    head, mid, tail, _ = _positions(parameters, who.name_no)
    brand = np.empty(len(row), dtype=object)
    for r in range(len(SCRIPTS) + 1):
        for s in range(len(STYLES)):
            here = (row == r) & (style == s)
            brand[here] = parts.head[r][s][head[here]] + parts.mid[r][s][mid[here]] + parts.tail[r][s][tail[here]]
    return brand


def _positions(parameters: Parameters, name_no: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Different numbers give different names: the number is scrambled one to one, then read in mixed bases."""
    size = HEADS * MIDS * TAILS * WORDS
    shift = int(mix(parameters.seed, 51)) % size
    code = (name_no % size * 370_261 + shift) % size
    return code % HEADS, code // HEADS % MIDS, code // (HEADS * MIDS) % TAILS, code // (HEADS * MIDS * TAILS)


def _place(parameters: Parameters, who: Mentions, script: Ints) -> Texts:
    """The city before a Chinese firm's name, for half of them; for names past the tables' number, always a city."""
    there = countries()
    size = HEADS * MIDS * TAILS * WORDS
    further = who.name_no // size
    named = (there.code[who.country] == "CN") & (share(parameters.seed, who.name_no, 52) < 0.5)
    city = who.country * 3 + choice(3, parameters.seed, who.name_no, 53)
    text = np.choose(script, tuple(names[city] for names in there.cities))
    place = np.asarray(np.where(named, text, ""))
    for at in np.flatnonzero(further > 0).tolist():
        place[at] = f"{text[at]}{further[at]}"
    return place


def _word(parameters: Parameters, who: Mentions, script: Ints) -> Texts:
    there, words = countries(), tables().words
    code = np.where(who.twin > 0, WORDS + who.twin - 1, _positions(parameters, who.name_no)[3])
    language = there.language[who.country]
    translated = (who.country != who.reporter) & (share(parameters.seed, who.number, who.reporter, 54) < 0.15)
    latin = words["english"][code]
    for name in LANGUAGES[1:]:
        latin = np.where((language == name) & ~translated, words[name][code], latin)
    return np.choose(script, (latin, words["hant"][code], words["hans"][code], words["russian"][code]))


def _legal(parameters: Parameters, who: Mentions, script: Ints) -> tuple[Texts, Bools]:
    """The legal form and whether it stands before the name."""
    parts, seed = tables(), parameters.seed
    code = parts.legal_first[who.country] + choice(2, seed, who.number, 55)
    is_home = who.country == who.reporter
    drawn = share(seed, who.reporter, who.number, who.variant, 56)
    # Books have a habit each: most shorten the form, some write it out, few leave it away.
    abroad = np.where(drawn < 0.68, parts.legal["short"][code], parts.legal["full"][code])
    abroad = np.where(drawn > 0.92, "", abroad)
    before = parts.legal_before[code] & (drawn < 0.3)
    abroad = np.where(before, parts.legal["translated"][code], abroad)
    home_latin = is_home & (script == LATIN) & (countries().code[who.country] != "HK")
    latin = np.where(home_latin, parts.legal["home"][code], np.where(is_home, parts.legal["short"][code], abroad))
    chinese = np.where(is_home & (script == HANT), parts.legal["home"][code], parts.legal["hant"][code])
    form = np.choose(script, (latin, chinese, parts.legal["hans"][code], parts.legal["cyrillic"][code]))
    leads = parts.legal_before[code] & ((script == CYRILLIC) | (before & ~is_home & (script == LATIN)))
    return form, leads


def _mistyped(parameters: Parameters, who: Mentions, brand: Texts, abroad: Bools) -> Texts:
    """A slip of the pen in a few foreign names: two letters exchanged, one lost or one doubled."""
    drawn = share(parameters.seed, who.number, who.reporter, who.variant, 57)
    for at in np.flatnonzero(abroad & (drawn < parameters.typo_rate)).tolist():
        text = brand[at]
        kind, place = at % 3, 1 + len(text) // 2
        if len(text) > 4:
            swapped = text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
            brand[at] = (swapped, text[:place] + text[place + 1 :], text[:place] + text[place - 1 :])[kind]
    return brand


def _plain(text: str) -> str:
    """Without accents and other signs that the letters of English lack."""
    if text.isascii():
        return text
    text = text.replace("ı", "i").replace("ß", "ss")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@cache
def tables() -> Tables:
    """The name parts of the CSV files beside this file."""
    rows = read_rows("syllables")
    parts: dict[str, list[tuple[Texts, ...]]] = {"head": [], "mid": [], "tail": []}
    for position, found in parts.items():
        for column in ("latin", "hant", "hans", "cyrillic", "wade"):
            found.append(tuple(_column(rows, column, position=position, style=style) for style in STYLES))
    business, legal = read_rows("business"), read_rows("legal_forms")
    words = {name: _column(business, name) for name in (*LANGUAGES, "russian", "hant", "hans")}
    forms = {name: _column(legal, name) for name in ("home", "full", "short", "cyrillic", "hant", "hans")}
    forms["translated"] = texts_of([CYRILLIC_IN_LATIN.get(form, form) for form in forms["home"]])
    families = [row["family"] for row in legal]
    streets = [row for row in read_rows("people") if row["style"] == "street"]
    return Tables(
        head=tuple(parts["head"]),
        mid=tuple(parts["mid"]),
        tail=tuple(parts["tail"]),
        words=words,
        legal=forms,
        legal_before=np.array([row["place"] == "before" for row in legal]),
        legal_first=np.array([families.index(family) for family in countries().legal]),
        streets=tuple(_column(streets, script) for script in SCRIPTS),
    )


def _column(rows: list[dict[str, str]], name: str, **where: str) -> Texts:
    kept = [row for row in rows if all(row[key] == value for key, value in where.items())]
    if name == "hans":
        return simplified(texts_of([row["hant"] for row in kept]))
    return texts_of([row[name] for row in kept])
