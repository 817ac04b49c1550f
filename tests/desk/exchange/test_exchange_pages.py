"""A manager brings a file in on the pages: tried, written, taken back; nobody else may."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from builders import MONDAY, an_account
from desk.background.working import do_jobs
from desk.exchange.folders import P4, THREE
from desk.web.clients import everything, signed_in
from wellkept.desk.background.queue import newest
from wellkept.desk.web.pages import exchange
from wellkept.record.access.rules import Group
from wellkept.record.parties.actions import add_customers
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ImportRun

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def desk() -> Client:
    """Give the desk as Mara, who manages, sees it."""
    return signed_in(an_account("Mara", everything(Group.MANAGER)))


def send(desk: Client, name: str, text: str) -> Any:
    """Upload one file."""
    file = SimpleUploadedFile(name, text.encode())
    return desk.post("/exchange/", {"files": [file], "zone": "Europe/Rome"})


def test_a_file_is_tried_written_and_taken_back(desk: Client) -> None:
    answer = send(desk, "promises.csv", THREE + P4)
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"/exchange/{run.pk}/"
    page = desk.get(f"/exchange/{run.pk}/").content.decode()
    assert "A dry run" in page and "sometime soon" in page and not Promise.objects.exists()
    desk.post(f"/exchange/{run.pk}/write/")
    waiting = desk.get(f"/exchange/{run.pk}/").content.decode()
    assert "It waits for its turn" in waiting and "wellkept runner" in waiting
    desk.post(f"/exchange/{run.pk}/write/")
    do_jobs()
    assert Promise.objects.count() == 3
    page = desk.get(f"/exchange/{run.pk}/").content.decode()
    assert "Take it back" in page and "What was done" in page
    desk.post(f"/exchange/{run.pk}/undo/")
    assert not Promise.objects.exists()
    assert "undone" in desk.get("/exchange/").content.decode()


def test_a_file_that_is_no_table_is_refused_by_its_content(desk: Client) -> None:
    answer = send(desk, "promises.csv", "%PDF-1.7 and more")
    assert answer.status_code == 422
    assert "PDF document" in answer.content.decode() and not ImportRun.objects.exists()


def test_large_files_are_tried_while_nobody_waits(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LARGE", 2)
    where = send(desk, "promises.csv", THREE + P4).headers["Location"]
    assert where.startswith("/exchange/reading/") and not ImportRun.objects.exists()
    assert "They are large" in desk.get(where).content.decode()
    other = signed_in(an_account("Nora", everything(Group.MANAGER)))
    assert other.get(where).status_code == 404
    do_jobs()
    answer = desk.get(where)
    assert answer.headers["Location"] == f"/exchange/{ImportRun.objects.get().pk}/"


def test_large_files_that_cannot_be_taken_say_why_when_they_were_tried(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LARGE", 2)
    where = send(desk, "wellkept.toml", "zone = ").headers["Location"]
    do_jobs()
    (job,) = newest(5)
    page = desk.get(where).content.decode()
    assert job.state == "failed" and job.reason and "wellkept.toml" in job.reason
    assert "send them again" in page and "Traceback" not in page
    assert not ImportRun.objects.exists()


def test_a_zone_that_does_not_exist_is_named(desk: Client) -> None:
    file = SimpleUploadedFile("promises.csv", THREE.encode())
    answer = desk.post("/exchange/", {"files": [file], "zone": "Europe/Rom"})
    assert (
        answer.status_code == 422 and "“Europe/Rom” is not a time zone" in answer.content.decode()
    )


def test_a_coordinator_brings_nothing_in() -> None:
    desk = signed_in(an_account("Alma"))
    assert desk.get("/exchange/").status_code == 403
    assert send(desk, "promises.csv", THREE).status_code == 403


def test_whose_numbers_files_use_is_said_and_can_be_overruled(desk: Client) -> None:
    register = "customer id,customer name\nK1,Clinic Nord\nK2,Mill East\nK3,Mill West\n"
    cases = "ticket,subject,customer id,opened,closed\n" + "".join(
        f"T{n},Pump stopped,K{n},2026-01-0{n} 09:00,2026-01-0{n} 15:00\n" for n in (1, 2, 3)
    )
    for system, name, text in (("erp", "customers.csv", register), ("desk", "cases.csv", cases)):
        file = SimpleUploadedFile(name, text.encode())
        desk.post("/exchange/", {"files": [file], "zone": "Europe/Rome", "system": system})
        run = ImportRun.objects.latest("pk")
        if system == "erp":
            desk.post(f"/exchange/{run.pk}/write/")
            do_jobs()
    page = desk.get(f"/exchange/{run.pk}/").content.decode()
    assert "3 have a number of “erp”: they are taken for its customers" in page
    desk.post(f"/exchange/{run.pk}/again/", {"system": "desk", "customer": "none"})
    again = ImportRun.objects.latest("pk")
    page = desk.get(f"/exchange/{again.pk}/").content.decode()
    assert again.pk != run.pk and "are taken for its customers" not in page
    assert again.plan["counts"]["customer"]["create"] == 3
    assert run.plan["counts"]["customer"]["create"] == 0


def test_of_a_file_without_a_meaning_a_person_says_what_its_rows_are(desk: Client) -> None:
    """Nothing can be written before; then its customers come in, and what to look at is linked."""
    send(desk, "export [1].csv", "Code,Name\nK1,Clinic Nord\nK2,Mill East\nK3,Mill West\n")
    run = ImportRun.objects.get()
    page = desk.get(f"/exchange/{run.pk}/").content.decode()
    assert "What are their rows?" in page and "Write it into the record" not in page
    assert "the heads do not say what it lists" in page
    answer = desk.post(f"/exchange/{run.pk}/again/", {"kind1": "promise"}, follow=True)
    assert "but no column gives" in answer.content.decode()
    assert ImportRun.objects.get() == run
    desk.post(f"/exchange/{run.pk}/again/", {"kind1": "customer"})
    again = ImportRun.objects.latest("pk")
    assert again.plan["counts"]["customer"]["create"] == 3
    page = desk.get(f"/exchange/{again.pk}/").content.decode()
    assert "What are their rows?" not in page and "To see what it brought" not in page
    desk.post(f"/exchange/{again.pk}/write/")
    do_jobs()
    assert "To see what it brought" in desk.get(f"/exchange/{again.pk}/").content.decode()
    assert set(Customer.objects.values_list("name", flat=True)) >= {"Clinic Nord", "Mill East"}


def test_what_is_doubted_is_counted_first_and_shown_alone_with_its_rows(desk: Client) -> None:
    """A customer called like another one, and a list that never says that anything ended.

    Of such a list each case is told, too: whether it is open is not known.
    """
    add_customers(customers=[Customer(name="Clinic Nord SpA", number="K1")], at=MONDAY, by=None)
    cases = "ticket,subject,customer,opened\n" + "".join(
        f"T{n},Pump stopped,Clinic Nord S.p.A.,2026-01-0{n} 09:00\n" for n in (1, 2, 3)
    )
    send(desk, "cases.csv", cases)
    run = ImportRun.objects.get()
    page = desk.get(f"/exchange/{run.pk}/").content.decode()
    first = page.index("What to look at")
    assert "It is new, and called like" in page[first:] and "(1)" in page[first:]
    assert "No column of cases.csv says when anything ended" in page[first:]
    assert page.count('<h2 id="trouble') == 3 and "≈ Clinic Nord SpA (K1)" in page
    assert "Export the column with the end" in page and "customers/twins/" not in page
    alone = desk.get(f"/exchange/{run.pk}/?only=1").content.decode()
    assert alone.count('<h2 id="trouble') == 1 and "≈ Clinic" not in alone
    assert desk.get(f"/exchange/{run.pk}/?only=x9").content.decode().count('<h2 id="trouble') == 3
    desk.post(f"/exchange/{run.pk}/write/")
    do_jobs()
    assert "/customers/twins/" in desk.get(f"/exchange/{run.pk}/").content.decode()
    assert "Clinic Nord S.p.A." in desk.get("/customers/twins/").content.decode()
