"""Which mentions are one party? Those that one reporter gives one number, and those whose names agree in every way.

Precision goes first: a wrong merge accuses the innocent, a missed one only leaves two rows where there could be one.
"""

from collections import defaultdict
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.corridor import Corridor
from landwaiter.resolve.clusters import Clusters, Join
from landwaiter.resolve.doubts import join_doubted
from landwaiter.resolve.pairs import compare_spellings
from landwaiter.resolve.spellings import Spellings, find_spellings
from landwaiter.resolve.wording import why_merged
from landwaiter.text.columns import Ints
from landwaiter.text.fold import fold
from landwaiter.text.kinds import KINDS, ORGANISATION, PERSON, kinds_of

# A number that a book gives to more names than a firm has is a placeholder.
_MOST_NAMES_OF_NUMBER = 20
_PLACEHOLDERS = frozenset(("", "0", "na", "n/a", "none", "null", "nil", "unknown", "-"))


def link(corridor: Corridor, *, threads: int) -> None:
    """Read `mentions` and put `mention_parties` and `parties`; the same rows in any order give the same parties."""
    mentions = corridor.get("mentions")
    spellings = find_spellings(mentions)
    clusters = Clusters(spellings, _books(mentions, spellings))
    for first, second in _joined_by_number(mentions, spellings):
        clusters.join_by_number(first, second)
    pairs = compare_spellings(corridor, spellings, threads=threads)
    clusters.join_by_name(pairs)
    reporters = np.asarray(mentions.column("reporter").combine_chunks().dictionary_encode().indices, np.int64)
    join_doubted(clusters, pairs, spellings, reporters)
    _join_unknown_countries(clusters, spellings)
    party_of = np.array(clusters.labels(), np.int64)[spellings.of_mention]
    ids, party_of = _party_ids(mentions, party_of)
    corridor.put(
        "mention_parties",
        pa.table({"mention_no": mentions.column("mention_no"), "party_id": ids.take(pa.array(party_of))}),
    )
    corridor.put("parties", _parties(mentions, spellings, ids, party_of, clusters.joins))


def _books(mentions: pa.Table, spellings: Spellings) -> list[tuple[int, str, str, str]]:
    """Spelling, reporter, number and folded address of each mention that has a number or an address."""
    told = pc.or_(pc.not_equal(mentions.column("id"), ""), pc.not_equal(mentions.column("address"), ""))
    chosen = np.flatnonzero(np.asarray(told))
    rows = mentions.take(pa.array(chosen))
    addresses = rows.column("address").combine_chunks().dictionary_encode()
    folded = fold(addresses.dictionary.to_pylist())
    return list(
        zip(
            spellings.of_mention[chosen].tolist(),
            rows.column("reporter").to_pylist(),
            rows.column("id").to_pylist(),
            [folded[place] for place in addresses.indices.to_pylist()],
            strict=True,
        )
    )


def _joined_by_number(mentions: pa.Table, spellings: Spellings) -> list[tuple[int, int]]:
    """Pairs of spellings that one reporter gives the same number."""
    with_number: dict[tuple[str, str], set[int]] = defaultdict(set)
    columns = (mentions.column(name).to_pylist() for name in ("reporter", "id"))
    for spelling, reporter, number in zip(spellings.of_mention.tolist(), *columns, strict=True):
        if number.lower() not in _PLACEHOLDERS and number.strip("0"):
            with_number[reporter, number].add(spelling)
    pairs = []
    for group in with_number.values():
        if 1 < len(group) <= _MOST_NAMES_OF_NUMBER:
            first, *others = sorted(group)
            pairs += [(first, other) for other in others]
    return sorted(pairs)


def _join_unknown_countries(clusters: Clusters, spellings: Spellings) -> None:
    """A name without a country is that of the one country in whose firms it is found just so, if it is one."""
    known = defaultdict(list)
    forms = spellings.forms
    for spelling in np.flatnonzero(~spellings.is_generic).tolist():
        name = spellings.names[spelling]
        known[forms.plain[name], int(forms.numbers[name])].append(spelling)
    for group in known.values():
        without = [spelling for spelling in group if spellings.countries[spelling] == 0]
        if without and len(without) < len(group):
            clusters.join_same_names(without, [spelling for spelling in group if spelling not in without])


def _party_ids(mentions: pa.Table, party_of: Ints) -> tuple[pa.Array, Ints]:
    """Id of each party and the party of each mention, as a place among the ids.

    The id is made of the smallest mention's country, folded name, reporter and number, whatever the order of rows.
    """
    names = mentions.column("name").combine_chunks().dictionary_encode()
    folded = pa.array(fold(names.dictionary.to_pylist()), pa.string()).take(names.indices)
    columns = [mentions.column(name) for name in ("country", "reporter", "id")]
    keys = pc.binary_join_element_wise(columns[0], folded, columns[1], columns[2], "\x1f").combine_chunks()
    order = np.asarray(pc.sort_indices(pa.table({"party": party_of, "key": keys}),
                                       sort_keys=[("party", "ascending"), ("key", "ascending")]))  # fmt: skip
    fresh = np.ones(len(order), bool)
    fresh[1:] = party_of[order][1:] != party_of[order][:-1]
    smallest = keys.take(pa.array(order[fresh])).to_pylist()
    _, places = np.unique(party_of, return_inverse=True)
    return pa.array(_digests(smallest), pa.string()), places.reshape(-1)


