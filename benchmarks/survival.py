"""Kaplan–Meier on a million cases: our seconds, lifelines' seconds, and how far the curves differ.

    python benchmarks/survival.py [cases] [repeats]

Run it where lifelines is installed (with src on the path) to see the ratio; elsewhere it says that
the peer is missing. Both estimate the curve with Greenwood's log–log band at 95 %. Medians of
repeats that alternate between the two; nothing is asserted, since machines differ.
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from wellkept.methods.survival import Curve, kaplan_meier

Case = dict[str, Any]


def cases(n: int) -> dict[str, Case]:
    chance = np.random.default_rng(20260302)
    hours = chance.lognormal(3.0, 1.2, n)
    settled = chance.random(n) < 0.8
    late = np.where(chance.random(n) < 0.3, hours * chance.uniform(0, 0.9, n), 0.0)
    return {
        "continuous hours": {"duration": hours, "settled": settled},
        "whole seconds": {"duration": (hours * 3600).astype(np.int64), "settled": settled},
        "whole days": {"duration": (hours / 24).astype(np.int64), "settled": settled},
        "hours, 30 % seen late": {"duration": hours, "settled": settled, "entry": late},
        "hours, weighted": {
            "duration": hours,
            "settled": settled,
            "weight": chance.integers(1, 5, n),
        },
    }


def with_lifelines(fitter: Any, given: Case) -> Any:
    return fitter().fit(
        given["duration"],
        given["settled"],
        entry=given.get("entry"),
        weights=given.get("weight"),
    )


def timed(what: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[float, Any]:
    start = time.perf_counter()
    result = what(*arguments, **named)
    return time.perf_counter() - start, result


def difference(curve: Curve, fitted: Any) -> float:
    asked = np.quantile(curve.t, np.linspace(0.001, 0.99, 500))
    return float(np.abs(curve.at(asked).value - np.asarray(fitted.predict(asked))).max())


def main(n: int = 1_000_000, repeats: int = 5) -> None:
    peer = importlib.util.find_spec("lifelines")
    fitter = importlib.import_module("lifelines").KaplanMeierFitter if peer else None
    version = importlib.import_module("lifelines").__version__ if peer else "not installed here"
    print(f"{n:,} cases, median of {repeats}; peer: lifelines {version}")
    for name, given in cases(n).items():
        ours, theirs = [], []
        curve, fitted = kaplan_meier(**given), None
        for _ in range(repeats):
            seconds, curve = timed(kaplan_meier, **given)
            ours.append(seconds)
            if fitter is not None:
                seconds, fitted = timed(with_lifelines, fitter, given)
                theirs.append(seconds)
        line = f"{name:24} ours {statistics.median(ours):7.3f} s"
        if fitted is not None:
            mine, other = statistics.median(ours), statistics.median(theirs)
            line += f"   lifelines {other:7.3f} s   {other / mine:6.1f} times ours"
            line += f"   largest difference {difference(curve, fitted):.1e}"
        print(line)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
