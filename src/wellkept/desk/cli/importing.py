"""`wellkept import`: a folder into the record, with a dry run before, and an undo after."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from wellkept.desk.cli.asking import Unclear, a_zone
from wellkept.desk.cli.refusing import refuse
from wellkept.desk.cli.serve import wake
from wellkept.desk.cli.terminal import plain

EXAMPLES = 5


def bring(given: argparse.Namespace) -> int:
    """This will run the command; 0 done, 2 refused."""
    if refused := wake():
        return refused
    from django.conf import settings
    from django.core.management import call_command

    from wellkept.desk import clock
    from wellkept.record.journal.rules import Refusal
    from wellkept.record.sources.notes import Unreadable
    from wellkept.record.sources.recipe import BadRecipe

    settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    try:
        return _bring(given, clock.now(settings.HOME))
    except (Refusal, Unreadable, BadRecipe, Unclear) as problem:
        return refuse(str(problem))


def _bring(given: argparse.Namespace, now: datetime) -> int:
    from wellkept.desk.exchange.undoing import undo

    if given.runs:
        return _list(given.json)
    if given.undo is not None:
        run = undo(_run(given.undo), now=now, by=None)
        if given.json:
            return _say(run, "counts", given.json, "")
        print(f"Import {run.pk} is taken back: what it made is gone, what it changed is as before.")
        return 0
    if given.resume is not None:
        return _go_on(given, now)
    if given.folder is None:
        raise Unclear("Give the folder with your exports, or --runs, --resume RUN or --undo RUN.")
    return _import(given, now)


def _import(given: argparse.Namespace, now: datetime) -> int:
    from wellkept.desk.exchange.opening import Wanted, opened
    from wellkept.desk.exchange.running import apply, dry_run, first_look

    recipe = None
    if given.recipe is not None:
        if not given.recipe.is_file():
            raise Unclear(f"{given.recipe}: there is no such recipe file.")
        recipe = given.recipe.read_text(encoding="utf-8")
    keys = _keys(given.keys or ())
    wanted = Wanted(given.folder.absolute(), given.system, a_zone(given.zone), recipe, keys=keys)
    if given.role:
        wanted = replace(wanted, role=given.role)
    with opened(wanted, now) as folder:
        if given.yes and not given.dry_run:
            run = first_look(folder, now=now, by=None)
        else:
            run = dry_run(folder, now=now, by=None, tell=_progress)
            _say(run, "plan", given.json, f"Import {run.pk}, a dry run: nothing is written yet.")
            if given.dry_run or not _asked(run.pk):
                return 0
        run = apply(folder, run, now=now, by=None, tell=_progress)
    return _say(run, "counts", given.json, f"Import {run.pk} is written. {_back(run.pk)}")


def _keys(given: Sequence[str]) -> dict[str, str]:
    """Whose numbers the files use, by kind; raises Unclear."""
    from wellkept.desk.exchange.earlier import KEYED

    keys = {}
    for text in given:
        kind, _, system = text.partition("=")
        if kind not in KEYED or not system:
            raise Unclear(
                f"--keys {text}: write a kind ({' or '.join(KEYED)}) and the system whose numbers "
                "the files use, as in --keys customer=erp, or customer=none."
            )
        keys[kind] = system
    return keys


def _go_on(given: argparse.Namespace, now: datetime) -> int:
    from wellkept.desk.exchange.again import finish

    run = finish(_run(given.resume), now=now, tell=_progress)
    return _say(run, "counts", given.json, f"Import {run.pk} is written. {_back(run.pk)}")


def _run(key: int) -> Any:
    from wellkept.record.sources.models import ImportRun

    run = ImportRun.objects.filter(pk=key).first()
    if run is None:
        raise Unclear(f"There is no import {key}. List them: wellkept import --runs")
    return run


def _list(as_json: bool) -> int:
    from wellkept.record.sources.models import ImportRun

    runs = list(ImportRun.objects.all())
    if as_json:
        rows = [
            {"run": r.pk, "state": r.state, "folder": r.folder, "system": r.system,
             "tried_at": r.tried_at.isoformat(), "counts": r.counts}
            for r in runs
        ]  # fmt: skip
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for run in runs:
        print(f"{run.pk:>5}  {run.tried_at:%Y-%m-%d %H:%M}  {run.state:<9} {plain(run.folder)}")
    if not runs:
        print("Nothing was imported yet.")
    return 0


def _asked(key: int) -> bool:
    """Ask on a terminal; elsewhere nobody can answer, so nothing is written."""
    if not sys.stdin.isatty():
        print(f"To write it: wellkept import --resume {key}", file=sys.stderr)
        return False
    return input("Write it into the record? [y/N] ").strip().lower() in ("y", "yes")


def _back(key: int) -> str:
    return f"To take it back: wellkept import --undo {key}"


def _progress(done: int, total: int, noun: str) -> None:
    if sys.stderr.isatty():
        share = 100 * done // total if total else 100
        end = "\n" if done == total else ""
        print(f"\r{share:>3} %  {noun:<12}", end=end, file=sys.stderr, flush=True)


def _say(run: Any, which: str, as_json: bool, sentence: str) -> int:
    from wellkept.desk.exchange.telling import said_of

    counts = run.counts if which == "counts" else run.plan.get("counts", {})
    problems = run.plan.get("applied" if which == "counts" else "problems", {})
    if as_json:
        said = {"run": run.pk, "state": run.state, "counts": counts, "problems": problems,
                "understood": run.plan.get("understood", {}), "role": run.role,
                "system": run.system, "earlier": run.plan.get("earlier", [])}  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    print(sentence)
    print(f"{'':<12}{'create':>10}{'update':>10}{'unchanged':>11}{'skip':>8}")
    for noun, some in counts.items():
        if "create" in some:
            figures = [some.get(name, 0) for name in ("create", "update", "unchanged", "skip")]
            print(f"{noun:<12}{figures[0]:>10,}{figures[1]:>10,}{figures[2]:>11,}{figures[3]:>8,}")
    for one in run.plan.get("earlier", ()):
        print(plain(said_of(one)))
    if run.plan.get("earlier") and which == "plan":
        print("If that is wrong, try again with --system NAME or --keys KIND=SYSTEM (or none).")
    print(f"New promises and cases are answered for by the role “{plain(run.role)}”.")
    _say_problems(problems, run.plan.get("understood", {}))
    return 0


def _say_problems(problems: dict[str, Any], understood: dict[str, Any]) -> None:
    for title, kind in (("Skipped", "skipped"), ("Taken, with a doubt", "noted")):
        for one in problems.get(kind, ()):
            why = ": ".join(filter(None, (one["why"], one.get("detail"))))
            print(f"{title}: {one['count']:,} of kind {one['noun']}: {plain(why)}")
            for row in one["rows"][:EXAMPLES]:
                place = f"{row['file']}:{row['line']}" if row["file"] else "in no single row"
                about = f"{row['column']}: {row['value']}" if row["column"] else ""
                named = " ".join(filter(None, (row["name"], row.get("beside"))))
                print(f"    {plain(place)}  {plain(named)}  {plain(about)}".rstrip())
    for note in understood.get("left_out", ()):
        print(f"Not read: {note['count']:,}: {plain(note['why'])}")
        for row in note["examples"][:EXAMPLES] if any(r["line"] for r in note["examples"]) else ():
            place = f"{row['file']}:{row['line']}  {row['column'] or ''}  {row['value'] or ''}"
            print(f"    {plain(place).rstrip()}")
    for note in understood.get("repaired", ()):
        print(f"Read otherwise: {note['count']:,}: {plain(note['what'])}")
        for row in (
            note["examples"][:EXAMPLES] if any(r["became"] for r in note["examples"]) else ()
        ):
            place = f"{row['file']}:{row['line']}  {row['value'] or ''} → {row['became'] or ''}"
            print(f"    {plain(place).rstrip()}")
    for doubt in understood.get("suspicions", ()):
        print(f"Doubt: {plain(doubt['text'])} {plain(doubt['advice'])}")
