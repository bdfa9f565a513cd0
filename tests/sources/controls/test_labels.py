"""Are the letters of an entry's paragraphs told from those that only count within a note?"""

from landwaiter.sources.controls.labels import Printed, settle, split_label


def paths(*printed):
    lines = settle("3A090", "Circuits as follows", [Printed(*one) for one in printed])
    return [line.path for line in lines if line.kind == "item"]


def test_a_letter_that_counts_a_note_is_no_paragraph():
    assert paths(
        ("a", "Circuits having either of the following:"),
        ("a.1", "A performance of 4800 or more; or"),
        ("", "Three ways are in paragraphs a. through c. of this Note 1."),
        ("a", "If the designer is approved"),
        ("b", "If the die is packaged elsewhere"),
        ("b", "Circuits having either of the following:"),
        ("b.1", "A performance of 2400 or more"),
        ("", "For the purposes of 3A090:"),
        ("a", "the performance is the peak"),
        ("b", "two operations are counted"),
        ("c", "the length is the largest"),
        ("c", "Memory having a density greater than 2"),
    ) == ["3A090.a", "3A090.a.1", "3A090.b", "3A090.b.1", "3A090.c"]


def test_what_stands_in_a_note_is_a_note_of_its_kind():
    lines = settle("3A001", "Items", [
        Printed("a", "Cells as follows:"), Printed("", "Technical Note: 'cell' is a source."),
        Printed("", "N.B.: see 3A101"), Printed("b", "does not control batteries", in_note=True),
    ])  # fmt: skip
    assert [line.kind for line in lines] == ["heading", "item", "technical note", "nota bene", "note"]


def test_a_label_is_told_from_a_sentence():
    assert split_label("a.5.b.2.a. An update rate", "3A001") == ("a.5.b.2.a", "An update rate")
    assert split_label("3A001.e.1.a 'Primary cells' having", "3A001") == ("e.1.a", "'Primary cells' having")
    assert split_label("3A001.g does not control", "3A001")[0] == ""
    assert split_label("a device that", "3A001")[0] == ""
    assert split_label("e.1.a 'Primary cells' having any", "3A001") == ("e.1.a", "'Primary cells' having any")
