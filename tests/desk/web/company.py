"""A small company at work, made by verbs: what the pages are tried on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from builders import a_customer, a_person, a_site, an_account
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.cases.actions import (
    acknowledge_cases,
    report_cases,
    set_commitments,
    start_work,
)
from wellkept.record.cases.models import Case, Commitment
from wellkept.record.installed_base.actions import (
    add_assets,
    add_products,
    place_assets,
    transfer_assets,
)
from wellkept.record.installed_base.models import Asset, Ownership, Placement, Product
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import Person, Role
from wellkept.record.parties.models import Customer, Site
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.models import Promise

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Company:
    """Who and what there is."""

    now: datetime
    alma: Account
    alma_person: Person
    bruno: Person
    nord: Customer
    site: Site
    scanner: Asset
    role: Role


def a_company(now: datetime) -> Company:
    """Have Alma at the desk, Bruno in the field, and a scanner at Clinic Nord."""
    alma = an_account("Alma", (Group.COORDINATOR, Scope.ALL), at=now)
    alma_person = a_person("Alma Rossi", account=alma)
    bruno = a_person("Bruno Keller", account=an_account("Bruno", (Group.ENGINEER, Scope.OWN)))
    nord = a_customer("Clinic Nord")
    site = a_site(nord, name="Imaging, floor 2")
    (product,) = add_products(
        products=[Product(number="S4", name="Scanner S4", kind="hardware")], at=now, by=None
    )
    fresh = Asset(number="A-1040", serial="S4-77-0091", product=product,
                  consequence=Consequence.PRODUCTION_STOPPED)  # fmt: skip
    (scanner,) = add_assets(assets=[fresh], at=now - 900 * 24 * HOUR, by=None)
    begun = now - 800 * 24 * HOUR
    place_assets(placements=[Placement(asset=scanner, site=site, from_at=begun)], at=begun, by=None)
    transfer_assets(
        ownerships=[Ownership(asset=scanner, customer=nord, from_at=begun)], at=begun, by=None
    )
    scanner.refresh_from_db()
    role = Role.objects.create(name="Service coordinator")
    set_commitments(
        commitments=[
            Commitment(consequence=Consequence.PRODUCTION_STOPPED, zone="Europe/Rome",
                       respond_min=60, restore_min=480, accountable=role)
        ],
        at=now, by=None,
    )  # fmt: skip
    return Company(now, alma, alma_person, bruno, nord, site, scanner, role)


def promised(company: Company, about: str, *, due_in: timedelta, **given: object) -> Promise:
    """Have something promised to Clinic Nord, due so long from now."""
    due = company.now + due_in
    fields: dict[str, object] = {
        "kind": "said", "customer": company.nord, "site": company.site, "asset": company.scanner,
        "consequence": Consequence.PRODUCTION_STOPPED, "accountable": company.role,
        "made_at": min(company.now, due) - 24 * HOUR, "first_due": due,
    }  # fmt: skip
    one = Promise(about=about, **(fields | given))
    return make_promises(promises=[one], at=company.now, by=None)[0]


def a_case(company: Company, about: str = "No picture on the console") -> Case:
    """Have a case reported, answered and in work."""
    fresh = Case(about=about, asset=company.scanner, accountable=company.role, channel="phone",
                 consequence=Consequence.PRODUCTION_STOPPED,
                 reported_at=company.now - 3 * HOUR)  # fmt: skip
    (case,) = report_cases(cases=[fresh], at=company.now, by=company.alma)
    later = company.now - 2 * HOUR
    acknowledge_cases(cases=[case], happened_at=later, at=company.now, by=company.alma)
    start_work(cases=[case], happened_at=later, at=company.now, by=company.alma)
    return case


def a_day(company: Company) -> list[Promise]:
    """Have a day with something of everything on Today."""
    return [
        promised(company, "On site within four hours", due_in=-9 * HOUR, owner=company.bruno),
        promised(company, "Second pressure sensor by Friday", due_in=-52 * HOUR),
        promised(company, "Call back about the noise", due_in=2 * HOUR, owner=company.alma_person),
        promised(company, "Calibration before the audit", due_in=20 * HOUR,
                 owner=company.alma_person, consequence=Consequence.DEGRADED),
        promised(company, "Renewal offer", due_in=400 * HOUR, owner=company.bruno),
    ]  # fmt: skip
