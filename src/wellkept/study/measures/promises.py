"""Promises kept by the judged date: all of them, and those that mattered."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Columns, Source, only
from wellkept.study.measures import selections
from wellkept.study.measures.card import Beside, Card, Completeness, Estimate, Json
from wellkept.study.measures.comparing import trend
from wellkept.study.measures.composing import Said, sentences
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.customers import most_hit
from wellkept.study.measures.due import (
    JUDGED_DATE,
    beside_average,
    cut_promises,
    ended_lateness,
    judged,
    latest,
    top,
    unit_of,
)
from wellkept.study.measures.estimates import DAY, beyond, felt, share
from wellkept.study.measures.speech import share as said
from wellkept.study.measures.window import Window

MATTERS = 1
"""Urgency up to which it matters: safety and production stopped."""
UNKNOWN = 2
LATENESS = {"measure": "promise_lateness"}


def kept(source: Source, window: Window) -> Card | None:
    """This will give the share of promises kept by the judged date, with what failed by name."""
    due = judged(source, window)
    if due is None:
        return None
    ended_s = ended_lateness(source, window)
    unit_s, unit = unit_of(due)
    card = _kept_card(source, window, due, _says(due["failed"], ended_s, unit_s, unit))
    let_go = source.rows(selections.LET_GO, **window.given)[0]
    hit = most_hit(source, window)
    return replace(
        card,
        says=card.says if card.worst else sentences(card.says, _hit_most(hit)),
        excluded=int(let_go["n"]),
        completeness=_completeness(source, window, due),
        hit=hit,
        reasons={**card.reasons, "hit": _("nobody's promise failed, or names are not recorded")},
        beside=(
            *card.beside,
            *_with_let_go(due, int(let_go["n"]), int(let_go["k"]), window),
            *_ended_only(ended_s, window),
            *_average(ended_s, unit_s, unit),
        ),
    )


def kept_when_it_mattered(source: Source, window: Window) -> Card | None:
    """This will give the same for safety and production stopped; None if no class is known."""
    due = judged(source, window)
    if due is None:
        return None
    mattered = due["urgency"] <= MATTERS
    if not np.any(mattered):
        return None
    rows = only(due, mattered)
    card = _kept_card(source, window, rows, _says_at_stake(rows["failed"]))
    return replace(
        card,
        completeness=_known_classes(due, mattered),
        beside=(*card.beside, _last_breach(rows, window)),
    )


def _known_classes(due: Columns, mattered: NDArray[np.bool_]) -> Completeness:
    """Bounds: those of unknown class that failed had all mattered, or those that were kept had."""
    unknown = due["urgency"] == UNKNOWN
    lost, failed_lost = int(unknown.sum()), int((due["failed"] & unknown).sum())
    n, k = int(mattered.sum()), int((due["failed"] & mattered).sum())
    worst = 1 - (k + failed_lost) / (n + failed_lost)
    best = 1 - k / (n + lost - failed_lost)
    return Completeness(int(due["urgency"].size) - lost, int(due["urgency"].size), worst, best)


def _kept_card(source: Source, window: Window, rows: Columns, says: Said) -> Card:
    failed = rows["failed"]
    n, k = int(failed.size), int(failed.sum())
    unit_s, unit = unit_of(rows)
    dated = ~rows["told"]
    worst = latest(source, window, rows, failed & dated, unit_s)
    card = Card(
        n=n,
        open=int(rows["owed"].sum()),
        value=share(n - k, n, window.level),
        share_beyond=beyond(k, n, _judged_by(rows), window.level),
        customers_hit=felt(rows["customer_no"], failed),
        worst=worst,
        worst_unit=unit,
        max=max(0.0, float(rows["late_s"][dated].max() / unit_s)) if np.any(dated) else None,
        method=_(
            "kept ÷ promises whose judged date falls in the window; what is not fulfilled when its "
            "date has come is broken"
        ),
        reasons={
            "quantiles": _("a share has none: see %(measure)s") % LATENESS,
            "worst": _("none failed"),
            "max": _("the source says kept or broken, and gives no dates"),
            "shape": _("a share has none: see %(measure)s") % LATENESS,
        },
        says=sentences(says, top(worst, unit)),
        beside=_kept_beside(rows, window),
        trend=trend(rows["judged_s"], failed, window),
    )
    return cut_promises(card, source, window, rows)


def _says(failed: NDArray[np.bool_], ended_s: NDArray[np.int64], unit_s: int, unit: str) -> Said:
    n, k = int(failed.size), int(failed.sum())
    if k == 0:
        return ngettext(
            "The one promise that fell due was kept.",
            "All %(n)s promises that fell due were kept.",
            n,
        ) % {"n": n}
    due = ngettext("of %(n)s promise that fell due", "of %(n)s promises that fell due", n)
    return beside_average(_broken(k, n, due), ended_s, unit_s, unit)


def _says_at_stake(failed: NDArray[np.bool_]) -> Said:
    n, k = int(failed.size), int(failed.sum())
    if k == 0:
        return ngettext(
            "The one promise that fell due where safety or production was at stake was kept.",
            "All %(n)s promises that fell due where safety or production was at stake were kept.",
            n,
        ) % {"n": n}
    due = ngettext(
        "of %(n)s promise that fell due where safety or production was at stake",
        "of %(n)s promises that fell due where safety or production was at stake",
        n,
    )
    return _("%(clause)s.") % {"clause": _broken(k, n, due)}


def _broken(k: int, n: int, due: Said) -> Said:
    return ngettext(
        "%(k)s %(of_promises)s was broken (%(share)s)",
        "%(k)s %(of_promises)s were broken (%(share)s)",
        k,
    ) % {"k": k, "of_promises": due % {"n": n}, "share": said(k / n)}


def _hit_most(hit: Json | None) -> str:
    """Who was hit most, where no dates name the worst."""
    rows = hit["rows"] if hit is not None else ()
    if not rows:
        return ""
    first = {name: rows[0][name] for name in ("name", "k", "n")}
    return _("Hit most: %(name)s, %(k)s of %(n)s.") % first


def _judged_by(rows: Columns) -> str:
    told = int(rows["told"].sum())
    if told == rows["told"].size:
        return _("what the source itself calls kept, which gives no date")
    if not told:
        return JUDGED_DATE
    return _("%(judged_date)s (%(n)s by the source's own word)") % {
        "judged_date": JUDGED_DATE,
        "n": told,
    }


def _kept_beside(rows: Columns, window: Window) -> tuple[Beside, ...]:
    dated = ~rows["told"]
    m = int(dated.sum())
    if not m:
        return ()
    first, current = (int(rows[f"failed_{by}"][dated].sum()) for by in ("first", "current"))
    beside = [
        Beside(_("By the first date"), _("kept by the date first given, whoever moved it"), m,
               share(m - first, m, window.level)),
        Beside(_("By the date as said today"),
               _("kept by the last date given; moves hide misses"), m,
               share(m - current, m, window.level)),
    ]  # fmt: skip
    given_up = int((rows["failed"] & dated & ~rows["settled"] & ~rows["owed"]).sum())
    if given_up:
        text = _("were ended without being fulfilled: broken, but nobody waits for them any more")
        beside.append(Beside(_("Given up"), text, given_up))
    quiet = rows["in_silence"] & dated
    if np.any(quiet):
        left, k = int((~quiet).sum()), int(rows["failed"][~quiet].sum())
        due = ngettext(
            "%(n)s fell due while nothing was recorded",
            "%(n)s fell due while nothing was recorded",
            int(quiet.sum()),
        )
        text = due % {"n": int(quiet.sum())}
        value = share(left - k, left, window.level) if left else None
        title = _("Without those due while the feed was silent")
        beside.append(Beside(title, text, left, value))
    return tuple(beside)


def _completeness(source: Source, window: Window, due: Columns) -> Completeness:
    counts = source.rows(selections.PROMISES_SHOULD, **window.given)[0]
    missing = int(counts["undated"])
    n, k = int(due["failed"].size), int(due["failed"].sum())
    should = n + missing
    return Completeness(n, should, (n - k) / should, (n - k + missing) / should)


def _with_let_go(due: Columns, n: int, k: int, window: Window) -> tuple[Beside, ...]:
    if not n:
        return ()
    every = int(due["failed"].size) + n
    failed = int(due["failed"].sum()) + k
    text = _("as if they had not been released; %(k)s of these %(n)s would have failed")
    value = share(every - failed, every, window.level)
    title = _("With those the customer released in time")
    return (Beside(title, text % {"k": k, "n": n}, every, value),)


def _last_breach(rows: Columns, window: Window) -> Beside:
    failed = rows["failed"]
    if not np.any(failed):
        return Beside(_("Since the last breach"), _("no breach in the window"), int(failed.size))
    days = (window.until_s - int(rows["judged_s"][failed].max())) / DAY
    text = _("since the date of the last one that failed")
    return Beside(_("Since the last breach"), text, int(failed.sum()), Estimate(days), unit="d")


def _average(ended_s: NDArray[np.int64], unit_s: int, unit: str) -> tuple[Beside, ...]:
    """The mean stands here to show what it hides, and nowhere alone."""
    if not ended_s.size:
        return ()
    mean = float(ended_s.mean()) / unit_s
    late, early = (
        _("late, on average: says nothing of those who waited"),
        _("early, on average: says nothing of those who waited"),
    )
    text = late if mean > 0 else early
    value = Estimate(abs(mean))
    return (Beside(_("Average of the ended rows"), text, int(ended_s.size), value, unit=unit),)


def _ended_only(ended_s: NDArray[np.int64], window: Window) -> tuple[Beside, ...]:
    if not ended_s.size:
        return ()
    k, n = int(np.count_nonzero(ended_s > 0)), int(ended_s.size)
    late = ngettext(
        "%(n)s of them late: what a count of ended rows shows, whether due yet or not",
        "%(n)s of them late: what a count of ended rows shows, whether due yet or not",
        k,
    )
    return (Beside(_("Ended rows only"), late % {"n": k}, n, share(n - k, n, window.level)),)
