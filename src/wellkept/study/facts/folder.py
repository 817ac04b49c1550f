"""The folder source: files become facts, and everything on the way is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wellkept.study.facts.source import DuckFacts
from wellkept.study.facts.understood import (
    FolderWhere,
)

MEMORY = "900MB"
EVENTS_AT_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a folder, on the command line or by a caller.

    `now_s` comes from the desk: what claims to have happened later has not happened.
    """

    now_s: int
    until_s: int | None = None
    known_s: int | None = None
    zone: str | None = None
    by: str | None = None
    recipe: Path | None = None


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """The facts of a folder, with what measures and readers need to know about them."""

    source: DuckFacts
    until_s: int
    first_s: int
    known_s: int | None
    zone: ZoneInfo
    targets_s: Mapping[str, int]
    has_calendar: bool
    where: FolderWhere
    understood: dict[str, Any]
    source_document: dict[str, Any]
    recipe_text: str
