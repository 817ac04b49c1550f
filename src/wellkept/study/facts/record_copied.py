"""Rows that PostgreSQL copies out, taken by a compiled loop that fills columns.

Each row comes from libpq as the server sent it: how many values, then each with its length before
it. Nothing that it says is believed before it is seen to lie within what came.
Source: “COPY”, “Binary Format”, of PostgreSQL's manual; “Functions Associated with the COPY
Command” of libpq's.
"""

from collections.abc import Callable
from functools import cache

from wellkept.study.facts.machine_code import (
    byte,
    eight,
    long_of,
    machine_code,
    put_byte,
    put_eight,
    row_of,
)
from wellkept.study.facts.record_leaves import _two, _whole
from wellkept.study.facts.record_stepping import (
    AT_COLUMN,
    AT_ROW,
    COLUMNS,
    EACH,
    ENDED,
    FULL,
    HAS_ROW,
    HEAD,
    INTEGER_VALUE,
    KNOWN,
    NOTHING,
    PLACE,
    ROWS,
    TEXT_VALUE,
    VALUES,
    WRITING,
    _end_row,
    _of,
    _put,
)

GET, FREE, CONNECTION, ROW, BEGIN, END, BEGUN = range(25, 32)
"""What gives a row and what frees it; the connection; the row at hand, its first value and its
end; whether a row came before."""
NUMBER, ELSE_ZERO, TEXT, ELSE_EMPTY, MOMENT, ELSE_AS = range(6)
"""What a column's PLACE says: how its values come. Of a column that is never blank, blank stands
for what is there most often, which then need not come: a 0 or no, an empty text, or, from ELSE_AS
on, the moment in another column, whose number is added."""
FAILED, DAMAGED = -4, -5
"""Why this loop stops beside: the server says why; a row that cannot be."""
HEADER, NO_MORE = 19, 65_535
"""Bytes before the first row; the number of values of what comes after the last one."""
SECOND, EPOCH, EARLIEST = 1_000_000, 946_684_800, 400_000_000_000
"""Microseconds; the second from which they count; more seconds than any date lies before it."""


def _next_row(told: int) -> int:
    """Take the next row to hand; 0, ENDED, FAILED or DAMAGED."""
    size = row_of(_of(told, GET), _of(told, CONNECTION), told + 8 * ROW, 0)
    if size < 0:
        return ENDED if size == -1 else FAILED
    begin, end = _of(told, ROW), _of(told, ROW) + size
    if _of(told, BEGUN) == 0:
        begin += HEADER
        put_eight(told + 8 * BEGUN, 1)
    if begin + 2 > end:
        return DAMAGED
    values = _two(begin)
    put_eight(told + 8 * BEGIN, begin + 2)
    put_eight(told + 8 * END, end)
    put_eight(told + 8 * HAS_ROW, 1)
    if values == NO_MORE:
        return _let_go(told)
    return 0 if values == _of(told, COLUMNS) else DAMAGED


def _let_go(told: int) -> int:
    """Free the row at hand."""
    long_of(_of(told, FREE), _of(told, ROW))
    put_eight(told + 8 * HAS_ROW, 0)
    return 0


def _moment(column: int, row: int, since: int) -> int:
    """Write a moment that came in microseconds; 1, or 0 where it is one end of all time."""
    if since + SECOND < since or since - SECOND > since:
        return 0
    put_byte(_of(column, KNOWN) + row, 1)
    second = (since + EARLIEST * SECOND) // SECOND - EARLIEST + EPOCH
    put_eight(_of(column, VALUES) + 8 * row, second)
    return 1


def _blank(told: int, place: int, row: int, comes: int, at: int) -> int:
    """Write what stands for a value that did not come; 0, or why the loop stops."""
    if comes == ELSE_ZERO:
        return _put(told, place, row, INTEGER_VALUE, 0, 0)
    if comes == ELSE_EMPTY:
        return _put(told, place, row, TEXT_VALUE, at, 0)
    if comes < ELSE_AS:
        return _put(told, place, row, NOTHING, 0, 0)
    column = told + 8 * (HEAD + EACH * place)
    other = told + 8 * (HEAD + EACH * (comes - ELSE_AS))
    if byte(_of(other, KNOWN) + row) == 0:
        return DAMAGED
    put_byte(_of(column, KNOWN) + row, 1)
    put_eight(_of(column, VALUES) + 8 * row, eight(_of(other, VALUES) + 8 * row))
    return 0


def _came(told: int, place: int, row: int, at: int, length: int) -> int:
    """Write a value of the row at hand into its column; 0, or why the loop stops."""
    column = told + 8 * (HEAD + EACH * place)
    comes = _of(column, PLACE)
    if length < 0:
        return _blank(told, place, row, comes, at)
    if comes >= TEXT and comes <= ELSE_EMPTY:
        return _put(told, place, row, TEXT_VALUE, at, length)
    if length < 1 or length > 8:
        return DAMAGED
    value = _whole(at, length)
    if comes >= MOMENT and _moment(column, row, value) == 1:
        return 0
    return _put(told, place, row, INTEGER_VALUE, value, 0)


def _copied(told: int, row: int) -> int:
    """Write the row at hand into its columns, from where that stopped; 0, or why it stops."""
    at, end = _of(told, BEGIN), _of(told, END)
    for place in range(_of(told, COLUMNS)):
        if at + 4 > end:
            return DAMAGED
        length = _whole(at, 4)
        at += 4
        if length > end - at:
            return DAMAGED
        if place >= _of(told, AT_COLUMN):
            stopped = _came(told, place, row, at, length)
            if stopped < 0:
                return stopped
        if length > 0:
            at += length
    return _end_row(told, row)


def _fill_copied(told: int) -> int:
    """This will take rows that are copied out and write each into columns, until it must stop.

    `told` is as for `record_stepping`, which it needs no statement for; the numbers from GET to
    BEGUN beside. Gives what that gives, or FAILED or DAMAGED.
    """
    for row in range(_of(told, AT_ROW), _of(told, ROWS)):
        put_eight(told + 8 * AT_ROW, row)
        while _of(told, HAS_ROW) == 0:
            answer = _next_row(told)
            if answer != 0:
                return answer
        stopped = _copied(told, row)
        if stopped < 0:
            return stopped
        _let_go(told)
    put_eight(told + 8 * AT_ROW, _of(told, ROWS))
    return FULL


@cache
def filling() -> Callable[[int], int]:
    """This will give `_fill_copied` as machine code."""
    return machine_code(
        _fill_copied,
        *WRITING,
        *(_two, _whole, _let_go, _next_row, _moment, _blank, _came, _copied),
    )
