"""Stated chances against the records: simulated organisations, order, ranks, ranges."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from wellkept.methods import calibration, levels

CUTS = np.array([0.5, 0.75, 0.9, 0.97])
CLAIMS = 36


@dataclass(frozen=True, slots=True)
class Organisation:
    """What some people claim, and what the records hold; `truth` is stated − true, over claims."""

    stated: NDArray[np.float64]
    claimed: NDArray[np.float64]
    chances: NDArray[np.float64]
    seen: levels.Shown
    true: NDArray[np.int64]
    truth: float


def an_organisation(
    chance: np.random.Generator, people: int = 6, inflated: float = 0.0, least: int = 30
) -> Organisation:
    """Draw true shares, records of them, and people who share one misperception of each claim."""
    p = chance.beta(6, 1.5, CLAIMS)
    n = chance.integers(least, 200, CLAIMS)
    true = np.searchsorted(CUTS, p, side="right")
    seen = levels.shown(chance.binomial(n, p), n, CUTS)
    shared = chance.normal(0, 0.6, CLAIMS)
    felt = true + shared + chance.normal(0, 0.5, (people, CLAIMS))
    claimed = np.clip(np.round(felt), 0, 4)
    stated = np.clip(0.65 + 0.1 * (felt - claimed) + inflated, 0.05, 0.95)
    stated = np.round(20 * stated) / 20
    truth = float(np.mean(stated - (true >= claimed)))
    return Organisation(stated, claimed, seen.chances, seen, true, truth)


def test_the_interval_covers_the_truth_in_at_least_96_of_100_organisations() -> None:
    chance = np.random.default_rng(11)
    covered = []
    for _ in range(400):
        one = an_organisation(chance, inflated=float(chance.choice([0.0, 0.1])))
        found = calibration.signed(one.stated, one.claimed, one.chances, level=0.95)
        covered.append(found.low[0] <= one.truth <= found.high[0])
    assert 0.96 <= np.mean(covered) <= 1.0


def test_without_drawing_the_levels_the_interval_would_cover_less() -> None:
    """Resampling claims alone, with posterior means, is what the second resampling mends."""
    chance = np.random.default_rng(5)
    both, alone = [], []
    for _ in range(150):
        one = an_organisation(chance, least=8)
        found = calibration.signed(one.stated, one.claimed, one.chances)
        o = levels.at_least(one.chances, one.claimed)
        apart = (one.stated - o).mean(axis=0)
        means = apart[chance.integers(0, CLAIMS, (300, CLAIMS))].mean(axis=1)
        low, high = np.quantile(means, [0.1, 0.9])
        both.append(found.high[0] - found.low[0])
        alone.append(high - low)
    assert np.mean(both) > np.mean(alone)


def test_at_most_a_third_of_a_false_flag_in_36_claims() -> None:
    """False is a flag on a claim that is no higher than the truth; n is 30 or more.

    If all 36 claims were exactly true, which gives chance the most room, 0.4 would be flagged.
    """
    chance = np.random.default_rng(3)
    flags, exact = [], []
    for _ in range(1000):
        one = an_organisation(chance, people=1)
        flagged = levels.gap(one.seen, one.claimed[0]).flagged
        flags.append(np.count_nonzero(flagged & (one.claimed[0] <= one.true)))
        exact.append(levels.gap(one.seen, one.true.astype(float)).flagged.sum())
    assert 0 < np.mean(flags) <= 0.3
    assert 0 < np.mean(exact) <= 0.5


def test_claims_two_levels_too_high_are_flagged() -> None:
    chance = np.random.default_rng(4)
    found = []
    for _ in range(50):
        one = an_organisation(chance, people=1)
        low = one.true <= 2
        found.append(levels.gap(one.seen, one.true + 2.0).flagged[low].mean())
    assert np.mean(found) > 0.9


def test_the_order_of_the_respondents_changes_nothing() -> None:
    chance = np.random.default_rng(8)
    one = an_organisation(chance, people=12)
    members = chance.random((3, 12)) < 0.5
    there = calibration.signed(one.stated, one.claimed, one.chances, members)
    order = chance.permutation(12)
    again = calibration.signed(
        one.stated[order], one.claimed[order], one.chances, members[:, order]
    )
    for name in ("value", "low", "high", "pairs"):
        assert getattr(there, name) == pytest.approx(getattr(again, name))


def test_what_was_not_said_counts_for_nothing() -> None:
    one = an_organisation(np.random.default_rng(2))
    stated = one.stated.copy()
    stated[:, 5:] = np.nan
    short = calibration.signed(stated, one.claimed, one.chances)
    cut = np.mean(stated[:, :5] - levels.at_least(one.chances, one.claimed)[:, :5])
    assert short.value[0] == pytest.approx(cut) and short.pairs[0] == 30
    nobody = calibration.signed(np.full((2, 3), np.nan), np.full((2, 3), 3.0), one.chances[:3])
    assert np.isnan(nobody.value[0]) and np.isnan(nobody.low[0]) and not nobody.excludes_zero[0]


def test_people_who_say_what_is_shown_are_not_called_anything() -> None:
    chances = levels.shown([83] * 20, [100] * 20, CUTS).chances
    found = calibration.signed(np.full((4, 20), 0.0145), np.full((4, 20), 3.0), chances)
    assert found.value[0] == pytest.approx(0, abs=1e-3) and not found.excludes_zero[0]
    sure = calibration.signed(np.full((4, 20), 0.9), np.full((4, 20), 3.0), chances)
    assert sure.low[0] > 0 and sure.excludes_zero[0]


def test_a_rank_correlation_is_that_of_scipy_with_ties_and_gaps() -> None:
    chance = np.random.default_rng(1)
    x = chance.integers(0, 5, 36).astype(float)
    y = x + chance.integers(-2, 3, 36)
    x[3] = y[7] = np.nan
    kept = ~(np.isnan(x) | np.isnan(y))
    found = calibration.discrimination(x, y)
    assert found.n == 34
    assert found.value == pytest.approx(stats.spearmanr(x[kept], y[kept]).statistic)
    assert found.low < found.value < found.high


def test_a_column_that_does_not_vary_points_nowhere() -> None:
    assert np.isnan(calibration.discrimination([3, 3, 3, 3, 3], [1, 2, 3, 4, 5]).value)
    assert np.isnan(calibration.discrimination([1, 2, 3], [1, 2, 3]).value)
    assert calibration.discrimination(range(5), range(5)).value == 1


def test_six_hits_of_twelve_are_odd_at_eighty_per_cent() -> None:
    """P(X ≤ 6) of Binomial(12, .8) = .019; at .4 it is .84, at .65 .21."""
    low, high, truth = np.zeros(12), np.ones(12), np.repeat([0.5, 2.0], 6)
    found = calibration.hits(low, high, truth)
    assert (found.k, found.n) == (6, 12)
    assert round(found.so_few, 2) == 0.02
    assert [round(float(stats.binom.cdf(6, 12, p)), 2) for p in (0.4, 0.65)] == [0.84, 0.21]
    assert found.share.low < 0.5 < found.share.high


def test_a_range_that_was_not_stated_is_neither_hit_nor_miss() -> None:
    found = calibration.hits([np.nan, 1], [2, 3], [1, 2])
    assert (found.k, found.n) == (1, 1)
    nothing = calibration.hits([np.nan], [2], [1])
    assert nothing.n == 0 and np.isnan(nothing.so_few)
