"""Does JSON that is not as known stop the reading with a sentence?"""

import pytest

from landwaiter.errors import ListError
from landwaiter.sources.json_records import check_keys, json_lines_of, json_of, records, text_in, texts_of
from landwaiter.sources.reading import ListFile


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a": 1, "a": 2}', "one key twice"),
        (b"{", "not JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b'"\xff"', "not utf-8"),
    ],
)
def test_broken_json(data: bytes, said: str) -> None:
    with pytest.raises(ListError, match=said):
        json_of(ListFile("list.json", data))


def test_lines_keep_their_numbers() -> None:
    assert json_lines_of(ListFile("x", b'{"a": 1}\n\n{"a": 2}\n')) == [(1, {"a": 1}), (3, {"a": 2})]
    with pytest.raises(ListError, match="an object was expected"):
        json_lines_of(ListFile("x", b"[1]\n"))


def test_values_under_keys() -> None:
    said = {"many": ["a", " b ", "", 3], "one": "c", "none": None, "deep": [{}]}
    assert texts_of(said, "many") == ["a", "b", "3"]
    assert (text_in(said, "one"), text_in(said, "none"), text_in(said, "missing")) == ("c", "", "")
    with pytest.raises(ListError, match="text was expected"):
        texts_of(said, "deep")
    with pytest.raises(ListError, match="a list was expected"):
        records("x", "here")
    with pytest.raises(ListError, match="unknown key 'deep'"):
        check_keys(said, "many one none", "here")
