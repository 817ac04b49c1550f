"""V: availability, as far as promised deliveries of parts show it."""

from wellkept.study.diagnostic.claims.catalogue import BY_ID
from wellkept.study.diagnostic.evidence import due
from wellkept.study.diagnostic.evidence.finding import HERE, Found, NoRecord, Records
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.window import DAY

DELIVERIES = "kind = 'part_delivery'"
WAITS = f"""
SELECT greatest(CASE WHEN done_s <= $until THEN done_s ELSE least($until, coalesce(ended_s, $until))
    END - made_s, 0) AS length_s,
  coalesce(done_s <= $until, false) AS settled
FROM promise WHERE {DELIVERIES} AND made_s >= $since AND made_s <= $until AND {HERE}
"""


def parts_in_time(records: Records) -> Found | NoRecord:
    """This will count parts received by the date promised, those still missing included."""
    rows = due.due_rows(records, DELIVERIES)
    k, n = due.kept_of(rows)
    if not n:
        return NoRecord()
    waits = records.columns(WAITS)
    return Found(
        k=k,
        n=n,
        unit="part requests",
        should=n,
        cases=due.worst(records, rows),
        touched=due.touched(rows),
        number=due.p95(waits["length_s"], waits["settled"], DAY),
        strip=due.strip(records, DELIVERIES, BY_ID["V4"].cuts[2]),
        notes=(_("judged by the dates promised for parts; when each was needed is not recorded"),),
    )
