"""Real records, measured once per session, with a clock that is pinned."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wellkept.desk.cli.measure import document_of
from wellkept.study.facts.folder import Asked, open_folder

NOW_S = int(datetime(2026, 11, 16, tzinfo=UTC).timestamp())
Document = dict[str, Any]


def measured(folder: Path, *, by: str | None = None, **asked: Any) -> Document:
    with open_folder(folder, Asked(now_s=NOW_S, by=by, **asked)) as facts:
        return document_of(facts, by=by)


def of(document: Document, name: str) -> Document:
    return next(one for one in document["measures"] if one["name"] == name)


def beside(measure: Document, title: str) -> Document:
    return next(one for one in measure["beside"] if one["title"] == title)


def groups(measure: Document) -> dict[str, Document]:
    return {row["group"]: row for row in measure["by"]["groups"]}
