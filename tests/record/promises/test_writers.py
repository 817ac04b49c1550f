"""Sixteen writers who want the same promises: one gets each, none is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from builders import HOUR, MONDAY, a_customer, a_person, a_promise
from record.at_once import at_once
from wellkept.record.journal.models import Entry
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.actions import (
    OwnedByAnother,
    Settled,
    accept_promises,
    assign_promises,
    correct_date,
    edit_promise,
    end_promises,
    keep_promises,
    move_promises,
    offer_promises,
    pause_promises,
    release_promises,
    resume_promises,
    take_promises,
    tell_customer,
)
from wellkept.record.promises.models import ContactLog, Pause, Promise, PromiseEvent, PromiseMove
from wellkept.record.promises.reckoning import project

WRITERS = 16
pytestmark = pytest.mark.usefixtures("committed")
NOW = MONDAY + HOUR


def test_of_sixteen_who_take_the_same_promises_one_has_all_and_the_others_are_told_who() -> None:
    people = [a_person(f"Person {number}") for number in range(WRITERS)]
    promises = [a_promise() for _ in range(5)]

    def take(number: int) -> None:
        mine = promises if number % 2 else promises[::-1]
        take_promises(promises=mine, person=people[number], at=NOW, by=None)

    refused = at_once(take)
    assert [type(problem) for problem in refused] == [OwnedByAnother] * (WRITERS - 1)
    owners = set(Promise.objects.values_list("owner", flat=True))
    assert len(owners) == 1
    assert PromiseEvent.objects.filter(word="taken").count() == 5
    assert Entry.objects.filter(verb="promises.take_promises").count() == 1


def test_of_sixteen_who_keep_the_same_promises_one_does_and_the_others_hear_that_it_is_done() -> (
    None
):
    promises = [a_promise() for _ in range(5)]

    def keep(number: int) -> None:
        mine = promises if number % 2 else promises[::-1]
        keep_promises(promises=mine, fulfilled_at=NOW, at=NOW, by=None)

    refused = at_once(keep)
    assert [type(problem) for problem in refused] == [Settled] * (WRITERS - 1)
    assert PromiseEvent.objects.filter(word="fulfilled").count() == 5
    assert not Promise.objects.owed()


def test_sixteen_who_keep_what_overlaps_leave_each_promise_kept_once() -> None:
    promises = [a_promise() for _ in range(WRITERS + 1)]

    def keep(number: int) -> None:
        for one in promises[number : number + 2]:
            try:
                keep_promises(promises=[one], fulfilled_at=NOW, at=NOW, by=None)
            except Refusal as problem:
                assert isinstance(problem, Settled)  # the neighbour was faster

    assert at_once(keep) == []
    assert PromiseEvent.objects.filter(word="fulfilled").count() == WRITERS + 1


def test_sixteen_who_do_different_things_to_one_promise_leave_what_one_by_one_could() -> None:
    """Each deed is done whole or refused in a sentence; dates follow from the rows that stand."""
    one = a_promise(customer=a_customer())
    bruno, carla, at = a_person("Bruno"), a_person("Carla"), NOW
    told: dict[str, Any] = {"at": at, "by": None}
    mine: dict[str, Any] = {"promises": [one], **told}

    def moved(by: str, hours: int) -> None:
        move = PromiseMove(promise=one, new_due=MONDAY + hours * HOUR, asked_by=by, evidence="mail")
        move_promises(moves=[move], **told)

    def paused(agreed: bool) -> None:
        pause = Pause(promise=one, from_at=MONDAY, waited_for="part", evidence="mail")
        pause.acknowledged_at = MONDAY if agreed else None
        pause_promises(pauses=[pause], **told)

    deeds: list[Callable[[], object]] = [
        lambda: take_promises(person=bruno, **mine),
        lambda: assign_promises(person=carla, **mine),
        lambda: offer_promises(to=carla, **mine),
        lambda: accept_promises(person=carla, **mine),
        lambda: moved("customer", 30),
        lambda: moved("us", 50),
        lambda: moved("customer", 70),
        lambda: paused(True),
        lambda: paused(False),
        lambda: resume_promises(until_at=at, **mine),
        lambda: tell_customer(told=ContactLog(at=at, channel="phone"), **mine),
        lambda: correct_date(promise=one, first_due=MONDAY + 9 * HOUR, reason="typo", **told),
        lambda: keep_promises(fulfilled_at=at, **mine),
        lambda: release_promises(released_at=at, evidence="mail", **mine),
        lambda: end_promises(ended_at=at, reason="sold", **mine),
        lambda: edit_promise(promise=one, changes={"about": "ring"}, seen=1, **told),
    ]
    refused = at_once(lambda number: deeds[number]())
    assert [problem for problem in refused if not isinstance(problem, Refusal)] == []
    stands = Promise.objects.get(pk=one.pk)
    ends = (stands.fulfilled_at, stands.released_at, stands.ended_at)
    assert len([end for end in ends if end is not None]) == 1
    assert stands.offered_to is None and stands.about == "ring"
    again = Promise.objects.get(pk=one.pk)
    project([again])
    for name in ("current_due", "judged_due", "left_s"):
        assert getattr(again, name) == getattr(stands, name), name
    words = list(PromiseEvent.objects.filter(promise=one).values_list("word", flat=True))
    assert words.count("moved") == one.moves.count()
    assert words.count("paused") == one.pauses.count() <= 2
