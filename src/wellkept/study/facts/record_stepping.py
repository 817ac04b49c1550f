"""Rows of SQLite stepped through by a compiled loop that fills columns.

Python is not asked for a single value: the loop calls SQLite's functions by their addresses, with
Python's lock released, and parses a moment where its text lies. What is not as the record writes
it stops the loop, and is said.
"""

from collections.abc import Callable
from functools import cache

from wellkept.study.facts.machine_code import (
    byte,
    eight,
    four,
    int_of,
    long_of,
    machine_code,
    part_of,
    put_byte,
    put_eight,
    put_four,
)

WHOLE, MOMENT, TEXT, WORD = 0, 1, 2, 3
"""Kinds of columns: numbers and flags; moments; texts; texts and flags that are numbered together,
for few different ones stand in many rows."""
FULL, ENDED, TEXTS_FULL, WORDS_FULL, ODD = 100, 101, -1, -2, -3
"""Why the loop stopped: enough rows; no more; no room for texts, or words; a value it cannot
read."""
INTEGER_VALUE, TEXT_VALUE, NOTHING = 1, 3, 5
STEP, VALUE, TYPE, NUMBER, TEXT_AT, BYTES = range(6)
"""Where the loop finds the functions that it calls, in the order of `record_library.CALLED`."""
STATEMENT, COLUMNS, ROWS = range(6, 9)
"""What is stepped through, how many columns it has, and for how many rows there is room."""
AT_ROW, AT_COLUMN, HAS_ROW, WORD_BYTES = range(9, 13)
"""Where to go on, all zero at first: whether a row is there, how much of its word is read."""
ONE, ONE_ROOM, MET, SLOTS, HOW_MANY_SLOTS, WORD_ENDS, WORDS, WORDS_ROOM, SAID = range(13, 22)
"""The word at hand and its bytes; how many are met, where they are looked for, where each ends,
what they are, in eights; and the number of each row's word."""
ODD_KIND, ODD_IS, ODD_BYTES = range(22, 25)
"""Of a value that the loop cannot read: what SQLite calls its kind; the number, or where its text
lies and how long it is."""
HEAD, EACH = 48, 7
"""Where columns begin, behind what `record_leaves` is told too, and the numbers of each."""
KIND, KNOWN, VALUES, ENDS, TEXTS, ROOM, PLACE = range(EACH)
"""Of each column: its kind, which rows have a value, their numbers or where their texts end,
the texts, how many bytes of them there may be, and its place in a row as it is stored."""
UNREAD = -(1 << 63)
MARK, NO_PART = 4, 0xFFFFFFFF
"""Bytes before each part of a word: its length, or that nothing stands there."""

NO_DIGITS = -1


def _eight_of(text: str, digit: str) -> int:
    """Eight characters as one number, the first one lowest; each `d` stands for `digit`."""
    return int.from_bytes(text.replace("d", digit).encode("latin-1"), "little")


YEAR_MONTH, DAY, TIME = (_eight_of(text, "0") for text in ("dddd-dd-", "d-dd-dd ", "dd:dd:dd"))
YEAR_MONTH_MARKS, DAY_MARKS, TIME_MARKS = (
    _eight_of("".join("\0" if one == "d" else "\xff" for one in text), "")
    for text in ("dddd-dd-", "d-dd-dd ", "dd:dd:dd")
)


def _of(told: int, what: int) -> int:
    """One of the numbers that the loop is told."""
    return eight(told + 8 * what)


def _digits(at: int, marks: int) -> int:
    """Eight characters at an address as eight numbers, each from 0 to 9; marks become 0.

    `marks` has “0” where a digit must stand and the mark itself elsewhere. Gives NO_DIGITS where
    the characters are others.
    """
    numbers = eight(at) ^ marks
    beyond = (numbers | (numbers + 0x7676767676767676)) & 0x8080808080808080
    return numbers if beyond == 0 else NO_DIGITS


def _pair(numbers: int, place: int) -> int:
    """Two of the eight numbers as one."""
    return ((numbers >> 8 * place) & 255) * 10 + ((numbers >> (8 * place + 8)) & 255)


def _has_fraction(at: int, length: int) -> bool:
    """Whether only a point and digits follow the whole second."""
    if length < 21 or length > 26 or byte(at + 19) != 46:
        return False
    place = 20
    while place < length and byte(at + place) >= 48 and byte(at + place) <= 57:
        place += 1
    return place == length


