"""How do lots stand in the customs books? One declaration line for each, in the columns of `shipments`."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pyarrow as pa

from landwaiter.simulate.chance import Hashes, as_share, choice, mix, mix_on, share
from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.digits import lettered
from landwaiter.simulate.entries import COPIES, Entries, entries_of, state_of, word_hash
from landwaiter.simulate.facts import (
    END_USES,
    FORM_PLACES,
    FORM_THINGS,
    HS_2022_FROM,
    ONE_FORM,
    OWN_FORM,
    Bools,
    Floats,
    Ints,
    Texts,
    countries,
    goods,
    texts_of,
)
from landwaiter.simulate.names import Mentions, address, book_number, spell, tables, written_in
from landwaiter.simulate.plan import CHUNK_ROWS, Parameters

# Dollars for one unit of the currency, yearly averages as central banks published them; other years take the nearest.
DOLLARS = {"EUR": {2021: 1.183, 2022: 1.053, 2023: 1.082}, "CNY": {2021: 0.155, 2022: 0.149, 2023: 0.141}}
CURRENCIES = ("USD", "EUR", "CNY")
MODES = ("1", "2", "3", "4")  # Sea, rail, road, air: UN/ECE Recommendation 19.
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
    """Declare the chunk's lots in the books that the view has, each line with the faults that such books have."""
    seller, buyer = chunk.cast.country[chunk.lots["seller"]], chunk.cast.country[chunk.lots["buyer"]]
    entries = entries_of(parameters, chunk, seller, buyer)
    kept = entries.lot
    fields = {name: np.ascontiguousarray(chunk.lots[name])[kept] for name in chunk.lots.dtype.names or ()}
    imported = entries.copy % 2 == 1
    reporter = np.where(imported, buyer[kept], seller[kept])
    lines = _Lines(parameters, chunk, entries, fields, seller[kept], buyer[kept], reporter, imported)
    there = countries()
    mentions, of_exporter, of_consignee = lines.mentions()
    names, ids = spell(parameters, mentions), book_number(parameters, mentions)
    places = address(parameters, mentions, written_in(parameters, mentions))
    of_name, of_id, of_place = _encoded(names), _encoded(ids), _encoded(places)
    columns = lines.trade() | lines.terms()
    for role, index in (("exporter", of_exporter), ("consignee", of_consignee)):
        lost = lines.drawn(f"{role} id") < parameters.id_lost_rate
        columns[f"{role}_name"] = _coded(of_name, index)
        columns[f"{role}_id"] = _coded(of_id, index, lost | (ids == "")[index])
        columns[f"{role}_address"] = _coded(of_place, index, (places == "")[index])
        columns[f"{role}_country"] = _coded(there.code, mentions.country[index])
    unsaid = (lines.by_relation("end user") > 0.15) | chunk.relations["blind"][fields["relation"]]
    columns["end_user_name"] = _coded(of_name, of_consignee, unsaid)
    columns["end_user_country"] = _coded(there.code, buyer[kept], unsaid)
    return Book(pa.table({name: columns[name] for name in LINE_COLUMNS}), kept, mentions, names, ids)


def shipment_ids(chunk: int, entries: Entries, reporter: Ints) -> pa.Array:
    """The reporters' own numbers of the entries of a chunk; they tell neither day nor order."""
    most = CHUNK_ROWS * COPIES
    scrambled = 1_000_000_000 + chunk * most + (entries.lot * COPIES + entries.copy) * 81_005 % most
    return lettered(countries().code, reporter, scrambled)


