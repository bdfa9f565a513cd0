"""How is a scheme planted? By changing a few fields of honest relations; its innocent twin differs in one thing."""

from collections.abc import Callable

from landwaiter.simulate.plan import Scheme
from landwaiter.simulate.planted_firms import (
    behind_a_hub,
    captive_supplier,
    cluster,
    phoenix,
    pivot,
    shell_after_control,
)
from landwaiter.simulate.planted_papers import (
    false_transit,
    forwarder,
    odd_end_use,
    odd_price,
    others_design,
    parcels,
)
from landwaiter.simulate.planted_relays import (
    exact_lots,
    masked_origin,
    relabelled,
    round_trip,
    split_and_merged,
    two_hubs,
)
from landwaiter.simulate.planted_routes import ramp, share_jump
from landwaiter.simulate.relations import Relations
from landwaiter.simulate.signs import bear_signs
from landwaiter.simulate.stage import Planted, Stage

Planter = Callable[[Stage, Scheme, Relations], Planted]

# How each typology is planted, and how many relations it changes; all of them are drawn as honest ones first.
PLANTERS: dict[str, tuple[Planter, int]] = {
    "T01": (shell_after_control, 2),
    "T02": (behind_a_hub, 2),
    "T03": (phoenix, 3),
    "T04": (two_hubs, 3),
    "T05": (exact_lots, 2),
    "T06": (split_and_merged, 2),
    "T07": (false_transit, 1),
    "T08": (relabelled, 1),
    "T09": (pivot, 2),
    "T10": (round_trip, 3),
    "T11": (masked_origin, 1),
    "T12": (odd_price, 1),
    "T13": (share_jump, 8),
    "T14": (odd_end_use, 1),
    "T15": (parcels, 5),
    "T16": (cluster, 4),
    "T17": (captive_supplier, 2),
    "T18": (forwarder, 1),
    "T19": (ramp, 4),
    "T20": (others_design, 2),
}


def slots_of(scheme: Scheme) -> int:
    """How many relations the scheme changes."""
    return PLANTERS[scheme.typology][1]


def plant(stage: Stage, scheme: Scheme, slots: Relations) -> Planted:
    """Change the slots, which are honest relations, into the scheme or into its innocent twin."""
    slots["scheme"] = scheme.number
    return bear_signs(stage, PLANTERS[scheme.typology][0](stage, scheme, slots))
