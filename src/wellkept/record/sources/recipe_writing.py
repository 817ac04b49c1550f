"""A starting recipe, written from what was recognised, for a person to correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from wellkept.record.sources.plan_writing import plan_sections
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.roles import ROLES, SHAPES
from wellkept.record.sources.understanding import Column, Understanding, UnknownWord, Words

_UNASKED = """\
# until = 2024-12-31T18:00:00    # up to when the records are complete; else their last moment
# zone = "Europe/Rome"           # the zone in which the times are written; "unknown" if unknown
# [targets]
# time_to_restore = "24 h"       # what was promised where the records do not say
"""
_NO_FORMAT = ("iso", "iso_hhmm", "native", "words")
_MOST_WORDS = 60


def quoted(text: str) -> str:
    """This will write a text as TOML does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _moment(value: datetime | date) -> str:
    return value.isoformat()


def _stated(recipe: Recipe) -> list[str]:
    lines = []
    for key in ("until", "known_at", "records_begin"):
        value = getattr(recipe, key)
        if value is not None:
            lines.append(f"{key} = {_moment(value)}")
    for key in ("zone", "currency", "system"):
        value = getattr(recipe, key)
        if value is not None:
            lines.append(f"{key} = {quoted(value)}")
    if not lines and not recipe.targets:
        return _UNASKED.splitlines()
    return lines


def _sections(recipe: Recipe) -> list[str]:
    lines = []
    cover, holidays = recipe.calendar.cover, recipe.calendar.holidays
    if cover or holidays:
        lines += ["", "[calendar]"]
        lines += [f"cover = {quoted(cover)}"] if cover else []
        lines += [f"holidays = {quoted(holidays)}"] if holidays else []
    if recipe.targets:
        lines += ["", "[targets]"]
        lines += [f'{name} = "{hours:g} h"' for name, hours in recipe.targets.items()]
    if recipe.keys:
        lines += ["", "[keys]", *_pairs(recipe.keys)]
    for role, names in recipe.same_as.items():
        lines += ["", f"[same_as.{role}]", *_pairs(names)]
    for one in recipe.silences:
        lines += ["", "[[silence]]", f"from = {_moment(one.since)}", f"to = {_moment(one.to)}"]
        lines += [f"why = {quoted(one.why)}"] if one.why else []
    return lines


def _pairs(found: Mapping[str, str]) -> list[str]:
    return [f"{quoted(word)} = {quoted(meaning)}" for word, meaning in found.items()]


def _columns(one: Understanding, stated: Mapping[str, str]) -> list[str]:
    lines = ["", "[table.columns]"]
    for role, column in one.roles.items():
        if role in stated:
            lines.append(f"{role} = {{ value = {quoted(stated[role])} }}")
            continue
        header = quoted(column.header)
        if column.clock_key is not None:
            clock = quoted(one.headers[column.clock_key])
            header = f"{{ date = {header}, time = {clock} }}"
        lines.append(f"{role} = {header}")
    return lines


def _formats(columns: Iterable[Column]) -> list[str]:
    lines = []
    for column in columns:
        own = column.stated or column.moments.formats
        patterns = list(dict.fromkeys(form.pattern for form in own))
        if not patterns or any(pattern in _NO_FORMAT for pattern in patterns):
            continue
        written = [quoted(pattern) for pattern in patterns]
        value = written[0] if len(written) == 1 else f"[{', '.join(written)}]"
        lines.append(f"{column.role} = {value}")
    return ["", "[table.formats]", *lines] if lines else []


def _units(columns: Iterable[Column]) -> list[str]:
    """Plain numbers that stand for lengths of time, with the unit in which they were read."""
    lines = [
        f"{column.role} = {quoted(column.durations.unit)}"
        for column in columns
        if ROLES[column.role].kind == "duration"
        and column.durations.form == "plain"
        and column.durations.unit is not None
    ]
    return ["", "[table.units]", *lines] if lines else []


def _words(words: Words, unknown: Sequence[UnknownWord]) -> list[str]:
    planned = {word: "planned" if yes else "unplanned" for word, yes in words.planned.items()}
    said: dict[str, Mapping[str, str]] = {
        "state": {word: meant.meaning for word, meant in {**words.substate, **words.state}.items()},
        "asset_state": words.asset_state,
        "asset_life": words.asset_life,
        "consequence": words.consequence,
        "product_kind": words.product_kind,
        "verdict": words.verdict,
        "respond_verdict": words.respond_verdict,
        "planned": planned,
        "moved_by": words.moved_by,
    }
    lines: list[str] = []
    if words.nobody:
        lines += ["", "[table.words]", f"nobody = [{', '.join(map(quoted, words.nobody))}]"]
    for role, found in said.items():
        mine = [one for one in unknown if one.role.removeprefix("sub") == role.removeprefix("sub")]
        if found or mine:
            lines += ["", f"[table.words.{role}]", *_pairs(found), *_without_meaning(mine)]
    return lines


def _without_meaning(unknown: Sequence[UnknownWord]) -> list[str]:
    words = dict.fromkeys(one.word for one in unknown)
    lines = [f'# {quoted(word)} = ""    # no meaning known: say one' for word in words]
    if len(lines) > _MOST_WORDS:
        more = len(lines) - _MOST_WORDS
        return [*lines[:_MOST_WORDS], f"# and {more} more words"]
    return lines


def _table(one: Understanding, stated: Mapping[str, str]) -> list[str]:
    if one.shape == "none":
        return ["", f"# {quoted(one.file)} is not used. {' '.join(one.why)}"]
    lines = ["", "[[table]]", *(f"# {sentence}" for sentence in one.why)]
    lines += [
        f"file = {quoted(one.file)}",
        f"shape = {quoted(one.shape)}    # {SHAPES[one.shape].meaning}",
    ]
    if one.kind is not None:
        lines.append(f"kind = {quoted(one.kind)}")
    if one.due_is is not None:
        lines.append(f"due_is = {quoted(one.due_is)}")
    if one.zone is not None:
        lines.append(f"zone = {quoted(one.zone)}")
    if one.ignored:
        lines.append(f"ignore = [{', '.join(quoted(one.headers[key]) for key in one.ignored)}]")
    lines += _columns(one, stated)
    lines += _formats(one.roles.values())
    lines += _units(one.roles.values())
    return lines + _words(one.words, one.unknown_words)


def _stated_values(recipe: Recipe, file: str) -> dict[str, str]:
    entry = recipe.for_table(file)
    columns = entry.columns if entry is not None else {}
    return {role: one.value for role, one in columns.items() if one.value is not None}


def as_toml(recipe: Recipe, understandings: Sequence[Understanding]) -> str:
    """This will write a recipe that says what was recognised, for a person to correct.

    Read again, it gives the same shapes, roles and meanings. What a recipe may say further
    stands in docs/reference/recipes.md.
    """
    lines = ["# What was recognised in this folder. Correct what is wrong; take out what is right."]
    lines += [*_stated(recipe), *_sections(recipe)]
    for one in understandings:
        lines += _table(one, _stated_values(recipe, one.file))
    lines += plan_sections(recipe.plan)
    return "\n".join(lines) + "\n"
