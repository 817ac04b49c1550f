"""What is said about a file while it is read: repairs, what was left out, refusals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

EXAMPLES_KEPT = 5
VALUE_SHOWN = 120


class Unreadable(ValueError):
    """A file cannot be read; the sentence says what, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Example:
    """One place in a file, so that a person can look."""

    file: str
    line: int | None
    column: str | None
    value: str | None
    became: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence about a file, how often it happened, and where for instance."""

    what: str
    count: int
    examples: tuple[Example, ...] = ()


@dataclass(slots=True)
class Notebook:
    """Collects notes of one file: counts every time, keeps the first few examples."""

    file: str
    _counts: dict[str, int] = field(default_factory=dict)
    _examples: dict[str, list[Example]] = field(default_factory=dict)

    def say(
        self,
        what: str,
        *,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
        became: str | None = None,
        count: int = 1,
    ) -> None:
        """This will count one more of `what` and keep the place while examples are few."""
        self._counts[what] = self._counts.get(what, 0) + count
        kept = self._examples.setdefault(what, [])
        if len(kept) < EXAMPLES_KEPT and (line, column, value, became) != (None, None, None, None):
            shown = None if value is None else shorten(value)
            kept.append(Example(self.file, line, column, shown, became))

    def notes(self) -> tuple[Note, ...]:
        """This will give the notes in the order in which they first happened."""
        return tuple(
            Note(what, count, tuple(self._examples[what])) for what, count in self._counts.items()
        )


def shorten(value: str, most: int = VALUE_SHOWN) -> str:
    """This will cut a long value for showing, marking the cut."""
    return value if len(value) <= most else value[: most - 1] + "…"


def joined(notes: Iterable[tuple[Note, ...]]) -> tuple[Note, ...]:
    """This will put several runs of notes one after the other."""
    return tuple(note for run in notes for note in run)
