"""The page of a case: how long the customer waits, and how long our promise has run."""

import re
from typing import Any

from django.conf import settings

from builders import a_person, a_product, an_account, an_asset
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from desk.web.company import HOUR, a_case, a_company, promised
from wellkept.desk import clock
from wellkept.record.access.actions import erase_person
from wellkept.record.access.rules import Group, Scope
from wellkept.record.cases.actions import (
    assign_cases,
    code_case,
    report_cases,
    resume_cases,
    set_commitments,
    wait_for,
)
from wellkept.record.cases.models import Case, Commitment
from wellkept.record.cases.rules import WaitingOn
from wellkept.record.installed_base.models import Product
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


@on_sqlite
def test_a_note_stands_in_the_log_of_a_case_and_tells_the_customer_nothing(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    case = a_case(company)
    page, alma = f"/cases/C-{case.pk}/", signed_in(company.alma)
    assert "the customer is not told, and no promise to tell them is kept" in alma.get(page).text
    empty = alma.post(f"{page}remark/", {"text": " "}, follow=True)
    assert "Say what to remember" in empty.text
    kept = alma.post(f"{page}remark/", {"text": "Gate code 12\nAsk for Ida"}, follow=True).text
    assert "The note is kept; the customer is not told." in kept
    log = kept.partition('id="log"')[2].partition("</section>")[0]
    assert "Gate code 12<br>Ask for Ida" in log and "a note for us" in log and "Alma" in log
    assert not case.contact_log.exists()
    rita = signed_in(an_account("Rita", everything(Group.READ_ONLY)))
    assert "Gate code 12" in (read := rita.get(page).text) and "remark/" not in read
    assert rita.post(f"{page}remark/", {"text": "x"}).status_code == 403
    ada = an_account("Ada", everything(Group.ADMINISTRATOR))
    erase_person(people=[company.alma.personal], at=company.now, by=ada)
    log = rita.get(page).text.partition('id="log"')[2]
    assert "Gate code 12" in log and "Erased person" in log and "Alma" not in log


@on_sqlite
def test_words_of_a_case_are_corrected_and_two_who_do_so_see_each_other(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    (case,) = report_cases(cases=[
        Case(about="It hmus", accountable=company.role, customer=company.nord, channel="phone",
             asset_is_unknown=True, reported_at=company.now - HOUR)
    ], at=company.now, by=None)  # fmt: skip
    page, alma = f"/cases/C-{case.pk}/", signed_in(company.alma)
    typed = {"about": "It hums", "detail": "", "asset": "S4-77-0091", "channel": "mail",
             "consequence": "degraded", "seen": str(case.version)}  # fmt: skip
    done = alma.post(f"{page}edit/", typed, follow=True).text
    assert "What stood there before is in the log" in done and "It hmus" in done
    case.refresh_from_db()
    assert (case.about, case.asset, case.site) == ("It hums", company.scanner, company.site)
    late = alma.post(f"{page}edit/", typed | {"about": "It rattles", "consequence": "safety"})
    assert late.status_code == 422 and "Both edits, side by side" in late.text
    for words in ("It differs from yours in: about, consequence", "<td>It hums</td>",
                  "<td>It rattles</td>", "<td>degraded</td>", "<td>safety</td>"):  # fmt: skip
        assert words in late.text, words
    case.refresh_from_db()
    assert case.about == "It hums" and f'name="seen" value="{case.version}"' in late.text
    slip = alma.post(f"{page}edit/", typed | {"about": ""})
    again = slip.text.partition('id="again-edit"')[2].partition("</form>")[0]
    assert f'name="seen" value="{typed["seen"]}"' in again, "a slip takes over nobody's edit"
    mine = typed | {"about": "It rattles", "seen": str(case.version)}
    assert alma.post(f"{page}edit/", mine).status_code == 302
    case.refresh_from_db()
    assert case.about == "It rattles" and case.remarks.count() == 2


@on_sqlite
def test_words_of_a_promise_are_corrected_and_its_dates_are_not_edited(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    one = promised(company, "Rnig back", due_in=HOUR, owner=company.bruno)
    page, alma = f"/promises/P-{one.pk}/", signed_in(company.alma)
    typed = {"about": "Ring back", "consequence": "degraded", "seen": "1",
             "first_due": "2031-03-03T10:00", "current_due": "2031-03-03T10:00"}  # fmt: skip
    done = alma.post(f"{page}edit/", typed, follow=True).text
    assert "Rnig back" in done and "corrected; before" in done
    stands = Promise.objects.get(pk=one.pk)
    assert (stands.about, stands.first_due) == ("Ring back", one.first_due)
    assert stands.current_due == stands.judged_due == one.first_due
    late = alma.post(f"{page}edit/", typed | {"about": "Call"})
    assert late.status_code == 422 and "<td>Ring back</td><td>Call</td>" in late.text
    note = alma.post(f"{page}remark/", {"text": "They are in after four"}, follow=True).text
    assert "a note for us" in note and "They are in after four" in note
    assert not stands.notices.exists()


@on_sqlite
def test_an_owner_is_taken_away_with_a_reason_and_it_stands_on_top_of_today(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    case = a_case(company)
    page, alma = f"/cases/C-{case.pk}/", signed_in(company.alma)
    assert "unassign/" not in alma.get(page).text, "nobody owns it"
    alma.post(f"{page}assign/", {"to": "Bruno Keller"})
    restore = Promise.objects.get(of_case__case=case, kind=Kind.RESTORE)
    own = f"/promises/P-{restore.pk}/"
    assert all(f"{path}unassign/" in alma.get(path).text for path in (page, own))
    alma.post(f"{page}unassign/", {"reason": ""})
    case.refresh_from_db()
    assert case.owner == company.bruno, "not without a reason"
    gone = alma.post(f"{page}unassign/", {"reason": "Ill for weeks"}, follow=True).text
    assert "Nobody owns" in gone and "Ill for weeks" in gone.partition('id="log"')[2]
    first = alma.get("/?whose=all").text.partition('data-part="ownerless"')[2]
    assert restore.number in first.partition("</section>")[0]
    assert "with its case" in (shown := alma.get(own).text) and f'href="{page}"' in shown
    assert company.bruno.account is not None
    tried = signed_in(company.bruno.account).post(f"{own}unassign/", {"reason": "x"})
    assert tried.status_code == 404, "it is not his any more"


@on_sqlite
def test_what_is_promised_in_a_case_stands_in_it(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    given = {"asset": company.scanner, "accountable": company.role, "reported_at": company.now}
    fresh = [Case(about="It hums", consequence=2, **given), Case(about="Dark", **given)]
    one, other = report_cases(cases=fresh, at=company.now, by=None)
    page, alma = f"/cases/C-{one.pk}/", signed_in(company.alma)
    shown = alma.get(page).text
    assert "Nothing is promised yet." in shown and f"/promises/new/?case={one.pk}" in shown
    assert "Say what they answered" in shown and 'id="edit-consequence"' in shown
    form = alma.get(f"/promises/new/?case={one.pk}").text
    assert f'name="case" value="{one.pk}"' in form and 'value="A-1040"' in form
    assert 'value="Clinic Nord"' in form
    typed = {"about": "Call back", "due_on": "2031-03-03", "case": str(one.pk)}
    sent = [alma.post("/promises/new/", typed) for _twice in range(2)]
    assert {answer.headers["Location"] for answer in sent} == {page}
    made = one.promises.get()
    assert made.promise.customer == company.nord and made.promise.owner == company.alma_person
    assert made.set_apart, "who said it answers for it, whoever has the case"
    shown = alma.get(page).text
    assert made.promise.number in shown and "Promise more in this case" in shown
    assign_cases(cases=[other], person=company.alma_person, at=company.now, by=None)
    alma.post("/promises/new/", typed | {"case": str(other.pk)})
    assert not other.promises.get().set_apart, "it goes with the case"
    carla = an_account("Carla", (Group.ENGINEER, Scope.OWN))
    a_person("Carla", account=carla)
    kept = signed_in(carla).post("/promises/new/", typed | {"about": "Hers"})
    assert kept.status_code == 302 and one.promises.count() == 1, "she sees no such case"


@on_sqlite
def test_who_called_is_named_later_and_what_was_promised_is_promised_to_them(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    fresh = Case(about="It hums", accountable=company.role, consequence=1, channel="phone",
                 asset_is_unknown=True, reported_at=company.now)  # fmt: skip
    (case,) = report_cases(cases=[fresh], at=company.now, by=None)
    page, alma = f"/cases/C-{case.pk}/", signed_in(company.alma)
    assert 'name="customer"' in alma.get(page).text.partition('id="corrections"')[2]
    typed = {"about": "It hums", "asset": "", "channel": "phone", "detail": "",
             "consequence": "production_stopped", "seen": str(case.version)}  # fmt: skip
    wrong = alma.post(f"{page}edit/", typed | {"customer": "Nobody Known"})
    assert wrong.status_code == 422 and 'id="again-edit-customer-wrong"' in wrong.text
    shown = alma.post(f"{page}edit/", typed | {"customer": "clinic"}, follow=True).text
    case.refresh_from_db()
    assert case.customer == company.nord, shown
    assert f'href="/customers/{company.nord.pk}/"' in shown
    made = [link.promise for link in case.promises.select_related("promise")]
    assert made and all(one.customer == company.nord for one in made)
    left = shown.partition('id="corrections"')[2]
    assert 'name="customer"' not in left, "whose it is stays: another case is another one's"


@on_sqlite
def test_what_a_stop_means_is_said_later_and_the_page_tells_what_is_promised_now(
    record: Any,
) -> None:
    company = a_company(clock.now(settings.HOME))
    graver = Commitment(consequence=0, restore_min=240, accountable=company.role)
    set_commitments(commitments=[graver], at=company.now, by=None)
    case = a_case(company)
    restore = Promise.objects.get(of_case__case=case, kind=Kind.RESTORE)
    page, alma = f"/cases/C-{case.pk}/", signed_in(company.alma)
    typed = {"about": case.about, "asset": company.scanner.number, "channel": "phone"}
    first = {"seen": str(case.version), "consequence": "safety", **typed}
    shown = alma.post(f"{page}edit/", first, follow=True).text
    new = case.promises.exclude(promise=restore).get(promise__kind=Kind.RESTORE).promise
    assert f"Promised now, from the report on: {new.number}." in shown
    assert f"Void, since what is due earlier takes its place: {restore.number}." in shown
    assert new.number in alma.get(f"/promises/P-{restore.pk}/").text, "its own page says why"
    case.refresh_from_db()
    second = {"seen": str(case.version), "consequence": "inconvenience", **typed}
    shown = alma.post(f"{page}edit/", second, follow=True).text
    assert "Its promises stay as given: only the customer can release us." in shown
    new.refresh_from_db()
    assert new.is_owed


@on_sqlite
def test_codes_that_were_used_before_are_offered_the_nearest_first(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    told: dict[str, Any] = {"at": company.now, "by": None}
    kin, other = (an_asset(product=a_product(name)) for name in ("Scanner S5", "Pump"))
    alike = Product.objects.filter(pk__in=[kin.product_id, company.scanner.product_id])
    alike.update(family="Scanners")
    given = {"accountable": company.role, "about": "x", "reported_at": company.now - HOUR}
    used = ((other, "leaks", 3), (kin, "no picture", 1), (company.scanner, "noise", 1),
            (company.scanner, "stuck", 2))  # fmt: skip
    for asset, mode, many in used:
        fresh = [Case(asset=asset, **given) for _ in range(many)]
        for case in report_cases(cases=fresh, **told):
            code_case(case=case, codes={"failure_mode": mode}, seen=1, **told)
    theirs = a_case(company)
    page = signed_in(company.alma).get(f"/cases/C-{theirs.pk}/").text
    assert modes(page) == ["stuck", "noise", "no picture", "leaks"]
    olga = an_account("Olga", (Group.ENGINEER, Scope.OWN))
    owner = a_person("Olga", account=olga)
    fresh = [Case(asset=company.scanner, owner=owner, failure_mode="hum", **given)]
    (hers,) = report_cases(cases=fresh, **told)
    assert modes(signed_in(olga).get(f"/cases/C-{hers.pk}/").text) == ["hum"], "of what they see"


def modes(page: str) -> list[str]:
    """List the modes of failure that a page offers."""
    offered = page.partition('<datalist id="used-failure_mode">')[2].partition("</datalist>")[0]
    return re.findall(r'value="([^"]+)"', offered)
