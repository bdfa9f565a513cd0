"""Are the texts that come with the program whole, dated and hashed, and do they survive the table?"""

from datetime import date

import pytest

from landwaiter.errors import ContractError
from landwaiter.ref.paragraphs import (
    Line,
    Version,
    as_paragraphs,
    as_table,
    as_versions,
    held_lists,
    held_versions,
    until,
    write_text,
)


@pytest.mark.parametrize("control_list", held_lists())
def test_a_text_that_comes_with_us_names_its_place_and_repeats_no_path(control_list):
    for version in held_versions(control_list):
        items = [one.path for one in version.paragraphs if one.kind in ("heading", "item")]
        assert len(items) == len(set(items))
        assert all(one.locator and one.text for one in version.paragraphs)
        assert all(one.path.startswith(one.entry) for one in version.paragraphs)


def made():
    lines = [
        Line("3A001", "heading", "Electronic items as follows:"),
        Line("3A001.a", "item", "Circuits having all of the following:"),
        Line("3A001.a.1", "item", "[Reserved]"),
        Line("", "note", "3A001.a does not control toys."),
    ]
    paragraphs = as_paragraphs(lines, control_list="us_ccl", valid_from=date(2026, 1, 1), locator="15 CFR 774")
    return Version("us_ccl", date(2026, 1, 1), None, list(paragraphs))


def test_a_version_keeps_its_tree_and_its_notes_at_what_they_name():
    version = made()
    assert version.below["3A001"] == ["3A001.a"]
    assert version.at["3A001.a"].joins == "all"
    assert [note.effect for note in version.notes["3A001.a"]] == ["narrows"]
    assert not version.holds("3A001.a.1")
    assert version.paragraphs[-1].locator == "15 CFR 774, 3A001.a.1"


def test_the_table_gives_the_version_back_and_refuses_a_changed_text():
    table = as_table(made().paragraphs)
    assert as_versions(table)[0].paragraphs == made().paragraphs
    rows = table.to_pylist()
    rows[1]["text"] = "Circuits having any of the following:"
    with pytest.raises(ContractError, match="not the one that was hashed"):
        as_versions(type(table).from_pylist(rows, schema=table.schema))


def test_a_version_with_its_last_day_is_written_and_read(tmp_path, monkeypatch):
    version = until(made(), date(2026, 6, 30))
    write_text(tmp_path / "toy_list_2026-01-01.csv", version, about=["Public."], source="15 CFR 774")
    monkeypatch.setattr("landwaiter.ref.paragraphs.TEXTS", tmp_path)
    (read,) = held_versions("toy_list")
    assert (read.valid_from, read.valid_to) == (date(2026, 1, 1), date(2026, 6, 30))
    assert [one.text for one in read.paragraphs] == [one.text for one in version.paragraphs]
