"""The page of a case: how long the customer waits, and how long our promise has run."""

from typing import Any

from django.conf import settings

from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import HOUR, a_case, a_company
from wellkept.desk import clock
from wellkept.record.cases.actions import resume_cases, wait_for
from wellkept.record.cases.rules import WaitingOn


@on_sqlite
def test_both_clocks_stand_side_by_side_and_an_agreed_pause_stops_one(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    case = a_case(company)  # reported three hours ago, work began an hour later
    now, by = company.now, company.alma
    wait_for(cases=[case], whom=WaitingOn.ACCESS, happened_at=now - 2 * HOUR, at=now, by=by,
             evidence="Their letter of today")  # fmt: skip
    resume_cases(cases=[case], happened_at=now - HOUR, at=now, by=by)
    page = signed_in(company.alma).get(f"/cases/C-{case.pk}/").text
    _, _, shown = page.partition("<dt>Customer clock</dt>")
    customer, _, promise = shown.partition("<dt>Promise clock</dt>")
    assert customer.startswith("<dd>3 h") and promise.startswith("<dd>2 h")
    assert "cover hours" in promise
