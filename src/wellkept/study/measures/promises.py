"""Promises kept by the judged date: all of them, and those that mattered."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Columns, Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate
from wellkept.study.measures.customers import most_hit
from wellkept.study.measures.cuts import labels
from wellkept.study.measures.due import JUDGED_DATE, average, judged, latest, top, unit_of
from wellkept.study.measures.estimates import DAY, beyond, felt, groups, share, trend
from wellkept.study.measures.window import Window

MATTERS = 1
"""Urgency up to which it matters: safety and production stopped."""


def kept(source: Source, window: Window) -> Card | None:
    """This will give the share of promises kept by the judged date, with what failed by name."""
    due = judged(source, window)
    if due is None:
        return None
    card = _kept_card(source, window, due, np.ones(due["promise_no"].size, bool))
    return replace(
        card,
        completeness=_completeness(source, window, due),
        hit=most_hit(source, window),
        beside=(*card.beside, *_ended_only(source, window)),
    )


def kept_when_it_mattered(source: Source, window: Window) -> Card | None:
    """This will give the same for safety and production stopped; None if no class is known."""
    due = judged(source, window)
    if due is None or not np.any(due["urgency"] != 2):
        return None
    mattered = due["urgency"] <= MATTERS
    if not np.any(mattered):
        return None
    card = _kept_card(source, window, due, mattered)
    unknown = int(np.count_nonzero(due["urgency"] == 2))
    known = int(due["urgency"].size - unknown)
    bad = int(np.count_nonzero(due["failed"] & mattered))
    n = int(np.count_nonzero(mattered))
    failed_unknown = int(np.count_nonzero(due["failed"] & (due["urgency"] == 2)))
    worst = 1 - (bad + failed_unknown) / (n + failed_unknown) if n + failed_unknown else None
    best = 1 - bad / (n + unknown - failed_unknown) if n + unknown - failed_unknown else None
    return replace(
        card,
        completeness=Completeness(known, int(due["urgency"].size), worst, best),
        beside=(*card.beside, _last_breach(due, mattered, window)),
    )


def _kept_card(source: Source, window: Window, due: Columns, chosen: NDArray[np.bool_]) -> Card:
    rows = {name: values[chosen] for name, values in due.items()}
    failed = rows["failed"]
    n, k = int(failed.size), int(failed.sum())
    unit_s, unit = unit_of(rows)
    still = ~rows["settled"]
    value = share(n - k, n, window.level)
    worst = latest(source, window, rows, failed & ~rows["told"], unit_s)
    says = f"{n:,} promises fell due; {k:,} were broken ({k / n:.1%})."
    if not np.all(rows["told"]):
        says += f" {average(rows, unit_s, unit).capitalize()}. {top(worst, unit)}"
    card = Card(
        n=n,
        open=int(still.sum()),
        value=value,
        share_beyond=beyond(k, n, _judged_by(rows), window.level),
        customers_hit=felt(rows["customer_no"], failed),
        worst=worst,
        worst_unit=unit,
        max=max(0.0, float(rows["late_s"].max() / unit_s)) if np.any(~rows["told"]) else None,
        method="kept ÷ promises whose judged date falls in the window; open past it is broken",
        reasons={"quantiles": "a share has none: see promise_lateness"},
        says=says.strip(),
        beside=_kept_beside(rows, window),
        trend=trend(rows["judged_s"], failed, window),
    )
    return cut_promises(card, source, window, rows)


def _judged_by(rows: Columns) -> str:
    told = rows["told"]
    if np.all(told):
        return "what the source itself calls kept, which gives no date"
    more = f" ({int(told.sum()):,} by the source's own word)" if np.any(told) else ""
    return JUDGED_DATE + more


def _kept_beside(rows: Columns, window: Window) -> tuple[Beside, ...]:
    dated = ~rows["told"]
    beside = []
    if np.any(dated):
        k = int(rows["failed_first"][dated].sum())
        m = int(dated.sum())
        beside.append(
            Beside("By the first date", "kept by the date first given, whoever moved it", m,
                   share(m - k, m, window.level))
        )  # fmt: skip
        k = int(rows["failed_current"][dated].sum())
        beside.append(
            Beside("By the date as said today", "kept by the last date given; moves hide misses",
                   m, share(m - k, m, window.level))
        )  # fmt: skip
    quiet = rows["in_silence"] & dated
    if np.any(quiet):
        m, k = int((~quiet).sum()), int(rows["failed"][~quiet].sum())
        beside.append(
            Beside("Without those due while the feed was silent",
                   f"{int(quiet.sum()):,} fell due while nothing was recorded", m,
                   share(m - k, m, window.level))
        )  # fmt: skip
    return tuple(beside)


def _completeness(source: Source, window: Window, due: Columns) -> Completeness:
    counts = source.rows(selections.PROMISES_SHOULD, **window.given)[0]
    missing = int(counts["rows"]) - int(counts["dated"])
    n, k = int(due["failed"].size), int(due["failed"].sum())
    should = n + missing
    return Completeness(n, should, (n - k) / should, (n - k + missing) / should)


def _last_breach(due: Columns, mattered: NDArray[np.bool_], window: Window) -> Beside:
    failed = due["failed"] & mattered
    if not np.any(failed):
        return Beside("Since the last breach", "no breach in the window", int(mattered.sum()))
    days = (window.until_s - int(due["judged_s"][failed].max())) / DAY
    return Beside("Since the last breach", f"the last one fell due {days:,.1f} d ago",
                  int(failed.sum()), Estimate(days), unit="d")  # fmt: skip


def cut_promises(card: Card, source: Source, window: Window, rows: Columns) -> Card:
    """This will compare the groups of the column that cuts, if one does."""
    cut = labels(source, window, "promise", rows["promise_no"])
    if cut is None:
        return card
    by_no, names = cut
    return replace(card, by=groups(by_no, names, rows["failed"], rows["settled"], window))


def _ended_only(source: Source, window: Window) -> tuple[Beside, ...]:
    late = source.columns(selections.ENDED, **window.given)["late_s"]
    if not late.size:
        return ()
    k, n = int(np.count_nonzero(late > 0)), int(late.size)
    text = f"{k:,} of them late: what a count of ended rows shows, whether due yet or not"
    return (Beside("Ended rows only", text, n, share(n - k, n, window.level)),)
