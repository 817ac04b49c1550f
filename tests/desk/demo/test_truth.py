"""The truth, counted a second time from the files alone: what is written is what was counted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from desk.demo.conftest import Demo
from desk.demo.test_folder import day, rows

ENDED = {"Resolved", "Closed", "Cancelled"}


@dataclass(slots=True)
class Owed:
    """One promise as the files tell it."""

    customer: str
    kind: str
    consequence: str
    region: str
    first: datetime
    current: datetime
    done: datetime | None
    ended: datetime | None
    released: datetime | None
    judged: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.judged = self.first


def moment(text: str) -> datetime | None:
    """Read a moment as the help desk writes it."""
    return datetime.fromisoformat(text) if text else None


def sure(text: str) -> datetime:
    """Read a moment that has to be there."""
    found = moment(text)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def owed(demo: Demo) -> dict[str, Owed]:
    promises = dict(_of_cases(demo)) | dict(_of_maintenance(demo))
    for row in rows(demo.folder, "promise_moves.csv"):
        shift = sure(row["new due"]) - sure(row["old due"])
        _move(promises[row["promise id"]], row["asked by"], sure(row["moved at"]), shift)
    for row in rows(demo.folder, "maintenance_moves.csv"):
        shift = day(row["new due"]) - day(row["old due"])
        asked = datetime.combine(day(row["moved on"]), datetime.min.time(), UTC)
        _move(promises[row["promise id"]], row["asked by"], asked, shift)
    return promises


def _move(promise: Owed, asked_by: str, asked: datetime, shift: timedelta) -> None:
    if asked_by == "customer" and asked <= promise.judged:
        promise.judged += shift


def _of_cases(demo: Demo) -> Iterator[tuple[str, Owed]]:
    for row in rows(demo.folder, "promises.csv"):
        yield (
            row["promise id"],
            Owed(
                row["customer"],
                row["kind"],
                row["consequence"],
                row["region"],
                sure(row["first due"]),
                sure(row["due"]),
                moment(row["fulfilled at"]),
                moment(row["given up at"]),
                moment(row["released by customer at"]),
            ),
        )


def _of_maintenance(demo: Demo) -> Iterator[tuple[str, Owed]]:
    zones = {row["site"]: ZoneInfo(row["time zone"]) for row in rows(demo.folder, "sites.csv")}
    for row in rows(demo.folder, "maintenance_plan.csv"):
        zone = zones[row["site"]]
        first, current = _end_of(row["first due"], zone), _end_of(row["due"], zone)
        done = _end_of(row["fulfilled on"], zone) if row["fulfilled on"] else None
        ended = _end_of(row["given up on"], zone) if row["given up on"] else None
        where = row["customer"], row["kind"], row["consequence"], row["region"]
        yield row["promise id"], Owed(*where, first, current, done, ended, None)


def _end_of(text: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day(text) + timedelta(days=1), datetime.min.time(), zone)


def until(demo: Demo) -> datetime:
    return datetime.fromisoformat(demo.truth.until)


def due(demo: Demo, promises: dict[str, Owed]) -> list[Owed]:
    """The promises judged by the Monday, without those released before."""
    return [
        promise
        for promise in promises.values()
        if promise.judged <= until(demo)
        and not (promise.released and promise.released <= promise.judged)
    ]


def test_the_three_dates_give_the_same_three_counts(demo: Demo, owed: dict[str, Owed]) -> None:
    judged = due(demo, owed)
    ends = [(promise, promise.done or until(demo)) for promise in judged]
    truth = demo.truth.kept
    assert len(judged) == truth.due
    assert sum(end <= promise.judged for promise, end in ends) == truth.by_judged
    assert sum(end <= promise.first for promise, end in ends) == truth.by_first
    assert sum(end <= promise.current for promise, end in ends) == truth.by_current


def test_what_is_still_owed_is_the_same(demo: Demo, owed: dict[str, Owed]) -> None:
    still = [p for p in due(demo, owed) if not (p.done or p.ended or p.released)]
    assert len([p for p in still if p.judged < until(demo)]) == demo.truth.owed_now


def test_the_customers_hit_are_the_same(demo: Demo, owed: dict[str, Owed]) -> None:
    since = until(demo) - timedelta(days=90)
    failed = Counter(
        promise.customer
        for promise in due(demo, owed)
        if promise.judged >= since and (promise.done or until(demo)) > promise.judged
    )
    hit = demo.truth.hit_in_90_days
    assert failed.total() == hit.failures
    for least, number in ((1, hit.one), (2, hit.two), (3, hit.three)):
        assert sum(times >= least for times in failed.values()) == number


@pytest.mark.parametrize("kind", ["respond", "restore", "quote", "maintenance_due"])
def test_each_kind_has_the_same_counts(demo: Demo, owed: dict[str, Owed], kind: str) -> None:
    theirs = [promise for promise in due(demo, owed) if promise.kind == kind]
    kept = sum((promise.done or until(demo)) <= promise.judged for promise in theirs)
    truth = demo.truth.kept_by_kind[kind]
    assert (len(theirs), kept) == (truth.due, truth.by_judged)


@pytest.fixture(scope="module")
def histories(demo: Demo) -> dict[str, list[dict[str, str]]]:
    """The events of each case, as they stand in the log."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(demo.folder, "case_events.csv"):
        found[row["case id"]].append(row)
    return found


def test_ownerless_hours_are_the_same_in_every_region(
    demo: Demo, histories: dict[str, list[dict[str, str]]]
) -> None:
    regions = {row["case id"]: row["region"] for row in rows(demo.folder, "cases.csv")}
    nobody: Counter[str] = Counter()
    for case, events in histories.items():
        ends = [event["event at"] for event in events[1:]] + [demo.truth.until]
        for event, end in zip(events, ends, strict=True):
            if event["event"] not in ENDED and not event["owner"]:
                seconds = sure(end) - sure(event["event at"])
                nobody[regions[case]] += round(seconds.total_seconds())
    for region, truth in demo.truth.ownerless.items():
        assert nobody[region] / 3600 == pytest.approx(truth.ownerless_h, abs=0.01)


def test_handoffs_and_bounces_are_the_same(
    demo: Demo, histories: dict[str, list[dict[str, str]]]
) -> None:
    handoffs = bounces = 0
    for events in histories.values():
        named = [event["owner"] for event in events if event["owner"]]
        changes = [b for a, b in pairwise(named) if a != b]
        handoffs += len(changes)
        seen = {named[0]} if named else set()
        for owner in changes:
            bounces += owner in seen
            seen.add(owner)
    assert handoffs == demo.truth.handoffs.handoffs
    assert bounces == demo.truth.handoffs.bounces


def test_reopened_cases_and_waiting_for_customers_are_the_same(
    demo: Demo, histories: dict[str, list[dict[str, str]]]
) -> None:
    reopened = Counter(
        case for case, events in histories.items() for e in events if e["event"] == "Reopened"
    )
    assert (len(reopened), reopened.total()) == (demo.truth.reopened_cases, demo.truth.reopenings)
    paused = timedelta()
    for events in histories.values():
        ends = [event["event at"] for event in events[1:]] + [demo.truth.until]
        for event, end in zip(events, ends, strict=True):
            if event["event"] == "Waiting for customer":
                paused += sure(end) - sure(event["event at"])
    assert paused.total_seconds() / 3600 == pytest.approx(demo.truth.paused_h)
