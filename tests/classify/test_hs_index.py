"""Are likest entries, words of codes and joined indexes what a slow and obvious sum says?"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.classify.goods_words import words_of
from landwaiter.classify.hs_evidence import FEATURES, Related, Searcher
from landwaiter.classify.hs_index import LABELLED, NOMENCLATURE, TERMS, Entry, cells_of, index_of, joined

ENTRIES = [
    Entry("854231", NOMENCLATURE, words_of("Electronic integrated circuits; processors and controllers")),
    Entry("854232", NOMENCLATURE, words_of("Electronic integrated circuits; memories")),
    Entry("848210", NOMENCLATURE, words_of("Ball bearings")),
    Entry("960321", TERMS, words_of("tooth brush")),
]

INDEX = index_of(cells_of(ENTRIES))
SEARCHER = Searcher(INDEX, Related.of_table({}))


def best_of(searcher, text):
    evidence = searcher.look(words_of(text))
    return searcher.index.codes[evidence.candidates[0]]


def test_an_entry_is_found_by_its_words():
    searcher = Searcher(index_of(cells_of(ENTRIES)), Related.of_table({}))
    assert best_of(searcher, "steel ball bearings") == "848210"
    assert best_of(searcher, "toothbrush") == "960321"
    assert searcher.look(words_of("zzz")) is None


def test_related_words_lead_where_the_words_themselves_do_not():
    searcher = Searcher(index_of(cells_of(ENTRIES)), Related.of_table({"dram": [("memory", 1.0)]}))
    assert best_of(searcher, "dram") == "854232"


def test_joined_cells_are_the_cells_of_both():
    rows = [Entry("392690", LABELLED, words_of("cable ties")), Entry("848210", LABELLED, words_of("608zz"))]
    one, other = index_of(joined(cells_of(ENTRIES), cells_of(rows))), index_of(cells_of(ENTRIES + rows))
    assert one.codes == other.codes
    assert one.word_numbers == other.word_numbers
    for left, right in ((one.entries, other.entries), (one.by_code, other.by_code), (one.by_heading, other.by_heading)):
        assert np.array_equal(left.columns, right.columns)
        assert np.allclose(left.weights, right.weights)


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(["ball", "bearings", "steel", "memory", "circuits", "brush", "tooth", "other"]), min_size=1
    )
)
def test_likeness_agrees_with_the_plain_cosine(words):
    index = INDEX
    asked = words_of(" ".join(words))
    evidence = SEARCHER.look(asked)
    if evidence is None:
        return
    rarity = {word: float(index.rarity[number]) for word, number in index.word_numbers.items()}
    asked = {word: weight for word, weight in asked.items() if word[0] != "^"}
    unknown = sum(weight for word, weight in asked.items() if word not in rarity)
    mass = sum((rarity[word] * weight) ** 2 for word, weight in asked.items() if word in rarity) + 20 * unknown
    for place, code in enumerate(evidence.candidates):
        expected = 0.0
        for entry in (one for one in ENTRIES if one.hs6 == index.codes[code]):
            plain = {word: weight for word, weight in entry.words.items() if word[0] != "^"}
            dot = sum(asked.get(word, 0) * weight * rarity[word] ** 2 for word, weight in plain.items())
            norm = sum((rarity[word] * weight) ** 2 for word, weight in plain.items())
            expected = max(expected, dot / (norm * (mass + 1e-6)) ** 0.5)
        assert abs(evidence.features[place, FEATURES.index("likest of all")] - expected) < 1e-3
