"""Real exports come over whole: elevators, deliveries, a service desk's log; then nothing new."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import MONDAY
from databases import on_sqlite
from desk.exchange.folders import counted
from wellkept.desk.exchange.opening import Wanted, opened
from wellkept.desk.exchange.running import apply, dry_run, first_look
from wellkept.record.cases.models import Case, CaseEvent, Downtime
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ImportRun

Where = Callable[[str], Path]
pytestmark = [pytest.mark.usefixtures("record"), on_sqlite]


def whole(folder: Path) -> tuple[ImportRun, ImportRun]:
    """Import a folder, then weigh it again."""
    with opened(Wanted(folder), MONDAY) as found:
        run = apply(found, first_look(found, now=MONDAY, by=None), now=MONDAY, by=None)
        return run, dry_run(found, now=MONDAY, by=None)


def test_elevator_outages_come_over_with_their_promises(data_folder: Where) -> None:
    run, again = whole(data_folder("mta_elevators"))
    assert counted(run, "downtime") == (4359, 0, 0, 0) and Downtime.objects.count() == 4359
    assert counted(run, "promise") == (4359, 0, 0, 0)
    assert counted(again, "promise") == (0, 0, 4359, 0)


def test_deliveries_come_over_due_at_the_end_of_a_day(data_folder: Where) -> None:
    run, again = whole(data_folder("scms_delivery"))
    assert counted(run, "promise") == (10324, 0, 0, 0)
    assert not Promise.objects.exclude(due_precision="day").exists()
    assert counted(again, "promise") == (0, 0, 10324, 0)


def test_a_log_of_incidents_and_one_of_problems_come_over(data_folder: Where) -> None:
    run, again = whole(data_folder("bpi2013_volvo"))
    assert counted(run, "case") == (9041, 0, 0, 0) and Case.objects.count() == 9041
    assert CaseEvent.objects.count() >= 72_193
    assert counted(again, "case") == (0, 0, 9041, 0)


def test_the_first_cases_of_an_audit_log_come_over(data_folder: Where, tmp_path: Path) -> None:
    import gzip

    whole_log = data_folder("uci498_servicenow") / "incident_event_log_restored.csv.gz"
    with gzip.open(whole_log, "rt", encoding="utf-8") as text:
        head = list(itertools.islice(text, 4_001))
    (tmp_path / "log.csv").write_text("".join(head), encoding="utf-8")
    run, again = whole(tmp_path)
    cases, _, _, skipped = counted(run, "case")
    assert cases == Case.objects.count() > 300 and skipped == 0
    assert counted(again, "case") == (0, 0, cases, 0)
    assert Promise.objects.exclude(verdict=None).exists()
