"""R: who is responsible, as far as owners in the records show it."""

import numpy as np
from numpy.typing import NDArray

from wellkept.study.diagnostic.evidence import due
from wellkept.study.diagnostic.evidence.finding import HERE, Found, NoRecord, Records
from wellkept.study.facts.source import Columns
from wellkept.study.measures.card import Named
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.estimates import HOUR, worst_of
from wellkept.study.measures.naming import case_names, names_of
from wellkept.study.measures.selections import STILL

OPEN_PROMISES = f"""
SELECT promise_no AS no, coalesce(customer_no, -1) AS customer_no, urgency, owner IS NULL AS failed,
  $until - made_s AS age_s
FROM promise p
WHERE made_s <= $until AND verdict IS NULL AND (done_s IS NULL OR done_s > $until)
  AND (ended_s IS NULL OR ended_s > $until) AND (released_s IS NULL OR released_s > $until)
  AND {HERE}
ORDER BY promise_no
"""
OPEN_CASES = f"""
SELECT case_no AS no, coalesce(customer_no, -1) AS customer_no, urgency, owner IS NULL AS failed,
  $until - reported_s AS age_s
FROM "case" WHERE reported_s <= $until AND {STILL} AND {HERE} ORDER BY case_no
"""
OPEN_NAMES = """
SELECT promise_no AS no, promise_id AS id, kind, about, customer, asset, owner, consequence,
  src, row, judged_due_s AS due_s, true AS open
FROM promise WHERE promise_no IN ({numbers})
"""
OWNED = """
SELECT (SELECT count(*) FROM promise WHERE owner IS NOT NULL)
  + (SELECT count(*) FROM "case" WHERE owner IS NOT NULL) AS n
"""
MOST_NAMES = 5


def named_today(records: Records) -> Found | NoRecord:
    """This will count the open promises and cases for which one person is named today."""
    promises, cases = records.columns(OPEN_PROMISES, None), records.columns(OPEN_CASES, None)
    failed = np.concatenate([promises["failed"], cases["failed"]])
    if not failed.size or not records.row(OWNED)["n"]:
        return NoRecord()
    customers, urgency = (
        np.concatenate([promises[name], cases[name]]) for name in ("customer_no", "urgency")
    )
    return Found(
        k=int(np.count_nonzero(~failed)),
        n=int(failed.size),
        unit="open promises and cases",
        should=int(failed.size),
        ceiling=2,
        cases=(*_nobody(records, cases, "case"), *_nobody(records, promises, "promise")),
        touched=due.touched_by(customers, urgency, failed),
        number=due.per_cent(int(np.count_nonzero(~failed)), int(failed.size)),
        notes=(_("who answers for which step, with which deputy, is not recorded: these records "
                 "can show level 2 at most"),),
    )  # fmt: skip


def _nobody(records: Records, rows: Columns, fact: str) -> tuple[Named, ...]:
    if not np.any(rows["failed"]):
        return ()
    hours = rows["age_s"] / HOUR
    order = worst_of(hours, rows["urgency"], rows["failed"])[:MOST_NAMES]
    if fact == "case":
        return case_names(records.source, records.window(None), rows, order, hours)
    return names_of(
        records.source, OPEN_NAMES, rows["no"], order, hours, given=records.window(None).given
    )


WATCHED = f"""
SELECT case_no AS no, coalesce(customer_no, -1) AS customer_no, urgency
FROM "case" WHERE reported_s >= $since AND reported_s <= $until AND ownerless_s IS NOT NULL
  AND {HERE} ORDER BY case_no
"""
NOBODYS = """
SELECT h.case_no AS no, h.from_s, least(coalesce(h.to_s, $until), $until) AS to_s
FROM holding h JOIN "case" c ON c.case_no = h.case_no
WHERE h.owner IS NULL AND h.from_s <= $until AND c.reported_s >= $since AND c.reported_s <= $until
  AND c.ownerless_s IS NOT NULL
  AND (CAST($region AS VARCHAR) IS NULL OR c.region = CAST($region AS VARCHAR))
ORDER BY h.case_no, h.from_s
"""
REPORTED = f"""
SELECT count(*) AS n FROM "case" WHERE reported_s >= $since AND reported_s <= $until AND {HERE}
"""


def ownerless_hour(records: Records) -> Found | NoRecord:
    """This will count the cases that were never ownerless for more than one hour of cover."""
    rows = records.columns(WATCHED)
    if not rows["no"].size:
        return NoRecord()
    longest = _longest(records, rows["no"])
    failed = longest > HOUR
    hours = longest / HOUR
    order = worst_of(hours, rows["urgency"], failed)[: MOST_NAMES * int(np.any(failed))]
    kept = int(np.count_nonzero(~failed))
    cover, wall = (
        _("time without an owner is counted in hours of cover; a team or a queue is not an owner"),
        _(
            "time without an owner is counted in the customer's clock; a team or a queue is not an "
            "owner"
        ),
    )
    return Found(
        k=kept,
        n=int(failed.size),
        unit="cases",
        should=int(records.row(REPORTED)["n"]) + due.unlisted_cases(records),
        cases=case_names(records.source, records.window(), rows, order, hours),
        touched=due.touched_by(rows["customer_no"], rows["urgency"], failed),
        number=due.per_cent(kept, int(failed.size)),
        notes=(cover if records.as_of.covered else wall,),
    )


def _longest(records: Records, no: NDArray[np.int64]) -> NDArray[np.int64]:
    """Seconds of the longest ownerless stretch of each case; touching stretches are one."""
    spells = records.columns(NOBODYS)
    longest = np.zeros(no.size, np.int64)
    if not spells["no"].size:
        return longest
    start, stop = spells["from_s"], np.maximum(spells["to_s"], spells["from_s"])
    covered = records.as_of.covered
    length = stop - start if covered is None else covered(start, stop)
    fresh = np.ones(start.size, bool)
    fresh[1:] = (spells["no"][1:] != spells["no"][:-1]) | (start[1:] > stop[:-1])
    firsts = np.flatnonzero(fresh)
    whole = np.add.reduceat(length, firsts)
    np.maximum.at(longest, np.searchsorted(no, spells["no"][firsts]), whole)
    return longest
