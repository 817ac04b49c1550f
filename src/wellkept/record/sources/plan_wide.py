"""Demand written wide: a column a month or week (a row a part), or a column for each part."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wellkept.record.sources.calendar_words import MONTHS
from wellkept.record.sources.heading import bag, heading, plain
from wellkept.record.sources.plan_lexicon import roles_in

FEWEST = 6
"""So many months make a table of months: fewer columns may be anything."""
MOSTLY = 0.9
PERIOD_WORDS = bag("t p m per period periode month monat mois mese mes maand")
_YEAR_MONTH = re.compile(r"(\d{4})[-/._ ]?(\d{1,2})(?:[-/._ ]\d{1,2})?(?:[T ]0\S*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/._ ](\d{4})")
_NAMED = re.compile(r"([^\W\d_]{3,12})\.?[-/._ ']*(\d{4}|\d{2})|(\d{4})[-/._ ]*([^\W\d_]{3,12})\.?")
_PERIOD = re.compile(r"([a-z]+)[-_. ]?(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Wide:
    """How a wide table lies. `months` count from year 0 (12 × year + month − 1), one a period;
    with `weeks` they are weeks since Monday, 5 January 1970.

    `by_part`: a row is a part, named in column `part`, and `columns` are the months; else a row
    is a month and `columns` are parts. `dated` says whether the periods say when they were.
    """

    by_part: bool
    part: int
    columns: tuple[int, ...]
    months: tuple[int, ...]
    dated: bool
    weeks: bool = False


def wide_of(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Wide | None:
    """This will find how demand lies in a table, from its headers and its rows; None if not wide.

    >>> found = wide_of(["part", *(f"2025-{m:02}" for m in range(1, 8))], [["A", *"0120010"]])
    >>> found.by_part, len(found.columns), found.months[0] == 12 * 2025
    (True, 7, True)
    """
    if len(headers) <= FEWEST:
        return None
    return (
        _across(headers, month_of, weeks=False)
        or _across(headers, week_of, weeks=True)
        or _periods_across(headers)
        or _months_down(headers, rows)
    )


def month_of(text: str) -> int | None:
    """This will read a month as 12 × year + month − 1; None for what is none.

    >>> month_of("2024-03") == month_of("Mär 24") == month_of("03/2024") == month_of("X2024.03")
    True
    >>> month_of("21029627") is None
    True
    """
    bare = plain(text).strip()
    bare = bare[1:] if bare[:1] == "x" and re.match(r"x\d{4}\D", bare) else bare
    if found := _YEAR_MONTH.fullmatch(bare):
        return _month(int(found[1]), int(found[2]))
    if found := _MONTH_YEAR.fullmatch(bare):
        return _month(int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(bare):
        word, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        number = _NAMES.get(word)
        if number is not None:
            return _month(int(year) + (2000 if len(year) == 2 else 0), number)
    return None


def week_of(text: str) -> int | None:
    """This will read a week as weeks since Monday, 5 January 1970; None for what is none.

    >>> week_of("2025-W02") == week_of("KW 2/2025") == week_of("Wk2 2025") == week_of("2025-01-06")
    True
    """
    bare = plain(text).strip()
    try:
        if found := _WEEK.fullmatch(bare):
            year, week = (found[1], found[2]) if found[1] else (found[4], found[3])
            first = date.fromisocalendar(int(year), int(week), 1)
        elif found := _DAY.fullmatch(bare):
            first = date.fromisoformat("-".join(found.groups()))
        else:
            return None
    except ValueError:
        return None
    return (first - date(1970, 1, 5)).days // 7


_WEEK = re.compile(
    r"(\d{4})[-/._ ]*(?:w|wk|kw|week|cw|sem|s|semaine|settimana|semana)[-/._ ]*(\d{1,2})"
    r"|(?:w|wk|kw|week|cw|sem|s|semaine|settimana|semana)[-/._ ]*(\d{1,2})[-/._ ]+(\d{4})"
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NAMES = {plain(word): number for word, number in MONTHS.items()}


def _month(year: int, month: int) -> int | None:
    return 12 * year + month - 1 if 1970 <= year <= 2100 and 1 <= month <= 12 else None


def _across(
    headers: Sequence[str], period_of: Callable[[str], int | None], *, weeks: bool
) -> Wide | None:
    """Months or weeks side by side: enough of them, each once, at even distances."""
    periods = [period_of(header) for header in headers]
    columns = tuple(at for at, period in enumerate(periods) if period is not None)
    found = tuple(period for period in periods if period is not None)
    if len(columns) < FEWEST or len(set(found)) < len(found) or not _even(found):
        return None
    part = _part_column(headers, columns)
    return None if part is None else Wide(True, part, columns, found, dated=True, weeks=weeks)


def _periods_across(headers: Sequence[str]) -> Wide | None:
    """t1, t2, t3 …: periods in turn that do not say when they were."""
    found = [_PERIOD.fullmatch(plain(header).strip()) for header in headers]
    columns = tuple(
        at for at, one in enumerate(found) if one is not None and one[1] in PERIOD_WORDS
    )
    numbers = [int(one[2]) for at, one in enumerate(found) if at in set(columns) and one]
    if len(columns) < FEWEST or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return None
    part = _part_column(headers, columns)
    months = tuple(range(len(numbers)))
    return None if part is None else Wide(True, part, columns, months, dated=False)


def _months_down(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Wide | None:
    """The first column is a month in every row, the others are parts and hold numbers."""
    found: list[int] = []
    for row in rows:
        if row and row[0].strip():
            month = month_of(row[0])
            if month is None:
                return None
            found.append(month)
    if len(found) < FEWEST or len(set(found)) < len(found):
        return None
    named = sum(1 for header in headers[1:] if roles_in(header) and not header.strip().isdigit())
    if named > (1 - MOSTLY) * len(headers) or not _even(found):
        return None
    cells = [cell.strip() for row in rows[:50] for cell in row[1:] if cell.strip()]
    numbers = sum(1 for cell in cells if re.fullmatch(r"-?\d+([.,]\d+)?|NA|nan", cell))
    if not cells or numbers < MOSTLY * len(cells):
        return None
    return Wide(False, 0, tuple(range(1, len(headers))), tuple(found), dated=True)


def _even(months: Sequence[int]) -> bool:
    """Whether the periods follow each other in even steps, forwards or backwards."""
    steps = {later - earlier for earlier, later in pairwise(months)}
    return len(steps) == 1 and steps != {0}


def _part_column(headers: Sequence[str], columns: Sequence[int]) -> int | None:
    """The column that a header calls the part; else the first, where it has a name for things."""
    others = [at for at in range(len(headers)) if at not in set(columns)]
    scored = [(roles_in(headers[at]).get("part", 0), -at) for at in others]
    if scored and max(scored)[0] > 0:
        return -max(scored)[1]
    words = set(heading(headers[others[0]]).words) if others else set()
    return others[0] if words & _THINGS else None


_THINGS = bag("id key number nr no series code item sku article artikel ref")
