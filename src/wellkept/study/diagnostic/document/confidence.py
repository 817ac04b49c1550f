"""The confidence page: stated against shown, by group; numbers as ranges; two views; the scale."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import bounds, calibration, levels, views
from wellkept.study.diagnostic.answers import Round
from wellkept.study.diagnostic.document.values import Json, figure, real
from wellkept.study.diagnostic.evidence.finding import Found, NoRecord
from wellkept.study.diagnostic.instrument import FRONT, GROUPS, LEADERS, VIGNETTES
from wellkept.study.diagnostic.scoring import Scores, comparable
from wellkept.study.diagnostic.voices import Voices
from wellkept.study.measures.composing import Said, sentences
from wellkept.study.measures.composing import said as _

Floats = NDArray[np.float64]
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0001)
DISORDER = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Answers that records can judge: stated chance, claimed level and chance shown."""

    voices: Voices
    scores: Scores
    claimed: Floats
    stated: Floats
    outcome: Floats

    @property
    def pairs(self) -> NDArray[np.bool_]:
        """Which answers have both a level that can be judged and a confidence."""
        told = ~(np.isnan(self.claimed) | np.isnan(self.stated))
        return np.asarray(told & self.voices.members[0][:, None])


def judged(voices: Voices, scores: Scores) -> Judged:
    """This will pair what was stated with the chance that the records show it."""
    claimed = comparable(scores, voices.level)
    chances = np.nan_to_num(scores.chances)
    outcome = levels.at_least(chances, claimed) if claimed.size else claimed
    return Judged(voices, scores, claimed, voices.confidence, outcome)


def confidence_document(found: Judged) -> Json:
    """This will give calibration, discrimination and the curve, for groups that may be shown."""
    voices, pairs = found.voices, found.pairs
    shown = voices.shown(np.any(pairs, axis=1, keepdims=True)[:, 0])
    groups: list[Json] = []
    if pairs.any() and shown.any():
        members = voices.members[shown]
        reckoned = calibration.signed(
            found.stated, found.claimed, np.nan_to_num(found.scores.chances), members
        )
        names = [name for name, may in zip(voices.names, shown, strict=True) if may]
        groups = [_group(found, reckoned, i, name, members[i]) for i, name in enumerate(names)]
    return {
        "level": levels.LEVEL,
        "claims": int(np.count_nonzero(pairs.any(axis=0))),
        "groups": groups,
        "curve": _curve(found) if shown.any() else [],
        "says": _confidence_says(groups),
    }


def _group(
    found: Judged, reckoned: calibration.Calibration, i: int, name: str, row: NDArray[np.bool_]
) -> Json:
    mine = found.pairs & row[:, None]
    q, o, c = (np.where(mine, x, np.nan) for x in (found.stated, found.outcome, found.claimed))
    some = mine.any(axis=0)
    middle = [np.nanmedian(x[:, some], axis=0) for x in (q, o, c)]
    seen = levels.of_chances(np.nan_to_num(found.scores.chances)).mean[some]
    return {
        "group": name,
        "n": int(np.count_nonzero(mine.any(axis=1))),
        "pairs": int(reckoned.pairs[i]),
        "stated": real(float(np.nanmean(q))),
        "shown": real(float(np.nanmean(o))),
        "signed": {"value": real(reckoned.value[i]), "low": real(reckoned.low[i]),
                   "high": real(reckoned.high[i])},
        "excludes_zero": bool(reckoned.excludes_zero[i]),
        "blameable": real(float(np.nanmean(levels.score(q, o).blameable))),
        "brier": real(float(np.nanmean(levels.score(q, o).expected))),
        "points_to_strength": _rank(calibration.discrimination(middle[0], middle[1])),
        "levels_agree": _rank(calibration.discrimination(middle[2], seen)),
    }  # fmt: skip


def _rank(found: calibration.Rank) -> Json:
    return {"value": real(found.value), "low": real(found.low), "high": real(found.high),
            "n": found.n}  # fmt: skip


def _curve(found: Judged) -> list[Json]:
    """At most five bins of stated chances; a bin of fewer than four people is left out.

    Where those left out would follow from the whole minus the others, the smallest goes with them.
    """
    bins = []
    for low, high in itertools.pairwise(EDGES):
        inside = found.pairs & (found.stated >= low) & (found.stated < high)
        if inside.any():
            bins.append(inside)
    return [_bin(found, inside) for inside in _told_bins(bins, own=found.voices.own)]


