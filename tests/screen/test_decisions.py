import json
from datetime import date, timedelta

import pytest

from landwaiter.errors import InputError
from landwaiter.screen.decisions import Decisions, Said, decide, digest_of, read_decisions, remember
from landwaiter.screen.index import Asked

DAY = date(2026, 1, 5)
KUPOL = Asked(["Kupol JSC"], countries=["RU"])


def decided(asked=KUPOL, listing="us:7", theirs="aa", **options):
    said = {"state": "cleared", "reason": "another firm", "by": "WU", "on": DAY, "until": None, **options}
    return decide(asked, listing, theirs, **said)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "decisions.jsonl"


def said(path, asked=KUPOL, listing="us:7", theirs="aa", today=DAY):
    return read_decisions(path).said(asked, listing, theirs, today=today).text


def test_nobody_has_decided_before_somebody_does(path):
    assert said(path) == ""


def test_a_decision_is_shown_with_officer_day_and_reason(path):
    remember(path, decided(until=date(2026, 6, 30)))
    assert said(path) == "cleared by WU on 2026-01-05 until 2026-06-30: another firm"
    assert said(path, Asked(["KUPOL  jsc"], countries=["RU"])).startswith("open again, our record has changed")
    assert said(path, listing="us:8") == said(path, Asked(["Orbita"])) == ""


def test_a_pair_is_open_again_when_either_record_changes_or_the_day_has_passed(path):
    remember(path, decided(until=DAY))
    assert said(path, today=DAY).startswith("cleared")
    assert said(path, today=DAY + timedelta(1)).startswith("open again, 2026-01-05 has passed: cleared by WU")
    assert said(path, theirs="bb").startswith("open again, the listing has changed: cleared by WU")
    more = Asked(["Kupol JSC"], countries=["RU"], identifiers=["inn:1831083343"])
    assert said(path, more).startswith("open again, our record has changed: cleared by WU")


def test_the_last_word_counts_and_no_word_is_lost(path):
    for state in ("cleared", "confirmed", "reopened"):
        remember(path, decided(state=state, by=f"officer of {state}"))
    assert said(path) == "reopened by officer of reopened on 2026-01-05: another firm"
    assert [json.loads(line)["state"] for line in path.read_text().splitlines()] == ["cleared", "confirmed", "reopened"]


def test_a_line_cut_off_is_named_and_swallows_no_other(path):
    remember(path, decided())
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    remember(path, decided(listing="us:8"))
    read = read_decisions(path)
    assert read.unread == [2]
    assert said(path) and said(path, listing="us:8")


@pytest.mark.parametrize("line", ["[]", "{}", '{"name": 1}', "\udcff", '{"state": "cleared"}', "null"])
def test_what_is_no_decision_decides_nothing(path, line):
    path.parent.mkdir()
    path.write_bytes(line.encode("utf-8", "surrogateescape"))
    assert read_decisions(path).unread == [1]


@pytest.mark.parametrize(
    ("options", "where"),
    [({"by": " "}, "--by"), ({"reason": ""}, "--reason"), ({"state": "innocent"}, "--as"),
     ({"until": DAY - timedelta(1)}, "--until")],
)  # fmt: skip
def test_a_decision_that_says_too_little_is_refused(options, where):
    with pytest.raises(InputError, match=where):
        decided(**options)


def test_the_order_of_what_is_known_makes_no_other_record():
    assert digest_of(Asked(["A"], countries=["RU", "BY"])) == digest_of(Asked(["A"], countries=["BY", "RU"]))
    assert digest_of(Asked(["A"], countries=["RU"])) != digest_of(Asked(["A"], countries=["BY"]))
    assert Decisions(()).said(Asked([]), "us:7", "aa", today=DAY) == Said()


def test_a_file_that_cannot_be_read_or_written_is_an_error(tmp_path):
    (tmp_path / "decisions.jsonl").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_decisions(tmp_path / "decisions.jsonl")
    with pytest.raises(InputError, match="cannot be kept"):
        remember(tmp_path / "decisions.jsonl", decided())


def test_what_stands_is_told_apart_from_what_is_only_remembered(path):
    last = date(2026, 6, 30)
    remember(path, decided(until=last))
    read = read_decisions(path)
    assert read.said(KUPOL, "us:7", "aa", today=DAY) == Said(
        "cleared", last, "cleared by WU on 2026-01-05 until 2026-06-30: another firm"
    )
    assert read.said(KUPOL, "us:7", "bb", today=DAY).state == ""
    remember(path, decided(state="reopened"))
    assert read_decisions(path).said(KUPOL, "us:7", "aa", today=DAY).state == ""
    assert (len(read_decisions(path)), read_decisions(path).lines) == (1, 2)
