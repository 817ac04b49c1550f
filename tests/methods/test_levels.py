"""Levels shown by counts: vectors to the printed digits, invariants, and how claims compare."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.methods import levels

CUTS = (0.5, 0.75, 0.9, 0.97)
# k, n, P(0..4), mean level, P(level ≥ 3): reckoned independently with the beta distribution
VECTORS = (
    (83, 100, (0.0, 0.0284, 0.9571, 0.0145, 0.0), 1.986, 0.0145),
    (19, 20, (0.0, 0.0099, 0.2347, 0.5077, 0.2477), 2.993, 0.7554),
    (48, 60, (0.0, 0.1869, 0.8039, 0.0092, 0.0), 1.822, 0.0092),
    (196, 200, (0.0, 0.0, 0.0, 0.209, 0.791), 3.791, 1.0),
    (0, 10, (0.9998, 0.0002, 0.0, 0.0, 0.0), 0.0, 0.0),
    (7, 8, (0.0134, 0.2033, 0.4357, 0.2727, 0.0749), 2.193, 0.3477),
    (290, 300, (0.0, 0.0, 0.0, 0.65, 0.35), 3.35, 1.0),
)

counts = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("k", "n", "chances", "mean", "three"), VECTORS)
def test_the_posterior_agrees_to_every_printed_digit(
    k: int, n: int, chances: tuple[float, ...], mean: float, three: float
) -> None:
    seen = levels.shown([k], [n], CUTS)
    assert np.round(seen.chances[0], 4).tolist() == list(chances)
    assert round(float(seen.mean[0]), 3) == mean
    assert round(float(levels.at_least(seen.chances, [3])[0]), 4) == three


def test_many_claims_at_once_are_what_each_is_alone() -> None:
    k, n = [v[0] for v in VECTORS], [v[1] for v in VECTORS]
    together = levels.shown(k, n, CUTS)
    alone = [levels.shown([a], [b], CUTS).chances[0] for a, b in zip(k, n, strict=True)]
    assert np.array_equal(together.chances, alone)


def test_the_worked_claim_is_missed_and_flagged() -> None:
    """Claimed 3 with confidence .90, shown 83 of 100: miss .886, blameable .784, P(less) .9855."""
    seen = levels.shown([83], [100], CUTS)
    o = levels.at_least(seen.chances, [3])
    assert round(float(0.9 - o[0]), 3) == 0.886
    assert round(float(levels.score([0.9], o).blameable[0]), 3) == 0.784
    gap = levels.gap(seen, [3])
    assert round(float(gap.below[0]), 4) == 0.9855 and gap.flagged[0]
    assert (gap.value[0], gap.low[0], gap.high[0]) == (1, 1, 1)


def test_a_brier_score_is_what_an_outcome_of_that_chance_costs_on_average() -> None:
    q, o = 0.7, 0.4
    found = levels.score([q], [o])
    assert found.expected[0] == pytest.approx(o * (1 - q) ** 2 + (1 - o) * q**2)
    assert found.blameable[0] == pytest.approx(0.09)


def test_a_second_condition_caps_the_level() -> None:
    free = levels.shown([196], [200], CUTS)
    capped = levels.shown([196], [200], CUTS, allowed=[1, 1, 1, 0])
    assert free.median[0] == 4 and capped.median[0] == 3
    assert capped.chances[0, 4] == 0 and capped.chances[0, 3] == pytest.approx(1, abs=1e-5)
    half = levels.shown([196], [200], CUTS, allowed=[1, 1, 1, 0.5])
    assert half.chances[0, 4] == pytest.approx(free.chances[0, 4] / 2)


def test_a_cap_below_holds_above() -> None:
    capped = levels.shown([196], [200], CUTS, allowed=[1, 0, 1, 1])
    assert capped.chances[0, 2:].sum() == 0


def test_levels_with_one_cut_point_cannot_be_told_apart_and_only_a_condition_does() -> None:
    seen = levels.shown([99], [100], (0.2, 0.5, 0.8, 0.8))
    assert seen.median[0] == 4
    assert levels.shown([99], [100], (0.2, 0.5, 0.8, 0.8), [1, 1, 1, 0]).median[0] == 3


def test_what_was_counted_whole_is_certain() -> None:
    cuts = (0.2, 0.4, 1.0, 1.0)
    assert levels.counted([0, 1, 2, 4, 5], [5] * 5, cuts).median.tolist() == [0, 1, 2, 2, 4]
    assert levels.counted([5], [5], cuts, [1, 1, 1, 0]).median.tolist() == [3]
    assert levels.counted([0], [0], cuts).median.tolist() == [0]
    assert levels.counted([3], [10], (0.1, 0.3, 0.9, 1)).median.tolist() == [2]  # 0.3 is not 0.2999


def test_a_claim_between_two_levels_asks_for_the_higher_one() -> None:
    chances = [[0.1, 0.2, 0.3, 0.25, 0.15]]
    claims = [[2.0], [2.5], [3.0], [0.0], [np.nan]]
    found = levels.at_least(np.repeat(chances, 1, axis=0), claims)
    assert found[:4, 0] == pytest.approx([0.7, 0.4, 0.4, 1.0]) and np.isnan(found[4, 0])


def test_nothing_claimed_gives_no_gap_and_no_flag() -> None:
    gap = levels.gap(levels.shown([1], [100], CUTS), [np.nan])
    assert np.isnan(gap.value[0]) and np.isnan(gap.below[0]) and not gap.flagged[0]


@given(counts, st.integers(0, 4))
def test_chances_add_up_and_the_interval_holds_what_it_should(
    kn: tuple[int, int], claimed: int
) -> None:
    seen = levels.shown([kn[0]], [kn[1]], CUTS)
    row: Any = seen.chances[0]
    assert row.sum() == pytest.approx(1) and np.all(row >= 0)
    low, median, high = int(seen.low[0]), int(seen.median[0]), int(seen.high[0])
    assert low <= median <= high and row[low : high + 1].sum() >= levels.LEVEL - 1e-9
    o = float(levels.at_least(seen.chances, [claimed])[0])
    assert float(levels.gap(seen, [claimed]).below[0]) == pytest.approx(1 - o)


@given(counts)
def test_one_more_kept_never_shows_less(kn: tuple[int, int]) -> None:
    k, n = kn
    if k < n:
        less, more = (levels.shown([x], [n], CUTS).chances for x in (k, k + 1))
        assert np.all(np.cumsum(more, axis=1) <= np.cumsum(less, axis=1) + 1e-12)


@pytest.mark.parametrize(
    ("k", "n", "cuts", "allowed"),
    [
        (3, 2, CUTS, None),
        (-1, 2, CUTS, None),
        (1, 2, (0.9, 0.5), None),
        (1, 2, (0.5, 1.5), None),
        (1, 2, CUTS, [1, 1, 1, 2]),
    ],
)
def test_what_is_no_count_or_no_cut_is_refused(
    k: int, n: int, cuts: tuple[float, ...], allowed: list[float] | None
) -> None:
    with pytest.raises(ValueError):
        levels.shown([k], [n], cuts, allowed)
