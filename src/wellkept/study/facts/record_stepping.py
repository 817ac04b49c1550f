"""Rows of SQLite stepped through by a compiled loop that fills columns.

Python is not asked for a single value: the loop calls SQLite's functions by their addresses, with
Python's lock released, and parses a moment where its text lies. What is not as the record writes
it stops the loop, and is said.
"""

from collections.abc import Callable
from typing import Any, cast

import numba
import numpy as np
from llvmlite import ir
from numba.extending import intrinsic
from numpy.typing import NDArray

from wellkept.methods.compiled import kernel, woven_kernel

WHOLE, MOMENT, TEXT, WORD = 0, 1, 2, 3
"""Kinds of columns: numbers and flags; moments; texts; texts and flags that are numbered together,
for few different ones stand in many rows."""
FULL, ENDED, TEXTS_FULL, WORDS_FULL, ODD = 100, 101, -1, -2, -3
"""Why the loop stopped: enough rows; no more; no room for texts, or words; a value it cannot
read."""
INTEGER_VALUE, TEXT_VALUE, NOTHING = 1, 3, 5
AT_ROW, AT_COLUMN, HAS_ROW, WORDS, WORD_BYTES = range(5)
"""What `place` tells: where to go on, whether a row is there, how many words there are."""
UNREAD = np.iinfo(np.int64).min
MARK, NO_PART = 4, 0xFFFFFFFF
"""Bytes before each part of a word: its length, or that nothing stands there."""

NO_DIGITS = np.uint64(0xFFFFFFFFFFFFFFFF)


def _eight_of(text: str, digit: str) -> np.uint64:
    """Eight characters as one number, the first one lowest; each `d` stands for `digit`."""
    return np.uint64(int.from_bytes(text.replace("d", digit).encode("latin-1"), "little"))


YEAR_MONTH, DAY, TIME = (_eight_of(text, "0") for text in ("dddd-dd-", "d-dd-dd ", "dd:dd:dd"))
YEAR_MONTH_MARKS, DAY_MARKS, TIME_MARKS = (
    _eight_of("".join("\0" if one == "d" else "\xff" for one in text), "")
    for text in ("dddd-dd-", "d-dd-dd ", "dd:dd:dd")
)

_BYTES, _LONG, _INT = ir.IntType(8), ir.IntType(64), ir.IntType(32)
_built_in = cast(Callable[[Callable[..., Any]], Callable[..., int]], intrinsic)
_SHAPES: dict[str, tuple[Any, tuple[Any, ...], Any]] = {
    "answer": (numba.types.int32, (numba.types.int64,), ir.FunctionType(_INT, [_LONG])),
    "value": (numba.types.int64, (numba.types.int64,), ir.FunctionType(_LONG, [_LONG])),
    "of_column": (
        numba.types.int64,
        (numba.types.int64, numba.types.int32),
        ir.FunctionType(_LONG, [_LONG, _INT]),
    ),
}


def _calls(shape: str) -> Any:
    """The type and the machine code of a call of a C function by its address."""
    gives, takes, function = _SHAPES[shape]

    def emit(_: Any, builder: Any, __: Any, given: Any) -> Any:
        address, *rest = given
        return builder.call(builder.inttoptr(address, function.as_pointer()), rest)

    return gives(numba.types.int64, *takes), emit


@_built_in
def _answer(_: Any, address: Any, of: Any) -> Any:
    return _calls("answer")


@_built_in
def _value(_: Any, address: Any, of: Any) -> Any:
    return _calls("value")


@_built_in
def _of_column(_: Any, address: Any, of: Any, column: Any) -> Any:
    return _calls("of_column")


@_built_in
def _byte(_: Any, address: Any) -> Any:
    """The byte that lies at an address."""

    def emit(_: Any, builder: Any, __: Any, given: Any) -> Any:
        return builder.load(builder.inttoptr(given[0], _BYTES.as_pointer()))

    return numba.types.uint8(numba.types.int64), emit


