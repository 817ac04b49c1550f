"""Parts that are asked for in requests of many pieces: what is predicted against what happens.

PYTHONPATH=src .venv/bin/python benchmarks/request_sizes.py [SAMPLES]

A depot and four places, the rate known up to a Gamma law of shape 8, 12 requests within the
depot's lead time, stocks from scarce to ample. What happens is drawn by NumPy without the methods:
moments in time, each with all requests of the lead time before it, in order, piece by piece served
in that order. The same draws serve both laws: requests as they are, and requests put into the doubt
of the rate (as many deviations within the depot's lead time). Told is predicted ÷ drawn, what is
missing at the four places together, with 95 %, over five seeds. The last rows have requests that
are not geometric: the law knows their E[q²] ÷ E[q] alone.
"""

import sys
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.echelons import levels, network

Floats = NDArray[np.float64]
Sizes = Callable[[np.random.Generator, int], NDArray[np.number]]
SHARE, LEAD, WAY, SHAPE, REQUESTS = np.array([0.4, 0.3, 0.2, 0.1]), 0.25, 0.02, 8.0, 12.0
SEEDS = 5


def drawn(rng: np.random.Generator, sizes: Sizes, samples: int, stocks: Floats) -> Floats:
    """Draw moments; give what is missing at all places of each, by stock (stocks, samples)."""
    factor = rng.gamma(SHAPE, 1 / SHAPE, samples)
    before, ways = _asked(rng, REQUESTS * factor, sizes), []
    for share in SHARE:
        ways.append(_asked(rng, REQUESTS / LEAD * WAY * share * factor, sizes))
    whose, size, upto = before
    place = rng.choice(SHARE.size, size.size, p=SHARE)
    found = np.zeros((len(stocks), samples))
    for at, stock in enumerate(stocks):
        late = np.maximum(upto - stock[0], 0) - np.maximum(upto - size - stock[0], 0)
        for j, (owner, pieces, _) in enumerate(ways):
            mine = place == j
            waits = np.bincount(whose[mine], weights=late[mine], minlength=samples)
            waits += np.bincount(owner, weights=pieces, minlength=samples)
            found[at] += np.maximum(waits - stock[j + 1], 0)
    return found


def _asked(
    rng: np.random.Generator, mean: Floats, sizes: Sizes
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Draw the requests of each moment: whose, how many pieces, and how many up to these."""
    number = rng.poisson(mean)
    whose = np.repeat(np.arange(mean.size), number)
    size = sizes(rng, whose.size).astype(np.float64)
    every = np.append(0.0, np.cumsum(size))
    begin = np.append(0, np.cumsum(number))[:-1]
    return whose, size, every[1:] - every[begin][whose]


def laws(request: float, lumps: float, stocks: Floats) -> tuple[Floats, Floats]:
    """Give what both laws foretell for the four places together, by stock."""
    rate = (REQUESTS / LEAD * request * SHARE)[None, :]
    held = stocks.astype(np.int64)
    many = np.repeat(rate, len(held), 0)
    now = network(many, depot_lead=LEAD, transit=WAY, uncertainty=SHAPE, request=(lumps + 1) / 2)
    mean = REQUESTS * request
    doubt = 1 / (1 / SHAPE + (lumps - 1) / mean)
    once = network(many, depot_lead=LEAD, transit=WAY, uncertainty=doubt)
    one, two = (levels(net, held).backorders[:, 1:].sum(axis=1) for net in (now, once))
    return one, two


def told(name: str, sizes: Sizes, request: float, lumps: float, samples: int) -> None:
    """Print one row for each stock."""
    unit = REQUESTS * request
    places = np.ceil(np.outer([0.5, 1.0, 2.5], unit * WAY / LEAD * SHARE + request))
    stocks = np.column_stack([np.round(unit * np.array([0.6, 1.0, 1.5])), places])
    played = np.stack(
        [drawn(np.random.default_rng([7, s]), sizes, samples, stocks) for s in range(SEEDS)], 1
    )
    for at, (exact, doubted) in enumerate(zip(*laws(request, lumps, stocks), strict=True)):
        mean = played[at].mean()
        half = 1.96 * played[at].std() / np.sqrt(played[at].size) / mean
        seeds = " ".join(f"{exact / one.mean():.3f}" for one in played[at])
        print(
            f"| {name} | {stocks[at].sum():,.0f} | {mean:.4g} | {exact / mean:.4f} ± "
            f"{exact / mean * half:.4f} | {doubted / mean:.3f} | {seeds} |"
        )


def geometric(mean: float) -> Sizes:
    """Give geometric sizes of this mean."""
    return lambda rng, n: rng.geometric(1 / mean, n)


def main() -> None:
    """Measure and print."""
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    print("| requests | stock | missing | law ÷ drawn | clumps as doubt ÷ drawn | by seed |")
    for mean in (1, 3, 10, 50):
        told(f"geometric, {mean} on average", geometric(mean), mean, 2 * mean - 1, samples)
    told("always 10", lambda rng, n: np.full(n, 10.0), 10, 10, samples)
    told("1 to 19, evenly", lambda rng, n: rng.integers(1, 20, n), 10, 13, samples)
    told(
        "1, or in one of ten 50", lambda rng, n: np.where(rng.random(n) < 0.1, 50.0, 1.0), 5.9,
        (0.9 + 250) / 5.9, samples,
    )  # fmt: skip


if __name__ == "__main__":
    main()