@dataclass(frozen=True)
class _Lines:
    """The facts of the lines, from which their columns are made."""

    parameters: Parameters
    chunk: Chunk
    entries: Entries
    lots: dict[str, Ints]
    seller: Ints
    buyer: Ints
    reporter: Ints
    imported: Bools

    @cached_property
    def _of_lines(self) -> Hashes:
        return state_of(self.parameters, self.chunk.number, self.entries)

    @cached_property
    def _of_sides(self) -> Hashes:
        sides = self.chunk.number * CHUNK_ROWS * COPIES + np.arange(len(self.chunk.relations) * COPIES)
        return mix(self.parameters.seed, sides)

    @cached_property
    def _side(self) -> Ints:
        return np.asarray(self.lots["relation"] * COPIES + self.lots["is_onward"] * 2 + self.imported)

    def drawn(self, what: str) -> Floats:
        """A number from 0 to 1 for each line."""
        return as_share(mix_on(self._of_lines, word_hash(what)))

    def drawn_abroad(self, what: str) -> Floats:
        """The same where there are lines of the receiver's book; elsewhere it does not matter."""
        return self.drawn(what) if self.imported.any() else np.zeros(len(self.imported))

    def by_relation(self, what: str) -> Floats:
        """A number from 0 to 1 for each line, the same for all lines of one side of a relation in one book."""
        return np.asarray(as_share(mix_on(self._of_sides, word_hash(what)))[self._side])

    def of_relation(self, field: str) -> Ints:
        """What the papers of each line's relation say."""
        return np.asarray(self.chunk.relations[field][self.lots["relation"]])

    def mentions(self) -> tuple[Mentions, Ints, Ints]:
        """Who is mentioned, and which mention each line's exporter and consignee is."""
        cast, many = self.chunk.cast, len(countries().code)
        variant = (self.by_relation("variant") < 0.12).astype(np.int64)
        keys = [(self.lots[side] * many + self.reporter) * 2 + variant for side in ("seller", "buyer")]
        # A table of all keys that could be, which costs less than sorting those that are.
        is_there = np.zeros(len(cast.number) * many * 2, dtype=np.bool_)
        for key in keys:
            is_there[key] = True
        found, place = np.flatnonzero(is_there), np.cumsum(is_there) - 1
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
        return who, place[keys[0]], place[keys[1]]

    def trade(self) -> dict[str, pa.Array]:
        """What, when, where from and where to."""
        there, made = countries(), goods()
        day, good, origin = self.lots["day"], self.lots["good"], self.lots["origin"]
        # Arrivals are declared a few days after the goods left, now and then much later.
        way = 2 + np.floor(self.drawn_abroad("way") * 12).astype(np.int64) + self.of_relation("late")
        declared = day + np.where(self.imported, way, 0)
        told = good
        good = np.where(self._is_renamed(), _neighbours()[good], good)
        # Under another code the words may still be those of the goods as they came.
        kept = self.of_relation("is_told") & (self.of_relation("ratio") <= 1)
        told = np.where(kept, np.where(self.lots["is_onward"], self.of_relation("good"), told), good)
        flow = np.where(self.imported, 1, np.where(origin == self.seller, 0, 2))
        script = there.script[self.reporter]
        words = np.concatenate([*made.words, texts_of([text.upper() for text in made.words[0]])])
        row = np.where(there.shouts[self.reporter] & (script == 0), len(made.words), script)
        old = declared < HS_2022_FROM
        codes = np.concatenate([made.hs6, made.before_2022])
        return {
            "shipment_id": shipment_ids(self.chunk.number, self.entries, self.reporter),
            "declared_on": pa.array(declared.astype(np.int32), pa.int32()).cast(pa.date32()),
            "reporter": _coded(there.code, self.reporter),
            "flow": _coded(texts_of(["export", "import", "re-export"]), flow),
            "origin_country": _coded(there.code, *self._declared_origin(origin)),
            "dispatch_country": _coded(there.code, self.seller),
            "destination_country": _coded(there.code, self.buyer),
            "hs_code": _coded(codes, good + np.where(old, len(made.hs6), 0)),
            "hs_edition": _coded(texts_of(["2022", "2017"]), old.astype(np.int64)),
            "description": _coded(words, row * len(made.hs6) + told),
            "part_number": self._part_number(good),
            **self._amounts(),
        }

    def _amounts(self) -> dict[str, pa.Array]:
        """How much: some books count in thousands or weigh what others count, and a first entry may be wrong."""
        quantity = self.lots["quantity"].astype(np.float64)
        wrong = self.entries.is_wrong
        slip = np.where(wrong, 1 + 0.02 + 0.3 * self.drawn("slip"), 1.0) if wrong.any() else np.ones(len(wrong))
        # Who receives weighs anew.
        weighed = np.where(self.imported, 1 + 0.02 * (self.drawn_abroad("scale") - 0.5), 1.0)
        mass = np.maximum(np.round(self.lots["mass_g"] * weighed * slip / 1000, 3), 0.001)
        quantity = np.where(wrong, np.ceil(quantity * slip), quantity)
        pieces = goods().unit[self.lots["good"]] == "C62"
        drawn = np.ones(len(mass)) if self.parameters.view == "all" else self.by_relation("unit")
        rate = self.parameters.other_unit_rate
        in_kg, in_thousands = pieces & (drawn < rate), pieces & (drawn > 1 - rate / 3) & (drawn < 1)
        units = np.concatenate([goods().unit, texts_of(["KGM", "MIL"])])
        many = len(goods().unit)
        unit = np.where(in_kg, many, np.where(in_thousands, many + 1, self.lots["good"]))
        stated = np.where(in_kg, mass, np.where(in_thousands, quantity / 1000, quantity))
        return {
            "quantity": pa.array(np.round(stated, 3)),
            "quantity_unit": _coded(units, unit),
            "net_mass_kg": pa.array(mass),
        }

    def _is_renamed(self) -> Bools:
        """Books of the country of arrival put some goods under a neighbouring code."""
        return self.imported & (self.by_relation("code") < self.parameters.other_code_rate)

    def _declared_origin(self, origin: Ints) -> tuple[Ints, Bools]:
        """Who re-exports often does not say where the goods were made, or says that it was at home."""
        drawn = self.by_relation("origin")
        again = self.lots["is_onward"].astype(np.bool_) | self.imported
        return np.where(again & (drawn > 0.75), self.seller, origin), np.where(again, drawn < 0.45, drawn < 0.02)

    def terms(self) -> dict[str, pa.Array]:
        """Money, carriage and papers."""
        there, made = countries(), goods()
        drawn = self.by_relation("currency")
        at_home = np.array([CURRENCIES.index(c) for c in there.currency.tolist()])[self.reporter]
        currency = np.where(drawn < 0.45, at_home, np.where(drawn < 0.9, 0, 1))
        low, high = self.parameters.cif_low, self.parameters.cif_high
        freight = np.where(self.imported, 1 + low + (high - low) * self.drawn_abroad("freight"), 1.0)
        usd = np.maximum(np.round(self.lots["usd"] * freight, 2), 0.01)
        through, via = there.of_role("hub"), self.of_relation("via")
        through = through[np.floor(self.by_relation("transit country") * len(through)).astype(np.int64)]
        through = np.where(via >= 0, via, through)
        no_transit = (self.by_relation("transit") > 0.08) & (via < 0)
        needs = made.is_listed[self.lots["good"]] & (there.role == "maker")[self.lots["origin"]]
        licensed = self.of_relation("licensed") & (there.role == "target")[self.buyer]
        has_licence = (needs & (self.by_relation("licence") < 0.2)) | licensed
        mode = np.floor(self.by_relation("mode") ** 1.4 * len(MODES)).astype(np.int64)
        relation = self.lots["relation"] + self.chunk.number * CHUNK_ROWS
        side = self.lots["is_onward"] * 2 + self.imported
        document = (mix(self.parameters.seed, relation, self.lots["day"], side, 61) % np.uint64(10**9)).astype(np.int64)
        of_chunk = np.arange(len(self.chunk.relations)) + self.chunk.number * CHUNK_ROWS
        licence = (mix(self.parameters.seed, of_chunk, 62) % np.uint64(10**6)).astype(np.int64) + 10**6
        licences = texts_of([f"L{number}" for number in licence.tolist()])
        return {
            "value": pa.array(np.maximum(np.round(usd / self._rate(currency), 2), 0.01)),
            "currency": _coded(texts_of(list(CURRENCIES)), currency),
            "value_usd": pa.array(usd, mask=self.drawn("usd") < 0.02),
            "transit_countries": _coded(there.code, through, no_transit),
            "stated_end_use": self._end_use(),
            "forwarder_name": self._forwarder(),
            "transport_mode": _coded(texts_of(list(MODES)), mode),
            "document_id": lettered(texts_of(["D"]), np.zeros(len(document), dtype=np.int64), document + 10**9),
            "licence_id": _coded(licences, self.lots["relation"], ~has_licence),
        }

    def _end_use(self) -> pa.Array:
        """A word or two, the buyer's own form of words, the seller's, or one form that a scheme gives to all."""
        use, stated = np.floor(self.by_relation("use") * len(END_USES)).astype(np.int64), self.of_relation("use")
        unstated, use = (self.by_relation("stated") > 0.15) & (stated < 0), np.where(stated >= 0, stated, use)
        drawn, form = self.by_relation("form"), self.of_relation("form")
        number = self.chunk.cast.number
        writer = np.where(drawn < 0.4, 2 * number[self.lots["buyer"]], 2 * number[self.lots["seller"]] + 1)
        writer = np.where(form == OWN_FORM, 2 * number[self.lots["buyer"]], writer)
        writer = np.where(form >= ONE_FORM, -form, writer)
        short = (form < 0) & (drawn > 0.55)
        stated = np.flatnonzero(~unstated)
        keys = (np.where(short, 0, writer + 10**9) * len(END_USES) + use)[stated]
        keys, index = np.unique(keys, return_inverse=True)
        at = np.zeros(len(unstated), dtype=np.int64)
        at[stated] = index
        return _coded(end_uses(self.parameters.seed, keys // len(END_USES), keys % len(END_USES)), at, unstated)

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
        version = np.where(trade["part"] >= 0, trade["part"], relation % 7)
        series = choice(len(letters), seed, trade["suppliers"][:, 0], 63)
        model = 100 + choice(900, seed, trade["suppliers"][:, 0], trade["good"], version, 64)
        text = texts_of([f"{a}{n}" for a, n in zip(letters[series].tolist(), model.tolist(), strict=True)])
        marked = share(seed, relation, self.chunk.number, 65) < 0.4
        marked = goods().is_listed[trade["good"]] & (marked | (trade["part"] >= 0))
        index = self.lots["relation"]
        return _coded(text, index, ~marked[index] | (good != trade["good"][index]))

    def _forwarder(self) -> pa.Array:
        heads, tails = tables().head[0][0], tables().tail[0][0]
        names = heads[:40] + np.resize(tails, 40) + " Logistics"
        picked = np.floor(self.by_relation("forwarder") * len(names)).astype(np.int64)
        return _coded(names, picked, self.by_relation("forwarded") > 0.5)


def end_uses(seed: int, form: Ints, use: Ints) -> Texts:
    """A stated end use in each form of words; form 0 is the use alone."""
    words = texts_of(list(END_USES))[use]
    things, places = texts_of(list(FORM_THINGS)), texts_of(list(FORM_PLACES))
    thing = things[choice(len(things), seed, form, use, 66)]
    place = places[choice(len(places), seed, form, use, 67)]
    order = (100 + choice(900, seed, form, use, 68)).astype(str).astype(object)
    return np.asarray(np.where(form == 0, words, words + ": " + thing + " for " + place + ", order " + order))


def _encoded(words: Texts) -> pa.DictionaryArray:
    """Words that a column points at; they are made unique, as Parquet likes them."""
    return pa.array(words, pa.string()).dictionary_encode()


def _coded(words: Texts | pa.DictionaryArray, index: Ints, is_lost: Bools | None = None) -> pa.DictionaryArray:
    """A text column by position in `words`."""
    known = words if isinstance(words, pa.DictionaryArray) else _encoded(words)
    codes = known.indices.to_numpy(zero_copy_only=False)[index]
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32(), mask=is_lost), known.dictionary, safe=False)


@cache
def _neighbours() -> Ints:
    """For each kind of goods another one of its heading, or of its chapter, for which it might be taken."""
    made = goods()
    others = []
    for at, code in enumerate(made.hs6.tolist()):
        alike = [k for k, one in enumerate(made.hs6.tolist()) if k != at and made.unit[k] == made.unit[at]]
        same = [k for k in alike if made.hs6[k][:4] == code[:4]] or [k for k in alike if made.hs6[k][:2] == code[:2]]
        others.append((same or [at])[0])
    return np.array(others)
