"""A table's rows in the roles of the plan: texts, numbers, days; and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.load import literal
from wellkept.record.sources.moment_sql import moment_sql
from wellkept.record.sources.notes import Example, Note, shorten
from wellkept.record.sources.numbers import number_sql
from wellkept.record.sources.plan_recognise import PlanColumn, PlanUnderstanding
from wellkept.record.sources.plan_tables import PLAN_ROLES
from wellkept.record.sources.reads import BLANKS
from wellkept.record.sources.tables import RawTable

if TYPE_CHECKING:
    import duckdb

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

DAY_S = 86_400
EXAMPLES = 5
_IN_DAYS = {"w": 7.0, "months": 30.4375, "h": 1 / 24, "min": 1 / 1440, "d": 1.0}
_LONG = {
    "w": "w wk wks week weeks woche wochen semaine semaines settimana settimane semana semanas",
    "months": "month months monat monate mois mese mesi mes meses",
    "h": "h hr hrs hour hours std stunde stunden heure heures ora ore hora horas",
    "min": "min mins minute minutes minuten minuti minutos",
    "d": "d day days tag tage jour jours giorno giorni dia dias",
}
_UNIT = {word: unit for unit, words in _LONG.items() for word in words.split()}
_YES = "('yes','y','true','1','x','ja','j','oui','o','si','sì','s','sim','waar','wahr','vrai')"
_NO = "('no','n','false','0','nein','non','nee','não','nao','falsch','faux')"
BECAME = {
    "quantity": "counted as one piece",
    "date": "the row is left out",
    "part": "the row is left out",
}
"""What becomes of a value that cannot be read; others count as not written."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of one file. A text is None, a number and a day nan where nothing was written.

    `number`: days for `days`, hours for `hours`, 0 to 1 for shares; money as written. `day`: whole
    days since 1970. `unread`: roles whose cell held something that could not be read.
    """

    table: str
    file: RawTable
    row: NDArray[np.int64]
    text: Mapping[str, Texts]
    number: Mapping[str, Floats]
    day: Mapping[str, Floats]
    unread: Mapping[str, NDArray[np.bool_]]
    currency: Mapping[str, str]  # money role → currency that its header or its values state
    header: Mapping[str, str]

    def __len__(self) -> int:
        """Count the rows."""
        return int(self.row.size)

    def has(self, role: str) -> bool:
        """This will say whether the file has a column in this role."""
        return role in self.header

    def texts(self, role: str) -> Texts:
        """This will give a role's texts; without the column, all None."""
        return self.text.get(role, np.full(len(self), None, object))

    def numbers(self, role: str, missing: float = np.nan) -> Floats:
        """This will give a role's numbers, `missing` where none was written."""
        found = self.number.get(role)
        if found is None:
            return np.full(len(self), missing)
        return np.where(np.isnan(found), missing, found)

    def days(self, role: str) -> Floats:
        """This will give a role's days since 1970, nan where none was written."""
        return self.day.get(role, np.full(len(self), np.nan))

    def take(self, kept: NDArray[Any]) -> Rows:
        """This will give some of the rows, by a mask or by their places."""

        def cut(columns: Mapping[str, Any]) -> dict[str, Any]:
            return {role: values[kept] for role, values in columns.items()}

        return Rows(
            self.table, self.file, self.row[kept], cut(self.text), cut(self.number),
            cut(self.day), cut(self.unread), self.currency, self.header,
        )  # fmt: skip

    def lines(self, rows: Sequence[int]) -> dict[int, int]:
        """This will tell on which lines of their file rows begin."""
        from wellkept.record.sources.reading import lines_of  # what reads files loads when asked

        return lines_of(self.file, rows)


@dataclass(slots=True)
class Complaints:
    """What could not be used, with file, line, column, value, and what became of it."""

    notes: list[Note] = field(default_factory=list)

    def about(self, rows: Rows, role: str, which: NDArray[Any], what: str, became: str) -> None:
        """This will write down rows whose value cannot be used, with the lines of the first."""
        places = np.flatnonzero(which) if which.dtype == bool else which
        if not places.size:
            return
        shown = [int(rows.row[place]) for place in places[:EXAMPLES]]
        lines = rows.lines(shown)
        header = rows.header.get(role)
        values = [_as_text(rows, role, int(place)) for place in places[:EXAMPLES]]
        examples = tuple(
            Example(rows.file.name, lines.get(row), header, value, became)
            for row, value in zip(shown, values, strict=True)
        )
        self.notes.append(Note(what, int(places.size), examples))

    def say(self, what: str, count: int = 1) -> None:
        """This will write down something that no single row shows."""
        self.notes.append(Note(what, count))


def _as_text(rows: Rows, role: str, place: int) -> str | None:
    for columns in (rows.text, rows.number, rows.day):
        if role in columns:
            value = columns[role][place]
            if value is None or value != value:
                return None
            if columns is rows.day:
                return str(np.datetime64(int(value), "D"))
            return shorten(f"{value:g}" if columns is rows.number else str(value))
    return None


