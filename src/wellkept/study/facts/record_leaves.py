"""Rows of SQLite read where its file keeps them, by a compiled loop that fills columns.

A table is a tree of pages, its rows lie in the leaves: each with its number, the kinds of its
values, and the values. Nothing that a page says is believed before it is seen to lie within it.
Source: “Database File Format” of SQLite, sections 1.6, 2.1 and 2.3.
"""

from collections.abc import Callable
from functools import cache

from wellkept.study.facts.machine_code import (
    byte,
    eight,
    machine_code,
    put_eight,
    read_of,
)
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
    NOTHING,
    PLACE,
    ROWS,
    TEXT_VALUE,
    WRITING,
    _end_row,
    _of,
    _put,
)

SPILLED, DAMAGED = -4, -5
"""Why this loop stops beside: a row that does not fit into its page; a page that cannot be."""
READ, FILE, PAGE, USABLE = range(25, 29)
"""What reads the file, the file, the bytes of a page, and how many of them are used."""
LEAVES, HOW_MANY, AT_LEAF, BUFFER, BUFFERED, AT_PAGE, CELLS, AT_CELL = range(29, 37)
"""The numbers of all leaves; which is to be read next; where leaves are read to, how many are
there, which is at hand; how many rows it has, and which comes next."""
RECORD, PAYLOAD, KEY, KEY_PLACE = range(37, 41)
"""The row at hand, its bytes, its number, and which column is nothing but this number."""
RUN = 16
"""Leaves that are read at once where they lie side by side."""
BEYOND = 64
"""Bytes behind what is read to, which nobody else needs: a number is read by eight bytes."""
LEAF, HEADER = 13, 8
"""What a page of rows begins with, and the bytes before the places of its rows."""
FEWEST = 35
"""As many bytes of a page a row must leave, or it goes on elsewhere."""
FLOAT_VALUE, BLOB_VALUE = 2, 4


def _two(at: int) -> int:
    return byte(at) << 8 | byte(at + 1)


def _varint(at: int) -> int:
    """A number of one to nine bytes: seven bits of each, all eight of the ninth."""
    value = byte(at)
    if value < 128:
        return value
    value &= 127
    for place in range(1, 8):
        one = byte(at + place)
        value = value << 7 | (one & 127)
        if one < 128:
            return value
    return value << 8 | byte(at + 8)


def _after(at: int) -> int:
    """Where what follows a number begins."""
    place = 1
    while place < 9 and byte(at + place - 1) >= 128:
        place += 1
    return at + place


def _whole(at: int, size: int) -> int:
    """A number with a sign, of one to eight bytes, the highest first."""
    value, sign = 0, 1 << (8 * size - 1)
    for place in range(size):
        value = value << 8 | byte(at + place)
    return (value ^ sign) - sign


def _bytes_of(serial: int) -> int:
    """How many bytes a value of this kind takes; no kind is said by a negative number."""
    if serial >= 12:
        return (serial - 12) >> 1
    if serial <= 4:
        return serial
    if serial == 5:
        return 6
    return 8 if serial < 8 else 0


def _next_leaf(told: int) -> int:
    """Go on to the next leaf; 0, ENDED, DAMAGED or an error of SQLite."""
    at = _of(told, AT_PAGE) + 1
    if at >= _of(told, BUFFERED):
        first, all_of_them, leaves = _of(told, AT_LEAF), _of(told, HOW_MANY), _of(told, LEAVES)
        if first >= all_of_them:
            return ENDED
        begin, count = eight(leaves + 8 * first), 1
        most = all_of_them - first if all_of_them - first < RUN else RUN
        while count < most and eight(leaves + 8 * (first + count)) == begin + count:
            count += 1
        size = _of(told, PAGE)
        answer = read_of(
            _of(told, READ), _of(told, FILE), _of(told, BUFFER), count * size, (begin - 1) * size
        )
        if answer != 0:
            return answer
        put_eight(told + 8 * AT_LEAF, first + count)
        put_eight(told + 8 * BUFFERED, count)
        at = 0
    put_eight(told + 8 * AT_PAGE, at)
    page = _of(told, BUFFER) + at * _of(told, PAGE)
    cells = _two(page + 3)
    if byte(page) != LEAF or HEADER + 2 * cells > _of(told, USABLE):
        return DAMAGED
    put_eight(told + 8 * CELLS, cells)
    put_eight(told + 8 * AT_CELL, 0)
    return 0


