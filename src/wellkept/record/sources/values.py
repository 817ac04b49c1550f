"""How a text becomes a value: the one door to moments, numbers, durations and answers."""

from wellkept.record.sources.reads import (
    BLANKS,
    DurationReads,
    MomentFormat,
    NumberReads,
    Precision,
    Reads,
)

__all__ = [
    "BLANKS",
    "DurationReads",
    "MomentFormat",
    "NumberReads",
    "Precision",
    "Reads",
]
