"""Is each register's own form told as rows of ours, with every record either told or named?"""

import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from landwaiter.errors import InputError
from landwaiter.load.job import Job
from landwaiter.load.limits import Limits
from landwaiter.load.mapping import Mapping
from landwaiter.load.work import load_here

SHARED = Path(__file__).parents[3] / "shared" / "data" / "ownership"


def told(path: Path, content: str | bytes, kind: str = "ownership"):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    into = path.parent / "into"
    into.mkdir(exist_ok=True)
    done = load_here(Job(kind, str(path), str(into), Mapping(), Limits()))
    rows, rejects = (pq.read_table(one).to_pylist() for one in done.paths)
    assert done.rows == done.loaded + done.rejected
    assert len({row["row_id"] for row in rows}) == len(rows) == done.loaded
    return done, rows, rejects


def edges(rows):
    return [(row["owner_id"], row["owned_id"], row["interest"], row["share_min"], row["share_max"]) for row in rows]


def statement(number, record, kind, details, **more):
    return {
        "statementId": f"{number:032d}", "statementDate": "2024-01-01", "recordId": record, "recordType": kind,
        "declarationSubject": "c", "recordDetails": {"isComponent": False, **details}, **more,
    }  # fmt: skip


COMPANY = statement(1, "c", "entity", {"entityType": {"type": "registeredEntity"}, "name": "Company"})
PERSON = statement(2, "p", "person", {"personType": "knownPerson", "names": [{"fullName": "Person"}]})


def holds(number, record="r", share=None, **more):
    interest = {"type": "shareholding", "share": share or {"exact": 60}} | more.pop("interest", {})
    return statement(
        number, record, "relationship", {"subject": "c", "interestedParty": "p", "interests": [interest]}, **more
    )


def test_statements_in_one_array_and_on_lines_say_the_same(tmp_path):
    statements = [COMPANY, PERSON, holds(3, share={"exclusiveMinimum": 25, "maximum": 50.5})]
    one, rows, _ = told(tmp_path / "a.json", json.dumps(statements, indent=1))
    other, again, _ = told(tmp_path / "b.jsonl", "\n".join(map(json.dumps, statements)))
    assert (one.form, other.form) == ("BODS 0.4, json", "BODS 0.4, json")
    assert edges(rows) == edges(again) == [("p", "c", "shares", 25.0, 50.5)]
    assert (rows[0]["share_min_exclusive"], rows[0]["share_max_exclusive"]) == (True, None)
    assert (rows[0]["owner_name"], rows[0]["owner_kind"], rows[0]["owned_name"]) == ("Person", "person", "Company")
    assert "statement 00000000000000000000000000000003" in rows[0]["source"]


def test_a_fault_is_named_by_statement_and_path(tmp_path):
    bad = holds(3, share={"exact": 120})
    done, rows, rejects = told(tmp_path / "a.json", json.dumps([COMPANY, PERSON, bad, holds(4, record="s")]))
    assert [row["owner_id"] for row in rows] == ["p"] and done.rejected == 1
    assert rejects[0]["row"] == f"{3:032d}"
    assert rejects[0]["column"] == "$[2].recordDetails.interests[0].share.exact"
    assert rejects[0]["reason"] == "must be from 0 to 100 per cent (BODS 0.4)"


def test_a_declared_unknown_owner_is_not_the_same_as_no_record(tmp_path):
    unknown = statement(3, "r", "relationship", {"subject": "c", "interestedParty": {"reason": "unknown"}})
    none = statement(4, "s", "relationship", {"subject": "c", "interestedParty": {"reason": "noBeneficialOwners"}})
    done, rows, _ = told(tmp_path / "a.json", json.dumps([COMPANY, PERSON, unknown, none]))
    assert [(row["owner_kind"], row["owner_name"]) for row in rows] == [("unknown", "declared unknown: unknown")]
    assert any("has no beneficial owner" in note for note in done.notes)
    assert any("in whom no interest is told" in note for note in done.notes)


def test_a_later_version_ends_the_one_before(tmp_path):
    first = holds(3, interest={"startDate": "2019-01-01"}, statementDate="2019-02-01")
    smaller = holds(4, share={"exact": 40}, interest={"startDate": "2021-05-01"}, statementDate="2021-06-01")
    closed = holds(5, share={"exact": 40}, interest={"startDate": "2021-05-01"}, statementDate="2023-01-01")
    closed["recordStatus"] = "closed"
    done, rows, _ = told(tmp_path / "a.json", json.dumps([COMPANY, PERSON, closed, smaller, first]))
    days = sorted((str(row["valid_from"]), str(row["valid_to"]), row["share_min"]) for row in rows)
    assert days == [("2019-01-01", "2021-04-30", 60.0), ("2021-05-01", "2023-01-01", 40.0)]
    assert any("replaced by a later version" in note for note in done.notes)