def _told_bins(bins: list[NDArray[np.bool_]], *, own: bool) -> list[NDArray[np.bool_]]:
    people = [np.any(inside, axis=1, keepdims=True)[:, 0] for inside in bins]
    shown = [own or int(np.count_nonzero(one)) >= views.FEWEST for one in people]
    while any(shown):
        apart = [one for one, may in zip(people, shown, strict=True) if not may]
        n = int(np.count_nonzero(np.any(apart, axis=0))) if apart else 0
        if n == 0 or n >= views.FEWEST:
            break
        smallest = min(
            (i for i, may in enumerate(shown) if may), key=lambda i: np.count_nonzero(people[i])
        )
        shown[smallest] = False
    return [inside for inside, may in zip(bins, shown, strict=True) if may]


def _bin(found: Judged, inside: NDArray[np.bool_]) -> Json:
    some = np.flatnonzero(inside.any(axis=0))
    by_claim = np.nanmean(np.where(inside, found.outcome, np.nan)[:, some], axis=0)
    shown, claims = float(by_claim.mean()), int(by_claim.size)
    low, high = _spread(float(by_claim.sum()), claims)
    return {"stated": real(float(found.stated[inside].mean())), "shown": real(shown),
            "low": real(low), "high": real(high), "claims": claims,
            "answers": int(np.count_nonzero(inside))}  # fmt: skip


def _spread(k: float, n: int) -> tuple[float, float]:
    """The Jeffreys interval of the claims in a bin, each counted by its chance of being shown."""
    from scipy.special import betaincinv

    side = bounds.outside(levels.LEVEL)
    low, high = (float(betaincinv(k + 0.5, n - k + 0.5, p)) for p in (side, 1 - side))
    return low, high


def _confidence_says(groups: list[Json]) -> Said:
    if not groups:
        return _("No claim has both answers that may be shown and records enough to judge them.")
    whole = groups[0]
    stated, shown = (f"{100 * whole[name]:.0f} %" for name in ("stated", "shown"))
    signed = whole["signed"]
    both = {"stated": stated, "shown": shown}
    if not whole["excludes_zero"]:
        gave = _(
            "On average you gave %(stated)s to claims that the records show with a chance of "
            "%(shown)s."
        )
        chance = _("The difference may be chance: its interval holds 0.")
        return sentences(gave % both, chance)
    low, high = sorted(abs(100 * signed[name]) for name in ("low", "high"))
    points = {"points": abs(100 * signed["value"]), "low": low, "high": high}
    told = both | {name: f"{value:.0f}" for name, value in points.items()}
    if signed["value"] > 0:
        return (
            _(
                "On average you gave %(stated)s to claims that the records show with a chance of "
                "%(shown)s: %(points)s points more than is shown (%(low)s to %(high)s)."
            )
            % told
        )
    return (
        _(
            "On average you gave %(stated)s to claims that the records show with a chance of "
            "%(shown)s: %(points)s points less than is shown (%(low)s to %(high)s)."
        )
        % told
    )


def numbers_document(voices: Voices, found: list[Found | NoRecord]) -> Json:
    """This will set stated numbers with their ranges beside what the records say."""
    rows, truth = [], np.full(voices.number.shape, np.nan)
    counted = voices.members[0]
    for i, claim in enumerate(voices.claims):
        if claim.number is None:
            continue
        evidence = found[i]
        record = evidence.number if isinstance(evidence, Found) else None
        if record is not None:
            truth[:, i] = record.value
        ranged = ~(np.isnan(voices.low[:, i]) | np.isnan(voices.high[:, i])) & counted
        row: Json = {"claim": claim.id, "question": claim.number.question,
                     "unit": claim.number.unit, "records": figure(record),
                     "n": int(np.count_nonzero(ranged)), "stated": None, "groups": [],
                     "ranges_that_hold": None}  # fmt: skip
        if ranged.any() and voices.shown(ranged)[:1].any():
            row |= _stated(voices, i, ranged, truth)
        else:
            truth[:, i] = np.nan  # else all ranges minus those shown would tell these
        rows.append(row)
    whole = ~np.isnan(voices.low) & counted[:, None]
    pooled = calibration.hits(voices.low[counted], voices.high[counted], truth[counted])
    may = bool(voices.shown(np.any(whole, axis=1, keepdims=True)[:, 0])[:1].any())
    return {"asked_for": calibration.RIGHT, "rows": rows, "hits": _hits(pooled) if may else None}


