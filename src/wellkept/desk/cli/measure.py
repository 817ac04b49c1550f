"""`wellkept measure FOLDER`: what the average hid, by name."""

import argparse
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from wellkept import __version__
from wellkept.desk.cli.asking import Unclear, a_zone, seconds
from wellkept.desk.cli.printing import not_to_be_used, print_json
from wellkept.desk.cli.refusing import refuse
from wellkept.desk.cli.summary import summary
from wellkept.methods import working_time
from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.recipe import BadRecipe
from wellkept.record.sources.zones import UnknownZone
from wellkept.study.facts.folder import Asked, FolderFacts, open_folder, zone_of
from wellkept.study.measures.card import iso
from wellkept.study.measures.run import run
from wellkept.study.measures.window import Window

REFUSALS = (
    Unclear,
    Unreadable,
    BadRecipe,
    UnknownZone,
    working_time.UnknownZone,
    working_time.CalendarRefused,
    working_time.NeverOpen,
    working_time.BeyondRange,
)
"""What may be wrong with a folder, its recipe or the words of the command; each says what to do."""


def measure(given: argparse.Namespace, now: datetime) -> int:
    """This will measure the folder and print the summary, the document, or write the report."""
    try:
        asked = _asked(given, now)
        since_s = seconds(given.since, "--since", zone_of(given.folder, asked))
        with open_folder(given.folder, asked) as facts:
            if given.write_recipe:
                print(facts.recipe_text)
                return 0
            document = document_of(facts, by=given.by, since_s=_before_until(since_s, facts))
        if given.html is not None:
            write(given.html, document)
    except REFUSALS as problem:
        return refuse(str(problem))
    except BrokenPipeError:
        raise
    except OSError as problem:
        return refuse(not_to_be_used(problem, given.folder))
    if given.json:
        print_json(document)
    else:
        print(summary(document))
    return 0


def document_of(
    facts: FolderFacts, *, by: str | None = None, since_s: int | None = None
) -> dict[str, Any]:
    """This will give the whole measure document of an opened folder."""
    window = Window(
        until_s=facts.until_s,
        since_s=since_s,
        zone=facts.zone,
        targets_s=facts.targets_s,
        by=by,
        has_calendar=facts.has_calendar,
    )
    return {
        "contract": 1,
        "wellkept": __version__,
        "since": iso(facts.first_s if since_s is None else since_s),
        "until": iso(facts.until_s),
        "known_at": None if facts.known_s is None else iso(facts.known_s),
        "source": facts.source_document,
        "understood": facts.understood,
        **run(facts.source, window, facts.where),
    }


def _asked(given: argparse.Namespace, now: datetime) -> Asked:
    asked = Asked(
        now_s=int(now.timestamp()), zone=a_zone(given.zone), by=given.by, recipe=given.recipe
    )
    if given.until is None and given.known_at is None:
        return asked
    zone = zone_of(given.folder, asked)  # a day ends where the clocks hang that wrote the times
    return replace(
        asked,
        until_s=seconds(given.until, "--until", zone, ends=True),
        known_s=seconds(given.known_at, "--known-at", zone, ends=True),
    )


def _before_until(since_s: int | None, facts: FolderFacts) -> int | None:
    if since_s is not None and since_s > facts.until_s:
        raise Unclear(
            f"--since {iso(since_s)} lies after the end of what is measured, {iso(facts.until_s)}: "
            "nothing lies between; choose an earlier moment"
        )
    return since_s


def write(path: Path, document: dict[str, Any]) -> None:
    """This will write the report and say where it is; raises OSError where it cannot be written."""
    from wellkept.desk.report import write_report

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_report(document), encoding="utf-8")
    print(f"Report: {path} ({path.stat().st_size / 1000:,.0f} kB)", file=sys.stderr)
