"""What does one cell say? Each function understands a text or says why it cannot."""

import re
from datetime import date, datetime

from landwaiter.load.chunk import with_leading_zero

FLOWS = {
    "export": "export exports exp ex x e 出口 экспорт експорт эк ек вывоз 1",
    "import": "import imports imp im m i 進口 进口 импорт імпорт им ім ввоз 2",
    "re-export": "re-export reexport re-exports re-exp rx 復出口 复出口 再出口 轉出口 转出口 реэкспорт реекспорт",
    "transit": "transit transits transhipment transshipment tr 轉運 转运 過境 过境 транзит",
    "domestic": "domestic inland local dom 國內 国内 內銷 内销 внутренний внутрішній",
}
OWNER_KINDS = {
    "person": "person individual natural naturalperson 自然人 個人 个人 физлицо физическое",
    "company": "company organisation organization entity legal legalentity registeredentity 公司 法人 юрлицо компания",
    "state": "state government statebody 政府 國家 国家 государство держава",
    "unknown": "unknown unknownentity unknownperson anonymousentity anonymousperson 不明 未知 неизвестно невідомо",
}
INTERESTS = {
    "shares": "shares share shareholding equity stock 股份 持股 доля доли акции частка частки акції",
    "votes": "votes vote voting votingrights 表決權 表决权 голоса голоси",
    "board": "board director directors appointmentofboard boardmember 董事 совет",
    "control": "control influence significantinfluenceorcontrol otherinfluenceorcontrol 控制 контроль",
}
TRUTHS = {"true": "true t yes y 1 是 да так", "false": "false f no n 0 否 нет ні"}
EDITIONS = ("2012", "2017", "2022")

ISO_DAY = re.compile(
    r"(\d{4})(-?)(\d{2})\2(\d{2})(?:[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?",
    re.ASCII,
)
ROC_DAY = re.compile(r"(?:民國)?\s?(\d{2,3})(?:年|[-./])?(\d{1,2})(?:月|[-./])?(\d{1,2})日?", re.ASCII)
ROC_YEAR = 1911  # year 1 of the calendar of Taiwan is 1912
PERIOD = re.compile(r"(\d{4})(?:-?(0[1-9]|1[0-2]))?", re.ASCII)
SPACED = re.compile(r"[\s.\u00a0]+")


class CellError(ValueError):
    """A cell that cannot be understood; its text is the reason."""


def words(table: dict[str, str]) -> dict[str, str]:
    """Every word of a synonym table to the word that we use."""
    return {word: ours for ours, theirs in table.items() for word in (ours, *theirs.split())}


def day(text: str, form: str) -> date:
    """A day as ISO 8601, with or without a time, or in the form that the mapping names; `roc` is Taiwan's calendar."""
    try:
        if form == "roc":
            match = ROC_DAY.fullmatch(text)
            if match:
                return date(int(match[1]) + ROC_YEAR, int(match[2]), int(match[3]))
        elif form:
            return datetime.strptime(text, form).date()
        else:
            match = ISO_DAY.fullmatch(text)
            if match:
                return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        raise CellError(f"is no day written as {form}" if form else "is no day of the calendar") from None
    if form:
        raise CellError(f"is no day written as {form}")
    raise CellError('is no day as 2024-05-31; other forms need date_format in the mapping, such as "%d.%m.%Y"')


def number_form(decimal: str, thousands: str) -> re.Pattern[str]:
    """How a number is written with these signs; groups of thousands have three digits, exponents are allowed."""
    point = re.escape(decimal)
    whole = rf"(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d+)" if thousands else r"\d+"
    return re.compile(rf"[+-]?(?:{whole}(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def hs_code(text: str) -> str:
    """A commodity code of 4 to 12 digits, dots and spaces taken out, leading zeros kept."""
    digits = SPACED.sub("", text)
    if not (4 <= len(digits) <= 12 and digits.isascii() and digits.isdigit()):
        raise CellError("is no commodity code of 4 to 12 digits")
    return digits


def flow_code(text: str) -> str:
    """A commodity code as statistics publish it: 2 to 12 digits, or TOTAL."""
    if text.upper() in ("TOTAL", "ALL"):
        return "TOTAL"
    digits = SPACED.sub("", text)
    if not (2 <= len(digits) <= 12 and digits.isascii() and digits.isdigit()):
        raise CellError("is no commodity code of 2 to 12 digits, nor TOTAL")
    return digits


def hs_code_of_number(digits: str) -> str:
    """The commodity code that a cell stored as a number stands for."""
    return with_leading_zero(digits)


def hs_edition(text: str) -> str:
    """The edition of the Harmonised System: HS2017, H5 and 2017 are the same."""
    digits = text.upper().removeprefix("HS").strip(" -")
    edition = {"H4": "2012", "H5": "2017", "H6": "2022"}.get(digits, digits)
    if edition not in EDITIONS:
        raise CellError("is no edition of the Harmonised System that we know: 2012, 2017 or 2022")
    return edition


def period(text: str, form: str) -> str:
    """A year or a month; where the mapping names a form of days, the month of such a day."""
    if form:
        return day(text, form).strftime("%Y-%m")
    match = PERIOD.fullmatch(text)
    if match is None:
        raise CellError("is no period as 2024 or 2024-05; a day of the month needs date_format in the mapping")
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


def one_of(text: str, known: dict[str, str], what: str) -> str:
    """One of the words that we know in several languages."""
    ours = known.get(text.casefold().replace(" ", "").replace("_", "")) or known.get(text.casefold())
    if ours is None:
        raise CellError(f"is no {what} that we know: {', '.join(dict.fromkeys(known.values()))}")
    return ours


def names(text: str) -> list[str]:
    """A list in one cell, separated by semicolons."""
    return [name.strip() for name in text.split(";") if name.strip()]
