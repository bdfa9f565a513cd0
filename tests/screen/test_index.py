import csv
import gzip
import re
import tarfile
import time
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.errors import InputError
from landwaiter.screen.asking import asked_of, asked_of_side, parse_asked, row_names
from landwaiter.screen.compare import compare
from landwaiter.screen.index import Asked, NameIndex, records_of
from landwaiter.tables import TABLES

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
DAY = date(2026, 1, 1)
LISTINGS = [
    {"listing_id": "un:1", "list": "un", "kind": "person", "name": "Ayman al-Zawahiri", "countries": ["EG"],
     "birth_dates": ["1951-06-19"], "identifiers": ["passport:1084010"]},
    {"listing_id": "us:2", "list": "us", "kind": "vessel", "name": "SEA STAR", "countries": ["IR"], "birth_dates": [],
     "identifiers": ["imo:9187629"]},
    {"listing_id": "us:3", "list": "us", "kind": "organisation", "name": "Kupol JSC", "countries": ["RU"],
     "birth_dates": [], "identifiers": ["inn:1831083343"]},
]  # fmt: skip


@pytest.fixture(scope="module")
def index():
    rows = [{**row, "addresses": [], "programmes": []} for row in LISTINGS]
    names = [{"listing_id": row["listing_id"], "position": 0, "name": row["name"], "is_weak": False} for row in rows]
    return NameIndex(
        pa.Table.from_pylist(rows, schema=TABLES["listings"].schema),
        pa.Table.from_pylist(names, schema=TABLES["listing_names"].schema),
        as_of=DAY,
    )


def ids(matches):
    return [match.listing_id for match in matches]


def test_the_index_says_how_many_it_holds(index):
    assert len(index) == 3


