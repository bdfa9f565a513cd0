"""How much is each kind of evidence worth? A ranker of few weights and a calibrator, learned by plain descent."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One text: the features of its candidates and the place of the right one, -1 where it is not among them."""

    features: Numbers
    right: int


def learn_weights(
    examples: Sequence[Example], *, rounds: int = 300, decay: float = 1e-3, before: Numbers | None = None
) -> Numbers:
    """Weights that make the right candidate the likeliest of its text: a softmax over each text's candidates.

    Weights that are known `before` are held to by `decay`; without, they begin near zero and are held to that.
    """
    usable = [one for one in examples if one.right >= 0]
    sizes = np.array([len(one.features) for one in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    stacked = np.concatenate([one.features for one in usable])
    right = starts + np.array([one.right for one in usable])
    scale = stacked.std(axis=0) + 1e-6
    stacked = stacked / scale
    begun = np.zeros(stacked.shape[1]) if before is None else before * scale
    weights = begun + (0.1 if before is None else 0.0)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, rounds + 1):
        scores = stacked @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        chances = scores / np.repeat(np.add.reduceat(scores, starts), sizes)
        gradient = (chances @ stacked - stacked[right].sum(axis=0)) / len(usable) + decay * (weights - begun)
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights = weights - 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    scaled: Numbers = weights / scale
    return scaled


def learn_calibrator(rows: Numbers, is_right: Numbers, counts: Numbers, *, decay: float = 1e-3) -> Numbers:
    """Weights of a logistic curve by which the first candidate of a text is right; a text counts `counts` times."""
    weights = np.zeros(rows.shape[1])
    ridge = decay * counts.sum() * np.eye(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (counts * (chance - is_right)) + ridge @ weights
        curve = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + ridge + 1e-9 * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, gradient)
    return weights
