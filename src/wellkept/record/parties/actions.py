"""What can happen to customers, sites and contacts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wellkept.record.access.batches import chunks, locked, update
from wellkept.record.access.editing import EDITED, edit, see_as_seen, touched
from wellkept.record.access.models import PersonalData
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.journal.rules import Refusal
from wellkept.record.parties.fitting import is_in_doubt, is_merged, stands
from wellkept.record.parties.models import Contact, Customer, Site
from wellkept.record.parties.rules import Consent, Doubt, likeness

DESK = (Group.COORDINATOR, Group.MANAGER, Group.PLANNER, Group.SALES)
"""Who keeps the list of customers."""
LEADERS = (Group.COORDINATOR, Group.MANAGER)
"""Who may say that two customers are one, or that they are not."""


class NotToBeMerged(Refusal):
    """Customers cannot be merged as asked."""


class NotMerged(Refusal):
    """A customer that was not merged cannot be split off again."""


class GroupInGroup(Refusal):
    """Groups of customers are one level deep."""


@verb(*DESK)
def add_customers(*, customers: Iterable[Customer], at: datetime, by: By) -> list[Customer]:
    """This will keep new customers. Raises ValidationError and NotTrue for what cannot be.

    One that is called like another, up to case, punctuation and legal form, is kept and stands on
    the merge list (`to_merge`).
    """
    fresh = list(customers)
    for one in fresh:
        one.clean_fields()
        _see_group(one)
        one.alike, one.doubt = likeness(one.name), Doubt.NONE.value
    called = _called({one.alike for one in fresh})
    for one in fresh:
        if one.alike in called:
            one.doubt = Doubt.SAME_NAME.value
        called.add(one.alike)
    made = Customer.objects.bulk_create(fresh)
    note(made)
    return made


def _called(names: Iterable[str]) -> set[str]:
    """Which of some names, in their likeness, customers have; merged ones mean those that stand."""
    found: set[str] = set()
    for some in chunks(names):
        rows = Customer.objects.filter(alike__in=some)
        found |= set(rows.values_list("alike", flat=True))
    return found


@verb(*DESK)
def edit_customer(
    *, customer: Customer, changes: Mapping[str, Any], seen: int, at: datetime, by: By
) -> None:
    """This will change a customer as a form says; raises Edited if somebody else was faster.

    A new name takes it off the merge list, or puts it there.
    """
    fields = edit(customer, changes, seen=seen, at=at, by=by)
    _see_group(customer)
    before = customer.alike
    if "name" in fields and before != likeness(customer.name):
        customer.alike = likeness(customer.name)
        others = Customer.objects.filter(alike=customer.alike).exclude(pk=customer.pk)
        alike = others.exclude(merged_into=customer).exists()
        customer.doubt = Doubt.SAME_NAME.value if alike else Doubt.NONE.value
        update([customer], ["alike", "doubt"])
        _let_one_stand(before)
    note([customer] if fields else [], fields=fields)


def _let_one_stand(alike: str, first: Customer | None = None) -> None:
    """Where all that are called so are in doubt, one is not: `first`, or the oldest."""
    rows = Customer.objects.standing().filter(alike=alike)
    if rows.filter(doubt=Doubt.NONE.value).exists():
        return
    one = rows.order_by("pk").first() if first is None else first
    if one is not None:
        one.doubt = Doubt.NONE.value
        update([one], ["doubt"])


@verb(*LEADERS, fits=stands)
def merge_customers(
    *,
    into: Customer,
    duplicates: Sequence[Customer],
    at: datetime,
    by: By,
    seen: Mapping[int, int] | None = None,
) -> None:
    """This will say that several rows are one customer; what points to each keeps pointing.

    Rows that were merged into a duplicate follow it. Merging again what is merged changes nothing.
    Raises NotToBeMerged for a survivor that is itself merged, or among the duplicates, and MovedOn
    for a row whose version is not the one `seen`.
    """
    held = {one.pk: one for one in locked([into, *duplicates], of=Customer)}
    survivor = held[into.pk]
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
    see_as_seen(held.values(), seen)
    moved = Customer.objects.filter(merged_into__in=keys) | Customer.objects.filter(pk__in=keys)
    changing = list(moved.exclude(merged_into=survivor))
    for one in changing:
        one.merged_into, one.merged_at = survivor, at
    touched(changing, at=at, by=by)
    update(changing, ["merged_into", "merged_at", *EDITED])
    if survivor.doubt:
        _let_one_stand(survivor.alike, first=survivor)
    note(changing, [survivor] if changing else [], into=survivor.pk)


@verb(*LEADERS, fits=is_merged)
def split_off_customers(
    *,
    customers: Sequence[Customer],
    at: datetime,
    by: By,
    seen: Mapping[int, int] | None = None,
) -> None:
    """This will undo merges: each row is a customer of its own again. Raises NotMerged, MovedOn.

    Two that are called alike are in doubt again; what was merged into a row before stays where it
    went with it.
    """
    held = locked(customers, of=Customer)
    for one in held:
        if one.merged_into_id is None:
            raise NotMerged(
                _("%(customer)s was not merged into another, so there is nothing to undo.")
                % {"customer": one}
            )
    see_as_seen(held, seen)
    survivors = Customer.objects.in_bulk({one.merged_into_id for one in held})
    for one in held:
        of = survivors[one.merged_into_id or 0]
        if of.alike == one.alike and not of.doubt:
            one.doubt = Doubt.SAME_NAME.value
        one.merged_into = one.merged_at = None
    touched(held, at=at, by=by)
    update(held, ["merged_into", "merged_at", "doubt", *EDITED])
    for alike in sorted({one.alike for one in held if one.doubt}):
        _let_one_stand(alike)
    note(held)


@verb(*LEADERS, fits=is_in_doubt)
def clear_doubt(
    *,
    customers: Sequence[Customer],
    at: datetime,
    by: By,
    seen: Mapping[int, int] | None = None,
) -> None:
    """This will take customers off the merge list that somebody found to be their own: MovedOn."""
    held = locked(customers, of=Customer)
    see_as_seen(held, seen)
    clearing = [one for one in held if one.doubt]
    for one in clearing:
        one.doubt = Doubt.NONE.value
    touched(clearing, at=at, by=by)
    update(clearing, ["doubt", *EDITED])
    note(clearing)


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
