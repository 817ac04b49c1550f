"""Planning a whole stock: seconds, processor seconds and memory, against SciPy and stockpyl.

    python benchmarks/planning.py [repeats]

Each job runs in fresh processes, in turn with its peer; the first run of a job compiles its kernels
and is not counted. Times are medians: wall time and, in brackets, processor time, which other work
on the machine disturbs less. Where stockpyl is not installed it says so.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

ITEMS, SITES = 10_000, 20
BUDGETS = (5e6, 2e7, 6e7)
RAREST = 1e-6

Floats = NDArray[np.float64]


def portfolio(n: int = ITEMS, m: int = SITES) -> dict[str, Floats]:
    """Give a firm's parts: few wanted often, most less than once a year at any one site."""
    chance = np.random.default_rng(20260302)
    total = chance.lognormal(np.log(2.5), 1.3, n)
    share = chance.gamma(1.0, 1.0, (n, m))
    return {
        "rate": total[:, None] * share / share.sum(axis=1, keepdims=True),
        "depot_lead": chance.uniform(20, 120, n) / 365,
        "transit": chance.uniform(2, 10, (n, m)) / 365,
        "price": chance.lognormal(np.log(300), 1.2, n),
    }


def exact() -> dict[str, float]:
    """The whole exchange curve by the exact law, and the stock of three budgets."""
    from wellkept.methods.allocation import exchange
    from wellkept.methods.echelons import network

    parts = portfolio()
    first = portfolio(3)
    warm = network(first["rate"], depot_lead=first["depot_lead"], transit=first["transit"])
    curve = exchange(warm, 1.0, first["price"])
    curve.stock(1)
    seconds, work = clocks()
    net = network(parts["rate"], depot_lead=parts["depot_lead"], transit=parts["transit"])
    curve = exchange(net, 1.0, parts["price"], rarest=RAREST)
    found = {**since(seconds, work), "steps": float(curve.item.size)}
    seconds, work = clocks()
    choices = [curve.at(budget) for budget in BUDGETS]
    stocks = [curve.stock(choice) for choice in choices]
    again = since(seconds, work)
    found |= {"choosing": again["s"] / 3, "units": float(stocks[1].sum())}
    found |= {f"missing {b:.0e}": c.left for b, c in zip(BUDGETS, choices, strict=True)}
    return found


def scipy_metric() -> dict[str, float]:
    """The same by METRIC with SciPy tables, as one would write it in an afternoon."""
    from scipy import special

    parts = portfolio()
    seconds, work = clocks()
    rate, price = parts["rate"], parts["price"]
    hub, own = rate.sum(axis=1) * parts["depot_lead"], rate * parts["transit"]
    split = rate / rate.sum(axis=1, keepdims=True)
    deep, wide, block = 40, 8, 500
    gains, costs = [], []
    for begin in range(0, ITEMS, block):
        rows = slice(begin, begin + block)
        s = np.arange(deep + 1)
        tails = special.gammainc(s[None, :] + 1.0, hub[rows, None])  # P(X > s)
        fall = np.cumsum(tails, axis=1) - tails
        depot = hub[rows, None] - fall
        best = np.full((block, deep + SITES * wide + 1), np.inf)
        for stock in range(deep + 1):
            mean = own[rows] + split[rows] * depot[:, stock, None]
            table = special.gammainc(np.arange(1, wide + 1.0), mean[:, :, None])
            order = -np.sort(-table.reshape(block, -1), axis=1)
            left = np.concatenate([mean.sum(axis=1)[:, None], -order], axis=1).cumsum(axis=1)
            here = best[:, stock : stock + left.shape[1]]
            np.minimum(here, left, out=here)
        gains.append(-np.diff(best, axis=1))
        costs.append(np.broadcast_to(price[rows, None], gains[-1].shape))
    gain, cost = np.concatenate(gains), np.concatenate(costs)
    order = np.argsort(-(gain / cost).ravel(), kind="stable")
    spent, left = np.cumsum(cost.ravel()[order]), np.cumsum(gain.ravel()[order])
    total = float(own.sum() + hub.sum())
    found = since(seconds, work)
    for budget in BUDGETS:
        place = int(np.searchsorted(spent, budget, side="right")) - 1
        found[f"missing {budget:.0e}"] = total - float(left[place])
    return found


