"""Small tables for the tests of recognition: headers and rows in, profiles out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.reads import BLANKS, DurationReads, MomentFormat, NumberReads, Reads
from wellkept.record.sources.recipe import TableRecipe
from wellkept.record.sources.recognise import recognise
from wellkept.record.sources.tables import Origin, RawColumn, RawTable
from wellkept.record.sources.understanding import PairCheck, Understanding
from wellkept.record.sources.words import yes_word

PATTERNS = (
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d/%m/%Y %H:%M"),
    *("%d/%m/%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d-%b-%y", "%d/%b/%y %I:%M %p", "%m/%d/%Y"),
    *("%Y-%m-%dT%H:%M:%SZ", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"),
    *(
        "%Y-%m-%d %H:%M:%S%z",
        "%m/%d/%Y %I:%M:%S %p",
        "%Y-%m-%dT%H:%M:%S.%f",
        "%Y-%m-%d %H:%M:%S.%f%z",
    ),
)
NUMBER = re.compile(r"[$€]?-?\d{1,3}(?:,?\d{3})*(?:\.\d+)?(?:E\+\d+)?")


def reads_as(text: str) -> str | None:
    """The first pattern in which a text is a moment."""
    for pattern in PATTERNS:
        try:
            datetime.strptime(text, pattern)  # noqa: DTZ007  (only whether it reads)
        except ValueError:
            continue
        return pattern
    return None


def moments(sample: Sequence[str]) -> Reads:
    """A short stand-in for the reading of moments, enough for these tables."""
    patterns = [reads_as(text) for text in sample]
    known = list(dict.fromkeys(pattern for pattern in patterns if pattern))
    formats = tuple(MomentFormat(p, "moment" if "%H" in p or "%I" in p else "day") for p in known)
    share = sum(1 for pattern in patterns if pattern) / len(sample) if sample else 0.0
    return Reads(formats, share)


def numbers(sample: Sequence[str]) -> NumberReads:
    """A short stand-in for the reading of numbers."""
    good = [text for text in sample if NUMBER.fullmatch(text)]
    share = len(good) / len(sample) if sample else 0.0
    damaged = tuple(text for text in good if "E+" in text)
    return NumberReads(share, whole=not any("." in text for text in good), damaged=damaged)


def profile(
    key: str, header: str, values: Sequence[str], others: dict[str, Sequence[str]]
) -> ColumnProfile:
    """One column as the profile would give it."""
    there = [value for value in values if value.strip().casefold() not in BLANKS]
    counts = Counter(there)
    sample = tuple(counts)[:500]
    yes = sum(1 for value in sample if yes_word(value) is not None) / len(sample) if sample else 0.0
    read = moments(sample)
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
        numbers(sample),
        DurationReads(numbers(sample).share, "plain"),
        yes,
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
