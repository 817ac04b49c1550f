"""Writing the journal. Rooms do not call this: `note`, of the room access, does."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import models

from wellkept.record.journal.models import Entry
from wellkept.record.journal.rules import plain_details


def write(
    *,
    verb: str,
    by: int | None,
    at: datetime,
    rows: Iterable[models.Model],
    keys: Mapping[str, Sequence[int]] = MappingProxyType({}),
    details: Mapping[str, Any],
) -> Entry | None:
    """This will write one row for one batch; None, and nothing written, where no row was touched.

    `keys` are rows that nobody holds in hand, by their kind. Raises NotForTheJournal for details
    that hold free text, ValueError for a row without a key.
    """
    touched = keys_of(rows) | {kind: list(some) for kind, some in keys.items() if some}
    if not touched:
        return None
    return Entry.objects.create(
        verb=verb, by=by, done_at=at, keys=touched, details=plain_details(details)
    )


def keys_of(rows: Iterable[models.Model]) -> dict[str, list[int]]:
    """This will gather the keys of rows by their kind, as in {"parties.customer": [3, 8]}."""
    keys: dict[str, set[int]] = {}
    for row in rows:
        if row.pk is None:
            raise ValueError(f"a {row._meta.label} without a key cannot be noted: save it first")
        keys.setdefault(row._meta.label_lower, set()).add(row.pk)
    return {kind: sorted(found) for kind, found in sorted(keys.items())}
