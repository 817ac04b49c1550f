"""What an import cannot take, or takes with a doubt: how many rows, and where they are.

A reason is a text that is marked for translation, with what differs beside it: a run is kept, and
read later by people of several languages.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from wellkept.study.facts.understood import FolderWhere

SHOWN = 200
"""Rows that are named for each reason; all are counted."""


@dataclass(slots=True)
class Reason:
    """One reason, in words: how many rows, and where some of them are."""

    count: int = 0
    rows: list[tuple[int | None, int | None, str]] = field(default_factory=list)


class Problems:
    """Collects problems while an import is tried or written."""

    def __init__(self, where: FolderWhere) -> None:
        """Keep where rows are found."""
        self.where = where
        self.skipped: dict[tuple[str, str, str], Reason] = defaultdict(Reason)
        self.noted: dict[tuple[str, str, str], Reason] = defaultdict(Reason)

    def skip(self, noun: str, offer: Any, reason: str, detail: str = "") -> None:
        """This will count a row that is not taken."""
        self._add(self.skipped[noun, reason, detail], offer)

    def note(self, noun: str, offer: Any, what: str, detail: str = "") -> None:
        """This will count a row that is taken although something about it is odd."""
        self._add(self.noted[noun, what, detail], offer)

    def _add(self, reason: Reason, offer: Any) -> None:
        reason.count += 1
        if len(reason.rows) < SHOWN:
            place = getattr(offer, "src", None), getattr(offer, "row", None)
            reason.rows.append((*place, str(offer.id)))

    def document(self) -> dict[str, Any]:
        """This will give the problems as plain values, with file and line of each named row."""
        return {
            "skipped": [self._said(*key, one) for key, one in sorted(self.skipped.items())],
            "noted": [self._said(*key, one) for key, one in sorted(self.noted.items())],
        }

    def _said(self, noun: str, why: str, detail: str, reason: Reason) -> dict[str, Any]:
        self._look_up(reason)
        rows = []
        for src, row, name in reason.rows:
            file, line = self.where.of(src, row)
            rows.append({"file": file, "line": line, "value": name})
        return {"noun": noun, "why": why, "detail": detail, "count": reason.count, "rows": rows}

    def _look_up(self, reason: Reason) -> None:
        """Find the lines of all rows of a file in one reading of it."""
        from wellkept.record.sources.reading import lines_of

        asked: dict[int, list[int]] = defaultdict(list)
        for src, row, _ in reason.rows:
            if src is not None and row is not None and src in self.where.tables:
                asked[src].append(row)
        for src, rows in asked.items():
            self.where.found.setdefault(src, {}).update(lines_of(self.where.tables[src], rows))
