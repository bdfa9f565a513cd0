"""Are the known words of a run found, the longest first, and is nothing of the run lost?"""

from hypothesis import given
from hypothesis import strategies as st

from landwaiter.text.runs import cut_run, pieces_of

PIECES = pieces_of(["ab", "abc", "cd"])


def test_the_longest_known_word_is_cut_out_and_the_rest_stays_together():
    assert cut_run("xyabcdz", PIECES) == ["xy", "abc", "dz"]
    assert cut_run("abab", PIECES) == ["ab", "ab"]
    assert cut_run("", PIECES) == []


@given(st.text("abcdx", max_size=30))
def test_nothing_of_a_run_is_lost(run):
    assert "".join(cut_run(run, PIECES)) == run
