"""Rows of the offered tables, with their columns as attributes."""

from collections import namedtuple
from typing import Any

import duckdb


def fetched(con: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    """This will run a selection and give its rows as tuples whose places have names."""
    found = con.execute(sql)
    names = [column[0] for column in found.description or ()]
    make: Any = namedtuple("Offered", names)  # type: ignore[misc]  # known only when it runs
    return [make._make(row) for row in found.fetchall()]
