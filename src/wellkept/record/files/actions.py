"""What can happen to attachments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _

from wellkept.record.access.rules import STAFF, Group
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.files.content import keep, place_of
from wellkept.record.files.models import Attachment
from wellkept.record.files.rules import PLAINLY, clean_name, kind_of
from wellkept.record.journal.rules import Refusal


class NotToBeAttached(Refusal):
    """A file is empty, or of a kind that is not kept here."""


class Lost(Refusal):
    """The content of an attachment is not where it should be."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A file on its way in: what its sender calls it, and its bytes."""

    name: str
    stream: IO[bytes]


@verb(*sorted(STAFF - {Group.READ_ONLY}))
def attach(*, files: Sequence[Coming], at: datetime, by: By) -> list[Attachment]:
    """This will keep files; what they hang on then points to them, from its own room.

    Raises NotToBeAttached, TooLarge; then none of the files is attached. Content without a row
    may stay on the disk after a refusal; it is found again when the same file comes again.
    """
    rows = []
    for one in files:
        name = clean_name(one.name)
        content = keep(one.stream, name)
        kind = kind_of(content.head, name)
        if content.size_bytes == 0:
            raise NotToBeAttached(
                _("%(name)s is empty. Look at the file and send it again.") % {"name": name}
            )
        if kind is None:
            raise NotToBeAttached(
                _("%(name)s is not a %(plainly)s, by its content. Send one of these.")
                % {"name": name, "plainly": _(PLAINLY)}
            )
        rows.append(
            Attachment(
                name=name,
                kind=kind,
                size_bytes=content.size_bytes,
                sha256=content.sha256,
                added_at=at,
                added_by=by,
            )
        )
    made = Attachment.objects.bulk_create(rows)
    note(made)
    return made


def content_of(attachment: Attachment) -> IO[bytes]:
    """This will open the content for reading; ask `visible` first. Raises Lost."""
    try:
        return place_of(attachment.sha256).open("rb")
    except FileNotFoundError as problem:
        raise Lost(
            _(
                "The content of %(name)s is missing from the company's folder. Restore it "
                "from a backup; the row stays."
            )
            % {"name": attachment.name}
        ) from problem
