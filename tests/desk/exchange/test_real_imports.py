"""Real exports come over whole, and the record measures what the folder measures, to the digit."""

import csv
import gzip
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from databases import on
from desk.exchange.folders import counted, see_that_foretold
from study.facts.record_facts import differences, measured
from wellkept.desk.cli.measure import document_of
from wellkept.desk.exchange.opening import Wanted, opened
from wellkept.desk.exchange.running import apply, dry_run
from wellkept.home import sqlite
from wellkept.record.cases.models import Case, CaseEvent, Downtime
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ImportRun
from wellkept.study.facts.folder import Asked, open_folder

NOW = datetime(2026, 11, 16, tzinfo=UTC)
"""Long after the last of these records, so that what is still open is broken in both."""
Where = Callable[[str], Path]


@pytest.fixture
def own_record(sqlite_settings: Any, shared_folder: Path, tmp_path: Path) -> Iterator[Any]:
    """Give an empty record in a file of its own: to empty a shared one of so much takes longer."""
    file = tmp_path / "record.sqlite3"
    assert sqlite_settings, "it makes the template"
    shutil.copy(shared_folder / "template.sqlite3", file)
    with on(sqlite(file)) as connection:
        yield connection


def imported(connection: Any, folder: Path) -> tuple[ImportRun, ImportRun, list[str]]:
    """Try and import a folder, weigh it again; say where the record measures otherwise than it."""
    with opened(Wanted(folder), NOW, keeps_facts=True) as found:
        run = apply(found, dry_run(found, now=NOW, by=None), now=NOW, by=None)
        see_that_foretold(run)
        again = dry_run(found, now=NOW, by=None)
    now_s = int(NOW.timestamp())
    with open_folder(folder, Asked(now_s=now_s, until_s=now_s)) as facts:
        return run, again, differences(measured(connection, NOW), document_of(facts))


def test_elevators_are_measured_from_the_record_as_from_their_files(
    own_record: Any, data_folder: Where
) -> None:
    run, again, differing = imported(own_record, data_folder("mta_elevators"))
    assert differing == []
    assert counted(run, "downtime") == (4359, 0, 0, 0) and Downtime.objects.count() == 4359
    assert Downtime.objects.exclude(still_down_at=None).count() == 24, "over when the feed spoke"
    assert counted(run, "promise") == (4359, 0, 0, 0)
    assert counted(again, "promise") == counted(again, "downtime") == (0, 0, 4359, 0)


def test_deliveries_are_measured_from_the_record_as_from_their_file(
    own_record: Any, data_folder: Where
) -> None:
    run, again, differing = imported(own_record, data_folder("scms_delivery"))
    assert differing == []
    assert counted(run, "promise") == (10324, 0, 0, 0)
    assert not Promise.objects.exclude(due_precision="day").exists()
    assert counted(again, "promise") == (0, 0, 10324, 0)


def a_part_of(whole: Path, part: Path, *, column: str, ending: tuple[str, ...]) -> None:
    """Write the rows of the cases whose number ends so: a whole log takes the suite a minute."""
    door = gzip.open if whole.suffix == ".gz" else open
    with (
        door(whole, "rt", encoding="utf-8", newline="") as text,
        part.open("w", encoding="utf-8", newline="") as out,
    ):
        rows, write = csv.reader(text), csv.writer(out)
        header = next(rows)
        at = header.index(column)
        write.writerow(header)
        write.writerows(row for row in rows if row[at].endswith(ending))


def test_a_log_of_incidents_and_one_of_problems_are_measured_from_the_record_as_from_their_files(
    own_record: Any, data_folder: Where, tmp_path: Path
) -> None:
    """Every fifth case by its number; the whole set was compared by hand, with no difference."""
    folder = tmp_path / "in"
    folder.mkdir()
    files = {"incidents.csv.gz": "case_id", "closed_problems.csv": "case:concept:name"}
    for name, column in files.items():
        whole, part = data_folder("bpi2013_volvo") / name, folder / name.removesuffix(".gz")
        a_part_of(whole, part, column=column, ending=("3", "8"))
    run, again, differing = imported(own_record, folder)
    assert differing == []
    cases, _, _, skipped = counted(run, "case")
    assert cases == Case.objects.count() > 1_500 and skipped == 0
    assert CaseEvent.objects.count() > 12_000
    assert counted(again, "case") == (0, 0, cases, 0)


def test_an_audit_log_is_measured_from_the_record_as_from_its_file(
    own_record: Any, data_folder: Where, tmp_path: Path
) -> None:
    """Every tenth case by its number; the whole log was compared by hand, with no difference."""
    folder = tmp_path / "in"
    folder.mkdir()
    whole = data_folder("uci498_servicenow") / "incident_event_log_restored.csv.gz"
    a_part_of(whole, folder / "log.csv", column="number", ending=("7",))
    run, again, differing = imported(own_record, folder)
    assert differing == []
    cases, _, _, skipped = counted(run, "case")
    assert cases == Case.objects.count() > 2_000 and skipped == 0
    assert counted(again, "case") == (0, 0, cases, 0)
    assert Promise.objects.exclude(verdict=None).exists()
