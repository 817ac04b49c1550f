"""What can happen to attachments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from wellkept.record.access.batches import locked, update
from wellkept.record.access.models import Account
from wellkept.record.access.rules import WRITERS, Group
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.files.clearing import clear_removed, share_contents
from wellkept.record.files.content import keep, place_of
from wellkept.record.files.models import Attachment
from wellkept.record.files.rules import PLAINLY, clean_name, kind_of
from wellkept.record.journal.rules import Refusal


class NotToBeAttached(Refusal):
    """A file is empty, or of a kind that is not kept here."""


class Lost(Refusal):
    """The content of an attachment is not where it should be."""


class Removed(Refusal):
    """Somebody removed the file; the sentence says who, when and why."""


class NotYours(Refusal):
    """Only who added a file, or who leads, removes it."""


class NoReason(Refusal):
    """A file does not go without a word why."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A file on its way in: what its sender calls it, and its bytes."""

    name: str
    stream: IO[bytes]


LEADERS = frozenset({Group.ADMINISTRATOR, Group.MANAGER, Group.COORDINATOR})
"""Who may remove what others added."""


@verb(*sorted(WRITERS))
def attach(*, files: Sequence[Coming], at: datetime, by: By) -> list[Attachment]:
    """This will keep files; what they hang on then points to them, from its own room.

    Raises NotToBeAttached, TooLarge; then none of the files is attached. Content without a row
    may stay on the disk after a refusal; it is found again when the same file comes again.
    """
    share_contents()
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
    """This will open the content for reading; ask `visible` first. Raises Removed, Lost."""
    if attachment.removed_at is not None:
        raise _removed(attachment)
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


@verb(*sorted(WRITERS))
def remove_files(*, files: Sequence[Attachment], reason: str, at: datetime, by: By) -> None:
    """This will take the content of files away for good; that they were there, and why they went,
    stays. What another row of the same content needs is kept.

    Raises NoReason, NotYours, Removed; then none of them is removed.
    """
    if not reason.strip():
        raise NoReason(_("Say why the file is removed."))
    held = locked(files, of=Attachment)
    for one in held:
        if one.removed_at is not None:
            raise _removed(one)
        if by is not None and not may_remove(one, by):
            raise NotYours(
                _(
                    "Somebody else added %(name)s: only they, a coordinator, a manager or an "
                    "administrator can remove it."
                )
                % {"name": one.name}
            )
        one.removed_at, one.removed_by, one.removed_reason = at, by, reason.strip()[:300]
    update(held, ["removed_at", "removed_by", "removed_reason"])
    note(held)
    transaction.on_commit(clear_removed)


def may_remove(one: Attachment, account: Account) -> bool:
    """This will tell whether somebody may remove a file that they see: their own, or as leader."""
    own = one.added_by_id == account.pk and bool(account.groups & WRITERS)
    return own or bool(account.groups & LEADERS)


def _removed(one: Attachment) -> Removed:
    return Removed(
        _("%(name)s was removed by %(who)s on %(when)s UTC: %(reason)s")
        % {
            "name": one.name,
            "who": one.removed_by or _("A run"),
            "when": f"{one.removed_at:%Y-%m-%d %H:%M}",
            "reason": one.removed_reason,
        }
    )
