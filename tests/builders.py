"""Small true things, each with one call: name in a test only what the test is about.

The cast: Alma dispatches, Bruno drives, Clinic Nord and Mill East wait. It is Monday, 9 o'clock.
"""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from wellkept.record.access.actions import open_account
from wellkept.record.access.models import Account, PersonalData
from wellkept.record.access.rules import Group, Scope
from wellkept.record.cases.actions import report_cases
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.actions import add_assets, add_products
from wellkept.record.installed_base.models import Asset, Product
from wellkept.record.organisation.models import Person, Role
from wellkept.record.parties.actions import add_contact, add_customers, add_sites
from wellkept.record.parties.models import Contact, Customer, Site
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.models import Promise

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
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


def a_role(name: str = "Service coordinator") -> Role:
    """Have a role that somebody answers for things in."""
    return Role.objects.get_or_create(name=name)[0]


def a_product(name: str = "Pump 40", **given: Any) -> Product:
    """Have a model of the catalogue."""
    given = {"number": f"{name}/{next(_numbers)}"} | given
    return add_products(products=[Product(name=name, **given)], at=MONDAY, by=None)[0]


def an_asset(serial: str | None = None, at: datetime = MONDAY, **given: Any) -> Asset:
    """Have an asset, with a serial of its own unless it says another."""
    serial = f"SN-{next(_numbers)}" if serial is None else serial
    given = {"product": given.pop("product", None) or a_product()} | given
    return add_assets(assets=[Asset(serial=serial, **given)], at=at, by=None)[0]


def promise_row(due_in: timedelta = 4 * HOUR, **given: Any) -> Promise:
    """Have a promise that is not made yet: said on Monday, due some hours later."""
    made_at = given.pop("made_at", MONDAY)
    told = {"kind": "said", "about": "call back", "made_at": made_at} | given
    told.setdefault("first_due", (made_at or MONDAY) + due_in)
    if "accountable" not in told:
        told["accountable"] = a_role()
    return Promise(**told)


def a_promise(
    due_in: timedelta = 4 * HOUR, by: Account | None = None, at: datetime = MONDAY, **given: Any
) -> Promise:
    """Have a promise."""
    row = promise_row(due_in, **given)
    return make_promises(promises=[row], at=at, by=by, keep_doubtful=True)[0]


def a_case(about: str = "The pump leaks", at: datetime = MONDAY, **given: Any) -> Case:
    """Have a case, reported on Monday."""
    told = {"reported_at": MONDAY} | given
    if "accountable" not in told:
        told["accountable"] = a_role()
    return report_cases(cases=[Case(about=about, **told)], at=at, by=None)[0]
