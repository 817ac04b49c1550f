"""Tables of SQLite as parts for the engine: stepped through by a compiled loop, then used again."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from wellkept.study.facts import record_stepping as stepping
from wellkept.study.facts.arrow import NUMBERS, TEXTS, Filled, Part, Parts
from wellkept.study.facts.record_library import CALLED, Handle, addresses

ROWS = 20_480
"""Rows of a part: ten of the engine's own vectors."""
ROOM = 32
"""Bytes for the text of a row, at first."""
SAID = "said"
"""The column with the numbers of words."""


class UnknownValue(ValueError):
    """Raised where the record holds a value that its column cannot hold."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A table to step through: `columns` are its names with `stepping`'s kinds.

    The columns of the kind WORD are not given themselves, but as a number in one more column.
    """

    table: str
    columns: Sequence[tuple[str, int]]
    where: str = "true"

    @property
    def sql(self) -> str:
        """The statement, in the record's own words."""
        named = ", ".join(f'"{name}"' for name, _ in self.columns)
        return f"SELECT {named} FROM {self.table} WHERE {self.where}"


class Words:
    """The different words met so far, each of one or more parts, by their numbers."""

    def __init__(self, room: int = 256) -> None:
        """Make room for so many, and half as many bytes for the longest."""
        self.room = room
        self.one = np.empty(16 * room, np.uint8)
        self.slots = np.full(2 * room, -1, np.int64)
        self.ends = np.zeros(room + 1, np.int64)
        self.eights = np.empty(8 * room, np.uint64)
        self.count = 0

    def grow(self) -> None:
        """This will double the room; every word keeps its number."""
        more = Words(2 * self.room)
        more.one[: self.one.size] = self.one
        more.ends[: self.ends.size] = self.ends
        more.eights[: self.eights.size] = self.eights
        more.count = self.count
        for number, (begin, end) in enumerate(itertools.pairwise(self.ends[: self.count + 1])):
            slot = _slot_of(self.eights[begin:end].tolist(), more.slots.size)
            while more.slots[slot] >= 0:
                slot = (slot + 1) % more.slots.size
            more.slots[slot] = number
        self.__dict__ = more.__dict__

    def parts(self, how_many: int) -> list[tuple[str | None, ...]]:
        """This will give the parts of every word, in the order of their numbers."""
        edges = self.ends[: self.count + 1].tolist()
        return [
            (*itertools.islice(_parts_of(self.eights[begin:end].tobytes()), how_many),)
            for begin, end in itertools.pairwise(edges)
        ]


def _slot_of(word: list[int], slots: int) -> int:
    """What `stepping.slot_of` says, for the few words for which it is not worth compiling."""
    hashed = int(stepping.START)
    for eight in word:
        hashed = ((hashed ^ eight) * int(stepping.TURN)) % 2**64
        hashed ^= hashed >> int(stepping.FOLD)
    return (hashed >> int(stepping.HALF)) % slots


def _parts_of(word: bytes) -> Iterator[str | None]:
    while word:
        length = int.from_bytes(word[: stepping.MARK], "little")
        blank = length == stepping.NO_PART
        end = stepping.MARK + (0 if blank else length)
        yield None if blank else word[stepping.MARK : end].decode()
        word = word[end:]


class _Page:
    """Memory for the rows of one part."""

    def __init__(self, columns: int) -> None:
        self.whole = np.zeros((columns, ROWS), np.int64)
        self.known = np.empty((columns, ROWS), np.uint8)
        self.ends = np.zeros((columns, ROWS + 1), np.int32)
        self.texts = [np.empty(0, np.uint8)] * columns
        self.said = np.empty(ROWS, np.int64)


