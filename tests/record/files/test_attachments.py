"""Attachments: known by content, limited in size, kept by hash, lost never in silence."""

import io
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from builders import HOUR, MONDAY, an_account
from record.at_once import at_once
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotAllowed
from wellkept.record.files import content
from wellkept.record.files.actions import (
    Coming,
    Lost,
    NoReason,
    NotToBeAttached,
    NotYours,
    Removed,
    attach,
    content_of,
    remove_files,
)
from wellkept.record.files.clearing import clear_removed
from wellkept.record.files.content import TooLarge, place_of
from wellkept.record.files.models import Attachment
from wellkept.record.files.rules import MOST_BYTES, clean_name, kind_of
from wellkept.record.journal.models import Entry

PNG = b"\x89PNG\r\n\x1a\n" + b"pump"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(django_settings, "FILES", tmp_path / "files")
    return tmp_path / "files"


def sent(name: str, data: bytes) -> Coming:
    return Coming(name, io.BytesIO(data))


@pytest.mark.usefixtures("record")
def test_a_picture_is_kept_by_its_hash_and_read_back(folder: Path) -> None:
    bruno = an_account("Bruno")
    (row,) = attach(files=[sent("pump.png", PNG)], at=MONDAY, by=bruno)
    assert (row.kind, row.size_bytes, row.added_by) == ("image/png", len(PNG), bruno)
    assert place_of(row.sha256).is_relative_to(folder)
    with content_of(row) as file:
        assert file.read() == PNG


@pytest.mark.usefixtures("record")
def test_the_same_content_twice_is_two_rows_and_one_file(folder: Path) -> None:
    rows = attach(files=[sent("a.png", PNG), sent("b.png", PNG)], at=MONDAY, by=None)
    assert len({row.sha256 for row in rows}) == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.usefixtures("record", "folder")
def test_one_bad_file_of_a_batch_attaches_none() -> None:
    with pytest.raises(NotToBeAttached, match=r"virus\.png is not a PDF"):
        attach(files=[sent("a.png", PNG), sent("virus.png", b"MZ\x90")], at=MONDAY, by=None)
    with pytest.raises(NotToBeAttached, match="is empty"):
        attach(files=[sent("a.txt", b"")], at=MONDAY, by=None)
    assert not Attachment.objects.exists()


@pytest.mark.usefixtures("record")
def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "MOST_BYTES", 1024)
    with pytest.raises(TooLarge, match=r"film\.mp4 is larger than"):
        attach(files=[sent("film.mp4", b"\0" * 2000)], at=MONDAY, by=None)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert MOST_BYTES == 25 * 1024**2


@pytest.mark.usefixtures("record", "folder")
def test_content_that_is_gone_is_said_with_what_to_do() -> None:
    (row,) = attach(files=[sent("pump.png", PNG)], at=MONDAY, by=None)
    place_of(row.sha256).unlink()
    with pytest.raises(Lost, match="Restore it from a backup"):
        content_of(row)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7", "report.pdf", "application/pdf"),
        (b"%PDF-1.7", "lies.png", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "photo.jpg", "image/jpeg"),
        (b"RIFF0000WEBPVP8", "photo.webp", "image/webp"),
        (b"\0\0\0\x18ftypheic", "photo.heic", "image/heic"),
        (b"PK\x03\x04", "parts.zip", "application/zip"),
        (b"serial;hours\nP-1;7\n", "hours.csv", "text/csv"),
        ("Gerät läuft".encode("cp1252"), "note.txt", "text/plain"),
        (b"<html><script>", "page.txt", None),
        (b"<?xml version='1.0'?><svg/>", "drawing.svg", None),
        (b"<svg onload=x>", "drawing.log", None),
        (b"\0\0\0", "blank.txt", None),
        (b"#!/bin/sh", "run.sh", None),
        (b"MZ\x90\0", "setup.exe", None),
    ],
)
def test_a_file_is_what_its_content_says(head: bytes, name: str, kind: str | None) -> None:
    assert kind_of(head, name) == kind


def test_an_office_document_is_told_from_a_plain_archive_by_its_name() -> None:
    kind = kind_of(b"PK\x03\x04", "Plan.XLSX")
    assert kind is not None
    assert kind.endswith("spreadsheetml.sheet")


