"""Small folders of exports, written by a test, and the facts that come out of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import openpyxl

from wellkept.study.facts.folder import Asked, FolderFacts, open_folder
from wellkept.study.facts.tables import FACTS

Row = dict[str, Any]
Content = str | bytes
FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")


def at(text: str, zone: str = "UTC") -> int:
    """This will give the second of a moment, or of the first moment of a day, in a zone."""
    for one in FORMATS:
        try:
            found = datetime.strptime(text, one).replace(tzinfo=ZoneInfo(zone))
        except ValueError:
            continue
        return int(found.timestamp())
    raise ValueError(f"{text} is neither a day nor a moment")


NOW_S = at("2026-06-01")
HOUR, DAY = 3_600, 86_400


def said(second: int | None) -> str | None:
    """This will write a second as a moment in UTC, so that a failing test can be read."""
    return None if second is None else datetime.fromtimestamp(second, UTC).strftime(FORMATS[1])


def folder(tmp_path: Path, files: Mapping[str, Content], recipe: str = "") -> Path:
    """This will write files (texts as UTF-8) and a recipe into a new folder."""
    number = sum(1 for _ in tmp_path.iterdir()) if tmp_path.exists() else 0
    made = tmp_path / f"exports{number}"
    for name, content in files.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    if recipe:
        (made / "wellkept.toml").write_text(recipe, encoding="utf-8")
    return made


def csv(header: str, *rows: str, end: str = "\n") -> str:
    """This will write a header and rows, one a line."""
    return end.join((header, *rows)) + end


def book(sheets: Mapping[str, Iterable[Sequence[Any]]]) -> bytes:
    """This will make an XLSX workbook."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def archive(files: Mapping[str, Content]) -> bytes:
    """This will make a ZIP archive."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return kept.getvalue()


def parquet(tmp_path: Path, selection: str) -> bytes:
    """This will make a Parquet file of a selection."""
    path = tmp_path / "made.parquet"
    duckdb.connect().execute(f"COPY ({selection}) TO '{path}' (FORMAT parquet)")
    content = path.read_bytes()
    path.unlink()
    return content


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What a folder gave: its facts (closed again), and the rows of its fact tables."""

    facts: FolderFacts
    tables: dict[str, list[Row]]
    labels: dict[str, dict[int, str | None]]

    @property
    def understood(self) -> dict[str, Any]:
        return self.facts.understood

    @property
    def cases(self) -> dict[str, Row]:
        """The cases by their id."""
        return keyed(self.tables["case"], "case_id")

    @property
    def promises(self) -> dict[str, Row]:
        """The promises by their id."""
        return keyed(self.tables["promise"], "promise_id")

    @property
    def downtimes(self) -> list[Row]:
        return self.tables["downtime"]

    @property
    def events(self) -> list[Row]:
        return self.tables["event"]

    @property
    def role_of(self) -> dict[str, str | None]:
        """The role of each header, over all files."""
        return {
            column["header"]: column["role"]
            for table in self.understood["tables"]
            for column in table["columns"]
        }

    def notes(self, part: str) -> str:
        """This will give all that is said under repaired, left_out or suspicions, as one text."""
        return "\n".join(str(note) for note in self.understood[part])

    @property
    def left_out(self) -> str:
        return self.notes("left_out")

    @property
    def suspicions(self) -> str:
        return self.notes("suspicions")


def keyed(rows: Sequence[Row], name: str) -> dict[str, Row]:
    """This will give rows by one of their columns; each value may come once."""
    found = {row[name]: row for row in rows}
    assert len(found) == len(rows), f"{name} is not unique: {[row[name] for row in rows]}"
    return found


def facts(
    where: Path,
    *,
    now: str | int = NOW_S,
    until: str | int | None = None,
    known_at: str | int | None = None,
    zone: str | None = None,
    by: str | None = None,
    recipe: Path | None = None,
    look: Callable[[FolderFacts], None] | None = None,
) -> Found:
    """This will measure a folder's facts and read all tables; `look` sees them while open."""
    seconds = [at(one) if isinstance(one, str) else one for one in (now, until, known_at)]
    asked = Asked(seconds[0] or 0, seconds[1], seconds[2], zone, by, recipe)
    with open_folder(where, asked) as opened:
        tables = {name: _rows(opened, name) for name in names_of(opened)}
        cut = ("case", "promise", "downtime") if by else ()
        labels = {name: _labels(opened, name) for name in cut}
        if look is not None:
            look(opened)
        return Found(opened, tables, labels)


def names_of(opened: FolderFacts) -> list[str]:
    """This will name the fact tables that are there."""
    there = opened.source.rows("SELECT table_name AS name FROM information_schema.tables")
    names = {row["name"] for row in there}
    return [table.name for table in FACTS if table.name in names]


def _rows(opened: FolderFacts, name: str) -> list[Row]:
    order = {"event": "case_no, seq", "holding": "case_no, from_s", "asset": "asset",
             "watch": "asset, from_s"}  # fmt: skip
    return opened.source.rows(f'SELECT * FROM "{name}" ORDER BY {order.get(name, f"{name}_no")}')


def _labels(opened: FolderFacts, name: str) -> dict[int, str | None]:
    there = opened.source.rows(
        "SELECT 1 FROM information_schema.tables WHERE table_name = $name", name=f"by_{name}"
    )
    rows = opened.source.rows(f"SELECT no, label FROM by_{name}") if there else []
    return {row["no"]: row["label"] for row in rows}
