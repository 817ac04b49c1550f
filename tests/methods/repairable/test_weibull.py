"""The Weibull law against NIST, Meeker & Escobar's fans, R, and its own likelihood."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from wellkept.methods.repairable import weibull

steady = settings(deadline=None, max_examples=30, derandomize=True)

# Diesel generator fans (Meeker & Escobar 1998, table C.1): hours at failure, and now.
FAN_FAILED = [
    450,
    1150,
    1150,
    1600,
    2070,
    2070,
    2080,
    3100,
    3450,
    4600,
    6100,
    8750,
]
FAN_RUNNING = [
    460,
    1560,
    1660,
    1850,
    1850,
    1850,
    1850,
    1850,
    2030,
    2030,
    2030,
    2200,
    3000,
    3000,
    3000,
    3000,
    3200,
    3750,
    3750,
    4150,
    4150,
    4150,
    4150,
    4300,
    4300,
    4300,
    4300,
    4850,
    4850,
    4850,
    4850,
    5000,
    5000,
    5000,
    6100,
    6100,
    6100,
    6300,
    6450,
    6450,
    6700,
    7450,
    7800,
    7800,
    8100,
    8100,
    8200,
    8500,
    8500,
    8500,
    8750,
    8750,
    9400,
    9900,
    10100,
    10100,
    10100,
    11500,
]
# NIST/SEMATECH e-Handbook 8.4.1.3: 10 of 20 failed by 500 h.
NIST_FAILED = [54, 187, 216, 240, 244, 335, 361, 373, 375, 386]
# Proschan 1963, air conditioning of one aeroplane: hours between failures.
PROSCHAN = [3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487]
# Waltons (lifelines, MIT): days and how many flies, died and last seen alive.
WALTONS_DIED = {
    6: 1,
    7: 1,
    9: 3,
    13: 3,
    15: 2,
    17: 1,
    19: 3,
    22: 4,
    26: 5,
    29: 5,
    32: 1,
    33: 3,
    36: 2,
    38: 2,
    41: 7,
    43: 1,
    45: 9,
    47: 1,
    48: 8,
    51: 3,
    53: 7,
    54: 2,
    56: 18,
    58: 4,
    60: 15,
    61: 9,
    62: 2,
    63: 9,
    66: 3,
    68: 9,
    69: 12,
    75: 1,
}
WALTONS_ALIVE = {
    7: 1,
    45: 1,
    60: 1,
    61: 2,
    68: 1,
    69: 1,
}


def fans() -> tuple[list[int], list[bool]]:
    return FAN_FAILED + FAN_RUNNING, [True] * len(FAN_FAILED) + [False] * len(FAN_RUNNING)


def log_likelihood(
    life: NDArray[np.float64], failed: NDArray[np.bool_], entry: float, k: float, s: float
) -> float:
    ends = (np.log(k / s) + (k - 1) * np.log(life / s))[failed].sum()
    return float(ends - ((life / s) ** k - (entry / s) ** k).sum())


def test_the_fans_of_meeker_and_escobar_as_r_fits_them() -> None:
    # R survival 3.5-3, survreg: scale 26296.845174230388, shape 1.058445849953, log likelihood.
    law = weibull(*fans())
    assert_allclose(law.scale.value, 26296.845174230388, rtol=3e-9)
    assert_allclose(law.shape.value, 1.058445849953, rtol=1e-9)
    assert_allclose(law.log_likelihood, -135.152719943356, rtol=1e-12)
    assert (law.failed, law.n) == (12, 70)


def test_the_example_of_nist() -> None:
    law = weibull(NIST_FAILED + [500] * 10, [True] * 10 + [False] * 10)
    assert_allclose(law.scale.value, 606.528, atol=5e-4)
    assert_allclose(law.shape.value, 1.7208, atol=5e-5)
    assert_allclose(law.log_likelihood, -75.135, atol=5e-4)


def test_proschan_s_aeroplane_as_r_fits_it() -> None:
    law = weibull(PROSCHAN, [True] * 12)
    assert_allclose(law.scale.value, 94.964895069129, rtol=1e-8)
    assert_allclose(law.shape.value, 0.793943807016, rtol=1e-8)


def test_waltons_flies_by_weight_as_r_fits_them() -> None:
    ages, counts = (
        [*WALTONS_DIED, *WALTONS_ALIVE],
        [*WALTONS_DIED.values(), *WALTONS_ALIVE.values()],
    )
    died = [True] * len(WALTONS_DIED) + [False] * len(WALTONS_ALIVE)
    law = weibull(ages, died, weight=counts)
    assert_allclose(law.scale.value, 55.73307846766, rtol=4e-9)
    assert_allclose(law.shape.value, 3.45051034797, rtol=2e-8)
    assert_allclose(law.log_likelihood, -672.06218727128, rtol=1e-11)


def test_the_intervals_end_where_the_likelihood_has_fallen_by_half_of_chi_square() -> None:
    life, failed = (np.array(x) for x in fans())
    law = weibull(life, failed)
    drop = 3.841458820694124 / 2
    scales, shapes = np.geomspace(3e3, 5e5, 4001), np.geomspace(0.2, 5, 4001)
    for end in (law.shape.low, law.shape.high):
        best = max(log_likelihood(life, failed, 0.0, end, s) for s in scales)
        assert_allclose(best, law.log_likelihood - drop, atol=2e-4)
    for end in (law.scale.low, law.scale.high):
        best = max(log_likelihood(life, failed, 0.0, k, end) for k in shapes)
        assert_allclose(best, law.log_likelihood - drop, atol=2e-4)


def test_lives_seen_only_from_an_age_on_are_not_taken_for_long_ones() -> None:
    chance = np.random.default_rng(5)
    lives = 10 * chance.weibull(2.0, 6_000)
    seen = lives[lives > 6]
    blind, aware = (weibull(seen, np.full(seen.size, True), entry) for entry in (0.0, 6.0))
    assert_allclose([aware.shape.value, aware.scale.value], [2.0, 10.0], rtol=0.08)
    assert blind.scale.value > 1.1 * aware.scale.value


def test_the_likelihood_with_late_entry_is_at_its_peak() -> None:
    life = np.array([7.0, 8.0, 12.0, 15.0, 9.0, 20.0])
    failed = np.array([True, True, True, False, True, False])
    law = weibull(life, failed, 5.0)
    k, s = law.shape.value, law.scale.value
    top = log_likelihood(life, failed, 5.0, k, s)
    assert_allclose(law.log_likelihood, top, rtol=1e-10)
    for move_k, move_s in ((1.02, 1), (0.98, 1), (1, 1.02), (1, 0.98)):
        assert log_likelihood(life, failed, 5.0, k * move_k, s * move_s) < top


lives = st.lists(st.integers(1, 500), min_size=3, max_size=25).filter(lambda x: len(set(x)) > 2)


@steady
@given(lives, st.floats(0.01, 1e4))
def test_the_unit_of_age_changes_the_scale_and_nothing_else(life: list[int], unit: float) -> None:
    failed = [True] * len(life)
    one, other = weibull(life, failed), weibull([unit * x for x in life], failed)
    assert_allclose(other.shape.value, one.shape.value, rtol=1e-6)
    assert_allclose(other.scale.value, unit * one.scale.value, rtol=1e-6)


@steady
@given(lives)
def test_a_weight_of_three_is_three_rows_in_any_order(life: list[int]) -> None:
    heavy = weibull(life, [True] * len(life), weight=3)
    rows = weibull((life * 3)[::-1], [True] * (3 * len(life)))
    assert_allclose(heavy.shape.value, rows.shape.value, rtol=1e-7)
    assert_allclose(heavy.shape.low, rows.shape.low, rtol=1e-5)


@steady
@given(lives)
def test_the_estimates_lie_inside_their_intervals(life: list[int]) -> None:
    law = weibull(life, [True] * len(life))
    assert law.shape.low < law.shape.value < law.shape.high
    assert law.scale.low < law.scale.value < law.scale.high
    assert_allclose(law.survival(law.quantile([0.1, 0.5, 0.9])), [0.9, 0.5, 0.1], rtol=1e-9)


def test_intervals_cover_as_often_as_they_say() -> None:
    chance = np.random.default_rng(12)
    hits = 0
    for _ in range(200):
        lives = chance.weibull(1.5, 40)
        failed = lives < 1.0
        law = weibull(np.minimum(lives, 1.0), failed, level=0.9)
        hits += law.shape.low <= 1.5 <= law.shape.high
    assert 0.85 <= hits / 200 <= 0.95


@pytest.mark.parametrize(
    ("life", "failed", "entry", "said"),
    [
        ([3.0, 4.0], [True, False], 0.0, "two different ages"),
        ([3.0, 3.0], [True, True], 0.0, "two different ages"),
        ([3.0, 0.0], [True, True], 0.0, "life 1 is 0"),
        ([3.0, 4.0], [True, True], 3.5, "life 0 is 3, entered at 3.5"),
        ([3.0, np.nan], [True, True], 0.0, "life 1 is nan"),
        ([3.0, 4.0], [True], 0.0, "2 lives need"),
    ],
)
def test_lives_that_show_no_law_are_refused(
    life: list[float], failed: list[bool], entry: float, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        weibull(life, failed, entry)
