"""The demo company measured: what the product finds is what was counted while it was made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from desk.demo.conftest import Demo
from study.measures.contract import check_document
from wellkept.desk.cli.measure import document_of
from wellkept.desk.demo import story
from wellkept.desk.demo.truth import Kept
from wellkept.study.facts.folder import FolderFacts

Json = dict[str, Any]
HOUR = 3600
SUMS = """
SELECT sum(handoffs) AS handoffs, sum(bounces) AS bounces, sum(reopened) AS reopenings,
  count(*) FILTER (WHERE reopened > 0) AS reopened, sum(paused_s) AS paused_s,
  sum(open_s) AS open_s, count(told_responded_s) AS answered
FROM "case"
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The measure document of the demo folder by region, and sums over its cases."""

    document: Json
    sums: Json

    def of(self, name: str) -> Json:
        """One measure."""
        [measure] = [one for one in self.document["measures"] if one["name"] == name]
        return dict(measure)

    def beside(self, name: str, title: str) -> Json:
        """A value that stands beside a measure."""
        [found] = [one for one in self.of(name)["beside"] if one["title"] == title]
        return dict(found)

    def group(self, name: str, label: str) -> Json:
        """One group of a measure."""
        [found] = [row for row in self.of(name)["by"]["groups"] if row["group"] == label]
        return dict(found)


@pytest.fixture(scope="module")
def found(opened: FolderFacts) -> Found:
    return Found(document_of(opened, by="region"), opened.source.rows(SUMS)[0])


def test_the_document_keeps_the_contract_and_every_measure_is_there(found: Found) -> None:
    parts = ("measures", "absent", "letting_down")
    check_document({name: found.document[name] for name in parts})
    assert found.document["absent"] == []


def test_kept_by_the_judged_the_first_and_the_present_date(demo: Demo, found: Found) -> None:
    for name, truth in (
        ("promise_kept_rate", demo.truth.kept),
        ("kept_when_it_mattered", demo.truth.kept_when_it_mattered),
    ):
        assert found.of(name)["n"] == truth.due
        assert found.of(name)["share_beyond"]["k"] == truth.failed
        assert shown(found.beside(name, "By the first date")) == (truth.by_first, truth.due)
        current = found.beside(name, "By the date as said today")
        assert shown(current) == (truth.by_current, truth.due)


def shown(beside: Json) -> tuple[int, int]:
    """A share beside as k of n."""
    return round(beside["value"]["value"] * beside["n"]), beside["n"]


def test_the_average_looks_fine_and_the_moved_dates_make_it_so(found: Found) -> None:
    average = found.beside("promise_kept_rate", "Average of the ended rows")
    assert average["text"].startswith("early")
    current = found.beside("promise_kept_rate", "By the date as said today")
    assert current["value"]["value"] > 0.95 > 0.9 > found.of("promise_kept_rate")["value"]["high"]


def test_kept_by_region_shows_the_one_that_fails(demo: Demo, found: Found) -> None:
    def counted(kept: Kept) -> tuple[int, int]:
        return kept.failed, kept.due

    truth = {name: counted(kept) for name, kept in demo.truth.kept_by_region.items()}
    rows = found.of("promise_kept_rate")["by"]["groups"]
    assert {row["group"]: (row["k"], row["n"]) for row in rows} == truth
    assert found.of("promise_kept_rate")["by"]["text"] == "worse than chance allows: North"


def test_the_worst_stand_by_name_in_their_order(demo: Demo, found: Found) -> None:
    worst = found.of("promise_kept_rate")["worst"][:5]
    told = [(t.number, t.customer, t.owner, t.consequence, t.owed) for t in demo.truth.worst]
    seen = [(w["id"], w["customer"], w["owner"], w["consequence"], w["open"]) for w in worst]
    assert seen == told
    assert [w["value"] for w in worst] == pytest.approx(
        [t.late_h for t in demo.truth.worst], abs=0.006
    )
    latest = found.of("promise_lateness")["max"]
    assert latest == pytest.approx(demo.truth.latest[0].late_h, abs=0.006)


def test_who_is_let_down_now_is_named_in_order(demo: Demo, found: Found) -> None:
    """A day ends at head office, for the recipe names one zone; at the site it may be 2 h apart."""
    down = found.document["letting_down"]
    assert len(down) == demo.truth.owed_now == found.of("promise_kept_rate")["open"]
    assert [row["id"] for row in down] == [told.number for told in demo.truth.owed]
    for row, told in zip(down, demo.truth.owed, strict=True):
        assert told.what.endswith(f": {row['what']}")
        apart = 0 if told.number.startswith("P") else 2
        due, truth = (datetime.fromisoformat(text) for text in (row["due"], told.due))
        assert abs(due - truth) <= timedelta(hours=apart)
        assert row["late_h"] == pytest.approx(told.late_h, abs=apart + 0.006)


def test_customers_who_felt_it_once_twice_three_times(demo: Demo, found: Found) -> None:
    ever, lately = demo.truth.hit_in_all, demo.truth.hit_in_90_days
    card = found.of("promise_kept_rate")
    assert card["customers_hit"] == {"1": ever.one, "2": ever.two, "3": ever.three}
    recent = found.of("customers_hit")
    assert recent["customers_hit"] == {"1": lately.one, "2": lately.two, "3": lately.three}
    borne = found.beside("customers_hit", "Borne by the worst-hit tenth")
    assert borne["n"] == lately.failures


def test_the_two_hurt_customers_bear_most(demo: Demo, found: Found) -> None:
    rows = found.of("promise_kept_rate")["hit"]["rows"]
    named = {row["name"]: (row["k"], row["n"]) for row in rows}
    for name, hurt in demo.truth.hurt.items():
        assert named[name] == (hurt.failed, hurt.due)
    assert {row["name"] for row in rows[:2]} == set(story.HURT)


def test_dates_moved_by_us_or_asked_for_too_late(demo: Demo, found: Found) -> None:
    """A customer who asks when the date has passed does not undo the miss: it counts as ours."""
    moves = demo.truth.moves
    ours = moves.promises_moved_by_us + moves.promises_asked_too_late
    assert found.of("promise_slip_rate")["share_beyond"]["k"] == ours


def test_ownerless_hours_by_region_and_who_has_nobody_now(demo: Demo, found: Found) -> None:
    for region, truth in demo.truth.ownerless.items():
        row = found.group("ownerless_time", region)
        assert row["k"] == truth.cases
        assert row["value"] == pytest.approx(truth.share, abs=1e-5)
    card = found.of("ownerless_time")
    now = found.beside("ownerless_time", "Without an owner now")
    assert now["n"] == sum(len(truth.now) for truth in demo.truth.ownerless.values())
    longest = max(demo.truth.ownerless.values(), key=lambda truth: truth.longest_h)
    assert card["max"] == pytest.approx(longest.longest_h, abs=0.006)
    assert longest.longest_case in {row["id"] for row in card["worst"]}


def test_handoffs_and_bounces(demo: Demo, found: Found) -> None:
    truth, card = demo.truth.handoffs, found.of("handoffs_per_case")
    assert (found.sums["handoffs"], found.sums["bounces"]) == (truth.handoffs, truth.bounces)
    assert card["max"] == truth.most
    assert truth.most_case in {row["id"] for row in card["worst"]}
    bounced = found.beside("handoffs_per_case", "Bounced")
    assert shown(bounced) == (truth.cases_with_bounces, demo.truth.counts["cases"])


def test_reopened_cases(demo: Demo, found: Found) -> None:
    truth = demo.truth
    assert (found.sums["reopened"], found.sums["reopenings"]) == (
        truth.reopened_cases,
        truth.reopenings,
    )
    ever = found.beside("reopen_rate", "Ever reopened")
    young = found.beside("reopen_rate", "Not yet counted")
    assert shown(ever)[0] <= truth.reopened_cases
    assert ever["n"] + young["n"] <= truth.counts["cases"]


def test_paused_and_open_hours(demo: Demo, found: Found) -> None:
    assert found.sums["paused_s"] / HOUR == pytest.approx(demo.truth.paused_h)
    assert found.sums["open_s"] / HOUR == pytest.approx(demo.truth.open_h)
    share = found.of("paused_share")["value"]["value"]
    assert share == pytest.approx(demo.truth.paused_h / demo.truth.open_h, abs=1e-8)


def test_hours_down_over_all_assets(demo: Demo, found: Found) -> None:
    truth, card = demo.truth.down, found.of("unplanned_downtime")
    assert card["n"] == demo.truth.counts["assets"]
    assert card["open"] == truth.still_down
    assert card["excluded"] == truth.downtimes - truth.unplanned
    first = min(stop.from_s for stop in demo.company.downtimes)
    required_h = card["n"] * (demo.company.monday_s - first) / HOUR
    assert card["value"]["value"] * required_h / 1000 == pytest.approx(truth.unplanned_h, rel=1e-6)
    able = found.of("availability")["value"]["value"]
    down_h = truth.unplanned_h + truth.planned_h
    assert 1 - able == pytest.approx(down_h / required_h, rel=1e-5)


def test_the_blemishes_are_said(demo: Demo, found: Found) -> None:
    assert found.beside("time_to_resolve", "No resolution recorded")["n"] == len(
        demo.truth.blemishes["cases closed but never resolved"]
    )
    [twice] = demo.truth.blemishes["promise whose row stands twice"]
    left = found.document["understood"]["left_out"]
    assert any(twice in {e["value"] for e in note["examples"]} for note in left)
    assert found.sums["answered"] < demo.truth.counts["cases"]
