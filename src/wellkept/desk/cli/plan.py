"""`wellkept plan FOLDER`: what to hold where, for whom, and what to do next."""

import argparse
import csv
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from wellkept import __version__
from wellkept.desk.cli.asking import Unclear, a_zone, seconds
from wellkept.desk.cli.plan_reading import Beside
from wellkept.desk.cli.printing import not_to_be_used, print_json
from wellkept.desk.cli.refusing import refuse
from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.recipe import BadRecipe
from wellkept.study.planning import run
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.solve import BudgetTooSmall
from wellkept.study.planning.whatif import NoSuchCase

REFUSALS = (Unclear, Unreadable, BadRecipe, BudgetTooSmall, NoSuchCase)
"""What may be wrong with a folder, its recipe or the words of the command; each says what to do."""


def plan(given: argparse.Namespace, now: datetime, beside: Beside | None = None) -> int:
    """This will plan the folder and print the summary or the document, write report and table.

    Where the folder is being read beside, that is waited for.
    """
    try:
        zone = a_zone(given.zone)
        budget = _budget(given.budget)
        until_s = seconds(given.until, "--until", zone, ends=True)
        folder = _read(given, zone, beside)
        day = run.until_day(folder, until_s, int(now.timestamp()))
        made = run.make(folder, day, budget=budget, asked=given.what_if)
        document = {"wellkept": __version__, **run.document(folder, made, budget=budget)}
        if given.table is not None:
            _write_table(given.table, made)
        if given.html is not None:
            _write_report(given.html, document)
    except REFUSALS as problem:
        return refuse(str(problem))
    except BrokenPipeError:
        raise
    except OSError as problem:
        return refuse(not_to_be_used(problem, given.folder))
    if given.json:
        print_json(document)
    else:
        from wellkept.desk.cli.plan_summary import summary

        print(summary(document))
    return 0


def _read(given: argparse.Namespace, zone: str | None, beside: Beside | None) -> PlanFolder:
    folder = None if beside is None else beside.taken()
    if folder is not None:
        return folder
    from wellkept.study.planning.reading import read_plan_folder  # as a rule loaded beside, too

    return read_plan_folder(given.folder, recipe=given.recipe, zone=zone)


def _budget(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        amount = float(text.replace(",", "").replace("_", ""))
    except ValueError:
        amount = -1.0
    if not 0 <= amount < 1e15:
        raise Unclear(f"--budget {text} is not an amount of money: write a number, as in 50000")
    return amount


def _write_table(path: Path, made: run.Plan) -> None:
    from wellkept.study.planning import table

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table.HEADER)
        writer.writerows(table.rows(made))
    print(f"Table: {path}", file=sys.stderr)


def _write_report(path: Path, document: dict[str, Any]) -> None:
    from wellkept.desk.report.plan import write_plan_report

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_plan_report(document), encoding="utf-8")
    print(f"Report: {path} ({path.stat().st_size / 1000:,.0f} kB)", file=sys.stderr)
