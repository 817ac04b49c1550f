"""Reading `wellkept.toml`: every key, its type, and a clear refusal of everything else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from wellkept.record.sources.asset_words import ASSET_MEANINGS
from wellkept.record.sources.heading import unit_of
from wellkept.record.sources.life_words import LIFE_MEANINGS
from wellkept.record.sources.plan_recipe import PlanRecipe, PlanTableRecipe
from wellkept.record.sources.plan_tables import PLAN_ROLES, PLAN_TABLES
from wellkept.record.sources.reads import MomentFormat
from wellkept.record.sources.recipe import (
    FILE_NAME,
    BadRecipe,
    Calendar,
    Choice,
    Recipe,
    Silence,
    StatedWords,
    TableRecipe,
    nearest,
)
from wellkept.record.sources.roles import CONSEQUENCES, PRODUCT_KINDS, ROLES, SHAPES
from wellkept.record.sources.words import MEANINGS

Parse = Callable[[object, str], Any]
TARGETS = (
    "response_time",
    "time_to_restore",
    "time_to_resolve",
    "backlog_age",
    "ownerless_time",
    "unplanned_downtime",
)
NAMED_FORMATS = ("iso", "epoch_s", "epoch_ms", "epoch_us", "excel")
LENGTHS = tuple(role.name for role in ROLES.values() if role.kind == "duration")
MERGED = ("customer", "site", "asset", "owner", "team", "product", "region", "actor")
_HOURS = {"s": 1 / 3600, "min": 1 / 60, "h": 1.0, "d": 24.0}
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)")


def _refuse(where: str, wrong: str, advice: str) -> BadRecipe:
    return BadRecipe(f"{FILE_NAME}: `{where}` {wrong}. {advice}")


def _hint(word: str, known: Iterable[str]) -> str:
    found = nearest(word, known).removeprefix(".").removeprefix("; ")
    return found[:1].upper() + found[1:]


def _shown(value: object) -> str:
    return f"‘{value}’" if isinstance(value, str) else f"{value!r}"


def a_text(value: object, where: str) -> str:
    """This will take a text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise _refuse(where, f"is {_shown(value)}, not a text", "Write it in quotes.")
    return value


def texts(value: object, where: str) -> tuple[str, ...]:
    """This will take one text or a list of texts."""
    if isinstance(value, list):
        return tuple(a_text(one, where) for one in value)
    return (a_text(value, where),)


def yes_or_no(value: object, where: str) -> bool:
    """This will take true or false."""
    if not isinstance(value, bool):
        raise _refuse(where, f"is {_shown(value)}", "Write true or false, without quotes.")
    return value


