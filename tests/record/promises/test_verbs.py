"""What can happen to a promise: kept, moved, told, paused, released; each refusal is a sentence."""

from datetime import UTC, datetime
from typing import Any

import pytest

from builders import (
    DAY,
    HOUR,
    MONDAY,
    a_contact,
    a_customer,
    a_person,
    a_promise,
    a_site,
    an_account,
)
from wellkept.methods import working_time
from wellkept.record.access.editing import Edited
from wellkept.record.calendars.actions import add_calendar
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.models import Entry
from wellkept.record.promises.actions import (
    NobodyToTell,
    NoReason,
    NotByForm,
    NotFailed,
    NotFulfilled,
    NotMoved,
    NotPaused,
    NotYet,
    Settled,
    TooEarly,
    acknowledge_pauses,
    annotate_cause,
    confirm_fulfilment,
    correct_promise,
    edit_promise,
    end_promises,
    keep_promises,
    move_promises,
    offer_promises,
    pause_promises,
    rate_promises,
    release_promises,
    remark_on,
    resume_promises,
    take_back_fulfilment,
    tell_customer,
    void_promises,
)
from wellkept.record.promises.models import ContactLog, Pause, Promise, PromiseMove
from wellkept.record.promises.reckoning import readings
from wellkept.record.promises.rules import Cause, Standing

pytestmark = pytest.mark.usefixtures("record")
DUE = MONDAY + 4 * HOUR
LATER = MONDAY + 2 * DAY


def fresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


def a_move(promise: Promise, hours: float = 24, **given: Any) -> PromiseMove:
    told = {"asked_by": "us", "new_due": DUE + hours * HOUR, "at": MONDAY + HOUR} | given
    return PromiseMove(promise=promise, **told)


def move(promise: Promise, hours: float = 24, at: datetime = LATER, **given: Any) -> PromiseMove:
    return move_promises(moves=[a_move(promise, hours, **given)], at=at, by=None)[0]


def pause(promise: Promise, at: datetime = LATER, **given: Any) -> Pause:
    told = {"from_at": MONDAY + HOUR, "waited_for": "customer"} | given
    return pause_promises(pauses=[Pause(promise=promise, **told)], at=at, by=None)[0]


def words(promise: Promise) -> list[str]:
    return [event.word for event in promise.events.order_by("pk")]


class TestKeeping:
    def test_kept_in_time_is_kept_and_kept_late_is_late(self) -> None:
        in_time, late = a_promise(), a_promise()
        moments = {in_time.pk: DUE, late.pk: DUE + HOUR}
        keep_promises(promises=[in_time, late], fulfilled_at=moments, at=LATER, by=None)
        assert fresh(in_time).standing(LATER) is Standing.KEPT
        assert fresh(late).standing(LATER) is Standing.LATE

    def test_many_at_once_are_one_row_of_the_journal(self) -> None:
        alma = an_account()
        rows = [a_promise() for _ in range(5)]
        keep_promises(promises=rows, fulfilled_at=DUE, at=LATER, by=alma)
        entry = Entry.objects.get(verb="promises.keep_promises")
        assert entry.keys == {"promises.promise": sorted(one.pk for one in rows)}
        assert entry.by == alma.pk

    def test_what_is_settled_is_not_settled_again_and_the_batch_stays_untouched(self) -> None:
        kept, owed = a_promise(fulfilled_at=DUE), a_promise()
        with pytest.raises(Settled, match=rf"{kept.number} is settled: it was fulfilled on 2026"):
            keep_promises(promises=[owed, kept], fulfilled_at=DUE, at=LATER, by=None)
        assert fresh(owed).is_owed

    def test_tomorrow_has_not_come_and_nothing_ends_before_it_is_made(self) -> None:
        with pytest.raises(NotYet, match="would be in the future"):
            keep_promises(promises=[a_promise()], fulfilled_at=LATER, at=DUE, by=None)
        with pytest.raises(TooEarly, match="cannot end on 2026-03-02 08:00"):
            keep_promises(promises=[a_promise()], fulfilled_at=MONDAY - HOUR, at=DUE, by=None)

    def test_taken_back_it_is_owed_again_and_the_date_did_not_wait(self) -> None:
        one = a_promise()
        keep_promises(promises=[one], fulfilled_at=DUE, provisional=True, at=DUE, by=None)
        take_back_fulfilment(promises=[one], reason="It leaks again", at=LATER, by=None)
        assert fresh(one).standing(LATER) is Standing.BROKEN
        assert words(one) == ["fulfilled", "taken_back"]
        assert one.remarks.get().text == "It leaks again"

    def test_what_the_customer_had_confirmed_is_confirmed_no_longer_once_taken_back(self) -> None:
        one = a_promise()
        keep_promises(promises=[one], fulfilled_at=DUE, at=DUE, by=None)
        confirm_fulfilment(promises=[one], at=DUE, by=None)
        take_back_fulfilment(promises=[one], reason="It leaks again", at=LATER, by=None)
        assert fresh(one).confirmed_at is None

    def test_kept_it_waits_for_nobody_s_answer(self) -> None:
        one = a_promise()
        offer_promises(promises=[one], to=a_person(), at=MONDAY, by=None)
        keep_promises(promises=[one], fulfilled_at=DUE, at=DUE, by=None)
        assert (fresh(one).offered_to, fresh(one).offered_at) == (None, None)

    def test_confirmed_it_is_provisional_no_longer(self) -> None:
        one = a_promise()
        keep_promises(promises=[one], fulfilled_at=DUE, provisional=True, at=DUE, by=None)
        confirm_fulfilment(promises=[one], at=LATER, by=None)
        assert (fresh(one).provisional, fresh(one).confirmed_at) == (False, LATER)

    def test_what_was_not_fulfilled_cannot_be_taken_back(self) -> None:
        with pytest.raises(NotFulfilled, match="was not fulfilled"):
            take_back_fulfilment(promises=[a_promise()], reason="?", at=LATER, by=None)


