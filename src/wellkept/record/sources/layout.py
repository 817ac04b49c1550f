"""Where a table begins in a sheet or text file: lines above it, its header, its width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from wellkept.record.sources.reads import BLANKS

LOOKED_AT = 40  # rows in which a header may hide
BENEATH = 200  # rows beneath it that are compared with it

Kind = Literal["blank", "number", "moment", "text"]
_NUMBER = re.compile(r"[-+(]?\s?[$€£]?\s?\d[\d.,' ]*(?:[eE][-+]?\d+)?\)?\s?[%€$£]?")
_MOMENT = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([ T].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([ ,T].*)?"
    r"|\d{1,2}[-. ][^\W\d_]{3,9}\.?[-., ]+\d{2,4}.*"
)
_DATA_STARTS = "start entering data below this line"
_LABELS = ("column labels:", "column label:", "column name:", "column names:")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table lies in its file; rows are counted from 0 and blank ones count."""

    first_data: int  # the row after the header (or the first row when there is none)
    header: tuple[str, ...] | None  # as found; None when the file has no header
    above: tuple[int, ...]  # rows above the table that hold text
    width: int  # cells of a row


def layout_of(rows: Sequence[Sequence[str]]) -> Layout:
    """This will find header and first data row in the first rows of a table."""
    template = _template(rows)
    if template is not None:
        return template
    start = _start(rows)
    if start is None:
        return Layout(0, None, (), max((len(row) for row in rows), default=1) or 1)
    beneath = [row for row in rows[start + 1 : start + 1 + BENEATH] if _filled(row)]
    above = tuple(at for at in range(start) if _filled(rows[at]))
    wide = _width(beneath) or len(rows[start])
    if not _is_header(rows[start], beneath):
        return Layout(start, None, above, max(wide, len(rows[start])))
    header = tuple(rows[start])
    if len(header) + 1 == wide and beneath and _row_names(header, beneath):
        header = ("", *header)
    return Layout(start + 1, header, above, max(len(header), 1))


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _width(rows: Sequence[Sequence[str]]) -> int:
    counts = Counter(len(row) for row in rows)
    return counts.most_common(1)[0][0] if counts else 0


def _template(rows: Sequence[Sequence[str]]) -> Layout | None:
    """An import template: notes, a row of column labels, then a marker line."""
    firsts = [row[0].strip().casefold() if row else "" for row in rows[:LOOKED_AT]]
    marks = [at for at, first in enumerate(firsts) if first.startswith(_DATA_STARTS)]
    if not marks:
        return None
    for label in _LABELS:
        if label in firsts[: marks[0]]:
            at = firsts.index(label)
            above = tuple(one for one in range(marks[0] + 1) if one != at and _filled(rows[one]))
            header = ("", *(cell for cell in rows[at][1:]))
            return Layout(marks[0] + 1, header, above, len(header))
    return None


def _start(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row that fills most of the table's width; titles above fill less."""
    filled = [_filled(row) for row in rows[: LOOKED_AT + 20]]
    if not any(filled):
        return None
    most = Counter(count for count in filled if count).most_common(1)[0][0]
    most = max(most, sorted(filled)[-max(1, len(filled) // 4)])
    enough = max(1, min(2, most), round(0.6 * most))
    found = next((at for at, count in enumerate(filled) if count >= enough), None)
    if found is None:
        return next(at for at, count in enumerate(filled) if count)
    return _after_gap(filled, found)


def _after_gap(filled: Sequence[int], found: int) -> int:
    """A short block, a blank row, then a wider row: the wider row begins the table."""
    for at in range(found + 1, min(found + 4, len(filled) - 1)):
        if filled[at] == 0:
            later = next((one for one in range(at, len(filled)) if filled[one]), None)
            if later is not None and filled[later] > max(filled[found:at]):
                return later
    return found


def _is_header(row: Sequence[str], beneath: Sequence[Sequence[str]]) -> bool:
    """Compare a row with the rows beneath: a name over numbers, or one more number?"""
    for_header = against = 0
    repeated = False
    for place, cell in enumerate(row):
        column = [one[place].strip() for one in beneath if place < len(one)]
        column = [value for value in column if value.casefold() not in BLANKS]
        vote = _vote(cell.strip(), column)
        for_header += vote > 0
        against += vote < 0
        repeated = repeated or (len(column) > 1 and bool(cell.strip()) and cell.strip() in column)
    if for_header or against:
        return for_header >= against
    return not repeated or list(row) in [list(one) for one in beneath]


def _vote(cell: str, column: Sequence[str]) -> int:
    """1 when a cell cannot be a value of its column, -1 when it looks like one, else 0."""
    if not column or cell.casefold() in BLANKS:
        return 0
    values = Counter(column)
    kind, often = _commonest(kind_of_cell, values)
    if often < 0.95 * len(column):
        return 0
    own = kind_of_cell(cell)
    if kind != "text":
        if own != kind:
            return 1 if own == "text" else 0
        return -1 if kind == "moment" or _alike(cell, column) else 0
    shape, often = _commonest(_shape, values)
    if "9" not in shape or often < 0.9 * len(column) or len(column) < 3:
        return 0
    return -1 if _shape(cell) == shape else 1


def _commonest(trait: Callable[[str], str], values: Counter[str]) -> tuple[str, int]:
    """The trait that most have, and how many."""
    counts: Counter[str] = Counter()
    for value, often in values.items():
        counts[trait(value)] += often
    return counts.most_common(1)[0]


def _alike(cell: str, column: Sequence[str]) -> bool:
    lengths = [len(value) for value in column]
    return min(lengths) - 1 <= len(cell) <= max(lengths) + 1


def _shape(value: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", value))


def kind_of_cell(value: str) -> Kind:
    """This will tell a number, a moment and other text apart, quickly."""
    if value.strip().casefold() in BLANKS:
        return "blank"
    if _MOMENT.fullmatch(value):
        return "moment"
    return "number" if _NUMBER.fullmatch(value) else "text"


def _row_names(header: Sequence[str], beneath: Sequence[Sequence[str]]) -> bool:
    """One more cell in every row than in the header: names of rows stand first."""
    longer = [row for row in beneath if len(row) == len(header) + 1]
    firsts = {row[0].strip() for row in longer}
    even = len(longer) >= 0.9 * len(beneath) and len(firsts) == len(longer)
    return even and any(row[-1].strip() for row in longer)


@dataclass(frozen=True, slots=True)
class Renamed:
    """One header that could not stay as it was."""

    place: int  # from 0
    found: str
    became: str
    why: Literal["empty", "double"]


def names_of(header: Sequence[str] | None, width: int) -> tuple[list[str], list[Renamed]]:
    """This will give every column a name of its own, and say which had to change."""
    found = [_tidy(cell) for cell in (header or ())]
    found += [""] * (width - len(found))
    taken = {name for name in found if name}
    names: list[str] = []
    renamed: list[Renamed] = []
    for place, name in enumerate(found):
        if name and name not in names:
            names.append(name)
            continue
        became = _free(name or f"column {place + 1}", taken | set(names), bool(name))
        names.append(became)
        if header is not None and place < len(header):
            why: Literal["empty", "double"] = "double" if name else "empty"
            renamed.append(Renamed(place, header[place], became, why))
    return names, renamed


def _tidy(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).strip("\"'`")


def _free(name: str, taken: set[str], double: bool) -> str:
    if not double and name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
