"""Files on cases, promises and assets: added by who works on them, fetched by who sees them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from builders import an_account
from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import HOUR, Company, a_case, a_company, promised
from wellkept.desk import clock
from wellkept.record.access.rules import Group, Scope
from wellkept.record.files.models import Attachment

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]
PDF = b"%PDF-1.7 the signed acceptance"


@pytest.fixture
def company(record: Any, tmp_path: Path) -> Any:
    with override_settings(FILES=tmp_path / "files"):
        yield a_company(clock.now(settings.HOME))


def send(client: Client, path: str, *contents: bytes, name: str = "acceptance.pdf") -> str:
    """Send files by a form and give the page that it leads to."""
    files = [SimpleUploadedFile(name, content) for content in contents]
    answer = client.post(f"{path}attach/", {"files": files, "back": path}, follow=True)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("noun", ["case", "promise", "asset"])
def test_a_file_hangs_on_what_it_was_added_to_and_comes_back_as_it_was(
    company: Company, noun: str
) -> None:
    path = place(company, noun)
    client = signed_in(company.alma)
    page = send(client, path, PDF)
    one = Attachment.objects.get()
    assert f'href="/files/{one.pk}/"' in page and "acceptance.pdf" in page and "Alma" in page
    answer = client.get(f"/files/{one.pk}/")
    assert b"".join(answer) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="acceptance.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def place(company: Company, noun: str) -> str:
    """Give the page of a case, a promise or the scanner."""
    if noun == "case":
        return f"/cases/C-{a_case(company).pk}/"
    if noun == "promise":
        return f"/promises/P-{promised(company, 'Call back', due_in=HOUR).pk}/"
    return f"/installed-base/{company.scanner.pk}/"


def test_whoever_does_not_see_the_case_gets_no_file_of_it_and_adds_none(company: Company) -> None:
    path = place(company, "case")
    send(signed_in(company.alma), path, PDF)
    one = Attachment.objects.get()
    stranger = signed_in(an_account("Sten", (Group.ENGINEER, Scope.OWN)))
    assert stranger.get(f"/files/{one.pk}/").status_code == 404
    assert stranger.post(f"{path}attach/").status_code == 404
    reader = signed_in(an_account("Rita", (Group.READ_ONLY, Scope.ALL)))
    assert b"".join(reader.get(f"/files/{one.pk}/")) == PDF
    assert reader.post(f"{path}attach/").status_code == 403
    assert "Add files" not in reader.get(path).text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg onload=alert(1)>", "drawing.txt", "is not a PDF"),
        (b"MZ\x90\x00", "invoice.pdf", "is not a PDF"),
        (b"", "empty.pdf", "is empty"),
    ],
)
def test_what_may_not_be_kept_is_refused_by_its_content_and_all_with_it(
    company: Company, content: bytes, name: str, sentence: str
) -> None:
    page = send(signed_in(company.alma), place(company, "case"), PDF, content, name=name)
    assert sentence in page and not Attachment.objects.exists()


def test_too_large_or_too_many_or_none_is_said(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, client = place(company, "asset"), signed_in(company.alma)
    assert "Choose a file." in send(client, path)
    assert "Ten files at once" in send(client, path, *[PDF] * 11)
    monkeypatch.setattr("wellkept.record.files.content.MOST_BYTES", 10)
    assert "larger than" in send(client, path, PDF)
    assert not Attachment.objects.exists()


def test_a_file_whose_content_is_lost_is_said(company: Company, tmp_path: Path) -> None:
    client = signed_in(company.alma)
    send(client, place(company, "asset"), PDF)
    one = Attachment.objects.get()
    (tmp_path / "files" / one.sha256[:2] / one.sha256[2:4] / one.sha256).unlink()
    answer = client.get(f"/files/{one.pk}/")
    assert answer.status_code == 410 and "from a backup" in answer.text


def test_a_file_is_removed_with_a_reason_that_the_page_keeps(company: Company) -> None:
    path, client = place(company, "case"), signed_in(company.alma)
    send(client, path, PDF)
    one = Attachment.objects.get()
    told = {"reason": "Of another customer", "back": path}
    sten = signed_in(an_account("Sten", (Group.ENGINEER, Scope.ALL)))
    assert "Remove for good" not in sten.get(path).text
    assert "Somebody else added" in sten.post(f"/files/{one.pk}/remove/", told, follow=True).text
    assert "Say why" in client.post(f"/files/{one.pk}/remove/", {"back": path}, follow=True).text
    page = client.post(f"/files/{one.pk}/remove/", told, follow=True).text
    assert re.search(r"removed by Alma on [^:]+:[^:]+: Of another customer", page)
    assert f'href="/files/{one.pk}/"' not in page
    answer = client.get(f"/files/{one.pk}/")
    assert answer.status_code == 410 and "Of another customer" in answer.text
