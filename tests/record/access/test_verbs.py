"""A verb has its right, its transaction and its trace; the refusal is a sentence."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from builders import MONDAY, a_customer, an_account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import (
    By,
    NotAllowed,
    NotTrue,
    Unnoted,
    every_verb,
    may,
    note,
    verb,
    who_may,
)
from wellkept.record.journal.models import Entry
from wellkept.record.parties.actions import add_customers, merge_customers
from wellkept.record.parties.models import Customer

pytestmark = pytest.mark.usefixtures("record")

FOR_ONESELF = {"access.choose"}
"""What everybody may, for themselves alone."""


@verb(Group.MANAGER)
def rename(*, customers: Sequence[Customer], name: str, at: datetime, by: By) -> None:
    Customer.objects.filter(pk__in=[one.pk for one in customers]).update(name=name)
    note(customers, fields=["name"])


@verb()
def forget_to_note(*, customer: Customer, at: datetime, by: By) -> None:
    Customer.objects.filter(pk=customer.pk).update(name="changed in silence")


@verb(Group.MANAGER)
def rename_twice(*, customer: Customer, at: datetime, by: By) -> None:
    rename(customers=[customer], name="once", at=at, by=by)
    note([])
    raise RuntimeError("the power fails")


def test_a_coordinator_may_merge_and_an_engineer_may_not() -> None:
    alma = an_account("Alma", (Group.COORDINATOR, Scope.ALL))
    bruno = an_account("Bruno", (Group.ENGINEER, Scope.OWN))
    nord, copy = a_customer(), a_customer()
    assert may(alma, merge_customers)
    assert not may(bruno, merge_customers)
    with pytest.raises(NotAllowed, match=r"may not do this.+ for: administrator, coordinator"):
        merge_customers(into=nord, duplicates=[copy], at=MONDAY, by=bruno)
    merge_customers(into=nord, duplicates=[copy], at=MONDAY, by=alma)


def test_an_administrator_may_everything_and_a_reader_nothing() -> None:
    chief = an_account("Chief", (Group.ADMINISTRATOR, Scope.ALL))
    reader = an_account("Reader", (Group.READ_ONLY, Scope.ALL))
    for name, groups in every_verb().items():
        assert Group.ADMINISTRATOR in groups, name
        assert Group.READ_ONLY not in groups or name in FOR_ONESELF, name
    assert may(chief, merge_customers)
    assert not may(reader, merge_customers)


def test_an_account_that_was_shut_may_nothing() -> None:
    alma = an_account("Alma")
    alma.is_active = False
    with pytest.raises(NotAllowed):
        add_customers(customers=[Customer(name="Clinic Nord")], at=MONDAY, by=alma)


def test_a_change_without_a_trace_is_undone() -> None:
    nord = a_customer("Clinic Nord")
    with pytest.raises(Unnoted, match="forget_to_note noted nothing"):
        forget_to_note(customer=nord, at=MONDAY, by=None)
    nord.refresh_from_db()
    assert nord.name == "Clinic Nord"


def test_verbs_within_a_verb_stand_or_fall_together_with_their_traces() -> None:
    nord = a_customer("Clinic Nord")
    before = Entry.objects.count()
    with pytest.raises(RuntimeError, match="the power fails"):
        rename_twice(customer=nord, at=MONDAY, by=None)
    nord.refresh_from_db()
    assert nord.name == "Clinic Nord"
    assert Entry.objects.count() == before


def test_what_had_no_effect_leaves_no_row() -> None:
    before = Entry.objects.count()
    add_customers(customers=[], at=MONDAY, by=None)
    assert Entry.objects.count() == before


def test_the_database_refuses_in_the_sentence_of_the_constraint() -> None:
    a_customer("Clinic Nord", number="C-1")
    with pytest.raises(NotTrue, match="Another customer has this number"):
        a_customer("Mill East", number="C-1")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware moment"):
        add_customers(customers=[], at=MONDAY.replace(tzinfo=None), by=None)


def test_a_function_that_takes_positions_is_no_verb() -> None:
    def close(site: str, *, at: datetime, by: By) -> None: ...

    with pytest.raises(TypeError, match="is no verb"):
        verb(Group.MANAGER)(close)


def test_nothing_is_noted_outside_a_verb() -> None:
    with pytest.raises(Unnoted, match="outside a verb"):
        note([])


def test_who_may_is_told_with_the_administrator() -> None:
    assert who_may(rename) == {Group.MANAGER, Group.ADMINISTRATOR}
