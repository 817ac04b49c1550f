"""What a fleet asks for: closed forms, published renewal functions, and what must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from wellkept.methods.bounds import Floats
from wellkept.methods.installed_base_demand import (
    ErlangLife,
    PowerLawRepair,
    WeibullLife,
    fleet_demand,
)

steady = settings(deadline=None, max_examples=25, derandomize=True)

# Renewal function of an Erlang-2 life whose stages are left at rate 2 × 1.3:
# M(t) = 1.3 t − 1/4 + exp(−4 × 1.3 t) / 4 (Cox 1962, Renewal Theory, section 4.2), at t.
ERLANG = [
    (0.5, 0.41856839455358347),
    (1.0, 1.0513791411051903),
    (2.0, 2.350007608120752),
    (5.0, 6.250000000001277),
]
# Weibull lives of scale 1: shape, age, stretch ahead, replacements by the midpoint method of Xie
# 1989 with a coarser grid, by 4 million simulated paths, and minimal repairs in closed form.
WEIBULL = """
1.0 0.0 0.5 0.4999999557026009 0.5000290000000001 0.5
1.0 0.0 1.0 0.999999766572436 1.000169 1.0
1.0 0.0 2.0 1.9999993812553374 1.9999432499999998 2.0
1.0 0.5 0.5 0.4999999557026009 0.5000290000000001 0.5
1.0 0.5 1.0 0.9999997665724362 1.000169 1.0
1.0 0.5 2.0 1.9999993812553374 1.9999432499999998 2.0
1.0 1.0 0.5 0.4999999557026009 0.5000290000000001 0.5
1.0 1.0 1.0 0.9999997665724362 1.000169 1.0
1.0 1.0 2.0 1.9999993812553374 1.9999432499999998 2.0
1.5 0.0 0.5 0.3302700126688836 0.33043325 0.3535533905932738
1.5 0.0 1.0 0.8415789350166641 0.8417874999999999 1.0
1.5 0.0 2.0 1.9455027582647153 1.94529975 2.8284271247461903
1.5 0.5 0.5 0.5445998777308244 0.544449 0.6464466094067263
1.5 0.5 1.0 1.1008842824733378 1.10077225 1.48356391649411
1.5 0.5 2.0 2.210440661354845 2.21026 3.5992936846172
1.5 1.0 0.5 0.6540244080732891 0.653833 0.8371173070873836
1.5 1.0 1.0 1.2267028675454972 1.22638575 1.8284271247461903
1.5 1.0 2.0 2.335074361137992 2.334828 4.196152422706632
2.0 0.0 0.5 0.23079400051973586 0.23084225 0.25
2.0 0.0 1.0 0.753692234911918 0.7537275000000001 1.0
2.0 0.0 2.0 1.8940414934165446 1.8937629999999999 4.0
2.0 0.5 0.5 0.5699052139021614 0.56962 0.75
2.0 0.5 1.0 1.1515869754571244 1.15140425 2.0
2.0 0.5 2.0 2.277424448595557 2.27746075 6.0
2.0 1.0 0.5 0.7815768539785047 0.781138 1.25
2.0 1.0 1.0 1.3438889118022241 1.34365 3.0
2.0 1.0 2.0 2.465712612652739 2.4656337500000003 8.0
3.5 0.0 0.5 0.08480114562903517 0.0847295 0.08838834764831845
3.5 0.0 1.0 0.6547053689674786 0.654631 1.0
3.5 0.0 2.0 1.7690113650809431 1.768996 11.313708498984761
3.5 0.5 0.5 0.606494583502138 0.6064915 0.9116116523516815
3.5 0.5 1.0 1.1692454160756462 1.16916625 4.045125593298295
3.5 0.5 2.0 2.2784721997888058 2.27850075 24.616905872417146
3.5 1.0 0.5 0.9851177259215556 0.98503025 3.133513940946613
3.5 1.0 1.0 1.4005875694762415 1.4004805 10.313708498984761
3.5 1.0 2.0 2.5467502788409493 2.54692875 45.76537180435969
0.8 0.0 0.5 0.6079527391915877 0.60780875 0.5743491774985174
0.8 0.0 1.0 1.0985056981837167 1.0986855 1.0
0.8 0.0 2.0 2.023540675397032 2.02365225 1.7411011265922482
0.8 0.5 0.5 0.4711718110774554 0.47135150000000003 0.42565082250148256
0.8 0.5 1.0 0.9330589815503513 0.9331037499999999 0.8088126897240742
0.8 0.5 2.0 1.8378231244233656 1.8378592500000002 1.5070338410061654
0.8 1.0 0.5 0.431130601448505 0.431264 0.3831618672225916
0.8 1.0 1.0 0.8741695760774089 0.873975 0.7411011265922482
0.8 1.0 2.0 1.7622758517524268 1.762083 1.4082246852806923
"""
ROWS = [tuple(map(float, line.split())) for line in WEIBULL.strip().splitlines()]


@pytest.mark.parametrize(("t", "published"), ERLANG)
def test_new_parts_of_erlang_life_follow_the_closed_form(t: float, published: float) -> None:
    assert_allclose(
        fleet_demand(ErlangLife(2, 2.6), [0.0], t).mean, published, rtol=3e-8 if t > 2 else 3e-10
    )


@pytest.mark.parametrize("row", ROWS, ids=[f"{r[0]}-{r[1]}-{r[2]}" for r in ROWS])
def test_weibull_parts_of_any_age_are_replaced_as_often_as_published(
    row: tuple[float, ...],
) -> None:
    shape, age, ahead, numeric, simulated, repaired = row
    fleet = fleet_demand(WeibullLife(shape, 1.0), [age], ahead)
    assert_allclose(fleet.mean, numeric, atol=8e-6)
    assert_allclose(fleet.mean, simulated, atol=4.5e-4)
    minimal = fleet_demand(PowerLawRepair.of_weibull(shape, 1.0), [age], ahead)
    assert_allclose([minimal.mean, minimal.variance], [repaired, repaired], rtol=1e-13)


def by_midpoints(law: WeibullLife, end: float, steps: int) -> Floats:
    """Give the renewal function at `steps` equal steps up to `end` by the method of Xie 1989."""
    at = np.arange(steps + 1) * end / steps
    failed = 1 - law(at)
    between = 1 - law(at[:-1] + end / steps / 2)
    found = np.zeros(steps + 1)
    for i in range(1, steps + 1):
        before = np.diff(found[:i]) @ between[i - 1 : 0 : -1]
        found[i] = (failed[i] + before - between[0] * found[i - 1]) / (1 - between[0])
    return found


@pytest.mark.parametrize("shape", [2.0, 3.5])
def test_with_the_error_of_the_grid_taken_out_eight_places_agree(shape: float) -> None:
    """The error of the midpoint method falls with the square of the step (Richardson)."""
    law = WeibullLife(shape, 1.0)
    coarse, fine = by_midpoints(law, 2.0, 400), by_midpoints(law, 2.0, 800)[::2]
    exact = (4 * fine - coarse) / 3
    for ahead, place in ((0.5, 100), (1.0, 200), (2.0, 400)):
        ours = fleet_demand(law, [0.0], ahead).mean
        assert_allclose(ours, exact[place], rtol=0, atol=4e-9)


def test_all_forty_five_are_there() -> None:
    assert len(ROWS) == 45


@pytest.mark.parametrize("age", [0.0, 0.7, 9.0])
def test_a_part_that_does_not_wear_asks_as_a_poisson_stream(age: float) -> None:
    fleet = fleet_demand(WeibullLife(1.0, 2.0), [age], 3.0)
    assert_allclose([fleet.mean, fleet.variance], [1.5, 1.5], rtol=1e-9)


@pytest.mark.parametrize(("shape", "age", "ahead"), [(0.8, 0.5, 2.0), (2.0, 1.0, 2.0), (3.5, 0, 1)])
def test_mean_and_variance_are_those_of_simulated_lives(
    shape: float, age: float, ahead: float
) -> None:
    chance = np.random.default_rng(7)
    paths = 200_000
    count = np.zeros(paths)
    t = (age**shape - np.log(chance.random(paths))) ** (1 / shape) - age
    while (t <= ahead).any():
        count += t <= ahead
        t = np.where(t <= ahead, t + chance.weibull(shape, paths), t)
    fleet = fleet_demand(WeibullLife(shape, 1.0), [age], ahead)
    assert_allclose(fleet.mean, count.mean(), rtol=0.01)
    assert_allclose(fleet.variance, count.var(), rtol=0.02)


ages = st.lists(st.floats(0, 3), min_size=1, max_size=5)


@steady
@given(ages, st.floats(0.1, 3), st.floats(0.7, 4))
def test_a_fleet_is_the_sum_of_its_assets(age: list[float], ahead: float, shape: float) -> None:
    law = WeibullLife(shape, 1.0)
    alone = [fleet_demand(law, one, ahead) for one in age]
    fleet = fleet_demand(law, age, ahead)
    assert_allclose(fleet.mean, sum(one.mean for one in alone), rtol=1e-9)
    assert_allclose(fleet.variance, sum(one.variance for one in alone), rtol=1e-7, atol=1e-12)
    assert_allclose(fleet.by_asset, [one.mean for one in alone], rtol=1e-9)


@steady
@given(ages, st.floats(0.1, 2))
def test_the_order_of_the_assets_does_not_matter(age: list[float], ahead: float) -> None:
    law = WeibullLife(2.0, 1.0)
    assert_allclose(fleet_demand(law, age, ahead).mean, fleet_demand(law, age[::-1], ahead).mean)


@steady
@given(st.floats(0, 2), st.floats(0.1, 2), st.floats(1.1, 4))
def test_a_part_that_wears_asks_for_more_when_it_is_older(
    age: float, ahead: float, shape: float
) -> None:
    law = PowerLawRepair.of_weibull(shape, 1.0)
    older = fleet_demand(law, age + 0.5, ahead).mean
    assert older > fleet_demand(law, age, ahead).mean


@steady
@given(st.floats(0, 2), st.floats(0.1, 2), st.floats(0.5, 4), st.floats(10, 1000))
def test_hours_or_years_are_the_same_if_the_law_is_told_in_them(
    age: float, ahead: float, shape: float, hours: float
) -> None:
    in_years = fleet_demand(WeibullLife(shape, 1.0), age, ahead)
    in_hours = fleet_demand(WeibullLife(shape, hours), age * hours, ahead * hours)
    assert_allclose(in_hours.mean, in_years.mean, rtol=1e-4)


def test_usage_ages_one_pump_faster_than_the_other() -> None:
    # Alma's pump runs 6,000 h a year, Bruno's 1,000 h; the seal lasts about 8,000 h.
    fleet = fleet_demand(WeibullLife(2.5, 8000.0), [5000.0, 5000.0], np.array([6000.0, 1000.0]))
    assert fleet.by_asset[0] > 4 * fleet.by_asset[1]


def test_positions_count_and_a_standing_asset_asks_for_nothing() -> None:
    law = WeibullLife(2.0, 1.0)
    single, double = fleet_demand(law, 0.5, 1.0), fleet_demand(law, 0.5, 1.0, positions=2)
    assert_allclose([double.mean, double.variance], [2 * single.mean, 2 * single.variance])
    assert fleet_demand(law, [0.5, 0.5], [0.0, 1.0]).by_asset[0] == 0


def test_assets_that_retire_on_the_way_ask_for_less() -> None:
    def half_leave(passed: Floats) -> Floats:
        return np.asarray(1 - passed / 2)

    law = WeibullLife(1.0, 1.0)
    fleet = fleet_demand(law, [0.0], 2.0, stays=half_leave)
    assert_allclose(fleet.mean, 2.0 * 0.75, rtol=1e-5)  # ∫ (1 − x ÷ 4) dx from 0 to 2
    minimal = fleet_demand(PowerLawRepair(1.0, 1.0), [0.0], 2.0, stays=half_leave)
    assert_allclose([minimal.mean, minimal.variance], [fleet.mean, fleet.variance], rtol=1e-4)


def test_a_retirement_makes_the_count_uncertain() -> None:
    # Half the assets leave at once: N is Poisson(2) or 0, so Var = 1 + 4 × 1/4 = 2.
    fleet = fleet_demand(PowerLawRepair(1.0, 1.0), [0.0], 2.0, stays=lambda x: np.full_like(x, 0.5))
    assert_allclose([fleet.mean, fleet.variance], [1.0, 1.0 + 1.0], rtol=1e-4)


@pytest.mark.parametrize("shape", [0.7, 1.0, 3.0])
def test_the_distribution_has_the_mean_and_variance_of_the_fleet(shape: float) -> None:
    fleet = fleet_demand(WeibullLife(shape, 1.0), np.linspace(0, 1, 50), 0.3)
    demand = fleet.demand()
    assert_allclose(demand.mean, fleet.mean, rtol=1e-6)
    assert_allclose(demand.variance, fleet.variance, rtol=1e-5)


def test_any_survival_function_serves() -> None:
    def uniform(age: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.clip(1 - age, 0, 1))

    # For a uniform life M(t) = e^t − 1 up to t = 1 (Cox 1962, section 4.2).
    assert_allclose(fleet_demand(uniform, [0.0], 1.0).mean, np.e - 1, rtol=1e-6)


def test_a_part_older_than_any_is_refused_with_what_to_check() -> None:
    with pytest.raises(ValueError, match=r"age 2, yet one is in service.*unit"):
        fleet_demand(lambda x: np.clip(1 - x, 0, 1), [0.5, 2.0], 1.0)


@pytest.mark.parametrize(
    ("age", "ahead", "positions", "said"),
    [
        ([1.0, np.nan], 1.0, 1, "age of asset 1 is nan"),
        ([1.0, 2.0], -1.0, 1, "stretch ahead of asset 0 is -1"),
        ([1.0, 2.0], 1.0, [1, -2], "positions of asset 1 is -2"),
    ],
)
def test_what_is_not_known_is_refused_by_name(
    age: object, ahead: object, positions: object, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        fleet_demand(WeibullLife(1.0, 1.0), age, ahead, positions=positions)  # type: ignore[arg-type]  # refused
