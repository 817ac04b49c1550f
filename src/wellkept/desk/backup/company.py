"""A company saved and restored: its rows, its attachments, its secret key."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from wellkept import __version__
from wellkept.desk.backup import archive
from wellkept.desk.backup.archive import Manifest, Unusable
from wellkept.desk.backup.rows import (
    NotPossible,
    bring_rows,
    check_sqlite,
    migrations_applied,
    migrations_known,
    save_rows,
)
from wellkept.home import DATABASE_FILE, KEY_FILE, secret_key
from wellkept.record.files.content import place_of
from wellkept.record.files.models import Attachment


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds; `lost` names attachments whose content was already missing."""

    manifest: Manifest
    attachments: int
    lost: tuple[str, ...]


def back_up(file: Path, *, now: datetime) -> Saved:
    """This will save the company to one new file, checked by reading it again, while it works.

    Raises NotPossible where there is no company, or rows cannot be saved; FileExistsError for a
    file that is there already; Unusable where the disk did not keep what was written.
    """
    if file.exists():
        raise FileExistsError(17, "there is a file of this name already", str(file))
    _see_that_there_is_a_company()
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as own:
        rows = Path(own) / archive.ROWS[connection.vendor]
        save_rows(rows)
        secret_key(settings.HOME)
        members = {rows.name: rows, archive.KEY: settings.HOME / KEY_FILE}
        # After the rows: content is there before its row, so all that the rows name is found.
        there = Attachment.objects.filter(removed_at=None)
        named = dict(there.order_by("pk").values_list("sha256", "name"))
        lost = sorted(name for sha256, name in named.items() if not place_of(sha256).exists())
        members |= {
            f"files/{sha256}": place_of(sha256) for sha256 in named if place_of(sha256).exists()
        }
        about = {
            "wellkept": __version__,
            "made_at": now.isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": migrations_applied(),
        }
        manifest = archive.pack(file.absolute(), about, members)
    return Saved(manifest, len(members) - 2, tuple(lost))


def restore(file: Path) -> Manifest:
    """This will put a saved company into the empty folder that WELLKEPT_HOME names.

    Everything is unpacked and checked beside it first; only then does it get its name. Raises
    Unusable for a file that is no sound backup, NotPossible where a company is there already, or
    the backup is of the other kind of database, or of a newer version.
    """
    home: Path = settings.HOME
    if home.exists() and any(home.iterdir()):
        raise NotPossible(
            f"{home} is not empty. Name another folder in WELLKEPT_HOME, or move this one away; "
            "then nothing that is there can be lost."
        )
    home.parent.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}-"))
    try:
        manifest = archive.unpack(file, own)
        _see_that_it_fits(manifest)
        _lay_out(own)
        if manifest.database == "postgresql":
            rows = own / archive.ROWS["postgresql"]
            bring_rows(rows)
            rows.unlink()
        else:
            check_sqlite(own / DATABASE_FILE)
        if home.exists():
            home.rmdir()
        os.replace(own, home)
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise
    return manifest


def _see_that_there_is_a_company() -> None:
    file = settings.HOME / DATABASE_FILE
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        raise NotPossible(
            f"There is no company in {settings.HOME}: {file.name} is not there. Name the "
            "company's folder in WELLKEPT_HOME."
        )


def _see_that_it_fits(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise NotPossible(
            f"The backup is of {manifest.database}, but rows would go to {connection.vendor}. "
            + (
                "Name an empty PostgreSQL database in WELLKEPT_DATABASE."
                if manifest.database == "postgresql"
                else "Leave WELLKEPT_DATABASE out."
            )
        )
    if unknown := sorted(set(manifest.migrations) - migrations_known()):
        raise NotPossible(
            f"The backup was made by Wellkept {manifest.wellkept}, which knows {unknown[0]}; this "
            f"is {__version__}. Install that version or a newer one, then restore."
        )
    for name in (archive.ROWS[manifest.database], archive.KEY):
        if name not in manifest.sha256:
            raise Unusable(f"The backup holds no {name}. Take another one.")


def _lay_out(own: Path) -> None:
    """Put content where its hash says: `files/HASH` in the backup, two folders deep on the disk."""
    folder = own / "files"
    for path in [one for one in folder.glob("*") if one.is_file()]:
        place = folder / path.name[:2] / path.name[2:4] / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
