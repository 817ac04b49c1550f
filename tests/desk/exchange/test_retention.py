"""What files said is kept for a year and a little; then it goes, and so does what quotes it."""

import os
from pathlib import Path
from typing import Any

import pytest

from builders import DAY, MONDAY
from desk.background.working import do_jobs
from desk.exchange.folders import P4, THREE, a_folder, bring, tried
from wellkept.desk import clock
from wellkept.desk.background import runner
from wellkept.desk.exchange.raw import raw_row
from wellkept.desk.exchange.uploads import forget_old
from wellkept.record.sources.actions import raw_rows_due
from wellkept.record.sources.models import ImportRun, ImportStep, RawBlock
from wellkept.record.sources.rules import RAW_DAYS, RunState

pytestmark = pytest.mark.usefixtures("record", "one_thread")


def test_when_their_day_has_come_the_runner_takes_raw_rows_and_all_that_quotes_them(
    tmp_path: Path, record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "is_behind", lambda now: False)
    only_tried = tried(a_folder(tmp_path / "one", promises=THREE + P4))
    run = bring(a_folder(tmp_path / "in", promises=THREE + P4))
    assert ImportStep.objects.exclude(told=[]).exists()
    day = MONDAY + RAW_DAYS * DAY
    for now in (day - DAY, day):
        assert raw_row(run, 0, 4) is not None
        monkeypatch.setattr(clock, "now", lambda home, now=now: now)
        runner.plan(now)
        do_jobs()
    assert not RawBlock.objects.exists() and not raw_rows_due(day.date()).exists()
    with record.cursor() as cursor:
        for table in ("sources_importrun", "sources_importstep", "sources_rawblock"):
            cursor.execute(f"select * from {table}")
            assert "sometime soon" not in str(cursor.fetchall()), table
    assert not ImportStep.objects.exclude(told=[]).exists(), "it names what rows are called"
    for one in ImportRun.objects.filter(pk__in=[run.pk, only_tried.pk]):
        assert [why["count"] for why in one.plan["problems"]["skipped"]] == [1]


def test_uploads_that_nobody_imported_are_taken_away_and_those_at_work_stay(
    tmp_path: Path,
) -> None:
    folders = {name: tmp_path / "uploads" / name for name in ("old", "fresh", "begun")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    run = tried(a_folder(tmp_path / "in", promises=THREE))
    ImportRun.objects.filter(pk=run.pk).update(
        state=RunState.APPLYING.value, at=MONDAY, upload="begun"
    )
    before = (MONDAY - (RAW_DAYS + 1) * DAY).timestamp()
    for name in ("old", "begun"):
        os.utime(folders[name], (before, before))
    os.utime(folders["fresh"], (MONDAY.timestamp(), MONDAY.timestamp()))
    forget_old(tmp_path, MONDAY)
    assert sorted(one.name for one in folders["old"].parent.iterdir()) == ["begun", "fresh"]
