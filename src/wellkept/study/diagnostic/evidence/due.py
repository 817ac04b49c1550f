"""What evidence about promises shares: those judged, whom they touched, the worst by name."""

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import bounds, survival
from wellkept.study.diagnostic.evidence.finding import HERE, Figure, Records, Touched
from wellkept.study.diagnostic.strips import Strip, strip_of
from wellkept.study.facts.source import Columns
from wellkept.study.measures.card import Named
from wellkept.study.measures.due import promise_names
from wellkept.study.measures.estimates import ENOUGH, HOUR, worst_of
from wellkept.study.measures.selections import DUE

WORST = 5
SAFETY, STOPPED = 0, 1

KINDS = ("respond", "arrive", "restore", "resolve", "part_delivery")
"""Kinds of promise that evidence tells apart, numbered from 1; 0 is any other."""
_WHEN = " ".join(f"WHEN '{kind}' THEN {no}" for no, kind in enumerate(KINDS, start=1))
KIND_NO = f"CASE kind {_WHEN} ELSE 0 END"
ROWS = f"""
SELECT promise_no, coalesce(customer_no, -1) AS customer_no, urgency, judged_s, late_s, failed,
  coalesce(our_moves, 0) AS our_moves, {KIND_NO} AS kind_no
FROM ({DUE}) due WHERE {HERE} AND {{where}} ORDER BY promise_no
"""
EVERY = "TRUE"


def due_rows(records: Records, where: str = EVERY, days: int | None = 365) -> Columns:
    """This will read the promises judged in the last days that meet a condition."""
    return records.columns(ROWS.format(where=where), days)


def kept_of(rows: Columns) -> tuple[int, int]:
    """This will count those kept, and all."""
    return int(np.count_nonzero(~rows["failed"])), int(rows["failed"].size)


def touched(rows: Columns) -> Touched:
    """This will count the customers whose promise failed, and how grave that was."""
    return touched_by(rows["customer_no"], rows["urgency"], rows["failed"])


def touched_by(
    customer_no: NDArray[np.int64], urgency: NDArray[np.int64], failed: NDArray[np.bool_]
) -> Touched:
    """This will count the customers of rows that failed; None where no customer is recorded."""
    hit = customer_no[failed & (customer_no >= 0)]
    return Touched(
        int(np.unique(hit).size) if np.any(customer_no >= 0) else None,
        int(np.count_nonzero(failed & (urgency == SAFETY))),
        int(np.count_nonzero(failed & (urgency == STOPPED))),
    )


def worst(records: Records, rows: Columns, days: int | None = 365) -> tuple[Named, ...]:
    """This will name the worst that failed: by consequence, then by hours late."""
    if not np.any(rows["failed"]):
        return ()
    late_h = np.where(rows["failed"], rows["late_s"], 0) / HOUR
    order = worst_of(late_h, rows["urgency"], rows["failed"])[:WORST]
    return promise_names(records.source, records.window(days), rows, order, late_h)


def strip(records: Records, where: str, promise: float) -> Strip | None:
    """This will say since when promises of a kind are kept less often than they should be."""
    rows = due_rows(records, where, None)
    return strip_of(
        rows["judged_s"],
        rows["failed"],
        rows["customer_no"],
        rows["our_moves"],
        promise=promise,
        until_s=records.as_of.until_s,
        zone=records.as_of.zone,
    )


UNLISTED = f"""
SELECT count(DISTINCT case_id) AS n FROM promise
WHERE case_id IS NOT NULL AND case_no IS NULL AND made_s >= $since AND made_s <= $until AND {HERE}
  AND EXISTS (SELECT 1 FROM "case")
"""


def unlisted_cases(records: Records) -> int:
    """This will count cases that promises name and the list of cases does not have."""
    return int(records.row(UNLISTED)["n"])


def per_cent(k: int, n: int) -> Figure | None:
    """This will give a share in per cent with its interval; None where there is nothing."""
    if not n:
        return None
    found = bounds.share(k, n)
    return Figure(100 * found.value, 100 * found.low, 100 * found.high)


def p95(length_s: NDArray[np.int64], settled: NDArray[np.bool_], unit_s: int) -> Figure | None:
    """This will give the length that one in twenty outlasts, open ones as still running."""
    if length_s.size < ENOUGH["p95"]:
        return None
    found = survival.kaplan_meier(length_s, settled).quantile(0.95)
    if not np.isfinite(found.value):
        return None
    low, high = (x / unit_s if np.isfinite(x) else None for x in (found.low, found.high))
    return Figure(found.value / unit_s, low, high)
