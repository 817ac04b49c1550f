"""The selections: which rows a measure reads, in the SQL that DuckDB and PostgreSQL share.

Only filter, count, sum, least, greatest and top-n happen here; intervals, quantiles and survival
are reckoned in `methods`. `$since` and `$until` cut event time: whatever happened after `$until`
has not happened yet. A blank customer is -1, a moment that has not come is 0 with its flag false.
"""

TOLD = "(p.verdict IS NOT NULL AND (p.judged_due_s IS NULL OR p.done_s IS NULL))"
DONE = "(p.done_s IS NOT NULL AND p.done_s <= $until)"
RELEASED = "(p.released_s IS NOT NULL AND p.released_s <= p.judged_s)"

STILL = """NOT (coalesce(resolved_s <= $until, false) OR coalesce(closed_s <= $until, false)
    OR coalesce(cancelled_s <= $until, false) OR coalesce(ended_unknown, false))"""

JUDGED_IN = f"""
  SELECT p.*, {TOLD} AS told, {DONE} AND NOT {TOLD} AS fulfilled,
    CASE WHEN {TOLD} THEN p.verdict = 'broken' WHEN {DONE} THEN p.done_s > p.judged_s
         ELSE true END AS failed,
    CASE WHEN {TOLD} THEN 0 WHEN {DONE} THEN p.done_s - p.judged_s
         ELSE $until - p.judged_s END AS late_s,
    NOT {TOLD} AND NOT {DONE} AND (p.ended_s IS NULL OR p.ended_s > $until)
      AND (p.released_s IS NULL OR p.released_s > $until) AS owed
  FROM promise p
  WHERE p.judged_s >= $since AND p.judged_s <= $until
    AND (p.made_s IS NULL OR p.made_s <= $until)
"""
DUE = f"{JUDGED_IN} AND NOT {RELEASED}"
"""Promises judged in the window; kept rate, lateness, slips and customers hit all start here.

What is not fulfilled when its date has come can no longer be fulfilled in time: it failed. A
verdict counts only where no moment of fulfilment is recorded.
"""

JUDGED = f"""
SELECT promise_no, coalesce(customer_no, -1) AS customer_no, urgency, judged_s, late_s, told,
  told OR fulfilled AS settled, owed, failed,
  CASE WHEN told THEN failed WHEN fulfilled THEN done_s > coalesce(first_due_s, judged_s)
       ELSE $until >= coalesce(first_due_s, judged_s) END AS failed_first,
  CASE WHEN told THEN failed WHEN fulfilled THEN done_s > coalesce(current_due_s, judged_s)
       ELSE $until >= coalesce(current_due_s, judged_s) END AS failed_current,
  coalesce(our_moves, 0) AS our_moves, coalesce(moved_late, 0) AS moved_late,
  coalesce(in_silence, false) AS in_silence, coalesce(due_is_day, false) AS due_is_day
FROM ({DUE}) due ORDER BY promise_no
"""

LET_GO = f"""
SELECT count(*) AS n, count(*) FILTER (WHERE failed) AS k FROM ({JUDGED_IN} AND {RELEASED}) due
"""
"""Promises that the customer released before their date: set aside, and shown beside."""

ENDED = """
SELECT done_s - current_due_s AS late_s
FROM promise
WHERE done_s IS NOT NULL AND done_s <= $until AND current_due_s IS NOT NULL
  AND judged_s >= $since
ORDER BY promise_no
"""
"""What a tool sees that subtracts two columns: rows with an end, by the date as said today."""

PROMISE_NAMES = f"""
SELECT promise_no AS no, promise_id AS id, kind, about, customer, asset, owner, consequence,
  src, row, judged_due_s AS due_s, owed AS open
FROM ({DUE}) due WHERE promise_no IN ({{numbers}})
"""
"""The names behind chosen promises; `{{numbers}}` is filled with integers only."""

OWED = f"""
SELECT promise_id AS id, coalesce(about, kind) AS what, customer, asset, owner, consequence,
  judged_due_s AS due_s, late_s, src, row
FROM ({DUE}) due WHERE owed ORDER BY urgency, judged_due_s, promise_id LIMIT 50
"""
"""Who is being let down now: still owed past the judged date, most consequential first."""

