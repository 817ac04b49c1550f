"""What a folder holds for the plan: rows by table, and how they were understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from wellkept.record.sources.notes import Note
from wellkept.record.sources.plan_recognise import PlanUnderstanding
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.tables import RawTable, Reading
from wellkept.study.planning.cells import Complaints, Rows
from wellkept.study.planning.monthly import Monthly


@dataclass(frozen=True, slots=True)
class PlanFolder:
    """What a folder holds for the plan: rows by table, and how they were understood."""

    name: str
    recipe: Recipe
    reading: Reading
    known: tuple[PlanUnderstanding, ...]
    rows: dict[str, list[Rows]]
    complaints: Complaints = field(default_factory=Complaints)
    wide: tuple[Monthly, ...] = ()
    advice: tuple[str, ...] = ()

    def of(self, table: str) -> list[Rows]:
        """This will give the rows of every file that holds this table."""
        return self.rows.get(table, [])


def unused(known: tuple[PlanUnderstanding, ...], tables: tuple[RawTable, ...]) -> list[Note]:
    """This will name the files that the plan does not read, with the reason."""
    rows = {table.name: table.rows for table in tables}
    return [
        Note(f"{one.file}: the plan does not read it ({one.why})", rows[one.file])
        for one in known
        if one.table is None
    ]
