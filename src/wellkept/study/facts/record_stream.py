"""Tables of SQLite as parts for the engine, filled by a compiled loop, then used again."""

import ctypes
import itertools
import sqlite3
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts import record_leaves
from wellkept.study.facts import record_stepping as stepping
from wellkept.study.facts.arrow import NUMBERS, TEXTS, Filled, Part, Parts
from wellkept.study.facts.record_library import CALLED, Handle, addresses
from wellkept.study.facts.record_pages import Pages

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


class Rows(Protocol):
    """Where the rows of a table come from: what goes through them, and what it is told."""

    fill: Callable[[int], int]

    def begun(self, told: NDArray[np.int64]) -> AbstractContextManager[None]:
        """This will tell the loop where it begins, as long as it goes on."""

    def stopped(self, answer: int, told: NDArray[np.int64]) -> None:
        """This will let the loop go on, or raise why it cannot."""


class Stepped:
    """Rows that SQLite itself steps through."""

    def __init__(self, handle: Handle, asked: Asked) -> None:
        """Nothing is read yet."""
        self.handle, self.asked, self.fill = handle, asked, stepping.filling()

    @contextmanager
    def begun(self, told: NDArray[np.int64]) -> Iterator[None]:
        """This will ask for the rows."""
        told[: len(CALLED)] = addresses(self.handle.found)
        with self.handle.asking(self.asked.sql) as statement:
            told[stepping.STATEMENT] = statement
            yield

    def stopped(self, answer: int, told: NDArray[np.int64]) -> None:
        """This will raise what SQLite complains of."""
        self.handle.check(answer)
        raise sqlite3.OperationalError(f"{self.asked.table} was not read to its end: {answer}")


class Leaves:
    """Rows of a table that are read from the leaves of its tree.

    `places`: of each column, its place in a row as it is stored, rising; `key`: which of these is
    nothing but the number of the row, -1 for none; `leaves` as `Pages.leaves` gives them.
    """

    def __init__(
        self, pages: Pages, leaves: NDArray[np.int64], places: Sequence[int], key: int
    ) -> None:
        """Nothing is read yet."""
        self.pages, self.leaves, self.places, self.key = pages, leaves, places, key
        self.fill = record_leaves.filling()
        self._buffer = np.zeros(record_leaves.RUN * pages.size + record_leaves.BEYOND, np.uint8)
        self._spilled = self._buffer[:0]

    @contextmanager
    def begun(self, told: NDArray[np.int64]) -> Iterator[None]:
        """This will say where the leaves lie, and what they are read to."""
        told[record_leaves.READ : record_leaves.AT_LEAF] = (
            self.pages.reads, self.pages.file, self.pages.size, self.pages.usable,
            self.leaves.ctypes.data, self.leaves.size,
        )  # fmt: skip
        told[record_leaves.BUFFER] = self._buffer.ctypes.data
        told[record_leaves.KEY_PLACE] = self.key
        of_column = told[stepping.HEAD :].reshape(-1, stepping.EACH)
        of_column[:, stepping.PLACE] = self.places
        yield

    def stopped(self, answer: int, told: NDArray[np.int64]) -> None:
        """This will read the rest of a row; raises sqlite3.DatabaseError."""
        if answer != record_leaves.SPILLED:
            raise sqlite3.DatabaseError(f"the record's file is damaged: {answer}")
        page = int(told[record_leaves.AT_PAGE]) * self.pages.size
        at = int(told[record_leaves.RECORD]) - self._buffer.ctypes.data
        begun = self._buffer[at : page + self.pages.usable].tobytes()
        found = self.pages.whole(begun, int(told[record_leaves.PAYLOAD]))
        self._spilled = np.frombuffer(found + bytes(record_leaves.BEYOND), np.uint8)
        told[record_leaves.RECORD] = self._spilled.ctypes.data


class Stepping:
    """One table that is read row by row; `words` are complete when its parts are."""

    def __init__(self, rows: Rows, asked: Asked) -> None:
        """Nothing is read yet."""
        self.rows, self.asked, self.words = rows, asked, Words()
        self.kinds = np.array([kind for _, kind in asked.columns], np.int64)
        self._told = np.zeros(stepping.HEAD + stepping.EACH * self.kinds.size, np.int64)
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
        with self.rows.begun(self._told):
            answer = stepping.FULL
            while answer == stepping.FULL:
                page = self._free.pop() if self._free else self._fresh()
                answer = self._fill(page)
                rows = int(self._told[stepping.AT_ROW])
                self._told[stepping.AT_ROW] = 0
                if rows:
                    yield self._part(page, rows)

    def _fresh(self) -> _Page:
        page = _Page(self.kinds.size)
        for column in np.flatnonzero(self.kinds == stepping.TEXT):
            page.texts[column] = np.empty(ROWS * ROOM, np.uint8)
        return page

    def _fill(self, page: _Page) -> int:
        """Fill a page as far as there are rows, and room for their texts."""
        self._tell(page)
        told, fill = self._told, self.rows.fill
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
                self._read_odd(page)
            else:
                self.rows.stopped(answer, told)

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
            self._of_column[column, stepping.KNOWN : stepping.PLACE] = (
                page.known[column].ctypes.data, page.whole[column].ctypes.data,
                page.ends[column].ctypes.data, texts.ctypes.data, texts.size,
            )  # fmt: skip

    def _read_odd(self, page: _Page) -> None:
        """Read a moment that another program wrote in another way; raises UnknownValue."""
        row, column = self._told[[stepping.AT_ROW, stepping.AT_COLUMN]].tolist()
        name, kind = self.asked.columns[column]
        written = self._odd()
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

    def _odd(self) -> str:
        """What the loop could not read, as text."""
        kind, found, size = self._told[stepping.ODD_KIND : stepping.HEAD][:3].tolist()
        if kind == stepping.INTEGER_VALUE:
            return str(found)
        if kind == record_leaves.FLOAT_VALUE and not size:
            return str(struct.unpack("d", struct.pack("q", found))[0])
        return ctypes.string_at(found, size).decode(errors="replace")

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
