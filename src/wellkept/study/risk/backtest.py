"""Trying the chances on the past: what would have been said then, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.bounds import Floats
from wellkept.methods.chances import Reliability, reliability
from wellkept.study.risk.learning import Learnt, learn
from wellkept.study.risk.past import Past

DAY_S = 86_400
EVERY_S = 30 * DAY_S
TIMES = 12
EDGES = (0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0)
STAGES = np.array([0.25, 0.5, 0.75])
"""When a promise is asked about: each once, at a quarter, half or three quarters of its time."""
FEWEST = 100


@dataclass(frozen=True, slots=True)
class Trial:
    """How what would have been said compares with what came; `rows` promises were asked about."""

    rows: int
    origins: int
    first_s: int
    found: Reliability | None


def backtest(past: Past, until_s: int) -> Trial:
    """This will learn at up to TIMES past moments and foretell the month after each.

    Of what came after a moment nothing is used before it. Fewer than FEWEST promises to ask about
    give no finding.
    """
    said, broken, origins = [], [], []
    for back in range(TIMES, 0, -1):
        origin = until_s - back * EVERY_S
        learnt = learn(past, origin, STAGES)
        if not learnt.groups:
            continue
        some = _foretold(past, learnt, origin, until_s)
        if some[0].size:
            origins.append(origin)
            said.append(some[0])
            broken.append(some[1])
    rows = sum(part.size for part in said)
    first = origins[0] if origins else until_s
    if rows < FEWEST:
        return Trial(rows, len(origins), first, None)
    found = reliability(np.concatenate(said), np.concatenate(broken), EDGES)
    return Trial(rows, len(origins), first, found)


def _foretold(
    past: Past, learnt: Learnt, origin: int, until_s: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """Ask about each promise whose stage falls in the month, while it was open, if its end shows.

    One that the customer let go before its date shows nothing.
    """
    step = past.number % STAGES.size
    asked_s = past.made_s + (STAGES[step] * past.allowance_s).astype(np.int64)
    there = (asked_s >= origin) & (asked_s < origin + EVERY_S) & (past.end_s > asked_s)
    let_go = (past.released_s == past.end_s) & (past.released_s <= past.due_s)
    shown = (np.minimum(past.end_s, past.due_s) < until_s) & ~let_go
    place = np.flatnonzero(there & shown)
    table = np.full((len(past.likenesses), STAGES.size), np.nan)
    for no, likeness in enumerate(past.likenesses):
        group = learnt.groups.get(likeness)
        if group is not None:
            table[no] = [one.broken for one in group.chances]
    chance = table[past.likeness[place], step[place]]
    said = ~np.isnan(chance)
    return chance[said], ~past.kept()[place][said]
