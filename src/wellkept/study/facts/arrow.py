"""Columns handed to the engine part by part, without a copy, as Arrow's C interface lays them out.

The engine asks for the next part out of a thread of its own, and says when it has let go of one.
Source: “The Arrow C data interface” and “The Arrow C stream interface” of Apache Arrow.
"""

import ctypes
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

NUMBERS, TEXTS = b"l", b"u"
"""Arrow's words for whole numbers of 64 bits, and for texts."""
MAY_BE_BLANK = 2
FAILED = 5
NAME = b"arrow_array_stream"


@dataclass(frozen=True, slots=True)
class Filled:
    """Values of one column: `known` is 0 where nothing stands; texts have `ends` and `bytes`.

    Shapes: `known`, `values` (rows,); `ends` (rows + 1,), the first one 0.
    """

    known: NDArray[np.uint8]
    values: NDArray[np.int64] | None = None
    ends: NDArray[np.int32] | None = None
    bytes: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows; `done` is called when the engine has let go of them."""

    rows: int
    columns: Sequence[Filled]
    done: Callable[[], None]


class _Schema(ctypes.Structure):
    pass


class _Array(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_LetGo = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_Ask = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_Tell = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
_END: list[Any] = [
    ("dictionary", ctypes.c_void_p),
    ("release", _LetGo),
    ("private_data", ctypes.c_void_p),
]
_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    *_END,
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    *_END,
]
_Stream._fields_ = [
    ("get_schema", _Ask),
    ("get_next", _Ask),
    ("get_last_error", _Tell),
    ("release", _LetGo),
    ("private_data", ctypes.c_void_p),
]
_numbers = itertools.count(1)
_kept: dict[int, tuple[Any, Callable[[], None] | None]] = {}
"""What must stay as it is until the engine lets go of it, by the number in `private_data`."""


def _letting_go(kind: Any) -> Any:
    """The function by which the engine says that it has let go of a structure of this kind."""

    def let_go(at: int) -> None:
        one = kind.from_address(at)
        for place in range(getattr(one, "n_children", 0)):
            child = one.children[place]
            if child.contents.release:
                let_go(ctypes.addressof(child.contents))
        number, one.release = one.private_data, _LetGo()
        _, done = _kept.pop(number)
        if done is not None:
            done()

    return _LetGo(let_go)


_let_go = {kind: _letting_go(kind) for kind in (_Schema, _Array, _Stream)}


def _keep(one: Any, kept: Any, done: Callable[[], None] | None = None) -> None:
    one.release, one.private_data = _let_go[type(one)], next(_numbers)
    _kept[one.private_data] = (kept, done)


def _list_of(kind: Any, ones: Sequence[Any]) -> Any:
    return (ctypes.POINTER(kind) * len(ones))(*(ctypes.pointer(one) for one in ones))


class Parts:
    """Rows in parts, which the engine scans as a table under the name of the variable; once.

    `failed` keeps what went wrong while a part was made: the engine itself only tells that
    something did.
    """

    def __init__(self, columns: Sequence[tuple[str, bytes]], parts: Iterator[Part]) -> None:
        """Remember what there will be: names of columns with Arrow's words for their kinds."""
        self.columns, self.parts = columns, parts
        self.failed: BaseException | None = None
        self._one_at_a_time = Lock()
        self._message = ctypes.create_string_buffer(b"the parts of a table cannot be read")

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """This will give the engine what it asks by, as a capsule of Python."""
        stream = _Stream(_Ask(self._describe), _Ask(self._next), _Tell(self._say))
        _keep(stream, (self, stream))  # what it calls lives as long as any copy of it
        _offered[ctypes.addressof(stream)] = stream
        capsule: object = _offer(ctypes.addressof(stream), NAME, _forgetting)
        return capsule

    def _describe(self, _: int, into: int) -> int:
        fields = [_Schema(kind, name.encode(), None, MAY_BE_BLANK) for name, kind in self.columns]
        for one in fields:
            _keep(one, one)
        listed = _list_of(_Schema, fields)
        whole = _Schema.from_address(into)
        whole.format, whole.name, whole.metadata, whole.flags = b"+s", b"", None, 0
        whole.n_children, whole.children, whole.dictionary = len(fields), listed, None
        _keep(whole, (fields, listed))
        return 0

    def _next(self, _: int, into: int) -> int:
        ctypes.memset(into, 0, ctypes.sizeof(_Array))  # what is not filled is the end
        try:
            with self._one_at_a_time:
                part = next(self.parts, None)
        except BaseException as problem:  # no exception can pass through the engine
            self.failed = problem
            return FAILED
        if part is not None:
            _fill(_Array.from_address(into), part)
        return 0

    def _say(self, _: int) -> int:
        return ctypes.addressof(self._message)


_offered: dict[int, Any] = {}
"""Streams by their addresses, as long as Python has a capsule of them."""
_Forget = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
_offer = ctypes.pythonapi.PyCapsule_New
_offer.restype, _offer.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, _Forget]
_within = ctypes.pythonapi.PyCapsule_GetPointer
_within.restype, _within.argtypes = ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_char_p]


def _forget(capsule: int) -> None:
    """Let go of a stream that was only looked at; one that was taken is let go of by the taker."""
    at = _within(capsule, NAME)
    stream = _offered.pop(at)
    if stream.release:
        stream.release(at)


_forgetting = _Forget(_forget)


def _fill(whole: Any, part: Part) -> None:
    columns = [_column(one, part.rows) for one in part.columns]
    listed = _list_of(_Array, columns)
    none = (ctypes.c_void_p * 1)(None)
    whole.length, whole.n_buffers, whole.buffers = part.rows, 1, none
    whole.n_children, whole.children = len(columns), listed
    _keep(whole, (columns, listed, none), part.done)


def _column(one: Filled, rows: int) -> Any:
    known = one.known[:rows]
    blank = rows - int(np.count_nonzero(known))
    bits = np.packbits(known, bitorder="little") if blank else None
    arrays = [bits, one.values] if one.ends is None else [bits, one.ends, one.bytes]
    at = (ctypes.c_void_p * len(arrays))(
        *(None if some is None else some.ctypes.data for some in arrays)
    )
    array = _Array(rows, blank, 0, len(arrays), 0, at)
    _keep(array, (array, at, arrays))
    return array
