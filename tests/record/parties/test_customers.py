"""Customers, their sites and contacts; merging keeps every key."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import MONDAY, a_contact, a_customer, a_site, an_account
from databases import undone
from wellkept.record.access.editing import MovedOn
from wellkept.record.journal.models import Entry
from wellkept.record.parties.actions import (
    GroupInGroup,
    NotMerged,
    NotToBeMerged,
    add_customers,
    clear_doubt,
    edit_customer,
    merge_customers,
    record_consent,
    split_off_customers,
)
from wellkept.record.parties.models import Customer, CustomerExternalId, Site
from wellkept.record.parties.rules import Consent

pytestmark = pytest.mark.usefixtures("record")


def merge(into: Customer, *duplicates: Customer) -> None:
    merge_customers(into=into, duplicates=duplicates, at=MONDAY, by=None)


def test_what_points_to_a_merged_customer_keeps_pointing() -> None:
    nord, copy = a_customer("Clinic Nord"), a_customer("Klinik Nord")
    site = a_site(copy)
    merge(nord, copy)
    assert Site.objects.get(pk=site.pk).customer_id == copy.pk
    assert set(Customer.objects.same_as(nord)) == {nord, copy}
    assert set(Customer.objects.same_as(Customer.objects.get(pk=copy.pk))) == {nord, copy}
    assert list(Customer.objects.standing()) == [nord]
    assert list(Site.objects.filter(customer__in=Customer.objects.same_as(nord))) == [site]


def test_a_merge_of_merged_customers_still_names_the_survivor_directly() -> None:
    a, b, c = a_customer("A"), a_customer("B"), a_customer("C")
    merge(b, c)
    merge(a, b)
    assert {one.merged_into_id for one in Customer.objects.filter(pk__in=[b.pk, c.pk])} == {a.pk}


def test_merging_into_what_is_merged_is_refused_with_the_right_name() -> None:
    nord, copy, third = a_customer("Clinic Nord"), a_customer("Klinik Nord"), a_customer("CN")
    merge(nord, copy)
    with pytest.raises(NotToBeMerged, match="merged into Clinic Nord; choose that one"):
        merge(copy, third)
    with pytest.raises(NotToBeMerged, match="cannot be merged into itself"):
        merge(nord, nord)


def test_merging_again_changes_nothing_and_a_merge_can_be_undone() -> None:
    nord, copy = a_customer("Clinic Nord"), a_customer("Klinik Nord")
    merge(nord, copy)
    merge(nord, copy)
    assert Entry.objects.filter(verb="parties.merge_customers").count() == 1
    split_off_customers(customers=[copy], at=MONDAY, by=None)
    assert set(Customer.objects.standing()) == {nord, copy}
    with pytest.raises(NotMerged, match="nothing to undo"):
        split_off_customers(customers=[copy], at=MONDAY, by=None)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(merges=st.lists(st.tuples(st.integers(0, 5), st.sets(st.integers(0, 5))), max_size=8))
def test_whatever_is_merged_in_whatever_order_no_chain_remains(
    record: object, merges: list[tuple[int, set[int]]]
) -> None:
    with undone(record):
        fresh = [Customer(name=f"Customer {number}") for number in range(6)]
        rows = add_customers(customers=fresh, at=MONDAY, by=None)
        for into, duplicates in merges:
            try:
                merge(rows[into], *(rows[number] for number in duplicates))
            except NotToBeMerged:
                continue
        standing = set(Customer.objects.standing().values_list("pk", flat=True))
        pointed = Customer.objects.exclude(merged_into=None).values_list("merged_into", flat=True)
        assert set(pointed) <= standing
        assert Customer.objects.count() == 6


def test_who_is_called_alike_is_in_doubt_until_somebody_denies_it() -> None:
    nord = a_customer("Klinik Nord GmbH & Co. KG")
    same = a_customer("KLINIK-NORD")
    other, alma = a_customer("Klinik Nord II"), an_account()
    assert list(Customer.objects.to_merge()) == [same]
    edit_customer(customer=other, changes={"name": "Klinik Nord"}, seen=1, at=MONDAY, by=alma)
    assert set(Customer.objects.to_merge()) == {same, other}
    clear_doubt(customers=[other], at=MONDAY, by=alma, seen={other.pk: 2})
    edit_customer(customer=other, changes={"name": "Klinik NORD"}, seen=3, at=MONDAY, by=alma)
    assert list(Customer.objects.to_merge()) == [same], "the same in other letters is no new doubt"
    with pytest.raises(MovedOn, match="Alma changed Klinik NORD at 2026-03-02 09:00 UTC"):
        merge_customers(into=nord, duplicates=[other], at=MONDAY, by=None, seen={other.pk: 2})
    edit_customer(customer=nord, changes={"name": "Mill"}, seen=1, at=MONDAY, by=None)
    edit_customer(customer=other, changes={"name": "Dairy"}, seen=4, at=MONDAY, by=None)
    assert not Customer.objects.to_merge(), "nobody else is called so any more"


def test_a_split_puts_customers_in_doubt_as_they_were() -> None:
    nord, same = a_customer("Clinic Nord"), a_customer("CLINIC NORD")
    merge(same, nord)
    assert not Customer.objects.to_merge(), "who stays is in doubt no more"
    split_off_customers(customers=[nord], at=MONDAY, by=None)
    assert list(Customer.objects.to_merge()) == [nord]
    clear_doubt(customers=[nord], at=MONDAY, by=None)
    mill, old = a_customer("Mill East"), a_customer("Mill, old")
    merge(mill, old)
    again = a_customer("MILL OLD GmbH")
    assert list(Customer.objects.to_merge()) == [again], "a merged name means who stays"
    edit_customer(customer=again, changes={"name": "Dairy"}, seen=1, at=MONDAY, by=None)
    merge(mill, nord)
    split_off_customers(customers=[nord], at=MONDAY, by=None)
    assert not Customer.objects.to_merge(), "what was denied stays denied"


def test_a_group_is_one_level_deep() -> None:
    group = a_customer("Nord Group")
    nord = a_customer("Clinic Nord", group=group)
    with pytest.raises(GroupInGroup, match="one level deep"):
        a_customer("Ward 7", group=nord)
    with pytest.raises(GroupInGroup, match="one level deep"):
        other = a_customer("Another group")
        edit_customer(customer=group, changes={"group": other}, seen=1, at=MONDAY, by=None)


def test_a_number_of_another_system_means_one_customer() -> None:
    told = {"system": "erp", "kind": "debtor", "external_id": "4711"}
    nord = a_customer("Clinic Nord")
    CustomerExternalId.objects.create(row=nord, **told)
    known = CustomerExternalId.objects.rows_of(system="erp", kind="debtor", ids=["4711", "4712"])
    assert known == {"4711": nord.pk}
    assert not CustomerExternalId.objects.rows_of(system="crm", kind="debtor", ids=["4711"])
    with pytest.raises(IntegrityError), transaction.atomic():
        CustomerExternalId.objects.create(row=a_customer("Mill East"), **told)


def test_consent_has_its_moment_and_unknown_has_none() -> None:
    rossi = a_contact("Dr Rossi")
    assert (rossi.consent, rossi.consent_at) == ("unknown", None)
    alma = an_account("Alma")
    for _ in range(2):
        record_consent(contacts=[rossi], consent=Consent.GIVEN, at=MONDAY, by=alma)
    rossi.refresh_from_db()
    assert (rossi.consent, rossi.consent_at) == ("given", MONDAY)
    assert Entry.objects.filter(verb="parties.record_consent").count() == 1
