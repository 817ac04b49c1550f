"""Learning from past promises: the chance of being broken, by likeness and time spent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.bounds import Floats
from wellkept.methods.chances import Outlasting, outlasting, toward, weight_of_whole
from wellkept.study.risk.past import Likeness, Past, Watched

STEPS = 20
AGES = np.arange(STEPS) / STEPS
"""The shares of its time at which a promise is compared: each twentieth."""
FEWEST = 100
"""With fewer of its like ended, nothing is said of a promise but the time it has left."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance that one promise will be broken, and what it rests on.

    `like` promises were open for as much of their time and have shown their end; `kept` of these
    were fulfilled by their date.
    """

    broken: float
    low: float
    high: float
    like: int
    kept: int


@dataclass(frozen=True, slots=True)
class Group:
    """What promises of one likeness show, at each of AGES."""

    ended: int
    chances: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt: groups with enough that ended, and how many had ended in the others."""

    groups: Mapping[Likeness, Group]
    refused: Mapping[Likeness, int]

    def chance(self, likeness: Likeness, spent: float) -> Chance | None:
        """This will give the chance that a promise still open is broken; None is a refusal.

        `spent` is the share of its time that has gone, from 0 to below 1.
        """
        group = self.groups.get(likeness)
        if group is None or not 0 <= spent < 1:
            return None
        return group.chances[min(int(spent * STEPS), STEPS - 1)]


def learn(past: Past, at_s: int, ages: Floats = AGES) -> Learnt:
    """This will learn from what was known at a moment, for those still open at `ages`."""
    seen = past.known_at(at_s)
    ended = np.bincount(seen.likeness[seen.told], minlength=len(past.likenesses))
    enough = [no for no in range(len(past.likenesses)) if ended[no] >= FEWEST]
    refused = {past.likenesses[no]: int(ended[no]) for no in set(range(ended.size)) - {*enough}}
    if not enough:
        return Learnt({}, dict(sorted(refused.items())))
    kinds = [past.likenesses[no][0] for no in enough]
    number = {kind: place for place, kind in enumerate(dict.fromkeys(kinds))}
    of_kind = np.array([number.get(kind, -1) for kind, _ in past.likenesses])
    every = _curve(seen, np.ones(seen.lasted.size, np.bool_), ages)
    by_kind = [_curve(seen, of_kind[seen.likeness] == place, ages) for place in range(len(number))]
    whole = np.nan_to_num(every.value, nan=0.5)
    kind_chance = _shrunk(by_kind, np.tile(whole, (len(number), 1)))[0]
    own = [_curve(seen, seen.likeness == no, ages) for no in enough]
    drawn = _shrunk(own, kind_chance[[number[kind] for kind in kinds]])
    groups = {
        past.likenesses[no]: _group(int(ended[no]), own[row], *(part[row] for part in drawn))
        for row, no in enumerate(enough)
    }
    return Learnt(groups, dict(sorted(refused.items())))


def _curve(seen: Watched, these: NDArray[np.bool_], ages: Floats) -> Outlasting:
    return outlasting(seen.lasted[these], seen.done[these], seen.never[these], ages)


def _shrunk(curves: list[Outlasting], whole: Floats) -> tuple[Floats, Floats, Floats]:
    """Draw each group toward its whole at each age: values, lower and upper bounds."""
    value, low, high = (np.empty(whole.shape) for _ in range(3))
    for step in range(whole.shape[1]):
        like = np.array([one.like[step] for one in curves])
        broken = like - np.array([one.kept[step] for one in curves])
        own = np.array([one.value[step] for one in curves])
        found = toward(own, like, whole[:, step], weight_of_whole(broken, like))
        value[:, step], low[:, step], high[:, step] = found.value, found.low, found.high
    return value, low, high


def _group(ended: int, own: Outlasting, value: Floats, low: Floats, high: Floats) -> Group:
    rows = zip(value, low, high, own.like, own.kept, strict=True)
    return Group(
        ended, tuple(Chance(float(v), float(a), float(b), int(n), int(k)) for v, a, b, n, k in rows)
    )
