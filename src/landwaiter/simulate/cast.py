"""Who acts in a chunk of the world? The sellers known everywhere, and the firms that only this chunk has."""

from dataclasses import dataclass, field

import numpy as np

from landwaiter.simulate.chance import choice
from landwaiter.simulate.facts import FORWARDER, Floats, Ints, countries
from landwaiter.simulate.plan import Parameters

SLOTS = 8_192  # Firms that one chunk may have of its own; their numbers never meet those of another chunk.


@dataclass(frozen=True)
class Pool:
    """Firms to pick from, by country; a few are picked far more often than the rest."""

    members: Ints
    offset: Ints
    size: Ints

    def pick(self, rng: np.random.Generator, country: Ints) -> Ints:
        """One firm of each country asked for."""
        place = np.floor(rng.random(country.shape) ** 1.6 * self.size[country]).astype(np.int64)
        return np.asarray(self.members[self.offset[country] + place])


@dataclass
class Cast:
    """Firms by position: first the sellers, then the chunk's own.

    Args:
        sellers: how many of the firms are sellers known everywhere.
        own_from: true number of the chunk's first own firm; no other chunk comes near it.
        name_no: which made-up name; shared with `twin` > 0 by a near-namesake.
        address_no, officer_no: whose address and officers the firm has, usually its own.
        officer_country: where those officers come from.
        said: what registers say otherwise than of anybody, by kind and firm; see `say`.
    """

    sellers: int
    own_from: int
    number: Ints
    country: Ints
    founded: Ints
    name_no: Ints
    twin: Ints
    address_no: Ints
    officer_no: Ints
    officer_country: Ints
    pools: dict[str, Pool] = field(default_factory=dict)
    said: dict[str, dict[int, int]] = field(default_factory=dict)

    def add(self, country: Ints, founded: Ints) -> Ints:
        """Add firms and give their positions."""
        first, many = len(self.number), len(country)
        assert first + many <= self.sellers + SLOTS, "a chunk has too many firms"
        number = self.own_from + np.arange(first, first + many) - self.sellers
        self.number = np.concatenate([self.number, number])
        self.country = np.concatenate([self.country, country])
        self.founded = np.concatenate([self.founded, founded])
        self.name_no = np.concatenate([self.name_no, number])
        self.twin = np.concatenate([self.twin, np.zeros(many, dtype=np.int64)])
        self.address_no = np.concatenate([self.address_no, number])
        self.officer_no = np.concatenate([self.officer_no, number])
        self.officer_country = np.concatenate([self.officer_country, country])
        return np.arange(first, first + many)

    def share_officers(self, firm: int, of: int) -> None:
        """Let a firm have the officers of another."""
        self.officer_no[firm] = self.officer_no[of]
        self.officer_country[firm] = self.officer_country[of]

    def say(self, what: str, firm: int, value: int) -> None:
        """Let registers say something of a firm: whose phone and mail domain it has, free_mail, trade, staff, dial."""
        self.said.setdefault(what, {})[firm] = value


def assemble(parameters: Parameters, chunk: int, rng: np.random.Generator) -> Cast:
    """The firms of one chunk: sellers, buyers everywhere, and traders, most of them in the hubs."""
    sizes = _seller_sizes(parameters)
    sellers = int(sizes.sum())
    number = np.arange(sellers)
    country = np.repeat(np.arange(len(sizes)), sizes)
    founded = parameters.first_day - 400 - choice(9000, parameters.seed, number, 11)
    same = np.zeros(sellers, dtype=np.int64)
    cast = Cast(sellers, sellers + chunk * SLOTS, number, country, founded, number, same, number, number, country)
    cast.pools["sellers"] = _pool_of(number, country)
    _hire(cast, parameters, rng, parameters.chunk_rows(chunk))
    _name_twins(cast, rng)
    traders = cast.pools["traders"].members
    cast.twin[traders[rng.random(len(traders)) < 0.04]] = FORWARDER
    return cast


def _hire(cast: Cast, parameters: Parameters, rng: np.random.Generator, rows: int) -> None:
    there = countries()
    everywhere = np.arange(len(there.code))
    buyers = np.concatenate([everywhere, everywhere, _spread(rng, there.buys, rows // 40)])
    in_hubs = _spread(rng, np.where(there.role == "hub", there.buys, 0.0), rows // 95 + 8)
    elsewhere = _spread(rng, np.where(there.role == "hub", 0.0, there.buys), rows // 420 + 4)
    traders = np.concatenate([everywhere, in_hubs, elsewhere])
    country = np.concatenate([buyers, traders])
    # Three firms in twenty are young: founded while the world already runs.
    span = parameters.last_day - parameters.first_day
    founded = np.where(
        rng.random(len(country)) < 0.15,
        parameters.first_day + rng.integers(0, max(1, span - 250), len(country)),
        parameters.first_day - 200 - rng.integers(0, 8000, len(country)),
    )
    positions = cast.add(country, founded)
    cast.pools["buyers"] = _pool_of(positions[: len(buyers)], buyers)
    cast.pools["traders"] = _pool_of(positions[len(buyers) :], traders)


def _name_twins(cast: Cast, rng: np.random.Generator) -> None:
    """One firm in fifty carries the brand of another of its country with a word that nobody else uses."""
    own = np.arange(cast.sellers, len(cast.number))
    pairs = rng.permutation(own)
    pairs = pairs[: len(pairs) // 50 * 2].reshape(-1, 2)
    cast.name_no[pairs[:, 0]] = cast.name_no[pairs[:, 1]]
    cast.twin[pairs[:, 0]] = rng.integers(1, 5, len(pairs))


def _seller_sizes(parameters: Parameters) -> Ints:
    grown = min(6.0, 1.5 + parameters.rows / 200_000)
    return np.maximum(3, np.round(countries().sells * grown)).astype(np.int64)


def _spread(rng: np.random.Generator, weights: Floats, many: int) -> Ints:
    return rng.choice(len(weights), many, p=weights / weights.sum())


def _pool_of(members: Ints, country: Ints) -> Pool:
    order = np.argsort(country, kind="stable")
    size = np.bincount(country, minlength=len(countries().code))
    assert size.all(), "a country has no firm"
    return Pool(members[order], np.cumsum(size) - size, size)
