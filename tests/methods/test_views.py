"""Groups that differ, and groups that must not be seen: Welch's interval, suppression."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from wellkept.methods import views


def a_sample(mean: float, deviation: float, n: int) -> NDArray[np.float64]:
    """Make a sample with exactly this mean and standard deviation."""
    raw = np.arange(n, dtype=float)
    return np.asarray((raw - raw.mean()) / raw.std(ddof=1) * deviation + mean)


def test_miles_per_gallon_of_nist() -> None:
    """NIST/SEMATECH e-Handbook 1.3.5.3 (AUTO83B): T = −12.94627 with 136.8750 degrees."""
    home, abroad = a_sample(20.14458, 6.41470, 249), a_sample(30.48101, 6.10771, 79)
    found = views.difference(home, abroad, level=0.95)
    assert found is not None
    assert round(found.freedom, 2) == 136.87
    half = stats.t.ppf(0.975, found.freedom)
    assert found.value / ((found.high - found.value) / half) == pytest.approx(-12.94627, abs=2e-5)


def test_the_interval_is_scipys() -> None:
    chance = np.random.default_rng(6)
    a, b = chance.normal(2.5, 1, 9), chance.normal(2, 0.4, 24)
    found = views.difference(np.append(a, np.nan), b, level=0.9)
    told = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.9)
    assert found is not None and (found.low, found.high) == pytest.approx((told.low, told.high))


def test_people_who_all_say_the_same_are_not_certain_beyond_their_rounding() -> None:
    bare = views.difference([3] * 4, [2] * 4)
    rounded = views.difference([3] * 4, [2] * 4, least_variance=views.ROUNDING)
    assert bare is not None and (bare.low, bare.high, bare.freedom) == (1, 1, math.inf)
    assert rounded is not None and rounded.low < 1 < rounded.high and rounded.excludes_zero
    assert views.difference([3], [2, 2, 2]) is None


@pytest.mark.parametrize(
    ("first", "second", "apart", "least"), [(4, 12, 1.0, 0.9), (8, 24, 0.6, 0.9)]
)
def test_a_true_difference_is_mostly_found(
    first: int, second: int, apart: float, least: float
) -> None:
    """People over 36 claims: each one's mean level varies by .2 around the group's."""
    chance = np.random.default_rng(9)
    found = []
    for _ in range(300):
        one = views.difference(chance.normal(apart, 0.28, first), chance.normal(0, 0.28, second))
        found.append(one is not None and one.excludes_zero)
    assert np.mean(found) > least


def test_equal_groups_are_called_different_about_one_time_in_twenty() -> None:
    chance = np.random.default_rng(10)
    found = []
    for _ in range(2000):
        one = views.difference(chance.normal(0, 1, 4), chance.normal(0, 1, 12))
        found.append(one is not None and one.excludes_zero)
    assert 0.03 <= np.mean(found) <= 0.07


def rows(*sets: set[int], people: int = 12) -> NDArray[np.bool_]:
    """Make groups of numbered people."""
    return np.array([[person in one for person in range(people)] for one in sets])


EVERYBODY = set(range(12))


def test_three_people_are_never_a_group() -> None:
    assert views.publishable(rows({0, 1, 2})).tolist() == [False]
    assert views.publishable(rows({0, 1, 2, 3})).tolist() == [True]


def test_a_small_group_does_not_follow_from_the_whole_minus_the_others() -> None:
    nine, three = set(range(9)), {9, 10, 11}
    assert views.publishable(rows(EVERYBODY, nine, three)).tolist() == [True, False, False]
    assert views.publishable(rows(EVERYBODY, set(range(8)), set(range(8, 12)))).all()


def test_two_overlapping_groups_do_not_give_away_their_difference() -> None:
    field, north = {0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 4, 5, 6}
    assert views.publishable(rows(field, north)).tolist() == [True, False]


def test_two_groups_and_their_union_do_not_give_away_who_is_in_both() -> None:
    a, b = set(range(7)), set(range(5, 12))  # 5 and 6 are in both
    assert views.publishable(rows(a, b, EVERYBODY)).tolist() == [True, True, False]
    assert views.publishable(rows(a, b)).all()


@given(st.lists(st.sets(st.integers(0, 11)), min_size=1, max_size=5))
def test_no_sum_of_what_is_shown_concerns_one_to_three_people(groups: list[set[int]]) -> None:
    table = rows(*groups)
    shown = table[views.publishable(table)].astype(int)
    for signs in itertools.product((-1, 0, 1), repeat=len(shown)):
        people = int(np.count_nonzero(np.array(signs, int) @ shown)) if len(shown) else 0
        assert people == 0 or people >= views.FEWEST


def test_too_many_overlapping_groups_are_not_all_shown() -> None:
    many = rows(*({*range(12)} for _ in range(12)))
    assert views.publishable(many).sum() == views.MOST_SETS
