"""Changing a row by hand, so that two who edit at once both see what the other did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Field
from django.utils.translation import gettext as _

from wellkept.record.access.models import Account, Editable
from wellkept.record.access.wording import said
from wellkept.record.journal.rules import Refusal


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a row on which two edits disagree."""

    field: str
    label: str
    now: Any
    yours: Any


class Edited(Refusal):
    """Somebody else changed the row since you opened it: who, when, and what differs.

    A form shows `differs` side by side and asks again, with `version` as what was seen.
    """

    def __init__(self, row: Editable, differs: tuple[Difference, ...]) -> None:
        """This will keep what a form needs to show both."""
        self.row, self.differs = row, differs
        self.by, self.when, self.version = row.edited_by, row.edited_at, row.version
        what = ", ".join(difference.label for difference in differs) or _(
            "nothing that you changed"
        )
        super().__init__(
            _(
                "%(who)s changed this%(when)s, after you had opened it. It differs from "
                "yours in: %(what)s. Look at both, then save again."
            )
            % {"who": self.by or _("A run"), "when": _said_when(row), "what": what}
        )


class MovedOn(Refusal):
    """Somebody else changed a row after it was looked at, and what was decided then is not done."""

    def __init__(self, row: Editable) -> None:
        """This will say who changed which row, and when."""
        super().__init__(
            _(
                "%(who)s changed %(row)s%(when)s, after you had looked at it; nothing was done. "
                "Look at it as it is now, and decide again."
            )
            % {"who": row.edited_by or _("A run"), "row": row, "when": _said_when(row)}
        )


class Gone(Refusal):
    """The row that was to be changed is no longer there."""


def edit(
    row: Editable, changes: Mapping[str, Any], *, seen: int, at: datetime, by: Account | None
) -> list[str]:
    """This will change fields of a row, if its version is still the one seen; for use in a verb.

    Gives the names of the fields that changed, none where all values are as they were; then
    nothing is written. The row in hand is brought up to date. Raises Edited, with both values of
    each field that differs, Gone, and ValidationError for a value that a field refuses.
    """
    model = type(row)
    fields = {name: model._meta.get_field(name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.clean_fields(exclude={f.name for f in model._meta.fields} - fields.keys())
    standing = model._default_manager.filter(pk=row.pk).first()
    if standing is None:
        raise Gone(_("This was removed while you had it open; nothing was changed."))
    differs = tuple(
        Difference(name, _label(field), getattr(standing, name), getattr(row, name))
        for name, field in fields.items()
        if getattr(standing, name) != getattr(row, name)
    )
    if standing.version != seen:
        raise Edited(standing, differs)
    if not differs:
        return []
    values = {one.field: getattr(row, one.field) for one in differs}
    mine = model._default_manager.filter(pk=row.pk, version=seen)
    if not mine.update(**values, version=F("version") + 1, edited_at=at, edited_by=by):
        raise Edited(model._default_manager.get(pk=row.pk), differs)
    row.version, row.edited_at, row.edited_by = seen + 1, at, by
    return sorted(values)


def move_on(row: Editable, *, seen: int, at: datetime, by: Account | None) -> None:
    """This will count a change of what belongs to a row (its hours, its lines) as an edit of it.

    For use in a verb, before it writes. Raises Edited if the version is not the one seen.
    """
    model = type(row)
    mine = model._default_manager.filter(pk=row.pk, version=seen)
    if not mine.update(version=F("version") + 1, edited_at=at, edited_by=by):
        standing = model._default_manager.filter(pk=row.pk).first()
        if standing is None:
            raise Gone(_("This was removed while you had it open; nothing was changed."))
        raise Edited(standing, ())
    row.version, row.edited_at, row.edited_by = seen + 1, at, by


EDITED = ("version", "edited_at", "edited_by")
"""The fields that `touched` changes."""


def see_as_seen(rows: Iterable[Editable], seen: Mapping[int, int] | None) -> None:
    """This will raise MovedOn for a row, read afresh, whose version is not the one seen.

    `seen` has versions by key; rows that it does not name were not looked at.
    """
    for row in rows:
        if (seen or {}).get(row.pk, row.version) != row.version:
            raise MovedOn(row)


def touched(rows: Iterable[Editable], *, at: datetime, by: Account | None) -> None:
    """This will count what a verb does to rows as an edit of each; it has to write EDITED back."""
    for row in rows:
        row.version, row.edited_at, row.edited_by = row.version + 1, at, by


def _said_when(row: Editable) -> str:
    when = row.edited_at
    return _(" at %(when)s UTC") % {"when": f"{when:%Y-%m-%d %H:%M}"} if when else ""


def _label(field: Any) -> str:
    return said(str(field.verbose_name if isinstance(field, Field) else field.name))
