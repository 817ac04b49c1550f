"""P: promises and the tail, as the ledger and the cases show them."""

import numpy as np

from wellkept.study.diagnostic.claims.catalogue import BY_ID
from wellkept.study.diagnostic.evidence import due
from wellkept.study.diagnostic.evidence.finding import HERE, Figure, Found, NoRecord, Records
from wellkept.study.measures.estimates import HOUR
from wellkept.study.measures.selections import DUE
from wellkept.study.measures.speech import many
from wellkept.study.measures.speech import share as said

QUARTER = 90
LEDGER = f"""
SELECT count(*) AS n,
  count(*) FILTER (WHERE first_due_s IS NOT NULL AND verdict IS NULL) AS k
FROM promise p
WHERE coalesce(judged_s, made_s) >= $since AND coalesce(judged_s, made_s) <= $until AND {HERE}
"""
TELLS_MOVES = "SELECT 1 FROM tells_moves LIMIT 1"
"""Whether a moved date could be seen at all, whether or not any was moved."""
BY_DATE = """
SELECT count(*) AS n,
  count(*) FILTER (WHERE done_s <= $until AND done_s <= coalesce(first_due_s, judged_s)) AS first,
  count(*) FILTER (WHERE CASE WHEN done_s <= $until
    THEN done_s <= coalesce(current_due_s, judged_s)
    ELSE coalesce(current_due_s, judged_s) > $until END) AS today
FROM promise p
WHERE judged_s >= $since AND judged_s <= $until AND verdict IS NULL
  AND (released_s IS NULL OR released_s > judged_s)
"""
GRAVE = "urgency <= 1"
RESTORING = f"kind = 'restore' AND {GRAVE}"
RESOLVING = f"kind = 'resolve' AND {GRAVE}"
STOPS = f"""
SELECT greatest(CASE WHEN restored_s <= $until THEN restored_s
    ELSE least($until, coalesce(censored_s, $until)) END
    - coalesce(occurred_s, reported_s), 0) AS length_s,
  coalesce(restored_s <= $until, false) AS settled
FROM "case"
WHERE {GRAVE} AND coalesce(occurred_s, reported_s) >= $since
  AND coalesce(occurred_s, reported_s) <= $until AND {HERE}
  AND (cancelled_s IS NULL OR cancelled_s > $until)
"""
UNASKED = f"""
SELECT count(*) AS n FROM promise p WHERE kind = '{{kind}}' AND urgency = 2
  AND judged_s >= $since AND judged_s <= $until AND {HERE}
"""


def first_dates_kept(records: Records) -> Found | NoRecord:
    """This will count the promises due whose first date is kept; the number is the share kept."""
    ledger = records.row(LEDGER)
    if not ledger["n"]:
        return NoRecord()
    rows = due.due_rows(records, days=QUARTER)
    kept, n = due.kept_of(rows)
    return Found(
        k=int(ledger["k"]),
        n=int(ledger["n"]),
        unit="promises",
        should=int(ledger["n"]),
        conditions={3: 1.0 if records.rows(TELLS_MOVES) else None, 4: None},
        cases=due.worst(records, rows, QUARTER),
        touched=due.touched(rows),
        number=due.per_cent(kept, n),
        notes=_by_other_dates(records, kept, n),
    )


def _by_other_dates(records: Records, kept: int, n: int) -> tuple[str, ...]:
    if not n:
        return ("no promise fell due in the last quarter",)
    dated = records.row(BY_DATE, QUARTER)
    text = f"of {many(n, 'promise')} judged in the last {QUARTER} days {said(kept / n)} were kept"
    if not dated["n"]:
        return (text,)
    first, today = (said(dated[name] / dated["n"]) for name in ("first", "today"))
    return (f"{text} by the judged date; by the date first given {first}, by the date as said "
            f"today {today}",)  # fmt: skip


def stopped_restored(records: Records) -> Found | NoRecord:
    """This will count grave stops restored within the promise, those still down included."""
    where, kind = RESTORING, "restore"
    rows = due.due_rows(records, where)
    notes: tuple[str, ...] = ()
    if not rows["failed"].size:
        where, kind = RESOLVING, "resolve"
        rows = due.due_rows(records, where)
        notes = ("no promise of restoring is recorded: that of resolving stands in for it",)
    k, n = due.kept_of(rows)
    if not n:
        return NoRecord(_stops_without_promise(records))
    unasked = int(records.row(UNASKED.format(kind=kind))["n"])
    if unasked:
        notes += (f"{many(unasked, 'promise')} of this kind say nothing of the consequence: "
                  "grave ones among them are not counted",)  # fmt: skip
    return Found(
        k=k,
        n=n,
        unit="promises",
        should=n + unasked + _unpromised(records, kind),
        cases=due.worst(records, rows),
        touched=due.touched(rows),
        number=_hours_until_restored(records),
        strip=due.strip(records, where, BY_ID["P2"].cuts[2]),
        notes=notes,
    )


UNPROMISED = f"""
SELECT count(*) AS n FROM "case" c
WHERE {GRAVE} AND reported_s >= $since AND reported_s <= $until AND {HERE}
  AND (cancelled_s IS NULL OR cancelled_s > $until)
  AND EXISTS (SELECT 1 FROM promise WHERE kind = '{{kind}}' AND case_no IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.case_no = c.case_no AND p.kind = '{{kind}}')
"""


def _unpromised(records: Records, kind: str) -> int:
    """Grave cases without a promise of this kind, where cases otherwise have one."""
    return int(records.row(UNPROMISED.format(kind=kind))["n"])


def _hours_until_restored(records: Records) -> Figure | None:
    stops = records.columns(STOPS)
    if not np.any(stops["settled"]):
        return None
    return due.p95(stops["length_s"], stops["settled"], HOUR)


def _stops_without_promise(records: Records) -> tuple[str, ...]:
    n = int(records.columns(STOPS)["length_s"].size)
    if not n:
        return ()
    return (f"{many(n, 'grave stop')} in the last 12 months, and no promise by when to restore",)


LATE = f"""
SELECT count(*) AS n, count(*) FILTER (WHERE our_moves > moved_late) AS moved
FROM ({DUE}) due WHERE failed AND {HERE}
"""


def late_announced(records: Records) -> NoRecord:
    """This will say what is known of late promises: a moved date is not yet a told customer."""
    late = records.row(LATE)
    if not late["n"]:
        return NoRecord()
    return NoRecord(
        (f"{many(late['n'], 'late promise')}; the date of {late['moved']:,} of them was moved "
         "before it passed, but whether the customer was told is not recorded",)
    )  # fmt: skip


REPEATS = f"""
SELECT count(*) AS n FROM (
  SELECT asset, about FROM (
    SELECT asset, about, reported_s, lead(reported_s, 2) OVER
      (PARTITION BY asset, about ORDER BY reported_s) AS third_s
    FROM "case" WHERE asset IS NOT NULL AND about IS NOT NULL AND {HERE}
      AND reported_s >= $since AND reported_s <= $until) c
  WHERE third_s - reported_s <= 180 * 86400 GROUP BY asset, about) r
"""


def repeats_examined(records: Records) -> NoRecord:
    """This will say how many assets failed three times alike: their causes are not recorded."""
    n = int(records.row(REPEATS)["n"])
    if not n:
        return NoRecord()
    return NoRecord(
        (f"{many(n, 'asset')} had the same complaint three times within 180 days; whether anybody "
         "asked why is not recorded",)
    )  # fmt: skip
