"""What is kept of a run: chances by likeness and time spent, and how such chances came true.

A finding is a file beside the snapshots of facts. It is put in place whole and never read half.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wellkept.study.facts.source import Source
from wellkept.study.risk.backtest import Trial, backtest
from wellkept.study.risk.learning import Chance, Group, Learnt, learn
from wellkept.study.risk.past import Likeness, read_past

FILE = "risk.json"
VERSION = 1
"""Raised when the way of reckoning, or what is kept, changes: an older finding is not read."""


@dataclass(frozen=True, slots=True)
class Bin:
    """One line of the calibration: what was said, of how many, and the share that came."""

    said: float
    n: int
    came: float
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        """Whether what was said lies within the bounds of what came."""
        return self.low <= self.said <= self.high


@dataclass(frozen=True, slots=True)
class Calibration:
    """How chances that would have been said came true."""

    rows: int
    origins: int
    first_s: int
    bins: tuple[Bin, ...]
    brier: float | None
    plain: float | None
    skill: float | None
    z: float | None


@dataclass(frozen=True, slots=True)
class Risk:
    """A finding: what was learnt until `until_s` from which generation of facts, and its trial."""

    until_s: int
    generation: str
    left_out: int
    learnt: Learnt
    calibration: Calibration

    def chance(
        self, likeness: Likeness, made_s: float, due_s: float, now_s: float
    ) -> Chance | None:
        """This will give the chance that a promise open at `now_s` is broken; None is a refusal."""
        if due_s <= made_s:
            return None
        return self.learnt.chance(likeness, (now_s - made_s) / (due_s - made_s))


def risk_of(source: Source, *, until_s: int, generation: str) -> Risk:
    """This will reckon the finding from a set of facts."""
    past = read_past(source)
    trial = backtest(past, until_s)
    return Risk(until_s, generation, past.left_out, learn(past, until_s), _calibration(trial))


def save(folder: Path, risk: Risk) -> None:
    """This will put a finding where readers look for it."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.{os.getpid()}"
    said = {
        "version": VERSION,
        "until_s": risk.until_s,
        "generation": risk.generation,
        "left_out": risk.left_out,
        "groups": [
            {"kind": kind, "consequence": consequence, **asdict(group)}
            for (kind, consequence), group in risk.learnt.groups.items()
        ],
        "refused": [
            {"kind": kind, "consequence": consequence, "ended": ended}
            for (kind, consequence), ended in risk.learnt.refused.items()
        ],
        "calibration": asdict(risk.calibration),
    }
    with fresh.open("w", encoding="utf-8") as out:
        json.dump(said, out, allow_nan=False)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(folder / FILE)


def load(folder: Path) -> Risk | None:
    """This will read the finding that stands; None before the first, or of another version."""
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if said.get("version") != VERSION:
        return None
    groups = {
        (one["kind"], one["consequence"]): Group(
            one["ended"], tuple(Chance(**chance) for chance in one["chances"])
        )
        for one in said["groups"]
    }
    refused = {(one["kind"], one["consequence"]): one["ended"] for one in said["refused"]}
    return Risk(
        said["until_s"], said["generation"], said["left_out"], Learnt(groups, refused),
        _calibration_read(said["calibration"]),
    )  # fmt: skip


def _calibration_read(said: Mapping[str, Any]) -> Calibration:
    return Calibration(**{**said, "bins": tuple(Bin(**one) for one in said["bins"])})


def _calibration(trial: Trial) -> Calibration:
    found = trial.found
    if found is None:
        return Calibration(trial.rows, trial.origins, trial.first_s, (), None, None, None, None)
    rows = zip(found.said, found.n, found.came.value, found.came.low, found.came.high, strict=True)
    return Calibration(
        trial.rows, trial.origins, trial.first_s,
        tuple(Bin(float(s), int(n), float(c), float(a), float(b)) for s, n, c, a, b in rows),
        found.brier, found.plain, *(_plain(x) for x in (found.skill, found.z)),
    )  # fmt: skip


def _plain(x: float) -> float | None:
    return None if x != x else float(x)
