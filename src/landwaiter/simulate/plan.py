"""What will a world hold? Its parameters, drawn from the seed, and which scheme goes into which chunk."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle

from landwaiter.errors import InputError
from landwaiter.simulate.chance import stream
from landwaiter.simulate.facts import countries, day_number, goods

CHUNK_ROWS = 65_536
MOST_ROWS = 50_000_000
LEAST_ROWS = 3_000
VIEWS = ("all", "a", "b", "c", "d")
ROWS_PER_SCHEME = 34

# What each typology is taken for: the innocent twins that a world plants beside it.
INNOCENT = {
    "T01": ("new distributor with local sales", "new regional distributor", "new trader in civil goods"),
    "T02": ("civil goods through a distributor", "supplier appoints a distributor", "genuine change of distributor"),
    "T03": ("insolvency and takeover", "takeover by an old firm", "merger of civil importers"),
    "T04": ("multi-echelon distribution", "civil goods through two hubs", "second hub that keeps the goods"),
    "T05": ("back-to-back trade in civil goods", "drop shipments to neighbours", "dealer in goods of two origins"),
    "T06": ("wholesale break-bulk", "break-bulk of civil goods", "dealer in goods of two origins"),
    "T07": ("late recording", "bonded warehouse", "confidential statistics"),
    "T08": ("assembly", "trade in parts", "honest error in the code"),
    "T09": ("diversification", "trader that turns to civil electronics", "old dealer in chips"),
    "T10": ("repair and return", "exhibition goods", "civil goods that come back"),
    "T11": ("normal trade of an entrepot", "goods really made there", "civil goods of masked origin"),
    "T12": ("small lots by air", "grade mix", "dear civil goods"),
    "T13": ("project that keeps the goods", "factory opened elsewhere", "civil goods through the hub"),
    "T14": ("hospital supplier", "fire brigade abroad", "goods for farming"),
    "T15": ("parcels to neighbours", "web shop for civil goods", "samples"),
    "T16": ("company-service address", "group of sister firms", "civil traders of one address"),
    "T17": ("sole agent", "intra-group supply", "civil goods for one buyer"),
    "T18": ("groupage", "forwarder of civil goods", "forwarder for neighbours"),
    "T19": ("one large project", "growth of civil goods", "new contract with neighbours"),
    "T20": ("real start-up", "second source of a civil part", "distributor of the part"),
}
TYPOLOGIES = tuple(INNOCENT)
# What registers show beside some schemes, each named for the red flag that reads it; their twins bear nearly the same.
OWNER_SIGNS = (
    "owned_by_listed", "minority_owner", "maybe_owned_by_listed", "divested_owner", "layered_owners", "circular_owners",
)  # fmt: skip
PAPER_SIGNS = (
    "free_mail", "phone_elsewhere", "unrelated_trade", "over_capacity", "listed_address", "mass_address",
    "shares_with_listed",
)  # fmt: skip
STATEMENT_SIGNS = (
    "statement_reused", "statement_other_user", "statement_other_goods", "statement_over_quantity",
    "statement_out_of_time", "signatory_elsewhere",
)  # fmt: skip


@dataclass(frozen=True)
class Scheme:
    """One planted scheme, or with `innocent` one look-alike of it.

    Args:
        number: position among all schemes of the world.
        innocent: what it really is; empty for a planted scheme.
        good: goods reserved for it (hub share jumps only), else -1.
        origin: country reserved with the goods, else -1.
        owner_sign, paper_sign, statement_sign: what registers and papers show of it, or of what it looks like; often
            nothing.
    """

    number: int
    typology: str
    innocent: str
    chunk: int
    good: int
    origin: int
    owner_sign: str = ""
    paper_sign: str = ""
    statement_sign: str = ""

    @property
    def variant(self) -> int:
        """Which of the innocent twins it is: 0, 1 or 2; -1 for a scheme."""
        return INNOCENT[self.typology].index(self.innocent) if self.innocent else -1


@dataclass(frozen=True)
class Parameters:
    """What was asked for, and the rates that this world drew from its seed."""

    rows: int
    seed: int
    start: date
    months: int
    null: bool
    view: str
    prevalence: float
    typo_rate: float
    word_lost_rate: float
    id_lost_rate: float
    foreign_id_rate: float
    address_lost_rate: float
    price_spread: float
    listed_goods_share: float
    trader_share: float
    cif_low: float
    cif_high: float
    missing_rate: float
    repeated_rate: float
    other_unit_rate: float
    other_code_rate: float
    parcel_share: float

    @property
    def first_day(self) -> int:
        """First day of the world, counted from 1970-01-01."""
        return day_number(self.start)

    @property
    def last_day(self) -> int:
        """Last day of the world."""
        months = self.start.year * 12 + self.start.month - 1 + self.months
        return day_number(date(months // 12, months % 12 + 1, 1)) - 1

    @property
    def chunks(self) -> int:
        """In how many pieces the world is made."""
        return -(-self.rows // CHUNK_ROWS)

    def chunk_rows(self, chunk: int) -> int:
        """Rows of one piece."""
        return min(CHUNK_ROWS, self.rows - chunk * CHUNK_ROWS)


def draw_parameters(
    rows: int, seed: int, *, start: date, months: int, null: bool, view: str, prevalence: float
) -> Parameters:
    """Draw what differs from world to world, or raise InputError where no such world can be made."""
    _check(rows, seed, start=start, months=months, null=null, view=view)
    rng = stream(seed, 0)
    low = rng.uniform(0.02, 0.05)
    return Parameters(
        rows=rows,
        seed=seed,
        start=start.replace(day=1),
        months=months,
        null=null,
        view=view,
        prevalence=prevalence,
        typo_rate=rng.uniform(0.01, 0.03),
        word_lost_rate=rng.uniform(0.02, 0.05),
        id_lost_rate=rng.uniform(0.02, 0.05),
        foreign_id_rate=rng.uniform(0.3, 0.6),
        address_lost_rate=rng.uniform(0.1, 0.3),
        price_spread=rng.uniform(0.15, 0.35),
        listed_goods_share=rng.uniform(0.3, 0.45),
        trader_share=rng.uniform(0.45, 0.55),
        cif_low=low,
        cif_high=low + rng.uniform(0.03, 0.08),
        missing_rate=rng.uniform(0.02, 0.05),
        repeated_rate=rng.uniform(0.02, 0.04),
        other_unit_rate=rng.uniform(0.08, 0.2),
        other_code_rate=rng.uniform(0.03, 0.08),
        parcel_share=rng.uniform(0.08, 0.16),
    )


def plan_schemes(parameters: Parameters) -> list[Scheme]:
    """Every scheme and look-alike with its chunk; one of each typology at least, in a null world the look-alikes alone.

    Hub share jumps get goods and an origin that no other trade of the world uses, so that the share is theirs alone.
    """
    if parameters.null and not _spans_controls(parameters.start, parameters.months):
        return []
    rng = stream(parameters.seed, 2**62)
    of_each = max(1, int(parameters.rows * parameters.prevalence / ROWS_PER_SCHEME / len(TYPOLOGIES)))
    twins = 2 if parameters.rows < 20_000 else 3
    listed, civil = (rng.permutation(pairs).tolist() for pairs in _reservable())
    signs = _signs(parameters.seed)
    schemes: list[Scheme] = []
    for typology in TYPOLOGIES:
        for number in range(min(of_each, 4) if typology == "T13" else of_each):
            # A small world takes the twins in turn, so that every one of them is in it.
            turned = [INNOCENT[typology][(number + k) % 3] for k in range(twins)]
            owner, paper, stated = next(signs)
            paper = {"T03": "", "T09": "unrelated_trade", "T16": ""}.get(typology, paper)
            for innocent in ("", *turned):
                pair = [-1, -1]
                if typology == "T13":
                    pair = (civil if innocent == INNOCENT["T13"][2] else listed).pop()
                chunk = int(rng.integers(parameters.rows)) // CHUNK_ROWS
                schemes.append(Scheme(len(schemes), typology, innocent, chunk, pair[0], pair[1], owner, paper, stated))
    if parameters.null:
        schemes = [scheme for scheme in schemes if scheme.innocent]
    return _in_chunks_with_room(schemes, parameters)


def _signs(seed: int) -> Iterator[tuple[str, str, str]]:
    """What registers show of one scheme after the other: of two in five an owner, of more contacts or papers."""
    rng = stream(seed, 2**62 + 1)
    owners = rng.permutation([*OWNER_SIGNS, *[""] * 8]).tolist()
    papers = rng.permutation([*PAPER_SIGNS, *[""] * 5]).tolist()
    stated = rng.permutation([*STATEMENT_SIGNS, *[""] * 5]).tolist()
    return zip(cycle(owners), cycle(papers), cycle(stated), strict=True)


def _in_chunks_with_room(schemes: list[Scheme], parameters: Parameters) -> list[Scheme]:
    """The last chunk may be short: what it cannot hold goes into the first."""
    last = parameters.chunks - 1
    if last == 0 or parameters.chunk_rows(last) >= CHUNK_ROWS // 2:
        return schemes
    return [replace(scheme, chunk=0) if scheme.chunk == last else scheme for scheme in schemes]


def _reservable() -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of goods and controlling origin: of listed goods outside 8542, and of civil goods sold by the piece."""
    there, made = countries(), goods()
    makers = set(there.of_role("maker").tolist())
    pairs = [(g, c) for g, places in enumerate(made.made_in) for c in places.tolist() if c in makers]
    pairs = [(g, c) for g, c in pairs if made.unit[g] == "C62" and made.lot[g] >= 40]
    listed = [(g, c) for g, c in pairs if made.is_listed[g] and not made.hs6[g].startswith("8542")]
    civil = [(g, c) for g, c in pairs if not made.is_listed[g] and made.hs6[g] not in ("847330", "950450", "851713")]
    return listed, civil


def _check(rows: int, seed: int, *, start: date, months: int, null: bool, view: str) -> None:
    if not LEAST_ROWS <= rows <= MOST_ROWS:
        raise InputError("--rows", f"{rows} is not between {LEAST_ROWS} and {MOST_ROWS}")
    if not 0 <= seed < 2**62:
        raise InputError("--seed", f"{seed} is not between 0 and 2**62")
    if view not in VIEWS:
        raise InputError("--view", f"'{view}' is not one of {', '.join(VIEWS)}")
    if not 1 <= months <= 120:
        raise InputError("months", f"{months} is not between 1 and 120")
    if not null and not _spans_controls(start, months):
        raise InputError("start", "the time must begin 180 days before 2022-02-24 and end 540 days after it", "or null")


def _spans_controls(start: date, months: int) -> bool:
    """Whether the world begins half a year before the controls and ends long enough after them."""
    first, earliest = day_number(start), int(countries().control_from.min())
    return first <= earliest - 180 and first + 30 * months >= earliest + 540
