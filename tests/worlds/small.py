"""Reads a small world that a person can read too: Markdown tables of shipments, companies and list matches."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from landwaiter.classify.priority import classify
from landwaiter.engine.corridor import Corridor
from landwaiter.own.control import control
from landwaiter.own.end_uses import read_end_uses
from landwaiter.own.owner_facts import tell_owner_facts
from landwaiter.own.papers import read_papers
from landwaiter.own.phoenix import name_phoenixes
from landwaiter.own.shared import share_attributes
from landwaiter.own.statement_signs import ask_officers, mark_reuse
from landwaiter.own.statements import cover_shipments
from landwaiter.own.ways import measure_ways
from landwaiter.ref.concern import origins, targets
from landwaiter.tables import TABLES
from landwaiter.trace.chains import trace

FIRST_DAY = date(2021, 1, 1)
LAST_DAY = date(2024, 1, 1)
AS_OF = date(2024, 6, 1)


@dataclass
class SmallWorld:
    """One story: its tables by their first column, every row a dictionary of texts."""

    story: str
    shipments: list[dict[str, str]] = field(default_factory=list)
    companies: list[dict[str, str]] = field(default_factory=list)
    matches: list[dict[str, str]] = field(default_factory=list)
    holdings: list[dict[str, str]] = field(default_factory=list)
    statements: list[dict[str, str]] = field(default_factory=list)


def read_worlds(path: Path) -> dict[str, SmallWorld]:
    """The worlds of one Markdown file by their second-level heading."""
    worlds: dict[str, SmallWorld] = {}
    for section in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, _, text = section.partition("\n")
        worlds[heading.strip()] = _read_world(text)
    return worlds


def _read_world(text: str) -> SmallWorld:
    world = SmallWorld(story=" ".join(line for line in text.splitlines() if line and not line.startswith("|")))
    header: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            header = []
        elif not header:
            header = cells
        elif set(line) - set("|-: "):
            _table_of(world, header[0]).append(dict(zip(header, cells, strict=True)))
    return world


def _table_of(world: SmallWorld, first_column: str) -> list[dict[str, str]]:
    tables = {"day": world.shipments, "company": world.companies, "party": world.matches, "owner": world.holdings}
    return (tables | {"statement": world.statements})[first_column]


def put_world(corridor: Corridor, world: SmallWorld) -> None:
    """Put the tables of a small world as if its names had been loaded and resolved, then classify and trace them.

    A row stands in the books of the country that it leaves, or of the one in its column `books`; what is weighed and
    not counted says so in `pieces`, as `26 KGM`; `through` are the declared transit countries, `origin` the declared
    country of origin, `goods` is the description, `part` a part number, `end user` and `forwarder` those that the row
    names, `seller at` and `buyer at` are addresses; `paper` is the number of a document, `licence` that of a licence,
    and `number` that of the declaration; `flow` says that a row leaves as a re-export, and `file` in which file it was
    given.
    Two rows on the first and last day between bystanders say how long the books run.
    """
    bystanders = {"from": "FR", "seller": "Bystander", "to": "ES", "buyer": "Onlooker", "hs6": "392690", "pieces": "1"}
    frame = [{"day": day.isoformat(), **bystanders, "usd": "1"} for day in (FIRST_DAY, LAST_DAY)]
    rows = [_shipment(number, cells) for number, cells in enumerate(world.shipments + frame)]
    corridor.put("shipments", pa.Table.from_pylist(rows, schema=TABLES["shipments"].schema))
    corridor.put("parties", _parties(rows))
    corridor.put("party_companies", _companies(world.companies))
    corridor.put("matches", _matches(world.matches))
    _put_owners(corridor, world)
    _put_register(corridor, world.companies)
    _put_statements(corridor, world.statements)
    corridor.put("targets", targets())
    corridor.put("origins", origins())
    classify(corridor, as_of=AS_OF)
    trace(corridor, window_days=180, max_hops=6)


def _shipment(number: int, cells: dict[str, str]) -> dict[str, object]:
    quantity, _, unit = cells.get("pieces", "").partition(" ")
    kilograms = cells.get("kg", "")
    row: dict[str, object] = dict.fromkeys(TABLES["shipments"].schema.names)
    return row | {
        "row_id": f"w-{number}",
        "row_no": number,
        "file": cells.get("file") or "world",
        "line": number,
        "shipment_id": cells.get("number") or f"w-{number}",
        "declared_on": date.fromisoformat(cells["day"]),
        "reporter": cells.get("books") or cells["from"],
        "flow": "import" if cells.get("books") == cells["to"] else cells.get("flow") or "export",
        "transit_countries": cells.get("through") or None,
        "document_id": cells.get("paper") or None,
        "licence_id": cells.get("licence") or None,
        "origin_country": cells.get("origin") or None,
        "part_number": cells.get("part") or None,
        "stated_end_use": cells.get("end use") or None,
        "exporter_name": cells["seller"],
        "exporter_country": cells["from"],
        "exporter_party": party_id(cells["seller"]),
        "exporter_address": cells.get("seller at") or None,
        "consignee_address": cells.get("buyer at") or None,
        "consignee_name": cells["buyer"],
        "consignee_country": cells["to"],
        "consignee_party": party_id(cells["buyer"]),
        "forwarder_name": cells.get("forwarder") or None,
        "end_user_name": cells.get("end user") or None,
        "end_user_country": cells["to"] if cells.get("end user") else None,
        "end_user_party": party_id(cells["end user"]) if cells.get("end user") else None,
        "dispatch_country": cells["from"],
        "destination_country": cells["to"],
        "hs_code": cells["hs6"],
        "hs4": cells["hs6"][:4],
        "hs6": cells["hs6"],
        "description": cells.get("goods") or None,
        "quantity_base": float(quantity) if quantity else None,
        "base_unit": (unit or "C62") if quantity else None,
        "quantity_milli": int(quantity) * 1000 if quantity else None,
        "mass_g": round(float(kilograms) * 1000) if kilograms else None,
        "value_usd": float(cells["usd"]),
        "value_usd_cents": round(float(cells["usd"]) * 100),
    }


def party_id(name: str) -> str:
    """The party of a name in a small world: names are exact here."""
    return f"p-{name}"


def _parties(rows: list[dict[str, object]]) -> pa.Table:
    country_of: dict[str, str] = {}
    for row in rows:
        country_of[str(row["exporter_name"])] = str(row["dispatch_country"])
        country_of[str(row["consignee_name"])] = str(row["destination_country"])
        if row["end_user_name"]:
            country_of.setdefault(str(row["end_user_name"]), str(row["destination_country"]))
    parties = [
        {
            "party_id": party_id(name),
            "name": name,
            "kind": "organisation",
            "country": country,
            "names": [name],
            "source_ids": [],
            "why_merged": [],
        }
        for name, country in sorted(country_of.items())
    ]
    return pa.Table.from_pylist(parties, schema=TABLES["parties"].schema)


def _companies(companies: list[dict[str, str]]) -> pa.Table:
    companies = [row for row in companies if row.get("incorporated_on")]
    born = [(date.fromisoformat(row["incorporated_on"]) - date(1970, 1, 1)) // timedelta(days=1) for row in companies]
    ids = [party_id(row["company"]) for row in companies]
    return pa.table({"party_id": pa.array(ids, pa.string()), "born_day": pa.array(born, pa.int32())})


def _matches(matches: list[dict[str, str]]) -> pa.Table:
    rows = [
        {
            "party_id": party_id(row["party"]),
            "listing_id": row["listing"],
            "list": "own",
            "name_matched": row["listed name"],
            "score": float(row["score"]),
            "reason": "name",
            "as_of": AS_OF,
            "conflict": row.get("conflict", ""),
            "decision": row.get("decision", ""),
            "decided": row.get("decision", ""),
        }
        for row in matches
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["matches"].schema)


def _put_owners(corridor: Corridor, world: SmallWorld) -> None:
    """Holdings in per cent of shares: `51`, `25..50`, or `?` where the share is not known."""
    empty: dict[str, object] = dict.fromkeys(TABLES["ownership"].schema.names)
    rows, known = [], set()
    for number, row in enumerate(world.holdings):
        low, _, high = row["percent"].partition("..")
        shares = {} if low == "?" else {"share_min": float(low), "share_max": float(high or low)}
        ids = {"owner_id": party_id(row["owner"]), "owned_id": party_id(row["owned"])}
        known |= set(ids.values())
        days = {side: date.fromisoformat(row[side]) for side in ("valid_from", "valid_to") if row.get(side)}
        said = {"row_id": f"o-{number}", "owner_kind": "unknown", "interest": "shares", "joint_with": []}
        names = {"owner_name": row["owner"], "owned_name": row["owned"]}
        rows.append(empty | ids | said | names | shares | days)
    corridor.put("ownership", pa.Table.from_pylist(rows, schema=TABLES["ownership"].schema))
    holders = [{"holder_id": one, "name": one.removeprefix("p-"), "party_id": one} for one in sorted(known)]
    corridor.put("holders", pa.Table.from_pylist(holders, schema=TABLES["holders"].schema))
    listed: dict[str, dict[str, object]] = {}
    for match in world.matches:
        nothing: dict[str, object] = {key: [] for key in TABLES["listings_matched"].schema.names}
        one = {"listing_id": match["listing"], "list": "made", "kind": "unknown", "name": match["listed name"]}
        listed[match["listing"]] = {
            **nothing, **one, "reason": None, "delisted_on": None, "source_url": None,
            "listed_on": date.fromisoformat(match["listed_on"]) if match.get("listed_on") else None,
        }  # fmt: skip
        if match.get("listed address"):
            listed[match["listing"]]["addresses"] = [match["listed address"]]
    schema = TABLES["listings_matched"].schema
    corridor.put("listings", pa.Table.from_pylist(list(listed.values()), schema=TABLES["listings"].schema))
    corridor.put("listings_matched", pa.Table.from_pylist(list(listed.values()), schema=schema))
    control(corridor, as_of=AS_OF)
    tell_owner_facts(corridor, as_of=AS_OF)


def _put_register(corridor: Corridor, companies: list[dict[str, str]]) -> None:
    """What the register says; `many` stands for so many other companies at the same address."""
    rows = []
    empty: dict[str, object] = dict.fromkeys(TABLES["company_parties"].schema.names)
    for number, row in enumerate(companies):
        said: dict[str, object] = {
            key: row[key] for key in ("address", "phone", "email", "industry", "country") if row.get(key)
        }
        said["other_names"] = [one.strip() for one in row.get("other names", "").split(";") if one.strip()]
        for day in ("incorporated_on", "dissolved_on"):
            said[day] = date.fromisoformat(row[day]) if row.get(day) else None
        said["officers"] = [one.strip() for one in row.get("officers", "").split(";") if one.strip()]
        said["employees"] = int(row["employees"]) if row.get("employees") else None
        for copy in range(1 + int(row.get("many") or 0)):
            name = row["company"] if copy == 0 else f"{row['company']} neighbour {copy}"
            ids = {"row_id": f"c-{number}-{copy}", "company_id": f"{number}-{copy}", "party_id": party_id(name)}
            kept = said if copy == 0 else {"address": row.get("address"), "officers": []}
            rows.append(empty | kept | ids | {"name": name})
    corridor.put("company_parties", pa.Table.from_pylist(rows, schema=TABLES["company_parties"].schema))
    share_attributes(corridor)
    name_phoenixes(corridor)
    read_papers(corridor)
    read_end_uses(corridor)
    measure_ways(corridor)


def _put_statements(corridor: Corridor, statements: list[dict[str, str]]) -> None:
    """End-user statements; `names` are the shipments, such as w-0, or papers that one names, and `use` is its text."""
    empty: dict[str, object] = dict.fromkeys(TABLES["end_use_statements"].schema.names)
    rows, parties = [], []
    for number, row in enumerate(statements):
        said: dict[str, object] = {
            ours: row[theirs]
            for theirs, ours in (("statement", "statement_id"), ("end user", "end_user_name"), ("hs6", "hs6"),
                                 ("signed by", "signatory_name"), ("stamp", "stamp"), ("use", "stated_end_use"),
                                 ("licence", "licence_id"), ("part", "part_number"), ("given to", "exporter_name"))
            if row.get(theirs)
        }  # fmt: skip
        for theirs, ours in (("issued", "issued_on"), ("until", "valid_until")):
            said[ours] = date.fromisoformat(row[theirs]) if row.get(theirs) else None
        if row.get("pieces"):
            said |= {"base_unit": "C62", "quantity_milli": int(row["pieces"]) * 1000}
        names = [one.strip() for one in row.get("names", "").split(";") if one.strip()]
        rows.append(empty | said | {"row_id": f"s-{number + 2}", "shipment_ids": names})
        parties.append({"row_id": f"s-{number + 2}", "party_id": party_id(row["end user"])})
    corridor.put("end_use_statements", pa.Table.from_pylist(rows, schema=TABLES["end_use_statements"].schema))
    corridor.put("statement_parties", pa.Table.from_pylist(parties, schema=TABLES["statement_parties"].schema))
    cover_shipments(corridor)
    mark_reuse(corridor)
    ask_officers(corridor)