class Stepping:
    """One table that is stepped through; `words` are complete when its parts are."""

    def __init__(self, handle: Handle, asked: Asked) -> None:
        """Nothing is read yet."""
        self.handle, self.asked, self.words = handle, asked, Words()
        self.kinds = np.array([kind for _, kind in asked.columns], np.int64)
        self._told = np.zeros(stepping.HEAD + stepping.EACH * self.kinds.size, np.int64)
        self._told[: len(CALLED)] = addresses(handle.found)
        self._told[stepping.COLUMNS] = self.kinds.size
        self._of_column = self._told[stepping.HEAD :].reshape(-1, stepping.EACH)
        self._of_column[:, stepping.KIND] = self.kinds
        self._free: list[_Page] = []

    def parts(self) -> Parts:
        """This will give the table to the engine."""
        given = [
            (name, TEXTS if kind == stepping.TEXT else NUMBERS)
            for name, kind in self.asked.columns
            if kind != stepping.WORD
        ]
        if stepping.WORD in self.kinds:
            given.append((SAID, NUMBERS))
        return Parts(given, self._parts())

    def _parts(self) -> Iterator[Part]:
        with self.handle.asking(self.asked.sql) as statement:
            self._told[stepping.STATEMENT] = statement
            answer = stepping.FULL
            while answer == stepping.FULL:
                page = self._free.pop() if self._free else self._fresh()
                answer = self._fill(statement, page)
                rows = int(self._told[stepping.AT_ROW])
                self._told[stepping.AT_ROW] = 0
                if rows:
                    yield self._part(page, rows)

    def _fresh(self) -> _Page:
        page = _Page(self.kinds.size)
        for column in np.flatnonzero(self.kinds == stepping.TEXT):
            page.texts[column] = np.empty(ROWS * ROOM, np.uint8)
        return page

    def _fill(self, statement: int, page: _Page) -> int:
        """Fill a page as far as there are rows, and room for their texts."""
        self._tell(page)
        told, fill = self._told, stepping.filling()
        while True:
            answer = fill(told.ctypes.data)
            self.words.count = int(told[stepping.MET])
            if answer in (stepping.FULL, stepping.ENDED):
                return answer
            if answer == stepping.TEXTS_FULL:
                if told[stepping.AT_ROW]:
                    told[[stepping.AT_COLUMN, stepping.WORD_BYTES]] = 0
                    return stepping.FULL
                column = int(told[stepping.AT_COLUMN])
                page.texts[column] = np.empty(2 * page.texts[column].size, np.uint8)
                self._tell(page)
            elif answer == stepping.WORDS_FULL:
                self.words.grow()
                self._tell(page)
            elif answer == stepping.ODD:
                self._read_odd(statement, page)
            else:
                self.handle.check(answer)

    def _tell(self, page: _Page) -> None:
        """Say to the loop where all memory lies."""
        words, told = self.words, self._told
        told[stepping.ROWS], told[stepping.SAID] = ROWS, page.said.ctypes.data
        told[stepping.MET : stepping.SAID] = (
            words.count, words.slots.ctypes.data, words.slots.size, words.ends.ctypes.data,
            words.eights.ctypes.data, words.eights.size,
        )  # fmt: skip
        told[stepping.ONE], told[stepping.ONE_ROOM] = words.one.ctypes.data, words.one.size
        for column, texts in enumerate(page.texts):
            self._of_column[column, stepping.KNOWN :] = (
                page.known[column].ctypes.data, page.whole[column].ctypes.data,
                page.ends[column].ctypes.data, texts.ctypes.data, texts.size,
            )  # fmt: skip

    def _read_odd(self, statement: int, page: _Page) -> None:
        """Read a moment that another program wrote in another way; raises UnknownValue."""
        row, column = self._told[[stepping.AT_ROW, stepping.AT_COLUMN]].tolist()
        name, kind = self.asked.columns[column]
        written = self.handle.text(statement, column)
        try:
            if kind != stepping.MOMENT:
                raise ValueError
            read = datetime.fromisoformat(written)
        except ValueError as problem:
            raise UnknownValue(
                f"“{written}” in {self.asked.table}.{name} is not what this column holds"
            ) from problem
        aware = read if read.tzinfo else read.replace(tzinfo=UTC)
        page.whole[column, row] = int(aware.timestamp() // 1)
        self._told[stepping.AT_COLUMN] = column + 1

    def _part(self, page: _Page, rows: int) -> Part:
        columns = [
            self._text(page, column, rows)
            if kind == stepping.TEXT
            else Filled(page.known[column], page.whole[column])
            for column, kind in enumerate(self.kinds.tolist())
            if kind != stepping.WORD
        ]
        if stepping.WORD in self.kinds:
            columns.append(Filled(np.ones(rows, np.uint8), page.said))
        return Part(rows, columns, lambda: self._free.append(page))

    def _text(self, page: _Page, column: int, rows: int) -> Filled:
        """The texts of a column; raises UnknownValue where they are not UTF-8."""
        ends, texts = page.ends[column], page.texts[column]
        used = texts[: ends[rows]]
        begins = texts[ends[:rows][ends[:rows] < ends[rows]]]
        try:
            used.tobytes().decode()
            if np.any((begins & 0xC0) == 0x80):
                raise ValueError
        except ValueError as problem:
            name = self.asked.columns[column][0]
            raise UnknownValue(f"a text in {self.asked.table}.{name} is not UTF-8") from problem
        return Filled(page.known[column], ends=ends, bytes=texts)
