"""Where facts are kept: anything that runs a selection and gives columns back."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import duckdb
import numpy as np
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[Any]]
"""Named columns of equal length."""

type_of_value = str | int | float | bool | None


class BlankColumn(ValueError):
    """Raised when a selection gives blanks in a column that is to be reckoned with."""


class Source(Protocol):
    """A set of facts, whatever engine holds them."""

    def columns(self, sql: str, **given: type_of_value) -> Columns:
        """This will run a selection and give its columns as arrays; blanks are refused."""
        ...

    def rows(self, sql: str, **given: type_of_value) -> list[dict[str, Any]]:
        """This will run a selection of few rows and give them with their names."""
        ...


class DuckFacts:
    """Facts in a DuckDB database.

    Selections are written in the SQL that DuckDB and PostgreSQL share; `$name` marks what is given.
    Several threads may ask at once: each has a connection of its own to the same facts.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Keep the connection that holds the fact tables."""
        self.con = con
        self._own = threading.local()
        self._own.con = con

    def columns(self, sql: str, **given: type_of_value) -> Columns:
        """This will run a selection and give arrays; raises BlankColumn where a value is blank."""
        found = self._here().execute(sql, _used(sql, given)).fetchnumpy()
        for name, array in found.items():
            if isinstance(array, np.ma.MaskedArray):
                if np.any(np.ma.getmaskarray(array)):
                    raise BlankColumn(f"the selection leaves “{name}” blank in some rows: {sql}")
                found[name] = array.data
        return found

    def rows(self, sql: str, **given: type_of_value) -> list[dict[str, Any]]:
        """This will run a selection of few rows and give each as a mapping by column name."""
        cursor = self._here().execute(sql, _used(sql, given))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _here(self) -> duckdb.DuckDBPyConnection:
        """The connection of this thread."""
        con: duckdb.DuckDBPyConnection | None = getattr(self._own, "con", None)
        if con is None:
            con = self._own.con = self.con.cursor()
            con.execute("SET enable_progress_bar = false")
        return con


def _used(sql: str, given: Mapping[str, type_of_value]) -> dict[str, type_of_value]:
    """DuckDB refuses values that the text does not name."""
    return {name: value for name, value in given.items() if f"${name}" in sql}


def only(rows: Columns, keep: NDArray[np.bool_]) -> Columns:
    """This will keep the chosen rows; where all are, nothing is copied."""
    if np.all(keep):
        return rows
    where = np.flatnonzero(keep)
    return {name: values[where] for name, values in rows.items()}


def quoted(name: str) -> str:
    """This will write a column's name so that no character of it is read as SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """This will write a text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def codes(values: Sequence[str]) -> dict[str, int]:
    """This will number distinct values in their order of appearance."""
    return {value: number for number, value in enumerate(dict.fromkeys(values))}