def _second(at: int, length: int) -> int:
    """The whole second of “2026-03-02 08:15:00.25”, UNREAD where it is not written so."""
    if length != 19 and not _has_fraction(at, length):
        return UNREAD
    date, begun = _digits(at, YEAR_MONTH), _digits(at + 3, DAY)
    time = _digits(at + 11, TIME)
    if date == NO_DIGITS or begun == NO_DIGITS or time == NO_DIGITS:
        return UNREAD
    if (date & YEAR_MONTH_MARKS) | (begun & DAY_MARKS) | (time & TIME_MARKS):
        return UNREAD
    year, month, day = 100 * _pair(date, 0) + _pair(date, 2), _pair(date, 5), _pair(begun, 5)
    hour, minute, second = _pair(time, 0), _pair(time, 3), _pair(time, 6)
    if month < 1 or month > 12 or day < 1 or hour > 23 or minute > 59 or second > 59:
        return UNREAD
    if day > 28 and day > _last_day(year, month):
        return UNREAD
    return _days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second


def _last_day(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 + ((month + month // 8) & 1)  # long and short in turns, July and August both long


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, by counting a year from its March on: its leap day is its last."""
    begun = year if month > 2 else year - 1
    in_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return 365 * begun + begun // 4 - begun // 100 + begun // 400 + in_year - 719468


START, TURN, FOLD, HALF = 0xCBF29CE484222325, 0x9E3779B97F4A7C15, 29, 32


def _slot(word: int, size: int, slots: int) -> int:
    """Where a word, read by eight bytes, is looked for first among a power of two of slots."""
    hashed = START
    for at in range(size):
        hashed = (hashed ^ eight(word + 8 * at)) * TURN
        hashed ^= hashed >> FOLD
    return (hashed >> HALF) & (slots - 1)


def _number_of(told: int, size: int) -> int:
    """The number of a word among those met before, or the next one; -1 where there is no room."""
    word, slots, ends = _of(told, ONE), _of(told, SLOTS), _of(told, WORD_ENDS)
    words, most = _of(told, WORDS), _of(told, HOW_MANY_SLOTS)
    slot = _slot(word, size, most)
    met = eight(slots + 8 * slot)
    while met >= 0:
        begin = eight(ends + 8 * met)
        if eight(ends + 8 * met + 8) - begin == size:
            at = 0
            while at < size and eight(words + 8 * (begin + at)) == eight(word + 8 * at):
                at += 1
            if at == size:
                return met
        slot = (slot + 1) & (most - 1)
        met = eight(slots + 8 * slot)
    fresh = _of(told, MET)
    begin = eight(ends + 8 * fresh)
    if 2 * (fresh + 1) > most or begin + size > _of(told, WORDS_ROOM):
        return -1
    for at in range(size):
        put_eight(words + 8 * (begin + at), eight(word + 8 * at))
    put_eight(slots + 8 * slot, fresh)
    put_eight(ends + 8 * fresh + 8, begin + size)
    put_eight(told + 8 * MET, fresh + 1)
    return fresh


def _noted(told: int, kind: int, is_: int, length: int) -> int:
    """Write a part of a word behind the others, its length before it.

    Gives 0; WORDS_FULL or ODD where that cannot be done.
    """
    end = _of(told, WORD_BYTES)
    size = length if kind == TEXT_VALUE else kind == INTEGER_VALUE
    if end + MARK + size + 16 > _of(told, ONE_ROOM):
        return WORDS_FULL
    into = _of(told, ONE) + end + MARK
    if kind == INTEGER_VALUE:
        if is_ < 0 or is_ > 9:
            return ODD
        put_byte(into, 48 + is_)
    elif kind == TEXT_VALUE:
        _copy(is_, into, size)
    elif kind != NOTHING:
        return ODD
    put_four(into - MARK, NO_PART if kind == NOTHING else size)
    put_eight(into + size, 0)
    put_eight(told + 8 * WORD_BYTES, end + MARK + size)
    return 0


def _copy(at: int, into: int, length: int) -> None:
    done = 0
    while done + 8 <= length:
        put_eight(into + done, eight(at + done))
        done += 8
    while done < length:
        put_byte(into + done, byte(at + done))
        done += 1


def _text(column: int, at: int, length: int, row: int) -> int:
    """Write a text behind those of the rows before; 0, or TEXTS_FULL."""
    ends = _of(column, ENDS) + 4 * row
    begin = four(ends)
    if begin + length > _of(column, ROOM):
        return TEXTS_FULL
    _copy(at, _of(column, TEXTS) + begin, length)
    put_four(ends + 4, begin + length)
    return 0


def _cell(column: int, row: int, kind: int, is_: int, length: int) -> int:
    """Write one value into its column; 0, or why that cannot be done."""
    wanted = _of(column, KIND)
    put_byte(_of(column, KNOWN) + row, kind != NOTHING)
    if kind == NOTHING:
        if wanted == TEXT:
            ends = _of(column, ENDS) + 4 * row
            put_four(ends + 4, four(ends))
        return 0
    into = _of(column, VALUES) + 8 * row
    if wanted == WHOLE and kind == INTEGER_VALUE:
        put_eight(into, is_)
        return 0
    if kind != TEXT_VALUE or wanted == WHOLE:
        return ODD
    if wanted == TEXT:
        return _text(column, is_, length, row)
    second = _second(is_, length)
    put_eight(into, second)
    return ODD if second == UNREAD else 0


def _put(told: int, place: int, row: int, kind: int, is_: int, length: int) -> int:
    """Write a value, a number or a text of some length at an address; 0, or why the loop stops."""
    column = told + 8 * (HEAD + EACH * place)
    if _of(column, KIND) == WORD:
        stopped = _noted(told, kind, is_, length)
    else:
        stopped = _cell(column, row, kind, is_, length)
    if stopped < 0:
        put_eight(told + 8 * AT_COLUMN, place)
        put_eight(told + 8 * ODD_KIND, kind)
        put_eight(told + 8 * ODD_IS, is_)
        put_eight(told + 8 * ODD_BYTES, length)
    return stopped


def _end_row(told: int, row: int) -> int:
    """Number the word of a row that is written else, and begin a new row; 0, or WORDS_FULL."""
    end = _of(told, WORD_BYTES)
    if end > 0:
        number = _number_of(told, (end + 7) // 8)
        if number < 0:
            put_eight(told + 8 * AT_COLUMN, _of(told, COLUMNS))
            return WORDS_FULL
        put_eight(_of(told, SAID) + 8 * row, number)
        put_eight(told + 8 * WORD_BYTES, 0)
    put_eight(told + 8 * AT_COLUMN, 0)
    put_eight(told + 8 * HAS_ROW, 0)
    return 0


def _apart(told: int) -> int:
    """How far the values of the row at hand lie from each other; 0 where some lie elsewhere.

    That they lie side by side is nowhere promised, so it is looked at; to ask for each value takes
    a tenth of all the time.
    """
    statement, columns = _of(told, STATEMENT), _of(told, COLUMNS)
    begin = part_of(_of(told, VALUE), statement, 0)
    apart = part_of(_of(told, VALUE), statement, 1) - begin if columns > 1 else 0
    for place in range(columns):
        if part_of(_of(told, VALUE), statement, place) != begin + apart * place:
            return 0
    return apart


def _row(told: int, row: int, apart: int) -> int:
    """Write the row at hand into its columns, from where that stopped; 0, or why it stops."""
    begin = part_of(_of(told, VALUE), _of(told, STATEMENT), 0)
    for place in range(_of(told, AT_COLUMN), _of(told, COLUMNS)):
        value = begin + apart * place
        if apart == 0:
            value = part_of(_of(told, VALUE), _of(told, STATEMENT), place)
        kind, is_, length = int_of(_of(told, TYPE), value), 0, 0
        if kind == INTEGER_VALUE:
            is_ = long_of(_of(told, NUMBER), value)
        elif kind != NOTHING:
            is_ = long_of(_of(told, TEXT_AT), value)
            length = int_of(_of(told, BYTES), value)
        stopped = _put(told, place, row, kind, is_, length)
        if stopped < 0:
            return stopped
    return _end_row(told, row)


def _fill(told: int) -> int:
    """This will step through a statement and write each row into columns, until it must stop.

    `told` is the address of numbers of 64 bits: those that this module names, from STEP to
    ODD_BYTES, then for each column those from KIND to PLACE.
    Gives FULL, ENDED, TEXTS_FULL, WORDS_FULL or ODD (at AT_ROW, AT_COLUMN), or an error of SQLite.
    """
    apart = UNREAD
    for row in range(_of(told, AT_ROW), _of(told, ROWS)):
        put_eight(told + 8 * AT_ROW, row)
        if _of(told, HAS_ROW) == 0:
            answer = int_of(_of(told, STEP), _of(told, STATEMENT))
            if answer != FULL:
                return answer
            put_eight(told + 8 * HAS_ROW, 1)
        if apart == UNREAD:
            apart = _apart(told)
        stopped = _row(told, row, apart)
        if stopped < 0:
            return stopped
    put_eight(told + 8 * AT_ROW, _of(told, ROWS))
    return FULL


WRITING = (
    _of, _digits, _pair, _has_fraction, _days, _last_day, _second, _slot, _number_of, _copy, _noted,
    _text, _cell, _put, _end_row,
)  # fmt: skip
"""What writes a row, wherever it comes from: each calls some of those before it."""


@cache
def filling() -> Callable[[int], int]:
    """This will give `_fill` as machine code."""
    return machine_code(_fill, *WRITING, _apart, _row)
