"""Which files are which list, and which copy is the newest?"""

from datetime import date

import pytest

from landwaiter.errors import ContractError, ListError
from landwaiter.sources.editions import editions
from landwaiter.sources.kept import KeptFile, KeptList, read_manifest, write_manifest
from landwaiter.sources.own import read as own_list
from landwaiter.sources.reading import ListFile
from landwaiter.sources.source import HERE, find_sources, read_source, recognise

SDN = {path.name: path.read_bytes() for path in (HERE / "us_ofac_sdn" / "sample" / "csv").iterdir()}
CONS = {path.name: path.read_bytes() for path in (HERE / "us_ofac_cons" / "sample" / "csv").iterdir()}


def files(**contents: bytes) -> list[ListFile]:
    return [ListFile(name, data) for name, data in contents.items()]


def test_companions_go_to_the_list_whose_numbers_they_name() -> None:
    found, failures = editions([ListFile(name, data) for name, data in {**CONS, **SDN}.items()])
    assert failures == []
    assert {edition.name: sorted(file.name for file in edition.files.values()) for edition in found} == {
        "us_ofac_cons": ["cons_alt.csv", "cons_prim.csv"],
        "us_ofac_sdn": ["add.csv", "alt.csv", "sdn.csv", "sdn_comments.csv"],
    }


def test_companion_alone_is_named() -> None:
    found, failures = editions(files(alt=SDN["alt.csv"]))
    assert found == []
    assert [(one.name, one.reason) for one in failures] == [
        ("alt", "it completes another file of its list, and that one is not here")
    ]


def test_newest_copy_by_the_date_in_its_name() -> None:
    found, failures = editions(
        [ListFile("sdn_20240503.csv", SDN["sdn.csv"]), ListFile("sdn_20231201.csv", SDN["sdn.csv"])]
    )
    assert [(edition.name, edition.dated) for edition in found] == [("us_ofac_sdn", date(2024, 5, 3))]
    assert [(one.name, one.reason) for one in failures] == [
        ("sdn_20231201.csv", "left aside: sdn_20240503.csv is a newer copy of the same")
    ]


def test_newer_form_of_a_list_is_read_and_the_other_named() -> None:
    xml = (HERE / "us_ofac_sdn" / "sample" / "xml" / "sdn.xml").read_bytes()
    (edition,), (failure,) = editions([ListFile("sdn_20240503.csv", SDN["sdn.csv"]), ListFile("sdn.xml", xml)])
    assert (edition.form, edition.dated) == ("xml", date(2025, 3, 28))
    assert failure.name == "sdn_20240503.csv"
    assert "'us_ofac_sdn' was read from sdn.xml" in failure.reason


def test_own_lists_keep_their_names_and_never_take_a_publishers() -> None:
    found, failures = editions(
        [
            ListFile("watch.csv", b"name,kind\nA,person\n"),
            ListFile("b/watch.csv.gz", b"name,kind\nA,person\n"),
            ListFile("un_sc.csv", b"name,kind\nA,person\n"),
            ListFile("tabs.txt", b"name\tkind\nA\tperson\n"),
            ListFile("one.csv", b"name\nA\n"),
        ]
    )
    assert failures == []
    assert [edition.name for edition in found] == ["b/watch", "one", "own-un_sc", "tabs", "watch"]
    (listing,) = [edition for edition in found if edition.name == "tabs"]
    assert listing.source.read(listing.files).listings["listing_id"].to_pylist() == ["tabs:2"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\1\2",
        b"<notes/>",
        b"<!-- <CONSOLIDATED_LIST> --><other/>",
        b"%PDF-1.7",
        b"id;name\n1;A\n",
        b'{"results": []}',
        b"1,2,3\n",
        b"\xff\xfe\x00\xd8",
    ],
)
def test_other_files_are_no_list(data: bytes) -> None:
    assert recognise(ListFile("list.xml", data)) == []


def test_root_element_is_found_behind_declaration_and_comments() -> None:
    data = b'<?xml version="1.0"?>\n<!-- <sdnList> -->\n<x:CONSOLIDATED_LIST xmlns:x="urn:x"/>'
    assert [source.name for source, _ in recognise(ListFile("x", data))] == ["un_sc"]


def test_every_folder_with_a_description_is_a_source() -> None:
    names = [source.name for source in find_sources()]
    assert sorted(names) == sorted(path.parent.name for path in HERE.glob("*/source.toml"))
    assert {source.name for source in find_sources() if source.general} == {"own", "opensanctions"}


def test_own_list_is_told_from_other_tables_with_names() -> None:
    (own,) = [source for source in find_sources() if source.name == "own"]
    assert own.files[0].among == own_list.COLUMNS
    assert recognise(ListFile("a.csv", b"name,kind,colour\nA,person,red\n"))[0][0] is own
    assert recognise(ListFile("a.csv", b"company_id,name,country,address,phone\n1,A,RU,x,y\n")) == []


def test_description_that_says_something_unknown_is_a_fault_of_ours(tmp_path) -> None:
    (tmp_path / "source.toml").write_text('title = "x"\ncolour = "red"\nrows = [1, 2]\nfiles = []\n')
    with pytest.raises(ContractError, match="colour"):
        read_source(tmp_path)


def test_manifest_is_read_back() -> None:
    file = KeptFile("list", "un_sc/ab.xml", "consolidated.xml", "ab", 7, "https://x", '"1"', "")
    kept = KeptList("un_sc", "un_sc", "xml", "2026-02-27", "2026-03-01", "2026-03-02", 1003, "ab", (file,))
    assert read_manifest(write_manifest({"un_sc": kept})) == {"un_sc": kept}


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2}', '{"version": 1, "lists": {"a": {"files": []}}}'])
def test_manifest_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(ListError, match="manifest"):
        read_manifest(text)


def test_ofac_form_with_another_number_of_cells_stops_the_reading() -> None:
    (edition,), _ = editions(files(prim=SDN["sdn.csv"]))
    broken = {"prim": ListFile("sdn.csv", b'36,"A",-0- ,"CUBA"\n')}
    with pytest.raises(ListError, match="4 cells, not 12"):
        edition.source.read(broken)
