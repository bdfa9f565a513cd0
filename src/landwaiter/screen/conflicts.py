"""What speaks against a firm being the listed one of its name? Another country, or another number of the same register.

Asked where at least one side is known to be a firm: a person lives in one country, has the passport of another, and is
given new numbers.
"""

import pyarrow as pa

from landwaiter.screen.judge import Judged
from landwaiter.text.evidence import AGREES, DIFFERS

# Lists and books write firms of Hong Kong and Macao also as Chinese.
ONE_PLACE = {"HK": "CN", "MO": "CN"}


def conflicts_of(parties: pa.Table, listings: pa.Table, judged: Judged) -> list[str]:
    """For each match `country`, `identifier`, both, or nothing where nothing is known to differ.

    A number that agrees settles it: then nothing else is a conflict.
    """
    ours = parties.select(["kind", "country"]).take(pa.array(judged.ours)).to_pylist()
    theirs = listings.select(["kind", "countries"]).take(pa.array(judged.theirs)).to_pylist()
    signs = judged.identifiers.tolist()
    return [_conflict(our, their, sign) for our, their, sign in zip(ours, theirs, signs, strict=True)]


def _conflict(our: dict[str, str | None], their: dict[str, list[str]], sign: int) -> str:
    kinds = {our["kind"], their["kind"]}
    if sign == AGREES or "person" in kinds or "organisation" not in kinds:
        return ""
    here, there = _places([our["country"] or ""]), _places(their["countries"] or [])
    found = [("country", bool(here and there and not here & there)), ("identifier", sign == DIFFERS)]
    return " and ".join(name for name, differs in found if differs)


def _places(countries: list[str]) -> set[str]:
    return {ONE_PLACE.get(code, code) for code in countries if code}
