"""How a column writes lengths of time, and the SQL that reads them in seconds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from wellkept.record.sources.load import literal
from wellkept.record.sources.numbers import number_sql, numbers_in
from wellkept.record.sources.reads import BLANKS, DurationReads

Unit = Literal["s", "min", "h", "d"]
Form = Literal["clock", "days_clock", "iso", "units", "plain"]
UNREAD_KEPT = 20
SECONDS: dict[Unit, int] = {"s": 1, "min": 60, "h": 3600, "d": 86400}

_DAYS = "d|day|days|tag|tage|tagen|jour|jours|giorno|giorni|día|días|dia|dias|dag|dagen"
_HOURS = "h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|ora|ore|hora|horas|uur|uren"
_MINUTES = "m|min|mins|minute|minutes|minuten|minuti|minuto|minutos|minuut"
_SECONDS = "s|sec|secs|second|seconds|sek|sekunde|sekunden|seconde|secondes|secondi|segundos"
_WEEKS = (
    "w|wk|wks|week|weeks|woche|wochen|semaine|semaines|settimana|settimane|semana|semanas|weken"
)
_PARTS: tuple[tuple[str, int], ...] = (
    *((_WEEKS, 604800), (_DAYS, 86400), (_HOURS, 3600), (_MINUTES, 60), (_SECONDS, 1)),
)
_AMOUNT = r"(\d+(?:[.,]\d+)?)"
_CLOCK = r"(\d{1,6}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
_DAYS_CLOCK = (
    rf"(\d+)(?:\s*(?:{_DAYS})\.?,?\s+|\.|\s+)(\d{{1,2}}):(\d{{2}})(?::(\d{{2}})(?:[.,]\d+)?)?"
)
_ISO = (
    r"P(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?"
)
_UNITS = "".join(
    rf"(?:{_AMOUNT}\s*(?:{words})\.?(?:\s*(?:,|and|und|et|e|y|en)?\s*))?" for words, _ in _PARTS
)
_FORMS: tuple[tuple[Form, str, tuple[int, ...]], ...] = (
    ("clock", _CLOCK, (3600, 60, 1)),
    ("days_clock", _DAYS_CLOCK, (86400, 3600, 60, 1)),
    ("iso", _ISO, tuple(seconds for _, seconds in _PARTS)),
    ("units", _UNITS, tuple(seconds for _, seconds in _PARTS)),
)
_COMPILED = tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern, _ in _FORMS)
_HEADER_UNITS: tuple[tuple[Unit, str], ...] = (
    ("s", rf"{_SECONDS}|secondes"),
    ("min", _MINUTES.removeprefix("m|")),
    ("h", _HOURS),
    ("d", _DAYS),
)


def unit_of_header(header: str) -> Unit | None:
    """This will find a unit of time among the words of a header: "Duration (h)", "wait_min"."""
    words = [word for word in re.split(r"[\W_]+", header.casefold()) if word]
    for unit, known in _HEADER_UNITS:
        names = set(known.split("|"))
        leads = len(words) > 1 and words[0] in names and words[1] in ("to", "until", "bis")
        inside = len(words) > 1 and bool(names & set(words[1:]) - {"d"})
        if leads or inside or (words and words[-1] in names):
            return unit
    return None


def durations_in(sample: Sequence[str], header: str = "") -> DurationReads:
    """This will find how a sample of texts writes lengths of time.

    Plain numbers count only when the header names their unit.
    """
    values = [value.strip() for value in sample if value.strip().casefold() not in BLANKS]
    if not values:
        return DurationReads()
    forms = [_form(value) for value in values]
    counts = Counter(form for form in forms if form is not None)
    unit = unit_of_header(header)
    numbers = numbers_in(values)
    own = numbers.unit is None and not numbers.currencies
    plain = unit is not None and own and numbers.share > 0 and (numbers.low or 0) >= 0
    if plain and numbers.share > sum(counts.values()) / len(values):
        unread = numbers.unread
        return DurationReads(numbers.share, "plain", unit, numbers, unread[:UNREAD_KEPT])
    if not counts:
        return DurationReads(unread=tuple(values[:UNREAD_KEPT]))
    unread = tuple(value for value, form in zip(values, forms, strict=True) if form is None)
    return DurationReads(
        share=sum(counts.values()) / len(values),
        form=counts.most_common(1)[0][0],
        unit=unit,
        numbers=numbers,
        unread=unread[:UNREAD_KEPT],
    )


def _form(value: str) -> Form | None:
    if not any(sign.isdigit() for sign in value):
        return None
    bare = value.lstrip("+-−").strip()
    for form, pattern in _COMPILED:
        if pattern.fullmatch(bare):
            return form
    return None


def duration_sql(expr: str, reads: DurationReads) -> str:
    """This will write the expression that turns a column into seconds (DOUBLE).

    All known forms are read, whichever is the most frequent; plain numbers only when a
    unit is known. It is NULL where nothing reads the value.
    """
    text = f"lower(trim(cast({expr} as varchar)))"
    bare = f"ltrim({text}, '+-−')"
    minus = f"case when {text}[1] in ('-', '−') then -1 else 1 end"
    order = sorted(_FORMS, key=lambda one: one[0] != reads.form)
    parts = [_form_sql(bare, pattern.lower(), seconds) for _, pattern, seconds in order]
    read = f"coalesce({', '.join(parts)}) * {minus}"
    if reads.unit is None or reads.numbers is None:
        return f"({read})"
    plain = f"{number_sql(expr, reads.numbers)} * {SECONDS[reads.unit]}"
    both = (plain, read) if reads.form == "plain" else (read, plain)
    return f"coalesce({', '.join(both)})"


def _form_sql(text: str, pattern: str, seconds: Sequence[int]) -> str:
    whole = literal(f"^(?:{pattern})$")
    amounts = [
        f"coalesce(try_cast(replace(regexp_extract({text}, {whole}, {place}), ',', '.') "
        f"as double), 0) * {second}"
        for place, second in enumerate(seconds, 1)
    ]
    return (
        f"case when regexp_matches({text}, {whole}) and regexp_matches({text}, '[0-9]') "
        f"then {' + '.join(amounts)} end"
    )


def with_unit(reads: DurationReads, unit: Unit) -> DurationReads:
    """This will state the unit of a column of plain numbers."""
    return replace(reads, unit=unit)
