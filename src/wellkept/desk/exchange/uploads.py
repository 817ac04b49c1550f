"""Files that somebody uploads: taken in under a limit, told by their content."""

import secrets
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from wellkept.record.journal.rules import Refusal
from wellkept.record.sources.files import HEAD, kind_of, size_said
from wellkept.record.sources.models import ImportRun
from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.recipe import FILE_NAME
from wellkept.record.sources.rules import RAW_DAYS, RunState

MOST_BYTES = 200 * 2**20
MOST_FILES = 50


class NotTaken(Refusal):
    """An upload that is too large, or holds what is no table."""


class Sent(Protocol):
    """One file of a form."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]:
        """This will give its bytes in pieces."""
        ...


def take_in(home: Path, files: Iterable[Sent]) -> tuple[str, Path]:
    """This will keep uploaded files in a folder of their own; gives its name and the folder.

    Raises NotTaken, and nothing stays.
    """
    sent = list(files)
    if not sent:
        raise NotTaken(_("Choose one file or several: CSV, XLSX, ZIP or Parquet."))
    if len(sent) > MOST_FILES:
        raise NotTaken(
            _("%(count)s files are too many at once; pack them into one ZIP.")
            % {"count": len(sent)}
        )
    if sum(one.size or 0 for one in sent) > MOST_BYTES:
        raise NotTaken(
            _(
                "The files are larger than %(most)s together. Put them on the server and "
                "run: wellkept import FOLDER"
            )
            % {"most": size_said(MOST_BYTES)}
        )
    name = secrets.token_hex(16)
    folder = folder_of(home, name)
    folder.mkdir(mode=0o700, parents=True)
    try:
        for one in sent:
            _keep(folder, one)
    except (NotTaken, OSError):
        shutil.rmtree(folder)
        raise
    return name, folder


def folder_of(home: Path, upload: str) -> Path:
    """This will say where the files of an upload lie."""
    return home / "uploads" / upload


def size_of(folder: Path) -> int:
    """This will give the bytes of an upload's files."""
    return sum(file.stat().st_size for file in folder.iterdir())


def forget(folder: Path) -> None:
    """This will take an upload's files away: its rows are in the record, raw ones among them."""
    shutil.rmtree(folder, ignore_errors=True)


def forget_old(home: Path, wall: datetime) -> None:
    """This will take away uploads that nobody imported, as long after as raw rows are kept."""
    there = home / "uploads"
    begun = ImportRun.objects.filter(state=RunState.APPLYING.value).values_list("upload", flat=True)
    before = (wall - timedelta(days=RAW_DAYS)).timestamp()
    for folder in there.iterdir() if there.is_dir() else ():
        if folder.stat().st_mtime < before and folder.name not in begun:
            forget(folder)


def _keep(folder: Path, one: Sent) -> None:
    name = Path((one.name or "").replace("\\", "/")).name
    if not name or name.startswith("."):
        raise NotTaken(
            _("“%(name)s” is no name of a file; name it like cases.csv.") % {"name": one.name}
        )
    target = folder / name
    with target.open("xb") as out:
        for piece in one.chunks():
            out.write(piece)
    if name == FILE_NAME:
        return
    with target.open("rb") as content:
        head = content.read(HEAD)
    try:
        kind_of(head, target, name)
    except Unreadable as problem:
        raise NotTaken(str(problem)) from problem
    except Exception as problem:
        raise NotTaken(
            _("%(name)s cannot be opened: it is damaged. Export it again.") % {"name": name}
        ) from problem
