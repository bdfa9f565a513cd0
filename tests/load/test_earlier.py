"""Does a result to which a day was added equal that of one run on all rows? And is what cannot be added to refused?"""

import json
from datetime import date

import pytest

from landwaiter.errors import InputError
from landwaiter.flow import Inputs, run
from landwaiter.load.earlier import read_earlier
from landwaiter.record import Options
from landwaiter.simulate.world import make_world

OPTIONS = Options(as_of=date(2024, 1, 1), memory_mb=1500)


class Silent:
    """Nobody wants to hear how far the work is."""

    def begin(self, step):
        pass

    def end(self, step, rows):
        pass

    def say(self, line):
        pass


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The books of both sides of a small world, the header line and the others."""
    text = make_world(3000, 4, tmp_path_factory.mktemp("world") / "w", view="c").paths["shipments"].read_text("utf-8")
    header, *rows = text.splitlines()
    return header, rows


def cut(books, folder, *ends):
    """Files of the books up to each of the ends."""
    header, rows = books
    paths = []
    for start, end in zip((0, *ends), (*ends, len(rows)), strict=True):
        paths.append(folder / f"until-{end}.csv")
        paths[-1].write_text("\n".join([header, *rows[start:end]]) + "\n", encoding="utf-8")
    return paths


def made(folder):
    """Every table as bytes, and what run.json says but for the times."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    for step in record["steps"]:
        step.pop("seconds")
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}, record


def test_days_added_give_what_one_run_on_all_rows_gives(books, tmp_path):
    first, second, third = cut(books, tmp_path, 3000, 4100)
    run(Inputs({"declarations": [first, second, third]}, None), tmp_path / "whole", OPTIONS, Silent())
    out = tmp_path / "out"
    run(Inputs({"declarations": [first]}, None), out, OPTIONS, Silent())
    before = made(out)
    for day in (second, third):
        run(Inputs({"declarations": [day]}, None, earlier=out), out, OPTIONS, Silent())
    tables, record = made(out)
    whole, of_whole = made(tmp_path / "whole")
    assert tables.keys() == whole.keys()
    assert [name for name in whole if tables[name] != whole[name]] == []
    assert record == of_whole
    assert tables["hops.parquet"] != before[0]["hops.parquet"]
    with pytest.raises(InputError, match="same content"):
        run(Inputs({"declarations": [second]}, None, earlier=out), out, OPTIONS, Silent())
    assert made(out)[0] == tables, "what is refused leaves the result as it was"


def test_files_of_which_a_result_keeps_no_rows_must_be_given_again(tmp_path):
    inputs = [{"file": "firms.csv", "kind": "companies", "loaded": 3}]
    (tmp_path / "run.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    with pytest.raises(InputError, match="--companies"):
        read_earlier(tmp_path, tmp_path, ["declarations"])


@pytest.mark.parametrize("text", ["", "[]", "{}"])
def test_a_folder_that_is_no_result_is_refused(tmp_path, text):
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no result"):
        read_earlier(tmp_path, tmp_path, [])
    with pytest.raises(InputError, match="no result"):
        read_earlier(tmp_path / "absent", tmp_path, [])


def test_a_result_whose_rows_are_gone_is_refused(tmp_path):
    (tmp_path / "run.json").write_text('{"inputs": []}', encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        read_earlier(tmp_path, tmp_path, [])
