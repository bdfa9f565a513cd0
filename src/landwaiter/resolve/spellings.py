"""Which mentions have the same name in the same country? They are one spelling, and spellings are what is compared."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.text.columns import Ints, sum_of_mixes
from landwaiter.text.forms import Forms, shape_names
from landwaiter.text.tokens import CORE, INITIAL, NOTION

# A name whose words are all of business or places says too little to be anybody's.
LEAST_DISTINCT = 0.3
# Roman numbers of two letters are words in many languages, or numbers that the name is known by already.
_ROMAN = re.compile(r"(?:(?=[ivxl]{3})l?x{0,3}|xl|xx)(?:ix|iv|v?i{0,3})")


@dataclass(frozen=True)
class Spellings:
    """Spellings in columns, and the spelling of each mention.

    Args:
        forms: of the distinct names; `names` points into them.
        names: the name of each spelling.
        countries: the country of each spelling, as a place in `country_codes`; 0 is unknown.
        of_mention: the spelling of each mention.
        mentions: the first mention of each spelling.
        is_generic: whether the name says too little to be compared.
        series: for each name of `forms` a digest of the words that tell the firms of one group apart.
    """

    forms: Forms
    names: Ints
    countries: Ints
    country_codes: list[str]
    of_mention: Ints
    mentions: Ints
    is_generic: npt.NDArray[np.bool_]
    series: Ints

    def __len__(self) -> int:
        return len(self.names)


def find_spellings(mentions: pa.Table) -> Spellings:
    """Spellings of the mentions, numbered by their first mention; a generic name is a spelling for each book and id."""
    encoded = mentions.column("name").combine_chunks().dictionary_encode()
    forms = shape_names(encoded.dictionary.to_pylist())
    name = np.asarray(encoded.indices, np.int64)
    country, codes = _countries(mentions)
    generic = forms.distinct < LEAST_DISTINCT
    sameness = _digits(pa.array(forms.plain, pa.string())) * 16 + forms.families
    _, sameness = np.unique(np.stack([sameness, forms.numbers], axis=1), axis=0, return_inverse=True)
    group = np.where(
        generic[name], -1 - _books(mentions, forms, name), sameness.reshape(-1)[name] * len(codes) + country
    )
    _, first, of_mention = np.unique(group, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    firsts = first[order]
    return Spellings(
        forms, name[firsts], country[firsts], codes, rank[of_mention], firsts, generic[name[firsts]], _series(forms)
    )


def _series(forms: Forms) -> Ints:
    """A digest of what tells the firms of one group apart: Fund A is not Fund B, nor XLI XLII, nor the holding."""
    kinds, texts = forms.tokens.kinds, forms.tokens.texts
    roman = [kind == CORE and _ROMAN.fullmatch(text) is not None for kind, text in zip(kinds, texts, strict=True)]
    holds = [kind == NOTION and text == "holding" for kind, text in zip(kinds, texts, strict=True)]
    counts = (kinds == INITIAL) | np.array(roman, np.bool_) | np.array(holds, np.bool_)
    told = counts[forms.words.words] & forms.is_firm[forms.words.owners]
    ids = forms.tokens.text_ids[forms.words.words[told]]
    return sum_of_mixes(ids, forms.words.owners[told], len(forms))


def _books(mentions: pa.Table, forms: Forms, name: Ints) -> Ints:
    """A number for each reporter, country, id and folded name."""
    places = [_digits(mentions.column(column).combine_chunks()) for column in ("reporter", "country", "id")]
    places.append(_digits(pa.array(forms.folded, pa.string()))[name])
    _, number = np.unique(np.stack(places, axis=1), axis=0, return_inverse=True)
    return number.reshape(-1)


def _countries(mentions: pa.Table) -> tuple[Ints, list[str]]:
    codes = sorted({"", *pc.unique(mentions.column("country")).to_pylist()})
    places = pc.index_in(mentions.column("country"), pa.array(codes))
    return np.asarray(places, np.int64), codes


def _digits(texts: pa.Array) -> Ints:
    return np.asarray(texts.dictionary_encode().indices, np.int64)
