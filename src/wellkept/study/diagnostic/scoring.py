"""Claims against records: the level shown, the gap, and what o says of a stated confidence.

Nothing here knows an evidence: whatever gives k of n is scored in the same way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import levels
from wellkept.study.diagnostic.claim import Claim
from wellkept.study.diagnostic.evidence.finding import Found, NoRecord

Floats = NDArray[np.float64]
FEWEST = 10
"""Below this many a level is not shown."""
ENOUGH = 30
"""From this many on a claim counts for calibration."""
TOP = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """What the records show of one claim. `state`: shown, too_few or no_record.

    `ceiling`: the highest level that these records can show; `missing`: what no record tells, by
    level. `low` to `high` holds the level with 80 %.
    """

    state: str
    ceiling: int = TOP
    missing: tuple[int, ...] = ()
    unmet: tuple[int, ...] = ()
    median: int | None = None
    low: int | None = None
    high: int | None = None
    chances: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class GapFound:
    """Claimed − shown, as far as records can show it; `below`: the chance that less is shown."""

    value: float
    low: float
    high: float
    below: float

    @property
    def flagged(self) -> bool:
        """Less is shown than was claimed, as good as certainly."""
        return self.below > levels.SURE


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Standings in the order of the claims; `chances` (claims, levels), nan where none is shown.

    `counts`: claims that count for calibration, which need enough records.
    """

    standings: tuple[Standing, ...]
    chances: Floats
    counts: NDArray[np.bool_]
    ceilings: NDArray[np.int64]


def standings(claims: Sequence[Claim], found: Sequence[Found | NoRecord]) -> Scores:
    """This will give the level that the records show of each claim, in one pass."""
    chances = np.full((len(claims), TOP + 1), np.nan)
    ceilings = np.array([_ceiling(one) for one in found], np.int64).reshape(len(claims))
    for census in (False, True):
        rows = [i for i, one in enumerate(found) if isinstance(one, Found) and one.n
                and one.census is census]  # fmt: skip
        if rows:
            chances[rows] = _chances([claims[i] for i in rows], found, rows, ceilings, census)
    seen = levels.of_chances(np.nan_to_num(chances))
    standing = tuple(
        _standing(one, seen, chances, int(ceilings[i]), i) for i, one in enumerate(found)
    )
    counts = np.array(
        [s.state == "shown" and _many(f) for s, f in zip(standing, found, strict=True)]
    )
    return Scores(standing, chances, counts.astype(bool), ceilings)


def gap_of(scores: Scores, place: int, claimed: float | None) -> GapFound | None:
    """This will compare a claimed level with what is shown; None where either is not there.

    What no record could show is not held against a claim: it is compared up to the ceiling.
    """
    standing = scores.standings[place]
    if claimed is None or standing.state != "shown":
        return None
    fair = min(claimed, standing.ceiling)
    found = levels.gap(levels.of_chances(scores.chances[place]), [fair])
    return GapFound(*(float(x[0]) for x in (found.value, found.low, found.high, found.below)))


def comparable(scores: Scores, claimed: Floats) -> Floats:
    """This will keep the claimed levels (respondents, claims) that records can judge."""
    fair = scores.counts[None, :] & (claimed <= scores.ceilings[None, :])
    return np.asarray(np.where(fair, claimed, np.nan))


def _many(found: Found | NoRecord) -> bool:
    return isinstance(found, Found) and (found.n >= ENOUGH or found.census)


def _ceiling(found: Found | NoRecord) -> int:
    if isinstance(found, NoRecord):
        return TOP
    unknown = [level - 1 for level, chance in found.conditions.items() if chance is None]
    return min([found.ceiling, *unknown])


def _chances(
    claims: Sequence[Claim],
    found: Sequence[Found | NoRecord],
    rows: Sequence[int],
    ceilings: NDArray[np.int64],
    census: bool,
) -> Floats:
    these = [one for i in rows if isinstance(one := found[i], Found)]
    k, n = [one.k for one in these], [one.n for one in these]
    cuts = np.array([claim.cuts for claim in claims])
    allowed = np.array([
        _allowed(one.conditions, int(ceilings[i])) for i, one in zip(rows, these, strict=True)
    ])  # fmt: skip
    reckon = levels.counted if census else levels.shown
    return reckon(k, n, cuts, allowed).chances


def _allowed(conditions: Mapping[int, float | None], ceiling: int) -> list[float]:
    told = {level: chance for level, chance in conditions.items() if chance is not None}
    return [told.get(level, 1.0) if level <= ceiling else 0.0 for level in range(1, TOP + 1)]


def _standing(
    found: Found | NoRecord, seen: levels.Shown, chances: Floats, ceiling: int, i: int
) -> Standing:
    if isinstance(found, NoRecord) or not found.n:
        return Standing("no_record")
    if found.n < FEWEST and not found.census:
        return Standing("too_few", ceiling)
    missing = tuple(level for level, chance in found.conditions.items() if chance is None)
    unmet = tuple(level for level, chance in found.conditions.items() if chance == 0)
    return Standing(
        "shown",
        ceiling,
        missing,
        unmet,
        median=int(seen.median[i]),
        low=int(seen.low[i]),
        high=int(seen.high[i]),
        chances=tuple(map(float, chances[i])),
    )
