"""Units that are asked for in requests: the law of depot and sites against listing them all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellkept.methods import allocation, replay
from wellkept.methods.echelons import levels, network
from wellkept.methods.echelons.network import Network
from wellkept.methods.stocking import compound

MOST = 40  # units of a site that are told apart in the listing; more hardly ever come


def listed(
    counts: tuple[float, float], request: float, split: tuple[float, float], stock: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Give the laws of what a region and one of its vans wait for, request by request.

    `counts` are the requests in the depot's lead time, of all, and then on the region's way, of the
    region alone. A unit waits at the depot if `stock[0]` units of its lead time are older, and at
    the region if `stock[1]` of those that wait are older still. Nothing lies at the van.
    """
    size = np.array([(1 - 1 / request) ** (n - 1) / request for n in range(1, MOST)])
    at = {(0, 0, 0): 1.0}  # units so far at the depot, at the region, waiting for the van
    found = {}
    for stage, mean in enumerate(counts):
        term = np.exp(-mean)
        total = {key: term * chance for key, chance in at.items()}
        for nth in range(1, 10):
            at = _one_more(at, size, split, stock, at_depot=stage == 0)
            term *= mean / nth
            for key, chance in at.items():
                total[key] = total.get(key, 0.0) + term * chance
        at = total
        found[stage] = at
    region, van = np.zeros(MOST), np.zeros(MOST)
    for (_, behind, waiting), chance in found[1].items():
        region[behind] += chance
        van[waiting] += chance
    return region, van


def _one_more(
    at: dict[tuple[int, int, int], float], size: np.ndarray, split: tuple[float, float],
    stock: tuple[int, int], *, at_depot: bool,
) -> dict[tuple[int, int, int], float]:  # fmt: skip
    more: dict[tuple[int, int, int], float] = {}
    for (depot, region, van), chance in at.items():
        for n, often in enumerate(size, start=1):
            if chance * often < 1e-11:
                break
            owed = max(depot + n - stock[0], 0) - max(depot - stock[0], 0) if at_depot else n
            after = min(depot + n, stock[0]) if at_depot else depot
            behind = min(region + owed, MOST - 1)
            late = max(behind - stock[1], 0) - max(region - stock[1], 0)
            mine = split[0] if at_depot else 1.0
            for key, share in (
                ((after, region, van), 1 - mine),
                ((after, behind, min(van + late, MOST - 1)), mine * split[1]),
                ((after, behind, van), mine * (1 - split[1])),
            ):
                if share > 0:
                    more[key] = more.get(key, 0.0) + chance * often * share
    return more


def a_network(request: float, rate: list[float], lead: float, way: float) -> Network:
    """Give a region (0) with a van (1) at its door, and another site."""
    return network(
        [rate], depot_lead=lead, transit=[[way, 0.0, 0.0]], above=[-1, 0, -1], request=request
    )


@pytest.mark.parametrize(("mean", "stock"), [(1.6, (2, 1)), (2.5, (3, 2)), (1.0, (1, 1))])
def test_the_law_is_that_of_listing_every_request(mean: float, stock: tuple[int, int]) -> None:
    rate, lead, way = [0.3, 0.5, 0.4], 0.7, 0.4
    region, van = listed(
        (sum(rate) * lead / mean, (rate[0] + rate[1]) * way / mean),
        mean, ((rate[0] + rate[1]) / sum(rate), rate[1] / (rate[0] + rate[1])), stock,
    )  # fmt: skip
    net = a_network(mean, rate, lead, way)
    step = np.arange(MOST)
    for held in (0, 2):
        told = levels(net, [[stock[0], stock[1], held, 0]])
        short = np.maximum(step - held, 0)
        assert told.backorders[0, 2] == pytest.approx(short @ van, abs=1e-6)
        assert told.backorders_variance[0, 2] == pytest.approx(
            short**2 @ van - (short @ van) ** 2, abs=1e-4
        )
        assert told.ready[0, 2] == pytest.approx(van[:held].sum(), abs=1e-6)
        again = 1 - 1 / mean
        met = sum(
            van[: held - n + 1].sum() * again ** (n - 1) * (1 - again) for n in range(1, held + 1)
        )
        assert told.fill[0, 2] == pytest.approx(met, abs=1e-6)
    assert told.on_hand[0, 1] == pytest.approx(np.maximum(stock[1] - step, 0) @ region, rel=1e-6)


