"""Who owns a case: until an offer is accepted the giver does; promises follow; a team never."""

from typing import Any

import pytest

from builders import DAY, HOUR, MONDAY, a_case, a_person, a_promise, a_role, an_account, promise_row
from wellkept.record.access.gate import visible
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotAllowed
from wellkept.record.cases.actions import (
    CaseEnded,
    NoReason,
    NotOffered,
    OwnedByAnother,
    accept_cases,
    assign_cases,
    cancel_cases,
    decline_cases,
    hand_over_all,
    offer_cases,
    promise_in_case,
    set_commitments,
    set_promises_apart,
    take_cases,
    unassign_cases,
)
from wellkept.record.cases.models import Case, Commitment
from wellkept.record.organisation.models import Absence, Person, Team
from wellkept.record.promises.actions import accept_promises
from wellkept.record.promises.models import Promise

pytestmark = pytest.mark.usefixtures("record")
NOW = MONDAY + HOUR


def owner(row: Case | Promise) -> Person | None:
    return type(row)._default_manager.get(pk=row.pk).owner


def with_promise(**given: Any) -> tuple[Case, Promise]:
    row = Commitment(consequence=2, respond_min=60, accountable=a_role())
    set_commitments(commitments=[row], at=MONDAY, by=None)
    case = a_case(**given)
    return case, case.promises.get().promise


def test_taken_it_has_an_owner_and_so_have_its_promises() -> None:
    alma, (case, promise) = a_person("Alma"), with_promise()
    assert list(Case.objects.ownerless(NOW)) == [case]
    take_cases(cases=[case], person=alma, at=NOW, by=None)
    assert owner(case) == owner(promise) == alma
    held = [(row.person, row.from_at, row.until_at) for row in case.assignments.all()]
    assert held == [(None, MONDAY, NOW), (alma, NOW, None)]


def test_what_somebody_owns_who_is_there_is_not_taken() -> None:
    alma, bruno = a_person("Alma"), a_person("Bruno")
    case = a_case(owner=alma)
    with pytest.raises(OwnedByAnother, match="Alma answers for C-"):
        take_cases(cases=[case], person=bruno, at=NOW, by=None)
    Absence.objects.create(person=alma, from_at=MONDAY)
    take_cases(cases=[case], person=bruno, at=NOW, by=None)
    assert owner(case) == bruno


def test_a_team_queue_is_no_owner() -> None:
    case = a_case(team=Team.objects.create(name="Pumps"))
    assert list(Case.objects.ownerless(NOW)) == [case]


def test_offered_the_giver_stays_the_owner_until_the_other_accepts() -> None:
    alma, bruno = a_person("Alma"), a_person("Bruno")
    case, promise = with_promise(owner=alma)
    offer_cases(cases=[case], to=bruno, words="You know the pump", at=NOW, by=None)
    assert owner(case) == owner(promise) == alma
    assert list(Case.objects.offered(bruno)) == [case]
    accept_cases(cases=[case], person=bruno, at=NOW + HOUR, by=None)
    assert owner(case) == owner(promise) == bruno
    assert not Case.objects.offered(bruno)


def test_declined_or_offered_to_another_it_cannot_be_accepted() -> None:
    alma, bruno, carla = a_person("Alma"), a_person("Bruno"), a_person("Carla")
    case = a_case(owner=alma)
    offer_cases(cases=[case], to=bruno, at=NOW, by=None)
    decline_cases(cases=[case], person=bruno, at=NOW, by=None)
    offer_cases(cases=[case], to=carla, at=NOW, by=None)
    with pytest.raises(NotOffered, match="is not offered to Bruno"):
        accept_cases(cases=[case], person=bruno, at=NOW, by=None)
    assert owner(case) == alma


def test_a_manager_assigns_and_an_engineer_does_not() -> None:
    bruno, case = an_account("Bruno", (Group.ENGINEER, Scope.ALL)), a_case()
    with pytest.raises(NotAllowed):
        assign_cases(cases=[case], person=a_person(), at=NOW, by=bruno)
    chief = an_account("Chief", (Group.MANAGER, Scope.ALL))
    assign_cases(cases=[case], person=a_person("Dora"), at=NOW, by=chief)
    assert str(owner(case)) == "Dora"


def test_who_leads_takes_an_owner_away_and_says_why() -> None:
    alma, bruno = a_person("Alma"), an_account("Bruno", (Group.ENGINEER, Scope.ALL))
    case, promise = with_promise(owner=alma)
    offer_cases(cases=[case], to=a_person("Dora"), at=NOW, by=None)
    away: dict[str, Any] = {"cases": [case], "at": NOW + HOUR}
    with pytest.raises(NotAllowed):
        unassign_cases(**away, reason="ill", by=bruno)
    chief = an_account("Chief", (Group.MANAGER, Scope.ALL))
    with pytest.raises(NoReason, match="Say why nobody owns it"):
        unassign_cases(**away, reason=" ", by=chief)
    unassign_cases(**away, reason="Ill for weeks", by=chief)
    assert owner(case) is None and owner(promise) is None
    assert list(Promise.objects.ownerless(NOW)) == [promise]
    assert case.remarks.get().text == "Ill for weeks" and case.events.latest("pk").by == chief
    assert not case.offers.filter(answered_at=None).exists(), "what was offered is withdrawn"
    unassign_cases(**away, reason="Again", by=chief)
    words = [event.word for event in case.events.order_by("pk")]
    assert words == ["reported", "offered", "ownerless"], "what nobody owns stays as it is"


def test_an_engineer_who_takes_a_case_takes_its_promises_too() -> None:
    account = an_account("Bruno", (Group.ENGINEER, Scope.OWN))
    bruno, (case, promise) = a_person("Bruno", account=account), with_promise()
    take_cases(cases=[case], person=bruno, at=NOW, by=account)
    assert owner(promise) == bruno
    assert list(visible(Case.objects.all(), to=account)) == [case]


def test_a_promise_that_was_set_apart_keeps_its_own_owner() -> None:
    alma, bruno = a_person("Alma"), a_person("Bruno")
    case, promise = with_promise()
    link = case.promises.get()
    set_promises_apart(links=[link], apart=True, at=NOW, by=None)
    take_cases(cases=[case], person=alma, at=NOW, by=None)
    assert owner(promise) is None
    set_promises_apart(links=[link], apart=False, at=NOW, by=None)
    assert owner(promise) == alma
    row = promise_row(accountable=None, owner=bruno)
    (apart,) = promise_in_case(case=case, promises=[row], set_apart=True, at=NOW, by=None)
    assert owner(apart) == bruno


def test_at_the_end_of_a_shift_everything_is_offered_and_nothing_lost() -> None:
    alma, bruno = a_person("Alma"), a_person("Bruno")
    case, follower = with_promise(owner=alma)
    alone = a_promise(owner=alma)
    assert hand_over_all(giver=alma, to=bruno, at=NOW, by=None) == 2
    assert {owner(case), owner(follower), owner(alone)} == {alma}
    accept_cases(cases=list(Case.objects.offered(bruno)), person=bruno, at=NOW, by=None)
    offered = Promise.objects.offered(bruno)
    accept_promises(promises=list(offered), person=bruno, at=NOW, by=None)
    assert {owner(case), owner(follower), owner(alone)} == {bruno}


def test_an_ended_case_changes_no_hands() -> None:
    case = a_case()
    cancel_cases(cases=[case], reason="twice", happened_at=NOW, at=NOW, by=None)
    with pytest.raises(CaseEnded):
        take_cases(cases=[case], person=a_person(), at=NOW + DAY, by=None)
