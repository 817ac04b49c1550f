"""A first look at a large text file: whether the plan could use it at all, before it is read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from wellkept.record.sources.plan_lexicon import SECOND, roles_in
from wellkept.record.sources.plan_tables import PLAN_TABLES, PlanTable
from wellkept.record.sources.plan_wide import wide_of

LOOKED_AT, SMALL = 1 << 16, 1 << 14
REPEATS_FROM = 0.9  # a list of things names each of them once: so many of the first rows differ
TEXT = (".csv", ".tsv", ".txt")


def useless(path: Path) -> bool:
    """This will say that a file has nothing for the plan, judged by its header and first rows.

    Small files, other formats and whatever cannot be judged so are to be read in full.
    """
    if path.suffix.casefold() not in TEXT or path.stat().st_size <= SMALL:
        return False
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    lines = head.decode("utf-8-sig", "replace").splitlines()[:-1]
    if len(lines) < 3:
        return False
    separator = max(",;\t|", key=lines[0].count)
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
    if len(rows) < 3 or len(rows[0]) < 2 or len(rows[1]) != len(rows[0]):
        return False
    if wide_of(rows[0], rows[1:]) is not None:
        return False
    columns = list(zip(*(row for row in rows[1:] if len(row) == len(rows[0])), strict=True))
    found: dict[str, tuple[str, ...]] = {}
    for header, values in zip(rows[0], columns, strict=True):
        for role in roles_in(header):
            found.setdefault(role, values)
    if any(_possible(kind, found) for kind in PLAN_TABLES.values()):
        return False
    sure = {
        role for header in rows[0] for role, score in roles_in(header).items() if score > SECOND
    }
    return not _by_values(sure)


def _by_values(sure: set[str]) -> bool:
    """Whether values may tell what no header does: which column is the part, or the day."""
    if {"part", "quantity"} <= sure:
        return True
    return any(
        len(sure & set(PLAN_TABLES[name].takes) - SAID_ELSEWHERE) >= FEWEST
        for name in ("part", "stock")
    )


FEWEST = 2
SAID_ELSEWHERE = {"part", "name", "currency", "supplier", "location", "plant", "stops"}
"""Other lists have such columns, too."""


def _possible(kind: PlanTable, found: dict[str, tuple[str, ...]]) -> bool:
    if not all(any(role in found for role in group) for group in kind.needs):
        return False
    if kind.unique is None:
        return True
    values = [value for value in found[kind.unique] if value.strip()]
    return len(set(values)) >= REPEATS_FROM * len(values)
