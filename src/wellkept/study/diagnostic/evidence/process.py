"""O: one way of working in every region, and a tail that volume does not lengthen."""

import numpy as np

from wellkept.methods import charts
from wellkept.study.diagnostic.evidence import due
from wellkept.study.diagnostic.evidence.finding import HERE, Found, NoRecord, Records
from wellkept.study.diagnostic.strips import Week, strip_of
from wellkept.study.measures.card import Named
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.customers import failed_of
from wellkept.study.measures.naming import case_names

FEWEST = 10
ENDED = f"""
SELECT case_no AS no, coalesce(customer_no, -1) AS customer_no, urgency,
  coalesce(region, '') AS region,
  CAST(responded_s IS NULL AND $answers AS INTEGER) AS unanswered,
  CAST(coalesce(resolved_by_closing, false) OR resolved_s IS NULL AS INTEGER) AS unresolved,
  CAST(coalesce(responded_s < reported_s, false) OR coalesce(resolved_s < responded_s, false)
    OR coalesce(closed_s < resolved_s, false) AS INTEGER) AS disordered,
  CAST(owner IS NULL AND $owners AS INTEGER) AS nobodys
FROM "case"
WHERE coalesce(closed_s, resolved_s) >= $since AND coalesce(closed_s, resolved_s) <= $until
  AND cancelled_s IS NULL AND {HERE}
ORDER BY case_no
"""
KEPT = """
SELECT count(responded_s) > 0 AS answers, count(owner) > 0 AS owners, count(resolved_s) > 0 AS ends
FROM "case"
"""
STEPS = ("unanswered", "unresolved", "disordered", "nobodys")


def same_way_everywhere(records: Records) -> Found | NoRecord:
    """This will count cases that took every recorded step, in the region where fewest did."""
    kept = records.row(KEPT)
    if not (kept["answers"] and kept["ends"]):
        return NoRecord()
    given = {"answers": bool(kept["answers"]), "owners": bool(kept["owners"])}
    rows = records.columns(ENDED, **given)
    missed = np.sum([rows[step] for step in STEPS], axis=0).astype(np.int64)
    failed = missed > 0
    regions, which, n = np.unique(rows["region"], return_inverse=True, return_counts=True)
    enough = n >= FEWEST
    if not np.any(enough):
        ended = ngettext(
            "only %(n)s case ended in the last 12 months",
            "only %(n)s cases ended in the last 12 months",
            failed.size,
        )
        return NoRecord((ended % {"n": int(failed.size)},))
    k = n - np.bincount(which[failed], minlength=n.size)
    least = int(np.argmin(np.where(enough, k / n, np.inf)))
    here = which == least
    return Found(
        k=int(k[least]),
        n=int(n[least]),
        unit="cases",
        should=int(n[least]) + due.unlisted_cases(records),
        ceiling=2,
        cases=_astray(records, rows["no"][here], rows["urgency"][here], missed[here]),
        case_unit="steps missed",
        touched=due.touched_by(rows["customer_no"], rows["urgency"], failed),
        number=due.per_cent(int(k[least]), int(n[least])),
        notes=_about(str(regions[least]), int(np.count_nonzero(enough))),
    )


def _about(region: str, regions: int) -> tuple[str, ...]:
    where = _("no region is recorded")
    if region:
        one = _("all cases are of one region, %(region)s")
        several = _("the region where fewest do is %(region)s")
        where = (several if regions > 1 else one) % {"region": region}
    return (
        where,
        _(
            "steps: answered by a person, cause handled before closing, moments in order, one "
            "named person at the end; which process was agreed, with which variants, is not "
            "recorded: these records can show level 2 at most"
        ),
    )


def _astray(
    records: Records, no: np.ndarray, urgency: np.ndarray, missed: np.ndarray
) -> tuple[Named, ...]:
    order = np.lexsort((urgency, -missed))[: due.WORST]
    order = order[missed[order] > 0]
    rows = {"no": no}
    return case_names(records.source, records.window(), rows, order, missed.astype(float))


LEAST_SWING = 0.1
PEAK = 0.75
HALF_A_YEAR = 26


def peak_weeks(records: Records) -> Found | NoRecord:
    """This will count the busiest weeks in which no larger share failed than in the others."""
    rows = due.due_rows(records)
    cut = strip_of(
        rows["judged_s"], rows["failed"], rows["customer_no"], rows["our_moves"], promise=0.9,
        until_s=records.as_of.until_s, zone=records.as_of.zone,
    )  # fmt: skip
    weeks = [] if cut is None else [week for week in cut.weeks if week.n]
    if len(weeks) < HALF_A_YEAR:
        return NoRecord()
    n, k = (np.array([getattr(week, name) for week in weeks]) for name in ("n", "k"))
    low, high = np.quantile(n, [0.1, 0.9])
    if (high - low) / np.median(n) < LEAST_SWING:
        return NoRecord((_("volume varied by less than 10 %: nothing tells what a peak would do"),))
    peak = n >= np.quantile(n, PEAK)
    chart = charts.tail_counts(k, n, baseline=~peak)
    if chart.dispersion > 1.5:
        chart = charts.p_chart(k, n, baseline=~peak, laney=True)
    worse = peak & (k / n > chart.high)
    return Found(
        k=int(np.count_nonzero(peak & ~worse)),
        n=int(np.count_nonzero(peak)),
        unit="peak weeks",
        should=int(np.count_nonzero(peak)),
        ceiling=3,
        conditions={4: None},
        cases=tuple(_week(records, weeks[i]) for i in np.flatnonzero(worse)[: due.WORST]),
        case_unit="failed",
        notes=(_("a peak week is one of the busiest quarter: %(peak)s promises due or more, "
                 "against %(middle)s in the middle week")
               % {"peak": int(n[peak].min()), "middle": int(np.median(n))},),
    )  # fmt: skip


def _week(records: Records, week: Week) -> Named:
    from datetime import datetime

    day = datetime.fromtimestamp(week.start_s, tz=records.as_of.zone).date()
    name = _("week of %(day)s") % {"day": day.isoformat()}
    return Named(name, float(week.k), about=failed_of(f"{week.k:,}", week.n))
