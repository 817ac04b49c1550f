"""From a folder of 1M cases and 5M events to all measures: time, memory and size of the report.

    PYTHONPATH=src .venv/bin/python benchmarks/folder.py [cases]

Parquet and CSV of the same records are made once under var/bench; each run is a fresh process, so
that its peak memory is its own. Beside it runs a peer: one query in DuckDB for four of the figures.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import duckdb

CASES = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 1_000_000
ROUNDS = 3
BASE = Path("var") / "bench" / f"folder-{CASES}"

CASES_SQL = """
SELECT 'C' || lpad(i::VARCHAR, 8, '0') AS case_id, 'Customer ' || (hash(i) % 4000) AS customer,
  'Asset ' || (hash(i * 3) % 60000) AS asset,
  ['North', 'South', 'East', 'West'][1 + i % 4] AS region,
  ['1 - Critical', '3 - Moderate', '4 - Low'][1 + (hash(i * 5) % 3)::INT] AS priority,
  make_timestamp(1640995200000000 + i::BIGINT * 94000000) AS opened_at,
  CASE WHEN hash(i * 11) % 50 <> 0 THEN make_timestamp(1640995200000000 + i::BIGINT * 94000000
    + (exp(((hash(i * 7) % 100000) / 100000.0) * 8) * 600 + 600)::BIGINT * 1000000) END
    AS resolved_at,
  make_timestamp(1640995200000000 + i::BIGINT * 94000000 + 172800000000) AS due_at
FROM range({n}) t(i)"""
EVENTS_SQL = """
SELECT 'C' || lpad((e // 5)::VARCHAR, 8, '0') AS case_id,
  make_timestamp(1640995200000000 + (e // 5)::BIGINT * 94000000
    + (e % 5)::BIGINT * (600 + hash(e) % 90000)::BIGINT * 1000000) AS changed_at,
  ['New', 'In Progress', 'Awaiting User Info', 'In Progress', 'Resolved'][1 + (e % 5)::INT]
    AS state,
  'Person ' || (hash(e * 13) % 300) AS assigned_to, 'Team ' || (hash(e * 17) % 20) AS team
FROM range({n}) t(e)"""


def make() -> None:
    for kind, options in (("parquet", "FORMAT parquet"), ("csv", "FORMAT csv, HEADER")):
        folder = BASE / kind
        if folder.exists():
            continue
        folder.mkdir(parents=True)
        con = duckdb.connect()
        for name, sql, n in (("cases", CASES_SQL, CASES), ("case_events", EVENTS_SQL, 5 * CASES)):
            con.execute(f"COPY ({sql.format(n=n)}) TO '{folder / name}.{kind}' ({options})")


PEER = """
import sys, duckdb
con = duckdb.connect()
con.execute("SET enable_progress_bar = false")
cases, events = (f"'{sys.argv[1]}/{name}.{sys.argv[2]}'" for name in ("cases", "case_events"))
print(con.execute(f'''
  WITH log AS (
    SELECT case_id, changed_at, state, assigned_to,
      lag(state) OVER w AS before, lag(assigned_to) OVER w AS had
    FROM {events} WINDOW w AS (PARTITION BY case_id ORDER BY changed_at)
  ), told AS (
    SELECT case_id, max(changed_at) FILTER (WHERE state = 'Resolved') AS ended,
      count(*) FILTER (WHERE assigned_to <> had) AS handoffs,
      count(*) FILTER (WHERE before = 'Resolved' AND state <> 'Resolved') AS reopened
    FROM log GROUP BY case_id
  )
  SELECT quantile_cont(epoch(ended - opened_at), [0.5, 0.9, 0.99]), avg(handoffs), avg(reopened),
    count(*) FILTER (WHERE coalesce(ended, now()::TIMESTAMP) > due_at)
  FROM {cases} c JOIN told t USING (case_id)''').fetchall())
"""
"""What an analyst would write for four of the figures: one query, no names, no intervals."""


def timed(words: list[str]) -> tuple[float, float, int, str]:
    """Wall seconds, processor seconds, peak in MB and what was said of one fresh process."""
    began, spent = time.perf_counter(), _spent()
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    lasted = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return lasted, _spent() - spent, peak, done.stdout


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(folder: Path, html: Path) -> tuple[float, float, int]:
    code = (
        "import resource; from wellkept.desk.cli.main import run; "
        f"run(['measure', {str(folder)!r}, '--html', {str(html)!r}]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    wall, cpu, _, said = timed(["-c", code])
    return wall, cpu, int(said.split()[-1]) // 1024


def peer(folder: Path, kind: str) -> tuple[float, float]:
    return timed(["-c", PEER, str(folder), kind])[:2]


def main() -> None:
    make()
    print(f"{CASES:,} cases, {5 * CASES:,} events; median of {ROUNDS}")
    for kind in ("parquet", "csv"):
        html = BASE / f"{kind}.html"
        ours = [measured(BASE / kind, html) for _ in range(ROUNDS)]
        theirs = [peer(BASE / kind, kind) for _ in range(ROUNDS)]
        seconds, cpu = (statistics.median(one[at] for one in ours) for at in (0, 1))
        other, other_cpu = (statistics.median(one[at] for one in theirs) for at in (0, 1))
        print(json.dumps({
            "folder": kind, "seconds": round(seconds, 2), "processor_s": round(cpu, 2),
            "peak_mb": max(one[2] for one in ours),
            "report_mb": round(html.stat().st_size / 1e6, 3),
            "one_query_s": round(other, 2), "one_query_processor_s": round(other_cpu, 2),
        }))  # fmt: skip
    alone = BASE / "alone"
    if not alone.exists():
        alone.mkdir()
        con = duckdb.connect()
        con.execute(f"COPY ({CASES_SQL.format(n=10_000)}) TO '{alone}/cases.csv' (HEADER)")
    small = [measured(alone, BASE / "alone.html") for _ in range(5)]
    print(json.dumps({
        "folder": "one CSV of 10,000 rows",
        "seconds": round(statistics.median(one[0] for one in small), 2),
        "processor_s": round(statistics.median(one[1] for one in small), 2),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