class TestEnding:
    def test_only_with_evidence_does_the_customer_release(self) -> None:
        one = a_promise()
        with pytest.raises(NoReason, match="Only the customer releases"):
            release_promises(promises=[one], released_at=MONDAY, evidence=" ", at=LATER, by=None)
        release_promises(promises=[one], released_at=DUE, evidence="mail", at=LATER, by=None)
        assert fresh(one).standing(LATER) is Standing.RELEASED

    def test_a_release_after_the_date_leaves_the_failure(self) -> None:
        one = a_promise()
        release_promises(promises=[one], released_at=LATER, evidence="mail", at=LATER, by=None)
        assert fresh(one).standing(LATER) is Standing.NEVER
        assert Promise.objects.failed(LATER).get() == one
        assert not Promise.objects.broken(LATER)

    def test_given_up_it_was_never_kept_even_before_its_date(self) -> None:
        one = a_promise()
        end_promises(promises=[one], ended_at=MONDAY, reason="scrapped", at=MONDAY, by=None)
        assert fresh(one).standing(MONDAY) is Standing.NEVER

    def test_a_cause_annotates_a_failure_and_changes_nothing(self) -> None:
        one, fine = a_promise(), a_promise(9 * DAY)
        annotate_cause(promises=[one], cause=Cause.PART, at=LATER, by=None)
        assert (fresh(one).cause, fresh(one).standing(LATER)) == ("part", Standing.BROKEN)
        with pytest.raises(NotFailed, match="still open"):
            annotate_cause(promises=[fine], cause=Cause.PART, at=LATER, by=None)


