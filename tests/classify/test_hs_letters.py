"""Labelled rows by their letters: a cut brand is met again, and the slow way gives the same."""

import numpy as np
import pytest

from landwaiter.classify.hs_letters import Letters, runs_of

ROWS = [("elnett hairspray 200ml", 0), ("elnetthairspray", 0), ("boots tissues", 1), ("kleenex tissues", 1)]


def made(rows: list[tuple[str, int]] = ROWS) -> Letters:
    return Letters([text for text, _ in rows], [code for _, code in rows], 3)


def test_a_brand_cut_short_is_met_by_its_letters() -> None:
    alike, of_code, rows = made().look("elnet hairspr")
    assert alike[0] > 3 * max(alike[1], alike[2])
    assert of_code[0] > of_code[1]
    assert rows.tolist() == pytest.approx(np.log1p([2, 2, 0]).tolist())


def test_the_same_text_is_wholly_alike_and_a_strange_one_not_at_all() -> None:
    assert made().look("boots tissues")[0].max() == pytest.approx(1.0, abs=1e-5)
    assert made().look("zzz")[0].max() == 0.0


def test_alike_is_the_cosine_over_runs_weighed_by_rarity() -> None:
    letters, asked = made(), runs_of("boots hairspray")
    runs = [runs_of(text) for text, _ in ROWS]
    rarity = {run: np.log1p(len(ROWS) / sum(run in row for row in runs)) for run in set().union(*runs)}
    strange = max(rarity.values())
    mass = sum(rarity.get(run, strange) ** 2 for run in asked)
    slow = [0.0, 0.0, 0.0]
    for row, (_, code) in zip(runs, ROWS, strict=True):
        shared = sum(rarity[run] ** 2 for run in row & asked)
        slow[code] = max(slow[code], shared / np.sqrt(mass * sum(rarity[run] ** 2 for run in row)))
    assert letters.look("boots hairspray")[0].tolist() == pytest.approx(slow, abs=1e-5)


def test_rows_in_another_order_say_the_same() -> None:
    assert np.allclose(made().look("tissues for boots"), made(ROWS[::-1]).look("tissues for boots"))


def test_runs_are_of_words_with_their_ends() -> None:
    assert runs_of("Ab-c") == {" ab", "ab ", " ab ", " c "}
    assert runs_of("") == set()
