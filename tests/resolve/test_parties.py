import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.engine.duck import open_duck
from landwaiter.resolve.parties import link
from landwaiter.tables import TABLES

ROW = ("reporter", "country", "name", "id", "address", "lots")


@pytest.fixture(scope="module")
def corridor(tmp_path_factory):
    with open_duck(tmp_path_factory.mktemp("corridor"), memory_mb=500, threads=2) as opened:
        yield opened


def linked(corridor, rows):
    """Parties of these mentions, and for each mention, in the order given, the id of its party."""
    full = [(*row, *("", "", "", 1)[len(row) - 2 :])[:6] if len(row) < 6 else row for row in rows]
    order = sorted(range(len(full)), key=lambda place: full[place][:4])
    mentions = [{"mention_no": no, **dict(zip(ROW, full[place], strict=True))} for no, place in enumerate(order)]
    corridor.put("mentions", pa.Table.from_pylist(mentions, schema=TABLES["mentions"].schema))
    link(corridor, threads=1)
    ids = corridor.get("mention_parties").column("party_id").to_pylist()
    party_of = [ids[order.index(place)] for place in range(len(full))]
    return corridor.get("parties").to_pylist(), party_of


def mention(reporter, country, name, number="", address="", lots=1):
    return (reporter, country, name, number, address, lots)


def test_a_firm_is_one_over_reporters_scripts_and_legal_forms(corridor):
    parties, ids = linked(
        corridor,
        [
            mention("KZ", "KZ", "ТОО «Алатау Трейд»", "123", lots=5),
            mention("AE", "KZ", "Alatau Trade LLP", "9"),
            mention("CN", "KZ", "ALATAU  TRADE, L.L.P."),
            mention("KZ", "CN", "Shenzhen Huaqiang Optoelectronics Co Ltd", "b"),
            mention("CN", "CN", "深圳市華強光電有限公司", "a"),
        ],
    )
    assert ids[0] == ids[1] == ids[2]
    assert ids[3] == ids[4] != ids[0]
    firm = next(party for party in parties if party["party_id"] == ids[0])
    assert firm["name"] == "ТОО «Алатау Трейд»"
    assert (firm["kind"], firm["country"]) == ("organisation", "KZ")
    assert firm["source_ids"] == ["AE:9", "KZ:123"]
    assert len(firm["why_merged"]) == 2
    assert any("(Latin and Cyrillic), country KZ" in reason for reason in firm["why_merged"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (mention("RU", "RU", "Завод №28", "1"), mention("RU", "RU", "Завод №29", "2")),
        (mention("AE", "AE", "General Trading LLC", "1"), mention("KZ", "AE", "GENERAL TRADING L.L.C.", "77")),
        (mention("KZ", "KZ", "Alatau Trade LLP", "1"), mention("KZ", "UZ", "Alatau Trade LLP", "1x")),
        (mention("KZ", "KZ", "Alatau Trade LLP", "1"), mention("KZ", "KZ", "Alatau Trading LLP", "2")),
        (mention("RU", "RU", "ООО Ромашка"), mention("DE", "RU", "Romashka JSC")),
        (mention("RU", "RU", "Иванов Иван Иванович"), mention("DE", "RU", "Ivan Petrovich Ivanov")),
        (mention("CN", "CN", "王伟"), mention("DE", "CN", "Wang Wei")),
        (mention("CN", "CN", "华强有限公司"), mention("DE", "CN", "Huaqing Co Ltd")),
        (mention("AM", "AM", "Ararat Import LLC"), mention("GE", "AM", "Ararat Export LLC")),
        (mention("DE", "RU", "Severnaya Verf"), mention("FR", "RU", "Severnaya Neft")),
        (mention("DE", "IE", "Zendalux Growth Fund A Plc"), mention("FR", "IE", "Zendalux Growth Fund B Plc")),
        (mention("DE", "US", "Zendalux Partners XLVII LP"), mention("FR", "US", "Zendalux Partners XLVIII LP")),
        (mention("DE", "IN", "Zendalux Diamond Private Limited"), mention("FR", "IN", "Zendalux Diamond LLP")),
        (mention("DE", "US", "Zendalux Solar Energy LLC"), mention("FR", "US", "Zendalux Solar Energy Holdings LLC")),
        (mention("DE", "CN", "Zendalux Shenzhen Ltd"), mention("FR", "CN", "Zendalux Shanghai Ltd")),
        (mention("AE", "US", "Zendalux LLC", "1"), mention("AE", "US", "Zendalux Tools LLC", "2")),
        (mention("AE", "US", "Ivan Zendalukov"), mention("TR", "US", "Ivan Zendalikov")),
    ],
)
def test_what_could_be_two_firms_stays_two(corridor, first, second):
    parties, ids = linked(corridor, [first, second])
    assert ids[0] != ids[1]
    assert all(party["why_merged"] == [] for party in parties)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Vornovexal Industries LLC", "Vornoveaxl Industries LLC"),
        ("Kaldadexo Microelectronics LLC", "KALDADEXO LLC"),
        ("Vornovexal Tools GmbH", "VORNOVXAL TOOLS GMBH"),
    ],
)
def test_a_slip_or_a_lost_word_beside_a_rare_brand_is_the_same_firm_in_another_book(corridor, first, second):
    rows = [mention("AE", "US", first, "1"), mention("TR", "US", second)]
    parties, ids = linked(corridor, rows)
    assert ids[0] == ids[1]
    assert parties[0]["why_merged"][0].endswith("nobody else there has the brand, no book has both")
    one_book = [mention("AE", "US", first), mention("AE", "US", second)]
    assert len(set(linked(corridor, one_book)[1])) == 2