@_built_in
def _eight(_: Any, address: Any) -> Any:
    """Eight bytes from an address on, the first one lowest."""

    def emit(_: Any, builder: Any, __: Any, given: Any) -> Any:
        loaded = builder.load(builder.inttoptr(given[0], _LONG.as_pointer()))
        loaded.align = 1
        return loaded

    return numba.types.uint64(numba.types.int64), emit


@woven_kernel
def _digits(at: int, marks: np.uint64) -> np.uint64:
    """Eight characters at an address as eight numbers, each from 0 to 9; marks become 0.

    `marks` has “0” where a digit must stand and the mark itself elsewhere. Gives NO_DIGITS where
    the characters are others.
    """
    numbers = _eight(at) ^ marks
    beyond = (numbers | (numbers + np.uint64(0x7676767676767676))) & np.uint64(0x8080808080808080)
    return NO_DIGITS if beyond != 0 else numbers


@woven_kernel
def _pair(numbers: np.uint64, place: int) -> int:
    """Two of the eight numbers as one."""
    tens: Any = (numbers >> np.uint64(8 * place)) & np.uint64(255)
    ones = (numbers >> np.uint64(8 * place + 8)) & np.uint64(255)
    return int(tens * np.uint64(10) + ones)


@woven_kernel
def _has_fraction(at: int, length: int) -> bool:
    """Whether only a point and digits follow the whole second."""
    if length < 21 or length > 26 or _byte(at + 19) != 46:
        return False
    for place in range(20, length):
        if _byte(at + place) < 48 or _byte(at + place) > 57:
            return False
    return True


@woven_kernel
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


