"""Do exactly those goods flip that a change catches or lets go?"""

from datetime import date

from landwaiter.classify.flips import flips, goods_of
from landwaiter.ref.paragraphs import Line, Version, as_paragraphs, held_versions

ROWS = [
    {"row": "a", "item_class": "signal_generator", "params": '{"max_frequency_ghz": 100}'},
    {"row": "b", "item_class": "signal_generator", "params": '{"max_frequency_ghz": 80}'},
    {"row": "c", "item_class": "signal_generator", "params": {"max_frequency_ghz": 120}},
    {"row": "d", "item_class": "network_analyser",
     "params": {"output_power_mw": 200, "frequency_ghz": 100, "max_frequency_ghz": 105}},
    {"row": "e", "hs_code": "8542.31"},
]  # fmt: skip


def test_goods_flip_with_their_way():
    found = {one.row: (one.way, one.before, one.after) for one in flips(goods_of(ROWS), *held_versions("eu_annex_i"))}
    assert found == {
        "a": ("let go", ("3A002.d.6",), ()),
        "d": ("other paragraph", ("3A002.e.2",), ("3A002.e.1",)),
    }


def test_goods_flip_back_when_the_versions_change_places():
    old, new = held_versions("eu_annex_i")
    found = {one.row: one.way for one in flips(goods_of(ROWS), new, old)}
    assert found["a"] == "now caught"


def test_a_code_flips_when_it_joins_a_list():
    def codes(*numbers):
        lines = [Line(number, "code", "goods") for number in numbers]
        since = date(2026, 1, len(numbers))
        return Version("toy", since, None, list(
            as_paragraphs(lines, control_list="toy", valid_from=since, locator="toy")))  # fmt: skip

    found = flips(goods_of(ROWS), codes("847110"), codes("847110", "854231"))
    assert [(one.row, one.way, one.after) for one in found] == [("e", "now caught", ("854231",))]
    assert "854231" in found[0].reason