def _digests(keys: list[str]) -> list[str]:
    """An id of twelve hexadecimal digits for each key; of two keys that would have one, the later is taken again."""
    taken: dict[str, str] = {}
    for key in sorted(keys):
        salted = key
        while (ident := f"p-{blake2b(salted.encode(), digest_size=6).hexdigest()}") in taken:
            salted += "\x1f"
        taken[ident] = key
    assert len(set(keys)) == len(keys), "two parties have one smallest mention"
    ident_of = {key: ident for ident, key in taken.items()}
    return [ident_of[key] for key in keys]


def _parties(mentions: pa.Table, spellings: Spellings, ids: pa.Array, party_of: Ints, joins: list[Join]) -> pa.Table:
    count = len(ids)
    names = mentions.column("name")
    numbers = pc.binary_join_element_wise(mentions.column("reporter"), mentions.column("id"), ":")
    has_number = np.asarray(pc.not_equal(mentions.column("id"), ""))
    owner, sentences = why_merged(mentions, spellings, party_of, joins)
    return pa.table({
        "party_id": ids,
        "name": _most_used(mentions, party_of),
        "kind": _kinds(spellings, party_of, count),
        "country": _country(mentions, party_of, count),
        "names": _distinct_lists(party_of, names, count),
        "source_ids": _distinct_lists(party_of[has_number], numbers.filter(pa.array(has_number)), count),
        "why_merged": _lists(owner, pa.array(sentences, pa.string()), count),
    })  # fmt: skip


def _most_used(mentions: pa.Table, party_of: Ints) -> pa.Array:
    table = pa.table({"party": party_of, "lots": mentions.column("lots"), "name": mentions.column("name")})
    totals = table.group_by(["party", "name"]).aggregate([("lots", "sum")])
    order = [("party", "ascending"), ("lots_sum", "descending"), ("name", "ascending")]
    ordered = totals.take(pc.sort_indices(totals, sort_keys=order))
    party = np.asarray(ordered.column("party"))
    first = np.flatnonzero(np.concatenate([[True], party[1:] != party[:-1]])) if len(party) else party
    return ordered.column("name").combine_chunks().take(pa.array(first))


def _kinds(spellings: Spellings, party_of: Ints, count: int) -> pa.Array:
    kinds = kinds_of(spellings.forms)[spellings.names][spellings.of_mention]
    says = [np.zeros(count, bool) for _ in KINDS]
    for kind in (PERSON, ORGANISATION):
        says[kind][party_of[kinds == kind]] = True
    found = np.where(says[ORGANISATION], ORGANISATION, np.where(says[PERSON], PERSON, 0))
    return pa.array(KINDS, pa.string()).take(pa.array(found))


def _country(mentions: pa.Table, party_of: Ints, count: int) -> pa.Array:
    """The country of the party: the one of most lots, where one number stands for two."""
    table = pa.table({"party": party_of, "country": mentions.column("country"), "lots": mentions.column("lots")})
    totals = table.filter(pc.not_equal(table.column("country"), "")).group_by(["party", "country"])
    counted = totals.aggregate([("lots", "sum")])
    order = [("party", "ascending"), ("lots_sum", "descending"), ("country", "ascending")]
    ordered = counted.take(pc.sort_indices(counted, sort_keys=order))
    party = np.asarray(ordered.column("party"), np.int64)
    first = np.flatnonzero(np.concatenate([[True], party[1:] != party[:-1]])) if len(party) else party
    place = np.full(count, -1, np.int64)
    place[party[first]] = first
    return ordered.column("country").combine_chunks().take(pa.array(place, mask=place < 0))


def _distinct_lists(party_of: Ints, values: pa.ChunkedArray, count: int) -> pa.ListArray:
    table = pa.table({"party": party_of, "value": values}).group_by(["party", "value"]).aggregate([])
    ordered = table.take(pc.sort_indices(table, sort_keys=[("party", "ascending"), ("value", "ascending")]))
    owner = np.asarray(ordered.column("party"), np.int64)
    return _lists(owner, ordered.column("value").combine_chunks(), count)


def _lists(owner: Ints, values: pa.Array, count: int) -> pa.ListArray:
    """Lists of the values of each party; `owner` ascends."""
    ends = np.cumsum(np.bincount(owner, minlength=count))
    return pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]), pa.int32()), values)