def _stated(voices: Voices, i: int, ranged: NDArray[np.bool_], truth: Floats) -> Json:
    low, high = voices.low[ranged, i], voices.high[ranged, i]
    hits = calibration.hits(low, high, truth[ranged, i])
    shown = voices.shown(ranged)
    return {
        "groups": [
            {"group": name, "n": int(np.count_nonzero(row & ranged)),
             **_middle(voices, i, row & ranged)}
            for name, row, may in list(zip(voices.names, voices.members, shown, strict=True))[1:]
            if may and np.any(row & ranged)
        ],
        "stated": _middle(voices, i, ranged),
        "ranges_that_hold": {"k": hits.k, "n": hits.n} if hits.n else None,
    }  # fmt: skip


def _middle(voices: Voices, i: int, who: NDArray[np.bool_]) -> Json:
    """The medians of the number, the low and the high that some people stated."""
    said = voices.number[who, i]
    said = said[~np.isnan(said)]
    middle = float(np.median(said)) if said.size else None
    low, high = (float(np.median(x[who, i])) for x in (voices.low, voices.high))
    return {"value": real(middle), "low": real(low), "high": real(high)}


def _hits(found: calibration.Hits) -> Json | None:
    if not found.n:
        return None
    return {"k": found.k, "n": found.n, "share": real(found.share.value),
            "low": real(found.share.low), "high": real(found.share.high),
            "chance_of_so_few": real(found.so_few)}  # fmt: skip


def views_document(voices: Voices) -> Json:
    """This will set leaders beside the front line: each claim, and all together by Welch."""
    rows = []
    told = ~np.isnan(voices.level)
    at = {name: i for i, name in enumerate(voices.names)}
    if not {LEADERS, FRONT} <= at.keys():
        return {"first": LEADERS, "second": FRONT, "overall": None, "rows": []}
    first, second = voices.members[at[LEADERS]], voices.members[at[FRONT]]
    both = np.zeros(len(voices.claims), bool)
    for i, claim in enumerate(voices.claims):
        may = voices.shown(told[:, i])
        if may[at[LEADERS]] and may[at[FRONT]]:
            both[i] = True
            a, b = (
                float(np.nanmedian(voices.level[who & told[:, i], i])) for who in (first, second)
            )
            rows.append({"claim": claim.id, "sentence": claim.sentence, "first": real(a),
                         "second": real(b), "apart": real(a - b)})  # fmt: skip
    rows.sort(key=lambda row: -abs(float(row["apart"] or 0.0)))
    return {"first": LEADERS, "second": FRONT, "overall": _overall(voices, first, second, both),
            "rows": rows}  # fmt: skip


def _overall(
    voices: Voices, first: NDArray[np.bool_], second: NDArray[np.bool_], both: NDArray[np.bool_]
) -> Json | None:
    if not both.any():
        return None
    told = ~np.isnan(voices.level[:, both])
    some = told.any(axis=1)
    means = np.full(voices.people, np.nan)
    means[some] = np.nanmean(voices.level[some][:, both], axis=1)
    found = views.difference(means[first], means[second])
    if found is None:
        return None
    return {"value": real(found.value), "low": real(found.low), "high": real(found.high),
            "excludes_zero": found.excludes_zero}  # fmt: skip


def scales_document(answers: Round) -> Json:
    """This will say whether people use the scale alike, by the stories that everybody rated."""
    ids = [vignette.id for vignette in VIGNETTES]
    rated = [one for one in answers.respondents if all(name in one.vignettes for name in ids)]
    wrong = [one for one in rated if not _in_order([one.vignettes[name] for name in ids])]
    enough = len(rated) >= views.FEWEST
    share = len(wrong) / len(rated) if enough else None
    apart = _stories_apart(answers, ids) if enough else None
    differ = enough and ((share or 0) > DISORDER or (apart or 0) >= 1)
    return {"n": len(rated), "out_of_order": real(share), "groups_apart": real(apart),
            "differ": differ if enough else None}  # fmt: skip


def _in_order(rates: list[int]) -> bool:
    """The stories stand in the order of their levels; the same level twice is no disorder."""
    return all(a <= b for a, b in itertools.pairwise(rates))


def _stories_apart(answers: Round, ids: list[str]) -> float | None:
    """The largest difference of group medians on one story, among groups that may be shown."""
    groups = [
        [p.vignettes for p in answers.respondents if p.group == name and p.vignettes]
        for name in GROUPS
    ]
    large = [group for group in groups if len(group) >= views.FEWEST]
    if len(large) < 2:
        return None
    medians = [[float(np.median([v[i] for v in group if i in v])) for group in large] for i in ids]
    return max(max(row) - min(row) for row in medians)
