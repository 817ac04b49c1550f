"""A case from report to confirmed end, and what it makes of its promises."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from builders import (
    DAY,
    HOUR,
    MONDAY,
    a_case,
    a_customer,
    a_person,
    a_role,
    a_site,
    an_account,
    an_asset,
    promise_row,
)
from wellkept.methods import working_time
from wellkept.record.access.editing import Edited
from wellkept.record.calendars.actions import add_calendar
from wellkept.record.cases.actions import (
    BeforeReport,
    CaseEnded,
    NoReason,
    NotACase,
    NotByForm,
    NotDown,
    NotEnded,
    NotRestored,
    NotYet,
    StillOwed,
    acknowledge_cases,
    cancel_cases,
    close_cases,
    code_case,
    confirm_cases,
    correct_case,
    edit_case,
    end_downtimes,
    log_contact,
    note_milestone,
    promise_in_case,
    record_downtimes,
    refuse_restoration,
    remark_on_cases,
    reopen_cases,
    restore_cases,
    resume_cases,
    set_commitments,
    start_work,
    wait_for,
)
from wellkept.record.cases.models import (
    Case,
    CasePromise,
    Commitment,
    Downtime,
)
from wellkept.record.cases.rules import State, WaitingOn
from wellkept.record.installed_base.actions import place_assets
from wellkept.record.installed_base.models import Placement
from wellkept.record.journal.models import Entry
from wellkept.record.promises.models import ContactLog, Promise
from wellkept.record.promises.rules import Standing

pytestmark = pytest.mark.usefixtures("record")
LATER = MONDAY + 20 * DAY


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def promised(case: Case, kind: str) -> Promise:
    return CasePromise.objects.get(case=case, promise__kind=kind).promise


def a_commitment(**given: Any) -> Commitment:
    told = {"consequence": 2, "respond_min": 60, "restore_min": 480, "update_min": 240} | given
    row = Commitment(accountable=a_role(), **told)
    return set_commitments(commitments=[row], at=MONDAY, by=None)[0]


def act(verb: Any, case: Case, moment: datetime = MONDAY + HOUR, **given: Any) -> Any:
    return verb(cases=[case], happened_at=moment, at=LATER, by=None, **given)


class TestReporting:
    def test_a_report_makes_what_we_promise_by_the_commitment_elsewhere(self) -> None:
        a_commitment()
        case = a_case()
        dues = {one.promise.kind: one.promise.first_due for one in case.promises.all()}
        assert dues == {
            "respond": MONDAY + HOUR,
            "restore": MONDAY + 8 * HOUR,
            "update_customer": MONDAY + 4 * HOUR,
        }

    def test_the_cover_calendar_of_the_site_decides_in_the_zone_of_the_site(self) -> None:
        hours = working_time.Calendar.parse("Mon-Fri 9-17")
        office = add_calendar(name="Office", hours=hours, at=MONDAY, by=None)
        a_commitment(calendar=office, restore_min=16 * 60)
        rome, tokyo = (
            a_site(cover_calendar=office),
            a_site(cover_calendar=office, zone="Asia/Tokyo"),
        )
        reported = datetime(2024, 1, 1, 8, tzinfo=UTC)  # Monday, nine in Rome, seventeen in Tokyo
        cases = [a_case(site=site, reported_at=reported) for site in (rome, tokyo)]
        assert [promised(case, "restore").first_due for case in cases] == [
            datetime(2024, 1, 2, 16, tzinfo=UTC),
            datetime(2024, 1, 3, 8, tzinfo=UTC),
        ]

    def test_hours_without_a_commitment_have_that_of_elsewhere_in_the_zone_that_it_names(
        self,
    ) -> None:
        hours = working_time.Calendar.parse("Mon-Fri 9-17")
        told: dict[str, Any] = {"hours": hours, "at": MONDAY, "by": None}
        office, depot = (add_calendar(name=name, **told) for name in ("Office", "Depot"))
        a_commitment(respond_min=30)
        a_commitment(calendar=office, zone="Asia/Tokyo")
        reported = datetime(2024, 1, 1, 23, tzinfo=UTC)  # Tuesday, eight in Tokyo
        cases = [
            a_case(site=a_site(cover_calendar=one), reported_at=reported) for one in (depot, office)
        ]
        assert [promised(case, "respond").first_due for case in cases] == [
            reported + HOUR / 2,
            reported + 2 * HOUR,
        ]

    def test_another_consequence_is_promised_nothing_and_a_new_commitment_takes_its_place(
        self,
    ) -> None:
        a_commitment()
        assert not a_case(consequence=0).promises.exists()
        a_commitment(respond_min=30, restore_min=None, update_min=None)
        assert [one.promise.kind for one in a_case().promises.all()] == ["respond"]
        assert Commitment.objects.count() == 1

    def test_customer_and_site_of_a_named_asset_need_not_be_typed(self) -> None:
        asset, ward = an_asset(), a_site()
        placement = Placement(asset=asset, site=ward, from_at=MONDAY - DAY)
        place_assets(placements=[placement], at=MONDAY, by=None)
        asset.refresh_from_db()
        assert a_case(asset=asset).site == ward

    def test_a_report_says_what_is_wrong_and_is_not_of_tomorrow(self) -> None:
        with pytest.raises(NotACase, match="Say what is wrong"):
            a_case(" ")
        with pytest.raises(NotYet):
            a_case(reported_at=LATER)
        with pytest.raises(NotACase, match="needs the role"):
            a_case(accountable=None)
        with pytest.raises(NotACase, match="cannot have happened after"):
            a_case(occurred_at=MONDAY + HOUR)

    def test_a_case_is_found_by_its_number(self) -> None:
        one = a_case()
        for text in (one.number, one.number.lower(), str(one.pk)):
            assert list(Case.objects.numbered(text)) == [one]


class TestTheCourse:
    def test_answered_restored_and_confirmed_keeps_what_was_promised(self) -> None:
        a_commitment()
        case = a_case()
        act(acknowledge_cases, case, MONDAY + HOUR)
        act(start_work, case, MONDAY + 2 * HOUR)
        act(restore_cases, case, MONDAY + 3 * HOUR)
        assert promised(case, "restore").provisional
        act(close_cases, case, MONDAY + 4 * HOUR, confirmed=True)
        found = fresh(case)
        assert (found.state, found.closed_at) == (State.CLOSED, MONDAY + 4 * HOUR)
        stands = {one.promise.kind: one.promise.standing(LATER) for one in case.promises.all()}
        assert set(stands.values()) == {Standing.KEPT}
        assert not promised(case, "restore").provisional

    def test_refused_it_is_owed_again_and_the_date_did_not_wait(self) -> None:
        a_commitment()
        case = a_case()
        act(restore_cases, case, MONDAY + 3 * HOUR)
        act(refuse_restoration, case, MONDAY + 5 * HOUR, reason="It leaks again")
        assert (fresh(case).state, fresh(case).restored_at) == (State.IN_WORK, None)
        assert promised(case, "restore").standing(LATER) is Standing.BROKEN
        assert case.remarks.get().text == "It leaks again"
        with pytest.raises(NotRestored):
            act(confirm_cases, case, MONDAY + 6 * HOUR)
        with pytest.raises(NoReason):
            act(refuse_restoration, case, reason=" ")

    def test_waiting_for_the_customer_stops_the_clock_only_if_they_agree(self) -> None:
        a_commitment()
        agreed, ours = a_case(), a_case()
        act(wait_for, agreed, whom=WaitingOn.CUSTOMER, evidence="mail")
        act(wait_for, ours, whom=WaitingOn.PART)
        assert (fresh(ours).state, fresh(ours).waiting_on) == (State.IN_WORK, WaitingOn.PART)
        assert promised(agreed, "restore").left_s == 7 * 3600
        assert promised(ours, "restore").judged_due == MONDAY + 8 * HOUR
        for case in (agreed, ours):
            act(resume_cases, case, MONDAY + 3 * HOUR)
            assert fresh(case).waiting_on == WaitingOn.NOBODY
        assert promised(agreed, "restore").judged_due == MONDAY + 10 * HOUR
        assert promised(ours, "restore").judged_due == MONDAY + 8 * HOUR
        assert promised(ours, "respond").pauses.count() == 0

    def test_who_waits_already_and_has_the_customer_s_word_now_stops_the_clock(self) -> None:
        a_commitment()
        case = a_case()
        act(wait_for, case, whom=WaitingOn.PART)
        act(wait_for, case, MONDAY + 2 * HOUR, whom=WaitingOn.PART, evidence="mail")
        pause = promised(case, "restore").pauses.get()
        assert (pause.from_at, pause.acknowledged_at) == (MONDAY + HOUR, MONDAY + 2 * HOUR)

    def test_nothing_is_closed_while_something_is_owed(self) -> None:
        a_commitment()
        case = a_case()
        with pytest.raises(StillOwed, match="have the customer release it"):
            act(close_cases, case, confirmed=False)
        assert fresh(case).is_open

    def test_cancelled_its_promises_stay_owed(self) -> None:
        a_commitment()
        case = a_case()
        act(cancel_cases, case, reason="Asked twice")
        assert fresh(case).state == State.CANCELLED
        assert Promise.objects.owed().count() == 3
        with pytest.raises(CaseEnded, match="is cancelled; reopen it first"):
            act(start_work, case)

    def test_reopened_it_is_in_work_again_and_counted(self) -> None:
        case = a_case()
        with pytest.raises(NotEnded, match=r"is open \(reported\)"):
            act(reopen_cases, case)
        act(close_cases, case, confirmed=False)
        act(reopen_cases, case, MONDAY + 2 * DAY)
        assert (fresh(case).state, fresh(case).reopened) == (State.IN_WORK, 1)
        assert fresh(case).closed_at is None

    def test_nothing_happens_before_the_report_nor_after_now(self) -> None:
        case = a_case()
        with pytest.raises(BeforeReport, match="was reported on 2026-03-02 09:00"):
            act(start_work, case, MONDAY - HOUR)
        with pytest.raises(NotYet):
            act(start_work, case, LATER + HOUR)

    def test_a_milestone_is_logged_and_moves_nothing(self) -> None:
        case = a_case()
        act(note_milestone, case, word="diagnosed")
        act(note_milestone, case, word="resolved")
        assert [event.word for event in case.events.all()] == ["reported", "diagnosed", "resolved"]
        assert (fresh(case).state, fresh(case).resolved_at) == (State.REPORTED, MONDAY + HOUR)
        with pytest.raises(ValueError, match="has a verb of its own"):
            act(note_milestone, case, word="closed")

    def test_written_down_out_of_order_it_stands_as_time_had_it(self) -> None:
        case = a_case()
        act(restore_cases, case, MONDAY + 9 * HOUR)
        act(wait_for, case, MONDAY + 2 * HOUR, whom=WaitingOn.PART)
        assert (fresh(case).state, fresh(case).waiting_on) == (State.RESTORED, WaitingOn.NOBODY)

    def test_many_cases_are_one_row_of_the_journal(self) -> None:
        cases = [a_case() for _ in range(3)]
        start_work(cases=cases, happened_at=MONDAY, at=LATER, by=an_account())
        entry = Entry.objects.get(verb="cases.start_work")
        assert len(entry.keys["cases.case"]) == len(entry.keys["cases.caseevent"]) == 3


class TestNoting:
    def test_a_new_consequence_reaches_what_is_still_owed(self) -> None:
        a_commitment()
        case = a_case()
        act(acknowledge_cases, case)
        edit_case(case=fresh(case), changes={"consequence": 0}, seen=1, at=LATER, by=None)
        assert promised(case, "restore").consequence == 0
        assert promised(case, "respond").consequence == 2
        with pytest.raises(NotByForm, match="state: of a case this is not edited"):
            edit_case(case=fresh(case), changes={"state": "closed"}, seen=2, at=LATER, by=None)

    def test_corrected_by_hand_the_words_before_stay_and_promises_name_the_machine(self) -> None:
        a_commitment()
        case, pump = a_case(asset_is_unknown=True), an_asset()
        at_first: dict[str, Any] = {"at": LATER, "by": None}
        act(acknowledge_cases, case)
        was, known = case.about, {"asset": pump, "asset_is_unknown": False, "consequence": 0}
        correct_case(case=fresh(case), changes={"about": "It hums", **known}, seen=1, **at_first)
        found = fresh(case)
        assert (found.about, found.asset, found.consequence) == ("It hums", pump, 0)
        assert case.remarks.get().text == was
        assert [one.word for one in case.events.order_by("pk")][-2:] == ["reworded", "rated"]
        assert promised(case, "restore").asset == pump and promised(case, "respond").asset is None
        again = {"about": "It hums", "detail": ""}
        correct_case(case=fresh(case), changes=again, seen=2, **at_first)
        assert case.remarks.count() == 1, "what is as it was is no correction"
        with pytest.raises(Edited, match="It differs from yours in: detail"):
            correct_case(case=fresh(case), changes={"detail": "loud"}, seen=1, **at_first)

    def test_how_it_failed_is_coded(self) -> None:
        case = a_case()
        code_case(case=case, codes={"failure_mode": "ELP"}, seen=1, at=LATER, by=None)
        assert fresh(case).failure_mode == "ELP"
        with pytest.raises(NotByForm):
            code_case(case=case, codes={"about": "x"}, seen=2, at=LATER, by=None)

    def test_to_tell_the_customer_keeps_the_promise_of_the_next_contact(self) -> None:
        a_commitment()
        case = a_case(customer=a_customer())
        heard = ContactLog(at=MONDAY + HOUR, channel="phone", from_customer=True, about="When?")
        log_contact(case=case, told=heard, at=LATER, by=None)
        assert promised(case, "update_customer").is_owed
        said = ContactLog(at=MONDAY + 2 * HOUR, channel="phone", about="Tonight")
        log_contact(case=case, told=said, at=LATER, by=None)
        assert promised(case, "update_customer").standing(LATER) is Standing.KEPT
        assert case.contact_log.count() == 2

    def test_a_promise_said_in_a_case_has_what_the_case_has(self) -> None:
        case = a_case(customer=a_customer(), consequence=1, owner=a_person())
        row = promise_row(accountable=None, about="send a photo")
        (made,) = promise_in_case(case=case, promises=[row], at=MONDAY, by=None)
        assert (made.customer_id, made.consequence) == (case.customer_id, 1)
        assert (made.owner_id, made.accountable_id) == (case.owner_id, case.accountable_id)

    def test_a_note_is_kept(self) -> None:
        case = a_case()
        remark_on_cases(cases=[case], text="Gate code 12", at=LATER, by=None)
        assert case.remarks.get().text == "Gate code 12"

    def test_downtime_begins_and_ends_once(self) -> None:
        row = Downtime(asset=an_asset(), from_at=MONDAY, planned=False, cause="pump")
        (down,) = record_downtimes(downtimes=[row], at=LATER, by=None)
        with pytest.raises(NotDown, match="went down later"):
            end_downtimes(downtimes=[down], until_at=MONDAY - HOUR, at=LATER, by=None)
        end_downtimes(downtimes=[down], until_at=MONDAY + HOUR, at=LATER, by=None)
        with pytest.raises(NotDown, match="has worked again since"):
            end_downtimes(downtimes=[down], until_at=LATER, at=LATER, by=None)
        with pytest.raises(NotYet):
            late = Downtime(asset=down.asset, from_at=LATER + timedelta(days=1))
            record_downtimes(downtimes=[late], at=LATER, by=None)
