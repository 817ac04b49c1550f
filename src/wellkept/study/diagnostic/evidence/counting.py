"""M: whether numbers count everything, and whether what is promised is recorded."""

import numpy as np

from wellkept.study.diagnostic.evidence import due
from wellkept.study.diagnostic.evidence.finding import HERE, Found, NoRecord, Records, Touched
from wellkept.study.measures.card import Named
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.naming import case_names

POINTS = 2.0
FEWEST = 10
HEALED = f"""
SELECT {due.KIND_NO} AS kind_no, urgency <= 1 AS grave, done_s > current_due_s AS late
FROM promise
WHERE done_s IS NOT NULL AND done_s <= $until AND current_due_s IS NOT NULL
  AND judged_s >= $since AND judged_s <= $until AND {HERE}
"""
HEADLINES = (
    (_("promises kept"), None, False),
    (_("kept when it mattered"), None, True),
    (_("answered in time"), "respond", False),
    (_("arrived in time"), "arrive", False),
    (_("restored in time"), "restore", False),
    (_("resolved in time"), "resolve", False),
    (_("parts delivered in time"), "part_delivery", False),
)


def numbers_that_count_all(records: Records) -> Found | NoRecord:
    """This will count the measures that do not look better by ended rows and today's dates."""
    whole, healed = due.due_rows(records), records.columns(HEALED)
    apart = []
    for title, kind, grave in HEADLINES:
        a = np.ones(whole["failed"].size, bool)
        b = np.ones(healed["late"].size, bool)
        if kind is not None:
            number = due.KINDS.index(kind) + 1
            a, b = whole["kind_no"] == number, healed["kind_no"] == number
        if grave:
            a, b = a & (whole["urgency"] <= 1), b & healed["grave"]
        if min(np.count_nonzero(a), np.count_nonzero(b)) >= FEWEST:
            points = 100 * (float(whole["failed"][a].mean()) - float(healed["late"][b].mean()))
            apart.append((title, points))
    if not apart:
        return NoRecord()
    good = [points for _, points in apart if abs(points) < POINTS]
    worst = sorted(apart, key=lambda one: -abs(one[1]))
    return Found(
        k=len(good),
        n=len(apart),
        unit="headline measures",
        should=len(apart),
        census=True,
        ceiling=3,
        conditions={4: None},
        cases=tuple(_measure(t, p) for t, p in worst if abs(p) >= POINTS),
        case_unit="points",
        notes=(_("which value was reported is not recorded: it is taken to be that of the ended "
                 "rows by the date as said today, as most tools count"),),
    )  # fmt: skip


def _measure(title: str, points: float) -> Named:
    better, worse = (
        _("looks %(points)s points better than it is"),
        _("looks %(points)s points worse than it is"),
    )
    about = (better if points > 0 else worse) % {"points": f"{abs(points):.1f}"}
    return Named(title, round(points, 1), about=about)


DATED = """
SELECT c.case_no AS no, coalesce(c.customer_no, -1) AS customer_no, c.urgency,
  EXISTS (SELECT 1 FROM promise p WHERE p.case_no = c.case_no AND p.judged_s IS NOT NULL) AS dated
FROM "case" c
WHERE c.reported_s >= $since AND c.reported_s <= $until
  AND (CAST($region AS VARCHAR) IS NULL OR c.region = CAST($region AS VARCHAR))
ORDER BY c.case_no
"""


def promises_recorded(records: Records) -> Found | NoRecord:
    """This will count the cases to which at least one dated promise belongs."""
    rows = records.columns(DATED)
    n, k = int(rows["no"].size), int(np.count_nonzero(rows["dated"]))
    if not k:
        return NoRecord()
    missing = ~rows["dated"]
    order = np.flatnonzero(missing)[np.argsort(rows["urgency"][missing], kind="stable")][
        : due.WORST
    ]
    none = np.zeros(n)
    return Found(
        k=k,
        n=n,
        unit="cases",
        should=n + due.unlisted_cases(records),
        ceiling=2,
        cases=case_names(records.source, records.window(), rows, order, none),
        case_unit="promises",
        touched=_undated(rows["customer_no"], rows["urgency"], missing),
        number=due.per_cent(k, n),
        notes=(_("a case counts if any promise with a date belongs to it; what was said in "
                 "calls, letters and contracts is not sampled: these records can show level 2 at "
                 "most"),),
    )  # fmt: skip


def _undated(customer_no: np.ndarray, urgency: np.ndarray, missing: np.ndarray) -> Touched:
    return due.touched_by(customer_no, urgency, missing)
