"""The selections: which rows a measure reads, in the SQL that DuckDB and PostgreSQL share.

Only filter, count, sum, least, greatest and top-n happen here; intervals, quantiles and survival
are reckoned in `methods`. `$since` and `$until` cut event time: whatever happened after `$until`
has not happened yet. A blank customer is -1, a moment that has not come is 0 with its flag false.
"""

DUE = """
  SELECT p.*,
    p.verdict IS NOT NULL AND p.judged_due_s IS NULL AS told,
    p.done_s IS NOT NULL AND p.done_s <= $until AS fulfilled,
    CASE WHEN p.judged_due_s IS NULL THEN 0
         WHEN p.done_s <= $until THEN p.done_s - p.judged_due_s
         ELSE $until - p.judged_due_s END AS late_s
  FROM promise p
  WHERE p.judged_s >= $since AND p.judged_s <= $until
    AND (p.made_s IS NULL OR p.made_s <= $until)
    AND NOT (p.released_s IS NOT NULL AND p.released_s <= p.judged_s)
"""
"""Promises judged in the window; kept rate, lateness, slips and customers hit all start here."""

JUDGED = f"""
SELECT promise_no, coalesce(customer_no, -1) AS customer_no, urgency, judged_s, late_s, told,
  told OR fulfilled AS settled,
  CASE WHEN told THEN verdict = 'broken' ELSE late_s > 0 END AS failed,
  coalesce(first_due_s, 0) AS first_due_s,
  CASE WHEN told THEN verdict = 'broken' WHEN fulfilled THEN done_s > first_due_s
       ELSE $until > first_due_s END AS failed_first,
  CASE WHEN told THEN verdict = 'broken' WHEN fulfilled THEN done_s > current_due_s
       ELSE $until > current_due_s END AS failed_current,
  our_moves, moved_late, in_silence, coalesce(due_is_day, false) AS due_is_day
FROM ({DUE}) due ORDER BY promise_no
"""

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
  src, row, judged_due_s AS due_s, NOT (told OR fulfilled) AND ended_s IS NULL AS open
FROM ({DUE}) due WHERE promise_no IN ({{numbers}})
"""
"""The names behind chosen promises; `{{numbers}}` is filled with integers only."""

OWED = f"""
SELECT promise_id AS id, coalesce(about, kind) AS what, customer, asset, owner, consequence,
  judged_due_s AS due_s, late_s, src, row
FROM ({DUE}) due
WHERE NOT told AND NOT fulfilled AND late_s > 0
  AND (ended_s IS NULL OR ended_s > $until) AND (released_s IS NULL OR released_s > $until)
ORDER BY urgency, judged_due_s, promise_id LIMIT 50
"""
"""Who is being let down now: still owed past the judged date, most consequential first."""

MOST_HIT = f"""
SELECT {{who}} AS name, count(*) AS n,
  count(*) FILTER (WHERE CASE WHEN told THEN verdict = 'broken' ELSE late_s > 0 END) AS k,
  max(late_s) AS worst_s
FROM ({DUE}) due WHERE {{who}} IS NOT NULL GROUP BY {{who}}
"""

PROMISES_SHOULD = """
SELECT count(*) AS rows,
  count(*) FILTER (WHERE judged_s IS NOT NULL) AS dated,
  count(*) FILTER (WHERE released_s IS NOT NULL AND released_s <= judged_s) AS released
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
  coalesce({due} - start_s, -1) AS limit_s,
  coalesce({work}, -1) AS work_s,
  cancelled_s IS NOT NULL AND cancelled_s <= $until AS cancelled,
  NOT over AND (ended_unknown
    OR coalesce(resolved_s <= $until, false) OR coalesce(closed_s <= $until, false)) AS unknown
FROM ({opened}) opened ORDER BY case_no
"""

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

CASE_NAMES = """
SELECT case_no AS no, case_id AS id, about, customer, asset, owner, consequence, src, row,
  CAST(NULL AS BIGINT) AS due_s
FROM "case" WHERE case_no IN ({numbers})
"""

DOWN = """
SELECT downtime_no AS no, coalesce(customer_no, -1) AS customer_no, urgency, from_s AS start_s,
  greatest(least(coalesce(CASE WHEN to_s <= $until THEN to_s END, censored_s, $until), $until)
    - from_s, 0) AS length_s,
  to_s IS NOT NULL AND to_s <= $until AND censored_s IS NULL AS settled,
  coalesce(to_s < from_s, false) AS backwards,
  0 AS entry_s, coalesce(due_s - from_s, -1) AS limit_s, -1 AS work_s,
  false AS cancelled, false AS unknown
FROM downtime WHERE from_s >= $since AND from_s <= $until ORDER BY downtime_no
"""

DOWN_NAMES = """
SELECT downtime_no AS no, downtime_id AS id, about, customer, asset, owner, consequence, src, row,
  due_s
FROM downtime WHERE downtime_no IN ({numbers})
"""

STRETCHES = """
SELECT asset_no, from_s, least(coalesce(to_s, $until), $until) AS to_s,
  coalesce(planned, false) AS planned, to_s IS NULL OR to_s > $until AS open
FROM downtime JOIN asset_number USING (asset)
WHERE from_s < $until AND (to_s IS NULL OR (to_s > $since AND to_s >= from_s))
ORDER BY asset_no, from_s
"""

COUNTED = """
SELECT case_no AS no, coalesce(customer_no, -1) AS customer_no, urgency,
  {column} AS count, coalesce({other}, 0) AS other
FROM "case" WHERE reported_s >= $since AND reported_s <= $until AND {column} IS NOT NULL
ORDER BY case_no
"""
"""A per-case count or number of seconds, where it is recorded."""
