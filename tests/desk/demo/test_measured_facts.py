"""The demo company's facts: what no measure shows as one figure is there, too, to the row."""

import csv
import dataclasses
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.demo.conftest import MONDAY, Demo
from wellkept.desk.demo import story, truth
from wellkept.desk.demo.products import SCARCE_PART
from wellkept.methods.charts import tail_counts
from wellkept.study.facts.folder import FolderFacts
from wellkept.study.measures import selections

Row = dict[str, Any]
HOUR, DAY = 3600, 86_400
DUE = f"SELECT p.*, j.* FROM ({selections.JUDGED}) j JOIN promise p USING (promise_no)"
KEPT = """count(*) AS due, count(*) FILTER (WHERE NOT failed) AS by_judged,
  count(*) FILTER (WHERE NOT failed_first) AS by_first,
  count(*) FILTER (WHERE NOT failed_current) AS by_current"""


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """The opened facts of the demo folder."""

    opened: FolderFacts
    folder: Path

    def rows(self, sql: str) -> list[Row]:
        """This will run a selection over the facts; `{due}`: promises judged in the window."""
        given = {"since": 0, "until": self.opened.until_s}
        due = DUE.replace("p.*, j.*", "p.* EXCLUDE (customer_no, urgency, judged_s, our_moves, "
                          "moved_late, in_silence, due_is_day, settled), j.*")  # fmt: skip
        sql = sql.replace("{due}", f"({due}) d")
        used = {name: value for name, value in given.items() if f"${name}" in sql}
        return self.opened.source.rows(sql, **used)

    def one(self, sql: str) -> Row:
        [row] = self.rows(sql)
        return row

    def listed(self, file: str, separator: str = ",") -> list[dict[str, str]]:
        """The rows of a file of the folder."""
        text = (self.folder / file).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(text.splitlines(), delimiter=separator))


@pytest.fixture(scope="module")
def facts(demo: Demo, opened: FolderFacts) -> Facts:
    return Facts(opened, demo.folder)


def test_the_window_ends_on_the_monday(demo: Demo, facts: Facts) -> None:
    t = demo.truth
    assert (t.company, t.seed, t.monday) == ("Corvane Air & Cold", 7, MONDAY.isoformat())
    assert facts.opened.until_s == int(datetime.fromisoformat(t.until).timestamp())


def test_as_many_of_everything_as_was_made(demo: Demo, facts: Facts) -> None:
    t = demo.truth.counts
    found = facts.one("""SELECT
      (SELECT count(DISTINCT coalesce(label, key)) FROM known_customer) AS customers,
      (SELECT count(*) FROM known_site) AS sites, (SELECT count(DISTINCT zone) FROM known_site)
      AS zones, (SELECT count(*) FROM asset WHERE in_register) AS assets,
      (SELECT count(*) FROM "case") AS cases, (SELECT count(*) FROM event) AS events,
      (SELECT count(*) FROM promise) AS promises, (SELECT count(*) FROM downtime) AS downtimes,
      (SELECT count(*) FROM promise WHERE promise_id LIKE 'M-%') AS "maintenance promises" """)
    assert found == {name: t[name] for name in found}
    sorts = Counter(row["sort"] for row in facts.listed("assets.csv", ";"))
    assert {f"assets, {sort}": n for sort, n in sorts.items()} == {
        name: n for name, n in t.items() if name.startswith("assets, ")
    }


def test_kept_by_kind_and_of_the_restorings_that_mattered(demo: Demo, facts: Facts) -> None:
    rows = facts.rows(f"SELECT kind, {KEPT} FROM {{due}} GROUP BY kind")
    assert {row.pop("kind"): row for row in rows} == {
        kind: dataclasses.asdict(kept) for kind, kept in demo.truth.kept_by_kind.items()
    }
    critical = facts.one(f"SELECT {KEPT} FROM {{due}} WHERE kind = 'restore' AND urgency <= 1")
    assert critical == dataclasses.asdict(demo.truth.critical_restore)


