"""A share of time, with an interval over those whose time it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.methods.ratios import ENOUGH, ratio_of_sums

COCHRAN_POPULATION_1920 = np.array([76, 138, 67, 29, 381, 23, 37, 120, 61, 387, 93, 172, 78, 66,
                                    60, 46, 2, 507, 179, 121, 50, 44, 77, 64, 64, 56, 40, 40,
                                    38, 136, 116, 46, 243, 87, 30, 71, 256, 43, 25, 94, 43, 298,
                                    36, 161, 74, 45, 36, 50, 48])  # fmt: skip
COCHRAN_POPULATION_1930 = np.array([80, 143, 67, 50, 464, 48, 63, 115, 69, 459, 104, 183, 106, 86,
                                    57, 65, 50, 634, 260, 113, 64, 58, 89, 63, 77, 142, 60, 64,
                                    52, 139, 130, 53, 291, 105, 111, 79, 288, 61, 57, 85, 50, 317,
                                    46, 232, 93, 53, 54, 58, 75])  # fmt: skip


def test_the_growth_of_49_cities_is_what_cochran_prints() -> None:
    """Cochran, Sampling Techniques, 3rd ed. 1977, table 6.1: y/x = 6,262/5,054 = 1.239."""
    whole = COCHRAN_POPULATION_1920.astype(float)
    part = COCHRAN_POPULATION_1930.astype(float)
    found = ratio_of_sums(part, whole, bounded=False)
    assert found is not None
    assert (part.sum(), whole.sum()) == (6262, 5054)
    assert found.value == pytest.approx(1.239, abs=5e-4)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 1e6)), min_size=ENOUGH, max_size=60))
def test_a_share_lies_within_its_interval_and_that_within_0_and_1(
    rows: list[tuple[float, float]],
) -> None:
    whole = np.array([w for _, w in rows])
    part = whole * np.array([s for s, _ in rows])
    found = ratio_of_sums(part, whole)
    assert found is not None
    if found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.value * (1 + 1e-9)
        assert found.value * (1 - 1e-9) <= found.high <= 1


@given(st.floats(0.01, 0.99), st.integers(2, 50))
def test_scaling_time_changes_no_share(share: float, scale: int) -> None:
    whole = np.linspace(1, 9, 20)
    part = whole * share * np.linspace(0.5, 1, 20)
    once, scaled = ratio_of_sums(part, whole), ratio_of_sums(part * scale, whole * scale)
    assert once is not None and scaled is not None
    assert once.value == pytest.approx(scaled.value)
    assert once.low == pytest.approx(scaled.low)


def test_few_units_give_a_value_without_an_interval() -> None:
    found = ratio_of_sums(np.ones(3), np.full(3, 4.0))
    assert found is not None
    assert (found.value, found.low, found.high, found.units) == (0.25, None, None, 3)


def test_nothing_to_divide_by_gives_nothing_and_negative_time_is_refused() -> None:
    assert ratio_of_sums(np.zeros(4), np.zeros(4)) is None
    with pytest.raises(ValueError, match="below zero"):
        ratio_of_sums(np.ones(2), np.array([1.0, -1.0]))


def test_the_interval_covers_as_often_as_it_says() -> None:
    """2,000 samples of 40 cases with uneven open time; about 95 in 100 must hold the truth."""
    draw = np.random.default_rng(11)
    whole = draw.lognormal(1.0, 1.0, (2000, 40))
    part = whole * draw.beta(2, 6, (2000, 40))
    truth = 0.25
    held = 0
    for one, other in zip(part, whole, strict=True):
        found = ratio_of_sums(one, other)
        assert found is not None and found.low is not None and found.high is not None
        held += found.low <= truth <= found.high
    assert 0.91 <= held / 2000 <= 0.97