def read_rows(
    con: duckdb.DuckDBPyConnection,
    table: RawTable,
    known: PlanUnderstanding,
    complaints: Complaints,
    zone: str | None,
    same_as: Mapping[str, Mapping[str, str]],
) -> Rows:
    """This will read the rows of a table in its roles, and complain of values it cannot read.

    Each different value of a column is read once; `same_as` (role → name → name) merges names.
    """
    keys = ", ".join(
        f"cast({column.profile.key} as varchar) AS r_{role}"
        for role, column in known.columns.items()
    )
    found = con.execute(f"SELECT row, {keys} FROM {table.relation} ORDER BY row").fetchnumpy()
    read = _Reader(con, zone, same_as)
    for role, column in known.columns.items():
        read.column(role, column, found[f"r_{role}"])
    headers = {role: column.profile.header for role, column in known.columns.items()}
    rows = Rows(
        str(known.table), table, np.asarray(found["row"], np.int64), read.text, read.number,
        read.day, read.unread, read.currency, headers,
    )  # fmt: skip
    for role, unread in rows.unread.items():
        _complain(rows, role, unread, found[f"r_{role}"], complaints)
    return rows


_READ = ("number", "money", "days", "hours", "share", "day")
_PLAIN = re.compile(r"[-+]?\d+(?:\.\d*)?")


class _Reader:
    """Turns the texts of one table's columns into values."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        zone: str | None,
        same_as: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.con, self.zone, self.same_as = con, zone, same_as
        self.text: dict[str, Texts] = {}
        self.number: dict[str, Floats] = {}
        self.day: dict[str, Floats] = {}
        self.unread: dict[str, NDArray[np.bool_]] = {}
        self.currency: dict[str, str] = {}

    def column(self, role: str, column: PlanColumn, raw: Any) -> None:
        """Read one column; blanks of every kind are None or nan."""
        kinds, place = _kinds(_texts(raw))
        blank = np.array([one is None or _blank(one) for one in kinds], bool)
        kind = PLAN_ROLES[role].kind
        if kind not in _READ:
            tidy = [
                None if b else " ".join(one.split()) for one, b in zip(kinds, blank, strict=True)
            ]
            same = self.same_as.get(role, {})
            merged = [same.get(one, one) if one is not None else None for one in tidy]
            self.text[role] = np.array([*merged, None], object)[:-1][place]
            return
        values = np.full(len(kinds), np.nan)
        written = [one for one, b in zip(kinds, blank, strict=True) if not b]
        values[~blank] = self._values(column, kind, written)
        if kind == "day":
            self.day[role] = _days(values, column, self.zone)[place]
        else:
            self.number[role] = values[place]
        self.unread[role] = (np.isnan(values) & ~blank)[place]
        said = _currency(column) if kind == "money" else None
        if said is not None:
            self.currency[role] = said

    def _values(self, column: PlanColumn, kind: str, written: list[str]) -> Floats:
        """Plain numbers at once; whatever is written otherwise by the engine's full reading."""
        found = np.full(len(written), np.nan)
        if kind != "day":
            bare = [_bare(column, one) for one in written]
            plain = [_PLAIN.fullmatch(one) is not None for one in bare]
            found = np.array(
                [float(one) if p else np.nan for one, p in zip(bare, plain, strict=True)]
            )
            found = _scaled(column, kind, found)
        rest = [one for one, value in zip(written, found, strict=True) if np.isnan(value)]
        if rest:
            values = ", ".join(f"({literal(one)})" for one in rest)
            asked = self.con.execute(
                f"SELECT {_expression(column, kind)} AS r FROM (VALUES {values}) t(v)"
            ).fetchnumpy()["r"]
            found[np.isnan(found)] = np.ma.filled(np.ma.asarray(asked).astype(np.float64), np.nan)
        return found


def _kinds(texts: Texts) -> tuple[list[str], NDArray[np.int64]]:
    """The different texts of a column, and which of them each row holds."""
    at: dict[Any, int] = {}
    place = np.array([at.setdefault(text, len(at)) for text in texts], np.int64)
    return list(at), place


def _blank(text: str) -> bool:
    return text.strip().casefold() in BLANKS


def _texts(values: Any) -> Texts:
    array = np.ma.asarray(values)
    filled = np.array(array.filled(None) if array.dtype == object else array, dtype=object)
    if np.ma.getmaskarray(array).any():
        filled[np.ma.getmaskarray(array)] = None
    return filled


def _days(seconds: Floats, column: PlanColumn, zone: str | None) -> Floats:
    """Whole days; a moment with an offset is dated in the zone."""
    zoned = zone is not None and any(one.zone for one in column.profile.moments.formats)
    if not zoned:
        return np.floor(seconds / DAY_S)
    local, found = ZoneInfo(str(zone)), np.full(seconds.shape, np.nan)
    there = np.isfinite(seconds)
    hours, at = np.unique(np.floor(seconds[there] / 3600), return_inverse=True)
    ahead = [datetime.fromtimestamp(hour * 3600, local).utcoffset() for hour in hours]
    offsets = np.array([0.0 if one is None else one.total_seconds() for one in ahead])
    found[there] = np.floor((seconds[there] + offsets[at.reshape(-1)]) / DAY_S)
    return found


