"""How do lots stand in the customs books? One declaration line for each, in the columns of `shipments`."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.simulate.chance import choice, mix, share
from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.facts import HS_2022_FROM, Bools, Floats, Ints, Texts, countries, goods, texts_of
from landwaiter.simulate.names import Mentions, address, book_number, spell, tables, written_in
from landwaiter.simulate.plan import CHUNK_ROWS, Parameters

# Dollars for one unit of the currency, yearly averages as central banks published them; other years take the nearest.
DOLLARS = {"EUR": {2021: 1.183, 2022: 1.053, 2023: 1.082}, "CNY": {2021: 0.155, 2022: 0.149, 2023: 0.141}}
CURRENCIES = ("USD", "EUR", "CNY")
MODES = ("1", "2", "3", "4")  # Sea, rail, road, air: UN/ECE Recommendation 19.
END_USES = ("production", "resale", "repair and maintenance", "own use", "research", "assembly of equipment")
LINE_COLUMNS = (
    "shipment_id", "declared_on", "reporter", "flow",
    "exporter_name", "exporter_id", "exporter_address", "exporter_country",
    "consignee_name", "consignee_id", "consignee_address", "consignee_country",
    "end_user_name", "end_user_country", "stated_end_use", "forwarder_name",
    "origin_country", "dispatch_country", "destination_country", "transit_countries",
    "hs_code", "hs_edition", "description", "part_number", "quantity", "quantity_unit", "net_mass_kg",
    "value", "currency", "value_usd", "transport_mode", "document_id", "licence_id",
)  # fmt: skip


@dataclass(frozen=True)
class Book:
    """The lines of one chunk that the view keeps.

    Args:
        lines: the columns of `shipments`.
        kept: positions of the lines among the chunk's lots.
        mentions: each firm in each spelling that occurs.
        names, ids: of the mentions.
    """

    lines: pa.Table
    kept: Ints
    mentions: Mentions
    names: Texts
    ids: Texts


def write_book(parameters: Parameters, chunk: Chunk) -> Book:
    """Declare the chunk's lots: each stands once, in the books of the country that sends it.

    In the view of origin and target, what reaches a target from elsewhere stands in the target's import books instead.
    """
    cast, there = chunk.cast, countries()
    seller, buyer = cast.country[chunk.lots["seller"]], cast.country[chunk.lots["buyer"]]
    reporter, imported = seller, np.zeros(len(seller), dtype=np.bool_)
    if parameters.view == "origin-target":
        imported = (there.role[buyer] == "target") & (there.role[seller] != "maker")
        reporter = np.where(imported, buyer, seller)
    kept = np.flatnonzero(_is_seen(parameters.view, reporter))
    fields = {name: np.ascontiguousarray(chunk.lots[name])[kept] for name in chunk.lots.dtype.names or ()}
    lines = _Lines(parameters, chunk, kept, fields, seller[kept], buyer[kept], reporter[kept], imported[kept])
    mentions, of_exporter, of_consignee = lines.mentions()
    names, ids = spell(parameters, mentions), book_number(parameters, mentions)
    places = address(parameters, mentions, written_in(parameters, mentions))
    columns = lines.trade() | lines.terms()
    for role, index in (("exporter", of_exporter), ("consignee", of_consignee)):
        lost = lines.drawn(f"{role} id") < parameters.id_lost_rate
        columns[f"{role}_name"] = _coded(names, index)
        columns[f"{role}_id"] = _coded(ids, index, lost | (ids == "")[index])
        columns[f"{role}_address"] = _coded(places, index, (places == "")[index])
        columns[f"{role}_country"] = _coded(there.code, mentions.country[index])
    unsaid = lines.by_relation("end user") > 0.15
    columns["end_user_name"] = _coded(names, of_consignee, unsaid)
    columns["end_user_country"] = _coded(there.code, buyer[kept], unsaid)
    return Book(pa.table({name: columns[name] for name in LINE_COLUMNS}), kept, mentions, names, ids)


def shipment_ids(chunk: int, position: Ints, reporter: Ints) -> pa.Array:
    """The reporters' own numbers of the lots at these positions of a chunk; they tell neither day nor order."""
    scrambled = 1_000_000_000 + chunk * CHUNK_ROWS + position * 40_503 % CHUNK_ROWS
    codes = pa.array(countries().code[reporter], pa.string())
    return pc.binary_join_element_wise(codes, pa.array(scrambled).cast(pa.string()), "")