def test_a_birth_date_tells_namesakes_apart(index):
    scores = [
        index.screen([Asked(["Aiman al Zawahiri"], births=births)], threshold=0.3)[0][0].score
        for births in (["1951-06-19"], ["1951"], ["1951-07-20"], [], ["1980-01-01"])
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_an_identifier_finds_a_party_under_any_name(index):
    renamed = Asked(["Another Name Entirely"], identifiers=["IMO:9187629"])
    found = index.screen([renamed])[0]
    assert ids(found) == ["us:2"]
    assert found[0].reason.endswith("identifier agrees")
    assert index.screen([Asked(["Another Name Entirely"], identifiers=["imo:1111111"])]) == [[]]


def test_another_number_of_the_same_scheme_lowers_the_score(index):
    plain, other = (
        index.screen([Asked(["Kupol JSC"], identifiers=numbers)], threshold=0.3)[0][0].score
        for numbers in ([], ["inn:5000000000"])
    )
    assert other < plain


@pytest.mark.parametrize(
    "name", ["", " ", "...", "\u200b", "👍", "\ufdfa", "LLC", "a" * 10_000, "ab " * 3_000, "賴" * 5_000]
)
def test_odd_names_are_answered_in_bounded_time(index, name):
    begun = time.process_time()
    assert index.screen([parse_asked(name)] * 3) == [[], [], []]
    assert time.process_time() - begun < 5


def test_naughty_strings_are_answered(index):
    archive = SHARED / "vectors" / "naughty-strings.tar.gz"
    if not archive.exists():
        pytest.skip("the shared vectors are not here")
    with tarfile.open(archive) as tar:
        texts = [tar.extractfile(one).read().decode("utf-8", "replace") for one in tar.getmembers() if one.isfile()]
    lines = [line for text in texts for line in text.splitlines()]
    assert len(index.screen([parse_asked(line) for line in lines])) == len(lines) > 400


def test_a_thousand_aliases_are_compared(index):
    many = Asked([f"Orbita {number}" for number in range(1000)] + ["Kupol"])
    assert ids(index.screen([many])[0]) == ["us:3"]


def test_a_files_rows_become_records():
    rows = pa.table(
        {
            "name": ["Kupol; JSC", None],
            "kind": ["Company", ""],
            "country": ["ru;XXX", None],
            "birth_date": ["1951-06-19;1952", ""],
            "other_names": ["A;B", ""],
            "identifiers": ["inn:1; 2", ""],
        }
    )
    first, second = asked_of(rows, "names.csv")
    assert first.names == ["Kupol; JSC", "A", "B"]
    assert (first.kind, first.countries, first.births) == ("organisation", ["RU"], ["1951-06-19", "1952"])
    assert first.identifiers == ["inn:1", "2"]
    assert second == Asked([], [], "unknown", [], [], [])
    assert row_names(rows) == ["0", "1"]
    assert row_names(rows.append_column("row", pa.array(["x", None]))) == ["x", ""]
    with pytest.raises(InputError, match="has no column 'name'"):
        asked_of(pa.table({"x": ["1"]}), "names.csv")


def test_a_name_that_is_no_text_is_answered(index):
    assert index.screen([parse_asked("Kupol \udcff JSC")])[0]


def compared(**cells):
    rows = pa.table({name: [value] for name, value in cells.items()})
    found = compare(*(records_of(asked_of_side(rows, side, "pairs.csv")) for side in ("left", "right")), threads=1)
    return float(found.scores[0]), found.reasons[0]


def test_pairs_are_compared_with_all_that_is_known():
    plain, reason = compared(left="賴清德", right="Lai Ching-te", kind="person")
    assert 0.75 <= plain < 1
    assert reason == "name 1.00 (Chinese to Latin), kind agrees"
    born, _ = compared(left="賴清德", right="Lai Ching-te", left_birth="1959-10-06", right_birth="1959-10-06")
    other, _ = compared(left="賴清德", right="Lai Ching-te", left_birth="1959-10-06", right_birth="1970-01-01")
    assert born > plain > other
    assert compared(left="賴清德", right="William Lai")[0] < 0.75
    assert compared(left="賴清德", right="William Lai", kind="person", right_other_names="Lai Ching-te")[0] == plain
    assert compared(left="賴清德", right="William Lai", right_weak_names="Lai Ching-te")[0] < 0.75
    assert compared(left="", right="x") == (0.0, "one of the two has no name")


def test_a_pair_scores_the_same_from_either_side():
    cells = {"left": "ООО Купол", "right": "Kupol JSC Moscow", "left_country": "RU", "right_country": "RU"}
    turned = {"left": cells["right"], "right": cells["left"], "left_country": "RU", "right_country": "RU"}
    assert compared(**cells)[0] == compared(**turned)[0]


SAID = """Kupol kupol Zavod завод Купол 賴清德 科技 Ching-te Lai bin Ayman الظواهري LLC SEA STAR 2 II Trading Zawahiri
al x 有限公司 Moscow \u200b zhang wei 奥什科什"""
WORDS = re.split(r"[ \n]", SAID)


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), min_size=1, max_size=90))
@settings(deadline=None, max_examples=30)
def test_one_name_is_answered_as_it_is_among_many(names):
    """Few names take a shorter way through the forms and digests than many; no answer may tell which."""
    listings = NameIndex(*tables_of([*WORDS, *names]), as_of=DAY)
    alone = [listings.screen([Asked([name])], threshold=0.3)[0] for name in names[:10]]
    many = listings.screen([Asked([name]) for name in [*names, *WORDS * 3]], threshold=0.3)
    assert alone == many[: len(alone)]


def tables_of(names):
    rows = [{"listing_id": f"own:{place}", "list": "own", "kind": "unknown", "name": name, "countries": [],
             "birth_dates": [], "addresses": [], "identifiers": [], "programmes": []}
            for place, name in enumerate(names)]  # fmt: skip
    spelled = [{"listing_id": row["listing_id"], "position": 0, "name": row["name"], "is_weak": False} for row in rows]
    return (
        pa.Table.from_pylist(rows, schema=TABLES["listings"].schema),
        pa.Table.from_pylist(spelled, schema=TABLES["listing_names"].schema),
    )


def test_one_real_name_is_answered_as_it_is_among_many():
    """The same on names of real lists, each with a slip of the pen."""
    path = SHARED / "lists" / "all_listings.csv.gz"
    if not path.exists():
        pytest.skip("the shared lists are not here")
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()[1:40_000:67]
    names = [cells[2] for cells in csv.reader(lines) if len(cells) > 3]
    listings = NameIndex(*tables_of(names), as_of=DAY)
    asked = [Asked([name[: len(name) // 2] + name[len(name) // 2 + 1 :]]) for name in names[::3]]
    assert [listings.screen([one], threshold=0.5)[0] for one in asked] == listings.screen(asked, threshold=0.5)
