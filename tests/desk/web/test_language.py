"""Every text of the desk is marked: in a language of wide letters no plain one is left."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from builders import an_account
from databases import on_sqlite
from desk.background.working import do_jobs
from desk.web.clients import a_client, signed_in
from desk.web.every_page import Everything, everything_there, shown
from desk.web.pseudo import data_of_the_record, spoken_wide, unmarked, unmarked_lines
from wellkept.desk import clock
from wellkept.desk.digest.choosing import stop_token
from wellkept.desk.digest.sending import send
from wellkept.desk.web.addresses import PAGES
from wellkept.record.access.rules import Group, Scope
from wellkept.study.measures.catalogue import MEASURES

pytestmark = on_sqlite
FOR_OURSELVES = frozenset({"tour_report", "import_reading"})
"""A document of its own, as the terminal writes it; needs a job at work."""


@pytest.fixture
def there(committed: Any, tmp_path: Path) -> Iterator[Everything]:
    now = clock.now(tmp_path)
    clock.set_demo_clock(tmp_path, monday=now, wall=now)
    with override_settings(FILES=tmp_path / "files", HOME=tmp_path):
        yield everything_there()


def bare(answer: Any, data: frozenset[str]) -> list[str]:
    """List what a page says without a mark."""
    return unmarked(answer.text, data) if "html" in answer.headers.get("Content-Type", "") else []


def test_no_page_says_a_word_that_is_not_marked(
    there: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, data = signed_in(there.nora), data_of_the_record()
    found: list[str] = []
    with spoken_wide(monkeypatch):
        pages = [there.address(page) for page in shown() if page.name not in FOR_OURSELVES]
        for address in (*pages, *(f"/measures/{one.name}/?by=kind" for one in MEASURES)):
            answer = client.get(address)
            assert answer.status_code == 200, address
            found += [f"{address}: {text}" for text in bare(answer, data)]
            answer.close()
    assert found == [], "\n".join(found)


def test_nothing_that_is_refused_is_said_without_a_mark(
    there: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, data = signed_in(there.nora), data_of_the_record()
    found: list[str] = []
    said = 0
    with spoken_wide(monkeypatch):
        for page in (*PAGES, None):  # what an address says is shown by the next page that is one
            if page is None or ("POST" in page.methods and page.name not in FOR_OURSELVES):
                answer = client.post(there.address(page), {}) if page else client.get("/customers/")
                found += [f"{page and page.name}: {text}" for text in bare(answer, data)]
                said += answer.text.count('class="said"') if answer.content else 0
    assert found == [], "\n".join(found)
    assert said > 30


def test_doors_and_mails_speak_the_language_too(
    there: Everything, mails: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    alma, nora = there.company.alma, there.nora
    sten = an_account("Sten", (Group.ENGINEER, Scope.OWN))
    client, data = a_client(), data_of_the_record()
    own = signed_in(nora)
    own.post(f"/mirror/{there.asked.pk}/link/", {"group": "customer", "most": "4"})
    link = re.search(r"/answer/[^\"/]+/", own.get(f"/mirror/{there.asked.pk}/").text)
    doors = ["/sign-in/", "/password/", "/password/sent/", "/nowhere/", "/first/", "/demo/used/",
             f"/mail/stop/{stop_token(alma)}/"]  # fmt: skip
    found: list[str] = []
    with spoken_wide(monkeypatch):
        for door in [*doors, *([link[0]] if link else [])]:
            found += [f"{door}: {text}" for text in bare(client.get(door), data)]
        wrong = {"username": "nobody@wellkept.example", "password": "x"}
        found += bare(client.post("/sign-in/", wrong), data)
        found += bare(signed_in(sten).get("/settings/"),
                      data)  # fmt: skip
        client.post("/password/", {"email": alma.email})
        do_jobs()
        assert send(alma, "2026-11-02", clock.now(settings.HOME)) == "sent"
    for mail in mails:
        found += unmarked_lines(f"{mail.subject}\n{mail.body}", data)
    assert len(mails) == 2 and found == [], "\n".join(found)
