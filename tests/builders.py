"""Small true things, each with one call: name in a test only what the test is about.

The cast: Alma dispatches, Bruno drives, Clinic Nord and Mill East wait. It is Monday, 9 o'clock.
"""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from wellkept.record.access.actions import open_account
from wellkept.record.access.models import Account, PersonalData
from wellkept.record.access.rules import Group, Scope
from wellkept.record.organisation.models import Person
from wellkept.record.parties.actions import add_contact, add_customers, add_sites
from wellkept.record.parties.models import Contact, Customer, Site

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
_numbers = count(1)


def an_account(name: str = "Alma", *grants: tuple[Group, Scope], at: datetime = MONDAY) -> Account:
    """Let somebody sign in; without grants, as coordinator of everything."""
    return open_account(
        email=f"{name.lower()}.{next(_numbers)}@wellkept.example",
        name=name,
        password=None,
        grants=grants or [(Group.COORDINATOR, Scope.ALL)],
        at=at,
        by=None,
    )


def a_person(name: str = "Bruno", **given: Any) -> Person:
    """Have somebody who works for us."""
    return Person.objects.create(personal=PersonalData.objects.create(name=name), **given)


def a_customer(name: str = "Clinic Nord", **given: Any) -> Customer:
    """Have a customer."""
    return add_customers(customers=[Customer(name=name, **given)], at=MONDAY, by=None)[0]


def a_site(customer: Customer | None = None, **given: Any) -> Site:
    """Have a site, in Rome unless it says where."""
    given = {"name": "Main building", "zone": "Europe/Rome"} | given
    site = Site(customer=customer or a_customer(), **given)
    return add_sites(sites=[site], at=MONDAY, by=None)[0]


def a_contact(name: str = "Dr Rossi", customer: Customer | None = None, **given: Any) -> Contact:
    """Have a person at a customer."""
    told = {"site": None, "email": "", "phone": "", "role": ""} | given
    customer = customer or a_customer()
    return add_contact(customer=customer, name=name, at=MONDAY, by=None, **told)
