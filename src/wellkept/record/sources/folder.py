"""A folder's tables, understood together."""

from __future__ import annotations

from collections.abc import Sequence

from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.recipe import Recipe, check
from wellkept.record.sources.recognise import recognise
from wellkept.record.sources.registers import Overlap, relate
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.understanding import Understanding

Profiled = tuple[RawTable, Sequence[ColumnProfile]]


def recognise_folder(
    tables: Sequence[Profiled], recipe: Recipe | None = None, *, overlap: Overlap | None = None
) -> tuple[Understanding, ...]:
    """This will understand all tables of a folder, each by itself and then together.

    The recipe is checked against the tables first; raises BadRecipe when it names what is not
    there. `overlap` counts shared values in the engine (see `registers.sampled_overlap`).
    """
    stated = recipe or Recipe()
    check(stated, {table.name: [one.header for one in columns] for table, columns in tables})
    alone = [recognise(table, columns, stated.for_table(table.name)) for table, columns in tables]
    found = relate(alone, {table.name: columns for table, columns in tables}, overlap)
    return tuple(
        one
        if one.file not in found
        else recognise(table, columns, stated.for_table(table.name), shared=found[one.file])
        for one, (table, columns) in zip(alone, tables, strict=True)
    )
