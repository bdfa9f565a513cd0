"""Does every published case of others come out as it must? The numbers are those of `bench/quality/published.py`."""

import pytest

from exchange.published import SUITES

CASES = {
    "age test kit, our outer layer": 95,
    "age test kit, the opener": 143,
    "Ed25519 edge cases": 914,
    "SD-JWT cases": 17,
    "BagIt paths as members": 72,
    "BagIt paths as names": 72,
    "JSON parsing suite": 318,
    "RFC 8785 texts": 6,
    "naughty strings": 515,
}
# An armored file with blanks around it is refused, and our packages are never armored. Two headers without an empty
# last line are taken; who wrote them must still hold the file's key, and then sign what is inside.
KNOWN = {
    "age test kit, our outer layer": [
        "testdata/armor_whitespace_outside", "testdata/stanza_missing_body", "testdata/stanza_missing_final_line"
    ]
}  # fmt: skip


@pytest.mark.parametrize("suite", SUITES)
def test_every_case_of_a_suite(suite):
    tally = SUITES[suite]()
    assert sorted(tally.wrong) == KNOWN.get(suite, [])
    assert tally.right == CASES[suite]
