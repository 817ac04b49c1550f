"""The hours a contract loses: the grid against closed forms, the law against the played hours."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from wellkept.methods import echelons, replay
from wellkept.methods.contract_hours import Causes, Played, doubt, hours_law, play

HOURS = 8760.0


def one(
    rate: float, waits: float, wait_h: float, fixed_h: float, allowed: float
) -> tuple[float, float, float]:
    """Mean, risk and excess of a contract with one cause."""
    law = hours_law([0], rate, waits, wait_h, fixed_h, contracts=1, allowance_h=[allowed])
    return float(law.mean_h[0]), float(law.beyond(allowed)[0]), float(law.excess(allowed)[0])


def test_without_a_stop_nothing_is_lost() -> None:
    assert one(0.0, 1.0, 10.0, 2.0, 5.0) == (0.0, 0.0, 0.0)


def test_repair_alone_is_a_poisson_number_of_equal_hours() -> None:
    """Eight stops of 2 h in a usual year, 20 h allowed: broken from the eleventh stop on."""
    mean, risk, excess = one(8.0, 0.0, 0.0, 2.0, 20.0)
    assert mean == 16.0
    assert risk == pytest.approx(1 - special.pdtr(10, 8.0), abs=1e-9)
    over = sum(
        (2 * n - 20) * math.exp(n * math.log(8) - 8 - math.lgamma(n + 1)) for n in range(11, 120)
    )
    assert excess == pytest.approx(over, rel=1e-9)


@pytest.mark.parametrize(("rate", "wait_h", "allowed"), [(0.5, 10, 10), (3, 24, 30), (12, 5, 90)])
def test_waits_alone_are_a_poisson_number_of_exponential_hours(
    rate: float, wait_h: float, allowed: float
) -> None:
    """P(H > a) = Σ P(N = n) P(Gamma(n) > a ÷ w): the compound Poisson–exponential law."""
    n = np.arange(1, 200)
    chance = np.exp(n * np.log(rate) - rate - special.gammaln(n + 1))
    beyond = float((chance * special.gammaincc(n, allowed / wait_h)).sum())
    mean, risk, _ = one(rate, 1.0, wait_h, 0.0, allowed)
    assert mean == rate * wait_h
    assert risk == pytest.approx(beyond, abs=1e-3)


@given(
    rate=st.floats(0.05, 20), waits=st.floats(0, 1), wait_h=st.floats(1, 200),
    fixed_h=st.floats(0, 10), allowed=st.floats(5, 400),
)  # fmt: skip
def test_the_slope_of_the_excess_is_the_risk(
    rate: float, waits: float, wait_h: float, fixed_h: float, allowed: float
) -> None:
    law = hours_law([0], rate, waits, wait_h, fixed_h, contracts=1, allowance_h=[allowed])
    step = float(law.step_h[0])
    allowed = round(allowed / step) * step
    fall = float((law.excess(allowed) - law.excess(allowed + step))[0]) / step
    assert fall == pytest.approx(float(law.beyond(allowed)[0]), abs=1e-7)
    assert float(law.mass.min()) >= -1e-9 and float(law.mass.sum()) <= 1 + 1e-7
    assert 0 <= law.excess(allowed)[0] <= law.mean_h[0] + step


@pytest.mark.parametrize(("square", "risk"), [(1.0, 1 - 0.9098), (4 / 3, 1 - 0.8562)])
def test_a_wait_that_ends_for_certain_is_not_taken_as_exponential(
    square: float, risk: float
) -> None:
    """Half a stop a year, waits of 10 h on average, 15 h allowed.

    Always 10 h: beyond it from two stops on, 1 − e^(−½) (1 + ½). Anything from 0 to 20 h: one stop
    is beyond it in a quarter of cases, two in 1 − ½ (15 ÷ 20)², three in 1 − ⅙ (15 ÷ 20)³.
    """
    law = hours_law([0], 0.5, 1.0, 10.0, 0.0, contracts=1, allowance_h=[15], wait_square=square)
    assert float(law.beyond(15)[0]) == pytest.approx(risk, abs=2e-3)


def test_an_allowance_beyond_the_law_is_refused() -> None:
    law = hours_law([0], 1.0, 1.0, 5.0, 0.0, contracts=1, allowance_h=[10])
    with pytest.raises(ValueError, match=r"reckoned up to .* h; an allowance of 50 h lies beyond"):
        law.beyond(50)


def test_causes_of_one_contract_add_up_and_those_of_another_do_not() -> None:
    both = hours_law([0, 0, 1], [2, 3, 7], 1.0, [10, 20, 5], 1.0, contracts=3, allowance_h=[40] * 3)
    alone = hours_law([0, 0], [2, 3], 1.0, [10, 20], 1.0, contracts=1, allowance_h=[40])
    assert both.mean_h.tolist() == [2 * 11 + 3 * 21, 7 * 6, 0]
    assert both.beyond(40)[0] == alone.beyond(40)[0]
    assert both.beyond(40)[2] == 0


def test_a_contract_without_an_allowance_has_no_risk_to_tell() -> None:
    law = hours_law([0], 1.0, 1.0, 5.0, 0.0, contracts=1)
    assert np.isnan(law.beyond(np.nan)[0]) and np.isnan(law.excess(np.nan)[0])
    assert law.mean_h[0] == 5.0


def test_a_contract_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="There are 2 contracts; a cause names number 2"):
        hours_law([2], 1.0, 1.0, 5.0, 0.0, contracts=2)


# Played


RATE, LEAD, TRANSIT = np.array([[3.0, 1.5]]), np.array([30 / 365]), 5 / 365
CAUSES = Causes(
    begin=np.array([0, 1, 3]), share=np.array([1.0, 0.5, 0.5]), contract=np.array([0, 0, 1]),
    stops=np.ones(3), cost_h=np.full(3, 10.0), fixed_h=np.full(3, 2.0),
)  # fmt: skip


def played(stock: list[int], runs: int = 1500, seed: int = 1) -> Played:
    chain = replay.chain(RATE, depot_lead=LEAD, transit=TRANSIT)
    return play(chain, [stock], CAUSES, contracts=2, years=2, warm_up=0.5, runs=runs, seed=seed)


def test_the_played_missing_pieces_are_those_of_the_exact_law() -> None:
    network = echelons.network(RATE, depot_lead=LEAD, transit=TRANSIT)
    exact = echelons.levels(network, [[0, 1, 1]])
    found = played([0, 1, 1])
    spread = found.missing.std(axis=0, ddof=1) / np.sqrt(1500)
    assert (np.abs(found.missing.mean(axis=0) - exact.backorders[:, 1:]) < 4 * spread).all()
    cost = float((exact.backorders[:, 1:]).sum()) * HOURS * 10
    assert found.waiting_cost.mean() == pytest.approx(cost, rel=0.05)


def test_the_law_foretells_the_played_hours() -> None:
    network = echelons.network(RATE, depot_lead=LEAD, transit=TRANSIT)
    exact = echelons.levels(network, [[0, 1, 1]])
    chance = 1 - exact.fill[0, 1:]
    late = exact.wait[0, 1:] * HOURS / chance
    square = (exact.wait_square[0, 1:] * HOURS**2 / chance / late**2)[[0, 1, 1]]
    rate = [3.0, 0.75, 0.75]
    clump = 1 + 4 * np.array(rate) * (late / HOURS * (1 - chance))[[0, 1, 1]]
    law = hours_law([0, 0, 1], rate, chance[[0, 1, 1]], late[[0, 1, 1]], 2.0, contracts=2,
                    allowance_h=[200, 200], wait_square=square, clump=clump)  # fmt: skip
    found = played([0, 1, 1])
    assert found.hours.mean(axis=(0, 1)) == pytest.approx(law.mean_h, rel=0.06)
    over, years = found.beyond(200)
    assert over / years == pytest.approx(law.beyond(200), abs=0.02)
    fines = found.penalty([200, 200], [1, 0]).mean()
    assert fines == pytest.approx(float(law.excess(200)[0]), rel=0.08)


def test_a_rate_that_is_in_doubt_makes_many_stops_likelier() -> None:
    """Shelves that are never empty: the number of stops is negative binomial, and is played."""
    rate, shape = np.array([[6.0], [3.0]]), np.array([2.0, 4.0])
    chain = replay.chain(rate, depot_lead=LEAD[[0, 0]], transit=TRANSIT, uncertainty=shape)
    causes = Causes(
        begin=np.array([0, 2, 3]), share=np.array([0.5, 0.5, 1.0]), contract=np.array([0, 0, 0]),
        stops=np.ones(3), cost_h=np.zeros(3), fixed_h=np.full(3, 2.0),
    )  # fmt: skip
    known = doubt([0, 0, 1], [0, 0, 0], [3.0, 3.0, 3.0], shape, contracts=2)
    assert known[0] == pytest.approx(81 / (36 / 2 + 9 / 4)) and known[1] == np.inf
    fixed = ([0, 0, 0], 3.0, 0.0, 0.0, 2.0)
    found = play(
        chain, [[90, 90]] * 2, causes, contracts=1, years=1, warm_up=0.1, runs=4000, seed=3
    )
    for allowed in (12.0, 22.0, 40.0):
        sure = hours_law(*fixed, contracts=1, allowance_h=[allowed])
        law = hours_law(*fixed, contracts=1, allowance_h=[allowed], doubt=known[:1])
        over, years = found.beyond([allowed])
        wanted = special.nbdtrc(int(allowed // 2), known[0], known[0] / (known[0] + 9))
        assert float(law.beyond(allowed)[0]) == pytest.approx(wanted, abs=1e-6)
        assert over[0] / years == pytest.approx(wanted, abs=0.022)
        assert abs(float(sure.beyond(allowed)[0]) - over[0] / years) > 0.03


def test_the_same_seed_gives_every_stock_the_same_demands() -> None:
    poor, rich = played([0, 0, 0], runs=40), played([3, 3, 3], runs=40)
    assert poor.demands.tolist() == rich.demands.tolist()
    assert (poor.waiting_cost >= rich.waiting_cost).all()
    assert (poor.hours >= rich.hours).all(), "each stop is charged to the same contract"
    again = played([3, 3, 3], runs=40)
    assert again.hours.tolist() == rich.hours.tolist()


def test_penalties_begin_beyond_the_allowance() -> None:
    found = played([0, 1, 1], runs=50)
    none = found.penalty([1e9, np.nan], [350.0, 350.0])
    assert none.tolist() == [0.0] * 50
    per_hour = found.penalty([0.0, 0.0], [2.0, 2.0])
    assert per_hour == pytest.approx(2 * found.hours.sum(axis=2).mean(axis=1))


def test_a_play_refuses_what_it_cannot_judge() -> None:
    chain = replay.chain(RATE, depot_lead=LEAD)
    with pytest.raises(ValueError, match="items × \\(depot and sites\\), here \\(1, 3\\)"):
        play(chain, [[1, 1]], CAUSES, contracts=2, years=1, warm_up=0, runs=2, seed=1)
    with pytest.raises(ValueError, match="at least two runs"):
        play(chain, [[1, 1, 1]], CAUSES, contracts=2, years=1, warm_up=0, runs=1, seed=1)