def test_moves_by_who_asked_and_when(demo: Demo, facts: Facts) -> None:
    t = demo.truth.moves
    asked = {
        row["asked"]: row["n"]
        for row in facts.rows("SELECT asked, count(*) AS n FROM listed_moves GROUP BY asked")
    }
    assert asked == {"us": t.asked_by_us, None: t.asked_by_nobody, "customer": t.asked_by_customer}
    assert sum(asked.values()) == t.moves
    assert facts.one("SELECT sum(moves) AS n FROM promise")["n"] == t.moves
    late = facts.one(f"""SELECT count(*) AS n FROM listed_moves WHERE asked IS DISTINCT FROM
      'customer' AND old_due_s - moved_s BETWEEN 0 AND {3 * HOUR} AND join_key LIKE 'P-%'""")
    days = sum(m.asked_by != "customer" and 0 <= m.old_s - m.at_s <= 3 * HOUR
               for p in demo.company.promises if p.number[0] == "M" for m in p.moves)  # fmt: skip
    assert late["n"] == t.in_the_last_three_hours - days, "a day has no last three hours"
    theirs = facts.one("""SELECT count(*) AS n FROM {due} WHERE promise_id IN
      (SELECT join_key FROM listed_moves WHERE asked = 'customer')""")
    assert theirs["n"] == t.promises_moved_by_customer


def test_the_five_latest_and_what_the_worst_five_customers_bear(demo: Demo, facts: Facts) -> None:
    latest = facts.rows("SELECT promise_id AS id, late_s FROM {due} WHERE failed "
                        "ORDER BY late_s DESC, id LIMIT 5")  # fmt: skip
    assert [row["id"] for row in latest] == [told.number for told in demo.truth.latest]
    since = facts.opened.until_s - 90 * DAY
    for told, after in ((demo.truth.hit_in_all, 0), (demo.truth.hit_in_90_days, since)):
        rows = facts.rows(f"SELECT count(*) AS n FROM {{due}} WHERE failed AND judged_s >= {after} "
                          "GROUP BY customer ORDER BY n DESC")  # fmt: skip
        assert sum(row["n"] for row in rows) == told.failures
        worst = sum(row["n"] for row in rows[:5]) / told.failures
        assert worst == pytest.approx(told.share_of_worst_five)


def test_the_share_of_the_hurt_and_how_their_cases_grew(demo: Demo, facts: Facts) -> None:
    every = facts.one("SELECT count(*) AS due, count(*) FILTER (WHERE failed) AS k FROM {due}")
    for name, hurt in demo.truth.hurt.items():
        assert hurt.due / every["due"] == pytest.approx(hurt.share_of_due)
        assert hurt.failed / every["k"] == pytest.approx(hurt.share_of_failures)
        last = len(hurt.cases_by_quarter) - 1
        rows = facts.rows(f"""SELECT greatest({last} - ({facts.opened.until_s} - 1 - reported_s) //
          {91 * DAY}, 0) AS quarter, count(*) AS n FROM "case" WHERE customer = '{name}' GROUP BY 1
        """)
        counts = {int(row["quarter"]): row["n"] for row in rows}
        assert tuple(counts.get(q, 0) for q in range(last + 1)) == hurt.cases_by_quarter


