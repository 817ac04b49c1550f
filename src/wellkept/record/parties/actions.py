"""What can happen to customers, sites and contacts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wellkept.record.access.editing import edit
from wellkept.record.access.models import PersonalData
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.journal.rules import Refusal
from wellkept.record.parties.models import Contact, Customer, Site
from wellkept.record.parties.rules import Consent

DESK = (Group.COORDINATOR, Group.MANAGER, Group.PLANNER, Group.SALES)
"""Who keeps the list of customers."""


class NotToBeMerged(Refusal):
    """Customers cannot be merged as asked."""


class NotMerged(Refusal):
    """A customer that was not merged cannot be split off again."""


class GroupInGroup(Refusal):
    """Groups of customers are one level deep."""


@verb(*DESK)
def add_customers(*, customers: Iterable[Customer], at: datetime, by: By) -> list[Customer]:
    """This will keep new customers. Raises ValidationError and NotTrue for what cannot be."""
    fresh = list(customers)
    for one in fresh:
        one.clean_fields()
        _see_group(one)
    made = Customer.objects.bulk_create(fresh)
    note(made)
    return made


@verb(*DESK)
def edit_customer(
    *, customer: Customer, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change a customer as a form says; raises Edited if somebody else was faster."""
    fields = edit(customer, changes, seen=seen, at=at, by=by)
    _see_group(customer)
    note([customer] if fields else [], fields=fields)


@verb(Group.COORDINATOR, Group.MANAGER)
def merge_customers(
    *, into: Customer, duplicates: Sequence[Customer], at: datetime, by: By
) -> None:
    """This will say that several rows are one customer; what points to each keeps pointing.

    Rows that were merged into a duplicate follow it. Merging again what is merged changes nothing.
    Raises NotToBeMerged for a survivor that is itself merged, or among the duplicates.
    """
    survivor = Customer.objects.select_for_update().get(pk=into.pk)
    keys = {one.pk for one in duplicates}
    if survivor.merged_into_id is not None:
        raise NotToBeMerged(
            _("%(survivor)s was itself merged into %(merged_into)s; choose that one.")
            % {"survivor": survivor, "merged_into": survivor.merged_into}
        )
    if survivor.pk in keys:
        raise NotToBeMerged(
            _("%(survivor)s cannot be merged into itself; leave it out of the list.")
            % {"survivor": survivor}
        )
    moved = Customer.objects.filter(merged_into__in=keys) | Customer.objects.filter(pk__in=keys)
    changing = list(moved.exclude(merged_into=survivor))
    Customer.objects.filter(pk__in=[one.pk for one in changing]).update(
        merged_into=survivor, merged_at=at
    )
    note(changing, [survivor] if changing else [], into=survivor.pk)


@verb(Group.COORDINATOR, Group.MANAGER)
def split_off_customers(*, customers: Sequence[Customer], at: datetime, by: By) -> None:
    """This will undo merges: each row is a customer of its own again. Raises NotMerged."""
    standing = list(Customer.objects.filter(pk__in=[one.pk for one in customers]))
    alone = [one for one in standing if one.merged_into_id is None]
    if alone:
        raise NotMerged(
            _("%(customer)s was not merged into another, so there is nothing to undo.")
            % {"customer": alone[0]}
        )
    Customer.objects.filter(pk__in=[one.pk for one in standing]).update(
        merged_into=None, merged_at=None
    )
    note(standing)


@verb(*DESK)
def add_sites(*, sites: Iterable[Site], at: datetime, by: By) -> list[Site]:
    """This will keep new sites. Raises ValidationError, as for a zone that does not exist."""
    fresh = list(sites)
    for one in fresh:
        one.clean_fields()
    made = Site.objects.bulk_create(fresh)
    note(made)
    return made


@verb(*DESK)
def edit_site(*, site: Site, changes: Mapping[str, Any], seen: int, at: datetime, by: By) -> None:
    """This will change a site as a form says; raises Edited if somebody else was faster."""
    fields = edit(site, changes, seen=seen, at=at, by=by)
    note([site] if fields else [], fields=fields)


@verb(*DESK)
def add_contact(
    *,
    customer: Customer,
    site: Site | None,
    name: str,
    email: str,
    phone: str,
    role: str,
    at: datetime,
    by: By,
) -> Contact:
    """This will keep a person at a customer; whether they agree to be written to is unknown."""
    known = PersonalData(name=name, email=email, phone=phone)
    known.clean_fields()
    known.save()
    contact = Contact(customer=customer, site=site, personal=known, role=role)
    contact.clean_fields()
    contact.save()
    note(contact, known)
    return contact


@verb(*DESK, Group.ENGINEER)
def record_consent(*, contacts: Sequence[Contact], consent: Consent, at: datetime, by: By) -> None:
    """This will note that contacts gave or withdrew their consent, at this moment."""
    keys = [one.pk for one in contacts]
    changing = list(Contact.objects.filter(pk__in=keys).exclude(consent=consent))
    Contact.objects.filter(pk__in=[one.pk for one in changing]).update(
        consent=consent, consent_at=at
    )
    note(changing, consent=consent)


def _see_group(customer: Customer) -> None:
    group = customer.group
    if group is None:
        return
    if group.group_id is not None or (customer.pk and customer.of_group.exists()):
        raise GroupInGroup(
            _(
                "%(customer)s cannot belong to %(group)s: a group is one level deep. Choose "
                "the topmost customer as the group of all."
            )
            % {"customer": customer, "group": group}
        )
