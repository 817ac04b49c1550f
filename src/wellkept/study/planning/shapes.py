"""Shapes of tables that the plan does not read: they are named, with what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wellkept.record.sources.heading import heading, plain
from wellkept.record.sources.plan_lexicon import roles_of
from wellkept.record.sources.tables import RawTable
from wellkept.study.planning.cells import Rows

_YEAR = re.compile(r"(?:fy|y)?(20\d\d)")
USED = ("quantity", "used_per_year")


def unread_shapes(table: RawTable, rows: Mapping[str, list[Rows]]) -> list[str]:
    """This will say of columns that are years, or places, how they can be read."""
    headers = [column.header_as_found or column.header for column in table.columns]
    return [*_years(table, headers), *_places(table, headers, rows)]


def _years(table: RawTable, headers: list[str]) -> list[str]:
    found = [header for header in headers if _of_a_year(header)]
    if len(found) < 2:
        return []
    return [
        f"{table.name}: ‘{found[0]}’ to ‘{found[-1]}’ say what was used year by year, which is not "
        "read. Write one column “used per year”, or a column for each month."
    ]


def _of_a_year(header: str) -> bool:
    """Usage 2024, Verbrauch 2024, 2024."""
    words = heading(header).words
    years = [word for word in words if _YEAR.fullmatch(word)]
    others = tuple(word for word in words if word not in years)
    return len(years) == 1 and (not others or bool(roles_of(others).keys() & set(USED)))


def _places(table: RawTable, headers: list[str], rows: Mapping[str, list[Rows]]) -> list[str]:
    known = {
        plain(text)
        for many in rows.values() for one in many if one.file.name != table.name
        for role in ("location", "site") for text in one.texts(role) if text
    }  # fmt: skip
    found = [header for header in headers if plain(header).strip() in known]
    if len(found) < 2:
        return []
    return [
        f"{table.name}: {', '.join(f'‘{one}’' for one in found[:3])} are places, each a column, "
        "which is not read. Write a row for each part and place (columns part, location, on hand)."
    ]