@woven_kernel
def _last_day(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@woven_kernel
def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, by counting a year from its March on: its leap day is its last."""
    begun = year if month > 2 else year - 1
    in_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return 365 * begun + begun // 4 - begun // 100 + begun // 400 + in_year - 719468


START, TURN, FOLD = np.uint64(0xCBF29CE484222325), np.uint64(0x9E3779B97F4A7C15), np.uint64(29)
HALF = np.uint64(32)


@woven_kernel
def slot_of(word: NDArray[Any], size: int, slots: int) -> int:
    """Where a word, read by eight bytes, is looked for first among a power of two of slots."""
    hashed: Any = START
    for at in range(size):
        hashed = (hashed ^ word[at]) * TURN
        hashed ^= hashed >> FOLD
    return int(hashed >> HALF) & (slots - 1)


@woven_kernel
def _number_of(
    word: NDArray[np.uint64],
    size: int,
    slots: NDArray[Any],
    ends: NDArray[Any],
    words: NDArray[Any],
    place: NDArray[Any],
) -> int:
    """The number of a word among those met before, or the next one; -1 where there is no room."""
    slot = slot_of(word, size, slots.size)
    while slots[slot] >= 0:
        begin = ends[slots[slot]]
        if ends[slots[slot] + 1] - begin == size:
            at = 0
            while at < size and words[begin + at] == word[at]:
                at += 1
            if at == size:
                return int(slots[slot])
        slot = (slot + 1) & (slots.size - 1)
    fresh = int(place[WORDS])
    begin = ends[fresh]
    if 2 * (fresh + 1) > slots.size or begin + size > words.size:
        return -1
    words[begin : begin + size] = word[:size]
    slots[slot] = fresh
    ends[fresh + 1] = begin + size
    place[WORDS] = fresh + 1
    return fresh


@woven_kernel
def _noted(calls: NDArray[np.int64], value: int, word: NDArray[np.uint8], end: int) -> int:
    """Write a part of a word behind the others, its length before it.

    Gives the new end; WORDS_FULL or ODD where that cannot be done.
    """
    kind, length = _answer(calls[2], value), 0
    if kind == TEXT_VALUE:
        at = _value(calls[4], value)
        length = _answer(calls[5], value)
    if end + MARK + length + 16 > word.size:
        return WORDS_FULL
    shown = NO_PART if kind == NOTHING else length
    if kind == INTEGER_VALUE:
        number = _value(calls[3], value)
        if number < 0 or number > 9:
            return ODD
        word[end + MARK] = 48 + number
        length = shown = 1
    elif kind == TEXT_VALUE:
        for place in range(length):
            word[end + MARK + place] = _byte(at + place)
    elif kind != NOTHING:
        return ODD
    for place in range(MARK):
        word[end + place] = (shown >> (8 * place)) & 255
    for place in range(8):
        word[end + MARK + length + place] = 0
    return end + MARK + length


@woven_kernel
def _text(
    calls: NDArray[np.int64],
    value: int,
    column: int,
    row: int,
    ends: NDArray[np.int32],
    texts: NDArray[np.uint8],
) -> int:
    """Write a text behind those of the rows before; 0, or TEXTS_FULL."""
    at = _value(calls[4], value)
    length = _answer(calls[5], value)
    begin = np.int64(ends[column, row])
    if begin + length > texts.shape[1]:
        return TEXTS_FULL
    for place in range(length):
        texts[column, begin + place] = _byte(at + place)
    ends[column, row + 1] = begin + length
    return 0


@woven_kernel
def _cell(
    calls: NDArray[np.int64],
    value: int,
    wanted: int,
    column: int,
    row: int,
    whole: NDArray[np.int64],
    known: NDArray[np.uint8],
    ends: NDArray[np.int32],
    texts: NDArray[np.uint8],
) -> int:
    """Write one value into its column; 0, or why that cannot be done."""
    kind = _answer(calls[2], value)
    known[column, row] = kind != NOTHING
    if kind == NOTHING:
        if wanted == TEXT:
            ends[column, row + 1] = ends[column, row]
        return 0
    if wanted == WHOLE and kind == INTEGER_VALUE:
        whole[column, row] = _value(calls[3], value)
        return 0
    if kind != TEXT_VALUE or wanted == WHOLE:
        return ODD
    if wanted == TEXT:
        return _text(calls, value, column, row, ends, texts)
    second = _second(_value(calls[4], value), _answer(calls[5], value))
    whole[column, row] = second
    return ODD if second == UNREAD else 0


@kernel
def fill(
    calls: NDArray[np.int64],
    statement: int,
    kinds: NDArray[np.int64],
    place: NDArray[np.int64],
    whole: NDArray[np.int64],
    known: NDArray[np.uint8],
    ends: NDArray[np.int32],
    texts: NDArray[np.uint8],
    said: NDArray[np.int64],
    word: NDArray[np.uint8],
    eights: NDArray[np.uint64],
    slots: NDArray[np.int64],
    word_ends: NDArray[np.int64],
    words: NDArray[np.uint64],
) -> int:
    """This will step through a statement and write each row into columns, until it must stop.

    Shapes: `calls` the addresses of `record_library.CALLED`; `kinds` (columns,); `place` (5,) where
    it goes on, all zero at first; `whole`, `known` (columns, rows); `ends` (columns, rows + 1),
    where the text of each row ends in `texts` (columns, bytes); `said` (rows,) the number of the
    row's word; `word` what of a word is read, `eights` the same memory; `slots`, `word_ends` and
    `words` those met before.
    Gives FULL, ENDED, TEXTS_FULL, WORDS_FULL or ODD (at AT_ROW, AT_COLUMN), or an error of SQLite.
    """
    end = place[WORD_BYTES]
    for row in range(place[AT_ROW], said.size):
        place[AT_ROW] = row
        if place[HAS_ROW] == 0:
            answer = _answer(calls[0], statement)
            if answer != FULL:
                return answer
            place[HAS_ROW] = 1
        for column in range(place[AT_COLUMN], kinds.size):
            value = _of_column(calls[1], statement, column)
            if kinds[column] == WORD:
                stopped = _noted(calls, value, word, end)
                end = max(stopped, end)
            else:
                stopped = _cell(calls, value, kinds[column], column, row, whole, known, ends, texts)
            if stopped < 0:
                place[AT_COLUMN], place[WORD_BYTES] = column, end
                return stopped
        if end > 0:
            said[row] = _number_of(eights, (end + 7) // 8, slots, word_ends, words, place)
            if said[row] < 0:
                place[AT_COLUMN], place[WORD_BYTES] = kinds.size, end
                return WORDS_FULL
        place[HAS_ROW] = place[AT_COLUMN] = place[WORD_BYTES] = end = 0
    place[AT_ROW] = said.size
    return FULL
