"""What is a lead called, and where is it? A party by its name and country, a chain by its ends and who passed it on."""

from collections import defaultdict
from typing import Any, NamedTuple

import pyarrow as pa

from landwaiter.ref.outlines import country_name
from landwaiter.report.shelf import Assessment, Shelf
from landwaiter.report.wording import listing


class Name(NamedTuple):
    """A lead's title and where it is: a country by its name, or both ends of a chain by their codes."""

    title: str
    where: str


def name_leads(shelf: Shelf, assessments: list[Assessment]) -> list[Name]:
    """A name for each assessment, in their order."""
    chains = _name_chains(shelf, {row["subject_id"] for row in assessments if row["subject_kind"] == "chain"})
    return [_name(row, chains) for row in assessments]


def _name(row: Assessment, chains: dict[str, Name]) -> Name:
    if row["subject_kind"] == "chain" and row["subject_id"] in chains:
        return chains[row["subject_id"]]
    title = row["name"] or f"{row['subject_kind'].capitalize()} {row['subject_id']}"
    return Name(title, country_name(row["country"]))


def _name_chains(shelf: Shelf, chains: set[str]) -> dict[str, Name]:
    columns = ["chain_id", "position", "row_id", "from_origin", "to_target"]
    ways: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for link in _rows(shelf.where("chains", columns, chain_id=chains)):
        ways[link["chain_id"]].append(link)
    for way in ways.values():
        way.sort(key=lambda link: link["position"])
    # Who received a lot that is not the last one has passed it on.
    passed_on = {link["row_id"] for way in ways.values() for link in way[:-1]}
    lots = _rows(shelf.where("shipments", ["row_id", "consignee_name"], row_id=passed_on))
    receiver = {lot["row_id"]: lot["consignee_name"] for lot in lots}
    names = {}
    for chain, way in ways.items():
        ends = f"{way[0]['from_origin']} → {way[0]['to_target']}"
        firms = dict.fromkeys(receiver.get(link["row_id"]) for link in way[:-1])
        through = listing([firm for firm in firms if firm], 2)
        names[chain] = Name(f"Chain {ends} through {through}" if through else f"Chain {ends}", ends)
    return names


def _rows(table: pa.Table | None) -> list[dict[str, Any]]:
    return [] if table is None else list(table.to_pylist())
