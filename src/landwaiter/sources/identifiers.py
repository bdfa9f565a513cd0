"""Which scheme does a numbered document belong to? Publishers' words in, `scheme:value` out, or the bare value."""

import re
from functools import lru_cache

# Words in a publisher's name of a document, in the order in which they are tried, and our scheme.
SCHEMES: tuple[tuple[str, str], ...] = (
    (r"\bimo\b|vessel registration id", "imo"),
    (r"\bmmsi\b|maritime mobile", "mmsi"),
    (r"legal entity (number|identifier)|\blei\b", "lei"),
    (r"unified social credit|\buscc\b", "uscc"),
    (r"d-?u-?n-?s\b", "duns"),
    (r"swift|\bbic\b", "swift"),
    (r"\bogrn", "ogrn"),
    (r"\binn\b", "inn"),
    (r"\bkpp\b", "kpp"),
    (r"government gazette|\bokpo\b", "okpo"),
    (r"digital currency|crypto|wallet", "wallet"),
    (r"passport", "passport"),
    (r"tax|fiscal|\bvat\b|\brfc\b|\bnit\b|\bruc\b|\bc\.?u\.?i\.?t\.?\b|\brif\b", "tax"),
    (r"aircraft.*serial|construction number|\bmsn\b", "msn"),
    (r"tail number|aircraft.*(mark|registration)", "tail"),
    (r"call sign", "call_sign"),
    (r"\bdriv(er|ing)", "driving_licence"),
    (r"national id|identity card|identification (number|card)|\bssn\b|social security|cedula|c\.?u\.?r\.?p\b|"
     r"personal id|national foreign id|residen|birth certificate|electoral|stateless person", "national_id"),
    (r"registration|company number|chamber of commerce|commercial regist|business (number|id)|trade licen|licen[cs]e|"
     r"enterprise number|identification number|matricula", "reg"),
)  # fmt: skip
_SCHEMES = [(re.compile(words, re.IGNORECASE), scheme) for words, scheme in SCHEMES]
# What a country calls its own tax and registration numbers, and how many digits they have.
_NATIONAL = {("RU", "tax", 10): "inn", ("RU", "tax", 12): "inn", ("RU", "reg", 13): "ogrn", ("RU", "reg", 15): "ogrn"}
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_SAYS_IMO = re.compile(r"IMO[ :-]*\d{7}")
_IMO = re.compile(r"(?:IMO)?[ :-]*(\d{7})", re.IGNORECASE)


def scheme_of(words: str, value: str = "") -> str | None:
    """Our scheme for a document that the publisher calls by these words, None where they name none.

    A value such as `IMO 9123456` says more than the words `Identification Number` before it.
    """
    return "imo" if _SAYS_IMO.fullmatch(value) else _scheme(words)


@lru_cache(maxsize=4096)
def _scheme(words: str) -> str | None:
    for pattern, scheme in _SCHEMES:
        if pattern.search(words):
            return scheme
    return None


def identifier(words: str, value: str, country: str | None = None) -> str:
    """`scheme:value` for a number and what its publisher calls it; the bare value where that names no scheme.

    Args:
        words: what the publisher calls the document, such as `Tax ID No.`.
        country: alpha-2 code of who issued it: a Russian tax number is an INN, a Chinese registration a USCC.
    """
    value = " ".join(value.split())
    scheme = scheme_of(words, value)
    if scheme == "imo":
        found = _IMO.fullmatch(value)
        return f"imo:{found[1]}" if found else value
    if scheme in ("tax", "reg") and country == "CN" and _USCC.fullmatch(value):
        scheme = "uscc"
    scheme = _NATIONAL.get((country or "", scheme or "", len(value)), scheme)
    return f"{scheme}:{value}" if scheme and value else value
