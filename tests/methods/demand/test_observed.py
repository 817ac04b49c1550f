"""What is known of demand: missing is not zero, an empty shelf says at least, no nets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellkept.methods.demand import history, lead_time_demand, sba, without_returns

steady = settings(deadline=None, max_examples=60, derandomize=True)


def test_a_return_is_refused_with_part_and_period_and_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"part 1, period 2, .* value -3.*without_returns"):
        history([[1, 0, 2], [0, 4, -3]])


@pytest.mark.parametrize("method", [sba, lambda demand: lead_time_demand(demand, 2)])
def test_no_method_nets_a_return_against_demand(method: object) -> None:
    with pytest.raises(ValueError, match="is negative"):
        method([[1, 0, 2], [0, 4, -3]])  # type: ignore[operator]  # either of the two above


def test_returns_are_kept_apart_and_their_months_are_not_zero() -> None:
    apart = without_returns([5, -2, 0, -1])
    assert apart.demand.tolist() == [5, 0, 0, 0]
    assert apart.returned.tolist() == [0, 2, 0, 1]
    assert apart.unsure.tolist() == [False, True, False, True]
    assert "2 periods are negative (3 units came back)" in apart.sentence
    past = history(apart.demand, apart.unsure)
    assert past.judged.tolist() == [[True, False, True, False]]


def test_without_returns_nothing_is_said_of_any() -> None:
    assert without_returns([1, 0]).sentence == "No returns among the demand."


@steady
@given(st.lists(st.integers(-9, 9), min_size=1, max_size=20))
def test_nothing_is_lost_when_returns_are_taken_apart(figures: list[int]) -> None:
    apart = without_returns(figures)
    assert (apart.demand - apart.returned).tolist() == figures
    assert (apart.demand >= 0).all()
    assert (apart.returned >= 0).all()


def test_a_missing_month_is_neither_known_nor_zero() -> None:
    past = history([1, np.nan, 0])
    assert past.known.tolist() == [[True, False, True]]
    assert past.occurred.tolist() == [[True, False, False]]


def test_an_empty_shelf_and_no_sale_say_nothing() -> None:
    past = history([3, 0, 0], [True, True, False])
    assert past.judged.tolist() == [[True, False, True]]
    assert past.at_least.tolist() == [[True, True, False]]


def test_infinite_demand_is_refused() -> None:
    with pytest.raises(ValueError, match="is infinite"):
        history([1, np.inf])


def test_marks_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="must be of one shape"):
        history([1, 2], [True])


def test_a_cube_is_no_demand() -> None:
    with pytest.raises(ValueError, match=r"shape \(1, 1, 1\)"):
        history([[[1]]])


def test_half_units_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"whole number.*smaller unit"):
        lead_time_demand([[1.5, 0, 2.0, 1.0]], 1)


@pytest.mark.parametrize("lead", [0, -1, np.nan, [1, 2, 3]])
def test_a_lead_time_that_is_none_is_refused(lead: object) -> None:
    with pytest.raises(ValueError, match="lead time"):
        lead_time_demand([[1, 0, 2, 1], [0, 0, 1, 0]], lead)  # type: ignore[arg-type]  # refused