def test_the_same_statement_again_counts_once_and_another_under_its_id_is_refused(tmp_path):
    other = {**holds(3), "recordId": "z"}
    done, rows, rejects = told(tmp_path / "a.json", json.dumps([COMPANY, PERSON, holds(3), holds(3), other]))
    assert len(rows) == 1 and any("says the same statement again" in note for note in done.notes)
    assert [reject["reason"] for reject in rejects] == [
        "is the id of another statement before, which says something else"
    ]


def test_an_array_that_is_cut_off_is_refused_and_an_earlier_version_too(tmp_path):
    with pytest.raises(InputError, match=r"\$\[1\] cannot be read"):
        told(tmp_path / "a.json", json.dumps([COMPANY, PERSON])[:-20])
    with pytest.raises(InputError, match=r"earlier version than 0\.4"):
        told(tmp_path / "b.json", json.dumps([{"statementID": "x", "statementType": "entityStatement"}]))


def test_a_damaged_line_is_set_aside_and_the_others_are_told(tmp_path):
    lines = [json.dumps(one) for one in (COMPANY, PERSON, holds(3))]
    done, rows, rejects = told(tmp_path / "a.jsonl", "\n".join([*lines[:2], lines[2][:40], lines[2]]))
    assert len(rows) == 1 and done.rejected == 1 and "is no JSON object" in rejects[0]["reason"]


FTM = [
    {"id": "o", "schema": "Person", "properties": {"name": ["Owner"]}},
    {"id": "a", "schema": "Company", "properties": {"name": ["Asset"], "jurisdiction": ["cy"]}},
    {"id": "x", "schema": "Ownership", "datasets": ["made"],
     "properties": {"owner": ["o"], "asset": ["a"], "percentage": ["25-50%"], "startDate": ["2014"],
                    "endDate": ["2015-02"]}},
    {"id": "d", "schema": "Directorship", "properties": {"director": ["o"], "organization": ["a"]}},
    {"id": "y", "schema": "Ownership", "properties": {"owner": ["o"], "asset": ["a"], "percentage": ["most"]}},
]  # fmt: skip


def test_followthemoney_entities(tmp_path):
    lines = "\n".join(map(json.dumps, FTM))
    done, rows, rejects = told(tmp_path / "a.jsonl", lines)
    assert done.form == "FollowTheMoney, json" and edges(rows) == [("o", "a", "shares", 25.0, 50.0)]
    assert (str(rows[0]["valid_from"]), str(rows[0]["valid_to"])) == ("2014-01-01", "2015-02-28")
    assert any("is a Directorship" in note for note in done.notes)
    assert (rejects[0]["row"], rejects[0]["column"]) == ("y", "$.properties.percentage[0]")
    _, companies, _ = told(tmp_path / "b.jsonl", lines, "companies")
    assert [(one["company_id"], one["country"], one["officers"]) for one in companies] == [("a", "CY", ["Owner"])]


CHILD, PARENT = "5493001KJTIIGC8Y1R12", "549300MLUDYVRQOOXS22"


def test_gleif_level_2_as_csv_and_json(tmp_path):
    header = [
        "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID", "Relationship.RelationshipType",
        "Relationship.RelationshipStatus", "Relationship.Period.1.startDate", "Relationship.Period.1.periodType",
    ]  # fmt: skip
    consolidated = [CHILD, PARENT, "IS_DIRECTLY_CONSOLIDATED_BY", "ACTIVE", "2018-03-01T00:00:00Z"]
    managed = [CHILD, PARENT, "IS_FUND-MANAGED_BY", "ACTIVE", "", ""]
    lines = [header, [*consolidated, "RELATIONSHIP_PERIOD"], managed, ["X", PARENT, "IS_SUBFUND_OF", "", "", ""]]
    done, rows, rejects = told(tmp_path / "a.csv", "\n".join(",".join(line) for line in lines))
    assert done.form.startswith("GLEIF level 2")
    assert edges(rows) == [(PARENT, CHILD, "control", None, None), (PARENT, CHILD, "shares", None, None)]
    assert str(rows[0]["valid_from"]) == "2018-03-01"
    assert any("IS_FUND-MANAGED_BY" in note for note in done.notes) and "is no LEI" in rejects[0]["reason"]
    relation = {
        "StartNode": {"NodeID": {"$": CHILD}}, "EndNode": {"NodeID": {"$": PARENT}},
        "RelationshipType": {"$": "IS_DIRECTLY_CONSOLIDATED_BY"}, "RelationshipStatus": {"$": "ACTIVE"},
        "RelationshipPeriods": {"RelationshipPeriod": [
            {"startDate": {"$": "2018-03-01"}, "periodType": {"$": "RELATIONSHIP_PERIOD"}}]},
    }  # fmt: skip
    wrapped = {"relations": [{"RelationshipRecord": {"Relationship": relation, "Registration": {}}}]}
    _, again, _ = told(tmp_path / "b.json", json.dumps(wrapped))
    assert edges(again) == edges(rows) and again[0]["valid_from"] == rows[0]["valid_from"]


