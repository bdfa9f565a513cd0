import csv
import gzip
import random
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.ref.identifiers import national_identifier
from landwaiter.screen.asking import asked_of_parties
from landwaiter.screen.decisions import Decisions, decide
from landwaiter.screen.index import Asked, NameIndex
from landwaiter.screen.match import MOST_LISTINGS, screen, set_aside
from landwaiter.screen.standing import listed_of, stand
from landwaiter.tables import TABLES

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def corridor(tmp_path_factory):
    with open_duck(tmp_path_factory.mktemp("corridor"), memory_mb=500, threads=2) as opened:
        yield opened


def listing(ident, name, *others, weak=(), **facts):
    row = {"listing_id": ident, "list": ident.split(":")[0], "kind": "unknown", "name": name, "countries": [],
           "birth_dates": [], "addresses": [], "identifiers": [], "programmes": [], **facts}  # fmt: skip
    names = [*((one, False) for one in (name, *others)), *((one, True) for one in weak)]
    rows = [{"listing_id": ident, "position": place, "name": one, "is_weak": is_weak}
            for place, (one, is_weak) in enumerate(names)]  # fmt: skip
    return row, rows


def listed_tables(listings):
    return (
        pa.Table.from_pylist([row for row, _ in listings], schema=TABLES["listings"].schema),
        pa.Table.from_pylist([name for _, names in listings for name in names], schema=TABLES["listing_names"].schema),
    )


def party(number, name, *others, country=None, kind="unknown", source_ids=()):
    return {"party_id": f"p-{number:012d}", "name": name, "kind": kind, "country": country, "names": [name, *others],
            "source_ids": list(source_ids), "why_merged": []}  # fmt: skip


def matches(corridor, listings, parties, as_of=DAY, **options):
    listing_table, names = listed_tables(listings)
    corridor.put("listings", listing_table)
    corridor.put("listing_names", names)
    corridor.put("parties", pa.Table.from_pylist(parties, schema=TABLES["parties"].schema))
    screen(corridor, as_of=as_of, threads=1, **options)
    return corridor.get("matches").to_pylist()


LAI = listing("tw:1", "賴清德", "Lai Ching-te", kind="person", countries=["TW"])
KUPOL = listing("us:7", "JSC Kupol", "АО «Купол»", kind="organisation", countries=["RU"])


def test_a_party_is_found_across_scripts_and_the_reason_says_how(corridor):
    found = matches(
        corridor, [LAI, KUPOL], [party(1, "ООО Купол", country="RU", kind="organisation"), party(2, "Lai, Ching-te")]
    )
    assert [(row["party_id"][-1], row["listing_id"], row["list"]) for row in found] == [
        ("1", "us:7", "us"),
        ("2", "tw:1", "tw"),
    ]
    assert found[0]["name_matched"] == "JSC Kupol"
    assert found[0]["reason"] == "name 1.00 (Cyrillic to Latin), country agrees, kind agrees, legal form differs"
    assert 0.75 <= found[0]["score"] < 1
    assert found[0]["as_of"] == DAY


def test_an_alias_is_needed_for_a_name_of_ones_own_choice(corridor):
    william = party(1, "William Lai", country="TW")
    assert matches(corridor, [LAI], [william]) == []
    known_as = listing("tw:1", "賴清德", "William Lai", kind="person")
    assert [row["name_matched"] for row in matches(corridor, [known_as], [william])] == ["William Lai"]


@pytest.mark.parametrize(
    ("listed_on", "delisted_on", "is_found"),
    [(None, None, True), (DAY, None, True), (date(2026, 1, 2), None, False), (None, DAY, True),
     (None, date(2025, 12, 31), False), (date(2020, 1, 1), date(2030, 1, 1), True)],
)  # fmt: skip
def test_only_listings_in_force_on_the_day_count(corridor, listed_on, delisted_on, is_found):
    one = listing("us:7", "Kupol", listed_on=listed_on, delisted_on=delisted_on)
    assert bool(matches(corridor, [one], [party(1, "Kupol")])) == is_found