def test_a_long_text_may_be_cut_in_the_middle_of_a_letter() -> None:
    assert kind_of(("é" * 5000).encode()[:4096], "long.txt") == "text/plain"
    assert kind_of(b"x" + ("é" * 5000).encode()[:4095], "long.txt") == "text/plain"


def test_a_name_keeps_its_ending_when_it_is_cut() -> None:
    assert len(clean_name("x" * 300 + ".png")) == 200
    assert clean_name("x" * 300 + ".png").endswith(".png")


# Removing


def alone(name: str = "pump.png", data: bytes = PNG, by: Account | None = None) -> Attachment:
    """Attach one file."""
    return attach(files=[sent(name, data)], at=MONDAY, by=by)[0]


@pytest.mark.usefixtures("committed", "folder")
class TestRemoving:
    def test_the_content_goes_and_who_took_it_when_and_why_stays(self) -> None:
        bruno = an_account("Bruno", (Group.ENGINEER, Scope.OWN))
        row = alone(by=bruno)
        remove_files(files=[row], reason="Of another customer", at=MONDAY + HOUR, by=bruno)
        assert not place_of(row.sha256).exists()
        row.refresh_from_db()
        assert (row.removed_at, row.removed_by) == (MONDAY + HOUR, bruno)
        sentence = "removed by Bruno on 2026-03-02 10:00 UTC: Of another customer"
        with pytest.raises(Removed, match=sentence):
            content_of(row)
        last = Entry.objects.latest("pk")
        assert last.verb == "files.remove_files" and last.keys == {"files.attachment": [row.pk]}

    def test_what_another_row_needs_stays_until_the_last_of_them_goes(self) -> None:
        first, second = alone("a.png"), alone("b.png")
        remove_files(files=[first], reason="Twice", at=MONDAY, by=None)
        with content_of(second) as file:
            assert file.read() == PNG
        remove_files(files=[second], reason="Wrong machine", at=MONDAY, by=None)
        assert not place_of(second.sha256).exists()

    def test_only_who_added_it_or_leads_removes_it_and_never_without_a_reason(self) -> None:
        alma, sten = an_account("Alma"), an_account("Sten", (Group.ENGINEER, Scope.ALL))
        row, own = alone(by=alma), alone("own.png", PNG + b"2", by=sten)
        with pytest.raises(NotYours, match=r"Somebody else added pump\.png"):
            remove_files(files=[own, row], reason="Wrong", at=MONDAY, by=sten)
        with pytest.raises(NoReason, match="Say why"):
            remove_files(files=[own], reason="  ", at=MONDAY, by=sten)
        reader = an_account("Rita", (Group.READ_ONLY, Scope.ALL))
        with pytest.raises(NotAllowed):
            remove_files(files=[row], reason="Wrong", at=MONDAY, by=reader)
        assert not Attachment.objects.exclude(removed_at=None).exists()
        assert place_of(row.sha256).exists() and place_of(own.sha256).exists()
        remove_files(files=[own, row], reason="Wrong", at=MONDAY, by=alma)
        with pytest.raises(Removed):
            remove_files(files=[row], reason="Again", at=MONDAY, by=alma)

    def test_what_a_crash_left_behind_goes_with_the_next(self) -> None:
        row = alone()
        with transaction.atomic():
            remove_files(files=[row], reason="Wrong", at=MONDAY, by=None)
            assert place_of(row.sha256).exists(), "until it is committed it may come back"
        place_of(row.sha256).parent.mkdir(parents=True, exist_ok=True)
        place_of(row.sha256).write_bytes(PNG)
        assert clear_removed() == 1 and not place_of(row.sha256).exists()

    def test_the_same_content_added_at_the_same_moment_is_never_taken_away(self) -> None:
        rows = [alone(f"{number}.png") for number in range(4)]

        def work(number: int) -> None:
            if number % 2:
                alone(f"again-{number}.png")
            else:
                remove_files(files=[rows[number // 2]], reason="Twice", at=MONDAY, by=None)

        assert at_once(work, writers=8) == []
        there = Attachment.objects.filter(removed_at=None)
        assert there.count() == 4 and all(place_of(one.sha256).exists() for one in there)