def test_a_brand_with_two_lines_of_business_is_two_firms_and_the_bare_brand_is_neither(corridor):
    rows = [
        mention("AE", "US", "Kaldadexo Bearings LLC"),
        mention("TR", "US", "Kaldadexo Optics LLC"),
        mention("KZ", "US", "Kaldadexo LLC"),
    ]
    assert len(set(linked(corridor, rows)[1])) == 3


def test_one_number_of_one_reporter_is_one_party_whatever_the_name(corridor):
    parties, ids = linked(
        corridor, [mention("KZ", "KZ", "Alatau Trade", "123"), mention("KZ", "KZ", "Tengri Import", "123")]
    )
    assert ids[0] == ids[1]
    assert parties[0]["why_merged"] == [
        "'Alatau Trade' (KZ 123) and 'Tengri Import' (KZ 123): one reporter gives both the same number"
    ]


@pytest.mark.parametrize("number", ["", "0", "000", "N/A", "-"])
def test_a_placeholder_is_no_number(corridor, number):
    _, ids = linked(
        corridor, [mention("KZ", "KZ", "Alatau Trade", number), mention("KZ", "KZ", "Tengri Import", number)]
    )
    assert ids[0] != ids[1]


def test_a_number_of_very_many_names_is_a_placeholder(corridor):
    words = [
        "Orbita",
        "Kupol",
        "Delta",
        "Zenith",
        "Severnaya",
        "Romashka",
        "Tengri",
        "Alatau",
        "Almaz",
        "Granit",
        "Vympel",
        "Kristall",
        "Polyus",
        "Radar",
        "Signal",
        "Topaz",
        "Uragan",
        "Fakel",
        "Shtorm",
        "Ekran",
        "Yantar",
        "Baikal",
    ]
    parties, _ = linked(corridor, [mention("KZ", "KZ", word, "999999999") for word in words])
    assert len(parties) == len(words)


def test_a_chain_of_likenesses_does_not_join_its_ends(corridor):
    # B could be A and could be C, but one reporter numbers A and C apart.
    _, ids = linked(
        corridor,
        [
            mention("KZ", "RU", "Severnaya Verf Balt", "1", "Pier 1"),
            mention("DE", "RU", "Северная Верфь Балт"),
            mention("KZ", "RU", "Severnaja Verf Balt", "2", "Dock 9"),
        ],
    )
    assert ids[0] != ids[2]


