"""Do the pictures show what the rows say: every hop, every route, every month?"""

import re
from pathlib import Path

import made_run
import pytest

from landwaiter.report.casebook import Casebook, Lead, gather
from landwaiter.report.chain_graph import chain_graph
from landwaiter.report.chain_picture import chain_picture, fitted
from landwaiter.report.record import read_record
from landwaiter.report.route_map import route_map, routes_of
from landwaiter.report.shelf import Shelf
from landwaiter.report.timeline import timeline


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    folder = made_run.make(tmp_path_factory.mktemp("run"))
    return gather(Shelf(folder), read_record(folder).concern())


@pytest.fixture
def hub(casebook: Casebook) -> Lead:
    return casebook.leads[0]


@pytest.fixture
def way(casebook: Casebook) -> Lead:
    """The lead that is a chain."""
    return casebook.leads[2]


def test_chains_are_merged_into_one_graph_in_the_order_of_the_legs(casebook: Casebook, hub: Lead) -> None:
    graph = chain_graph(hub, casebook)
    assert graph is not None
    columns = [sorted(lot["line"] for lot in column) for column in graph.columns]
    assert columns == [[2, 3, 7], [4, 5, 8], [6, 9]]
    assert {(hop["quantity"], hop["days_between"]) for hop in graph.hops} == {
        (1400, 26),
        (1198, 33),
        (900, 21),
        (2098, 18),
        (3000, 14),
    }


def test_no_two_boxes_cover_each_other(casebook: Casebook, hub: Lead) -> None:
    graph = chain_graph(hub, casebook)
    assert graph is not None
    corners = re.findall(r"translate\((\d+) ([\d.]+)\)", chain_picture(graph, casebook))
    boxes = [(float(x), float(y)) for x, y in corners]
    assert len(boxes) == 8
    for i, (x, y) in enumerate(boxes):
        assert all(abs(x - other[0]) >= 226 or abs(y - other[1]) >= 82 for other in boxes[i + 1 :])


def test_the_picture_says_days_quantity_and_that_it_is_inferred(casebook: Casebook, hub: Lead) -> None:
    graph = chain_graph(hub, casebook)
    assert graph is not None
    picture = chain_picture(graph, casebook)
    for words in ("26 days", "1,400 pieces", "inferred", "TW → TR", "8542.31 · line 2", "台灣微控半導體"):
        assert words in picture
    assert picture.count("stroke-dasharray") == len(graph.hops)


def test_a_hop_that_no_book_of_the_hub_shows_says_how_likely_it_is(casebook: Casebook, hub: Lead) -> None:
    graph = chain_graph(hub, casebook)
    assert graph is not None
    picture = str(chain_picture(graph, casebook))
    assert ", likely 0.75" in picture
    assert "1 hop in no book of the hub" in picture


def test_without_hops_the_chain_s_own_links_are_drawn(casebook: Casebook, hub: Lead) -> None:
    bare = Casebook(**{name: getattr(casebook, name) for name in Casebook.__slots__} | {"hops": {}})
    graph = chain_graph(hub, bare)
    assert graph is not None
    assert [sorted(lot["line"] for lot in column) for column in graph.columns] == [[2, 3, 7], [4, 5, 8], [6, 9]]


def test_a_ring_of_hops_on_one_day_comes_to_an_end(casebook: Casebook, hub: Lead) -> None:
    first, second = made_run.row_id(2), made_run.row_id(4)
    ring = {
        a: [
            {
                "in_row": a,
                "out_row": b,
                "party_id": "p",
                "family": "",
                "quantity": 1.0,
                "days_between": 0,
                "basis": "seen",
                "probability": None,
            }
        ]
        for a, b in ((first, second), (second, first))
    }
    bare = Casebook(**{name: getattr(casebook, name) for name in Casebook.__slots__} | {"hops": ring})
    assert chain_graph(hub, bare) is not None


def test_routes_sum_value_and_count_what_has_none(casebook: Casebook, hub: Lead) -> None:
    routes = {(route.start, route.end): route for route in routes_of(casebook.travel_of(hub))}
    assert routes["TR", "RU"].rows == 2
    assert routes["TR", "RU"].unvalued == 1
    assert routes["TR", "RU"].words == "Türkiye → Russia: 2 rows, USD 166 k, 1 row without value"
    assert next(iter(routes)) == ("TW", "HK")


def test_the_map_has_one_arc_for_each_route_and_hubs_without_outline(casebook: Casebook, hub: Lead) -> None:
    drawn = route_map(casebook.travel_of(hub), casebook.concern)
    assert drawn is not None
    assert drawn.count("<polygon") == 7
    assert drawn.count('class="arc hot"') == 2  # what ends in a destination of concern
    assert ">HK</text>" in drawn


def test_a_chain_is_called_by_its_ends_and_who_passed_it_on(casebook: Casebook, way: Lead) -> None:
    assert way.title == f"Chain TW → RU through {made_run.HUB[1]} and {made_run.ALMATY[1]}"
    assert way.where == "TW → RU"
    # Other chains are drawn where they share its lots, but its evidence and its map are its own.
    assert {lot["line"] for lot in casebook.travel_of(way)} == {2, 4, 5, 6}


def test_no_route_no_map(casebook: Casebook) -> None:
    assert route_map([], casebook.concern) is None


def test_the_timeline_counts_every_lot_of_the_party_and_marks_control_and_listing(
    casebook: Casebook, hub: Lead
) -> None:
    drawn = timeline(hub, casebook)
    assert drawn is not None
    assert drawn.count('class="in"') == 11  # nine months of 2022, and March and April 2023
    assert drawn.count('class="out"') == 1  # all three departures are of April 2023
    assert "2023-04: 3 lots sent" in drawn
    assert "controls on Russia" in drawn
    assert "us_bis_csl lists who it could be" in drawn


def test_the_timeline_of_a_chain_counts_its_own_lots(casebook: Casebook, way: Lead) -> None:
    drawn = timeline(way, casebook)
    assert drawn is not None
    assert "to a destination of concern below" in drawn


def test_text_is_fitted_by_its_width() -> None:
    assert fitted("abc", 3) == "abc"
    assert fitted("abcdef", 4) == "abc…"
    assert fitted("鴻運電子有限公司", 8) == "鴻運電…"


def test_missing_tables_leave_the_pictures_out(tmp_path: Path) -> None:
    folder = made_run.make(tmp_path)
    for name in ("hops", "chains", "shipments"):
        (folder / f"{name}.parquet").unlink()
    book = gather(Shelf(folder), {})
    assert book.evidence_of(book.leads[0]) == []
    assert chain_graph(book.leads[0], book) is None
    assert timeline(book.leads[0], book) is None
