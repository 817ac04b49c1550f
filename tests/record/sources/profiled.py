"""Small tables for the tests of recognition: headers and rows in, profiles out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.reads import BLANKS
from wellkept.record.sources.recipe import TableRecipe
from wellkept.record.sources.recognise import recognise
from wellkept.record.sources.tables import Origin, RawColumn, RawTable
from wellkept.record.sources.understanding import PairCheck, Understanding
from wellkept.record.sources.values import durations_in, moments_in, numbers_in, yes_no_in


def profile(
    key: str, header: str, values: Sequence[str], others: Mapping[str, Sequence[str]]
) -> ColumnProfile:
    """One column as the profile would give it."""
    there = [value for value in values if value.strip().casefold() not in BLANKS]
    counts = Counter(there)
    sample = tuple(counts)[:500]
    read = moments_in(sample)
    dated = sorted(sample) if read.share > 0.8 else []
    return ColumnProfile(
        key,
        header,
        header,
        "text",
        len(values),
        len(values) - len(there),
        len(counts),
        sample,
        tuple(counts.most_common(40)),
        read,
        numbers_in(sample),
        durations_in(sample, header),
        yes_no_in(sample),
        frozenset(
            other for other, theirs in others.items() if other != key and constant(values, theirs)
        ),
        dated[0] if dated else None,
        dated[-1] if dated else None,
    )


def constant(values: Sequence[str], within: Sequence[str]) -> bool:
    """Whether a column never changes within the repeated values of another."""
    if len(set(within)) == len(within) or len(set(within)) < 2:
        return False
    seen: dict[str, set[str]] = {}
    for key, value in zip(within, values, strict=True):
        if value.strip().casefold() not in BLANKS:
            seen.setdefault(key, set()).add(value)
    return all(len(found) <= 1 for found in seen.values())


def a_table(
    headers: str | Sequence[str], rows: Sequence[Sequence[str]], name: str = "export.csv"
) -> tuple[RawTable, tuple[ColumnProfile, ...]]:
    """A table with its profiles; headers divided by "; " when they are one text."""
    names = headers.split("; ") if isinstance(headers, str) else list(headers)
    columns = {f"c{i}": [row[i] for row in rows] for i in range(len(names))}
    raw = tuple(RawColumn(f"c{i}", header, header) for i, header in enumerate(names))
    table = RawTable(name, "t", raw, len(rows), "csv", "utf-8", ",", 0, (), (), Origin(Path(name)))
    profiles = tuple(
        profile(key, header, columns[key], columns)
        for key, header in zip(columns, names, strict=True)
    )
    return table, profiles


def understood(
    headers: str | Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    name: str = "export.csv",
    recipe: TableRecipe | None = None,
    pairs: Sequence[PairCheck] = (),
) -> Understanding:
    """What recognition makes of a small table."""
    table, profiles = a_table(headers, rows, name)
    return recognise(table, profiles, recipe, pairs=pairs)


def roles_of(one: Understanding) -> dict[str, str]:
    """Role → header."""
    return {role: column.header for role, column in one.roles.items()}
