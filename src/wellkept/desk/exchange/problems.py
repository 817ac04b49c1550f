"""What an import cannot take, or takes with a doubt: how many rows, and where they are.

A reason is a text that is marked for translation, with what differs beside it: a run is kept, and
read later by people of several languages.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from wellkept.desk.exchange.reasons import Why
from wellkept.record.sources.notes import shorten
from wellkept.study.facts.folder import FolderFacts
from wellkept.study.facts.source import quoted

SHOWN = 200
"""Rows that are named for each reason; all are counted."""
Place = tuple[int | None, int | None]
"""A row of a file: the number of the file, and of the row in it; of names, nothing yet."""
Named = tuple[Place, str, str]
"""A row, what the source calls it, and what is told of this one row beside the reason."""


@dataclass(slots=True)
class Reason:
    """One reason: how many rows, where some of them are, and what the source calls them."""

    count: int = 0
    rows: list[Named] = field(default_factory=list)

    def add(self, count: int, rows: Sequence[Named]) -> None:
        """This will count more rows; as many are named as are shown."""
        self.count += count
        self.rows += rows[: SHOWN - len(self.rows)]


Key = tuple[str, str, Why, str]
"""Skipped or noted, the noun, the reason, and what differs beside it."""
Told = dict[Key, Reason]
SKIPPED, NOTED = "skipped", "noted"


class Problems:
    """Collects problems while an import is tried or written."""

    def __init__(self, con: duckdb.DuckDBPyConnection, facts: FolderFacts) -> None:
        """Keep where rows are found, and which column says what."""
        self.con = con
        self.where = facts.where
        self.headers = {
            table["file"]: {c["role"]: c["header"] for c in table["columns"] if c["role"]}
            for table in facts.understood["tables"]
        }
        self._kept: Told = defaultdict(Reason)
        self._fresh: Told = defaultdict(Reason)

    def skip(
        self, noun: str, offer: Any, why: Why | str, detail: str = "", beside: str = ""
    ) -> None:
        """This will count a row that is not taken; a text is what a verb says that refuses it."""
        self._add(SKIPPED, noun, offer, why, detail, beside)

    def note(
        self, noun: str, offer: Any, why: Why | str, detail: str = "", beside: str = ""
    ) -> None:
        """This will count a row that is taken although something about it is odd.

        What is told `beside` is of this row alone, as the name of what it may be.
        """
        self._add(NOTED, noun, offer, why, detail, beside)

    def _add(
        self, kind: str, noun: str, offer: Any, why: Why | str, detail: str, beside: str
    ) -> None:
        place = getattr(offer, "src", None), getattr(offer, "row", None)
        named = place, str(getattr(offer, "name", offer.id)), beside
        self._fresh[kind, noun, _why(why), detail].add(1, [named])

    def since(self) -> list[Any]:
        """This will give as plain values what was told since it was asked last."""
        fresh = [
            [kind, noun, [why.text, why.roles, why.named_by], detail, one.count, one.rows]
            for (kind, noun, why, detail), one in self._fresh.items()
        ]
        self.keep(fresh)
        self._fresh.clear()
        return fresh

    def keep(self, told: Iterable[Any]) -> None:
        """This will take in again what `since` gave, in this process or in one that was killed."""
        for kind, noun, (text, roles, named_by), detail, count, rows in told:
            why = Why(text, tuple(roles), named_by)
            self._kept[kind, noun, why, detail].add(
                count, [((src, row), name, "".join(more)) for (src, row), name, *more in rows]
            )

    def document(self) -> dict[str, Any]:
        """This will give the problems as plain values, with file and line of each named row."""
        self.since()
        return {
            kind: [self._said(*key[1:], one) for key, one in self._sorted() if key[0] == kind]
            for kind in (SKIPPED, NOTED)
        }

    def _sorted(self) -> list[tuple[Key, Reason]]:
        return sorted(
            self._kept.items(), key=lambda item: (item[0][1], item[0][2].text, item[0][3])
        )

    def _said(self, noun: str, why: Why, detail: str, reason: Reason) -> dict[str, Any]:
        named = self._first_rows(why, [name for (src, _), name, _ in reason.rows if src is None])
        places = [named.get(name, at) if at[0] is None else at for at, name, _ in reason.rows]
        self._look_up(places)
        values = self._values(why, places)
        rows = []
        for place, (_, name, beside) in zip(places, reason.rows, strict=True):
            file, line = self.where.of(*place)
            column, value = values.get(place, (None, None))
            row = {"file": file, "line": line, "name": name, "column": column, "value": value}
            rows.append(row | ({"beside": beside} if beside else {}))
        return {
            "noun": noun,
            "why": why.text,
            "detail": detail,
            "count": reason.count,
            "rows": rows,
        }

    def _columns(self, src: int, roles: Iterable[str]) -> list[tuple[str, str]]:
        """The columns of a file that say these things: the header, and the key in its rows."""
        table = self.where.tables[src]
        keys = {column.header: column.key for column in table.columns}
        known = self.headers.get(table.name, {})
        headers = [known[role] for role in roles if role in known]
        return [(header, keys[header]) for header in dict.fromkeys(headers) if header in keys]

    def _first_rows(self, why: Why, names: Sequence[str]) -> dict[str, Place]:
        """Where names that many rows may give are written first, in files that say what is odd."""
        found: dict[str, Place] = {}
        named_by = (why.named_by,) if why.named_by else why.roles
        for src in self.where.tables if names else ():
            columns = self._columns(src, named_by) if self._columns(src, why.roles) else []
            for _, key in columns:
                asked = (
                    f"SELECT trim(CAST({quoted(key)} AS VARCHAR)) AS name, min(row) FROM "
                    f"{self.where.tables[src].relation} GROUP BY 1 HAVING list_contains($1, name)"
                )
                for name, row in self.con.execute(asked, [list(names)]).fetchall():
                    found.setdefault(name, (src, row))
        return found

    def _values(self, why: Why, places: Iterable[Place]) -> dict[Place, tuple[str, str]]:
        """For each row the headers of the columns in question, and what is written there."""
        found: dict[Place, tuple[str, str]] = {}
        for src, rows in self._by_file(places).items():
            columns = self._columns(src, why.roles)
            if not columns:
                continue
            headers = ", ".join(header for header, _ in columns)
            picked = ", ".join(f"CAST({quoted(key)} AS VARCHAR)" for _, key in columns)
            asked = (
                f"SELECT row, {picked} FROM {self.where.tables[src].relation} "
                "WHERE list_contains($1, row)"
            )
            for row, *values in self.con.execute(asked, [rows]).fetchall():
                said = ", ".join(shorten(value) if value else "–" for value in values)
                found[src, row] = headers, said
        return found

    def _look_up(self, places: Iterable[Place]) -> None:
        """Find the lines of all rows of a file in one reading of it."""
        from wellkept.record.sources.reading import lines_of

        for src, rows in self._by_file(places).items():
            self.where.found.setdefault(src, {}).update(lines_of(self.where.tables[src], rows))

    def _by_file(self, places: Iterable[Place]) -> dict[int, list[int]]:
        asked: dict[int, list[int]] = defaultdict(list)
        for src, row in places:
            if src is not None and row is not None and src in self.where.tables:
                asked[src].append(row)
        return asked


def _why(why: Why | str) -> Why:
    return why if isinstance(why, Why) else Why(why)
