"""A small finished run, made by hand: a hub in three scripts, a split, a merge, a list hit, a list that failed."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.tables import TABLES

DIGEST = hashlib.sha256(b"exports.csv").hexdigest()

CARDS = {
    "relay": {
        "title": "Relayed through a third country",
        "typology": "T05",
        "innocent": "A regional distribution centre with buyers in many countries.",
        "misses": "Relays that change the heading in between; see relabelled.",
        "source": "BIS/FinCEN joint alert of 2023",
    },
    "new_shell": {
        "title": "New firm passes controlled goods straight on",
        "typology": "T01",
        "innocent": "A new distributor with sales in its own country.",
        "misses": "Old firms that were bought for the purpose.",
        "source": "FinCEN supplemental alert of May 2023",
    },
    "split_merge": {
        "title": "Split among consignees, merged again",
        "typology": "T06",
        "innocent": "Wholesale break-bulk.",
        "misses": "Pieces that go through firms outside the books.",
        "source": "Typology paper of the project",
    },
    "listed": {
        "title": "Party could be a listed one",
        "typology": "screening",
        "innocent": "Another firm of the same name.",
        "misses": "Listed parties under a name nobody listed.",
        "source": "The lists named below",
    },
}


def row_id(line: int) -> str:
    """The id that load would give to this line."""
    return f"{DIGEST[:16]}-{line:08d}"


def lot(line: int, day: date, seller: tuple[str, str, str], buyer: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    """One shipment row; a party is (party_id, name, country)."""
    value = more.pop("value_usd", 48_000.0)
    return {
        "row_id": row_id(line),
        "row_no": line,
        "file": "exports.csv",
        "line": line,
        "shipment_id": row_id(line),
        "declared_on": day,
        "reporter": seller[2],
        "flow": "export",
        "exporter_party": seller[0],
        "exporter_name": seller[1],
        "exporter_country": seller[2],
        "consignee_party": buyer[0],
        "consignee_name": buyer[1],
        "consignee_country": buyer[2],
        "dispatch_country": seller[2],
        "destination_country": buyer[2],
        "hs_code": "85423190",
        "hs6": "854231",
        "description": "集成電路 微控制器 STM32F407",
        "quantity": 2598.0,
        "quantity_unit": "C62",
        "value_usd": value,
        "value_usd_cents": None if value is None else round(value * 100),
    } | more


def write(folder: Path, name: str, rows: list[dict[str, Any]], row_group: int = 100_000) -> None:
    """One table; what a row does not say is null, or an empty list."""
    schema = TABLES[name].schema if name in TABLES else TABLES["listings"].schema
    full = [{f.name: row.get(f.name, [] if pa.types.is_list(f.type) else None) for f in schema} for row in rows]
    pq.write_table(pa.Table.from_pylist(full, schema=schema), folder / f"{name}.parquet", row_group_size=row_group)


MAKER = ("p-000000000001", "台灣微控半導體股份有限公司", "TW")
SECOND = ("p-000000000002", "Nordhafen Elektronik GmbH", "DE")
HUB = ("p-0000000000aa", "Bosfor Elektronik Dış Ticaret Ltd. Şti.", "TR")
HK = ("p-0000000000bb", "鴻運電子(香港)有限公司", "HK")
ALMATY = ("p-0000000000cc", "ТОО «Степь Логистик»", "KZ")
TARGET = ("p-0000000000ee", "ООО «Технокомплект»", "RU")


def lots() -> list[dict[str, Any]]:
    """Two makers feed a hub in Türkiye and one in Hong Kong; both, and a third through Almaty, feed one buyer."""
    start = date(2023, 3, 6)
    rows = [
        lot(2, start, MAKER, HUB, value_usd=211_400.0),
        lot(
            3,
            start + timedelta(12),
            SECOND,
            HUB,
            quantity=900.0,
            description="Microcontrollers, 32 bit",
            value_usd=64_800.0,
        ),
        lot(
            4,
            start + timedelta(26),
            HUB,
            TARGET,
            quantity=1400.0,
            description="Микросхемы интегральные",
            value_usd=166_000.0,
        ),
        lot(
            5,
            start + timedelta(33),
            HUB,
            ALMATY,
            quantity=2098.0,
            description="Parts for games",
            hs_code="950450",
            value_usd=199_000.0,
        ),
        lot(
            6,
            start + timedelta(51),
            ALMATY,
            TARGET,
            quantity=2098.0,
            description="Запчасти для игр",
            hs_code="950450",
            value_usd=240_100.0,
        ),
        lot(7, start + timedelta(20), MAKER, HK, quantity=5000.0, value_usd=402_000.0),
        lot(8, start + timedelta(34), HK, HUB, quantity=3000.0, origin_country="TW", value_usd=260_000.0),
        lot(
            9,
            start + timedelta(48),
            HUB,
            TARGET,
            quantity=3000.0,
            origin_country="TW",
            end_user_name="АО «Медтехника»",
            value_usd=None,
        ),
    ]
    for month in range(9):
        rows.append(
            lot(20 + month, date(2022, 1 + month, 15), SECOND, HUB, quantity=100.0, value_usd=6_000.0 + 900 * month)
        )
    return rows


def make(folder: Path) -> Path:
    """Write every table and run.json of the small run."""
    rows = lots()
    write(folder, "shipments", rows)
    spelled = {HUB: ["БОСФОР ЭЛЕКТРОНИК", "博斯電子貿易", "BOSFOR ELEKTRONIK DIS TIC LTD STI"]}
    same = "‘БОСФОР ЭЛЕКТРОНИК’ and ‘Bosfor Elektronik’ are equal once transliterated and without legal form."
    write(
        folder,
        "parties",
        [
            {
                "party_id": p[0],
                "name": p[1],
                "kind": "organisation",
                "country": p[2],
                "names": [p[1], *spelled.get(p, [])],
                "source_ids": [f"{p[2]}:44{p[0][-3:]}"],
                "why_merged": [same] if p is HUB else [],
            }
            for p in (MAKER, SECOND, HUB, HK, ALMATY, TARGET)
        ],
    )
    hops = [(2, 4, 1400, 26), (2, 5, 1198, 33), (3, 5, 900, 21), (5, 6, 2098, 18), (7, 8, 3000, 14), (8, 9, 3000, 14)]
    holders = {2: HUB, 3: HUB, 5: ALMATY, 7: HK, 8: HUB}
    write(
        folder,
        "hops",
        [
            {
                "in_row": row_id(i),
                "out_row": row_id(o),
                "party_id": holders[i][0],
                "family": "electronics",
                "quantity": float(q),
                "days_between": d,
                "basis": "inferred" if i == 8 else "seen",
                "probability": 0.75 if i == 8 else None,
            }
            for i, o, q, d in hops
        ],
    )
    ways = {"c-1": (2, 4), "c-2": (2, 5, 6), "c-3": (3, 5, 6), "c-4": (7, 8, 9)}
    write(
        folder,
        "chains",
        [
            {
                "chain_id": chain,
                "position": i,
                "row_id": row_id(line),
                "quantity": 900.0,
                "from_origin": "DE" if way[0] == 3 else "TW",
                "to_target": "RU",
                "basis": "inferred" if line == 9 else "seen",
                "probability": 0.75 if chain == "c-4" else None,
                "view": "b" if chain == "c-4" else "c",
            }
            for chain, way in ways.items()
            for i, line in enumerate(way)
        ],
    )
    write(
        folder,
        "controls",
        [
            {
                "row_id": r["row_id"],
                "control_list": "chpl",
                "entry": "854231",
                "tier": "1",
                "answer": "caught",
                "reason": "HS 8542.31 is on the list",
            }
            for r in rows
            if r["hs6"] == "854231"
        ],
    )
    findings = [
        finding(
            "relay",
            "party",
            HUB,
            0.92,
            "98 % of 6,498 pieces that arrived left for Russia within 51 days, in 3 lots.",
            [2, 3, 4, 5, 8, 9],
        ),
        finding(
            "new_shell",
            "party",
            HUB,
            0.71,
            "First row on 2022-01-15; 4 of 5 lots since the control date went to Russia or through Almaty.",
            [2, 4, 5, 8, 9],
        ),
        finding("listed", "party", HUB, 0.55, "Its name is near “BOSFOR ELEKTRONIK LLC” on us_bis_csl.", []),
        finding(
            "split_merge",
            "chain",
            ("c-2", "", ""),
            0.64,
            "2,598 pieces split into 1,400 and 1,198, and 3,498 reached one buyer.",
            [2, 4, 5, 6],
        ),
        finding("relay", "party", ALMATY, 0.48, "2,098 pieces in, 2,098 pieces out to Russia after 18 days.", [5, 6]),
    ]
    loose = finding("relay", "route", ("TW>TR:854231", "", ""), 0.7, "Türkiye took 2 % before and 19 % after.", [2])
    write(folder, "findings", [*findings, loose])
    write(
        folder,
        "assessments",
        [
            assessment(1, "party", HUB, 0.94, findings[:3], 1_134_200.0),
            assessment(2, "chain", ("c-2", None, None), 0.66, findings[3:4], 650_500.0),
            assessment(3, "party", ALMATY, 0.41, findings[4:], 439_100.0),
        ],
    )
    as_of = date(2026, 11, 22)
    write(
        folder,
        "matches",
        [
            {
                "party_id": HUB[0],
                "listing_id": "us_bis_csl:8841",
                "list": "us_bis_csl",
                "name_matched": "BOSFOR ELEKTRONIK LLC",
                "score": 0.91,
                "reason": "same name without legal form; country differs (listed: AE)",
                "as_of": as_of,
                "decision": "",
                "decided": "",
            }
        ],
    )
    write(
        folder,
        "listings_matched",
        [
            {
                "listing_id": "us_bis_csl:8841",
                "list": "us_bis_csl",
                "kind": "organisation",
                "name": "BOSFOR ELEKTRONIK LLC",
                "countries": ["AE"],
                "programmes": ["EL"],
                "reason": "89 FR 14385",
                "listed_on": date(2024, 2, 27),
                "source_url": "https://example.org/entity/8841",
            }
        ],
    )
    gap = {"reporter": "TW", "partner": "TR", "hs_code": "854231", "period": "2023", "kind": "mirror_gap"}
    said = "Taiwan exported USD 4.1 m, Türkiye imported USD 1.2 m."
    write(folder, "gaps", [gap | {"expected": 4.1e6, "seen": 1.2e6, "score": 0.61, "reason": said}])
    write(
        folder,
        "rejects",
        [
            {
                "file": "exports.csv",
                "row": "77",
                "line": 77,
                "column": "declared_on",
                "value": "31.02.2023",
                "reason": "not a day",
            }
        ],
    )
    write_record(folder)
    return folder


def finding(
    flag: str, kind: str, subject: tuple[Any, Any, Any], strength: float, reason: str, lines: list[int]
) -> dict[str, Any]:
    """One finding that points at these lines."""
    return {
        "finding_id": f"{flag}:{subject[0]}",
        "flag": flag,
        "subject_kind": kind,
        "subject_id": subject[0],
        "strength": strength,
        "reason": reason,
        "evidence": [row_id(line) for line in lines],
        "first_on": date(2023, 3, 6),
        "last_on": date(2023, 4, 26),
        "view": "c" if lines else None,
        "tested": "A distributor: then most would stay at home." if flag == "relay" else None,
    }


def assessment(
    rank: int, kind: str, subject: tuple[Any, Any, Any], score: float, found: list[dict[str, Any]], value: float
) -> dict[str, Any]:
    """One lead over these findings."""
    return {
        "subject_kind": kind,
        "subject_id": subject[0],
        "name": subject[1],
        "country": subject[2],
        "score": score,
        "rank": rank,
        "reasons": [f["finding_id"] for f in found],
        "innocent": [CARDS[f["flag"]]["innocent"] for f in found],
        "value_usd": value,
    }


def write_record(folder: Path, **more: Any) -> None:
    """run.json with one failed list and one step that did not run."""
    record = {
        "as_of": "2026-11-22",
        "versions": {"landwaiter": "0.1.0", "duckdb": "2.0.1", "pyarrow": "26.0.0"},
        "inputs": [{"file": "exports.csv", "sha256": DIGEST, "rows": 18, "loaded": 17, "rejected": 1}],
        "lists": [
            {"list": "us_bis_csl", "as_of": "2026-11-20", "rows": 25921, "sha256": "ab" * 32},
            {"list": "jp_meti_eul", "as_of": "2026-01-31", "rows": 835, "sha256": "cd" * 32},
        ],
        "steps": [{"name": "load", "seconds": 0.41, "rows": 17}, {"name": "trace", "seconds": 0.12, "rows": 6}],
        "not_run": [
            {
                "name": "list eu_fsf",
                "reason": "the publisher answered 503 on 2026-11-22, and no earlier copy is at hand",
            },
            {"name": "own", "reason": "no ownership file was given"},
        ],
        "counts": {"shipments": 17},
        "notes": ["trace: 2 rows have no quantity or mass: they are in no ledger"],
        "options": {"targets": [], "window_days": 180},
        "flags": CARDS,
    } | more
    (folder / "run.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
