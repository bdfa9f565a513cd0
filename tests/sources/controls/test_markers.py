"""Do rows with only their own marker find their place in the tree?"""

from landwaiter.sources.controls.markers import Marked, grow


def test_letters_and_numbers_take_turns_where_the_depth_given_is_one_too_high():
    rows = [
        Marked(1, "3A002.", "Equipment as follows:"),
        Marked(2, "d.", "Signal generators having any of the following:"),
        Marked(2, "1.", "Pulses having all of the following:"),
        Marked(3, "a.", "Less than 25 ns; and"),
        Marked(2, "2.", "Exceeding 100 mW;"),
        Marked(2, "e.", "Network analysers"),
        Marked(3, "", "Note: 3A002.e. does not control toys."),
        Marked(3, "1.", "Exceeding 1 mW"),
    ]
    assert [line.path for line in grow("3A002", rows)] == [
        "3A002", "3A002.d", "3A002.d.1", "3A002.d.1.a", "3A002.d.2", "3A002.e", "", "3A002.e.1",
    ]  # fmt: skip


def test_a_marker_that_is_none_makes_a_note():
    (line,) = grow("3A002", [Marked(2, "Extra", "words")])
    assert (line.path, line.text) == ("", "Extra words")


def test_what_stands_below_a_note_that_ends_in_a_colon_is_the_notes_own():
    rows = [
        Marked(2, "a.", "Turning machines having any of the following:"),
        Marked(3, "2.", "Repeatability of 1,1 μm or less;"),
        Marked(3, "", "Note: 2B001.a. does not control machines for lenses, having all of the following:"),
        Marked(4, "a.", "A limited controller; and"),
        Marked(4, "b.", "No vacuum chucking."),
        Marked(2, "b.", "Milling machines:"),
        Marked(3, "1.", "Three axes;"),
    ]
    lines = grow("2B001", rows)
    assert [line.path for line in lines] == ["2B001.a", "2B001.a.2", "", "2B001.b", "2B001.b.1"]
    assert lines[2].text.endswith("all of the following: a. A limited controller; and b. No vacuum chucking.")