def test_one_shelf_is_the_compound_poisson_law_of_panjer() -> None:
    """With units by the hundred: on hand, and the share of whole requests met at once."""
    request, way, rate = 50.0, 0.1, 3_000.0
    size = np.arange(1, 2_000)
    sizes = (1 - 1 / request) ** (size - 1) / request
    net = network([[rate]], depot_lead=0.0, transit=way, request=request)
    for held in (0, 40, 300, 900):
        found = levels(net, [[0, held]])
        one = compound.services(held - 1, 1, rate / request * way, sizes / sizes.sum())
        assert found.backorders[0, 1] == pytest.approx(float(one.backorders), rel=1e-6)
        assert found.ready[0, 1] == pytest.approx(float(one.ready), abs=1e-7)
        assert found.fill[0, 1] == pytest.approx(float(one.unit_fill), abs=1e-7)
        assert found.fill[0, 1] == pytest.approx(float(one.line_fill), abs=1e-7)


def test_requests_that_are_played_leave_as_much_missing() -> None:
    """Depot and three sites, requests of 10: 400 items for 50 years; three standard errors."""
    items, rate, stock = 400, np.array([[40.0, 80.0, 20.0]]), np.array([[60, 20, 20, 10]])
    way = [[0.02, 0.05, 0.01]]
    law = levels(network(rate, depot_lead=0.25, transit=way, request=10.0), stock)
    chain = replay.chain(
        np.repeat(rate, items, 0), depot_lead=0.25, transit=way, request=10.0, lead_cv=0.3
    )
    told = replay.simulate(chain, np.repeat(stock, items, 0), horizon=52, warm_up=2, seed=3)
    wide = 3 * told.backorders.std(axis=0) / np.sqrt(items)
    assert (np.abs(law.backorders[0] - told.backorders.mean(axis=0)) < wide).all()
    assert (wide < 0.1 * law.backorders[0]).all()
    met = told.at_once.sum(axis=0) / told.demands.sum(axis=0)
    np.testing.assert_allclose(law.fill[0], met, atol=0.005)


def test_waits_vary_as_the_last_unit_of_a_request_waits() -> None:
    """A shelf of none, a way of fixed length: everybody waits for just that."""
    found = levels(network([[30.0]], depot_lead=0.0, transit=0.2, request=6.0), [[0, 0]])
    assert found.wait[0, 1] == pytest.approx(0.2) and found.wait_square[0, 1] == pytest.approx(0.04)


@given(
    st.floats(1, 30),
    st.lists(st.floats(0, 12), min_size=2, max_size=3),
    st.lists(st.integers(0, 25), min_size=4, max_size=4),
    st.floats(0.5, 20),
)
@settings(deadline=None, max_examples=25, derandomize=True)
def test_one_more_unit_anywhere_makes_nobody_wait_longer(
    request_of: float, rates: list[float], stock: list[int], shape: float
) -> None:
    net = network(
        [rates], depot_lead=0.8, transit=0.2, request=request_of, uncertainty=[shape],
        above=[-1, 0, 0][: len(rates)],
    )  # fmt: skip
    held = np.array([stock[: len(rates) + 1]])
    before = levels(net, held)
    assert (before.fill >= -1e-12).all() and (before.fill <= 1 + 1e-12).all()
    for place in range(held.size):
        more = held.copy()
        more[0, place] += 1
        after = levels(net, more)
        assert (after.backorders <= before.backorders + 1e-9).all()
        assert (after.fill >= before.fill - 1e-9).all()


def test_corners_of_the_curve_are_the_best_of_all_stocks() -> None:
    """Two and three levels: each corner against every stock of as many units."""
    for above in (None, [-1, 0]):
        net = network(
            [[3.0, 2.0]], depot_lead=0.4, transit=0.1, request=2.5, uncertainty=[3.0], above=above
        )
        value = np.array([[4.0, 7.0]])
        curve = allocation.exchange(net, value, [1.0], rarest=2e-2)
        for steps in range(0, min(curve.item.size, 9)):
            units = int(curve.first[0] if steps == 0 else curve.total[steps - 1])
            every = np.array(
                [[a, b, units - a - b] for a in range(units + 1) for b in range(units - a + 1)]
            )
            many = net.take(np.zeros(len(every), np.int64))
            left = (levels(many, every).backorders[:, 1:] * value).sum(axis=1)
            mine = (levels(net, curve.stock(steps)).backorders[:, 1:] * value).sum()
            assert curve.left[steps] == pytest.approx(mine, rel=1e-7)
            assert mine == pytest.approx(left.min(), rel=1e-7)


def test_what_cannot_be_a_request_is_said() -> None:
    with pytest.raises(ValueError, match="one unit at least"):
        network([[1.0]], depot_lead=1.0, request=0.5)
    with pytest.raises(ValueError, match="one by one"):
        levels(network([[1.0]], depot_lead=1.0, request=2.0), [[3, 0]], depot_lot=2)
