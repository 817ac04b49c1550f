"""What other systems call a row stands beside our own number, on its page."""

from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model

from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import HOUR, Company, a_case, a_company, promised
from wellkept.desk import clock
from wellkept.record.cases.models import CaseExternalId
from wellkept.record.installed_base.models import AssetExternalId
from wellkept.record.parties.models import CustomerExternalId
from wellkept.record.promises.models import PromiseExternalId
from wellkept.record.sources.actions import name_rows
from wellkept.record.sources.models import ExternalId

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


@pytest.mark.parametrize("noun", ["customer", "asset", "case", "promise"])
def test_the_number_of_another_system_stands_beside_our_own(company: Company, noun: str) -> None:
    there: dict[str, tuple[type[ExternalId], Model, str]] = {
        "customer": (CustomerExternalId, company.nord, f"/customers/{company.nord.pk}/"),
        "asset": (AssetExternalId, company.scanner, f"/installed-base/{company.scanner.pk}/"),
    }
    if noun == "case":
        case = a_case(company)
        there["case"] = (CaseExternalId, case, f"/cases/C-{case.pk}/")
    if noun == "promise":
        one = promised(company, "Call back", due_in=HOUR)
        there["promise"] = (PromiseExternalId, one, f"/promises/P-{one.pk}/")
    ids, row, path = there[noun]
    client = signed_in(company.alma)
    told: dict[str, Any] = {"at": company.now, "by": None}
    assert "ERP" not in client.get(path).text
    name_rows(ids=ids, system="ERP", kind=noun, names={row.pk: "70-4711"}, **told)
    name_rows(ids=ids, system="files", kind=noun, names={row.pk: str(row)}, **told)
    page = client.get(path).text
    assert "ERP: 70-4711" in page and "files:" not in page, "our own name again says nothing new"
