"""Is every word of a case file read as text, every date as the days that it can mean, and every fault named?"""

from datetime import date
from pathlib import Path

import pytest

from landwaiter.backtest.stories import Span, days_between, read_span, read_stories
from landwaiter.errors import InputError

CASES = Path(__file__).parents[2] / ".." / "shared" / "data" / "cases" / "cases.yaml"
ONE = """
cases:
- id: relay-no
  title: A relay
  actors:
  - name: Nordlys AS (北光) / Northern Light
    country: NO
    listed:
    - {list: EU, date: 2023-02, precision: month}
    - {list: SDN, date: '2024-05-03', precision: by-snapshot}
    - {list: EL, date: 2023-05, precision: bracket}
    - {list: UK, date: '2024-05-03', precision: after-snapshot}
  typologies: [T01, T05]
  backtest: {as_of: 2022-12, expect: ranks high}
"""


def read(tmp_path, text):
    file = tmp_path / "cases.yaml"
    file.write_text(text, encoding="utf-8")
    return read_stories(file)


def test_norway_stays_a_country_and_a_name_in_brackets_a_name(tmp_path):
    (story,) = read(tmp_path, ONE)
    (actor,) = story.actors
    assert (actor.country, actor.names) == ("NO", ("Nordlys AS", "Northern Light", "北光"))
    assert (story.as_of, story.typologies) == (date(2022, 12, 31), ("T01", "T05"))


def test_a_date_is_the_days_that_it_can_mean(tmp_path):
    (story,) = read(tmp_path, ONE)
    assert [one.on for one in story.actors[0].listed] == [
        Span(date(2023, 2, 1), date(2023, 2, 28)),
        Span(None, date(2024, 5, 3)),
        Span(date(2023, 2, 1), date(2023, 8, 31)),
        Span(date(2024, 5, 3), None),
    ]
    assert read_span("2022-02-31") == read_span("spring") == Span(None, None)
    assert read_span("2022") == Span(date(2022, 1, 1), date(2022, 12, 31))


def test_days_are_counted_to_the_earliest_that_can_be_later():
    day = date(2022, 12, 31)
    spans = [Span(date(2023, 2, 1), date(2023, 2, 28)), Span(None, date(2023, 1, 1)), Span(date(2022, 1, 1), None)]
    assert days_between(day, spans) == 32
    assert days_between(day, [Span(None, date(2024, 1, 1))]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cases: []", "holds no cases"),
        ("- a\n- b", "the file: holds no fields"),
        ("cases:\n- title: x", "the file, cases 1: 'id' is missing"),
        (ONE.replace("as_of: 2022-12", "as_of: soon"), "case relay-no: as_of 'soon' is no day"),
        (ONE.replace("actors", "people"), "case relay-no: names no actors"),
        (ONE.replace("name: Nordlys", "nome: Nordlys"), "case relay-no, actors 1: 'name' is missing"),
        (ONE + ONE.replace("cases:\n", ""), "has the case 'relay-no' twice"),
        (ONE.replace("relay-no", "../../x"), "the file, cases 1: '../../x' cannot be an id"),
        ("cases: [", "line 1: is not YAML"),
        ("a: &a [1]\nb: *a", "is not YAML that we read"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, text, said):
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        read(tmp_path, text)


def test_json_is_read_too(tmp_path):
    text = '{"cases": [{"id": "x", "actors": [{"name": "Y"}], "backtest": {"as_of": "2022-06-30"}}]}'
    assert read(tmp_path, text)[0].actors[0].names == ("Y",)


def test_the_real_cases_are_understood():
    if not CASES.exists():
        pytest.skip("needs ../shared/data/cases: the real cases are not here")
    stories = read_stories(CASES)
    assert len(stories) == 10
    assert sum(len(story.actors) for story in stories) == 31
    assert all(listed.on != Span(None, None) for one in stories for actor in one.actors for listed in actor.listed)
