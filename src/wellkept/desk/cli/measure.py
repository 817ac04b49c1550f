"""`wellkept measure FOLDER`: what the average hid, by name."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wellkept import __version__
from wellkept.desk.cli.refusing import refuse
from wellkept.desk.cli.summary import summary
from wellkept.record.sources.notes import Unreadable
from wellkept.study.facts.folder import Asked, FolderFacts, open_folder
from wellkept.study.measures.card import iso
from wellkept.study.measures.run import run
from wellkept.study.measures.window import Window


class Unclear(ValueError):
    """Raised when a word of the command cannot be read as what it should be."""


def measure(given: argparse.Namespace, now: datetime) -> int:
    """This will measure the folder and print the summary, the document, or write the report."""
    try:
        asked = _asked(given, now)
        with open_folder(given.folder, asked) as facts:
            if given.write_recipe:
                print(facts.recipe_text)
                return 0
            document = document_of(facts, by=given.by, since=_moment(given.since, "--since"))
    except (Unreadable, Unclear) as problem:
        return refuse(str(problem))
    if given.html is not None:
        write(given.html, document)
    if given.json:
        json.dump(document, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        print()
    elif given.html is None or sys.stdout.isatty():
        print(summary(document))
    return 0


def document_of(
    facts: FolderFacts, *, by: str | None = None, since: datetime | None = None
) -> dict[str, Any]:
    """This will give the whole measure document of an opened folder."""
    window = Window(
        until_s=facts.until_s,
        since_s=None if since is None else int(since.timestamp()),
        zone=facts.zone,
        targets_s=facts.targets_s,
        by=by,
        has_calendar=facts.has_calendar,
    )
    return {
        "contract": 1,
        "wellkept": __version__,
        "since": iso(window.since_s if window.since_s is not None else facts.first_s),
        "until": iso(facts.until_s),
        "known_at": None if facts.known_s is None else iso(facts.known_s),
        "source": facts.source_document,
        "understood": facts.understood,
        **run(facts.source, window, facts.where),
    }


def _asked(given: argparse.Namespace, now: datetime) -> Asked:
    until, known = _moment(given.until, "--until"), _moment(given.known_at, "--known-at")
    return Asked(
        now_s=int(now.timestamp()),
        until_s=None if until is None else int(until.timestamp()),
        known_s=None if known is None else int(known.timestamp()),
        zone=_zone(given.zone),
        by=given.by,
        recipe=given.recipe,
    )


def _moment(text: str | None, option: str) -> datetime | None:
    """A moment without a zone is UTC; a day without a time is its first moment."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unclear(
            f"{option} {text} is not a moment: write it like 2018-05-22 or 2018-05-22T01:17+00:00"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _zone(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise Unclear(
            f"--zone {name} is not a time zone: write a name like Europe/Rome or UTC"
        ) from None
    return name


def write(path: Path, document: dict[str, Any]) -> None:
    """This will write the report and say where it is."""
    from wellkept.desk.report import write_report

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_report(document), encoding="utf-8")
    print(f"Report: {path} ({path.stat().st_size / 1000:,.0f} kB)", file=sys.stderr)
