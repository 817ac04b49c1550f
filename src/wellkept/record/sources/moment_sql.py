"""Moments in SQL: a column of texts as whole seconds since 1970 UTC, nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wellkept.record.sources.load import literal
from wellkept.record.sources.moment_text import EARLIEST, LATEST, NOUGHT, WORDS
from wellkept.record.sources.reads import BLANKS, MomentFormat
from wellkept.record.sources.zones import utc_sql

_LOW, _HIGH = f"timestamp '{EARLIEST}-01-01'", f"timestamp '{LATEST}-01-01'"
_NOUGHT = " and ".join(f"timestamp '{one}'" for one in NOUGHT)
_DAY = 86400
_LONGEST = max(len(word.encode()) for word in BLANKS) + 4
_EPOCHS = {"epoch_s": 1, "epoch_ms": 1000, "epoch_us": 1000000}


def blank_sql(expr: str) -> str:
    """This will be true in SQL where a text says that nothing was recorded."""
    text = f"cast({expr} as varchar)"  # costs nothing where it is text already
    long = f"strlen({text}) > 10 and ({text} between '2' and '9' or strlen({text}) > {_LONGEST})"
    return (
        f"({expr} is null or (case when {long} then false "
        f"else regexp_full_match({text}, {_BLANK}) end))"
    )


def _blank_pattern() -> str:
    """One automaton is six times faster than a list of words."""
    words = "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(BLANKS))
    return literal(f"(?is)[ \\t\\r\\n\u00a0]*(?:{words})[ \\t\\r\\n\u00a0]*")


_BLANK = _blank_pattern()


def zoned_sql(expr: str) -> str:
    """This will be true in SQL where an ISO text ends with an offset or Z."""
    return (
        f"(strlen({expr}) >= 17 and (contains({expr}, '+') or ends_with({expr}, 'Z') "
        f"or right({expr}, 1) not between '0' and '9' or substr({expr}, -6, 1) = '-' "
        f"or substr({expr}, -5, 1) = '-' or substr({expr}, -3, 1) = '-'))"
    )


def moment_sql(
    expr: str,
    formats: Sequence[MomentFormat],
    zone: str | None = None,
    *,
    day_end: bool = False,
    residual: str | None = None,
) -> str:
    """This will write the expression that turns a column into seconds since 1970 UTC.

    It is NULL where no format reads the value. Values without an offset are civil time of
    `zone` (an IANA name), or of UTC when it is None. A day is its first second in the zone;
    with `day_end` it is the moment in which it ends (the next midnight), a month likewise.
    `residual` names the table of `read_residual` for what SQL cannot read.
    """
    parts = [part for form in formats for part in _seconds_of(expr, form, zone, day_end=day_end)]
    if residual is not None:
        parts.append(_from_residual(expr, residual, zone, day_end=day_end))
    if not parts:
        return "cast(null as bigint)"
    return f"coalesce({', '.join(parts)})" if len(parts) > 1 else parts[0]


def _seconds_of(expr: str, form: MomentFormat, zone: str | None, *, day_end: bool) -> Iterator[str]:
    """The expressions of one format, to be tried one after the other."""
    if form.pattern == WORDS:
        return
    civil = _civil_of(expr, form)
    if form.pattern in _EPOCHS or (form.pattern == "native" and form.zone is not None):
        yield civil
    elif form.zone is None:
        yield _local(form, civil, zone, day_end=day_end, expr=expr)
    else:
        if form.precision == "day":  # midnight with an offset: the day as written, in the zone
            midnight = f"(case when {_at_midnight(civil)} then {civil} end)"
            yield _local(form, midnight, zone, day_end=day_end)
        yield _zoned_iso(expr, form)


def precision_sql(expr: str, formats: Sequence[MomentFormat], residual: str | None = None) -> str:
    """This will tell in SQL how exact each value is: 'moment', 'day', 'week' or 'month'."""
    said = {form.precision for form in formats}
    if residual is None and said == {"moment"} and {form.pattern for form in formats} == {"iso"}:
        return f"case when {_dated_only(expr)} then 'day' else 'moment' end"
    if residual is None and len(said) == 1 and not any(_midnight(form) for form in formats):
        return literal(said.pop())
    cases = []
    for form in formats:
        if form.pattern == WORDS:
            continue
        civil = _civil_of(expr, form)
        found = literal(form.precision)
        if form.pattern == "iso" and form.precision == "moment":
            found = f"case when {_dated_only(expr)} then 'day' else 'moment' end"
        if _midnight(form):
            found = f"case when {_at_midnight(civil)} then 'day' else 'moment' end"
        cases.append(f"when ({civil}) is not null then {found}")
    rest = "cast(null as varchar)"
    if residual is not None:
        rest = f"(select x.precision from {residual} x where x.value = {expr})"
    return f"case {' '.join(cases)} else {rest} end" if cases else rest


def _civil_of(expr: str, form: MomentFormat) -> str:
    pattern = form.pattern
    if pattern in _EPOCHS:
        # A nought is no moment of 1970: nothing was recorded.
        number = f"nullif(try_cast({expr} as double), 0)"
        return f"cast(floor({number} / {_EPOCHS[pattern]}) as bigint)"
    if pattern == "excel":
        number = f"try_cast(replace(cast({expr} as varchar), ',', '.') as double)"
        return (
            f"(case when {number} between 1 and 110000 then "
            f"timestamp '1899-12-30' + to_seconds(cast(round({number} * 86400) as bigint)) end)"
        )
    if pattern == "native":
        zoned = f"nullif(cast(epoch({expr}) as bigint), 0)"
        return zoned if form.zone else _no_nought(f"cast({expr} as timestamp)")
    if pattern in ("iso", "iso_hhmm"):
        return _iso(expr, form)
    return _sane(f"try_strptime({expr}, {literal(pattern)})")


def _iso(expr: str, form: MomentFormat) -> str:
    """The civil time as written; a naive format leaves values with an offset alone.

    A cast to TIMESTAMP would drop an offset. With more digits at the end, a value with an
    offset is no moment any more, and one without stays what it was.
    """
    if form.zone is not None:
        bare = _sane(f"try_cast({_colon(expr, form)} as timestamp)")
        return f"(case when {zoned_sql(expr)} then {bare} end)"
    more = f"{expr} || case strlen({expr}) when 19 then '.0' when 16 then ':00' else '0' end"
    quick = f"try_cast({more} as timestamp)"
    slow = f"case when not {zoned_sql(expr)} then try_cast({expr} as timestamp) end"
    return _sane(f"coalesce({quick}, {slow})")


def _zoned_iso(expr: str, form: MomentFormat) -> str:
    text = _colon(expr, form)
    return (
        f"(case when {zoned_sql(expr)} "
        f"then nullif(cast(floor(epoch(try_cast({text} as timestamptz))) as bigint), 0) end)"
    )


def _colon(expr: str, form: MomentFormat) -> str:
    """DuckDB reads an offset only with its colon and without a blank before it."""
    if form.pattern == "iso":
        return expr
    tight = f"replace(replace({expr}, ' +', '+'), ' -', '-')"
    return (
        f"case when substr({tight}, -5, 1) in ('+', '-') then "
        f"substr({tight}, 1, strlen({tight}) - 2) || ':' || right({tight}, 2) else {tight} end"
    )


def _sane(civil: str) -> str:
    """A year 16 is a misread 2016: leave it to a better format, or unread."""
    above = f"nullif(greatest({civil}, {_LOW}), {_LOW})"
    return _no_nought(f"nullif(least({above}, {_HIGH}), {_HIGH})")


def _no_nought(civil: str) -> str:
    """What a program writes for nothing: second 0 of its count, on the clocks of some zone."""
    return f"(case when {civil} not between {_NOUGHT} then {civil} end)"


def _midnight(form: MomentFormat) -> bool:
    """A day that is written with a time of day: only midnight is a day then."""
    timed = form.pattern.startswith("iso") or "%H" in form.pattern or "%I" in form.pattern
    return form.precision == "day" and timed


def _at_midnight(civil: str) -> str:
    return f"epoch_us({civil}) % {_DAY * 1000000} = 0"


def _dated_only(expr: str) -> str:
    """An ISO text of ten signs has no time of day: it is a day, whatever its neighbours are."""
    return f"strlen(trim({expr})) <= 10"


def _local(
    form: MomentFormat, civil: str, zone: str | None, *, day_end: bool, expr: str = "''"
) -> str:
    seconds = f"(epoch_us({civil}) // 1000000)"
    if day_end and form.pattern == "iso" and form.precision == "moment":
        seconds = f"({seconds} + case when {_dated_only(expr)} then {_DAY} else 0 end)"
    if day_end and form.precision == "day":
        more = f"case when {_at_midnight(civil)} then {_DAY} else 0 end"
        seconds = f"({seconds} + {more if _midnight(form) else _DAY})"
    if day_end and form.precision == "month":
        seconds = f"(epoch_us(({civil}) + interval 1 month) // 1000000)"
    return utc_sql(seconds, zone)


def _from_residual(expr: str, residual: str, zone: str | None, *, day_end: bool) -> str:
    column = "x.last_s" if day_end else "x.civil_s"
    local = utc_sql(column, zone)
    return (
        f"(select case when x.offset_s is not null then x.civil_s - x.offset_s else {local} end "
        f"from {residual} x where x.value = {expr})"
    )
