"""How a text becomes a value: the one door to moments, numbers, durations and answers."""

from wellkept.record.sources.answers import NO, YES, yes_no_in, yes_no_sql
from wellkept.record.sources.durations import (
    duration_sql,
    durations_in,
    unit_of_header,
    with_unit,
)
from wellkept.record.sources.moment_columns import (
    MomentColumn,
    Residual,
    Unread,
    moments_of,
    read_residual,
)
from wellkept.record.sources.moment_sql import blank_sql, moment_sql, precision_sql
from wellkept.record.sources.moment_text import Moment, parse_moment
from wellkept.record.sources.moments import moments_in, settle, with_order
from wellkept.record.sources.numbers import number_sql, numbers_in
from wellkept.record.sources.reads import (
    BLANKS,
    DurationReads,
    MomentFormat,
    NumberReads,
    Precision,
    Reads,
)
from wellkept.record.sources.zones import UnknownZone, utc_sql

__all__ = [
    "BLANKS",
    "NO",
    "YES",
    "DurationReads",
    "Moment",
    "MomentColumn",
    "MomentFormat",
    "NumberReads",
    "Precision",
    "Reads",
    "Residual",
    "UnknownZone",
    "Unread",
    "blank_sql",
    "duration_sql",
    "durations_in",
    "moment_sql",
    "moments_in",
    "moments_of",
    "number_sql",
    "numbers_in",
    "parse_moment",
    "precision_sql",
    "read_residual",
    "settle",
    "unit_of_header",
    "utc_sql",
    "with_order",
    "with_unit",
    "yes_no_in",
    "yes_no_sql",
]
