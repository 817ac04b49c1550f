"""The libpq that the record's own driver uses, called without rows of Python between it and arrays.

Two connections see one moment: the first one exports its snapshot, the other takes it.
"""

import ctypes
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts import record_copied
from wellkept.study.facts import record_stepping as stepping
from wellkept.study.facts.record_columns import Read
from wellkept.study.facts.record_stream import Asked

CALLED = ("PQgetCopyData", "PQfreemem")
BEGIN = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
AS_FACTS = {"boolean": "bool", "timestamp with time zone": "datetime", "date": "date"}
"""What a column is called where it is declared, and what `record_whole` calls it."""
WHOLE = ("bigint", "integer", "smallint")
COMING = {
    stepping.WHOLE: record_copied.NUMBER,
    stepping.MOMENT: record_copied.MOMENT,
    stepping.TEXT: record_copied.TEXT,
}

HOW = {
    record_copied.TEXT: '"{}"::text',
    record_copied.ELSE_ZERO: 'nullif("{}", false)',
    record_copied.ELSE_EMPTY: """nullif("{}"::text COLLATE "C", '')""",
}
"""How a column is asked for; the server spends less on a value that is blank."""


class NotAnswered(RuntimeError):
    """Raised with what PostgreSQL says where it does not answer."""


@cache
def library() -> ctypes.CDLL | None:
    """This will find the libpq of the driver; None where there is none, or it cannot be reached."""
    try:
        from psycopg import pq

        found = ctypes.CDLL(sys.modules[pq.PGconn.__module__].__file__ or "")
        same = found.PQlibVersion() == pq.version() and all(hasattr(found, one) for one in CALLED)
    except (AttributeError, ImportError, OSError):
        return None
    return found if same else None


class Connection:
    """A connection that sees one moment, used by one thread at a time."""

    def __init__(self, found: ctypes.CDLL, address: str) -> None:
        """Connect by libpq's words; raises NotAnswered."""
        from psycopg import pq

        self.found, self.pq = found, pq
        self.held: Any = pq.PGconn.connect(address.encode())
        if self.held.status != pq.ConnStatus.OK:
            raise NotAnswered(self.complaint())
        self.rows("SET client_encoding = 'UTF8'")

    def close(self) -> None:
        """This will end it."""
        self.held.finish()

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        """This will give the answer to a statement as texts; raises NotAnswered."""
        answer = self.held.exec_(sql.encode())
        if answer.status not in (self.pq.ExecStatus.COMMAND_OK, self.pq.ExecStatus.TUPLES_OK):
            raise NotAnswered(self.complaint())
        return [
            tuple((answer.get_value(row, column) or b"").decode()
                  for column in range(answer.nfields))
            for row in range(answer.ntuples)
        ]  # fmt: skip

    @contextmanager
    def copying(self, sql: str) -> Iterator[None]:
        """This will have rows copied out while they are taken; raises NotAnswered."""
        answer = self.held.exec_(f"COPY ({sql}) TO STDOUT (FORMAT binary)".encode())
        if answer.status != self.pq.ExecStatus.COPY_OUT:
            raise NotAnswered(self.complaint())
        yield
        while (ended := self.held.get_result()) is not None:
            if ended.status != self.pq.ExecStatus.COMMAND_OK:
                raise NotAnswered(self.complaint())

    def complaint(self) -> str:
        """This will give what libpq complained of last."""
        return str(self.held.error_message.decode(errors="replace")).strip()


