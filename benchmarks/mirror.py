"""Evidence for 36 claims on the facts of 1M promises, and the scoring of 40 respondents.

    PYTHONPATH=src .venv/bin/python benchmarks/mirror.py [promises]

The facts are made beforehand, in memory; each figure is the median of five rounds. Processor time
is given beside the wall, for the machine may be busy.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

import duckdb
import numpy as np

from wellkept.methods import calibration, levels
from wellkept.study.diagnostic.answers import Answer, Respondent, Round
from wellkept.study.diagnostic.claims.catalogue import CLAIMS
from wellkept.study.diagnostic.document.whole import document_of
from wellkept.study.diagnostic.evidence.catalogue import EVIDENCES, evidence_of
from wellkept.study.diagnostic.evidence.finding import AsOf, Records, Scope
from wellkept.study.diagnostic.locking import lock
from wellkept.study.facts.source import DuckFacts
from wellkept.study.facts.tables import FACTS
from wellkept.study.measures.card import Nowhere
from wellkept.study.measures.once import Once
from wellkept.study.measures.selections import SHARED

PROMISES = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 1_000_000
ROUNDS = 5
UNTIL = 1_780_000_000
SPAN = 3 * 365 * 86_400
PEOPLE = 40

PROMISE = """
INSERT INTO promise BY NAME SELECT i AS promise_no, 'P' || i AS promise_id,
  ['restore', 'respond', 'part_delivery', 'arrive', 'said'][1 + i % 5] AS kind, 'pump' AS about,
  'C' || (i // 3) AS case_id, (i // 3)::INTEGER AS case_no, 'Customer ' || (hash(i) % 4000) AS
  customer, (hash(i) % 4000)::INTEGER AS customer_no, 'A' || (hash(i * 3) % 60000) AS asset,
  ['North', 'South', 'East', 'West'][1 + i % 4] AS region,
  CASE WHEN i % 9 > 0 THEN 'Person ' || (i % 300) END AS owner, (hash(i * 5) % 5)::TINYINT AS
  urgency, due - 90000 AS made_s, due AS first_due_s, due AS current_due_s, due AS judged_due_s,
  due AS judged_s, false AS due_is_day,
  CASE WHEN i % 50 > 0 THEN due + (hash(i * 7) % 60000)::BIGINT - 50000 END AS done_s,
  0 AS moves, (i % 7 = 0)::INTEGER AS our_moves, 0 AS moved_late, false AS in_silence,
  i % 50 > 0 AS settled, 0::SMALLINT AS src, i AS row
FROM (SELECT i, $until - $span + (i * $span // $n) AS due FROM range($n) t(i)) x"""
CASE = """
INSERT INTO "case" BY NAME SELECT i::INTEGER AS case_no, 'C' || i AS case_id, 'leak' AS about,
  'Customer ' || (hash(i) % 4000) AS customer, (hash(i) % 4000)::INTEGER AS customer_no,
  'A' || (hash(i * 3) % 60000) AS asset, ['North', 'South', 'East', 'West'][1 + i % 4] AS region,
  'Person ' || (i % 300) AS owner, (hash(i * 5) % 5)::TINYINT AS urgency, then_s AS reported_s,
  then_s + 3000 AS responded_s, then_s + 40000 AS restored_s, then_s + 90000 AS resolved_s,
  then_s + 99000 AS closed_s, 600 AS ownerless_s, true AS settled, 1::SMALLINT AS src, i AS row
FROM (SELECT i, $until - $span + (i * $span // $n) AS then_s FROM range($n) t(i)) x"""
HOLDING = """
INSERT INTO holding BY NAME SELECT (i // 3)::INTEGER AS case_no, reported_s + (i % 3) * 2000 AS
  from_s, reported_s + (i % 3 + 1) * 2000 AS to_s,
  CASE WHEN i % 3 > 0 THEN 'Person ' || (i % 300) END AS owner
FROM range($n * 3) t(i) JOIN "case" c ON c.case_no = i // 3"""


def facts() -> DuckFacts:
    con = duckdb.connect()
    for table in FACTS:
        con.execute(table.create_sql())
    con.execute("CREATE TABLE tells_moves AS SELECT true AS yes")
    given = {"until": UNTIL, "span": SPAN}
    con.execute(PROMISE, {**given, "n": PROMISES})
    con.execute(CASE, {**given, "n": PROMISES // 3})
    con.execute(HOLDING, {"n": PROMISES // 3})
    con.execute(
        "CREATE TABLE notice AS SELECT promise_no, judged_s - 3600 AS told_s, "
        "judged_s + 86400 AS new_due_s FROM promise WHERE promise_no % 3 = 0"
    )
    con.execute("INSERT INTO asset SELECT 'A' || i, 'Customer ' || (i % 4000), true FROM "
                "range(60000) t(i)")  # fmt: skip
    return DuckFacts(con)


def answers() -> Round:
    chance = random.Random(3)
    people = [
        Respondent(
            group,
            tuple(
                Answer(claim.id, chance.randint(0, 4), chance.choice((0.5, 0.75, 0.95)),
                       number=50.0, low=30.0, high=80.0)
                for claim in CLAIMS
            ),
        )
        for group in ("executive", "front_line", "commercial", "finance") * (PEOPLE // 4)
    ]  # fmt: skip
    return Round("full", tuple(people))


def timed(what: str, work: Callable[[], object]) -> None:
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    told = {"what": what, "seconds": round(statistics.median(walls), 4),
            "processor": round(statistics.median(cpus), 4)}  # fmt: skip
    print(json.dumps(told))


def main() -> None:
    source, as_of = facts(), AsOf(UNTIL)
    locked = lock(answers(), at_s=UNTIL)
    names = tuple(EVIDENCES)

    def read() -> list[object]:
        records = Records(locked, Once(source, SHARED), as_of, Scope())
        return list(evidence_of(records, names).values())

    found = evidence_of(Records(locked, source, as_of, Scope()), names)
    timed(f"evidence for 36 claims, {PROMISES:,} promises", read)
    rows = list(found.values())
    timed(
        f"document of {PEOPLE} people from evidence that was read",
        lambda: document_of(locked, CLAIMS, rows, as_of, Nowhere()),
    )
    chance = np.random.default_rng(1)
    q, c = chance.random((PEOPLE, 36)), chance.integers(0, 5, (PEOPLE, 36)).astype(float)
    chances = levels.shown(chance.integers(0, 100, 36), [100] * 36, [0.5, 0.75, 0.9, 0.97]).chances
    timed(
        f"calibration, 300 resamples × 36 claims × {PEOPLE} people × 6 groups",
        lambda: calibration.signed(q, c, chances, np.ones((6, PEOPLE))),
    )


if __name__ == "__main__":
    main()
