"""Are changes of a list told from changes of its form, with their direction?"""

from datetime import date

import pytest

from landwaiter.classify.difference import difference, entries_apart
from landwaiter.ref.paragraphs import Line, Version, as_paragraphs, held_versions


def version(*lines, control_list="us_ccl", day=1):
    head = Line("3A001", "heading", "Electronic items as follows:")
    made = [head, *(Line(*line) for line in lines)]
    since = date(2026, 1, day)
    return Version(control_list, since, None, list(
        as_paragraphs(made, control_list=control_list, valid_from=since, locator="toy")))  # fmt: skip


def kinds(old, new, **options):
    return [(one.path, one.kind) for one in difference(version(*old, **options), version(*new, day=2, **options))]


def item(path, text):
    return (path, "item", text)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("A frequency exceeding 90 GHz;", "A frequency exceeding 110 GHz; or", "relaxed"),
        ("A frequency exceeding 110 GHz", "A frequency exceeding 90 GHz", "tightened"),
        ("A duration of 15 μs or less", "A duration of 8 μs or less", "relaxed"),
        ("A rate of 60 GHz or greater", "A rate exceeding 60 GHz", "relaxed"),
        ("A power exceeding 5 W", "A power exceeding 5 W and a gain exceeding 3 dB", "relaxed"),
        ("A power exceeding 1 W in the frequency range exceeding 4 GHz but not exceeding 9 GHz",
         "A power exceeding 1 W in the frequency range exceeding 4 GHz but not exceeding 11 GHz", "tightened"),
        ("A power exceeding 1000 mW", "A power exceeding 1 W", "wording only"),
        ("A plain device", "A plain apparatus", "wording only"),
        ("A formula of N/3", "A formula of N/4", "changed"),
    ],
)  # fmt: skip
def test_a_paragraph_changes_in_one_direction(before, after, kind):
    found = kinds([item("3A001.a", before)], [item("3A001.a", after)])
    assert [one for _, one in found] == [kind] or (kind == "wording only" and found == [("3A001.a", "changed")])


def test_form_is_no_change():
    old = [item("3A001.a", "A dose of 5 × 10<sup>3</sup> Gy “(Si)”, or higher; *or*"), item("3A001.b", "[Reserved]")]
    assert kinds(old, [item("3A001.a", "A dose of 5 x 10 3 Gy (Si), or higher;")]) == []


def test_what_is_reserved_is_deleted_and_what_is_skipped_is_missing():
    old = [item("3A001.a", "one"), item("3A001.b", "two"), item("3A001.c", "three")]
    new = [item("3A001.b", "[Reserved]"), item("3A001.c", "three"), item("3A001.d", "four")]
    assert kinds(old, new) == [("3A001.d", "added"), ("3A001.b", "deleted"), ("3A001.a", "missing")] or kinds(
        old, new
    ) == [("3A001.b", "deleted"), ("3A001.d", "added"), ("3A001.a", "missing")]


def test_a_sentence_that_becomes_a_list_is_one_change():
    old = [item("3A001.a", "Scopes having a noise of less than 2% and a bandwidth of 60 GHz or greater")]
    new = [
        item("3A001.a", "Scopes having all of the following:"),
        item("3A001.a.1", "A noise of less than 2%; and"),
        item("3A001.a.2", "An 'upper frequency' greater than 90 GHz"),
    ]
    assert kinds(old, new) == [("3A001.a", "relaxed")]


def test_a_note_that_lets_go_turns_the_direction():
    device = item("3A001.a", "A device")
    note = ("", "note", "3A001.a does not control devices of 5 W or less.")
    wider = ("", "note", "3A001.a does not control devices of 9 W or less.")
    assert kinds([device], [device, note]) == [("3A001.a", "relaxed")]
    assert kinds([device, note], [device]) == [("3A001.a", "tightened")]
    assert kinds([device, note], [device, wider]) == [("3A001.a", "relaxed")]


def test_entries_of_one_text_only_are_named_and_not_compared():
    old, new = held_versions("eu_annex_i")[0], held_versions("eu_annex_i")[-1]
    gone, come = entries_apart(old, new)
    assert "3A001" in gone
    assert come == []
    assert {one.path.split(".")[0] for one in difference(old, new)} == {"3A002"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("3A002.a.7", "relaxed"), ("3A002.c.3", "relaxed"), ("3A002.c.4.a", "relaxed"), ("3A002.c.4.b.2", "relaxed"),
        ("3A002.d.2", "tightened"), ("3A002.d.3.e", "relaxed"), ("3A002.d.3.g", "added"), ("3A002.d.5.c", "relaxed"),
        ("3A002.d.6", "relaxed"), ("3A002.e.1", "changed"), ("3A002.e.2", "deleted"),
    ],
)  # fmt: skip
def test_the_changes_of_the_european_list_from_2022_to_2026_are_found(path, kind):
    found = {one.path: one.kind for one in reversed(difference(*held_versions("eu_annex_i")))}
    assert found[path] == kind
