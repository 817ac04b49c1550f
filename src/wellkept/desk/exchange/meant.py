"""What rows of the record mean: one that was merged into another one means that one.

What files say under a merged name stays with the row of that name, which counts as the other one
while they are merged: so splitting them gives each what was said of it. Rows are compared by what
they mean.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from wellkept.desk.exchange.problems import Problems
from wellkept.desk.exchange.reasons import MERGED
from wellkept.record.access.batches import chunks


class Meant(dict[int, int]):
    """What merged rows mean; every other row means itself, and none means nothing."""

    def of(self, row: int | None) -> int | None:
        """This will give the key of the row that a row means."""
        return row if row is None else self.get(row, row)


def meant(model: type[models.Model], rows: Iterable[int | None]) -> Meant:
    """This will look up which of some rows, given by their keys, were merged into others."""
    found = Meant()
    for some in chunks({row for row in rows if row}):
        merged = model._default_manager.filter(pk__in=some, merged_into__isnull=False)
        found.update(merged.values_list("pk", "merged_into"))
    return found


def families(model: type[models.Model], rows: Iterable[int | None]) -> dict[int, list[int]]:
    """This will give for each row all others that mean the same as it does."""
    wanted = {row for row in rows if row}
    found = meant(model, wanted)
    every: dict[int, list[int]] = {one: [one] for one in {found.of(row) or row for row in wanted}}
    for some in chunks(every):
        merged = model._default_manager.filter(merged_into__in=some).order_by("pk")
        for row, into in merged.values_list("pk", "merged_into"):
            every[into].append(row)
    return {row: [one for one in every[found.get(row, row)] if one != row] for row in wanted}


def note_merged(
    problems: Problems, noun: str, model: type[models.Model], met: Sequence[tuple[Any, int]]
) -> None:
    """This will tell of offers that meet a merged row which one they count as, and since when."""
    there: dict[int, str] = {}
    for some in chunks({row for _, row in met}):
        rows: Any = model._default_manager.filter(pk__in=some, merged_into__isnull=False)
        for one in rows.select_related("merged_into"):
            there[one.pk] = f"→ {one.merged_into} ({one.merged_at:%Y-%m-%d})"
    for offer, row in met if there else ():
        if row in there:
            problems.note(noun, offer, MERGED[noun], beside=there[row])