MOST_HIT = f"""
SELECT {{who}} AS name, count(*) AS n, count(*) FILTER (WHERE failed) AS k,
  max(late_s) AS worst_s
FROM ({DUE}) due WHERE {{who}} IS NOT NULL GROUP BY {{who}} ORDER BY k DESC, n, name LIMIT 20
"""

PROMISES_SHOULD = """
SELECT count(*) AS n, count(*) FILTER (WHERE judged_s IS NULL) AS undated
FROM promise WHERE made_s IS NULL OR made_s <= $until
"""

OPENED = """
  SELECT c.*,
    coalesce(c.{start}, c.reported_s) AS start_s,
    c.{end} IS NOT NULL AND c.{end} <= $until AS over,
    CASE WHEN c.{end} <= $until THEN c.{end}
         ELSE least($until, coalesce(c.censored_s, $until)) END AS stop_s
  FROM "case" c
  WHERE coalesce(c.{start}, c.reported_s) IS NOT NULL
    AND coalesce(c.{start}, c.reported_s) >= $since AND coalesce(c.{start}, c.reported_s) <= $until
"""
"""Cases opened in the window with a start, an end and a flag; `start` and `end` are columns."""

LENGTHS = """
SELECT case_no AS no, coalesce(customer_no, -1) AS customer_no, urgency, start_s,
  greatest(stop_s - start_s, 0) AS length_s, over AS settled,
  stop_s < start_s AS backwards,
  greatest(coalesce(entered_s - start_s, 0), 0) AS entry_s,
  CASE WHEN {due} IS NULL THEN -1 ELSE greatest({due} - start_s, 0) END AS limit_s,
  coalesce({work}, -1) AS work_s,
  cancelled_s IS NOT NULL AND cancelled_s <= $until AS cancelled,
  greatest(least(coalesce(cancelled_s, stop_s), stop_s) - start_s, 0) AS until_gone_s,
  NOT over AND (coalesce(ended_unknown, false)
    OR coalesce(resolved_s <= $until, false) OR coalesce(closed_s <= $until, false)) AS unknown
FROM ({opened}) opened ORDER BY case_no
"""

STARTLESS = """
SELECT count(*) AS n FROM "case" c
WHERE coalesce(c.{start}, c.reported_s) IS NULL
  AND (c.cancelled_s IS NULL OR c.cancelled_s > $until)
"""
"""Cases without any beginning: no length can be given, so they only lower the completeness."""

ENDED_CASES = """
SELECT {end} - coalesce(reported_s, occurred_s) AS length_s FROM "case"
WHERE {end} IS NOT NULL AND {end} <= $until AND coalesce(reported_s, occurred_s) >= $since
ORDER BY case_no
"""
"""What a tool sees that subtracts two columns; `end` is the source's own column."""

ENDED_DOWN = """
SELECT to_s - from_s AS length_s FROM downtime
WHERE to_s IS NOT NULL AND to_s <= $until AND from_s >= $since ORDER BY downtime_no
"""

BY_CLOSING = """
SELECT count(*) AS n FROM "case" WHERE resolved_by_closing AND resolved_s <= $until
  AND reported_s >= $since AND reported_s <= $until
"""

CASE_NAMES = f"""
SELECT case_no AS no, case_id AS id, about, customer, asset, owner, consequence, src, row,
  {{due}} AS due_s, {STILL} AS open
FROM "case" WHERE case_no IN ({{numbers}})
"""

DOWN = """
SELECT downtime_no AS no, coalesce(customer_no, -1) AS customer_no, urgency, from_s AS start_s,
  greatest(least(coalesce(d.censored_s, d.to_s, $until), $until) - from_s, 0) AS length_s,
  d.to_s IS NOT NULL AND d.to_s <= $until AND d.censored_s IS NULL AS settled,
  coalesce(d.to_s < from_s, false) AS backwards,
  0 AS entry_s, CASE WHEN due_s IS NULL THEN -1 ELSE greatest(due_s - from_s, 0) END AS limit_s,
  -1 AS work_s, false AS cancelled, 0 AS until_gone_s, false AS unknown,
  coalesce(d.to_s, d.censored_s, $until + 1) > $until AS still
FROM downtime d WHERE from_s >= $since AND from_s <= $until ORDER BY downtime_no
"""
"""Spells of down time; one that was recorded as over right after a silence of the feed is known
only to have lasted until the silence began."""