def test_hours_of_nobody_and_of_somebody_who_had_left(demo: Demo, facts: Facts) -> None:
    regions = facts.rows("""SELECT region, count(*) AS n, sum(ownerless_s) AS nobody,
      sum(open_s) AS open, max(ownerless_s) AS longest,
      count(*) FILTER (WHERE told_responded_s IS NULL AND
      coalesce(closed_s, cancelled_s) IS NOT NULL) AS silent FROM "case" GROUP BY 1""")
    for row in regions:
        told = demo.truth.ownerless[row["region"]]
        assert row["nobody"] / HOUR == pytest.approx(told.ownerless_h, abs=0.006)
        assert row["open"] / HOUR == pytest.approx(told.open_h, abs=0.006)
        assert row["longest"] / HOUR == pytest.approx(told.longest_h, abs=0.006)
    assert {row["region"]: row["n"] for row in regions} == demo.truth.cases_by_region
    assert {row["region"]: row["silent"] for row in regions} == demo.truth.unacknowledged
    left = {p.name: p.left_s for p in demo.company.people if p.left_s is not None}
    held = facts.rows(f"""SELECT owner, from_s, coalesce(to_s, {facts.opened.until_s}) AS to_s
      FROM holding WHERE owner IS NOT NULL""")
    hours = sum(
        max(0, row["to_s"] - max(row["from_s"], left[row["owner"]])) / HOUR
        for row in held
        if row["owner"] in left
    )
    assert hours == pytest.approx(demo.truth.departed_owner_h, abs=0.01)