def test_gleif_level_1_gives_companies(tmp_path):
    entity = {"LegalName": {"$": "Made AG"}, "LegalAddress": {"Country": {"$": "CH"}, "City": {"$": "Bern"}}}
    _, companies, _ = told(
        tmp_path / "a.json", json.dumps({"records": [{"LEI": {"$": CHILD}, "Entity": entity}]}), "companies"
    )
    assert [(one["company_id"], one["name"], one["country"]) for one in companies] == [(CHILD, "Made AG", "CH")]


def psc(kind, **data):
    return {"company_number": "01234567", "data": {"kind": kind, "links": {"self": f"/psc/{kind}"}, **data}}


def test_the_british_register_says_bands_by_its_law(tmp_path):
    lines = [
        psc("individual-person-with-significant-control", name="Jane", notified_on="2016-04-06",
            natures_of_control=["ownership-of-shares-25-to-50-percent", "voting-rights-75-to-100-percent-as-trust"]),
        psc("corporate-entity-person-with-significant-control", name="Holding", ceased_on="2020-01-01",
            natures_of_control=["right-to-appoint-and-remove-directors"],
            identification={"registration_number": "765", "country_registered": "England"}),
        psc("persons-with-significant-control-statement", statement="psc-exists-but-not-identified"),
        psc("persons-with-significant-control-statement", statement="no-individual-or-entity-with-signficant-control"),
        psc("super-secure-person-with-significant-control"),
        psc("individual-person-with-significant-control", name="Odd", natures_of_control=["owns-the-moon"]),
    ]  # fmt: skip
    done, rows, rejects = told(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert [(row["interest"], row["share_min"], row["share_max"]) for row in rows] == [
        ("shares", 25.0, 50.0), ("votes", 75.0, 100.0), ("board", None, None), ("shares", None, None),
        ("shares", None, None),
    ]  # fmt: skip
    assert [row["share_min_exclusive"] for row in rows[:2]] == [True, None]
    assert rows[2]["owner_id"] == "00000765" and str(rows[2]["valid_to"]) == "2020-01-01"
    assert [row["owner_kind"] for row in rows[3:]] == ["unknown", "unknown"]
    assert any("no owner" in note for note in done.notes) and "owns-the-moon" in rejects[0]["column"]


def test_tables_of_registers_and_a_plain_edge_list(tmp_path):
    _, rows, _ = told(tmp_path / "a.csv", "owner,company,percent\nA,B,55%\nB,C,40.5\n")
    assert edges(rows) == [("A", "B", "shares", 55.0, 55.0), ("B", "C", "shares", 40.5, 40.5)]
    taiwan = "統一編號,公司名稱,職稱,姓名,所代表法人,持有股份數,已發行股份總數\n12345678,測試,董事,甲,乙公司,300,1000\n"
    taiwan += "12345678,測試,監察人,丙,,0,1000\n12345678,測試,董事,丁,乙公司,300,1000\n"
    done, rows, _ = told(tmp_path / "b.csv", taiwan)
    assert edges(rows) == [("name:乙公司", "12345678", "shares", 30.0, 30.0)] and done.form.startswith("Taiwan")
    assert any("only an office" in note for note in done.notes)
    header = "subject_entity_name,subject_entity_company_number,subject_entity_jurisdiction_code,object_entity_name,"
    header += "object_entity_company_number,object_entity_jurisdiction_code,relationship_type,"
    header += "percentage_min_share_ownership,percentage_max_share_ownership,start_date,end_date\n"
    _, rows, _ = told(tmp_path / "c.csv", header + "Up,1,gb,Down,2,gb,share_parcel,25,50,2019-01-01,\n")
    assert edges(rows) == [("gb/1", "gb/2", "shares", 25.0, 50.0)]


def test_a_file_with_our_own_headers_is_read_as_before(tmp_path):
    done, rows, _ = told(tmp_path / "a.csv", "owner_id,owned_id,share_min\nA,B,55\n")
    assert done.form == "delimited" and edges(rows) == [("A", "B", "shares", 55.0, 55.0)]


@pytest.mark.skipif(not SHARED.exists(), reason="the data of registers are not beside the repository")
def test_real_statements_are_all_told_or_named(tmp_path):
    content = (SHARED / "bods-real" / "all_demo.jsonl.gz").read_bytes()
    done, rows, _ = told(tmp_path / "a.jsonl.gz", content)
    shares = {str(inner.get("share")) for line in gzip.decompress(content).splitlines()
              for inner in json.loads(line)["recordDetails"].get("interests", [])}  # fmt: skip
    assert done.rejected == 0 and len(rows) == 1255 and len(shares) > 3


def test_signs_of_several_bytes_at_the_seams_of_pieces_stay_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("landwaiter.load.objects.PIECE", 5)
    company = {**COMPANY, "recordDetails": {**COMPANY["recordDetails"], "name": "測試股份有限公司"}}
    for name, content in (
        ("a.json", json.dumps([company, PERSON, holds(3)], ensure_ascii=False)),
        ("b.jsonl", "\n".join(json.dumps(one, ensure_ascii=False) for one in (company, PERSON, holds(3)))),
    ):
        _, rows, _ = told(tmp_path / name, content)
        assert rows[0]["owned_name"] == "測試股份有限公司"
