"""What the company's other systems call its rows: an ERP, and a help desk from before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wellkept.desk.demo import story
from wellkept.desk.demo.records import Company
from wellkept.desk.demo_record.known import WEEK, Known
from wellkept.record.cases.models import CaseExternalId
from wellkept.record.installed_base.models import AssetExternalId
from wellkept.record.parties.models import CustomerExternalId
from wellkept.record.sources.actions import name_rows
from wellkept.record.sources.models import ExternalId

ERP, BEFORE = "ERP", "former help desk"
"""How people call the two systems."""
CHANGED_WEEKS = 26
"""For so long the record still took its cases over from the help desk before it."""


def name_customers(known: Known) -> None:
    """This will write down the debtor numbers of customers in the ERP."""
    rows = enumerate(known.customers.values())
    _name(
        CustomerExternalId,
        ERP,
        "debtor",
        {row: f"{70_000 + 7 * n}" for n, row in rows},
        known.at(0),
    )


def name_the_rest(company: Company, known: Known) -> None:
    """This will write down equipment numbers in the ERP, and tickets of the help desk before."""
    equipment = {
        known.assets[asset.number]: f"EQ{300_000 + 13 * n}"
        for n, asset in enumerate(company.assets)
        if asset.parent is None and asset.number in known.assets
    }
    _name(AssetExternalId, ERP, "equipment", equipment, known.at(story.WEEKS))
    until_s = known.start_s + CHANGED_WEEKS * WEEK
    tickets = {
        row: f"HD-{41_000 + 3 * n}"
        for n, (case, row) in enumerate(known.cases.items())
        if case.reported_s < until_s
    }
    _name(CaseExternalId, BEFORE, "ticket", tickets, known.at(story.WEEKS))


def _name(
    ids: type[ExternalId], system: str, kind: str, rows: Mapping[Any, str], at: datetime
) -> None:
    names = {row.pk: name for row, name in rows.items()}
    name_rows(ids=ids, system=system, kind=kind, names=names, at=at, by=None)
