"""The chance that a contract is broken, by the law against what is played, by allowance.

PYTHONPATH=src .venv/bin/python benchmarks/contracts.py [SEEDS]

2,000 parts × (depot + 20 places), 200 contracts, rates in doubt, lead times that vary; 40,000
contract-years for each seed. Told is law ÷ played of the chances of all contracts together, with
two standard errors over runs, and of the penalties, for allowances of so many times the mean.
"""

import sys
from dataclasses import replace

import numpy as np
from plan import portfolio

from wellkept.methods import contract_hours
from wellkept.study.planning.evaluate import reckon
from wellkept.study.planning.solve import stock_of

CONTRACTS, RUNS, YEARS = 200, 100, 2


def main() -> None:
    """Measure and print."""
    model = portfolio(2_000)
    stock = stock_of(model, np.full(CONTRACTS, 0.2))
    mean = reckon(model, stock).hours
    hours = np.concatenate(
        [
            contract_hours.play(
                model.chain(), stock, model.causes(), contracts=CONTRACTS, years=YEARS,
                warm_up=0.7, runs=RUNS, seed=10 + seed,
            ).hours
            for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
        ]
    )  # fmt: skip
    for times in (1.0, 1.2, 1.5, 2.0, 2.5):
        allowed = times * mean
        found = reckon(replace(model, allowance_h=allowed), stock)
        broken = (hours > allowed + 1e-9).mean(axis=1).sum(axis=1)
        wide = 2 * broken.std(ddof=1) / np.sqrt(broken.size) / broken.mean()
        fines = np.maximum(hours - allowed, 0.0).mean(axis=(0, 1)) @ model.penalty_h
        print(
            f"{times}: chance {found.risk.sum() / broken.mean():.3f} ± {wide:.3f}, "
            f"penalties {found.penalty / fines:.3f}"
        )


if __name__ == "__main__":
    main()
