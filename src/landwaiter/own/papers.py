"""What do the papers of a party say that an officer would stop at? Roles, trades and contacts read from words.

Each line is a fact about one party with the words it was read from; red flags decide what it means beside its goods.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.corridor import Corridor
from landwaiter.own.shared import digits, domain_of, free_mail
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES
from landwaiter.text.fold import fold

LEAST = 25  # signs of a stated end use below which two texts are the same by chance

NOBODY = "name that stands for nobody"
# Bodies that hold one thing each are numbered or bear a year: II to XXXIX, 1990 to 2039.
NUMBERED = re.compile(r"x{0,3}(?:ix|iv|v?i{2,3}|vi)|x{1,3}[iv]|x{2,3}|199\d|20[0-3]\d")


def read_papers(corridor: Corridor) -> None:
    """Read shipments, parties and, where a register was given, company_parties; put party_papers and end_use_texts."""
    parties = corridor.get("parties")
    countries = dict(zip(parties.column("party_id").to_pylist(), parties.column("country").to_pylist(), strict=True))
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for one in _of_registers(corridor, countries):
        rows.setdefault((one["party_id"], one["kind"], one["value"]), one)
    for one in _of_names(corridor):
        rows.setdefault((one["party_id"], one["kind"], one["value"]), one)
    ordered = [rows[key] for key in sorted(rows)]
    corridor.put("party_papers", pa.Table.from_pylist(ordered, schema=TABLES["party_papers"].schema))
    corridor.put("end_use_texts", _end_uses(corridor))


def _of_registers(corridor: Corridor, countries: dict[str, str | None]) -> Iterator[dict[str, str]]:
    free = free_mail()
    codes = sorted(
        ((line["calling_code"], line["countries"].split(";")) for line in read_facts("calling_codes").to_pylist()),
        key=lambda one: -len(one[0]),
    )
    trades = [(line["word"], line["trade"]) for line in read_facts("unrelated_trades").to_pylist()]
    companies = corridor.get("company_parties").to_pylist() if corridor.has("company_parties") else []
    industries = fold([one["industry"] or "" for one in companies])
    for company, industry in zip(companies, industries, strict=True):
        party = company["party_id"]
        domain = domain_of(company["email"])
        if domain in free:
            yield {"party_id": party, "kind": "free_mail", "value": domain, "word": company["email"]}
        place = _calls(company["phone"], codes)
        here = company["country"] or countries.get(party)
        if place and here and here not in place:
            yield {"party_id": party, "kind": "phone_elsewhere", "value": place[0], "word": company["phone"]}
        words = set(industry.split())
        for word, trade in trades:
            if word in words:
                yield {"party_id": party, "kind": "unrelated_trade", "value": trade, "word": company["industry"]}
                break


def _calls(phone: str | None, codes: list[tuple[str, list[str]]]) -> list[str]:
    """The countries of a number written for calls from abroad; none where it is written for its own."""
    if not (phone or "").strip().startswith(("+", "00")):
        return []
    number = digits(phone)
    return next((countries for code, countries in codes if number.startswith(code)), [])


def _of_names(corridor: Corridor) -> Iterator[dict[str, str]]:
    """Roles that a name itself says: a forwarder, a bank, nobody at all; and who is named as a forwarder elsewhere."""
    carriers = _carriers(corridor)
    roles = [(line["words"].split(), line["role"]) for line in read_facts("party_roles").to_pylist()]
    parties = corridor.get("parties").to_pylist()
    for party, folded in zip(parties, fold([one["name"] for one in parties]), strict=True):
        words = "".join(sign if sign.isalnum() else " " for sign in folded).split()
        role = _role_of(words, roles)
        if role:
            yield {"party_id": party["party_id"], "kind": "role", "value": role, "word": party["name"]}
        if folded in carriers:
            word = carriers[folded]
            yield {"party_id": party["party_id"], "kind": "carries", "value": "forwarder", "word": word}


def _carriers(corridor: Corridor) -> dict[str, str]:
    """The forwarders and brokers that rows name, by the name folded."""
    named = pc.unique(corridor.get("shipments").column("forwarder_name")).drop_null().to_pylist()
    return dict(zip(fold(named), named, strict=True))


def _role_of(words: list[str], roles: list[tuple[list[str], str]]) -> str:
    """The role of the first line that fits; none where a number behind its words makes the name one of a series."""
    for wanted, role in roles:
        end = _end_of(words, wanted)
        if end:
            numbered = role != NOBODY and any(map(NUMBERED.fullmatch, words[end:]))
            return "" if role == "none" or numbered else role
    return ""


def _end_of(words: list[str], wanted: list[str]) -> int:
    """Where the words end that stand side by side, or 0; Chinese has no spaces, so there a part of a word is enough."""
    if len(wanted) == 1 and "\u4e00" <= wanted[0][0] <= "\u9fff":
        return next((at for at, word in enumerate(words, 1) if wanted[0] in word), 0)
    ends = range(len(wanted), len(words) + 1)
    return next((end for end in ends if words[end - len(wanted) : end] == wanted), 0)


def _end_uses(corridor: Corridor) -> pa.Table:
    """Each stated end use that several consignees state word for word."""
    columns = ["row_id", "stated_end_use", "consignee_party", "exporter_party"]
    shipments = corridor.get("shipments").select(columns)
    rows = shipments.filter(shipments.column("stated_end_use").is_valid()).to_pylist()
    rows = [row for row in rows if row["consignee_party"]]
    texts = fold([row["stated_end_use"] for row in rows])
    by_text: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row, text in zip(rows, texts, strict=True):
        if len(text) >= LEAST:
            by_text[" ".join(text.split())].append(row)
    found = []
    for text in sorted(by_text):
        buyers = {row["consignee_party"] for row in by_text[text]}
        if len(buyers) < 2:
            continue
        sellers = {row["exporter_party"] for row in by_text[text]}
        spelling = min(row["stated_end_use"] for row in by_text[text])
        found += [
            {"row_id": row["row_id"], "party_id": row["consignee_party"], "text": spelling,
             "buyers": len(buyers), "sellers": len(sellers)}
            for row in by_text[text]
        ]  # fmt: skip
    return pa.Table.from_pylist(found, schema=TABLES["end_use_texts"].schema)
