"""Demand tables written wide become rows of demand: one request for each part and month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.plan_wide import FEWEST, Wide, month_of, wide_of
from wellkept.record.sources.reads import BLANKS
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.tables import RawTable
from wellkept.study.planning.cells import Complaints, Floats, Rows

if TYPE_CHECKING:
    import duckdb

LOOKED_AT, AT_ONCE, SOME = 40, 200, 10
MONDAY = 4
"""Days from 1 January 1970 to the first Monday."""
FIRST_MONTH = 12 * 2001
"""Where periods say nothing of when they were, the first is January 2001, unless `until` is set."""


@dataclass(frozen=True, slots=True, eq=False)
class Monthly:
    """Requests out of a wide table, the parts it lists, and what its empty cells leave open.

    `begin_day` and `until_day` bound the months, the end not included. `closed` holds rows of
    (part, first day, last day) of stretches whose cells are empty: nothing is known of them.
    """

    rows: Rows
    listed: Rows
    begin_day: float
    until_day: float
    closed: tuple[tuple[str, float, float], ...]
    period: str = "month"


def monthly(
    con: duckdb.DuckDBPyConnection, table: RawTable, recipe: Recipe, complaints: Complaints
) -> Monthly | None:
    """This will read a wide table of demand; None where the table is none.

    All pieces of a month count as one request in its middle, since no one wrote down how many
    requests they were. In a table that writes noughts an empty cell is not known; in one that
    writes none it is a nought.
    """
    headers = [column.header_as_found or column.header for column in table.columns]
    keys = [column.key for column in table.columns]
    if len(keys) < 3:
        return None
    layout = wide_of(headers, ())
    if layout is None and len(keys) > FEWEST and _months_in(con, table, keys[0]):
        layout = wide_of(headers, list(zip(*_texts(con, table, keys[:LOOKED_AT]), strict=True)))
    if layout is None:
        return None
    columns = _texts(con, table, [keys[layout.part], *(keys[at] for at in layout.columns)])
    parts, cells = columns[0], np.array([_numbers(one) for one in columns[1:]])
    names = np.array([headers[at].strip() for at in layout.columns], object)
    if layout.by_part:
        number, value = np.array([text.strip() or None for text in parts], object), cells.T
    else:
        number, value = names, cells
    _complain(table, columns[1:], cells, names, complaints)
    starts = _starts(layout, recipe, table, complaints)
    complaints.say(
        f"{table.name}: demand by {_period(layout)}. All pieces of a {_period(layout)} count as "
        "one request in its middle, for nobody wrote down how many requests they were.",
        len(layout.columns),
    )
    return _monthly(table, layout, number, value, starts)


def _months_in(con: duckdb.DuckDBPyConnection, table: RawTable, key: str) -> bool:
    """Whether some cells of a column are all months: where each row is one, these are."""
    asked = f"SELECT coalesce(cast({key} as varchar), '') FROM {table.relation} LIMIT {SOME}"
    texts = [str(text) for (text,) in con.execute(asked).fetchall()]
    return all(month_of(text) is not None for text in texts if text.strip())


def _texts(con: duckdb.DuckDBPyConnection, table: RawTable, keys: list[str]) -> list[list[str]]:
    """The columns as texts, some at a time: thousands of columns side by side need much memory."""
    found: list[list[str]] = []
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        asked = ", ".join(f"coalesce(cast({key} as varchar), '')" for key in some)
        read = con.execute(f"SELECT {asked} FROM {table.relation} ORDER BY row").fetchnumpy()
        found += [[str(text) for text in column] for column in read.values()]
    return found


def _numbers(texts: list[str]) -> Floats:
    """Pieces; nan for a blank, infinity for what is no number."""
    return np.array([_number(text.strip()) for text in texts], np.float64)


def _number(text: str) -> float:
    if text.casefold() in BLANKS:
        return np.nan
    try:
        return float(text if "," not in text else text.replace(",", "."))
    except ValueError:
        return np.inf


def _complain(
    table: RawTable, texts: list[list[str]], cells: Floats, names: NDArray[np.object_],
    complaints: Complaints,
) -> None:  # fmt: skip
    """Name the file, the line, the column and the value of what is no number, column by column."""
    strange = np.isinf(cells)
    cells[strange] = np.nan
    for at in np.flatnonzero(strange.any(axis=1))[:5]:
        rows = np.flatnonzero(strange[at])
        values = np.array([texts[at][row] for row in rows], object)
        held = Rows(
            "demand", table, rows + 1, {"quantity": values}, {}, {}, {}, {},
            {"quantity": str(names[at])},
        )  # fmt: skip
        complaints.about(
            held, "quantity", np.ones(rows.size, bool), f"{table.name}: not a number of pieces",
            "not known, as if it were blank",
        )  # fmt: skip


def _starts(layout: Wide, recipe: Recipe, table: RawTable, complaints: Complaints) -> Floats:
    """The first day of each month, and that of the month after the last."""
    months = np.array(layout.months, np.int64)
    if not layout.dated:
        first, until = FIRST_MONTH, recipe.until
        if until is not None:
            first = 12 * until.year + until.month - 1 - months.size
        months = months + first
        complaints.say(
            f"{table.name}: its {months.size} periods ({table.columns[layout.columns[0]].header} "
            f"to {table.columns[layout.columns[-1]].header}) do not say when they were: they are "
            f"taken as months, the oldest first, from {_written(first)} on. Set `until` in "
            "wellkept.toml to the end of the last one.",
            int(months.size),
        )
    step = abs(int(months[1] - months[0])) if months.size > 1 else 1
    if layout.weeks:
        return np.append(months, months.max() + step) * 7.0 + MONDAY
    begins = np.append(months, months.max() + step)
    return (begins - 12 * 1970).astype("datetime64[M]").astype("datetime64[D]").astype(np.float64)


def _period(layout: Wide) -> str:
    return "week" if layout.weeks else "month"


def _written(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def _monthly(
    table: RawTable, layout: Wide, number: NDArray[np.object_], value: Floats, starts: Floats
) -> Monthly:
    """`value` is parts × months."""
    if not layout.by_part:
        value = value.reshape(len(number), -1)
    middle = np.floor(starts[:-1] + (3 if layout.weeks else 14))
    if not (value == 0).any():
        value = np.nan_to_num(value)  # a table that writes no nought leaves its cells empty for it
    part, month = np.nonzero(np.nan_to_num(value) != 0)
    row = (part if layout.by_part else month) + 1
    headers = {
        "part": table.columns[layout.part].header if layout.by_part else "each column",
        "date": "each column" if layout.by_part else table.columns[layout.part].header,
        "quantity": "each column",
    }
    rows = Rows(
        "demand", table, row.astype(np.int64), {"part": number[part]},
        {"quantity": value[part, month]}, {"date": middle[month]}, {}, {}, headers,
    )  # fmt: skip
    places = np.arange(1, len(number) + 1)
    listed = Rows(
        "part", table, places if layout.by_part else np.zeros_like(places), {"part": number}, {},
        {}, {}, {}, {"part": headers["part"]},
    )  # fmt: skip
    return Monthly(
        rows,
        listed,
        float(starts[:-1].min()),
        float(starts[-1]),
        _closed(number, value, starts),
        _period(layout),
    )


def _closed(
    number: NDArray[np.object_], value: Floats, starts: Floats
) -> tuple[tuple[str, float, float], ...]:
    """Stretches of empty cells of parts of which something is known, neighbours taken together."""
    order = np.argsort(starts[:-1])
    ends = np.append(starts[:-1][order][1:], starts[-1])
    found = []
    for part in np.flatnonzero(np.isnan(value).any(axis=1)):
        empty = np.isnan(value[part][order])
        if empty.all() or not number[part]:
            continue
        edges = np.flatnonzero(np.diff(np.concatenate([[0], empty.astype(np.int8), [0]])))
        for begin, end in edges.reshape(-1, 2):
            found.append(
                (str(number[part]), float(starts[:-1][order][begin]), float(ends[end - 1]))
            )
    return tuple(found)
