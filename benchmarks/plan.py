"""A whole plan: 10,000 parts × (depot + 20 sites) with contracts, and the command on a folder.

PYTHONPATH=src .venv/bin/python benchmarks/plan.py [FOLDER]

The portfolio has a fixed seed: 10,000 parts, some 49,000 pieces a year, 200 contracts with an
allowance and a penalty. Each figure is told as wall and processor seconds. With FOLDER, the whole
command is run on it in three fresh processes.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from wellkept.study.planning.evaluate import Reckoned, reckon, reckon_again, simulate
from wellkept.study.planning.model import Model
from wellkept.study.planning.solve import solve, stock_of

T = TypeVar("T")
PARTS, SITES, CONTRACTS, SEED = 10_000, 20, 200, 20_251


def portfolio(parts: int = PARTS) -> Model:
    """Draw the model: column 0 of places is the depot, which serves nobody itself."""
    rng = np.random.default_rng(SEED)
    places, cells = SITES + 1, parts * SITES * 2
    rate = np.zeros((parts, places))
    rate[:, 1:] = rng.lognormal(np.log(0.12), 1.2, (parts, 1)) * rng.dirichlet(
        np.ones(SITES), parts
    ) * SITES  # fmt: skip
    part = np.repeat(np.arange(parts), SITES * 2)
    place = np.tile(np.repeat(np.arange(1, places), 2), parts)
    cost_h = rng.lognormal(np.log(100), 0.8, cells)
    stops, share = rng.uniform(0.2, 1.0, cells), np.full(cells, 0.5)
    waiting, standing = np.zeros((parts, places)), np.zeros((parts, places))
    np.add.at(waiting, (part, place), 8760 * share * stops * cost_h)
    np.add.at(standing, (part, place), share * stops)
    most = np.full((parts, places + 1), 1 << 30, np.int64)
    most[:, 1] = 0
    return Model(
        rate=rate, shape=rng.uniform(1, 20, parts),
        lead=rng.lognormal(np.log(30), 0.5, parts) / 365,
        transit=np.append(0, np.full(SITES, 3 / 365)),
        cost=rng.lognormal(np.log(150), 1.2, parts), holding_share=0.2, waiting=waiting,
        standing=standing, cell_part=part, cell_place=place,
        cell_contract=rng.integers(-1, CONTRACTS, cells), cell_share=share, cell_stops=stops,
        cell_cost_h=cost_h, cell_fixed_h=np.full(cells, 2.0),
        allowance_h=rng.uniform(100, 900, CONTRACTS), penalty_h=np.full(CONTRACTS, 150.0),
        least=np.zeros((parts, places + 1), np.int64), most=most,
        owned=rng.poisson(rate.sum(axis=1) * 0.3), pack=np.ones(parts, np.int64),
        least_order=np.zeros(parts, np.int64), refilled=np.full(places, -1, np.int64),
        mended=np.zeros(parts), mending=np.zeros(parts), lot=np.ones(parts, np.int64),
        lumps=np.ones(parts),
    )  # fmt: skip


def timed(name: str, act: Callable[[], T], times: int = 3) -> T:
    """Tell the median wall and processor seconds of an act, the first (compiling) run apart."""
    spent = []
    for _ in range(times + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        found = act()
        spent.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = (float(np.median([one[i] for one in spent[1:]])) for i in (0, 1))
    print(f"{name}: {wall:.2f} s wall, {cpu:.2f} s processor (first run {spent[0][0]:.1f} s)")
    return found


def command(folder: str) -> None:
    """Run the command in fresh processes."""
    words = [sys.executable, "-m", "wellkept", "plan", folder, "--json"]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for run in range(4):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = time.perf_counter()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=env)
        wall = time.perf_counter() - wall
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"plan {folder}, run {run}: {wall:.2f} s wall, {cpu:.2f} s processor")


def main() -> None:
    """Measure and print."""
    model = portfolio()
    load = os.getloadavg()[0]
    print(f"{model.parts:,} parts, {model.rate.sum():,.0f} pieces a year, load {load:.1f}")
    found = timed("plan with passes and simulation", lambda: solve(model))
    for one in found.passes:
        print(f"  reckoned {one.reckoned:,.0f}, simulated {one.simulated:,.0f}, {one.accepted}")
    played = found.simulated.played
    print(f"  {found.simulated.cost.size} runs, {played.demands.sum():,.0f} demands played")
    missing = float(found.reckoned.levels.backorders[:, 1:].sum())
    seen = played.missing.sum(axis=(1, 2))
    spread = 2 * float(seen.std(ddof=1)) / np.sqrt(seen.size) / float(seen.mean())
    print(f"  missing, predicted ÷ simulated: {missing / seen.mean():.4f} (± {spread:.4f})")
    dearer = replace(model, lead=model.lead * 1.2)
    network = dearer.network()
    timed("what-if on frozen weights", lambda: stock_of(dearer, found.weights))
    timed("  … and its figures", lambda: reckon(dearer, found.stock, network))
    named = np.array([int(np.argmax(model.rate.sum(axis=1)))])
    longer = model.lead.copy()
    longer[named] *= 1.2
    late = replace(model, lead=longer)
    stock = found.stock.copy()

    def one_part() -> Reckoned:
        network = late.network()
        stock[named] = stock_of(late.only(named), found.weights)
        return reckon_again(late, stock, network, found.reckoned, named)

    timed("what-if of one part, with its figures", one_part)
    timed("one simulation", lambda: simulate(model, found.stock))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    for folder in sys.argv[1:]:
        command(folder)


if __name__ == "__main__":
    main()
