"""Which rows of a user's own list stand for a party of the graph?"""

from datetime import date

import pyarrow as pa
import pytest

from landwaiter.errors import InputError
from landwaiter.own.graph import read_graph
from landwaiter.own.listed import read_listed
from own.holding import SCHEMA, holdings

DAY = date(2026, 1, 15)


def graph():
    table = holdings("1>2 60", "3>4 60")
    names = pa.array(["Пример ООО", "Beispiel Ltd"])
    return read_graph(table.set_column(SCHEMA.get_field_index("owner_name"), "owner_name", names), DAY)


def listed(*rows):
    return read_listed(pa.Table.from_pylist(list(rows)), graph(), DAY, "own.csv")


def test_an_id_stands_for_itself_and_a_name_for_its_bearers():
    assert listed({"id": "1", "name": "whoever", "reason": "why"}) == {"1": "why"}
    assert listed({"name": "BEISPIEL LTD"}) == {"3": ""}
    assert listed({"name": "Nobody", "other_names": "other;пример ооо"}) == {"1": ""}


def test_a_listing_holds_from_its_first_day_to_the_day_before_its_end():
    rows = [{"id": "1", "listed_on": "2026-01-16"}, {"id": "3", "delisted_on": "2026-01-15"}, {"id": "2"}]
    assert listed(*({"listed_on": None, "delisted_on": None, **row} for row in rows)) == {"2": ""}


def test_a_day_that_cannot_be_read_refuses_the_list():
    with pytest.raises(InputError, match=r"row 1.*listed_on 'soon' is not a day"):
        listed({"id": "1", "listed_on": "soon"})


def test_a_list_of_neither_is_refused():
    with pytest.raises(InputError, match="neither a column 'id'"):
        listed({"party": "1"})