class TestMoving:
    def test_a_move_of_ours_changes_what_we_say_and_not_what_we_are_judged_by(self) -> None:
        one = a_promise()
        made = move(one, 24)
        assert made.old_due == DUE
        assert (fresh(one).current_due, fresh(one).judged_due) == (DUE + DAY, DUE)
        assert fresh(one).first_due == DUE
        assert words(one) == ["moved"]

    def test_who_asked_is_unknown_counts_as_ours(self) -> None:
        one = a_promise()
        move(one, 24, asked_by="unknown")
        assert fresh(one).judged_due == DUE

    def test_a_move_that_the_customer_asked_for_needs_evidence_and_then_counts(self) -> None:
        one = a_promise()
        with pytest.raises(NoReason, match="say how we know"):
            move(one, 24, asked_by="customer")
        move(one, 24, asked_by="customer", evidence="call with Dr Rossi")
        assert fresh(one).judged_due == DUE + DAY

    def test_several_moves_of_one_promise_follow_each_other(self) -> None:
        one = a_promise()
        rows = [
            a_move(one, 48, at=MONDAY + 2 * HOUR, asked_by="customer", evidence="mail"),
            a_move(one, 24, at=MONDAY + HOUR),
        ]
        move_promises(moves=rows, at=LATER, by=None)
        assert [(m.old_due, m.new_due) for m in one.moves.all()] == [
            (DUE, DUE + DAY),
            (DUE + DAY, DUE + 2 * DAY),
        ]
        assert fresh(one).judged_due == DUE + DAY

    def test_a_move_to_the_same_moment_is_none(self) -> None:
        with pytest.raises(NotMoved, match="due at that moment already"):
            move(a_promise(), 0)

    def test_what_was_settled_cannot_be_moved_after_but_history_can_be_written(self) -> None:
        one = a_promise(fulfilled_at=DUE)
        with pytest.raises(Settled, match="it was fulfilled"):
            move_promises(moves=[a_move(one, 24, at=DUE + HOUR)], at=LATER, by=None)
        move(one, 24)
        assert fresh(one).current_due == DUE + DAY

    def test_the_customer_told_of_a_promise_is_told_of_its_moves(self) -> None:
        nord, mill = a_customer("Clinic Nord"), a_customer("Mill East")
        first, second = a_promise(customer=nord), a_promise(customer=mill)
        move(first, 24)
        told = ContactLog(at=DUE - HOUR, channel="phone", contact=a_contact(customer=nord))
        notices = tell_customer(promises=[first, second], told=told, at=LATER, by=None)
        assert [notice.in_time for notice in notices] == [True, True]
        assert first.moves.get().told_at == DUE - HOUR
        assert nord.contact_log.count() == mill.contact_log.count() == 1

    def test_a_call_tells_of_no_move_that_came_after_it(self) -> None:
        one = a_promise(customer=a_customer())
        rows = [a_move(one, 24), a_move(one, 48, at=MONDAY + 3 * HOUR)]
        move_promises(moves=rows, at=LATER, by=None)
        told = ContactLog(at=MONDAY + 2 * HOUR, channel="phone")
        tell_customer(promises=[one], told=told, at=LATER, by=None)
        assert [known.told_at for known in one.moves.order_by("at")] == [told.at, None]

    def test_told_after_the_date_is_told_too_late(self) -> None:
        one = a_promise(customer=a_customer())
        told = ContactLog(at=LATER, channel="mail")
        (notice,) = tell_customer(promises=[one], told=told, at=LATER, by=None)
        assert not notice.in_time

    def test_nobody_can_be_told_of_a_promise_without_a_customer(self) -> None:
        told = ContactLog(at=MONDAY, channel="mail")
        with pytest.raises(NobodyToTell, match="names no customer"):
            tell_customer(promises=[a_promise()], told=told, at=LATER, by=None)


