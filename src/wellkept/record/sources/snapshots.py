"""Several files that may be the same list, exported again later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.recipe import Recipe, find_header
from wellkept.record.sources.understanding import Understanding

SAME_LIST = 0.3
TWIN_ROWS = 20
_KEYS = {
    "case": (("case_id",),),
    "promise": (("promise_id",), ("case_id", "kind"), ("case_id",)),
    "downtime": (("asset", "down_from"),),
    "event": (("case_id", "event_at", "state"), ("case_id", "event_at")),
    "asset_state": (("asset", "event_at"),),
    "move": (("promise_id", "moved_at"), ("case_id", "moved_at")),
    "asset": (("asset",),),
    "customer": (("customer",),),
    "site": (("site",),),
    "product": (("product_no",), ("product",)),
}


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Files with the same columns, oldest first, and the columns that identify a row."""

    files: tuple[str, ...]
    keys: tuple[str, ...]  # keys of columns; the same in every file
    stated: bool  # the recipe says so; else count how many rows come back (`same_list`)


def row_keys(one: Understanding) -> tuple[str, ...]:
    """This will give the columns that identify a row: the recipe's, else those of the shape."""
    if one.snapshot:
        headers = {header: key for key, header in one.headers.items()}
        found = []
        for name in one.snapshot:
            key = one.key(name)
            header = find_header(name, headers)
            if key is None and header is not None:
                key = headers[header]
            if key is not None:
                found.append(key)
        return tuple(found)
    for roles in _KEYS.get(one.shape, ()):
        keys = tuple(key for role in roles if (key := one.key(role)) is not None)
        if len(keys) == len(roles):
            return keys
    return ()


def same_list(share: float) -> bool:
    """This will say whether files are snapshots of one list, by the share of rows that come back.

    `share`: of the rows of the smaller file, those whose identifying columns stand in the other.
    Below it, the files are parts of one list (one a month), to be put one after the other.
    """
    return share >= SAME_LIST


def possible_snapshots(
    understandings: Sequence[Understanding],
    profiles: Mapping[str, Sequence[ColumnProfile]],
    recipe: Recipe | None = None,
) -> tuple[Snapshots, ...]:
    """This will group the tables that have the same shape and the same headers, oldest first."""
    groups: dict[tuple[str, tuple[str, ...]], list[Understanding]] = {}
    for one in understandings:
        keys = row_keys(one)
        if one.shape != "none" and keys:
            groups.setdefault((one.shape, tuple(one.headers.values())), []).append(one)
    found = []
    for members in groups.values():
        if len(members) < 2:
            continue
        entry = recipe.for_table(members[0].file) if recipe is not None else None
        stated = entry is not None and entry.snapshot is not None
        stated_by = entry.snapshot if entry is not None else None
        ordered = sorted(members, key=lambda one: _age(one, profiles[one.file], stated_by))
        files = tuple(one.file for one in ordered)
        found.append(Snapshots(files, row_keys(members[0]), stated))
    return tuple(found)


def _age(
    one: Understanding, columns: Sequence[ColumnProfile], stated: str | None
) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The last thing that a file knows happened, then its name with numbers in their order.

    Dates that lie ahead (dues, a warranty's end) say nothing about the age of a file: a column
    counts when it plays a role that has happened, or when the recipe names it.
    """
    planned = {one.key(role) for role in ("due", "first_due", "respond_due", "not_before")}
    happened = {column.key for column in one.roles.values()} - planned
    named = find_header(stated, one.headers.values()) if stated not in (None, "name") else None
    if named is not None:
        happened = {key for key, header in one.headers.items() if header == named}
    lasts = [p.last for p in columns if p.last and p.key in happened and p.moments.share >= 0.8]
    parts = re.findall(r"\d+|\D+", one.file.casefold())
    name = tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
    return ("" if stated == "name" else max(lasts, default=""), name)


def twins(
    understandings: Sequence[Understanding], profiles: Mapping[str, Sequence[ColumnProfile]]
) -> tuple[tuple[str, str], ...]:
    """This will find pairs of files that seem to hold the same rows under other columns.

    Same shape, same number of rows, most headers shared, and in nearly all shared columns as
    many blanks and as many different values. Files with the same columns throughout are
    snapshots, not twins.
    """
    tables = [one for one in understandings if one.shape != "none"]
    return tuple(
        (first.file, second.file)
        for at, first in enumerate(tables)
        for second in tables[at + 1 :]
        if first.shape == second.shape and _same_rows(profiles[first.file], profiles[second.file])
    )


def _same_rows(first: Sequence[ColumnProfile], second: Sequence[ColumnProfile]) -> bool:
    mine, theirs = ({one.header: one for one in columns} for columns in (first, second))
    shared = mine.keys() & theirs.keys()
    rows = {one.rows for one in (*first, *second)}
    if len(rows) != 1 or mine.keys() == theirs.keys():
        return False
    if max(rows) < TWIN_ROWS or len(shared) < 0.6 * min(len(mine), len(theirs)):
        return False
    same = [
        header
        for header in shared
        if mine[header].blank == theirs[header].blank
        and abs(mine[header].distinct - theirs[header].distinct) <= 0.05 * mine[header].distinct
    ]
    return len(same) >= 0.8 * len(shared)
