"""Does the page stay small and whole when the run found ten thousand things, and when the names are hostile?"""

import base64
import json
import random
import re
import zlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import made_run
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.errors import InputError
from landwaiter.report.page import write_report
from landwaiter.report.shelf import Shelf

FINDINGS = 10_000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with 4,000 leads, 10,000 findings and 24,000 rows."""
    folder = made_run.make(tmp_path_factory.mktemp("crowd"))
    chance = random.Random(2)
    lots: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    leads: list[dict[str, Any]] = []
    hops: list[dict[str, Any]] = []
    for i in range(4_000):
        party = (f"p-{i:012x}", f"Торговый дом «Восток-{i}» 東方貿易第{i}號", chance.choice(["TR", "AE", "KG", "HK"]))
        lines = []
        for _ in range(3):
            came = date(2023, 1, 1) + timedelta(chance.randrange(900))
            pair = [
                made_run.lot(len(lots) + 2, came, made_run.MAKER, party),
                made_run.lot(len(lots) + 3, came + timedelta(20), party, made_run.TARGET),
            ]
            lots += pair
            lines += [lot["line"] for lot in pair]
            hops.append(
                {
                    "in_row": pair[0]["row_id"],
                    "out_row": pair[1]["row_id"],
                    "party_id": party[0],
                    "family": "electronics",
                    "quantity": 2598.0,
                    "days_between": 20,
                    "basis": "seen",
                }
            )
        own = [
            made_run.finding(
                flag, "party", party, chance.random(), f"Reason {chance.random():.12f} of {flag}: " + "x" * 90, lines
            )
            for flag in list(made_run.CARDS)[: 3 if i % 2 else 2]
        ]
        findings += own
        leads.append(made_run.assessment(i + 1, "party", party, 1 - i / 4_000, own, chance.uniform(1e3, 1e7)))
    assert len(findings) == FINDINGS
    made_run.write(folder, "shipments", lots, row_group=4_000)
    made_run.write(folder, "findings", findings)
    made_run.write(folder, "assessments", leads)
    made_run.write(folder, "hops", hops)
    write_report(folder)
    return folder


@pytest.fixture(scope="module")
def crowd_lots(crowd: Path) -> list[dict[str, Any]]:
    """All lots of the crowd, read plainly."""
    return list(pq.read_table(crowd / "shipments.parquet", columns=["row_id", "exporter_party"]).to_pylist())


def test_ten_thousand_findings_stay_under_three_megabytes(crowd: Path) -> None:
    assert (crowd / "report.html").stat().st_size < 3_000_000


def test_two_hundred_leads_are_whole_and_all_others_in_short(crowd: Path) -> None:
    page = (crowd / "report.html").read_text(encoding="utf-8")
    assert "4,000 leads. The first 200 are drawn in full, the next 3,800 in short" in page
    plain = page.count('<details class="lead"')
    packed = re.findall(r'<script type="text/plain" id="packed-(\d+)">([^<]*)', page)
    assert plain + len(packed) == 200
    assert packed, "the test should make more than the page holds plainly"
    article = zlib.decompress(base64.b64decode(packed[0][1]), -15).decode()
    assert f'<div class="body" id="lead-{packed[0][0]}">' in article
    short = re.findall(r'id="short-leads">([^<]*)', page)[0]
    data = json.loads(zlib.decompress(base64.b64decode(short), -15))
    assert [lead[0] for lead in data["leads"]] == list(range(plain + 1, 4_001))


def test_only_the_rows_pointed_at_are_read(crowd: Path) -> None:
    shelf = Shelf(crowd)
    table = shelf.where("shipments", ["row_id", "line"], row_id={made_run.row_id(7), made_run.row_id(9)})
    assert table is not None
    assert sorted(table.column("line").to_pylist()) == [7, 9]
    assert shelf.where("shipments", ["row_id"], row_id=set()) is None


def test_a_table_of_another_version_stops_the_report(crowd: Path) -> None:
    with pytest.raises(InputError, match="lacks marked_by"):
        Shelf(crowd).where("shipments", ["row_id", "marked_by"], row_id={made_run.row_id(7)})


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(2, 24_001), max_size=30), st.sets(st.integers(0, 3_999), max_size=5))
def test_where_agrees_with_reading_everything(
    crowd_lots: list[dict[str, Any]], crowd: Path, lines: set[int], parties: set[int]
) -> None:
    rows, firms = {made_run.row_id(line) for line in lines}, {f"p-{i:012x}" for i in parties}
    found = Shelf(crowd).where("shipments", ["row_id", "exporter_party"], row_id=rows, exporter_party=firms)
    expected = [lot for lot in crowd_lots if lot["row_id"] in rows or lot["exporter_party"] in firms]
    assert ([] if found is None else found.to_pylist()) == expected


HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "'\"><svg/onload=document.title='owned'>",
    "Acme \u202eDTL\u202c \u2066x\u2069 \u200b\x00\x1b[31m",
    "]]>--><!--",
    "鴻" * 10_000,
    "Z" + "\u0335\u0301" * 5_000,
    "&lt;b&gt; &#x3c;",
)


def hostile_run(folder: Path) -> Path:
    """The small run with every text of a user, in drawn, packed and short leads, set to something hostile."""
    made_run.make(folder)
    lots, findings, leads, parties = [], [], [], []
    for i in range(230):
        name = HOSTILE[i % len(HOSTILE)]
        party = (f"p-{i:012x}", name, "TR")
        lots.append(
            made_run.lot(
                i + 2, date(2023, 3, 1), made_run.MAKER, party, consignee_name=name, description=name, file=name
            )
        )
        found = made_run.finding("relay", "party", party, 0.5, name, [i + 2])
        findings.append(found)
        lead = made_run.assessment(i + 1, "party", party, 0.5, [found], 1.0)
        leads.append(lead | {"innocent": [name]})
        parties.append(
            {
                "party_id": party[0],
                "name": name,
                "kind": name,
                "names": [name],
                "source_ids": [name],
                "why_merged": [name],
            }
        )
    made_run.write(folder, "shipments", lots)
    made_run.write(folder, "findings", findings)
    made_run.write(folder, "assessments", leads)
    made_run.write(folder, "parties", parties)
    cards = {"relay": {"title": HOSTILE[1], "typology": HOSTILE[0], "innocent": HOSTILE[2], "misses": "", "source": ""}}
    made_run.write_record(
        folder,
        flags=cards,
        not_run=[{"name": HOSTILE[0], "reason": HOSTILE[2]}],
        inputs=[{"file": HOSTILE[1], "sha256": HOSTILE[3], "rows": 1, "loaded": 1, "rejected": 0}],
        versions={HOSTILE[0]: HOSTILE[1]},
    )
    return folder


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    page = write_report(hostile_run(tmp_path)).read_text(encoding="utf-8")
    assert len(page.encode()) < 3_000_000
    content = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert "<script" not in content
    assert "<img" not in page
    assert "<svg/" not in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00\x1b]", page)
    assert "[U+202E]" in content
    assert "(10,000 characters)" in content
