"""How does text that anybody may have written become HTML that can do no harm?

Every plain string given to `tag` is escaped; only what `tag` itself made (an `Html`) passes as it stands. So a name can
never become markup, whatever it holds. Control characters are shown by their number, because a name that writes
backwards or hides letters is something an officer should see.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import escape

LONGEST_TEXT = 160
# HTML lets these ends be left out, which saves a tenth of a page full of tables.
_NO_END = {"td", "th", "tr", "li", "dt", "dd", "thead", "tbody", "br", "meta", "link", "input"}

# Scripts that need a `lang`, with the languages of the countries where the script's usual guess would be wrong.
_SCRIPTS: tuple[tuple[re.Pattern[str], str, dict[str, str]], ...] = (
    (re.compile("[぀-ヿㇰ-ㇿ]"), "ja", {}),
    (re.compile("[가-힯ᄀ-ᇿ]"), "ko", {}),
    (
        re.compile("[㐀-鿿豈-﫿\U00020000-\U0003ffff]"),
        "zh",
        {"TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant", "CN": "zh-Hans", "SG": "zh-Hans", "JP": "ja"},
    ),
    (
        re.compile("[Ѐ-ԯ]"),
        "ru",
        {"UA": "uk", "BY": "be", "BG": "bg", "RS": "sr", "KZ": "kk", "KG": "ky", "MK": "mk", "MN": "mn", "TJ": "tg"},
    ),
    (re.compile("[؀-ۿݐ-ݿ]"), "ar", {"IR": "fa", "PK": "ur", "AF": "fa"}),
    (re.compile("[֐-׿]"), "he", {}),
    (re.compile("[Ͱ-Ͽ]"), "el", {}),
    (re.compile("[԰-֏]"), "hy", {}),
    (re.compile("[Ⴀ-ჿ]"), "ka", {}),
    (re.compile("[฀-๿]"), "th", {}),
)


class Html(str):
    """Markup that this module made, to be written as it stands."""

    __slots__ = ()


def tag(element: str, *children: str | None, **attributes: str | int | bool | None) -> Html:
    """One element; plain children and all attribute values are escaped, None is left out.

    Args:
        attributes: `class_` and `for_` lose the underscore, others turn it into a hyphen; True is an empty attribute.
    """
    pairs = "".join(_attribute(name, value) for name, value in attributes.items())
    inner = join(children)
    end = "" if element in _NO_END else f"</{element}>"
    return Html(f"<{element}{pairs}>{inner}{end}")


def join(parts: Iterable[str | None], separator: str = "") -> Html:
    """Several pieces as one, each escaped unless it is Html already."""
    return Html(separator.join(_safe(part) for part in parts if part is not None))


def _safe(part: str) -> str:
    return part if isinstance(part, Html) else escape(visible(part), quote=False)


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-") if name != "viewBox" else name
    if value is True:
        return f" {written}"
    return f' {written}="{escape(visible(str(value)))}"'


def visible(text: str) -> str:
    """The text with every control, bidi, zero-width and unassigned-by-design character shown as [U+XXXX]."""
    if text.isprintable():
        return text
    return "".join(_shown(letter) for letter in text)


def _shown(letter: str) -> str:
    if letter in "\n\t\r":
        return " "
    hidden = unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} or ord(letter) & 0xFFFE == 0xFFFE
    return f"[U+{ord(letter):04X}]" if hidden else letter


def cut(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text, or its beginning with a note of its full length; also spares the page a tower of accents."""
    if len(text) <= longest:
        return _without_towers(text)
    return f"{_without_towers(text[:longest])} … ({len(text):,} characters)"


def _without_towers(text: str) -> str:
    """At most three combining marks in a row, so that one name cannot paint over the lines around it."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= 3:
            kept.append(letter)
    return "".join(kept)


def language(text: str, country: str | None = None) -> str | None:
    """The BCP 47 tag for text in another script than Latin, by its script and the country it comes from."""
    if text.isascii():
        return None
    for letters, usual, exceptions in _SCRIPTS:
        if letters.search(text):
            return exceptions.get(country or "", usual)
    return None


def scrolling(table: Html, label: str) -> Html:
    """A table that scrolls by itself where the page is narrow, also with the keyboard."""
    return tag("div", table, class_="wide", tabindex=0, role="region", aria_label=label)


def foreign(text: str | None, country: str | None = None, longest: int = LONGEST_TEXT) -> Html:
    """Somebody's text in a bdi of its own, cut and with its language, so that it cannot disturb what is around it."""
    if text is None or text == "":
        return tag("span", "not stated", class_="none")
    return tag("bdi", cut(text, longest), lang=language(text, country))