def test_a_weak_alias_counts_only_with_a_second_fact(corridor):
    one = listing("un:1", "Ahmad Khalfan Ghailani", weak=["Fupi Kupolov"], kind="person", countries=["TZ"])
    assert matches(corridor, [one], [party(1, "Fupi Kupolov")]) == []
    assert matches(corridor, [one], [party(1, "Fupi Kupolov", country="KE")]) == []
    assert len(matches(corridor, [one], [party(1, "Fupi Kupolov", country="TZ")])) == 1


def test_country_and_kind_move_the_score_and_a_name_alone_is_never_certain(corridor):
    here, unknown, elsewhere, person = (
        matches(corridor, [KUPOL], [party(1, "Kupol JSC", country=country, kind=kind)], threshold=0.5)[0]["score"]
        for country, kind in (("RU", "unknown"), (None, "unknown"), ("DE", "unknown"), (None, "person"))
    )
    assert 1 > here > unknown > elsewhere
    assert unknown > person


def test_of_very_many_listings_the_ten_best_are_kept(corridor):
    listings = [listing(f"us:{place:02d}", "Kupol Orbita" + " Zenith" * (place > 11)) for place in range(15)]
    found = matches(corridor, listings, [party(1, "Kupol Orbita"), party(2, "Kupol Orbita")])
    assert len(found) == 2 * MOST_LISTINGS
    assert {row["listing_id"] for row in found} == {f"us:{place:02d}" for place in range(10)}


def test_a_name_of_frequent_words_only_is_found_where_it_is_equal(corridor):
    listings = [listing(f"us:{place}", f"Global Star {chr(65 + place % 26)}{place}x Trading") for place in range(700)]
    found = matches(
        corridor, [*listings, listing("us:x", "Global Star Trading")], [party(1, "GLOBAL STAR TRADING L.L.C.")]
    )
    assert "us:x" in {row["listing_id"] for row in found}
    (said,) = corridor.get("screen_dropped").to_pylist()
    assert 0 < said["dropped"] < said["keys"]


@pytest.mark.parametrize("parties", [[], [party(1, "")], [party(1, "...")]])
def test_nobody_is_nobody(corridor, parties):
    assert matches(corridor, [KUPOL], parties) == []


def test_no_list_gives_no_match(corridor):
    assert matches(corridor, [], [party(1, "Kupol")]) == []


def test_a_customs_number_finds_a_listing_under_any_name(corridor):
    renamed = party(1, "Orbita Trading", source_ids=["RU:1831083343"])
    bare, schemed, wrong = (
        listing(ident, "JSC Kupol", identifiers=[number])
        for ident, number in (("us:1", "1831083343"), ("us:2", "inn:1831083343"), ("us:3", "vkn:1831083343"))
    )
    found = matches(corridor, [bare, schemed, wrong], [renamed])
    assert [row["listing_id"] for row in found] == ["us:1", "us:2"]
    assert all(row["reason"].endswith("identifier agrees") for row in found)
    assert matches(corridor, [bare], [party(1, "Orbita Trading", source_ids=["DE:1831083343", "RU:1831083344"])]) == []


def test_a_number_that_very_many_have_leads_nowhere(corridor):
    listings = [listing(f"us:{place}", f"Firm {place}x", identifiers=["inn:1831083343"]) for place in range(60)]
    assert matches(corridor, listings, [party(1, "Orbita Trading", source_ids=["RU:1831083343"])]) == []


def real_listings(count):
    path = SHARED / "lists" / "all_listings.csv.gz"
    if not path.exists():
        pytest.skip("the shared lists are not here")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = random.Random(5).sample(list(csv.DictReader(file)), count)

    def cut(cell):
        return [part for part in cell.split(";") if part.strip()]

    return [
        listing(row["listing_id"], row["name"], *cut(row["other_names"]), weak=cut(row["weak_names"]), kind=row["kind"],
                countries=cut(row["country"]), birth_dates=cut(row["birth_date"]), identifiers=cut(row["identifiers"]))
        for row in rows
    ]  # fmt: skip


