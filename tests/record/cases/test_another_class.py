"""What becomes of promises when it is said later what a stop means."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import HOUR, MONDAY, a_case
from record.cases.test_cases import LATER, a_commitment, act, fresh, promised
from wellkept.record.cases.actions import acknowledge_cases, correct_case, restore_cases
from wellkept.record.cases.models import CaseExternalId, CasePromise
from wellkept.record.promises.actions import move_promises
from wellkept.record.promises.models import Promise, PromiseMove
from wellkept.record.promises.rules import AskedBy, Standing

pytestmark = pytest.mark.usefixtures("record")


def test_what_another_class_promises_is_promised_from_the_report_on() -> None:
    a_commitment(consequence=2, restore_min=480)
    a_commitment(consequence=1, respond_min=30, restore_min=240, update_min=None)
    case = a_case()
    was = {one.promise.kind: one.promise for one in case.promises.all()}
    act(acknowledge_cases, case)
    told: dict[str, Any] = {"at": LATER, "by": None}
    (new,) = correct_case(case=fresh(case), changes={"consequence": 1}, seen=1, **told)
    assert (new.kind, new.first_due, new.made_at) == ("restore", MONDAY + 4 * HOUR, MONDAY)
    restore, respond, update = (
        Promise.objects.get(pk=was[kind].pk) for kind in ("restore", "respond", "update_customer")
    )
    assert restore.standing(LATER) is Standing.VOID and new.number in restore.voided_reason
    assert respond.standing(LATER) is Standing.KEPT, "what was answered stays"
    assert update.is_owed and update.consequence == 1, "what was given is not taken back"
    assert correct_case(case=fresh(case), changes={"consequence": 2}, seen=2, **told) == []
    new.refresh_from_db()
    assert new.is_owed, "a lesser class does not release us"
    act(restore_cases, case)
    assert promised(case, "update_customer").is_owed and not fresh(case).promises.filter(
        promise__kind="restore", promise__voided_at=None, promise__fulfilled_at=None
    ).exists()  # fmt: skip


def test_another_class_leaves_what_was_moved_and_what_was_brought_over() -> None:
    a_commitment(consequence=2)
    a_commitment(consequence=0, respond_min=None, restore_min=60, update_min=None)
    told: dict[str, Any] = {"at": MONDAY + HOUR, "by": None}
    for who, many in ((AskedBy.CUSTOMER, 0), (AskedBy.US, 1)):
        case = a_case()
        move = PromiseMove(
            promise=promised(case, "restore"),
            new_due=MONDAY + 30 * HOUR,
            asked_by=who.value,
            reason="No part yet",
            evidence="Mail",
        )
        move_promises(moves=[move], **told)
        found = correct_case(case=fresh(case), changes={"consequence": 0}, seen=1, **told)
        assert len(found) == many, who
        left = CasePromise.objects.filter(case=case, promise__kind="restore")
        assert not left.exclude(promise__voided_at=None).exists(), "a move is not lost"
    case = a_case()
    CaseExternalId.objects.create(row=case, system="ERP", kind="case", external_id="7")
    assert not correct_case(case=fresh(case), changes={"consequence": 0}, seen=1, **told)
    case = a_case(consequence=3)
    assert not case.promises.exists()
    new = correct_case(case=fresh(case), changes={"consequence": 2}, seen=1, **told)
    assert {one.kind for one in new} == {"respond", "restore", "update_customer"}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4))
def test_no_class_that_is_said_later_moves_a_judged_date_of_a_kind_back(classes: list[int]) -> None:
    for consequence, minutes in enumerate((60, 240, 480, 960)):
        a_commitment(consequence=consequence, restore_min=minutes)
    case = a_case()
    due = promised(case, "restore").judged_due
    for seen, consequence in enumerate(classes, 1):
        before = fresh(case)
        correct_case(case=before, changes={"consequence": consequence},
                     seen=before.version, at=MONDAY + HOUR, by=None)  # fmt: skip
        (owed,) = (
            link.promise.judged_due
            for link in case.promises.filter(promise__kind="restore", promise__voided_at=None)
        )
        assert owed is not None and due is not None and owed <= due, seen
        due = owed
