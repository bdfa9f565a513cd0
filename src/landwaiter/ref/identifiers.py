"""Is a number the number that it claims to be? Plain form and check digits of what firms and ships are numbered by.

A number of a scheme that we can check is valid or not; of all others only the writing is set aside. The rules are those
of the issuers: ISO 17442 and ISO 7064 (LEI), GB 32100-2015 (USCC), the Russian tax service (INN, OGRN, OGRNIP), the
Taiwanese Ministry of Finance as of April 2023 (UBN), the IMO ship number, Ukraine's EDRPOU, and the Turkish VKN.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

_NOT_WRITTEN = re.compile(r"[^0-9A-Z]+")
_SHORTEST = 5
_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SWIFT = re.compile(r"[A-Z]{4}[A-Z]{2}[0-9A-Z]{2}(?:[0-9A-Z]{3})?")
# What other people call the schemes that we check.
_ALSO = {"bic": "swift", "swiftbic": "swift", "leicode": "lei", "imonumber": "imo", "inncode": "inn",
         "ogrncode": "ogrn", "ban": "ubn", "gui": "ubn", "vat_tw": "ubn", "統一編號": "ubn", "统一社会信用代码": "uscc",
         "инн": "inn", "огрн": "ogrn", "огрнип": "ogrn", "ogrnip": "ogrn", "єдрпоу": "edrpou"}  # fmt: skip
# Numbers that many firms share by their nature: the tax office's reason for a registration.
_SHARED = frozenset({"kpp"})
# The numbers under which a country's customs know a firm.
_NATIONAL = {"TW": ("ubn",), "RU": ("inn", "ogrn"), "CN": ("uscc",), "UA": ("edrpou",), "TR": ("vkn",)}


class Identifier(NamedTuple):
    """Scheme, plain value, and whether its check digits are right; None where we know no rule for it.

    `value` is empty where the text is too short to tell anybody, a placeholder, or shared by its nature.
    """

    scheme: str
    value: str
    is_valid: bool | None


@lru_cache(maxsize=100_000)
def read_identifier(text: str) -> Identifier:
    """The identifier that `scheme:value`, or a bare value, says."""
    said, colon, value = text.rpartition(":")
    said = said.strip().casefold() if colon else ""
    scheme = _ALSO.get(said, said)
    plain = _NOT_WRITTEN.sub("", value.upper())
    if scheme == "imo" or (not scheme and plain.startswith("IMO")):
        scheme, plain = "imo", plain.removeprefix("IMO")
    if scheme == "swift":
        plain = plain.removesuffix("XXX") if len(plain) == 11 else plain
    telling = len(plain) >= _SHORTEST and len(set(plain)) > 1 and (scheme == "swift" or any(map(str.isdigit, plain)))
    if not telling or scheme in _SHARED:
        return Identifier(scheme, "", None)
    if scheme in CHECKS:
        return Identifier(scheme, plain.casefold(), CHECKS[scheme](plain))
    return Identifier(scheme, plain.casefold(), None)


@lru_cache(maxsize=100_000)
def identity_keys(text: str) -> tuple[str, ...]:
    """Keys of an identifier: two identifiers that have one in common are the same number of one scheme.

    A number without a scheme, or of one that we cannot check, may be any whose check digits it passes.
    """
    scheme, value, _ = read_identifier(text)
    if not value:
        return ()
    if scheme in CHECKS:
        return (f"{scheme}|{value}",)
    could_be = [name for name in _BY_LENGTH.get(len(value), ()) if CHECKS[name](value.upper())]
    return (f"|{value}", *(f"{name}|{value}" for name in could_be))


def national_identifier(source_id: str) -> str:
    """`scheme:value` for a `reporter:id` of the customs whose check digits show which national number it is."""
    reporter, _, value = source_id.partition(":")
    for scheme in (*_NATIONAL.get(reporter, ()), "lei"):
        if value and read_identifier(f"{scheme}:{value}").is_valid:
            return f"{scheme}:{value}"
    return ""


def _is_lei(text: str) -> bool:
    if not re.fullmatch(r"[0-9A-Z]{18}\d{2}", text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text)) % 97 == 1


def _is_inn(text: str) -> bool:
    if not text.isdecimal() or len(text) not in (10, 12):
        return False
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    checked = (9,) if len(text) == 10 else (10, 11)
    return all(_weighed(text[:place], weights[11 - place :]) % 11 % 10 == int(text[place]) for place in checked)


def _is_ogrn(text: str) -> bool:
    """Of a firm, 13 digits, or of a person in business, 15."""
    if not text.isdecimal() or len(text) not in (13, 15):
        return False
    return int(text[:-1]) % (len(text) - 2) % 10 == int(text[-1])


def _is_ubn(text: str) -> bool:
    """Divisible by 5 since 2023; before by 10, which is divisible by 5 too. A 7 in the seventh place counts 1 or 0."""
    if not re.fullmatch(r"\d{8}", text):
        return False
    products = [int(digit) * weight for digit, weight in zip(text, (1, 2, 1, 2, 1, 2, 4, 1), strict=True)]
    total = sum(product // 10 + product % 10 for product in products)
    return total % 5 == 0 or (text[6] == "7" and (total + 1) % 5 == 0)


def _is_uscc(text: str) -> bool:
    if len(text) != 18 or any(sign not in _USCC_LETTERS for sign in text):
        return False
    total = sum(_USCC_LETTERS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return (31 - total % 31) % 31 == _USCC_LETTERS.index(text[17])


def _is_imo(text: str) -> bool:
    return bool(re.fullmatch(r"\d{7}", text)) and _weighed(text[:6], (7, 6, 5, 4, 3, 2)) % 10 == int(text[6])


def _is_edrpou(text: str) -> bool:
    if not re.fullmatch(r"\d{8}", text):
        return False
    weights = (7, 1, 2, 3, 4, 5, 6) if 30_000_000 < int(text) < 60_000_000 else (1, 2, 3, 4, 5, 6, 7)
    rest = _weighed(text[:7], weights) % 11
    if rest == 10:
        rest = _weighed(text[:7], [weight + 2 for weight in weights]) % 11 % 10
    return rest == int(text[7])


def _is_vkn(text: str) -> bool:
    if not re.fullmatch(r"\d{10}", text):
        return False
    total = 0
    for place, digit in enumerate(text[:9]):
        moved = (int(digit) + 9 - place) % 10
        power = moved * 2 ** (9 - place) % 9
        total += 9 if moved and not power else power
    return (10 - total % 10) % 10 == int(text[9])


def _is_swift(text: str) -> bool:
    """Only its form: a bank's code has no check digit."""
    return bool(_SWIFT.fullmatch(text))


def _weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


CHECKS: dict[str, Callable[[str], bool]] = {
    "lei": _is_lei, "inn": _is_inn, "ogrn": _is_ogrn, "ubn": _is_ubn, "uscc": _is_uscc, "imo": _is_imo,
    "edrpou": _is_edrpou, "vkn": _is_vkn, "swift": _is_swift,
}  # fmt: skip
# Which of them a bare number of so many signs could be; eight letters are no bank's code by chance.
_BY_LENGTH = {7: ("imo",), 8: ("ubn", "edrpou"), 10: ("inn", "vkn"), 12: ("inn",), 13: ("ogrn",), 15: ("ogrn",),
              18: ("uscc",), 20: ("lei",)}  # fmt: skip
