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
from wellkept.record.promises.models import Promise

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