def _expression(column: PlanColumn, kind: str) -> str:
    """SQL that reads the value v of a column as seconds (days), or as a number in its unit."""
    profile = column.profile
    if kind == "day":
        if profile.moments.share == 0:
            return "cast(null as double)"
        forms = profile.moments.formats
        if forms[0].pattern == "native":
            return "cast(epoch(try_cast(v as timestamp)) as double)"
        return f"cast({moment_sql('v', forms, None)} as double)"
    number = number_sql("v", profile.numbers)
    if kind == "share":
        return _share("v", number, profile.numbers.unit)
    return f"({number}) * {_factor(column, kind)}"


def _share(key: str, number: str, unit: str | None) -> str:
    word = f"lower(trim(cast({key} as varchar)))"
    scale = 0.01 if unit == "%" else 1.0
    return (
        f"case when {word} in {_YES} then 1.0 when {word} in {_NO} then 0.0 else "
        f"(case when ({number}) * {scale} > 1 and ({number}) <= 100 then ({number}) * 0.01 "
        f"else ({number}) * {scale} end) end"
    )


def _bare(column: PlanColumn, written: str) -> str:
    """A number without the decimal comma and the percent sign that its column is known to write."""
    numbers, text = column.profile.numbers, written.strip()
    if numbers.unit == "%":
        text = text.removesuffix("%").rstrip()
    if numbers.decimal == ",":
        return "" if "." in text else text.replace(",", ".", 1)
    return text


def _scaled(column: PlanColumn, kind: str, plain: Floats) -> Floats:
    """Plain numbers in the role's unit, as `_expression` scales them."""
    if kind != "share":
        return plain * _factor(column, kind)
    part = plain * (0.01 if column.profile.numbers.unit == "%" else 1.0)
    return np.where((part > 1) & (plain <= 100), plain * 0.01, part)


def _factor(column: PlanColumn, kind: str) -> float:
    """What makes days, or hours, of the column's unit, which its header or its values state."""
    if kind not in ("days", "hours"):
        return 1.0
    words = heading(column.profile.header_as_found or column.profile.header).words
    raw = column.profile.header.casefold().replace("(", " ").replace(")", " ").split()
    own = column.profile.numbers.unit
    said = next((_UNIT[word] for word in (*words, *raw) if word in _UNIT), None)
    unit = _UNIT.get(own or "") or said or ("d" if kind == "days" else "h")
    return _IN_DAYS[unit] * (1.0 if kind == "days" else 24.0)


_SIGNS = {"€": "EUR", "euro": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "¥": "JPY", "fr.": "CHF",
          "kč": "CZK", "zł": "PLN", "r$": "BRL", "a$": "AUD", "c$": "CAD", "₹": "INR"}  # fmt: skip


def code_of(written: str) -> str:
    """This will give the code of a currency as written.

    >>> code_of("€"), code_of("usd"), code_of(" Kč ")
    ('EUR', 'USD', 'CZK')
    """
    bare = written.strip()
    return _SIGNS.get(bare.casefold(), bare.upper())


def _currency(column: PlanColumn) -> str | None:
    if column.profile.numbers.currency is not None:
        return code_of(column.profile.numbers.currency)
    if len(column.profile.numbers.currencies) > 1:  # € and EUR are one
        return "/".join(dict.fromkeys(map(code_of, column.profile.numbers.currencies)))
    marks = column.profile.header.replace("(", " ").replace(")", " ").split()
    return next((code_of(mark) for mark in marks if code_of(mark) in _CODES), None)


_CODES = bag("EUR USD GBP CHF JPY SEK NOK DKK PLN CZK HUF RON BRL AUD CAD INR ZAR MXN")


def _complain(
    rows: Rows, role: str, unread: NDArray[np.bool_], raw: Any, complaints: Complaints
) -> None:
    places = np.flatnonzero(unread)
    if not places.size:
        return
    values = _texts(raw)
    shown: Sequence[int] = [int(place) for place in places[:EXAMPLES]]
    lines = rows.lines([int(rows.row[place]) for place in shown])
    became = BECAME.get(role, "not used, as if it were blank")
    kind = "a day" if PLAN_ROLES[role].kind == "day" else "a number"
    examples = tuple(
        Example(
            rows.file.name,
            lines.get(int(rows.row[place])),
            rows.header[role],
            shorten(str(values[place])),
            became,
        )
        for place in shown
    )
    complaints.notes.append(
        Note(
            f"{rows.file.name}: ‘{rows.header[role]}’ ({PLAN_ROLES[role].meaning}) is not {kind} "
            f"here; {became}. Correct the value in the file.",
            int(places.size),
            examples,
        )
    )
