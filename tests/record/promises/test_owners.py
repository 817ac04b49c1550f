"""Who answers for a promise; how mistakes are corrected in the open."""

from datetime import timedelta

import pytest

from builders import DAY, HOUR, MONDAY, a_customer, a_person, a_promise, a_role, an_account
from wellkept.record.access.gate import visible
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotAllowed, NotTrue
from wellkept.record.organisation.models import Absence, Person, Team, TeamMember
from wellkept.record.promises.actions import (
    NoReason,
    NotCorrected,
    NotOffered,
    NotTheSamePromise,
    OwnedByAnother,
    SecondPersonNeeded,
    Settled,
    accept_promises,
    assign_promises,
    confirm_correction,
    correct_date,
    decline_promises,
    merge_promises,
    move_promises,
    offer_promises,
    pause_promises,
    take_promises,
    tell_customer,
    unassign_promises,
    void_promises,
)
from wellkept.record.promises.models import ContactLog, Pause, Promise, PromiseMove
from wellkept.record.promises.rules import Standing

pytestmark = pytest.mark.usefixtures("record")
DUE = MONDAY + 4 * HOUR
SOON = MONDAY + timedelta(minutes=20)
LATER = MONDAY + 2 * DAY


def fresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


def owner(promise: Promise) -> Person | None:
    return fresh(promise).owner


class TestOwning:
    def test_what_nobody_owns_can_be_taken_and_what_somebody_owns_cannot(self) -> None:
        alma, bruno, one = a_person("Alma"), a_person("Bruno"), a_promise()
        take_promises(promises=[one], person=alma, at=SOON, by=None)
        assert owner(one) == alma
        with pytest.raises(OwnedByAnother, match="Alma answers for P-"):
            take_promises(promises=[one], person=bruno, at=SOON, by=None)
        take_promises(promises=[one], person=alma, at=SOON, by=None)
        assert one.events.count() == 1

    def test_what_somebody_owns_who_is_away_can_be_taken(self) -> None:
        alma, bruno = a_person("Alma"), a_person("Bruno")
        one = a_promise(owner=alma)
        Absence.objects.create(person=alma, from_at=MONDAY)
        assert list(Promise.objects.ownerless(SOON)) == [one]
        take_promises(promises=[one], person=bruno, at=SOON, by=None)
        assert owner(one) == bruno

    def test_a_deputy_who_is_there_answers_and_nobody_takes_it_from_them(self) -> None:
        alma, bruno, carla = a_person("Alma"), a_person("Bruno"), a_person("Carla")
        one = a_promise(owner=alma)
        Absence.objects.create(person=alma, from_at=MONDAY, deputy=carla)
        assert not Promise.objects.ownerless(SOON)
        with pytest.raises(OwnedByAnother, match="Carla answers"):
            take_promises(promises=[one], person=bruno, at=SOON, by=None)

    def test_until_an_offer_is_accepted_the_giver_stays_the_owner(self) -> None:
        alma, bruno = a_person("Alma"), a_person("Bruno")
        one = a_promise(owner=alma)
        offer_promises(promises=[one], to=bruno, at=SOON, by=None)
        assert owner(one) == alma
        assert list(Promise.objects.offered(bruno)) == [one]
        accept_promises(promises=[one], person=bruno, at=SOON, by=None)
        assert owner(one) == bruno
        assert not Promise.objects.offered(bruno)

    def test_declined_it_stays_and_whom_it_was_not_offered_cannot_accept(self) -> None:
        alma, bruno = a_person("Alma"), a_person("Bruno")
        one = a_promise(owner=alma)
        with pytest.raises(NotOffered, match="is not offered to Bruno"):
            accept_promises(promises=[one], person=bruno, at=SOON, by=None)
        offer_promises(promises=[one], to=bruno, at=SOON, by=None)
        decline_promises(promises=[one], person=bruno, at=SOON, by=None)
        assert owner(one) == alma
        assert [event.word for event in one.events.all()] == ["offered", "declined"]

    def test_an_engineer_takes_and_only_a_leader_assigns(self) -> None:
        bruno = an_account("Bruno", (Group.ENGINEER, Scope.OWN))
        one, carla = a_promise(), a_person("Carla")
        with pytest.raises(NotAllowed):
            assign_promises(promises=[one], person=carla, at=SOON, by=bruno)
        assign_promises(promises=[one], person=carla, at=SOON, by=an_account())
        assert owner(one) == carla
        with pytest.raises(NotAllowed):
            unassign_promises(promises=[one], reason="ill", at=SOON, by=bruno)
        with pytest.raises(NoReason):
            unassign_promises(promises=[one], reason="", at=SOON, by=an_account())
        unassign_promises(promises=[one], reason="Ill", at=SOON, by=an_account())
        assert owner(one) is None
        left = one.events.latest("pk")
        why = one.remarks.get()
        assert (left.word, left.detail, why.text) == ("left", why.pk, "Ill")
        assert list(Promise.objects.ownerless(SOON)) == [one]

    def test_who_sees_a_promise_is_its_owner_and_its_team(self) -> None:
        account = an_account("Bruno", (Group.ENGINEER, Scope.OWN), (Group.ENGINEER, Scope.TEAM))
        bruno, team = a_person("Bruno", account=account), Team.objects.create(name="Pumps")
        TeamMember.objects.create(team=team, person=bruno)
        mine, the_teams, _ = a_promise(owner=bruno), a_promise(team=team), a_promise()
        assert set(visible(Promise.objects.all(), to=account)) == {mine, the_teams}


