"""Lead-time demand of many parts that lend each other what each has too little of.

Most parts have few demands, so one part's history cannot show its chance, its sizes or its tail.
All parts together can: the chance is drawn to the usual one, sizes keep their own heavy ones beside
the pooled tail, and whether such forecasts were right in the past corrects the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.demand.compound import Mixture, compound, occurrences
from wellkept.methods.demand.lead_time import LeadTimeDemand
from wellkept.methods.demand.observed import Flags, History, history, lead_times, whole_units
from wellkept.methods.demand.occurrence import Occurrence, fit_occurrence
from wellkept.methods.demand.sizes import Sizes, fit_sizes, unknown_sizes

POOLED_WEIGHTS = (4.0, 16.0, 64.0)
DOUBT = 100.0
RANKS = 1 - (1 - np.linspace(0, 1, 1001)) ** 2


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Hold what a set of histories taught; made by `learn`, used by `foretell`.

    `pooled_weight` is the number of own sizes for which the pooled ones count; `to` (1001,) the
    share of the judged lead times that ranked at or below each of RANKS, `judged` their number.
    `note` says in a sentence what the correction rests on.
    """

    occurrence: Occurrence
    sizes: Sizes
    pooled_weight: float
    to: Floats
    judged: int
    note: str

    def foretell(
        self, demand: ArrayLike, lead: ArrayLike, stocked_out: ArrayLike | None = None
    ) -> LeadTimeDemand:
        """Give the lead-time demand that follows each history, also of parts not learnt from.

        Shapes and refusals as for `lead_time_demand`.
        """
        past, periods = _given(demand, lead, stocked_out)
        raw = self.raw(past, periods, self.pooled_weight)
        bent = raw.bent(RANKS, self.to)
        return LeadTimeDemand(bent.mass, bent.begin, bent.step, np.ndim(demand) == 1)

    def raw(self, past: History, lead: Floats, pooled_weight: float) -> LeadTimeDemand:
        """Give the lead-time demand before it is corrected by how it did."""
        yes, no = self.occurrence.after(past)
        seen = past.occurred.sum(axis=1)
        sizes = Mixture(
            own=past.demand,
            counted=past.occurred,
            at_least=unknown_sizes(past),
            own_share=seen / (seen + pooled_weight),
            centre=self.sizes.centres(past),
            group=self.sizes.group(past).astype(np.int64),
            ratio=self.sizes.ratio,
            weight=self.sizes.weight,
        )
        return compound(occurrences(yes, no, lead), sizes)


def lead_time_demand(
    demand: ArrayLike, lead: ArrayLike, stocked_out: ArrayLike | None = None
) -> LeadTimeDemand:
    """Give how much may be asked for in each part's lead time, learnt from all parts together.

    `demand` (n, T) whole units, oldest period first, nan without a record; (T,) for one part.
    `lead` in periods, one for all or (n,), fractions allowed. `stocked_out` (n, T) is True where
    the shelf was empty for some of the period: demand was then *at least* what is given.
    Raises ValueError, naming part and period, for demand that is negative or not whole.
    Source: Beta–binomial empirical Bayes; size ratios and forecast ranks from the past itself
    (Czado, Gneiting & Held 2009, Biometrics 65:1254, for ranks of counts). See the page.
    """
    return learn(demand, lead, stocked_out).foretell(demand, lead, stocked_out)


