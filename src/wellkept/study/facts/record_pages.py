"""The pages of a record's file, read through the handle that holds it as it is.

The file is not opened a second time: SQLite's own handle on it is asked for bytes.
Source: “Database File Format” of SQLite, sections 1.3 and 1.6; `sqlite3_io_methods` of its
interface.
"""

import ctypes
import sqlite3

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.record_leaves import HEADER, LEAF
from wellkept.study.facts.record_library import OK, Handle

READ_AT = 2
"""Where the function that reads lies among those of a file, in addresses."""
BRANCH, BRANCH_HEADER, FILE_HEADER = 5, 12, 100
UTF8 = 1
DEEPEST = 20
"""Levels of a tree; with four rows on each page that is all that a file can hold."""
_Read = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
)


class Pages:
    """The file of one handle, whose transaction has begun; `readable`: whether it is of use here.

    `file`, `reads`: addresses of the file and of what reads it; `size`, `usable`: bytes of a page.
    """

    def __init__(self, handle: Handle) -> None:
        """Read how the file is laid out; raises sqlite3.OperationalError."""
        self.handle, at = handle, ctypes.c_void_p()
        handle.check(handle.file_pointer(at))
        self.file = at.value or 0
        methods = ctypes.c_void_p.from_address(self.file).value or 0
        self.reads = ctypes.c_void_p.from_address(methods + 8 * READ_AT).value or 0
        self._read = _Read(self.reads)
        self.size = FILE_HEADER
        header = self._page(1).tobytes()
        written = int.from_bytes(header[16:18])
        self.size = 65_536 if written == 1 else written
        self.usable = self.size - header[20]
        self.readable = int.from_bytes(header[56:60]) == UTF8 and ctypes.sizeof(at) == 8

    def _page(self, number: int) -> NDArray[np.uint8]:
        page = np.empty(self.size, np.uint8)
        begin = (number - 1) * self.size
        if begin < 0 or self._read(self.file, page.ctypes.data, self.size, begin) != OK:
            raise sqlite3.DatabaseError(f"page {number} of the record cannot be read")
        return page

    def leaves(self, table: str) -> NDArray[np.int64] | None:
        """This will give the numbers of a table's leaves, in the order of its rows.

        None where the table is kept in another way. Raises sqlite3.DatabaseError for a damaged one.
        """
        root = f"SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = '{table}'"
        level = np.array([self.handle.number(root)], np.int64)
        for _ in range(DEEPEST):
            first = self._page(int(level[0]))
            if first[0] == LEAF:
                return level
            if first[0] != BRANCH:
                return None
            level = np.concatenate([self._children(self._page(one)) for one in level.tolist()])
            in_order = np.sort(level)
            if in_order[0] < 1 or np.any(in_order[1:] == in_order[:-1]):
                break
        raise sqlite3.DatabaseError(f"the pages of {table} are not in order")

    def _children(self, page: NDArray[np.uint8]) -> NDArray[np.int64]:
        cells = int(page[3]) << 8 | int(page[4])
        places = page[BRANCH_HEADER : BRANCH_HEADER + 2 * cells].view(">u2").astype(np.int64)
        if page[0] != BRANCH or places.size < cells or np.any(places > self.usable - 4):
            raise sqlite3.DatabaseError("a page of the record leads nowhere")
        before = page[places[:, None] + np.arange(4)].view(">u4")[:, 0]
        return np.append(before, page[HEADER:BRANCH_HEADER].view(">u4")).astype(np.int64)

    def whole(self, begun: bytes, payload: int) -> bytes:
        """This will read a row that goes on elsewhere, from what stands of it in its own page.

        `begun`: that and what follows in the page. Raises sqlite3.DatabaseError.
        """
        each = self.usable - 4
        least = (self.usable - 12) * 32 // 255 - 23
        here = least + (payload - least) % each
        if here > self.usable - 35:
            here = least
        if len(begun) < here + 4 or payload > 1 << 31:
            raise sqlite3.DatabaseError("a row of the record goes on nowhere")
        found, further = [begun[:here]], int.from_bytes(begun[here : here + 4])
        for _ in range(-(-(payload - here) // each)):
            page = self._page(further).tobytes()
            found.append(page[4 : self.usable])
            further = int.from_bytes(page[:4])
        return b"".join(found)[:payload]