DOWN_NAMES = """
SELECT downtime_no AS no, downtime_id AS id, about, customer, asset, owner, consequence, src, row,
  due_s
FROM downtime WHERE downtime_no IN ({numbers})
"""

STRETCHES = """
SELECT n.asset_no, d.from_s, least(coalesce(d.censored_s, d.to_s, $until), $until) AS to_s,
  coalesce(d.planned, false) AS planned,
  coalesce(d.to_s, d.censored_s, $until + 1) > $until AS open,
  d.censored_s IS NOT NULL AND d.censored_s < least($until, coalesce(d.to_s, $until)) AS cut
FROM downtime d JOIN asset_number n USING (asset)
WHERE d.from_s <= $until AND (d.to_s IS NULL OR (d.to_s > $since AND d.to_s >= d.from_s))
ORDER BY n.asset_no, d.from_s
"""

WATCHED = """
SELECT n.asset_no, w.from_s, least(w.to_s, $until) AS to_s
FROM watch w JOIN asset_number n USING (asset) WHERE w.from_s <= $until
ORDER BY n.asset_no, w.from_s
"""
"""Stretches in which the state of an asset was known; only those that have any are not always."""

STRETCHES_SHOULD = """
SELECT count(*) AS n,
  count(*) FILTER (WHERE asset IS NULL OR coalesce(to_s < from_s, false)) AS lost
FROM downtime WHERE from_s <= $until AND (to_s IS NULL OR to_s > $since)
"""

COUNTED = f"""
SELECT case_no AS no, coalesce(customer_no, -1) AS customer_no, urgency,
  {{column}} AS count, coalesce({{other}}, 0) AS other, {STILL} AS still
FROM "case" WHERE reported_s >= $since AND reported_s <= $until AND {{column}} IS NOT NULL
ORDER BY case_no
"""
"""A per-case count or number of seconds, where it is recorded."""

COUNTED_SHOULD = """
SELECT count(*) AS n FROM "case"
WHERE reported_s IS NULL OR (reported_s >= $since AND reported_s <= $until)
"""

OWNERLESS_NOW = """
SELECT count(*) AS n FROM "case" WHERE ownerless_now AND reported_s <= $until
"""

ACKNOWLEDGED = """
SELECT count(pauses_acknowledged_s) AS known, coalesce(sum(pauses_acknowledged_s), 0) AS s
FROM "case" WHERE reported_s >= $since AND reported_s <= $until AND paused_s > 0
"""

ENDED_ONCE = "first_ended_s >= $since AND NOT coalesce(cancelled_s <= first_ended_s, false)"
"""A case that was cancelled and had not ended before was never said to be done."""

REOPENED = f"""
SELECT case_no AS no, coalesce(customer_no, -1) AS customer_no, urgency, first_ended_s,
  first_ended_s <= $until - $window AS mature,
  reopened > 0 AND (reopened_s IS NULL OR reopened_s - first_ended_s <= $window) AS failed,
  reopened > 0 AND (reopened_s IS NULL OR reopened_s <= $until) AS ever, reopened AS count
FROM "case" WHERE reopened IS NOT NULL AND first_ended_s IS NOT NULL
  AND {ENDED_ONCE} AND first_ended_s <= $until
ORDER BY case_no
"""

REOPENED_SHOULD = f"""
SELECT count(*) AS n FROM "case"
WHERE reopened IS NULL AND {ENDED_ONCE} AND first_ended_s <= $until - $window
"""

SILENT = """
SELECT count(*) AS n FROM downtime
WHERE from_s >= $since AND from_s <= $until AND censored_s <= $until
"""
"""Spells of which the end, or in a log of states the beginning, was not seen."""

ASSET_NAMES = """
SELECT n.asset_no, a.asset, a.customer FROM asset_number n JOIN asset a USING (asset)
WHERE n.asset_no IN ({numbers})
"""

RESOLVED = LENGTHS.format(
    opened=OPENED.format(start="reported_s", end="resolved_s"),
    due="resolve_due_s",
    work="resolve_work_s",
)
"""How long until the cause was handled, and, of those still open, how old they are."""

SHARED = (JUDGED, ENDED, RESOLVED)
"""Selections that several measures start from."""
