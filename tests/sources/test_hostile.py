"""Does a file made to take forever end within seconds, and one made to break things end with a sentence?

The times are far apart: a reader that is quadratic would need hours for these.
"""

import json

import pytest

from landwaiter.errors import ListError
from landwaiter.sources.editions import editions
from landwaiter.sources.reading import ListFile, Reading

BLANKS = " " * 400_000
BRACKETS = "(" * 300_000


def read(name: str, data: str) -> Reading:
    (edition,), failures = editions([ListFile(name, data.encode())])
    assert failures == []
    return edition.source.read(edition.files)


@pytest.mark.parametrize("filling", [BLANKS, BRACKETS, ";" * 300_000, "a" * 400_000, "1 " * 200_000, " to " * 100_000])
def test_endless_cells(filling: str) -> None:
    own = read("own.csv", f"name,country,birth_date,other_names\nA{filling}B,x{filling}y,1{filling}2,{filling}\n")
    assert own.rows == 1
    record = f"<Country>X</Country><LastName>A{filling}B</LastName><Item>1</Item><Aliases>C{filling}D</Aliases>"
    canada = f"<data-set><record><DateOfListing>2020</DateOfListing>{record}</record></data-set>"
    assert read("ca.xml", canada).rows == 1
    taiwan = (
        f"項次item,國家代碼country code,名稱name,別名alias,地址address,護照號碼ID Number\n1,CN,A{filling}B,C,{filling}"
    )
    assert read("tw.csv", f"{taiwan},No {filling} 7\n").rows == 1
    ofac = f'36,"A","individual","CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1{filling}2; Passport {filling}7"\n'
    assert read("sdn.csv", ofac).rows == 1


@pytest.mark.parametrize(
    "data",
    [
        "<!DOCTYPE sdnList [" + "]" * 60_000 + "<sdnList/>",
        "<!--" * 16_000 + "<sdnList/>",
        "<" * 65_000,
        '"' * 60_000,
    ],
)
def test_heads_that_look_like_much_are_no_list(data: str) -> None:
    found, failures = editions([ListFile("x", data.encode())])
    assert found == []
    assert len(failures) == 1


def test_publishers_day_that_is_none_is_not_believed() -> None:
    data = "<sdnList><publshInformation><Publish_Date>13/45/2025</Publish_Date></publshInformation></sdnList>"
    (edition,), _ = editions([ListFile("sdn.xml", data.encode())])
    assert edition.dated is None


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("csl.json", {"results": [{"source_list_url": "x", "name": {"deep": 1}}]}, "text was expected"),
        ("csl.json", {"results": {"source_list_url": "x"}}, "a list was expected"),
        ("csl.json", {"results": [{"source_list_url": "x", "colour": "red"}]}, "unknown key 'colour'"),
        ("eul.json", [{"list_id": "jp-end-user-list", "entity_name": ["A"], "colour": 1}], "unknown key 'colour'"),
        ("ftm.json", {"schema": "Spaceship", "properties": {}, "datasets": []}, "unknown schema 'Spaceship'"),
        ("ftm.json", {"schema": "Person", "properties": [], "datasets": [], "target": True}, "an object was expected"),
    ],
)
def test_json_of_another_shape_ends_with_a_sentence(name: str, data: object, said: str) -> None:
    (edition,), _ = editions([ListFile(name, json.dumps(data).encode())])
    with pytest.raises(ListError, match=said):
        edition.source.read(edition.files)