def test_a_name_without_country_goes_to_the_only_country_that_has_it(corridor):
    rows = [mention("AE", "KZ", "Alatau Trade LLP", "9"), mention("TR", "", "Alatau Trade LLP")]
    parties, ids = linked(corridor, rows)
    assert ids[0] == ids[1]
    assert parties[0]["country"] == "KZ"
    _, ids = linked(corridor, [*rows, mention("CN", "UZ", "Alatau Trade LLP")])
    assert len(set(ids)) == 3


def test_no_mentions_make_no_parties(corridor):
    assert linked(corridor, []) == ([], [])


def test_an_empty_name_is_nobodys(corridor):
    _, ids = linked(corridor, [mention("KZ", "KZ", "...", "1"), mention("AE", "KZ", "---", "2")])
    assert ids[0] != ids[1]


NAMES = st.sampled_from(
    [
        "Alatau Trade LLP",
        "ТОО Алатау Трейд",
        "Alatau Trading",
        "Kupol 1",
        "Kupol 2",
        "General Trading",
        "深圳华强光电",
        "Renamed",
    ]
)
MENTIONS = st.lists(
    st.tuples(st.sampled_from(["KZ", "AE"]), st.sampled_from(["KZ", "CN", ""]), NAMES, st.sampled_from(["", "1", "2"])),
    max_size=8, unique=True,
)  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(rows=MENTIONS, chance=st.randoms(use_true_random=False))
def test_parties_do_not_depend_on_the_order_of_rows(corridor, rows, chance):
    rows = [mention(*row) for row in rows]
    parties, ids = linked(corridor, rows)
    shuffled = chance.sample(range(len(rows)), len(rows))
    again, ids_again = linked(corridor, [rows[place] for place in shuffled])
    assert again == parties
    assert [ids[place] for place in shuffled] == ids_again
    assert len(parties) == len(set(ids))
    assert sum(len(party["why_merged"]) for party in parties) == len(rows) - len(parties)
    for party in parties:
        mine = [row for row, ident in zip(rows, ids, strict=True) if ident == party["party_id"]]
        assert party["names"] == sorted({row[2] for row in mine})
        numbered = {(row[0], row[3]) for row in mine if row[3]}
        assert party["source_ids"] == sorted(f"{reporter}:{number}" for reporter, number in numbered)


def test_planted_firms_are_found_again_and_nothing_else_is_joined(corridor):
    chance = random.Random(7)
    brands = [f"{first}{last}" for first in ("Ala", "Bor", "Kup", "Zen", "Orb", "Gra", "Tor", "Vym") for last in
              ("tau", "delta", "mash", "prom", "tex", "nova", "lux", "gor", "stan", "lit")]  # fmt: skip
    rows, truth = [], []
    for firm, brand in enumerate(brands):
        writings = [f"{brand} Electronics LLC", f"{brand.upper()} ELECTRONICS L.L.C", f"OOO {brand} Elektronika"]
        for reporter, writing in zip(("KZ", "AE", "TR"), writings, strict=True):
            rows.append(mention(reporter, "RU", writing, str(chance.randrange(10**6))))
            truth.append(firm)
    _, ids = linked(corridor, rows)
    together = {(truth[a], truth[b]) for a in range(len(ids)) for b in range(a) if ids[a] == ids[b]}
    assert all(first == second for first, second in together)
    assert len(together) == len(brands)
    assert len(set(ids)) == len(brands)


def test_generic_names_of_one_book_are_one_party_and_two_parties_never_share_an_id(corridor):
    names = ("Trading Ltd", "TRADING LTD.", "Ltd")
    rows = [mention("KZ", "AE", name, number) for name in names for number in ("", "1")]
    parties, ids = linked(corridor, rows)
    assert ids[0] == ids[2]
    assert len({party["party_id"] for party in parties}) == len(parties) == len(set(ids))