def played() -> dict[str, float]:
    """The stock of the middle budget played for 50 years, and what was foretold."""
    from wellkept.methods import replay
    from wellkept.methods.allocation import exchange
    from wellkept.methods.echelons import network

    parts = portfolio()
    lead, transit = parts["depot_lead"], parts["transit"]
    net = network(parts["rate"], depot_lead=lead, transit=transit)
    curve = exchange(net, 1.0, parts["price"], rarest=RAREST)
    chain = replay.chain(parts["rate"], depot_lead=lead, transit=transit)
    found: dict[str, float] = {}
    for budget in BUDGETS:
        choice = curve.at(budget)
        stock = curve.stock(choice)
        replay.simulate(chain, stock, horizon=1.1, warm_up=1, seed=1)
        seconds, work = clocks()
        told = replay.simulate(chain, stock, horizon=51, warm_up=1, seed=7)
        if budget == BUDGETS[1]:
            found |= since(seconds, work)
            found["demands"] = float(told.demands[:, 1:].sum())
        found[f"foretold ÷ played {budget:.0e}"] = choice.left / told.total().value
    return found


def lots() -> dict[str, float]:
    """The cheapest (r, Q) of a million items."""
    from wellkept.methods import stocking

    given = lot_items(1_000_000)
    stocking.cheapest_lots(1.0, 1.0, order_cost=1.0, holding=1.0, backorder=1.0)
    seconds, work = clocks()
    found = stocking.cheapest_lots(
        given["rate"],
        given["lead"],
        order_cost=given["order_cost"],
        holding=given["holding"],
        backorder=given["backorder"],
    )
    return {**since(seconds, work), "items": 1e6, "mean lot": float(found.lot.mean())}


def stockpyl_lots() -> dict[str, float]:
    """The same of the first 60 items by stockpyl, and whether the answers agree."""
    if importlib.util.find_spec("stockpyl") is None:
        return {}
    from wellkept.methods import stocking

    peer: Any = importlib.import_module("stockpyl.rq")
    given = {name: column[:60] for name, column in lot_items(1_000_000).items()}
    mine = stocking.cheapest_lots(
        given["rate"],
        given["lead"],
        order_cost=given["order_cost"],
        holding=given["holding"],
        backorder=given["backorder"],
    )
    seconds, work = clocks()
    costs = [
        peer.r_q_poisson_exact(h, b, k, rate, lead)[2]
        for h, b, k, rate, lead in zip(
            given["holding"],
            given["backorder"],
            given["order_cost"],
            given["rate"],
            given["lead"],
            strict=True,
        )
    ]
    found = {**since(seconds, work), "items": 60.0}
    found["agree"] = float(np.isclose(costs, mine.cost, rtol=1e-6).sum())
    return found


def lot_items(n: int) -> dict[str, Floats]:
    """Give items with Poisson demand and their costs."""
    chance = np.random.default_rng(1)
    return {
        "rate": chance.lognormal(0, 1.2, n),
        "lead": chance.uniform(0.02, 0.5, n),
        "order_cost": chance.uniform(5, 100, n),
        "holding": chance.uniform(0.5, 50, n),
        "backorder": chance.uniform(50, 5000, n),
    }


def clocks() -> tuple[float, float]:
    """Read both clocks."""
    return time.perf_counter(), time.process_time()


def since(seconds: float, work: float) -> dict[str, float]:
    """Give wall and processor seconds since both clocks were read."""
    return {"s": time.perf_counter() - seconds, "cpu": time.process_time() - work}


JOBS: dict[str, Callable[[], dict[str, float]]] = {
    "exact curve, 10,000 × (depot + 20)": exact,
    "METRIC curve by SciPy tables": scipy_metric,
    "50 years played": played,
    "cheapest (r, Q)": lots,
    "cheapest (r, Q) by stockpyl": stockpyl_lots,
}


def alone(job: str) -> None:
    """Run one job in this process and print what it found."""
    found = JOBS[job]()
    if found:
        found["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


def main(repeats: int = 3) -> None:
    runs: dict[str, list[dict[str, float]]] = {job: [] for job in JOBS}
    for turn in range(repeats + 1):
        for job in JOBS:
            done = subprocess.run(
                [sys.executable, __file__, job], capture_output=True, text=True, check=True
            )
            if turn:
                runs[job].append(json.loads(done.stdout))
    for job, found in runs.items():
        if not found[0]:
            print(f"{job}: not installed here")
            continue
        middle = {name: statistics.median(run[name] for run in found) for name in found[0]}
        seconds, work, memory = middle.pop("s"), middle.pop("cpu"), middle.pop("MB")
        rest = "  ".join(f"{name} {value:,.4g}" for name, value in middle.items())
        print(f"{job}: {seconds:.2f} s ({work:.2f})  {memory:.0f} MB  {rest}")


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in JOBS:
        alone(sys.argv[1])
    else:
        main(*(int(argument) for argument in sys.argv[1:]))
