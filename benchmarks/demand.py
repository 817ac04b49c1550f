"""Demand methods: our seconds on thousands of parts, and a peer's where there is one.

    python benchmarks/demand.py [FOLDER of carparts]

Without a folder the parts are made up, 2,674 × 51 as the real ones. The peer is statsforecast where
it is installed, else a plain loop in Python. The first call compiles and is not counted; medians of
repeats, wall and processor time. Nothing is asserted, since machines differ.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.demand import croston, learn, sba, tsb
from wellkept.methods.installed_base_demand import WeibullLife, fleet_demand
from wellkept.methods.repairable import mean_function, units

Demand = NDArray[np.float64]


def real(folder: Path) -> Demand:
    (path,) = sorted(folder.glob("*.csv.gz"))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    table = [[float(x) if x not in {"", "NA"} else np.nan for x in row[1:]] for row in rows]
    return np.array(table).T


def made_up(parts: int, periods: int) -> Demand:
    chance = np.random.default_rng(20260105)
    often = chance.beta(1.0, 3.0, (parts, 1))
    sizes = np.maximum(np.rint(chance.lognormal(0.6, 0.8, (parts, periods))), 1)
    return np.asarray(np.where(chance.random((parts, periods)) < often, sizes, 0.0))


def timed(what: Callable[[], object], repeats: int) -> tuple[float, float]:
    what()
    walls, spent = [], []
    for _ in range(repeats):
        wall, used = time.perf_counter(), time.process_time()
        what()
        walls.append(time.perf_counter() - wall)
        spent.append(time.process_time() - used)
    return statistics.median(walls), statistics.median(spent)


def show(name: str, seconds: tuple[float, float]) -> None:
    print(f"{name:58} {seconds[0] * 1000:9.2f} ms wall {seconds[1] * 1000:9.2f} ms processor")


def plain_loop(demand: Demand) -> list[float]:
    """Give SBA and TSB as an analyst writes them, part by part and month by month."""
    out = []
    for row in np.nan_to_num(demand):
        size = interval = chance = 0.0
        since = 0
        for t, units_asked in enumerate(row):
            since += 1
            hit = float(units_asked > 0)
            chance = hit if t == 0 else chance + 0.1 * (hit - chance)
            if units_asked > 0:
                size = size + 0.1 * (units_asked - size) if size else float(units_asked)
                interval = interval + 0.1 * (since - interval) if interval else float(since)
                since = 0
        out.append(0.95 * size / interval + chance * size if interval else 0.0)
    return out


def peer(demand: Demand) -> tuple[str, Callable[[], object]]:
    if importlib.util.find_spec("statsforecast") is None:
        return "plain loop, SBA + TSB", lambda: plain_loop(demand)
    models = importlib.import_module("statsforecast.models")
    rows = np.nan_to_num(demand)
    kinds = [models.CrostonClassic(), models.CrostonSBA(), models.TSB(0.1, 0.1)]
    return "statsforecast, Croston + SBA + TSB", lambda: [
        kind.forecast(y=row, h=1) for kind in kinds for row in rows
    ]


def smoothing(demand: Demand) -> None:
    def ours() -> object:
        return croston(demand), sba(demand), tsb(demand)

    mine = timed(ours, 15)
    show(f"Croston + SBA + TSB, {demand.shape[0]:,} × {demand.shape[1]}", mine)
    name, theirs = peer(demand)
    other = timed(theirs, 3)
    show(name, other)
    print(f"{'':58} {other[1] / mine[1]:9.0f} × the processor time of ours")


def lead_times(parts: int = 10_000) -> None:
    demand = made_up(parts, 48)
    for lead in (1, 3, 6):
        model = learn(demand, lead)
        show(
            f"learn from {parts:,} parts, lead time {lead}", timed(partial(learn, demand, lead), 1)
        )
        foretold = model.foretell(demand, lead)
        show(
            f"foretell {parts:,} parts, {foretold.mass.size:,} probabilities",
            timed(partial(model.foretell, demand, lead), 3),
        )
        show("… their stock for 95 % fill", timed(partial(foretold.stock_for_fill, 0.95), 3))


def machines(assets: int = 10_000) -> None:
    chance = np.random.default_rng(1)
    age, ahead = chance.random(assets), 0.1 + chance.random(assets) / 2
    show(
        f"replacements of {assets:,} assets, each its own age and usage",
        timed(lambda: fleet_demand(WeibullLife(2.0, 1.0), age, ahead), 3),
    )
    which = chance.integers(0, 20_000, 131_476)
    watched = units(np.full(20_000, 1.0), which, chance.random(which.size))
    show(
        "mean function, 20,000 units and 131,476 repairs", timed(lambda: mean_function(watched), 3)
    )


if __name__ == "__main__":
    smoothing(real(Path(sys.argv[1])) if len(sys.argv) > 1 else made_up(2674, 51))
    lead_times()
    machines()
