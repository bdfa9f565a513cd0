"""How much of a company belongs to the listed parties if all shares are multiplied along the way?

No regime decides by this figure: the cascade counts an owned company whole. It is shown beside the answers, because
a bank or a partner may quote it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from landwaiter.own.graph import SHARES, WHOLE, Graph, Ints

# Circles of holdings pass on ever smaller parts; what is left after so many turns is below any share that is stated.
_TURNS = 3000
_NOTHING = 1e-9


def look_through(graph: Graph, listed: Sequence[int] | Ints) -> npt.NDArray[np.float64]:
    """Per cent of each party, by place, that the listed ones hold at least, directly and through others."""
    now = graph.now
    shares = np.flatnonzero((now.kind == SHARES) & (now.low > 0))
    owner, owned, part = now.owner[shares], now.owned[shares], now.low[shares] / WHOLE
    is_listed = np.zeros(len(graph.coded), np.bool_)
    is_listed[np.asarray(listed, np.int64)] = True
    held = is_listed.astype(np.float64)
    through = np.zeros(len(held), np.float64)
    for _ in range(_TURNS):
        through = np.asarray(np.bincount(owned, weights=held[owner] * part, minlength=len(held)), np.float64)
        following = np.where(is_listed, 1.0, np.minimum(through, 1.0))
        if np.abs(following - held).max(initial=0) < _NOTHING:
            break
        held = following
    return 100 * np.minimum(through, 1.0)
