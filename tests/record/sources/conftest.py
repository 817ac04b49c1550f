"""Real records are read and looked through once for all tests of this room."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pytest

from wellkept.record.sources.profile import ColumnProfile, profile
from wellkept.record.sources.reading import read_folder
from wellkept.record.sources.tables import RawTable, Reading

Read = list[tuple[RawTable, tuple[ColumnProfile, ...]]]


@dataclass(frozen=True)
class RealRecords:
    """All real records, read as one folder, and what was counted in the tables looked at so far.

    A test of a set that is not there is skipped with a word; of one that is there, nothing is.
    """

    root: Path
    reading: Reading
    con: duckdb.DuckDBPyConnection
    _counted: dict[str, tuple[ColumnProfile, ...]] = field(default_factory=dict)

    def table(self, name: str) -> RawTable:
        """Give the table whose name ends so."""
        self.see(Path(name).name)
        (found,) = [table for table in self.reading.tables if table.name.endswith(name)]
        return found

    def columns(self, table: RawTable) -> tuple[ColumnProfile, ...]:
        """Give the columns of a table."""
        if table.relation not in self._counted:
            self._counted[table.relation] = profile(table, self.con)
        return self._counted[table.relation]

    def see(self, *names: str) -> None:
        """Skip the test where one of these sets or files is nowhere in the folder."""
        for name in names:
            if not (self.root / name).exists() and not any(self.root.glob(f"**/*{name}")):
                pytest.skip(f"Real records of {name} are not in WELLKEPT_DATA.")

    def by_header(self, table: RawTable) -> dict[str, ColumnProfile]:
        """Give the columns of a table by what stands above them."""
        return {one.header: one for one in self.columns(table)}

    def within(self, folder: str, *only: str) -> Read:
        """Give the tables of one folder, named from there, or those whose names begin so."""
        self.see(folder)
        inside = f"{folder}/"
        found = [
            replace(table, name=table.name.removeprefix(inside))
            for table in self.reading.tables
            if table.name.startswith(inside)
        ]
        return [
            (table, self.columns(table))
            for table in found
            if not only or table.name.startswith(only)
        ]


@pytest.fixture(scope="package")
def real(data_folder: Callable[[str], Path]) -> Iterator[RealRecords]:
    """Give all real records; nothing is written into them."""
    con = duckdb.connect()
    root = data_folder("")
    yield RealRecords(root, read_folder(root, con), con)
    con.close()