def test_the_index_finds_what_the_join_finds(corridor):
    listings = real_listings(4_000)
    chance = random.Random(3)
    parties = []
    for number, (row, names) in enumerate(chance.sample(listings, 400)):
        name = chance.choice(names)["name"]
        cut = chance.randrange(len(name) + 1)
        typo = [name, name.upper(), name[:cut] + name[cut + 1 :], " ".join(reversed(name.split()))][number % 4]
        numbers = [f"{country}:{one}" for country in ("RU", "CN", "TW") for one in row["identifiers"]]
        if number % 5 == 0 and any(map(national_identifier, numbers)):
            typo = "Another Name Entirely"
        country = chance.choice([None, "RU", *row["countries"]])
        parties.append(party(number, typo, country=country, source_ids=numbers))
    by_join = matches(corridor, listings, parties)
    index = NameIndex(*listed_tables(listings), as_of=DAY)
    asked = [
        Asked(
            one["names"],
            countries=[one["country"]] if one["country"] else [],
            identifiers=list(filter(None, map(national_identifier, one["source_ids"]))),
        )
        for one in parties
    ]
    assert any(row["reason"].endswith("identifier agrees") for row in by_join)
    assert sum(one["name"] == "Another Name Entirely" for one in parties) > 3
    by_index = {
        (one["party_id"], match.listing_id, match.name_matched, match.score, match.reason)
        for one, found in zip(parties, index.screen(asked), strict=True)
        for match in found
    }
    assert len(by_join) > 300
    assert {
        (row["party_id"], row["listing_id"], row["name_matched"], row["score"], row["reason"]) for row in by_join
    } == by_index
    alone = [index.screen([one])[0] for one in asked[:40]]
    assert alone == index.screen(asked[:40])


def test_an_officers_word_stands_beside_the_match_and_leaves_none_out(corridor):
    rows = [KUPOL, listing("us:8", "Kupol Trading")]
    tables = listed_tables(rows)
    ours = [party(1, "Kupol JSC", country="RU")]
    asked = asked_of_parties(pa.Table.from_pylist(ours, schema=TABLES["parties"].schema))[0]
    index = NameIndex(*tables, as_of=DAY)
    options = {"state": "cleared", "reason": "founded in 2019", "by": "WU", "on": DAY, "until": date(2026, 6, 30)}
    words = Decisions([decide(asked, "us:7", index.digest("us:7"), **options)])
    plain = matches(corridor, rows, ours)
    assert {(row["decision"], row["decided"]) for row in plain} == {("", "")}
    decided = matches(corridor, rows, ours, decisions=words)
    told = ("decision", "decided", "decided_until")
    assert [{**row, **dict.fromkeys(told)} for row in decided] == [{**row, **dict.fromkeys(told)} for row in plain]
    word = next(row for row in decided if row["listing_id"] == "us:7")
    assert (word["decision"], word["decided_until"]) == ("cleared", date(2026, 6, 30))
    assert word["decided"] == "cleared by WU on 2026-01-01 until 2026-06-30: founded in 2019"
    assert "1 possible matches are set aside" in set_aside(corridor.get("matches"))[0]
    later = matches(corridor, rows, ours, as_of=date(2026, 7, 1), decisions=words)
    assert next(row for row in later if row["listing_id"] == "us:7")["decision"] == ""
    renamed = matches(corridor, rows, [party(1, "Kupol JSC", "Kupol Moscow", country="RU")], decisions=words)
    assert renamed[0]["decided"].startswith("open again, our record has changed: cleared by WU")
    assert set_aside(corridor.get("matches")) == []


def test_an_index_that_was_kept_changes_no_match(corridor):
    listings = real_listings(1_500)
    kept = stand(*listed_tables(listings), as_of=DAY)
    ours = [party(number, names[-1]["name"].upper()) for number, (_, names) in enumerate(listings[::5])]
    made = matches(corridor, listings, ours)
    assert len(made) > 200
    assert matches(corridor, listings, ours, standing=kept) == made
    # Of other lists it is no index, whatever its age.
    fewer = [
        listing(row["listing_id"], "Orbita" if place == 3 else row["name"]) for place, (row, _) in enumerate(listings)
    ]
    assert matches(corridor, fewer, ours, standing=kept) == matches(corridor, fewer, ours)
    assert listed_of(kept, *listed_tables(fewer), as_of=DAY) is None
    assert listed_of(kept, *listed_tables(listings[1:]), as_of=DAY) is None
    assert listed_of(kept, *listed_tables(listings), as_of=DAY) is not None