def learn(demand: ArrayLike, lead: ArrayLike, stocked_out: ArrayLike | None = None) -> Pooled:
    """Give what the histories teach: prior, memory, size ratios, and how such forecasts ranked.

    Every choice is made by lead times inside the histories, each foretold from what came before.
    """
    past, periods = _given(demand, lead, stocked_out)
    whole = np.ceil(periods - 1e-9).astype(np.int64)
    origins, shortened = _origins(past.periods, whole)
    flat = RANKS.copy()
    sizes = fit_sizes(past)
    if not origins.size:
        start = Pooled(Occurrence(0.5, 0.5, 1.0), sizes, 16.0, flat, 0, _note(0, False))
        return start
    start = Pooled(fit_occurrence(past, shortened, origins), sizes, 16.0, flat, 0, "")
    trials = [_trial(start, past, shortened, origins, weight) for weight in POOLED_WEIGHTS]
    losses = [trial[0] for trial in trials]
    best = int(np.argmin(losses))
    _, low, high = trials[best]
    return Pooled(
        start.occurrence,
        sizes,
        POOLED_WEIGHTS[best],
        _correction(low, high),
        low.size,
        _note(low.size, bool((shortened < whole).any())),
    )


def _trial(
    model: Pooled, past: History, lead: Whole, origins: Whole, pooled_weight: float
) -> tuple[float, Floats, Floats]:
    """Give the mean score with a pooled weight, and the ranks of what was asked for."""
    scores, lows, highs = [], [], []
    for origin in origins:
        seen, exact = window_sums(past, lead, int(origin))
        foretold = model.raw(past.before(int(origin)), lead.astype(np.float64), pooled_weight)
        low, high = foretold.ranks(np.where(np.isnan(seen), 0.0, seen))
        kept = ~np.isnan(seen)
        scores.append(foretold.crps(seen)[kept & exact])
        lows.append(low[kept])
        # What was asked for at least may rank anywhere above.
        highs.append(np.where(exact, high, 1.0)[kept])
    every = np.concatenate(scores)
    loss = float(every.mean()) if every.size else np.inf
    return loss, np.concatenate(lows), np.concatenate(highs)


def window_sums(past: History, lead: Whole, origin: int) -> tuple[Floats, Flags]:
    """Give what was asked for in the lead time after an origin, and whether it was no more.

    The sum is nan where a period has no record; it is a lower bound where a shelf ran empty.
    """
    inside = np.arange(past.periods - origin)[None, :] < lead[:, None]
    total = np.where(inside, past.demand[:, origin:], 0.0).sum(axis=1)
    whole = (past.known[:, origin:] | ~inside).all(axis=1) & (lead <= past.periods - origin)
    exact = ~(past.at_least[:, origin:] & inside).any(axis=1)
    return np.where(whole, total, np.nan), np.asarray(exact)


def _correction(low: Floats, high: Floats) -> Floats:
    """Give the share of ranks at or below each of RANKS, drawn to no correction by a few cases."""
    from wellkept.methods.demand.tables import mean_ranks

    share = mean_ranks(low, high, RANKS)
    to = (low.size * share + DOUBT * RANKS) / (low.size + DOUBT)
    to[0], to[-1] = 0.0, 1.0
    return np.asarray(np.maximum.accumulate(to))


def _origins(periods: int, lead: Whole) -> tuple[Whole, Whole]:
    """Give up to five periods from which to foretell later lead times, and leads that fit.

    They lie in the later half: a past as long as the whole would be best, but parts rise and fall
    together, so that one month alone says little. A history too short for its lead time is judged
    by shorter ones.
    """
    if periods < 3:
        return np.empty(0, np.int64), lead
    shortened = np.minimum(lead, max(periods // 2, 1))
    longest = int(shortened.max())
    last = periods - longest
    first = min(max(last - max(2 * longest, 5), (periods + 1) // 2, 2), last)
    return np.unique(np.rint(np.linspace(first, last, 5)).astype(np.int64)), shortened


def _note(judged: int, shortened: bool) -> str:
    if judged == 0:
        return "Too little history to see how such forecasts did: nothing is corrected."
    what = "shorter lead times" if shortened else "lead times"
    return f"Corrected by how {judged} {what} inside the histories ranked in what was foretold."


def _given(
    demand: ArrayLike, lead: ArrayLike, stocked_out: ArrayLike | None
) -> tuple[History, Floats]:
    past = history(demand, stocked_out)
    whole_units(past)
    return past, lead_times(lead, past.parts)
