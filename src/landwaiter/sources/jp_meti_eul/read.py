"""Whom does Japan's Ministry of Economy, Trade and Industry name as end users of concern?"""

import re
from itertools import count

from landwaiter.errors import ListError
from landwaiter.sources.delimited import records_of
from landwaiter.sources.json_records import Record, check_keys, json_of, records, text_in, texts_of
from landwaiter.sources.mixed_names import take_apart
from landwaiter.sources.reading import Entry, Files, ListFile, Reading, Reject, listed
from landwaiter.sources.values import country_code

KEYS = """addresses aliases country date_added entity_name entity_type id last_verified list_id reason source_list_name
    source_url"""
KINDS = {"organization": "organisation", "individual": "person"}
COLUMNS = (
    "No.",
    "Country or Region",
    "Company or Organization",
    "Also Known As",
    "Type of WMD",
    "Conventional Weapons",
)


def read(files: Files) -> Reading:
    """Listings of the published table as CSV, or of its JSON copy in the security export control registry.

    Its running number is the key: the ministry gives no other, and renumbers now and then. The ministry publishes PDF
    and XLSX; save the XLSX as CSV.
    """
    rejects: list[Reject] = []
    file = next(iter(files.values()))
    entries = _json_entries(file, rejects) if "json" in files else _csv_entries(file, rejects)
    return listed("jp_meti_eul", file.name, entries, rejects=rejects)


def _json_entries(file: ListFile, rejects: list[Reject]) -> list[Entry]:
    found = records(json_of(file), file.name)
    if not found:
        raise ListError(file.name, "it has no entries")
    return [_json_entry(said, line, file.name, rejects) for line, said in zip(count(1), found, strict=False)]


def _json_entry(said: Record, line: int, file: str, rejects: list[Reject]) -> Entry:
    check_keys(said, KEYS, f"{file}, entry {line}")
    kind = text_in(said, "entity_type")
    number = text_in(said, "id").removeprefix("jp-eul-")
    places = [_country_first(place) for place in texts_of(said, "addresses")]
    name = text_in(said, "entity_name")
    if not name:
        # The copy was made from the columns of a PDF: where they touched, the name stands behind the country.
        name = next((rest for _, rest in places if rest), "")
        rejects.append(Reject(file, number, line, "entity_name", name, "taken from behind the country, where it stood"))
    entry = _entry(number, line, name, texts_of(said, "aliases"))
    entry.kind = KINDS.get(kind, kind)
    entry.reason = text_in(said, "reason")
    entry.listed_on = text_in(said, "date_added")
    entry.source_url = text_in(said, "source_url")
    entry.countries = [country for country, _ in places]
    entry.addresses = [f"{country} {rest}" for country, rest in places if rest and rest != name]
    return entry


def _csv_entries(file: ListFile, rejects: list[Reject]) -> list[Entry]:
    entries: list[Entry] = []
    required = COLUMNS[:4]
    for line, row in records_of(file, COLUMNS, rejects, required=required):
        entry = _entry(row["No."].strip(), line, row["Company or Organization"], [row["Also Known As"]])
        entry.kind = "organisation"
        # Both languages stand in one cell: 中国 People's Republic of China.
        entry.countries = [re.sub(r"[^\x20-\x7e]+", " ", row["Country or Region"]).strip()]
        concerns = [row.get("Type of WMD", ""), row.get("Conventional Weapons", "")]
        entry.reason = "; ".join(concern for cell in concerns if (concern := " ".join(cell.split())))
        entries.append(entry)
    return entries


def _entry(number: str, line: int, name: str, aliases: list[str]) -> Entry:
    found = take_apart(name, *aliases)
    return Entry(
        key=number,
        line=line,
        names=found.names,
        weak_names=found.weak_names,
        programmes=["End User List"],
    )


def _country_first(place: str) -> tuple[str, str]:
    """The country that a text begins with, and the rest; the whole text where it begins with none."""
    words = place.split()
    for size in range(len(words), 0, -1):
        if country_code(" ".join(words[:size])):
            return " ".join(words[:size]), " ".join(words[size:])
    return place, ""
