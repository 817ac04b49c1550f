"""A folder's tables, understood together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wellkept.record.sources.joining import joined
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.recipe import Recipe, check
from wellkept.record.sources.recognise import recognise
from wellkept.record.sources.registers import Overlap, relate, sampled_overlap
from wellkept.record.sources.snapshots import twins
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.understanding import PairCheck, Suspicion, Understanding
from wellkept.record.sources.values_alone import unnamed_moments

Profiled = tuple[RawTable, Sequence[ColumnProfile]]
Order = Callable[[RawTable, Sequence[tuple[str, str]]], Sequence[PairCheck]]


def recognise_folder(
    tables: Sequence[Profiled],
    recipe: Recipe | None = None,
    *,
    overlap: Overlap | None = None,
    order: Order | None = None,
) -> tuple[Understanding, ...]:
    """This will understand all tables of a folder, each by itself and then together.

    The recipe is checked against the tables first; raises BadRecipe when it names what is not
    there. `overlap` counts shared values in the engine (see `registers.sampled_overlap`);
    `order` counts which of two columns of moments comes first, asked only of tables whose
    moments no header explains.
    """
    stated = recipe or Recipe()
    check(stated, {table.name: [one.header for one in columns] for table, columns in tables})
    alone = [_alone(table, columns, stated, order) for table, columns in tables]
    named = {table.name: columns for table, columns in tables}
    found = relate(alone, named, overlap)
    together: Sequence[Understanding] = [
        one
        if one.file not in found or _shape_stated(stated, one.file)
        else recognise(table, columns, stated.for_table(table.name), shared=found[one.file])
        for one, (table, columns) in zip(alone, tables, strict=True)
    ]
    together = joined(together, named, overlap or sampled_overlap(named))
    pairs = twins(together, named)
    return tuple(_with_twins(one, pairs) for one in together)


def _shape_stated(recipe: Recipe, file: str) -> bool:
    entry = recipe.for_table(file)
    return entry is not None and entry.shape is not None


def _with_twins(one: Understanding, pairs: Sequence[tuple[str, str]]) -> Understanding:
    found = tuple(
        Suspicion(
            f"‘{first}’ and ‘{second}’ seem to hold the same rows: everything may count twice.",
            f'Measure one of them alone, or leave one out in the recipe: [[table]] file = "{first}"'
            ' and shape = "none".',
        )
        for first, second in pairs
        if second == one.file
    )
    return replace(one, suspicions=(*one.suspicions, *found)) if found else one


def _alone(
    table: RawTable, columns: Sequence[ColumnProfile], recipe: Recipe, order: Order | None
) -> Understanding:
    entry = recipe.for_table(table.name)
    one = recognise(table, columns, entry)
    unnamed = unnamed_moments(columns)
    if one.shape != "none" or order is None or len(unnamed) != 2:
        return one
    first, second = unnamed
    pairs = order(table, [(first, second), (second, first)])
    return recognise(table, columns, entry, pairs=pairs)
