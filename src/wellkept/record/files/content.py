"""The content of attachments on the disk: under the company's folder, named by its hash."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from wellkept.record.files.rules import HEAD_BYTES, MOST_BYTES
from wellkept.record.journal.rules import Refusal

PIECE_BYTES = 1024 * 1024


class TooLarge(Refusal):
    """A file is larger than may be attached."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was written: its hash, its size, its first bytes."""

    sha256: str
    size_bytes: int
    head: bytes


def place_of(sha256: str) -> Path:
    """This will say where content with this hash lies, under the company's folder."""
    folder: Path = settings.FILES
    return folder / sha256[:2] / sha256[2:4] / sha256


def keep(stream: IO[bytes], name: str) -> Content:
    """This will write a stream to where its hash belongs, whole or not at all. Raises TooLarge.

    What is there already is not written again.
    """
    folder: Path = settings.FILES
    folder.mkdir(parents=True, exist_ok=True)
    handle, coming = tempfile.mkstemp(dir=folder, prefix="coming-")
    try:
        with os.fdopen(handle, "wb") as file:
            content = _copied(stream, file, name)
            file.flush()
            os.fsync(file.fileno())
        place = place_of(content.sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(coming, place)
    except BaseException:
        Path(coming).unlink(missing_ok=True)
        raise
    return content


def _copied(stream: IO[bytes], file: IO[bytes], name: str) -> Content:
    told, size, head = hashlib.sha256(), 0, b""
    while piece := stream.read(PIECE_BYTES):
        size += len(piece)
        if size > MOST_BYTES:
            raise TooLarge(
                _("%(name)s is larger than %(most)s MB. Make it smaller, or attach it in parts.")
                % {"name": name, "most": MOST_BYTES // 1024**2}
            )
        head = head or piece[:HEAD_BYTES]
        told.update(piece)
        file.write(piece)
    return Content(told.hexdigest(), size, head)
