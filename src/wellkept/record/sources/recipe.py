"""The recipe (`wellkept.toml`): what a person states about a folder of records.

The file is read by `load_recipe`; it is checked against the tables by `check`; a starting recipe
is written by `as_toml`. Every key is described in docs/reference/recipes.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Literal

from wellkept.record.sources.heading import plain
from wellkept.record.sources.plan_recipe import PlanRecipe
from wellkept.record.sources.reads import MomentFormat
from wellkept.record.sources.roles import ROLES

FILE_NAME = "wellkept.toml"


class BadRecipe(ValueError):
    """The recipe cannot be used; the sentence names the key, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The column for a role: the first of these headers that the file has, or one value for all."""

    headers: tuple[str, ...]
    time: str | None = None  # a second column that holds the time of day
    value: str | None = None  # holds on every row; no column of the file says it


@dataclass(frozen=True, slots=True)
class StatedWords:
    """What the words of a file mean, as a person says; keys are words of the file."""

    state: Mapping[str, str] = field(default_factory=dict)
    asset_state: Mapping[str, str] = field(default_factory=dict)
    asset_life: Mapping[str, str] = field(default_factory=dict)
    consequence: Mapping[str, str] = field(default_factory=dict)
    product_kind: Mapping[str, str] = field(default_factory=dict)
    verdict: Mapping[str, str] = field(default_factory=dict)
    respond_verdict: Mapping[str, str] = field(default_factory=dict)
    planned: Mapping[str, str] = field(default_factory=dict)
    moved_by: Mapping[str, str] = field(default_factory=dict)
    nobody: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRecipe:
    """What a person states about the files of one kind."""

    file: str = "*"
    shape: str | None = None
    columns: Mapping[str, Choice] = field(default_factory=dict)
    formats: Mapping[str, tuple[MomentFormat, ...]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)  # role of a length of time → s min h d
    words: StatedWords = field(default_factory=StatedWords)
    segments: tuple[str, ...] | None = None  # None: every column without a role
    ignore: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # header → values kept
    blanks: tuple[str, ...] = ()  # further words that mean: nothing was recorded
    due_is: Literal["day", "moment"] | None = None
    kind: str | None = None
    key: tuple[str, ...] = ()  # roles or headers that identify a row over several snapshots
    snapshot: str | None = None  # "name", or the header of a column that dates the snapshot
    zone: str | None = None
    guess: bool = True  # whether columns that are not named may be recognised

    def fits(self, name: str) -> bool:
        """This will say whether the table of this name is meant.

        A pattern meets the whole name ("export.zip/cases.csv"), its last part ("cases.csv"), or
        the book of a sheet ("book.xlsx" meets "book.xlsx#Sheet1").
        """
        whole = name.casefold()
        last = whole.rsplit("/", 1)[-1]
        names = (whole, last, whole.partition("#")[0], last.partition("#")[0])
        return any(fnmatchcase(one, self.file.casefold()) for one in names)


@dataclass(frozen=True, slots=True)
class Silence:
    """An interval in which the source recorded nothing although things happened."""

    since: datetime
    to: datetime
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Cover hours in words ("Mon-Fri 08:00-17:00") and the country of the holidays ("IT")."""

    cover: str | None = None
    holidays: str | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a person states about one folder."""

    until: datetime | date | None = None  # a date means until its end
    known_at: datetime | date | None = None
    records_begin: datetime | date | None = None  # a date means from its beginning
    zone: str | None = None  # an IANA name, or "unknown"
    currency: str | None = None
    system: str | None = None  # which system wrote the files; read by `wellkept import` alone
    keys: Mapping[str, str] = field(default_factory=dict)  # customer, site → system, or "none"
    calendar: Calendar = field(default_factory=Calendar)
    targets: Mapping[str, float] = field(default_factory=dict)  # measure → hours
    silences: tuple[Silence, ...] = ()
    tables: tuple[TableRecipe, ...] = ()
    same_as: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # role → name → name
    plan: PlanRecipe = field(default_factory=PlanRecipe)  # read by `wellkept plan` alone

    def for_table(self, name: str) -> TableRecipe | None:
        """This will give the first table entry whose `file` meets the name."""
        return next((table for table in self.tables if table.fits(name)), None)


def nearest(word: str, known: Iterable[str]) -> str:
    """This will end a sentence: "; did you mean ‘x’?" with the nearest known word, or "."."""
    by_plain = {plain(one): one for one in known}
    found = get_close_matches(plain(word), by_plain, n=1, cutoff=0.55)
    return f"; did you mean ‘{by_plain[found[0]]}’?" if found else "."


def find_header(wanted: str, headers: Iterable[str]) -> str | None:
    """This will find a header as written, else without regard to case, accents and blanks."""
    there = list(headers)
    if wanted in there:
        return wanted
    flat = re.sub(r"\s+", " ", plain(wanted)).strip()
    return next((one for one in there if re.sub(r"\s+", " ", plain(one)).strip() == flat), None)


def check(recipe: Recipe, tables: Mapping[str, Sequence[str]]) -> None:
    """This will refuse a recipe that names files or headers that are not there.

    `tables` gives the headers of each table by its name. Raises BadRecipe with the file, the key
    and the nearest name.
    """
    for number, table in enumerate(recipe.tables, start=1):
        where = f'[[table]] number {number} (file = "{table.file}")'
        names = [name for name in tables if table.fits(name)]
        if not names:
            there = ", ".join(f"‘{name}’" for name in tables) or "none"
            raise BadRecipe(
                f"{FILE_NAME}: {where} meets no file of the folder{nearest(table.file, tables)} "
                f"The tables are: {there}. Correct `file`, or take the entry out."
            )
        for name in names:
            if recipe.for_table(name) is table:
                _check_headers(table, where, name, tables[name])


def _check_headers(table: TableRecipe, where: str, name: str, headers: Sequence[str]) -> None:
    roles = set(table.columns)
    for role, choice in table.columns.items():
        _one_of(choice.headers, f"columns.{role}", where, name, headers)
        if choice.time is not None:
            _one_of((choice.time,), f"columns.{role}.time", where, name, headers)
    lists = {
        "segments": table.segments or (),
        "ignore": table.ignore,
        "only": tuple(table.only),
        "key": tuple(one for one in table.key if one not in roles),
        "formats": tuple(one for one in table.formats if one not in roles),
    }
    if table.snapshot not in (None, "name"):
        lists["snapshot"] = (str(table.snapshot),)
    for key, wanted in lists.items():
        for header in wanted:
            if not (key in ("key", "formats") and header in ROLES and table.guess):
                _one_of((header,), key, where, name, headers)


def _one_of(wanted: Sequence[str], key: str, where: str, name: str, headers: Sequence[str]) -> None:
    if any(find_header(one, headers) is not None for one in wanted):
        return
    said = " or ".join(f"‘{one}’" for one in wanted)
    raise BadRecipe(
        f"{FILE_NAME}: {where}: `{key}` names {said}, but ‘{name}’ has no such column"
        f"{nearest(wanted[0], headers)} Its columns are: "
        f"{', '.join(f'‘{one}’' for one in headers)}."
    )
