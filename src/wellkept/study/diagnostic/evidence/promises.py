"""P: promises and the tail, as the ledger and the cases show them."""

import numpy as np

from wellkept.methods import levels
from wellkept.study.diagnostic.claims.catalogue import BY_ID
from wellkept.study.diagnostic.evidence import due
from wellkept.study.diagnostic.evidence.finding import HERE, Figure, Found, NoRecord, Records
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.estimates import HOUR
from wellkept.study.measures.selections import DUE
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
        return (_("no promise fell due in the last quarter"),)
    dated = records.row(BY_DATE, QUARTER)
    told = {"n": n, "days": QUARTER, "kept": said(kept / n)}
    if not dated["n"]:
        text = ngettext(
            "of %(n)s promise judged in the last %(days)s days %(kept)s were kept",
            "of %(n)s promises judged in the last %(days)s days %(kept)s were kept",
            n,
        )
        return (text % told,)
    text = ngettext(
        "of %(n)s promise judged in the last %(days)s days %(kept)s were kept by the judged date; "
        "by the date first given %(first)s, by the date as said today %(today)s",
        "of %(n)s promises judged in the last %(days)s days %(kept)s were kept by the judged date; "
        "by the date first given %(first)s, by the date as said today %(today)s",
        n,
    )
    return (text % (told | {one: said(dated[one] / dated["n"]) for one in ("first", "today")}),)


def stopped_restored(records: Records) -> Found | NoRecord:
    """This will count grave stops restored within the promise, those still down included."""
    where, kind = RESTORING, "restore"
    rows = due.due_rows(records, where)
    notes: tuple[str, ...] = ()
    if not rows["failed"].size:
        where, kind = RESOLVING, "resolve"
        rows = due.due_rows(records, where)
        notes = (_("no promise of restoring is recorded: that of resolving stands in for it"),)
    k, n = due.kept_of(rows)
    if not n:
        return NoRecord(_stops_without_promise(records))
    unasked = int(records.row(UNASKED.format(kind=kind))["n"])
    if unasked:
        silent = ngettext(
            "%(n)s promise of this kind say nothing of the consequence: grave ones among them are "
            "not counted",
            "%(n)s promises of this kind say nothing of the consequence: grave ones among them are "
            "not counted",
            unasked,
        )
        notes += (silent % {"n": unasked},)
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
    stops = ngettext(
        "%(n)s grave stop in the last 12 months, and no promise by when to restore",
        "%(n)s grave stops in the last 12 months, and no promise by when to restore",
        n,
    )
    return (stops % {"n": n},)


LATE = f"""
SELECT count(*) AS n, count(*) FILTER (WHERE our_moves > moved_late) AS moved
FROM ({DUE}) due WHERE failed AND {HERE}
"""
TELLS_NOTICES = "SELECT 1 FROM information_schema.tables WHERE table_name = 'notice'"
ANY_NOTICE = "SELECT 1 FROM notice LIMIT 1"
ANNOUNCED = f"""
SELECT due.promise_no, coalesce(customer_no, -1) AS customer_no, urgency, judged_s, late_s,
  t.new_due_s IS NULL AS failed, coalesce(done_s <= t.new_due_s, false) AS held,
  t.new_due_s IS NOT NULL AND coalesce(least(t.new_due_s, done_s) <= $until, false)
    AS decided
FROM ({DUE}) due LEFT JOIN (
  SELECT n.promise_no, arg_max(n.new_due_s, n.told_s) AS new_due_s
  FROM notice n JOIN promise p ON p.promise_no = n.promise_no
  WHERE n.told_s <= p.judged_s AND n.told_s <= $until AND n.new_due_s > p.judged_s
  GROUP BY n.promise_no) t ON t.promise_no = due.promise_no
WHERE due.failed AND {HERE} ORDER BY due.promise_no
"""
"""Late promises; `failed`: the customer was not told, with a new date, before they were due."""
SECOND_DATES = 0.85


def late_announced(records: Records) -> Found | NoRecord:
    """This will count the late promises that were announced, with a new date, before they were due.

    A moved date is not yet a told customer: where nobody is ever recorded as told there is no
    record.
    """
    late = records.row(LATE)
    if not late["n"]:
        return NoRecord()
    if not records.rows(TELLS_NOTICES) or not records.rows(ANY_NOTICE):
        untold = ngettext(
            "%(n)s late promise; the date of %(moved)s of them was moved before it passed, but "
            "whether the customer was told is not recorded",
            "%(n)s late promises; the date of %(moved)s of them was moved before it passed, but "
            "whether the customer was told is not recorded",
            late["n"],
        )
        return NoRecord((untold % {"n": int(late["n"]), "moved": int(late["moved"])},))
    rows = records.columns(ANNOUNCED)
    k, n = due.kept_of(rows)
    held, decided = int(np.count_nonzero(rows["held"])), int(np.count_nonzero(rows["decided"]))
    return Found(
        k=k,
        n=n,
        unit="late promises",
        should=n,
        conditions={4: _at_least(held, decided, SECOND_DATES)},
        cases=due.worst(records, rows),
        touched=due.touched(rows),
        notes=_second_dates(held, decided),
    )  # fmt: skip


def _second_dates(held: int, decided: int) -> tuple[str, ...]:
    if not decided:
        return ()
    kept = ngettext(
        "%(k)s of %(n)s second date that can be judged were kept",
        "%(k)s of %(n)s second dates that can be judged were kept",
        decided,
    )
    return (kept % {"k": held, "n": decided},)


def _at_least(k: int, n: int, share: float) -> float | None:
    """The chance that a share is reached, None where nothing can be judged."""
    return 1 - float(levels.shown([k], [n], [share]).chances[0, 0]) if n else None


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
    alike = ngettext(
        "%(n)s asset had the same complaint three times within 180 days; whether anybody asked why "
        "is not recorded",
        "%(n)s assets had the same complaint three times within 180 days; whether anybody asked "
        "why is not recorded",
        n,
    )
    return NoRecord((alike % {"n": n},))
