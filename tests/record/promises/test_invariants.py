"""Whatever the verbs do: the first date stays, what is derived can be derived again."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import DAY, HOUR, MONDAY, a_person, a_promise
from databases import undone
from wellkept.methods import working_time
from wellkept.record.calendars.actions import add_calendar
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.actions import (
    acknowledge_pauses,
    end_promises,
    keep_promises,
    move_promises,
    offer_promises,
    pause_promises,
    release_promises,
    resume_promises,
    take_back_fulfilment,
    take_promises,
    void_promises,
)
from wellkept.record.promises.models import Pause, Promise, PromiseEvent, PromiseMove
from wellkept.record.promises.reckoning import project, readings
from wellkept.record.promises.rules import FAILED, Standing

pytestmark = pytest.mark.usefixtures("record")
examples = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
ACTS = (
    "move",
    "wish",
    "pause",
    "agree",
    "resume",
    "keep",
    "back",
    "end",
    "release",
    "take",
    "void",
)
OURS = ("move", "pause", "resume", "take", "offer")
deeds = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 30)), max_size=8)
our_deeds = st.lists(st.tuples(st.sampled_from(OURS), st.integers(1, 30)), max_size=8)


def do(act: str, one: Promise, hour: int, at: datetime) -> None:
    """Do something to a promise, some hours after it was made; a refusal leaves it as it was."""
    moment = MONDAY + hour * HOUR
    told: dict[str, Any] = {"at": at, "by": None}
    move = PromiseMove(promise=one, new_due=MONDAY + (hour + 3) * HOUR, asked_by="us", at=moment)
    wish = PromiseMove(promise=one, new_due=MONDAY + (hour + 9) * HOUR, at=moment)
    wish.asked_by, wish.evidence = "customer", "mail"
    pause = Pause(promise=one, from_at=moment, waited_for="part")
    waiting = list(one.pauses.all())
    verbs: dict[str, Any] = {
        "move": lambda: move_promises(moves=[move], **told),
        "wish": lambda: move_promises(moves=[wish], **told),
        "pause": lambda: pause_promises(pauses=[pause], **told),
        "agree": lambda: acknowledge_pauses(
            pauses=waiting, acknowledged_at=moment, evidence="mail", **told
        ),
        "resume": lambda: resume_promises(promises=[one], until_at=moment, **told),
        "keep": lambda: keep_promises(promises=[one], fulfilled_at=moment, **told),
        "back": lambda: take_back_fulfilment(promises=[one], reason="no", **told),
        "end": lambda: end_promises(promises=[one], ended_at=moment, reason="sold", **told),
        "release": lambda: release_promises(
            promises=[one], released_at=moment, evidence="mail", **told
        ),
        "take": lambda: take_promises(promises=[one], person=a_person(), **told),
        "offer": lambda: offer_promises(promises=[one], to=a_person(), **told),
        "void": lambda: void_promises(promises=[one], reason="twice", **told),
    }
    with suppress(Refusal), transaction.atomic():
        verbs[act]()


def office() -> Any:
    hours = working_time.Calendar.parse("Mon-Fri 9-12 13-18")
    return add_calendar(name="Office", hours=hours, at=MONDAY, by=None)


@examples
@given(deeds, st.booleans())
def test_after_any_deeds_the_first_date_stays_and_derived_dates_can_be_derived_again(
    record: Any, what: list[tuple[str, int]], by_calendar: bool
) -> None:
    with undone(record):
        one = a_promise(8 * HOUR, calendar=office() if by_calendar else None)
        logged = 0
        for number, (act, hour) in enumerate(what):
            do(act, one, hour, MONDAY + 3 * DAY + number * HOUR)
            count = PromiseEvent.objects.filter(promise=one).count()
            assert count >= logged
            logged = count
        stored = Promise.objects.get(pk=one.pk)
        assert stored.first_due == one.first_due
        again = Promise.objects.get(pk=one.pk)
        project([again])
        for name in ("current_due", "judged_due", "left_s"):
            assert getattr(again, name) == getattr(stored, name), name


@examples
@given(our_deeds, st.integers(1, 60))
def test_no_deed_of_ours_but_to_keep_it_improves_how_a_promise_stands(
    record: Any, what: list[tuple[str, int]], hour: int
) -> None:
    with undone(record):
        touched, left_alone = a_promise(8 * HOUR), a_promise(8 * HOUR)
        for number, (act, when) in enumerate(what):
            do(act, touched, when, MONDAY + 3 * DAY + number * HOUR)
        now = MONDAY + hour * HOUR
        stands = [Promise.objects.get(pk=p.pk).standing(now) for p in (touched, left_alone)]
        assert stands[0] is stands[1]


@examples
@given(deeds, st.integers(0, 60))
def test_what_is_owed_past_its_judged_date_is_broken(
    record: Any, what: list[tuple[str, int]], hour: int
) -> None:
    with undone(record):
        one = a_promise(8 * HOUR)
        for number, (act, when) in enumerate(what):
            do(act, one, when, MONDAY + 3 * DAY + number * HOUR)
        now = MONDAY + hour * HOUR
        found = Promise.objects.get(pk=one.pk)
        past = found.is_owed and found.judged_due is not None and found.judged_due <= now
        assert past == (found.standing(now) is Standing.BROKEN)
        assert past == Promise.objects.broken(now).filter(pk=one.pk).exists()
        assert Promise.objects.failed(now).exists() == (found.standing(now) in FAILED)


@examples
@given(deeds, st.integers(0, 40), st.integers(0, 40))
def test_the_customer_clock_is_never_behind_the_promise_clock_and_neither_runs_back(
    record: Any, what: list[tuple[str, int]], first: int, more: int
) -> None:
    with undone(record):
        one = a_promise(8 * HOUR, calendar=office())
        for number, (act, when) in enumerate(what):
            do(act, one, when, MONDAY + 3 * DAY + number * HOUR)
        found = Promise.objects.get(pk=one.pk)
        early = readings([found], MONDAY + first * HOUR)[one.pk]
        late = readings([found], MONDAY + (first + more) * HOUR)[one.pk]
        assert early.customer_clock_s is not None
        assert late.customer_clock_s is not None
        assert early.customer_clock_s <= late.customer_clock_s
        assert 0 <= (late.promise_clock_s or 0) <= late.customer_clock_s


def test_what_happened_to_a_promise_cannot_be_changed_nor_removed(record: Any) -> None:
    one = a_promise(fulfilled_at=MONDAY)
    table = "promises_promiseevent"
    for change in (f"update {table} set word = 'kept'", f"delete from {table}"):
        refused = pytest.raises(DatabaseError, match="append-only: what happened stays")
        with refused, transaction.atomic(), record.cursor() as cursor:
            cursor.execute(change)
    assert one.events.count() == 1


def test_a_promise_that_something_points_to_is_never_deleted() -> None:
    one = a_promise(fulfilled_at=MONDAY + timedelta(hours=1))
    with pytest.raises(ProtectedError):
        one.delete()