class TestCorrecting:
    def test_whoever_wrote_it_corrects_it_alone_within_half_an_hour(self) -> None:
        alma = an_account()
        one = a_promise(by=alma)
        done = correct_date(promise=one, first_due=LATER, reason="typo", at=SOON, by=alma)
        assert done.confirmed_at == SOON
        assert fresh(one).first_due == fresh(one).judged_due == fresh(one).current_due == LATER

    def test_later_a_second_person_has_to_confirm(self) -> None:
        alma, chief = an_account("Alma"), an_account("Chief")
        one = a_promise(by=alma)
        asked = correct_date(promise=one, first_due=LATER, reason="typo", at=LATER, by=alma)
        assert asked.confirmed_at is None
        assert fresh(one).first_due == DUE
        with pytest.raises(SecondPersonNeeded, match="somebody else has to look"):
            confirm_correction(correction=asked, at=LATER, by=alma)
        confirm_correction(correction=asked, at=LATER, by=chief)
        assert fresh(one).first_due == LATER
        assert [event.word for event in one.events.all()] == ["correction_asked", "corrected"]
        with pytest.raises(NotCorrected, match="corrected already"):
            confirm_correction(correction=asked, at=LATER, by=chief)

    def test_another_person_corrects_nothing_alone(self) -> None:
        one = a_promise(by=an_account("Alma"))
        asked = correct_date(
            promise=one, first_due=LATER, reason="typo", at=SOON, by=an_account("Chief")
        )
        assert asked.confirmed_at is None

    def test_once_the_customer_was_told_nobody_corrects_alone(self) -> None:
        alma = an_account()
        one = a_promise(by=alma, customer=a_customer())
        told = ContactLog(at=MONDAY, channel="phone")
        tell_customer(promises=[one], told=told, at=MONDAY, by=alma)
        asked = correct_date(promise=one, first_due=LATER, reason="typo", at=SOON, by=alma)
        assert asked.confirmed_at is None
        with pytest.raises(NotTrue, match="waits for a second person"):
            correct_date(promise=one, first_due=LATER, reason="typo", at=SOON, by=alma)

    def test_once_the_customer_was_told_of_a_move_nobody_corrects_alone(self) -> None:
        alma = an_account()
        one = a_promise(by=alma)
        move = PromiseMove(promise=one, new_due=LATER, asked_by="us", told_at=MONDAY)
        move_promises(moves=[move], at=MONDAY, by=alma)
        asked = correct_date(promise=one, first_due=LATER, reason="typo", at=SOON, by=alma)
        assert asked.confirmed_at is None

    def test_a_correction_keeps_the_moves_that_followed(self) -> None:
        alma = an_account()
        one = a_promise(by=alma)
        wish = PromiseMove(promise=one, new_due=DUE + DAY, asked_by="customer", evidence="mail")
        move_promises(moves=[wish], at=SOON, by=alma)
        correct_date(promise=one, first_due=DUE + HOUR, reason="typo", at=SOON, by=alma)
        assert fresh(one).judged_due == DUE + HOUR + DAY
        assert fresh(one).current_due == DUE + DAY

    def test_a_reason_is_needed(self) -> None:
        with pytest.raises(NoReason):
            correct_date(promise=a_promise(), first_due=LATER, reason=" ", at=SOON, by=None)
        with pytest.raises(NoReason):
            void_promises(promises=[a_promise()], reason="", at=SOON, by=None)

    def test_void_it_stands_aside_and_stays_visible(self) -> None:
        one = a_promise()
        void_promises(promises=[one], reason="written twice", at=LATER, by=None)
        assert fresh(one).standing(LATER) is Standing.VOID
        assert Promise.objects.filter(pk=one.pk).exists()
        with pytest.raises(Settled, match="it is void"):
            take_promises(promises=[one], person=a_person(), at=LATER, by=None)

    def test_void_it_waits_for_nobody_and_for_nobody_s_answer(self) -> None:
        one, bruno = a_promise(), a_person()
        pause = Pause(promise=one, from_at=MONDAY, waited_for="part")
        pause.acknowledged_at, pause.evidence = MONDAY, "mail"
        pause_promises(pauses=[pause], at=SOON, by=None)
        offer_promises(promises=[one], to=bruno, at=SOON, by=None)
        void_promises(promises=[one], reason="written twice", at=LATER, by=None)
        assert one.pauses.get().until_at == LATER
        assert (fresh(one).left_s, fresh(one).offered_to) == (None, None)

    def test_a_merge_keeps_the_one_that_was_due_first_so_that_it_hides_no_failure(self) -> None:
        early, late = a_promise(HOUR), a_promise(DAY)
        with pytest.raises(NotTheSamePromise, match="merge into the one that is due first"):
            merge_promises(into=late, duplicates=[early], at=LATER, by=None)
        merge_promises(into=early, duplicates=[late], at=LATER, by=None)
        assert fresh(late).merged_into == early
        assert list(Promise.objects.broken(LATER)) == [early]

    def test_promises_to_others_or_of_another_kind_are_not_the_same(self) -> None:
        one, other = a_promise(customer=a_customer()), a_promise()
        with pytest.raises(NotTheSamePromise, match="of other kinds or to other customers"):
            merge_promises(into=one, duplicates=[other], at=LATER, by=None)
        assert a_role() == one.accountable
