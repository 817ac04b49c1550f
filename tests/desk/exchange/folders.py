"""Small folders of exports, and all that the record holds, to compare before and after."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps

from builders import MONDAY
from wellkept.desk.exchange.opening import Wanted, opened
from wellkept.desk.exchange.running import apply, dry_run
from wellkept.record.sources.models import ImportRun

PROMISED = "promise number,customer,created,due date,delivered on,responsible\n"
P1 = "P1,Clinic Nord,2026-01-05 09:00,2026-01-09 17:00,2026-01-09 12:00,Bruno\n"
P2 = "P2,Mill East,2026-01-06 09:00,2026-01-12 17:00,2026-01-14 08:00,\n"
P3 = "P3,Clinic Nord,2026-01-07 09:00,2026-03-20 17:00,,Alma\n"
P4 = "P4,Mill East,2026-01-07 09:00,sometime soon,,\n"
P5 = "P5,Mill East,2026-01-08 09:00,2026-01-02 17:00,,\n"
THREE = PROMISED + P1 + P2 + P3

CASES = "ticket,subject,customer,serial number,opened,resolved,closed,assigned to\n"
C1 = "T1,Pump stopped,Clinic Nord,SN1,2026-01-05 09:00,2026-01-05 15:00,2026-01-06 09:00,Bruno\n"
C2 = "T2,Valve leaks,Mill East,SN2,2026-02-05 09:00,,,Alma\n"

LOG = "case_id,activity,timestamp,resource\n" + "".join(
    f"T{n},New,2026-01-0{n} 08:00,\nT{n},In Progress,2026-01-0{n} 09:00,Bruno\n"
    f"T{n},Closed,2026-01-0{n} 12:00,Bruno\n"
    for n in (1, 2, 3)
)
"""Three short cases, so that the file is seen to be a log."""
L1 = "T7,New,2026-01-05 09:00,\nT7,In Progress,2026-01-05 10:00,Bruno\n"
L2 = "T7,Resolved,2026-01-05 15:00,Bruno\nT7,In Progress,2026-01-06 09:00,Alma\n"
L3 = "T7,Closed,2026-01-07 09:00,Alma\n"

NOT_COMPARED = {"journal.entry", "sources.importrun", "sources.importstep", "sources.rawblock"}
"""What keeps the story of imports itself."""


def a_folder(place: Path, **files: str) -> Path:
    """Have a folder with files, named without their .csv."""
    place.mkdir(exist_ok=True)
    for old in place.glob("*.csv"):
        old.unlink()
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text)
    return place


def bring(folder: Path, now: datetime = MONDAY, **wanted: Any) -> ImportRun:
    """Import a folder, to the end."""
    with opened(Wanted(folder, zone="Europe/Rome", **wanted), now) as found:
        return apply(found, dry_run(found, now=now, by=None), now=now, by=None)


def tried(folder: Path, now: datetime = MONDAY, **wanted: Any) -> ImportRun:
    """Try a folder, writing nothing else."""
    with opened(Wanted(folder, zone="Europe/Rome", **wanted), now) as found:
        return dry_run(found, now=now, by=None)


def held(*, keys: bool = True, but: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Give every row of every room; without keys, what they say whatever number they have."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if model._meta.app_config.label in ("auth", "contenttypes", "sessions"):
            continue
        if label in NOT_COMPARED:
            continue
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if field.name not in but
            and (keys or not (field.primary_key or field.is_relation or field.name == "detail"))
        ]
        rows = list(model._default_manager.order_by("pk").values(*names))
        if rows:
            found[label] = rows if keys else sorted(rows, key=repr)
    return found


def counted(run: ImportRun, noun: str) -> tuple[int, int, int, int]:
    """Give what a dry run, or an import that is over, says of a noun."""
    some = (run.counts or run.plan["counts"]).get(noun, {})
    return tuple(some.get(n, 0) for n in ("create", "update", "unchanged", "skip"))


def told(run: ImportRun, when: str) -> list[Any]:
    """Give all problems that a dry run foretold, or that an import told, in one order."""
    return sorted(
        [kind, one["noun"], one["why"], one["detail"], one["count"], one["rows"]]
        for kind, some in run.plan[when].items()
        for one in some
    )


def see_that_foretold(run: ImportRun) -> None:
    """See that an import that was tried and then written told and did what was foretold."""
    assert told(run, "applied") == told(run, "problems")
    counts = {noun: some for noun, some in run.counts.items() if "create" in some}
    assert counts == run.plan["counts"]