def a_number(value: object, where: str) -> float:
    """This will take a number that is not below zero."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e12:
        raise _refuse(where, f"is {_shown(value)}", "Write a number, as in 0.2, without quotes.")
    return float(value)


def a_moment(value: object, where: str) -> datetime | date:
    """This will take a date or a moment, as TOML writes it or as an ISO text."""
    if isinstance(value, (datetime, date)):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
        except ValueError:
            pass
    raise _refuse(
        where,
        f"is {_shown(value)}, not a date or a moment",
        "Write 2024-12-31, 2024-12-31T18:00:00 or 2024-12-31T18:00:00+01:00.",
    )


def an_instant(value: object, where: str) -> datetime:
    """This will take a moment with its time of day."""
    moment = a_moment(value, where)
    if not isinstance(moment, datetime):
        raise _refuse(where, f"is {_shown(value)}, without a time", "Write 2024-12-31T18:00:00.")
    return moment


def a_zone(value: object, where: str) -> str:
    """This will take the name of a time zone, or the word unknown."""
    name = a_text(value, where)
    if name == "unknown":
        return name
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = _hint(name, available_timezones())
        raise _refuse(
            where,
            f"is {_shown(name)}, which is no time zone",
            f'{hint} Write an IANA name ("Europe/Rome") or "unknown".'.strip(),
        ) from None
    return name


def hours(value: object, where: str) -> float:
    """This will take a length of time ("4 h", "90 min", "1 d 12 h") as hours.

    >>> hours("1 d 12 h", "targets.time_to_restore")
    36.0
    """
    found = _LENGTH.findall(value) if isinstance(value, str) else []
    units = [unit_of(unit.lower()) for _, unit in found]
    rest = _LENGTH.sub("", value).strip() if isinstance(value, str) else "?"
    if not found or rest or any(unit not in _HOURS for unit in units):
        raise _refuse(
            where,
            f"is {_shown(value)}, not a length of time",
            'Write "4 h", "90 min", "2 d" or "1 d 12 h".',
        )
    pairs = zip(found, units, strict=True)
    return sum(float(number.replace(",", ".")) * _HOURS[str(unit)] for (number, _), unit in pairs)


def one_of(*known: str) -> Parse:
    """This will make a reader of one word out of a list."""

    def parse(value: object, where: str) -> str:
        if value not in known:
            hint = _hint(str(value), known)
            listed = ", ".join(f'"{one}"' for one in known)
            raise _refuse(where, f"is {_shown(value)}", f"{hint} It may be: {listed}.".strip())
        return str(value)

    return parse


def table_of(parse: Parse, known: tuple[str, ...] | None = None) -> Parse:
    """This will make a reader of a TOML table whose values are all of one kind."""

    def parse_all(value: object, where: str) -> dict[str, Any]:
        found = _a_table(value, where)
        for key in found:
            if known is not None and key not in known:
                raise _unknown(where, key, known)
        return {key: parse(one, f"{where}.{key}") for key, one in found.items()}

    return parse_all


def _a_table(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _refuse(where, f"is {_shown(value)}, not a table", f"Write it under [{where}].")
    return value


def _unknown(where: str, key: str, known: tuple[str, ...]) -> BadRecipe:
    place = f"in [{where}]" if where else "at the top"
    listed = ", ".join(sorted(known))
    return BadRecipe(
        f"{FILE_NAME}: there is no key `{key}` {place}{nearest(key, known)} The keys are: {listed}."
    )


def a_choice(value: object, where: str) -> Choice:
    """This will take the header(s) of a role, a date with its time column, or a value for all."""
    if isinstance(value, dict):
        if "value" in value:
            said: str = table_of(a_text, ("value",))(value, where)["value"]
            return Choice((), value=said.strip())
        parts = table_of(texts, ("date", "time", "value"))(value, where)
        if "date" not in parts:
            raise _refuse(where, "has no `date`", 'Write { date = "Day", time = "Clock" }.')
        clock = parts.get("time")
        return Choice(parts["date"], clock[0] if clock else None)
    return Choice(texts(value, where))


def formats(value: object, where: str) -> tuple[MomentFormat, ...]:
    """This will take one or several moment formats, in the order in which they are tried."""
    return tuple(form for one in texts(value, where) for form in _format(one, where))


def _format(text: str, where: str) -> tuple[MomentFormat, ...]:
    if text == "iso":
        zoned = (MomentFormat(name, "moment", "+00:00") for name in ("iso", "iso_hhmm"))
        return (*zoned, MomentFormat("iso", "moment"))
    if text in NAMED_FORMATS:
        return (MomentFormat(text, "moment"),)
    if "%z" in text or "%Z" in text:
        advice = "Values with an offset are read without a format: take the line out."
        raise _refuse(where, f"is {_shown(text)}, with a zone", advice)
    if not re.search(r"%[dmyYbBj]", text):
        listed = ", ".join(NAMED_FORMATS)
        raise _refuse(
            where,
            f"is {_shown(text)}, which is no date format",
            f'Write "%d/%m/%Y %H:%M" (day/month/year) or one of: {listed}.',
        )
    timed = any(mark in text for mark in ("%H", "%I", "%T"))
    return (MomentFormat(text, "moment" if timed else "day"),)


_WORDS: dict[str, Parse] = {
    "state": table_of(one_of(*MEANINGS)),
    "asset_state": table_of(one_of(*ASSET_MEANINGS)),
    "asset_life": table_of(one_of(*LIFE_MEANINGS)),
    "consequence": table_of(one_of(*CONSEQUENCES)),
    "product_kind": table_of(one_of(*PRODUCT_KINDS)),
    "verdict": table_of(one_of("kept", "broken", "open")),
    "respond_verdict": table_of(one_of("kept", "broken", "open")),
    "planned": table_of(one_of("planned", "unplanned")),
    "moved_by": table_of(one_of("us", "customer", "unknown")),
    "nobody": texts,
}
_TABLE: dict[str, Parse] = {
    "file": a_text,
    "shape": one_of(*SHAPES),
    "columns": table_of(a_choice, tuple(ROLES)),
    "formats": table_of(formats),
    "units": table_of(one_of(*_HOURS), LENGTHS),
    "segments": texts,
    "ignore": texts,
    "only": table_of(texts),
    "blanks": texts,
    "due_is": one_of("day", "moment"),
    "kind": a_text,
    "key": texts,
    "snapshot": a_text,
    "zone": a_zone,
    "guess": yes_or_no,
}
_PLAN_TABLE: dict[str, Parse] = {
    "file": a_text,
    "table": one_of(*PLAN_TABLES, "none"),
    "columns": table_of(texts, tuple(PLAN_ROLES)),
}
_PLAN: dict[str, Parse] = {
    "holding_share": a_number,
    "lead_days": a_number,
    "unit_cost": a_number,
    "repair_h": a_number,
    "rates": table_of(a_number),
    "downtime_cost_h": table_of(a_number, CONSEQUENCES),
    "stops": table_of(a_number, CONSEQUENCES),
    "consequence": table_of(one_of(*CONSEQUENCES)),
}
_TOP: dict[str, Parse] = {
    "until": a_moment,
    "known_at": a_moment,
    "records_begin": a_moment,
    "zone": a_zone,
    "currency": a_text,
    "system": a_text,
    "keys": table_of(a_text, ("customer", "site")),
    "targets": table_of(hours, TARGETS),
    "same_as": table_of(table_of(a_text), MERGED),
}

KEYS = {
    "folder": (*_TOP, "calendar", "silence", "table", "plan"),
    "calendar": ("cover", "holidays"),
    "silence": ("from", "to", "why"),
    "table": (*_TABLE, "words"),
    "words": tuple(_WORDS),
    "plan": (*_PLAN, "table"),
    "plan.table": tuple(_PLAN_TABLE),
}
"""Every key of a recipe, by the place where it stands."""


def _fields(value: object, where: str, known: Mapping[str, Parse]) -> dict[str, Any]:
    found = _a_table(value, where)
    for key in found:
        if key not in known:
            raise _unknown(where, key, tuple(known))
    prefix = f"{where}." if where else ""
    return {key: known[key](one, prefix + key) for key, one in found.items()}


def _words(value: object, where: str) -> StatedWords:
    return StatedWords(**_fields(value, where, _WORDS))


def _one_table(value: object, where: str) -> TableRecipe:
    found = _fields(value, where, {**_TABLE, "words": _words})
    if "file" not in found:
        raise _refuse(where, "does not say which file it is about", 'Add file = "cases.csv".')
    return TableRecipe(**found)


def _tables(value: object, where: str) -> tuple[TableRecipe, ...]:
    return tuple(
        _one_table(one, f"{where} {number}") for number, one in enumerate(_rows(value, where), 1)
    )


def _rows(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise _refuse(where, "is not a list of entries", f"Begin each entry with [[{where}]].")
    return value


def _silences(value: object, where: str) -> tuple[Silence, ...]:
    known: dict[str, Parse] = {"from": an_instant, "to": an_instant, "why": a_text}
    made = []
    for number, one in enumerate(_rows(value, where), 1):
        found = _fields(one, f"{where} {number}", known)
        for key in ("from", "to"):
            if key not in found:
                raise _refuse(f"{where} {number}", f"has no `{key}`", "Give both ends.")
        made.append(Silence(found["from"], found["to"], found.get("why")))
        if (made[-1].since.tzinfo is None) != (made[-1].to.tzinfo is None):
            raise _refuse(f"{where} {number}", "has a zone at one end only", "Write both alike.")
        if made[-1].since >= made[-1].to:
            raise _refuse(f"{where} {number}", "ends before it begins", "Turn the ends round.")
    return tuple(made)


def _plan_table(value: object, where: str) -> PlanTableRecipe:
    found = _fields(value, where, _PLAN_TABLE)
    if "file" not in found:
        raise _refuse(where, "does not say which file it is about", 'Add file = "stock.csv".')
    return PlanTableRecipe(**found)


def _plan(value: object, where: str) -> PlanRecipe:
    def tables(rows: object, place: str) -> tuple[PlanTableRecipe, ...]:
        return tuple(
            _plan_table(one, f"{place} {number}")
            for number, one in enumerate(_rows(rows, place), 1)
        )

    found = _fields(value, where, {**_PLAN, "table": tables})
    if "table" in found:
        found["tables"] = found.pop("table")
    return PlanRecipe(**found)


def _calendar(value: object, where: str) -> Calendar:
    known: dict[str, Parse] = {"cover": a_text, "holidays": a_text}
    return Calendar(**_fields(value, where, known))


def read_recipe(text: str) -> Recipe:
    """This will read the text of a recipe. Raises BadRecipe with the key and what to do."""
    try:
        found: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRecipe(
            f"{FILE_NAME} is not valid TOML: {error}. Texts stand in quotes, a header with blanks "
            'or dots on the left side too ("Due date" = …), and lists in [ ].'
        ) from None
    sections: dict[str, Parse] = {"table": _tables, "silence": _silences, "calendar": _calendar,
                                 "plan": _plan}  # fmt: skip
    made = _fields(found, "", {**_TOP, **sections})
    for name, plural in (("table", "tables"), ("silence", "silences")):
        if name in made:
            made[plural] = made.pop(name)
    return Recipe(**made)


def load_recipe(folder: Path) -> Recipe:
    """This will read `wellkept.toml` of a folder; without the file, an empty recipe.

    Raises BadRecipe when the file says something that cannot be used.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Recipe()
    try:
        return read_recipe(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise BadRecipe(f"{FILE_NAME} is not UTF-8. Save it as UTF-8 and try again.") from None
