"""A mistake of the record is mended by hand, by two where it must be two."""

from typing import Any

import pytest
from django.conf import settings

from builders import an_account
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from desk.web.company import HOUR, a_company, promised
from wellkept.desk import clock
from wellkept.record.access.rules import Group
from wellkept.record.promises.actions import pause_promises
from wellkept.record.promises.models import Pause, Promise

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]


def test_a_correction_waits_on_its_page_until_a_second_person_confirms_it(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    one = promised(company, "Ring back", due_in=HOUR, owner=company.alma_person)
    page, first = f"/promises/P-{one.pk}/", one.first_due
    alma = signed_in(company.alma)
    typed = {"first_due": "2031-03-03T10:00", "reason": "The year was mistyped"}
    answer = alma.post(f"{page}correct/", typed, follow=True)
    for said in ("until somebody else confirms", "A correction waits", "The year was mistyped"):
        assert said in answer.text
    assert f"{page}confirm/" not in answer.text, "who asked has no button to confirm"
    assert f"{page}correct/" not in answer.text, "and nobody asks twice"
    refused = alma.post(f"{page}confirm/", follow=True)
    assert "somebody else has to look and confirm" in refused.text
    assert Promise.objects.get(pk=one.pk).first_due == first
    nora = signed_in(an_account("Nora", everything(Group.MANAGER)))
    assert f"{page}confirm/" in nora.get(page).text
    done = nora.post(f"{page}confirm/", follow=True)
    assert "The first date is corrected." in done.text and "A correction waits" not in done.text
    mended = Promise.objects.get(pk=one.pk).first_due
    assert mended is not None and mended.year == 2031


def test_a_wrong_correction_is_refused_and_another_can_be_asked(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    one = promised(company, "Ring back", due_in=HOUR, owner=company.alma_person)
    page, first = f"/promises/P-{one.pk}/", one.first_due
    alma, nora = (signed_in(who) for who in (company.alma, an_account("Nora")))
    typed = {"first_due": "2031-03-03T10:00", "reason": "The year was mistyped"}
    asked = alma.post(f"{page}correct/", typed, follow=True).text
    assert "Take it back" in asked, "whoever asked takes it back where another refuses it"
    assert nora.post(f"{page}refuse/", {"reason": ""}).status_code == 422
    done = nora.post(f"{page}refuse/", {"reason": "Their letter says today"}, follow=True).text
    assert "The first date stays as it is." in done and "A correction waits" not in done
    assert "Their letter says today" in done.partition('id="log"')[2], "it stays to be read"
    assert Promise.objects.get(pk=one.pk).first_due == first
    assert nora.post(f"{page}confirm/").status_code == 404, "it waits no more"
    assert "A correction waits" in alma.post(f"{page}correct/", typed, follow=True).text


def test_a_pause_that_the_customer_agreed_to_afterwards_moves_the_date(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    one = promised(company, "Ring back", due_in=HOUR, owner=company.alma_person)
    now, page = company.now, f"/promises/P-{one.pk}/"
    pause = Pause(promise=one, from_at=now - 3 * HOUR, until_at=now - HOUR, waited_for="access")
    pause_promises(pauses=[pause], at=now, by=company.alma)
    alma = signed_in(company.alma)
    assert "not acknowledged" in alma.get(page).text
    refused = alma.post(f"{page}agree/", {"pause": str(pause.pk), "evidence": ""})
    assert refused.status_code == 422 and "Not done yet" in refused.text
    typed = {"pause": str(pause.pk), "evidence": "Dr Rossi, by phone", "happened_at": ""}
    done = alma.post(f"{page}agree/", typed, follow=True).text
    assert "Noted that the customer agreed." in done and f"{page}agree/" not in done
    judged = Promise.objects.get(pk=one.pk).judged_due
    assert judged is not None and one.first_due is not None
    assert judged - one.first_due == 2 * HOUR
