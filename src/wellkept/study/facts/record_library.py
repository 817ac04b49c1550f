"""The SQLite that Python itself uses, called without Python's rows between it and an array.

A second SQLite in one process takes the locks of the first one away. This is the same one: its
functions are found through the module on which Python's `sqlite3` stands, and that they are the
same shows in the memory that they count.
"""

import _sqlite3
import ctypes
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cache

OK, ROW, DONE = 0, 100, 101
READ_ONLY, NAMES_ARE_URIS, ONE_THREAD_AT_A_TIME = 0x1, 0x40, 0x8000
ENOUGH = 1 << 20
"""Bytes whose coming shows that both count the same memory."""
CALLED = ("step", "column_value", "value_type", "value_int64", "value_text", "value_bytes")
"""What a compiled loop calls by its address, in this order."""
FILE_POINTER = 7
"""By which SQLite is asked where the file of a handle lies."""
TRIES, PATIENCE_S = 200, 0.005
WAIT_MS = 20_000
"""How long a read waits for a record that somebody holds alone; as long as Django's do."""


@cache
def library() -> ctypes.CDLL | None:
    """This will find the SQLite of Python's own module; None where it cannot be reached."""
    for name in (None, getattr(_sqlite3, "__file__", None)):
        try:  # what the program itself brings goes before what the module brings
            found = ctypes.CDLL(name)
            _described(found)
        except (AttributeError, OSError, TypeError):
            continue
        return found if _is_the_same(found) else None
    return None


def addresses(found: ctypes.CDLL) -> tuple[int, ...]:
    """This will give where each function of CALLED lies in this process."""
    functions = (getattr(found, f"sqlite3_{name}") for name in CALLED)
    return tuple(ctypes.cast(one, ctypes.c_void_p).value or 0 for one in functions)


def _described(found: ctypes.CDLL) -> None:
    """Say what the functions take and give; raises AttributeError where one is missing."""
    pointer, out = ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)
    shapes = {
        "memory_used": (ctypes.c_int64,),
        "open_v2": (ctypes.c_int, ctypes.c_char_p, out, ctypes.c_int, ctypes.c_char_p),
        "close": (ctypes.c_int, pointer),
        "busy_timeout": (ctypes.c_int, pointer, ctypes.c_int),
        "errmsg": (ctypes.c_char_p, pointer),
        "prepare_v2": (ctypes.c_int, pointer, ctypes.c_char_p, ctypes.c_int, out, pointer),
        "finalize": (ctypes.c_int, pointer),
        "step": (ctypes.c_int, pointer),
        "column_int64": (ctypes.c_int64, pointer, ctypes.c_int),
        "file_control": (ctypes.c_int, pointer, ctypes.c_char_p, ctypes.c_int, pointer),
    }
    for name, (gives, *takes) in shapes.items():
        function = getattr(found, f"sqlite3_{name}")
        function.restype, function.argtypes = gives, takes
    addresses(found)


def _is_the_same(found: ctypes.CDLL) -> bool:
    """Whether memory that Python's module takes is memory that this library counts."""
    with closing(sqlite3.connect(":memory:")) as con:
        before = found.sqlite3_memory_used()
        con.execute("CREATE TABLE held (some BLOB)")
        con.execute(f"INSERT INTO held VALUES (zeroblob({2 * ENOUGH}))")
        return bool(found.sqlite3_memory_used() - before > ENOUGH)


class Handle:
    """A record that is only read, by one thread at a time."""

    def __init__(self, found: ctypes.CDLL, source: str) -> None:
        """Open the file that the URI names; raises sqlite3.OperationalError."""
        self.found, self._at = found, ctypes.c_void_p()
        flags = READ_ONLY | NAMES_ARE_URIS | ONE_THREAD_AT_A_TIME
        answer = found.sqlite3_open_v2(source.encode(), ctypes.byref(self._at), flags, None)
        try:
            self.check(answer)
        except sqlite3.OperationalError:
            self.close()
            raise
        found.sqlite3_busy_timeout(self._at, WAIT_MS)

    def check(self, answer: int) -> None:
        """This will raise what SQLite complains of, unless it answered that all is well."""
        if answer not in (OK, ROW, DONE):
            raise sqlite3.OperationalError(self.found.sqlite3_errmsg(self._at).decode())

    @contextmanager
    def asking(self, sql: str) -> Iterator[int]:
        """This will give the address of a statement while it is stepped through."""
        at = ctypes.c_void_p()
        self.check(
            self.found.sqlite3_prepare_v2(self._at, sql.encode(), -1, ctypes.byref(at), None)
        )
        try:
            yield at.value or 0
        finally:
            self.found.sqlite3_finalize(at)

    def number(self, sql: str) -> int:
        """This will give the first number that a statement answers, 0 where it answers nothing."""
        with self.asking(sql) as statement:
            answer = self.found.sqlite3_step(statement)
            self.check(answer)
            return int(self.found.sqlite3_column_int64(statement, 0)) if answer == ROW else 0

    def file_pointer(self, at: ctypes.c_void_p) -> int:
        """This will put the address of its file there, and give SQLite's answer."""
        control = self.found.sqlite3_file_control
        return int(control(self._at, b"main", FILE_POINTER, ctypes.byref(at)))

    def close(self) -> None:
        """This will end its transaction and let go of the file."""
        self.found.sqlite3_close(self._at)
        self._at = ctypes.c_void_p()


@dataclass(frozen=True, slots=True)
class Moment:
    """Handles that see the same; `in_file`: whether the file itself holds it, page by page."""

    handles: list[Handle]
    in_file: bool


@contextmanager
def of_one_moment(found: ctypes.CDLL, source: str, handles: int) -> Iterator[Moment]:
    """This will open a record several times, every handle seeing it as it was at the same moment.

    A handle sees what stood when it first read. Another one, which is in no transaction, tells
    whether anybody wrote meanwhile; then all begin again. What was in the write-ahead log goes into
    the file before, where nobody reads what was there before; as long as handles see the moment,
    SQLite puts nothing later into the file. Raises sqlite3.OperationalError where writers leave no
    moment between them.
    """
    with ExitStack() as open_ones:
        witness, *ours = (
            open_ones.enter_context(closing(Handle(found, source))) for _ in range(handles + 1)
        )
        for _ in range(TRIES):
            before = witness.number("PRAGMA data_version")
            in_file = _in_file(source)
            for one in ours:
                one.number("BEGIN")
                one.number("SELECT count(*) FROM sqlite_schema")
            if witness.number("PRAGMA data_version") == before:
                yield Moment(ours, in_file)
                return
            for one in ours:
                one.number("ROLLBACK")
            time.sleep(PATIENCE_S)
        raise sqlite3.OperationalError("the record was written to without a pause")


def _in_file(source: str) -> bool:
    """Put what the write-ahead log holds into the file; whether that was all of it."""
    try:
        with closing(sqlite3.connect(source.replace("?mode=ro", "?mode=rw"), uri=True)) as record:
            _, logged, put = record.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.Error:  # it may only be read
        return False
    return bool(logged == put)
