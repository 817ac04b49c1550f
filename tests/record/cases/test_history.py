"""Tying promises to the cases that made them, and changing what is promised."""

from typing import Any

import pytest

from builders import MONDAY, a_case, a_promise, a_role
from wellkept.record.access.editing import Edited
from wellkept.record.access.verbs import NotTrue
from wellkept.record.cases.actions import edit_commitment, set_commitments, tie_promises
from wellkept.record.cases.models import CasePromise, Commitment
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.promises.actions import NotAPromise


def test_a_promise_made_before_is_tied_to_its_case_and_stays_as_it_was(record: Any) -> None:
    case, promise = a_case(), a_promise()
    (link,) = tie_promises(links=[CasePromise(case=case, promise=promise)], at=MONDAY, by=None)
    assert case.promises.get() == link
    before = promise.owner_id, promise.version
    promise.refresh_from_db()
    assert (promise.owner_id, promise.version) == before


def test_a_promise_belongs_to_one_case(record: Any) -> None:
    promise = a_promise()
    tie_promises(links=[CasePromise(case=a_case(), promise=promise)], at=MONDAY, by=None)
    with pytest.raises(NotTrue):
        tie_promises(links=[CasePromise(case=a_case(), promise=promise)], at=MONDAY, by=None)


def a_commitment() -> Commitment:
    """Have a commitment for whoever stands still."""
    fresh = Commitment(consequence=Consequence.PRODUCTION_STOPPED.value, respond_min=60,
                       accountable=a_role())  # fmt: skip
    return set_commitments(commitments=[fresh], at=MONDAY, by=None)[0]


def test_a_commitment_edited_by_two_is_not_lost_in_silence(record: Any) -> None:
    one, two = a_commitment(), Commitment.objects.get()
    edit_commitment(commitment=one, changes={"respond_min": 30}, seen=1, at=MONDAY, by=None)
    with pytest.raises(Edited) as refused:
        edit_commitment(commitment=two, changes={"respond_min": 45}, seen=1, at=MONDAY, by=None)
    (differs,) = refused.value.differs
    assert (differs.now, differs.yours) == (30, 45)
    assert Commitment.objects.get().respond_min == 30


def test_whom_a_commitment_is_for_does_not_change(record: Any) -> None:
    changes = {"consequence": Consequence.SAFETY.value}
    with pytest.raises(NotAPromise, match="add another one"):
        edit_commitment(commitment=a_commitment(), changes=changes, seen=1, at=MONDAY, by=None)
