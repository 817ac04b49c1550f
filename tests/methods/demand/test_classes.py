"""The classes of Syntetos, Boylan and Croston. The 3,000 published ones are in tests/real."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from wellkept.methods.demand import Kind, classify

steady = settings(deadline=None, max_examples=60, derandomize=True)


@pytest.mark.parametrize(
    ("demand", "kind"),
    [
        ([3, 3, 4, 3, 3, 4], Kind.SMOOTH),
        ([0, 3, 0, 4, 0, 3], Kind.INTERMITTENT),
        ([1, 9, 1, 1, 1, 8], Kind.ERRATIC),
        ([0, 1, 0, 9, 0, 1], Kind.LUMPY),
        ([0, 0, 7, 0, 0, 0], Kind.UNKNOWN),
        ([0, 0, 0, 0, 0, 0], Kind.UNKNOWN),
    ],
)
def test_each_kind_of_demand_has_its_name(demand: list[int], kind: Kind) -> None:
    assert classify(demand).kind is kind


def test_the_first_interval_counts_from_the_beginning_of_the_records() -> None:
    # Demands in periods 3 and 4 of 6: intervals 3 and 1.
    assert classify([0, 0, 5, 5, 0, 0]).interval == 2.0


def test_the_variation_of_sizes_is_that_of_a_sample() -> None:
    sizes = np.array([2.0, 4.0, 9.0])
    expected = (sizes.std(ddof=1) / sizes.mean()) ** 2
    assert_allclose(classify([2, 0, 4, 0, 9]).variation, expected)


def test_reading_backwards_may_change_the_class() -> None:
    demand = [0, 0, 0, 3, 4, 3, 4]
    assert classify(demand).kind is Kind.INTERMITTENT
    assert classify(demand[::-1]).kind is Kind.SMOOTH


@steady
@given(st.lists(st.integers(0, 9), min_size=2, max_size=20), st.integers(2, 9))
def test_the_class_does_not_depend_on_the_unit(demand: list[int], factor: int) -> None:
    one, other = classify(demand), classify([factor * x for x in demand])
    assert one.kind is other.kind
    assert_allclose(one.variation, other.variation, atol=1e-12)


@steady
@given(st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=1, max_size=6))
def test_a_table_is_classed_row_by_row(rows: list[list[int]]) -> None:
    assert list(classify(rows).kind) == [classify(row).kind for row in rows]


def test_sizes_that_are_all_equal_do_not_vary() -> None:
    assert classify([5, 0, 5, 5]).variation == 0
