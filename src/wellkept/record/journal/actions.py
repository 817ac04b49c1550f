"""Writing the journal. Rooms do not call this: `note`, of the room access, does."""

from collections.abc import Iterable, Mapping
from datetime import datetime
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
    details: Mapping[str, Any],
) -> Entry | None:
    """This will write one row for one batch; None, and nothing written, where no row was touched.

    Raises NotForTheJournal for details that hold free text, ValueError for a row without a key.
    """
    keys = keys_of(rows)
    if not keys:
        return None
    return Entry.objects.create(
        verb=verb, by=by, done_at=at, keys=keys, details=plain_details(details)
    )


def keys_of(rows: Iterable[models.Model]) -> dict[str, list[int]]:
    """This will gather the keys of rows by their kind, as in {"parties.customer": [3, 8]}."""
    keys: dict[str, set[int]] = {}
    for row in rows:
        if row.pk is None:
            raise ValueError(f"a {row._meta.label} without a key cannot be noted: save it first")
        keys.setdefault(row._meta.label_lower, set()).add(row.pk)
    return {kind: sorted(found) for kind, found in sorted(keys.items())}