@contextmanager
def of_one_moment(found: ctypes.CDLL, address: str, how_many: int) -> Iterator[list[Connection]]:
    """This will connect several times, every connection seeing the record as it was at one moment.

    Raises NotAnswered.
    """
    with ExitStack() as open_ones:
        ours = []
        for _ in range(how_many):
            ours.append(Connection(found, address))
            open_ones.callback(ours[-1].close)
        for one in ours:
            one.rows(BEGIN)
        ((snapshot,),) = ours[0].rows("SELECT pg_export_snapshot()")
        for one in ours[1:]:
            one.rows(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
        yield ours


def declared(one: Connection, read: Read) -> dict[str, tuple[str, bool]]:
    """This will give what each column holds, in the words of `record_whole`; if it may be blank.

    Raises NotAnswered where a column that is read is not there.
    """
    found = one.rows(
        "SELECT attname, format_type(atttypid, NULL), NOT attnotnull OR EXISTS (SELECT FROM "
        "pg_constraint WHERE conrelid = attrelid AND contype = 'n' AND NOT convalidated) "
        "FROM pg_attribute "
        f"WHERE attrelid = '{read.table}'::regclass AND attnum > 0 AND NOT attisdropped"
    )
    for name in set(read.columns) - {name for name, *_ in found}:
        raise NotAnswered(f"{read.table}.{name} is not there")
    return {
        name: (AS_FACTS.get(kind, kind if kind in WHOLE else "text"), may_be_blank == "t")
        for name, kind, may_be_blank in found
    }


def sizes(one: Connection, reads: Iterable[Read]) -> dict[str, int]:
    """This will give how many bytes each table takes."""
    listed = ", ".join(f"('{read.table}')" for read in reads)
    found = one.rows(f"SELECT t, pg_relation_size(t::regclass) FROM (VALUES {listed}) v(t)")
    return {table: int(size) for table, size in found}


def _coming(kind: int, said: str, moment: int | None, *, never_blank: bool) -> int:
    """How a column's values come; `moment` is the column with the last moment before it."""
    if kind == stepping.MOMENT and never_blank and moment is not None:
        return record_copied.ELSE_AS + moment
    if kind == stepping.WORD and said == "bool":
        return record_copied.ELSE_ZERO if never_blank else record_copied.NUMBER
    if kind == stepping.WORD and never_blank:
        return record_copied.ELSE_EMPTY
    return COMING.get(kind, record_copied.TEXT)


class Copied:
    """Rows of a table that PostgreSQL copies out."""

    def __init__(
        self, connection: Connection, asked: Asked, holds: Sequence[tuple[str, bool]]
    ) -> None:
        """Nothing is read yet; `holds` as `declared` gives it."""
        self.connection, self.asked, self.fill = connection, asked, record_copied.filling()
        self.comes = list[int]()
        moment: int | None = None
        for place, ((_, kind), (said, may_be_blank)) in enumerate(
            zip(asked.columns, holds, strict=True)
        ):
            self.comes.append(_coming(kind, said, moment, never_blank=not may_be_blank))
            moment = place if kind == stepping.MOMENT else moment

    @property
    def sql(self) -> str:
        """The statement; what is neither number, flag nor moment comes as text."""
        named = (
            self._named(name, comes)
            for (name, _), comes in zip(self.asked.columns, self.comes, strict=True)
        )
        return f"SELECT {', '.join(named)} FROM {self.asked.table}"

    def _named(self, name: str, comes: int) -> str:
        if comes >= record_copied.ELSE_AS:
            other, _ = self.asked.columns[comes - record_copied.ELSE_AS]
            return f'nullif("{name}", "{other}")'
        return HOW.get(comes, '"{}"').format(name)

    @contextmanager
    def begun(self, told: NDArray[np.int64]) -> Iterator[None]:
        """This will ask for the rows."""
        found = self.connection.found
        told[record_copied.GET], told[record_copied.FREE] = (
            ctypes.cast(getattr(found, name), ctypes.c_void_p).value or 0 for name in CALLED
        )
        told[record_copied.CONNECTION] = self.connection.held.pgconn_ptr
        told[stepping.HEAD :].reshape(-1, stepping.EACH)[:, stepping.PLACE] = self.comes
        with self.connection.copying(self.sql):
            yield

    def stopped(self, answer: int, told: NDArray[np.int64]) -> None:
        """This will raise NotAnswered."""
        why = self.connection.complaint() or f"the loop stopped at {answer}"
        raise NotAnswered(f"{self.asked.table} was not read to its end: {why}")
