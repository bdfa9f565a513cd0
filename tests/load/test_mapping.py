"""Is a mapping file read as it was meant, and refused where it means nothing?"""

from pathlib import Path

import pytest

from landwaiter.errors import InputError
from landwaiter.load.mapping import Mapping, read_mapping


def test_tables_are_read_by_kind(tmp_path: Path):
    path = tmp_path / "map.toml"
    path.write_text(
        '[shipments]\ndate_format = "roc"\n[shipments.columns]\ndeclared_on = "日期"\n[shipments.constants]\n'
        'reporter = "TW"\n[flows]\nencoding = "big5"\n',
        encoding="utf-8",
    )
    assert read_mapping(path) == {
        "declarations": Mapping({"declared_on": "日期"}, {"reporter": "TW"}, date_format="roc"),
        "trade_flows": Mapping(encoding="big5"),
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[shipments", "is not a mapping"),
        ("[parcels]", "no kind of file"),
        ("kind = 1", "outside a table"),
        ("[shipments]\ncolour = 'red'", "does not know 'colour'"),
        ("[shipments.columns]\nowner = 'x'", "no column 'owner'"),
        ("[shipments.columns]\nreporter = 1", "not a text"),
        ("[shipments]\ncolumns = 1", "not a table"),
        ("[shipments]\ndecimal = ','\nthousands = ','", "differ from thousands"),
        ("[shipments]\ndecimal = 'x'", "decimal must be"),
        ("[shipments.columns]\nreporter = 'x'\n[shipments.constants]\nreporter = 'TW'", "both a column and a constant"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused(tmp_path: Path, text: str, complaint: str):
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        read_mapping(path)


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="is not a mapping"):
        read_mapping(tmp_path / "none.toml")