def test_where_the_worst_tenth_spent_its_time(demo: Demo, facts: Facts) -> None:
    t = demo.truth.tail
    ranked = facts.rows("""SELECT c.case_id, min(e.event_s) - any_value(c.reported_s) AS s,
      c.case_no IN (SELECT case_no FROM event WHERE waiting_on = 'part') AS part
      FROM event e JOIN "case" c USING (case_no) WHERE e.state = 'restored'
      GROUP BY c.case_id, c.case_no ORDER BY s DESC""")
    scarce = {
        row["case id"] for row in facts.listed("case_events.csv") if row["detail"] == SCARCE_PART
    }
    cut = len(ranked) // 10
    assert (cut, round(ranked[0]["s"] / HOUR, 2)) == (t.cases, t.worst_h)
    assert sum(row["part"] for row in ranked[:cut]) == t.waited_for_a_part
    assert sum(row["case_id"] in scarce for row in ranked[:cut]) == t.waited_for_the_scarce_part
    rest = sum(row["part"] for row in ranked[cut:]) / len(ranked[cut:])
    assert rest == pytest.approx(t.waited_for_a_part_in_the_rest)
    used = facts.rows("""SELECT 1 + late_s / (judged_due_s - made_s) AS share FROM {due}
      WHERE kind = 'restore' ORDER BY share""")
    assert used[len(used) // 2]["share"] == pytest.approx(t.median_share_of_promise, abs=5e-5)


def months(facts: Facts, which: str) -> list[tuple[str, int, int]]:
    """Promises judged in each month, and those of them that failed."""
    rows = facts.rows(f"""SELECT strftime(to_timestamp(judged_s) AT TIME ZONE 'UTC', '%Y-%m') AS
      month, count(*) AS due, count(*) FILTER (WHERE failed) AS k FROM {{due}} WHERE {which}
      GROUP BY 1 ORDER BY 1""")
    return [(row["month"], row["due"], row["k"]) for row in rows]


def test_the_habit_of_late_quotes_and_the_family_that_got_worse(demo: Demo, facts: Facts) -> None:
    told = [(m.month, m.due, m.failed) for m in demo.truth.quotes]
    assert months(facts, "kind = 'quote'") == told
    worse = demo.truth.worse
    family = [row["asset no"] for row in facts.listed("assets.csv", ";")
              if row["family"] == worse.family]  # fmt: skip
    named = ", ".join(f"'{one}'" for one in family)
    found = months(facts, f"kind = 'restore' AND asset IN ({named})")
    assert found == [(m.month, m.due, m.failed) for m in worse.months]
    since = datetime.combine(MONDAY, datetime.min.time(), UTC) - timedelta(days=story.WORSE_DAYS)
    before = [row for row in found if row[0] < f"{since:%Y-%m}"]
    share = sum(k for _, _, k in before) / sum(n for _, n, _ in before)
    assert share == pytest.approx(worse.limit_share, abs=5e-5)
    after = [row for row in found if row not in before]
    chart = tail_counts([k for _, _, k in after], [n for _, n, _ in after], centre=share)
    beyond = [k / n > top for (_, n, k), top in zip(after, chart.high, strict=True)]
    assert {m for (m, _, _), out in zip(after, beyond, strict=True) if out} == set(worse.signals)


def test_stops_planned_and_not(demo: Demo, facts: Facts) -> None:
    t = demo.truth.down
    row = facts.one(f"""SELECT count(*) AS n, count(*) FILTER (WHERE NOT planned) AS unplanned,
      count(*) FILTER (WHERE to_s IS NULL) AS still,
      sum(coalesce(to_s, {facts.opened.until_s}) - from_s) FILTER (WHERE planned) AS planned_s,
      sum(coalesce(to_s, {facts.opened.until_s}) - from_s) FILTER (WHERE NOT planned) AS other_s,
      count(DISTINCT asset) FILTER (WHERE NOT planned) AS hit FROM downtime""")
    assert (row["n"], row["unplanned"], row["still"]) == (t.downtimes, t.unplanned, t.still_down)
    assert row["hit"] == t.assets_hit
    assert row["planned_s"] / HOUR == pytest.approx(t.planned_h, abs=0.006)
    assert row["other_s"] / HOUR == pytest.approx(t.unplanned_h, abs=0.006)


def test_the_blemishes_are_read_as_what_they_are(demo: Demo, facts: Facts) -> None:
    told = demo.truth.blemishes
    blank = ", ".join(f"'{one}'" for one in told["promises without their owner"])
    owners = facts.rows(f"SELECT owner FROM promise WHERE promise_id IN ({blank})")
    assert [row["owner"] for row in owners] == [None] * len(told["promises without their owner"])
    [odd] = told["case closed on a date in another format"]
    row = facts.one(f"SELECT closed_s FROM \"case\" WHERE case_id = '{odd}'")
    [case] = [one for one in demo.company.cases if one.number == odd]
    assert abs(row["closed_s"] - (case.ended_s or 0)) < DAY
    [twice] = told["promise whose row stands twice"]
    assert facts.one(f"SELECT count(*) AS n FROM promise WHERE promise_id = '{twice}'")["n"] == 1


def test_how_long_the_hospital_waited_for_a_part_that_lay_elsewhere(
    demo: Demo, facts: Facts
) -> None:
    """The stock system writes days: it is up to one day more or less."""
    told = demo.truth.spares
    rows = [
        row for row in facts.listed("part_requests.csv")
        if (row["part no"], row["customer"]) == (told.well_stocked, told.customer)
    ]  # fmt: skip

    def day(text: str) -> datetime:
        return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=UTC)

    monday = datetime.combine(MONDAY, datetime.min.time(), UTC)
    waited = [
        (day(row["issued on"]) if row["issued on"] else monday) - day(row["requested on"])
        for row in rows
    ]
    assert len(rows) == told.waits
    assert max(waited) / timedelta(hours=1) == pytest.approx(told.longest_wait_h, abs=26)


def test_every_key_of_the_truth_is_compared_by_some_test() -> None:
    here = Path(__file__).parent
    read = "".join(path.read_text(encoding="utf-8") for path in sorted(here.glob("test_*.py")))
    kinds = (truth.Truth, truth.Kept, truth.Named, truth.Moves, truth.Hit, truth.Hurt, truth.Down,
             truth.Ownerless, truth.Handoffs, truth.Month, truth.Worse, truth.Tail, truth.Mirror,
             truth.Spares)  # fmt: skip
    missing = [
        f"{kind.__name__}.{field.name}"
        for kind in kinds
        for field in dataclasses.fields(kind)
        if f".{field.name}" not in read and f"AS {field.name}" not in KEPT
    ]
    assert missing == []
