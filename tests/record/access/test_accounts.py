"""Accounts: who signs in, who is let in, and that somebody always can let others in."""

import pytest
from django.contrib.auth import authenticate

from builders import MONDAY, an_account
from wellkept.record.access.actions import (
    LastAdministrator,
    WeakPassword,
    erase_person,
    open_account,
    set_grants,
    shut_accounts,
)
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotTrue
from wellkept.record.journal.models import Entry

pytestmark = pytest.mark.usefixtures("record")
PHRASE = "a pump hums at night"
CHIEF = (Group.ADMINISTRATOR, Scope.ALL)


def alma(email: str = "Alma@Wellkept.example", phrase: str = PHRASE) -> Account:
    return open_account(
        email=email, name="Alma", password=phrase, grants=[CHIEF], at=MONDAY, by=None
    )


def test_alma_signs_in_with_her_address_however_it_is_capitalised() -> None:
    account = alma()
    assert authenticate(username="ALMA@wellkept.example", password=PHRASE) == account
    assert authenticate(username="alma@wellkept.example", password=PHRASE.upper()) is None


def test_an_address_signs_in_one_account_only() -> None:
    alma()
    with pytest.raises(NotTrue, match="Another account signs in with this address"):
        alma("alma@wellkept.EXAMPLE")


def test_a_weak_password_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(WeakPassword, match="too short"):
        alma(phrase="pump")
    assert not Account.objects.exists()


def test_an_account_without_a_password_cannot_sign_in_yet() -> None:
    account = an_account("Bruno")
    assert not account.has_usable_password()


def test_the_last_administrator_can_neither_leave_nor_be_shut_nor_be_erased() -> None:
    account = alma()
    reader = [(Group.READ_ONLY, Scope.ALL)]
    with pytest.raises(LastAdministrator, match="make somebody else administrator first"):
        set_grants(account=account, grants=reader, at=MONDAY, by=account)
    with pytest.raises(LastAdministrator):
        shut_accounts(accounts=[account], at=MONDAY, by=None)
    with pytest.raises(LastAdministrator):
        erase_person(people=[account.personal], at=MONDAY, by=None)
    standing = Account.objects.get(pk=account.pk)
    assert standing.is_active
    assert standing.held == {CHIEF}


def test_grants_are_set_as_a_whole_and_setting_them_again_leaves_no_trace() -> None:
    bruno = an_account("Bruno", (Group.ENGINEER, Scope.OWN))
    wanted = [(Group.ENGINEER, Scope.TEAM), (Group.PLANNER, Scope.REGION)]
    set_grants(account=bruno, grants=wanted, at=MONDAY, by=None)
    assert bruno.held == set(wanted)
    set_grants(account=bruno, grants=wanted, at=MONDAY, by=None)
    assert Entry.objects.filter(verb="access.set_grants").count() == 1


def test_the_portal_reaches_a_customer_and_nothing_else() -> None:
    with pytest.raises(NotTrue, match="The portal is for the rows of a customer"):
        an_account("Guest", (Group.PORTAL, Scope.ALL))
    with pytest.raises(NotTrue, match="The portal is for the rows of a customer"):
        an_account("Bruno", (Group.ENGINEER, Scope.CUSTOMER))
