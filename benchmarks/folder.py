"""From a folder of 1M cases and 5M events to all measures: time, memory and size of the report.

    PYTHONPATH=src .venv/bin/python benchmarks/folder.py [cases]

Parquet and CSV of the same records are made once under var/bench; each run is a fresh process, so
that its peak memory is its own.
"""

import json
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


def once(folder: Path, html: Path) -> tuple[float, float]:
    before = time.perf_counter()
    code = (
        "import resource, sys; from wellkept.desk.cli.main import run; "
        f"run(['measure', {str(folder)!r}, '--html', {str(html)!r}]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - before, int(done.stderr.split()[-1]) / 1024


def main() -> None:
    make()
    print(f"{CASES:,} cases, {5 * CASES:,} events; median of {ROUNDS}")
    for kind in ("parquet", "csv"):
        html = BASE / f"{kind}.html"
        rounds = [once(BASE / kind, html) for _ in range(ROUNDS)]
        seconds = statistics.median(s for s, _ in rounds)
        peak = max(mb for _, mb in rounds)
        size = html.stat().st_size / 1e6
        print(json.dumps({"folder": kind, "seconds": round(seconds, 2), "peak_mb": round(peak),
                          "report_mb": round(size, 3)}))  # fmt: skip


if __name__ == "__main__":
    main()