def _is_seen(view: str, reporter: Ints) -> Bools:
    roles = {"all": ("maker", "hub", "target", "other"), "origin": ("maker",), "origin-target": ("maker", "target")}
    return np.asarray(np.isin(countries().role, roles[view])[reporter])


@dataclass(frozen=True)
class _Lines:
    """The facts of the lines, from which their columns are made."""

    parameters: Parameters
    chunk: Chunk
    kept: Ints
    lots: dict[str, Ints]
    seller: Ints
    buyer: Ints
    reporter: Ints
    imported: Bools

    def drawn(self, what: str) -> Floats:
        """A number from 0 to 1 for each line."""
        return share(self.parameters.seed, self.chunk.number * CHUNK_ROWS + self.kept, _word_hash(what))

    def by_relation(self, what: str) -> Floats:
        """A number from 0 to 1 for each line, the same for all lines of one side of a relation."""
        sides = self.chunk.number * CHUNK_ROWS * 2 + np.arange(len(self.chunk.relations) * 2)
        drawn = share(self.parameters.seed, sides, _word_hash(what))
        return np.asarray(drawn[self.lots["relation"] * 2 + self.lots["is_onward"]])

    def mentions(self) -> tuple[Mentions, Ints, Ints]:
        """Who is mentioned, and which mention each line's exporter and consignee is."""
        cast, many = self.chunk.cast, len(countries().code)
        variant = (self.by_relation("variant") < 0.12).astype(np.int64)
        keys = [(self.lots[side] * many + self.reporter) * 2 + variant for side in ("seller", "buyer")]
        found, index = np.unique(np.concatenate(keys), return_inverse=True)
        firm, reporter = found // 2 // many, found // 2 % many
        who = Mentions(
            number=cast.number[firm],
            name_no=cast.name_no[firm],
            twin=cast.twin[firm],
            address_no=cast.address_no[firm],
            country=cast.country[firm],
            reporter=reporter,
            variant=found % 2,
        )
        return who, index[: len(self.kept)], index[len(self.kept) :]

    def trade(self) -> dict[str, pa.Array]:
        """What, when, where from and where to."""
        there, made = countries(), goods()
        day, good, origin = self.lots["day"], self.lots["good"], self.lots["origin"]
        # Arrivals are declared a few days after the goods left.
        day = day + np.where(self.imported, 2 + np.floor(self.drawn("way") * 12).astype(np.int64), 0)
        flow = np.where(self.imported, 1, np.where(origin == self.seller, 0, 2))
        script = there.script[self.reporter]
        words = np.concatenate([*made.words, texts_of([text.upper() for text in made.words[0]])])
        row = np.where(there.shouts[self.reporter] & (script == 0), len(made.words), script)
        old = day < HS_2022_FROM
        codes = np.concatenate([made.hs6, made.before_2022])
        return {
            "shipment_id": shipment_ids(self.chunk.number, self.kept, self.reporter),
            "declared_on": pa.array(day.astype(np.int32), pa.int32()).cast(pa.date32()),
            "reporter": _coded(there.code, self.reporter),
            "flow": _coded(texts_of(["export", "import", "re-export"]), flow),
            "origin_country": _coded(there.code, *self._declared_origin(origin)),
            "dispatch_country": _coded(there.code, self.seller),
            "destination_country": _coded(there.code, self.buyer),
            "hs_code": _coded(codes, good + np.where(old, len(made.hs6), 0)),
            "hs_edition": _coded(texts_of(["2022", "2017"]), old.astype(np.int64)),
            "description": _coded(words, row * len(made.hs6) + good),
            "part_number": self._part_number(good),
            "quantity": pa.array(self.lots["quantity"]),
            "quantity_unit": _coded(made.unit, good),
            "net_mass_kg": pa.array(np.maximum(np.round(self.lots["mass_g"] / 1000, 3), 0.001)),
        }

    def _declared_origin(self, origin: Ints) -> tuple[Ints, Bools]:
        """Who re-exports does not always say where the goods were made, and sometimes says that it was at home."""
        drawn = self.by_relation("origin")
        again = self.lots["is_onward"].astype(np.bool_)
        return np.where(again & (drawn > 0.92), self.seller, origin), np.where(again, drawn < 0.1, drawn < 0.02)

    def terms(self) -> dict[str, pa.Array]:
        """Money, carriage and papers."""
        there, made = countries(), goods()
        drawn = self.by_relation("currency")
        at_home = np.array([CURRENCIES.index(c) for c in there.currency.tolist()])[self.reporter]
        currency = np.where(drawn < 0.55, at_home, np.where(drawn < 0.9, 0, 1))
        usd = np.maximum(np.round(self.lots["usd"], 2), 0.01)
        transit = np.floor(self.by_relation("transit country") * len(there.of_role("hub"))).astype(np.int64)
        needs = made.is_listed[self.lots["good"]] & (there.role == "maker")[self.lots["origin"]]
        licensed = self.chunk.relations["licensed"][self.lots["relation"]]
        has_licence = (needs & (self.by_relation("licence") < 0.3)) | licensed
        use = np.floor(self.by_relation("use") * len(END_USES)).astype(np.int64)
        mode = np.floor(self.by_relation("mode") ** 1.4 * len(MODES)).astype(np.int64)
        relation = self.lots["relation"] + self.chunk.number * CHUNK_ROWS
        document = (mix(self.parameters.seed, relation, self.lots["day"], 61) % np.uint64(10**9)).astype(np.int64)
        licence = (mix(self.parameters.seed, relation, 62) % np.uint64(10**6)).astype(np.int64) + 10**6
        return {
            "value": pa.array(np.maximum(np.round(usd / self._rate(currency), 2), 0.01)),
            "currency": _coded(texts_of(list(CURRENCIES)), currency),
            "value_usd": pa.array(usd, mask=self.drawn("usd") < 0.02),
            "transit_countries": _coded(there.code[there.of_role("hub")], transit, self.by_relation("transit") > 0.08),
            "stated_end_use": _coded(texts_of(list(END_USES)), use, self.by_relation("stated") > 0.15),
            "forwarder_name": self._forwarder(),
            "transport_mode": _coded(texts_of(list(MODES)), mode),
            "document_id": _numbered("D", document + 10**9),
            "licence_id": pc.if_else(pa.array(has_licence), _numbered("L", licence), pa.scalar(None, pa.string())),
        }

    def _rate(self, currency: Ints) -> Floats:
        year = self.lots["day"].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        year = np.clip(year, 2021, 2023) - 2021
        rates = np.array([[1.0] * 3, list(DOLLARS["EUR"].values()), list(DOLLARS["CNY"].values())])
        return rates[currency, year]

    def _part_number(self, good: Ints) -> pa.Array:
        """Four listed goods in ten carry the maker's part number, and keep it unless they change their code."""
        trade = self.chunk.relations
        relation = np.arange(len(trade))
        seed = self.parameters.seed
        letters = texts_of([a + b for a in "ABCDFGKLMNPRSTVX" for b in "CDKMNRTX"])
        series = choice(len(letters), seed, trade["suppliers"][:, 0], 63)
        model = 100 + choice(900, seed, trade["suppliers"][:, 0], trade["good"], relation % 7, 64)
        text = letters[series] + model.astype(str).astype(object)
        marked = goods().is_listed[trade["good"]] & (share(seed, relation, self.chunk.number, 65) < 0.4)
        index = self.lots["relation"]
        return _coded(text, index, ~marked[index] | (good != trade["good"][index]))

    def _forwarder(self) -> pa.Array:
        heads, tails = tables().head[0][0], tables().tail[0][0]
        names = heads[:40] + np.resize(tails, 40) + " Logistics"
        picked = np.floor(self.by_relation("forwarder") * len(names)).astype(np.int64)
        return _coded(names, picked, self.by_relation("forwarded") > 0.5)


def _coded(words: Texts, index: Ints, is_lost: Bools | None = None) -> pa.DictionaryArray:
    """A text column by position in `words`; the words of the column are made unique, as Parquet likes them."""
    known = pa.array(words, pa.string()).dictionary_encode()
    codes = known.indices.to_numpy(zero_copy_only=False)[index]
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32(), mask=is_lost), known.dictionary)


def _numbered(letter: str, number: Ints) -> pa.Array:
    return pc.binary_join_element_wise(pa.scalar(letter), pa.array(number).cast(pa.string()), "")


def _word_hash(word: str) -> int:
    return int.from_bytes(word.encode("ascii"), "big") % (2**61 - 1)
