"""A manager brings a file in on the pages: tried, written, taken back; nobody else may."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from builders import an_account
from desk.exchange.folders import P4, THREE
from desk.web.clients import everything, signed_in
from wellkept.desk import clock
from wellkept.desk.exchange import background
from wellkept.desk.exchange.again import wanted_again
from wellkept.desk.exchange.opening import opened
from wellkept.desk.exchange.running import apply
from wellkept.record.access.rules import Group
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ImportRun

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def desk() -> Client:
    """Give the desk as Mara, who manages, sees it."""
    return signed_in(an_account("Mara", everything(Group.MANAGER)))


@pytest.fixture
def written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write in the test's own process, whose database no other process sees."""
    from django.conf import settings

    def start(run: ImportRun) -> None:
        now = clock.now(settings.HOME)
        with opened(wanted_again(run), now) as folder:
            apply(folder, run, now=now, by=run.by)

    monkeypatch.setattr(background, "start", start)


def send(desk: Client, name: str, text: str) -> Any:
    """Upload one file."""
    file = SimpleUploadedFile(name, text.encode())
    return desk.post("/exchange/", {"files": [file], "zone": "Europe/Rome"})


@pytest.mark.usefixtures("written_at_once")
def test_a_file_is_tried_written_and_taken_back(desk: Client) -> None:
    answer = send(desk, "promises.csv", THREE + P4)
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"/exchange/{run.pk}/"
    page = desk.get(f"/exchange/{run.pk}/").content.decode()
    assert "A dry run" in page and "sometime soon" in page and not Promise.objects.exists()
    desk.post(f"/exchange/{run.pk}/write/")
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


def test_a_zone_that_does_not_exist_is_named(desk: Client) -> None:
    file = SimpleUploadedFile("promises.csv", THREE.encode())
    answer = desk.post("/exchange/", {"files": [file], "zone": "Europe/Rom"})
    assert answer.status_code == 422 and "Europe/Rom is not a time zone" in answer.content.decode()


def test_a_coordinator_brings_nothing_in() -> None:
    desk = signed_in(an_account("Alma"))
    assert desk.get("/exchange/").status_code == 403
    assert send(desk, "promises.csv", THREE).status_code == 403
