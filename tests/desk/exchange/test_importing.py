"""Bruno's and Alma's promises come over from files: once, with their moves, and back again."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import DAY, HOUR, MONDAY
from databases import undone
from desk.exchange.folders import (
    C1,
    C2,
    CASES,
    L1,
    L2,
    L3,
    LOG,
    P1,
    P2,
    P3,
    P4,
    P5,
    PROMISED,
    THREE,
    a_folder,
    bring,
    counted,
    held,
    tried,
)
from wellkept.desk.exchange import running
from wellkept.desk.exchange.opening import Wanted, opened
from wellkept.desk.exchange.products import Products
from wellkept.desk.exchange.promises import Promises
from wellkept.desk.exchange.raw import raw_row, raw_rows
from wellkept.desk.exchange.undoing import SomethingDepends, undo
from wellkept.record.cases.models import Case, Downtime
from wellkept.record.installed_base.models import Asset, Product
from wellkept.record.journal.append_only import (
    append_only_models,
    guards_standing,
    guards_wanted,
)
from wellkept.record.organisation.models import Person
from wellkept.record.parties.models import Customer
from wellkept.record.promises.actions import keep_promises
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Standing
from wellkept.record.sources import actions
from wellkept.record.sources.actions import RunsAlready, forget_raw_rows
from wellkept.record.sources.models import ImportRun
from wellkept.record.sources.rules import RunState

pytestmark = pytest.mark.usefixtures("record", "one_thread")


def test_promises_come_over_with_their_people_and_how_they_ended(tmp_path: Path) -> None:
    run = bring(a_folder(tmp_path / "in", promises=THREE))
    assert run.state == RunState.APPLIED and counted(run, "promise") == (3, 0, 0, 0)
    kept, late, still = Promise.objects.order_by("pk")
    assert [one.standing(MONDAY) for one in (kept, late, still)] == [
        Standing.KEPT, Standing.LATE, Standing.OPEN,
    ]  # fmt: skip
    assert str(kept.owner) == "Bruno" and late.owner is None
    assert (
        still.first_due is not None and still.first_due.isoformat() == "2026-03-20T16:00:00+00:00"
    )
    assert {one.accountable.name for one in (kept, late, still)} == {"Imported, unassigned"}


def test_an_owner_is_never_invented(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", promises=THREE))
    assert sorted(str(one) for one in Person.objects.all()) == ["Alma", "Bruno"]


def test_a_dry_run_writes_nothing_but_what_it_found(tmp_path: Path) -> None:
    before = held()
    run = tried(a_folder(tmp_path / "in", promises=THREE + P4))
    assert held() == before and run.state == RunState.TRIED
    assert counted(run, "promise") == (3, 0, 0, 1)


def test_a_row_that_cannot_be_taken_is_named_with_its_line(tmp_path: Path) -> None:
    run = tried(a_folder(tmp_path / "in", promises=THREE + P4))
    (problem,) = run.plan["problems"]["skipped"]
    named = {"file": "promises.csv", "line": 5, "name": "P4"}
    assert problem["rows"] == [named | {"column": "due date", "value": "sometime soon"}]
    (unread,) = run.plan["understood"]["left_out"]
    (example,) = unread["examples"]
    assert (example["line"], example["column"], example["value"]) == (
        5, "due date", "sometime soon",
    )  # fmt: skip


def test_what_contradicts_itself_is_kept_and_says_so(tmp_path: Path) -> None:
    run = bring(a_folder(tmp_path / "in", promises=THREE + P5))
    assert Promise.objects.exclude(doubt="").get().doubt == "due_before_made"
    (doubt,) = run.plan["applied"]["noted"]
    assert doubt["why"].startswith("It falls due before it was made.")
    (row,) = doubt["rows"]
    assert (row["line"], row["column"], row["value"]) == (
        5, "created, due date", "2026-01-08 09:00, 2026-01-02 17:00",
    )  # fmt: skip


def test_a_date_that_a_later_file_changes_is_a_move_of_ours(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", promises=THREE))
    moved = THREE.replace("2026-03-20 17:00", "2026-04-20 17:00")
    run = bring(a_folder(tmp_path / "in", promises=moved), MONDAY + DAY)
    assert counted(run, "promise") == (0, 1, 2, 0)
    promise = Promise.objects.order_by("pk")[2]
    (move,) = promise.moves.all()
    assert move.asked_by == "unknown" and move.old_due == promise.first_due
    assert promise.current_due == move.new_due and promise.judged_due == promise.first_due


def test_what_somebody_did_here_is_not_undone_by_the_same_file(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in", promises=THREE)
    bring(folder)
    promise = Promise.objects.order_by("pk")[2]
    keep_promises(promises=[promise], fulfilled_at=MONDAY, at=MONDAY + HOUR, by=None)
    run = bring(folder, MONDAY + DAY)
    promise.refresh_from_db()
    assert counted(run, "promise") == (0, 0, 3, 0) and promise.fulfilled_at == MONDAY


def test_a_later_file_says_when_a_promise_was_kept(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", promises=THREE))
    kept = THREE.replace("17:00,,Alma", "17:00,2026-03-01 10:00,Alma")
    bring(a_folder(tmp_path / "in", promises=kept), MONDAY + DAY)
    assert Promise.objects.order_by("pk")[2].standing(MONDAY + DAY) == Standing.KEPT


def test_cases_of_a_list_come_over_with_asset_owner_and_end(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", tickets=CASES + C1 + C2))
    done, still = Case.objects.order_by("pk")
    assert (done.state, still.state) == ("closed", "reported")
    assert str(still.owner) == "Alma" and still.asset == Asset.objects.get(number="SN2")
    assert done.resolved_at is not None and done.resolved_at.isoformat().startswith("2026-01-05T14")


def test_a_log_brings_events_owners_and_the_reopening(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", log=LOG + L1 + L2 + L3))
    case = Case.objects.get(external_ids__external_id="T7")
    words = [event.word for event in case.events.order_by("at", "pk")]
    assert words == ["reported", "work_started", "resolved", "reopened", "closed"]
    assert case.state == "closed" and case.reopened == 1
    owners = [str(one.person) for one in case.assignments.exclude(person=None).order_by("from_at")]
    assert owners == ["Bruno", "Alma"]


def test_a_case_of_which_only_the_closing_is_logged_is_closed(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", log=LOG + "T9,Closed,2026-01-05 09:00,Bruno\n"))
    assert Case.objects.get(external_ids__external_id="T9").state == "closed"


def test_a_longer_log_goes_on_where_the_shorter_one_ended(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", log=LOG + L1))
    run = bring(a_folder(tmp_path / "in", log=LOG + L1 + L2 + L3), MONDAY + DAY)
    case = Case.objects.get(external_ids__external_id="T7")
    assert counted(run, "case") == (0, 1, 3, 0) and case.state == "closed"
    assert case.events.count() == 5


def test_downtimes_come_over_and_one_that_ends_too_early_is_named(tmp_path: Path) -> None:
    text = (
        "serial number,down from,back in service,reason\n"
        "SN1,2026-01-05 09:00,2026-01-05 11:00,belt\n"
        "SN1,2026-01-09 09:00,2026-01-08 11:00,belt\nSN2,2026-01-06 09:00,,motor\n"
    )
    run = bring(a_folder(tmp_path / "in", downtimes=text))
    assert Downtime.objects.count() == 2 and counted(run, "downtime") == (2, 0, 0, 1)


def test_raw_rows_can_be_read_as_they_were_written_until_their_day(tmp_path: Path) -> None:
    run = bring(a_folder(tmp_path / "in", promises=THREE + P4))
    row = raw_row(run, 0, 4)
    assert row is not None and row["due date"] == "sometime soon"
    assert len(list(raw_rows(run, 0))) == 4
    assert run.raw_until_on is not None
    assert forget_raw_rows(on=run.raw_until_on - DAY, at=MONDAY, by=None) == 0
    assert forget_raw_rows(on=run.raw_until_on, at=MONDAY, by=None) == 1
    assert raw_row(run, 0, 4) is None


def test_an_undo_leaves_the_record_as_it_was(tmp_path: Path, record: Any) -> None:
    before = held()
    run = bring(
        a_folder(tmp_path / "in", promises=THREE + P5, tickets=CASES + C1 + C2, log=LOG + L1 + L2)
    )
    assert Promise.objects.exists() and Case.objects.exists()
    gone = undo(run, now=MONDAY + HOUR, by=None)
    assert held() == before, "its role is gone, too: nothing else uses it"
    assert gone.state == RunState.UNDONE and not gone.raw_blocks.exists()
    assert guards_wanted(append_only_models(), record.vendor) <= guards_standing(record)


def test_an_undo_gives_changed_promises_their_former_dates(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", promises=THREE))
    before = held(but=["said", "run"])
    moved = THREE.replace("2026-03-20 17:00", "2026-04-20 17:00")
    run = bring(a_folder(tmp_path / "in", promises=moved), MONDAY + DAY)
    undo(run, now=MONDAY + 2 * DAY, by=None)
    after = held(but=["said", "run"])
    assert {k: v for k, v in after.items() if "externalid" not in k} == {
        k: v for k, v in before.items() if "externalid" not in k
    }
    again = bring(a_folder(tmp_path / "in", promises=THREE), MONDAY + 3 * DAY)
    assert counted(again, "promise") == (0, 0, 3, 0)


def test_an_undo_is_refused_once_somebody_worked_on_with_it(tmp_path: Path) -> None:
    run = bring(a_folder(tmp_path / "in", promises=THREE))
    promise = Promise.objects.order_by("pk")[2]
    keep_promises(promises=[promise], fulfilled_at=MONDAY, at=MONDAY + HOUR, by=None)
    with pytest.raises(SomethingDepends, match="1 of its rows"):
        undo(run, now=MONDAY + DAY, by=None)
    assert Promise.objects.count() == 3


def test_other_files_do_not_go_on_with_an_import(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in", promises=THREE)
    run = tried(folder)
    a_folder(folder, promises=THREE + P5)
    wanted = Wanted(folder, zone="Europe/Rome")
    with opened(wanted, MONDAY) as found, pytest.raises(running.OtherFiles):
        running.apply(found, run, now=MONDAY, by=None)


def test_two_imports_are_not_written_at_once(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in", promises=THREE)
    with opened(Wanted(folder, zone="Europe/Rome"), MONDAY) as found:
        with killed_after(1):
            running.apply(found, running.first_look(found, now=MONDAY, by=None),
                          now=MONDAY, by=None)  # fmt: skip
        other = running.first_look(found, now=MONDAY, by=None)
        with pytest.raises(RunsAlready):
            running.apply(found, other, now=MONDAY, by=None)


# Killed, repeated, taken back: for any of these files


class Killed(BaseException):
    """What a kill does: nothing catches it."""


@contextmanager
def killed_after(chunks: int) -> Iterator[None]:
    """Die inside the chunk after so many whole ones, after its rows and before its word."""
    written, whole = actions.write_step, [0]

    def write(**given: Any) -> Any:
        if whole[0] == chunks:
            raise Killed
        whole[0] += 1
        return written(**given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "write_step", write)
        with suppress(Killed):
            yield


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_import_that_was_killed_tells_what_all_its_processes_found(
    record: Any, tmp_path: Path
) -> None:
    long = P1.replace("P1", "P9").replace("Bruno", "B" * 201)
    with opened(
        Wanted(a_folder(tmp_path / "in", promises=THREE + P4 + P5 + long)), MONDAY
    ) as found:
        with undone(record):
            run = running.first_look(found, now=MONDAY, by=None)
            whole = running.apply(found, run, now=MONDAY, by=None).plan["applied"]
        run = running.first_look(found, now=MONDAY, by=None)
        for chunks in (1, 2, 99):
            with killed_after(chunks):
                run = running.apply(found, ImportRun.objects.get(pk=run.pk), now=MONDAY, by=None)
    assert run.state == RunState.APPLIED and run.plan["applied"] == whole
    assert [one["noun"] for one in whole["skipped"]] == ["person", "promise"]


def test_products_killed_midway_come_to_the_same_end_and_are_taken_back(
    record: Any, tmp_path: Path
) -> None:
    rows = [f"P-{n},Pump {n},Hardware\n" for n in range(1, 5)]
    listed = "product number,product name,product type\n" + "".join(rows)
    assets = "serial number,model\nSN1,Pump 1\nSN2,Pump 2\nSN3,Disc\n"
    before = held()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Products, "chunk", 2)
        with undone(record):
            bring(a_folder(tmp_path / "in", assets=assets))
            bring(a_folder(tmp_path / "in", products=listed), MONDAY + DAY)
            whole = list(Product.objects.order_by("number").values_list("number", "name", "kind"))
        bring(a_folder(tmp_path / "in", assets=assets))
        with opened(Wanted(a_folder(tmp_path / "in", products=listed)), MONDAY + DAY) as found:
            run = running.first_look(found, now=MONDAY + DAY, by=None)
            for chunks in (0, 1, 99):
                again = ImportRun.objects.get(pk=run.pk)
                with killed_after(chunks):
                    run = running.apply(found, again, now=MONDAY + DAY, by=None)
    assert run.state == RunState.APPLIED and counted(run, "product") == (2, 2, 0, 0)
    assert list(Product.objects.order_by("number").values_list("number", "name", "kind")) == whole
    for one in ImportRun.objects.order_by("-pk"):
        undo(one, now=MONDAY + 2 * DAY, by=None)
    assert {k: v for k, v in held().items() if k != "organisation.role"} == before


promises = st.lists(
    st.tuples(
        st.sampled_from(["Clinic Nord", "Mill East", ""]),
        st.integers(0, 40),
        st.integers(-3, 60),
        st.none() | st.integers(0, 55),
        st.sampled_from(["Bruno", "Alma", ""]),
    ),
    min_size=1,
    max_size=12,
)


def a_file(rows: list[tuple[str, int, int, int | None, str]]) -> str:
    begin = MONDAY - timedelta(days=60)
    lines = []
    for number, (customer, made, due, done, owner) in enumerate(rows):
        given = begin + timedelta(days=made)
        ended = "" if done is None else f"{begin + timedelta(days=done):%Y-%m-%d %H:%M}"
        lines.append(
            f"P{number},{customer},{given:%Y-%m-%d %H:%M},"
            f"{given + timedelta(days=due):%Y-%m-%d %H:%M},{ended},{owner}\n"
        )
    return PROMISED + P1.replace("P1", "X1") + P2.replace("P2", "X2") + P3 + "".join(lines)


kept = settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@kept
@given(rows=promises, chunks=st.integers(0, 5), size=st.sampled_from([2, 5_000]))
def test_an_import_killed_anywhere_goes_on_to_the_same_end(
    record: Any, tmp_path: Path, rows: Any, chunks: int, size: int
) -> None:
    folder = a_folder(tmp_path / "in", promises=a_file(rows), tickets=CASES + C1 + C2)
    wanted = Wanted(folder, zone="Europe/Rome")
    with pytest.MonkeyPatch.context() as patch, opened(wanted, MONDAY) as found:
        patch.setattr(Promises, "chunk", size)
        with undone(record):
            run = running.first_look(found, now=MONDAY, by=None)
            running.apply(found, run, now=MONDAY, by=None)
            whole, events = held(keys=False), run.written_steps.count()
        with undone(record):
            run = running.first_look(found, now=MONDAY, by=None)
            with killed_after(chunks):
                running.apply(found, run, now=MONDAY, by=None)
            run = ImportRun.objects.get(pk=run.pk)
            running.apply(found, run, now=MONDAY + HOUR, by=None)
            but = ["run"]
            assert without(held(keys=False), but) == without(whole, but)
            assert run.written_steps.count() == events


@kept
@given(rows=promises)
def test_the_same_files_twice_change_nothing_and_an_undo_leaves_nothing(
    record: Any, tmp_path: Path, rows: Any
) -> None:
    folder = a_folder(tmp_path / "in", promises=a_file(rows), tickets=CASES + C1 + C2)
    with undone(record), opened(Wanted(folder, zone="Europe/Rome"), MONDAY) as found:
        empty = held()
        first = running.first_look(found, now=MONDAY, by=None)
        running.apply(found, first, now=MONDAY, by=None)
        once = held()
        second = running.first_look(found, now=MONDAY + HOUR, by=None)
        second = running.apply(found, second, now=MONDAY + HOUR, by=None)
        assert held() == once
        assert all(n["create"] == n["update"] == 0 for n in second.counts.values() if "create" in n)
        undo(second, now=MONDAY + 2 * HOUR, by=None)
        undo(first, now=MONDAY + 3 * HOUR, by=None)
        assert held() == empty and not Customer.objects.exists()


def without(found: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {
        label: sorted(({k: v for k, v in row.items() if k not in names} for row in rows), key=repr)
        for label, rows in found.items()
    }
