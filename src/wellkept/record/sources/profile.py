"""What the values of a column look like, without deciding what the column means."""

from __future__ import annotations

from dataclasses import dataclass

from wellkept.record.sources.reads import DurationReads, NumberReads, Reads
from wellkept.record.sources.tables import Stored


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column, counted and sampled."""

    key: str
    header: str
    header_as_found: str
    stored: Stored
    rows: int
    blank: int  # empty, or one of BLANKS; counted over all rows
    distinct: int  # of the non-blank values; exact when small, else within some per cent
    sample: tuple[str, ...]  # ≤ 500 distinct non-blank values, spread over the file
    top: tuple[tuple[str, int], ...]  # ≤ 40 most frequent non-blank values with their counts
    moments: Reads
    numbers: NumberReads
    durations: DurationReads
    yes_no: float  # share of the sample that says yes or no, in any of our languages
    constant_within: frozenset[str]  # id-like keys within whose values this column never changes
    first: str | None  # earliest and latest moment as ISO, when the column holds moments
    last: str | None