def _open_cell(told: int) -> int:
    """Take the next row of the leaf to hand; 0, SPILLED or DAMAGED."""
    page, usable = _of(told, BUFFER) + _of(told, AT_PAGE) * _of(told, PAGE), _of(told, USABLE)
    cell = _two(page + HEADER + 2 * _of(told, AT_CELL))
    if cell < HEADER or cell + 4 > usable:
        return DAMAGED
    payload, number = _varint(page + cell), _after(page + cell)
    record = _after(number)
    put_eight(told + 8 * PAYLOAD, payload)
    put_eight(told + 8 * KEY, _varint(number))
    put_eight(told + 8 * RECORD, record)
    put_eight(told + 8 * AT_CELL, _of(told, AT_CELL) + 1)
    put_eight(told + 8 * HAS_ROW, 1)
    if payload < 1:
        return DAMAGED
    if payload > usable - FEWEST:
        return SPILLED
    return DAMAGED if record + payload > page + usable else 0


def _value(told: int, place: int, row: int, serial: int, at: int, length: int) -> int:
    """Write a value of the row at hand into its column; 0, or why the loop stops."""
    if serial >= 12:
        kind = TEXT_VALUE if serial & 1 else BLOB_VALUE
        return _put(told, place, row, kind, at, length)
    if serial == 0:
        if _of(told + 8 * (HEAD + EACH * place), PLACE) == _of(told, KEY_PLACE):
            return _put(told, place, row, INTEGER_VALUE, _of(told, KEY), 0)
        return _put(told, place, row, NOTHING, 0, 0)
    if serial == 7:
        return _put(told, place, row, FLOAT_VALUE, _whole(at, 8), 0)
    number = serial - 8
    if serial < 7:
        number = _whole(at, length)
    return _put(told, place, row, INTEGER_VALUE, number, 0)


def _record(told: int, row: int) -> int:
    """Write the row at hand into its columns, from where that stopped; 0, or why it stops.

    Columns come as they are stored; one that was added after the row was written is blank.
    """
    kinds, end = _of(told, RECORD), _of(told, RECORD) + _of(told, PAYLOAD)
    begin, stored = _varint(kinds), 0
    if begin < 1 or begin > _of(told, PAYLOAD):
        return DAMAGED
    at, kinds_end = kinds + begin, kinds + begin
    kinds = _after(kinds)
    for place in range(_of(told, COLUMNS)):
        wanted, serial, length = _of(told + 8 * (HEAD + EACH * place), PLACE), 0, 0
        while stored <= wanted and kinds < kinds_end:
            at += length
            serial, kinds = _varint(kinds), _after(kinds)
            length = _bytes_of(serial)
            if serial < 0 or serial == 10 or serial == 11 or length > end - at:
                return DAMAGED
            stored += 1
        if stored <= wanted:
            at, serial, length = at + length, 0, 0
            stored = wanted + 1
        if place >= _of(told, AT_COLUMN):
            stopped = _value(told, place, row, serial, at, length)
            if stopped < 0:
                return stopped
        at += length
    return _end_row(told, row)


def _fill_leaves(told: int) -> int:
    """This will go through leaves and write each row into columns, until it must stop.

    `told` is as for `record_stepping`, which it needs no statement for; the numbers from READ to
    KEY_PLACE beside. Gives what that gives, or SPILLED or DAMAGED.
    """
    for row in range(_of(told, AT_ROW), _of(told, ROWS)):
        put_eight(told + 8 * AT_ROW, row)
        if _of(told, HAS_ROW) == 0:
            while _of(told, AT_CELL) >= _of(told, CELLS):
                answer = _next_leaf(told)
                if answer != 0:
                    return answer
            answer = _open_cell(told)
            if answer != 0:
                return answer
        stopped = _record(told, row)
        if stopped < 0:
            return stopped
    put_eight(told + 8 * AT_ROW, _of(told, ROWS))
    return FULL


@cache
def filling() -> Callable[[int], int]:
    """This will give `_fill_leaves` as machine code."""
    return machine_code(
        _fill_leaves,
        *WRITING,
        *(_two, _varint, _after, _whole, _bytes_of, _next_leaf, _open_cell, _value, _record),
    )
