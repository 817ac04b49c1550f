"""The journal only grows, holds no person's words, and can be read on without a gap."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from builders import MONDAY, a_customer, an_account
from databases import lifted_guards
from wellkept.record.journal.append_only import (
    append_only_models,
    guard,
    guards_standing,
    guards_wanted,
)
from wellkept.record.journal.models import Entry
from wellkept.record.journal.rules import NotForTheJournal, plain_details
from wellkept.record.parties.actions import merge_customers
from wellkept.record.parties.models import Customer

pytestmark = pytest.mark.usefixtures("record")


def test_the_journal_is_guarded_after_the_migrations() -> None:
    assert Entry in append_only_models()
    wanted = guards_wanted(append_only_models(), connection.vendor)
    assert guards_standing(connection) == wanted
    assert wanted


def test_a_guard_that_was_lost_is_seen_and_set_again() -> None:
    with lifted_guards(connection):
        assert guards_standing(connection) == set()
        guard(connection)
        assert guards_standing(connection) == guards_wanted(append_only_models(), connection.vendor)
        guard(connection)


@pytest.mark.parametrize(
    "change",
    [
        "update journal_entry set verb = 'nothing happened'",
        "delete from journal_entry",
    ],
)
def test_the_database_itself_refuses_to_change_what_happened(change: str) -> None:
    a_customer()
    with (
        pytest.raises(DatabaseError, match="append-only: what happened stays"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Entry.objects.filter(verb="parties.add_customers").count() == 1


def test_a_batch_of_a_thousand_rows_is_one_row_of_the_journal() -> None:
    from wellkept.record.parties.actions import add_customers

    alma = an_account("Alma")
    rows = [Customer(name=f"Customer {number}") for number in range(1000)]
    made = add_customers(customers=rows, at=MONDAY, by=alma)
    entry = Entry.objects.get(verb="parties.add_customers")
    assert entry.by == alma.pk
    assert entry.done_at == MONDAY
    assert entry.keys == {"parties.customer": sorted(one.pk for one in made)}


def test_the_journal_of_a_row_is_found_by_its_key() -> None:
    nord, copy, mill = a_customer("Clinic Nord"), a_customer("Klinik Nord"), a_customer("Mill East")
    merge_customers(into=nord, duplicates=[copy], at=MONDAY, by=None)
    verbs = [entry.verb for entry in Entry.objects.touching(copy)]
    assert verbs == ["parties.merge_customers", "parties.add_customers"]
    assert Entry.objects.touching(mill).count() == 1


def test_a_reader_goes_on_where_it_stopped() -> None:
    a_customer("Clinic Nord")
    first = list(Entry.objects.order_by("transaction", "pk"))
    a_customer("Mill East")
    everything = Entry.objects.order_by("transaction", "pk")
    later = [entry for entry in everything if entry.mark > first[-1].mark]
    assert [entry.verb for entry in later] == ["parties.add_customers"]


@pytest.mark.parametrize("words", ["Dr Rossi called", "", "ünder"])
def test_words_of_a_person_do_not_enter_the_journal(words: str) -> None:
    with pytest.raises(NotForTheJournal, match="'reason'"):
        plain_details({"reason": words})


def test_codes_and_figures_enter_the_journal() -> None:
    details: dict[str, Any] = {"fields": ("name", "zone"), "at": MONDAY, "n": 3, "share": 0.5}
    assert plain_details(details) == {
        "fields": ["name", "zone"],
        "at": "2026-03-02T09:00:00+00:00",
        "n": 3,
        "share": 0.5,
    }