class TestPausing:
    def test_a_pause_of_ours_is_shown_and_moves_nothing(self) -> None:
        one = a_promise()
        pause(one, waited_for="part")
        assert fresh(one).judged_due == DUE
        assert one.pauses.count() == 1

    def test_while_an_agreed_pause_runs_working_time_is_left_instead_of_a_date(self) -> None:
        one = a_promise()
        pause(one, acknowledged_at=MONDAY + HOUR, evidence="mail")
        assert (fresh(one).judged_due, fresh(one).left_s) == (None, 3 * 3600)
        assert list(Promise.objects.paused()) == [one]
        assert fresh(one).standing(LATER) is Standing.OPEN
        resume_promises(promises=[one], until_at=MONDAY + 3 * HOUR, at=LATER, by=None)
        assert fresh(one).judged_due == fresh(one).current_due == DUE + 2 * HOUR

    def test_agreed_to_in_time_though_written_down_later_it_counts(self) -> None:
        one = a_promise()
        waiting = pause(one, until_at=MONDAY + 2 * HOUR)
        acknowledge_pauses(
            pauses=[waiting], acknowledged_at=MONDAY + HOUR, evidence="mail", at=LATER, by=None
        )
        assert fresh(one).judged_due == DUE + HOUR

    def test_by_calendar_in_the_zone_of_the_site_the_reference_case_is_due_on_wednesday(
        self,
    ) -> None:
        hours = working_time.Calendar.parse("Mon-Fri 9-17")
        office = add_calendar(name="Office", hours=hours, at=MONDAY, by=None)
        monday = datetime(2024, 1, 1, 8, tzinfo=UTC)  # nine o'clock in Rome
        one = a_promise(
            made_at=monday,
            first_due=datetime(2024, 1, 2, 16, tzinfo=UTC),
            calendar=office,
            site=a_site(),
            target_s=16 * 3600,
        )
        pause(one, from_at=monday + HOUR, until_at=monday + 9.5 * HOUR,
              acknowledged_at=monday + HOUR, evidence="mail")  # fmt: skip
        assert fresh(one).judged_due == datetime(2024, 1, 3, 15, tzinfo=UTC)
        reading = readings([fresh(one)], datetime(2024, 1, 3, 9, tzinfo=UTC))[one.pk]
        assert reading.customer_clock_s == 49 * 3600
        assert reading.promise_clock_s == (1 + 8 + 1) * 3600
        assert reading.left_s == 6 * 3600

    def test_it_is_paused_once_and_resumed_once(self) -> None:
        one = a_promise()
        with pytest.raises(NotPaused, match="is not paused"):
            resume_promises(promises=[one], until_at=DUE, at=LATER, by=None)
        pause(one)
        with pytest.raises(NotPaused, match="began later"):
            resume_promises(promises=[one], until_at=MONDAY, at=LATER, by=None)

    def test_nobody_is_waited_for_from_or_until_a_moment_to_come(self) -> None:
        one = a_promise()
        with pytest.raises(NotYet, match="Pausing a promise at"):
            pause(one, at=MONDAY, from_at=MONDAY + HOUR)
        with pytest.raises(NotYet, match="Resuming a promise at"):
            pause(one, at=MONDAY + 2 * HOUR, until_at=DUE)

    def test_fulfilled_while_it_waits_the_pause_ends_and_there_is_a_date_to_judge_by(self) -> None:
        one = a_promise()
        pause(one, acknowledged_at=MONDAY + HOUR, evidence="mail")
        keep_promises(promises=[one], fulfilled_at=LATER, at=LATER, by=None)
        assert fresh(one).judged_due == LATER + 3 * HOUR
        assert fresh(one).standing(LATER) is Standing.KEPT
        assert one.pauses.get().until_at == LATER


class TestEditing:
    def test_a_form_changes_the_words_and_never_a_date(self) -> None:
        alma, one = an_account(), a_promise()
        edit_promise(promise=one, changes={"about": "send the report"}, seen=1, at=LATER, by=alma)
        assert (fresh(one).about, fresh(one).version) == ("send the report", 2)
        with pytest.raises(NotByForm, match="first due: of a promise this is not edited"):
            edit_promise(promise=one, changes={"first_due": LATER}, seen=2, at=LATER, by=alma)

    def test_words_corrected_by_hand_leave_in_the_log_what_stood_there(self) -> None:
        alma, one = an_account(), a_promise()
        was = one.about
        given = {"about": "send the report", "consequence": Consequence.SAFETY.value}
        told: dict[str, Any] = {"at": LATER, "by": alma}
        correct_promise(promise=one, changes=given, seen=1, **told)
        assert (fresh(one).about, fresh(one).consequence) == ("send the report", 0)
        assert words(one) == ["reworded", "rated"]
        assert one.remarks.get().pk == one.events.earliest("pk").detail
        assert one.remarks.get().text == was
        correct_promise(promise=one, changes=given, seen=2, **told)
        assert words(one) == ["reworded", "rated"], "what is as it was is no correction"
        with pytest.raises(Edited, match="It differs from yours in: about"):
            correct_promise(promise=fresh(one), changes={"about": "ring"}, seen=1, **told)
        end_promises(promises=[one], ended_at=LATER, reason="no part", **told)
        with pytest.raises(Settled):
            correct_promise(promise=fresh(one), changes={"consequence": 3}, seen=2, **told)
        correct_promise(promise=fresh(one), changes={"about": "ring"}, seen=2, **told)
        void_promises(promises=[one], reason="a slip", **told)
        with pytest.raises(Settled):
            correct_promise(promise=fresh(one), changes={"about": "call"}, seen=3, **told)
        assert fresh(one).about == "ring"

    def test_rated_anew_and_remarked_on(self) -> None:
        one = a_promise()
        rate_promises(promises=[one], consequence=Consequence.SAFETY, at=LATER, by=None)
        remark_on(promises=[one], text="Ask for the night number", at=LATER, by=None)
        assert fresh(one).consequence == Consequence.SAFETY
        assert words(one) == ["rated", "remarked"]
