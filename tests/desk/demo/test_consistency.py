"""The records agree with one another: no system could have written anything else."""

from datetime import datetime
from itertools import pairwise

from desk.demo.conftest import Demo
from desk.demo.test_folder import rows
from wellkept.desk.demo.records import DAY, HOUR
from wellkept.desk.demo.story import WEEKS


def test_the_events_of_a_case_follow_one_another(demo: Demo) -> None:
    for case in demo.company.cases:
        assert case.events[0].word == "Reported", case.number
        assert case.events[0].at_s == case.reported_s, case.number
        assert all(a.at_s < b.at_s for a, b in pairwise(case.events)), case.number


def test_a_case_is_restored_then_resolved_then_closed(demo: Demo) -> None:
    order = ("Restored", "Resolved", "Closed")
    for case in demo.company.cases:
        words = [e.word for e in case.events if e.word in (*order, "Reopened", "Cancelled")]
        for before, after in pairwise(words):
            if after == "Reopened":
                assert before == "Closed", case.number
            elif before != "Reopened":
                assert order.index(before) < order.index(after), case.number
        if case.occurred_s is not None:
            assert case.occurred_s <= case.reported_s, case.number


def test_nothing_has_happened_after_the_monday(demo: Demo) -> None:
    until_s = demo.company.monday_s
    moments = [event.at_s for case in demo.company.cases for event in case.events]
    for promise in demo.company.promises:
        moments.append(promise.made_s)
        moments += [at_s for at_s in (promise.done_s, promise.ended_s, promise.released_s) if at_s]
        moments += [move.at_s for move in promise.moves]
        moments += [move.told_s for move in promise.moves if move.told_s]
    moments += [d.to_s or d.from_s for d in demo.company.downtimes]
    assert max(moments) < until_s
    assert any(promise.current_due_s > until_s for promise in demo.company.promises)


def test_nothing_is_older_than_the_three_years(demo: Demo) -> None:
    start_s = demo.company.monday_s - WEEKS * 7 * DAY
    assert min(case.reported_s for case in demo.company.cases) >= start_s - 3 * HOUR  # in Helsinki
    first_month_s = start_s + 30 * DAY
    assert sum(case.reported_s < first_month_s for case in demo.company.cases) > 100


def test_a_promise_is_made_before_it_falls_due_and_before_it_ends(demo: Demo) -> None:
    for promise in demo.company.promises:
        assert promise.made_s < promise.due_s, promise.number
        for end_s in (promise.done_s, promise.ended_s, promise.released_s):
            assert end_s is None or end_s >= promise.made_s, promise.number
        ended = [promise.done_s, promise.ended_s, promise.released_s]
        assert sum(end_s is not None for end_s in ended) <= 1, promise.number


def test_each_move_starts_from_the_date_before_it(demo: Demo) -> None:
    for promise in demo.company.promises:
        due_s, asked_s = promise.due_s, promise.made_s
        for move in promise.moves:
            assert move.old_s == due_s, promise.number
            assert move.new_s > move.old_s, promise.number
            assert move.at_s > asked_s, promise.number
            due_s, asked_s = move.new_s, move.at_s
        assert promise.current_due_s == due_s


def test_a_promise_of_a_case_is_about_the_same_asset_and_urgency(demo: Demo) -> None:
    tied = [promise for promise in demo.company.promises if promise.case is not None]
    assert len(tied) >= 15_000
    for promise in tied:
        assert promise.case is not None
        assert promise.asset is promise.case.asset
        assert promise.consequence == promise.case.consequence
        assert promise.made_s >= promise.case.reported_s


def test_what_was_promised_was_kept_when_the_case_says_so(demo: Demo) -> None:
    words = {"respond": "Acknowledged", "restore": "Restored", "arrive": "On site"}
    for promise in demo.company.promises:
        if promise.case is not None and promise.kind in words:
            assert promise.done_s == promise.case.first(words[promise.kind]), promise.number


def test_the_owner_in_the_list_is_the_owner_of_the_last_event(demo: Demo) -> None:
    last: dict[str, str] = {}
    for event in rows(demo.folder, "case_events.csv"):
        last[event["case id"]] = event["owner"]
    cases = rows(demo.folder, "cases.csv")
    assert {row["case id"]: row["owner"] for row in cases} == last


def test_nobody_is_given_a_case_after_they_have_left(demo: Demo) -> None:
    left = {person.name: person.left_s for person in demo.company.people if person.left_s}
    assert left
    for case in demo.company.cases:
        for event in case.events:
            given = event.word in ("Assigned", "Reassigned")
            assert not (given and event.owner in left and event.at_s >= left[event.owner])


def test_an_asset_is_never_down_twice_at_once(demo: Demo) -> None:
    up_again: dict[str, int] = {}
    for down in demo.company.downtimes:
        assert down.from_s >= up_again.get(down.asset.number, 0), down.asset.number
        assert down.to_s is None or down.to_s > down.from_s
        up_again[down.asset.number] = down.to_s or demo.company.monday_s


def test_every_asset_case_and_promise_finds_its_place_in_the_registers(demo: Demo) -> None:
    assets = {row["asset no"] for row in rows(demo.folder, "assets.csv")}
    sites = {row["site"]: row["customer"] for row in rows(demo.folder, "sites.csv")}
    customers = {row["customer"] for row in rows(demo.folder, "customers.csv")}
    for name in ("cases.csv", "promises.csv", "maintenance_plan.csv", "downtimes.tsv"):
        for row in rows(demo.folder, name):
            assert row["asset"] in assets
            assert sites[row["site"]] == row["customer"]
            assert row["customer"] in customers
    parents = {row["parent asset"] for row in rows(demo.folder, "assets.csv")} - {""}
    assert parents <= assets


def test_the_moments_of_the_events_are_written_in_utc(demo: Demo) -> None:
    first = rows(demo.folder, "case_events.csv")[0]
    written = datetime.fromisoformat(first["event at"])
    reported = {case.number: case.reported_s for case in demo.company.cases}
    assert written.timestamp() == reported[first["case id"]]
