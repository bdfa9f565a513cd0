"""Does the ranker find the evidence that was planted, and the curve the share that was right?"""

import numpy as np

from landwaiter.classify.hs_learn import Example, learn_calibrator, learn_weights


def test_the_planted_evidence_gets_the_weight():
    chance = np.random.default_rng(1)
    examples = []
    for _ in range(200):
        features = chance.random((10, 3))
        examples.append(Example(features, int(np.argmax(features[:, 1]))))
    weights = learn_weights(examples)
    assert weights[1] > 5 * abs(weights[0])
    assert weights[1] > 5 * abs(weights[2])


def test_the_curve_says_as_much_as_is_right():
    chance = np.random.default_rng(2)
    sure = chance.random(4000)
    right = (chance.random(4000) < sure).astype(float)
    rows = np.column_stack([np.log((sure + 1e-3) / (1 - sure + 1e-3)), np.ones(4000)])
    said = 1 / (1 + np.exp(-rows @ learn_calibrator(rows, right, np.ones(4000))))
    assert abs(said.mean() - right.mean()) < 0.01
    high = said > 0.8
    assert abs(said[high].mean() - right[high].mean()) < 0.04


def test_known_weights_are_kept_the_more_the_more_they_are_held_to():
    chance = np.random.default_rng(3)
    features = chance.normal(size=(200, 4, 2))
    examples = [Example(one, int(np.argmax(one[:, 1]))) for one in features]
    known = np.array([2.0, 0.0])
    held, free = (learn_weights(examples, before=known, decay=decay) for decay in (3.0, 0.001))
    assert held[0] > held[1]
    assert free[1] > free[0]
