"""Sixteen writers who want the same promises: one gets each, none is lost."""

import pytest

from builders import HOUR, MONDAY, a_person, a_promise
from record.at_once import at_once
from wellkept.record.journal.models import Entry
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.actions import (
    OwnedByAnother,
    Settled,
    keep_promises,
    take_promises,
)
from wellkept.record.promises.models import Promise, PromiseEvent

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
