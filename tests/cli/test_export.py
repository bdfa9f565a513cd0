"""Does `landwaiter export` write each form from a case, and refuse what makes no sense?"""

import json
from datetime import UTC, datetime

import pytest

from landwaiter.cases import work
from landwaiter.cases.store import open_store
from landwaiter.cli.export import export
from landwaiter.errors import InputError, RefusedError


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LANDWAITER_DATABASE", raising=False)
    party = {"party_id": "p-1", "name": "=HYPERLINK(1)", "kind": "organisation", "country": "CN", "names": []}
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with open_store(tmp_path / "home") as store:
        work.open_case(store, work.Opening("lead", rows=[work.Row("parties", "p-1", party)]), by="ann", now=now)
        work.open_case(store, work.Opening("by hand"), by="ann", now=now)
    return tmp_path


def test_one_file_for_each_form(case, capsys):
    for form in ("ftm", "stix", "misp"):
        assert export(form=form, out=case / form, case="C1") == 0
    told = capsys.readouterr().out
    assert told.count("1 Company") == 3 and told.count("TLP:RED") == 2
    assert json.loads((case / "ftm").read_text())["properties"]["name"] == ["=HYPERLINK(1)"]
    assert json.loads((case / "stix").read_text())["type"] == "bundle"
    assert json.loads((case / "misp").read_text())["Event"]["info"] == "lead"


def test_a_folder_of_csv_without_formulas(case):
    export(form="csv", out=case / "out", case="C1")
    export(form="csv", out=case / "out", case="C1")
    assert "'=HYPERLINK(1)" in (case / "out" / "parties.csv").read_text()
    (case / "other").mkdir()
    (case / "other" / "mine").touch()
    with pytest.raises(RefusedError):
        export(form="csv", out=case / "other", case="C1")


def test_what_makes_no_sense_is_refused(case):
    for arguments in ({}, {"run": case, "case": "C1"}, {"run": case}, {"case": "C2"}, {"case": "C9"},
                      {"case": "C1", "tlp": "pink"}):  # fmt: skip
        with pytest.raises(InputError):
            export(form="ftm", out=case / "x", **arguments)
    with pytest.raises(InputError, match="cannot be written"):
        export(form="ftm", out=case / "none" / "x", case="C1")
    assert not (case / "x").exists()
