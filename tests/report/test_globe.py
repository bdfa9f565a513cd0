"""Does every country fall into the picture that was cut for it?"""

from hypothesis import given
from hypothesis import strategies as st

from landwaiter.ref.outlines import places
from landwaiter.report.globe import ROUND, project, window, world

CODES = st.sets(st.sampled_from(sorted(places())), min_size=1, max_size=8)


@given(CODES)
def test_every_country_is_within_its_window(codes: set[str]) -> None:
    frame = window(codes, 520, 300)
    for code in codes:
        x, y = frame.at(code) or (-1.0, -1.0)
        assert 0 <= x <= 520, code
        # Places beyond the map's northern and southern end are drawn at that end.
        assert -1 <= y <= 301, code


def test_the_pacific_is_crossed_by_the_short_way() -> None:
    frame = window({"TW", "US"}, 520, 300)
    taiwan, states = frame.at("TW"), frame.at("US")
    assert taiwan and states
    assert taiwan[0] < states[0]
    assert 520 / frame.scale < ROUND / 2 * 1.3


def test_a_code_that_nobody_knows_has_no_place() -> None:
    assert window({"QQ"}, 520, 300).at("QQ") is None


def test_the_projection_is_miller_s() -> None:
    assert abs(project(0, 0)[1]) < 1e-9
    assert abs(project(0, 45)[1] + 482.9) < 1  # 1.25 ln tan(63°) in degrees, to the north


def test_the_world_is_small_and_drawn_once() -> None:
    drawn = world()
    assert drawn.count("<path") == 175
    assert len(drawn) < 60_000
