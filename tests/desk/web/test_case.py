"""The page of a case: how long the customer waits, and how long our promise has run."""

from typing import Any

from django.conf import settings

from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import HOUR, a_case, a_company
from wellkept.desk import clock
from wellkept.record.cases.actions import resume_cases, wait_for
from wellkept.record.cases.rules import WaitingOn
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Kind


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


@on_sqlite
def test_a_wait_that_the_customer_agreed_to_afterwards_pauses_the_promise(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    case = a_case(company)
    now, by, page = company.now, company.alma, f"/cases/C-{case.pk}/"
    wait_for(cases=[case], whom=WaitingOn.ACCESS, happened_at=now - HOUR, at=now, by=by)
    alma = signed_in(by)
    assert f"{page}agree/" in alma.get(page).text
    done = alma.post(f"{page}agree/", {"evidence": "Their mail", "happened_at": ""}, follow=True)
    assert "acknowledged by the customer" in done.text and f"{page}agree/" not in done.text
    restore = Promise.objects.get(of_case__case=case, kind=Kind.RESTORE)
    assert restore.judged_due is None and restore.left_s, "its clock stands still"
    resume_cases(cases=[case], happened_at=now, at=now, by=by)
    wait_for(cases=[case], whom=WaitingOn.PART, happened_at=now, at=now, by=by)
    wait_for(cases=[case], whom=WaitingOn.PART, happened_at=now, at=now, by=by, evidence="A call")
    assert not restore.pauses.filter(acknowledged_at=None).exists(), "said again, with their word"


@on_sqlite
def test_who_leads_gives_a_case_to_somebody_at_once(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    case = a_case(company)
    page = f"/cases/C-{case.pk}/"
    assert f"{page}assign/" in (alma := signed_in(company.alma)).get(page).text
    assert alma.post(f"{page}assign/", {"to": "Nobody"}).status_code == 422
    assert "is assigned" in alma.post(f"{page}assign/", {"to": "Bruno Keller"}, follow=True).text
    case.refresh_from_db()
    restore = Promise.objects.get(of_case__case=case, kind=Kind.RESTORE)
    assert case.owner == restore.owner == company.bruno
    assert company.bruno.account is not None
    his, own = signed_in(company.bruno.account), f"/promises/P-{restore.pk}/"
    assert all(f"{path}offer/" in (shown := his.get(path).text) and f"{path}assign/" not in shown
               for path in (page, own))  # fmt: skip
    assert "is assigned" in alma.post(f"{own}assign/", {"to": "Alma Rossi"}, follow=True).text


@on_sqlite
def test_how_it_failed_is_said_in_codes_and_two_who_say_it_see_each_other(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    case = a_case(company)
    page, alma = f"/cases/C-{case.pk}/", signed_in(company.alma)
    codes = {"failure_mode": "does not start", "failure_cause": "wear", "remedy": "part replaced",
             "failure_mechanism": "", "seen": str(case.version)}  # fmt: skip
    done = alma.post(f"{page}code/", codes, follow=True).text
    assert "Saved." in done and "part replaced" in done and "Change the codes" in done
    late = alma.post(f"{page}code/", codes | {"remedy": "adjusted"})
    assert late.status_code == 422 and "It differs from yours in: remedy" in late.text
    case.refresh_from_db()
    again = codes | {"remedy": "adjusted", "seen": str(case.version)}
    assert f'name="seen" value="{case.version}"' in late.text
    assert alma.post(f"{page}code/", again).status_code == 302
    case.refresh_from_db()
    assert case.remedy == "adjusted"
