"""Where the database takes several writers, plain chunks are written side by side."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, HOUR, MONDAY
from databases import on_postgresql, undone
from desk.exchange.folders import P1, P2, P3, PROMISED, a_folder, bring, counted, held
from wellkept.desk.exchange import running, visibility
from wellkept.desk.exchange.opening import Wanted, opened
from wellkept.desk.exchange.plain import Plain
from wellkept.desk.exchange.promises import Promises
from wellkept.desk.exchange.undoing import undo
from wellkept.record.promises.actions import NotAPromise
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ImportRun
from wellkept.record.sources.rules import RunState

ODD = "M1,Mill East,2026-01-07 09:00,sometime soon,,\nM2,Mill East,2026-01-08,2026-01-02,,\n"
ROWS = PROMISED + "".join(
    row.replace("P", f"P{place}") for place in range(4) for row in (P1, P2, P3)
)


pytestmark = pytest.mark.usefixtures("one_thread")


class Killed(BaseException):
    """What a kill does: nothing catches it."""


@pytest.fixture
def chunks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let seven chunks be what is a part of one."""
    monkeypatch.setattr(Promises, "chunk", 2)


@on_postgresql
def test_side_by_side_killed_refused_and_repeated_the_record_is_the_same(
    committed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunks_of_two: None
) -> None:
    folder = a_folder(tmp_path / "in", promises=ROWS + ODD)
    empty = held().keys()
    with undone(committed):  # in a transaction: one after the other
        bring(folder)
        alone = held(keys=False, but=["run"])
    whole, times = Plain.write, []

    def write(self: Plain, rows: Any) -> Any:
        times.append(1)
        if len(times) == 2:
            raise NotAPromise("one is refused, and written row by row")
        if len(times) == 5:
            raise Killed
        return whole(self, rows)

    with opened(Wanted(folder, zone="Europe/Rome"), MONDAY) as found:
        run = running.first_look(found, now=MONDAY, by=None)
        with monkeypatch.context() as patch:
            patch.setattr(Plain, "write", write)
            with pytest.raises(Killed):
                running.apply(found, run, now=MONDAY, by=None)
        run = ImportRun.objects.get(pk=run.pk)
        assert run.state == RunState.APPLYING and 0 < Promise.objects.count() < 13
        run = running.apply(found, run, now=MONDAY + HOUR, by=None)
    assert counted(run, "promise") == (13, 0, 0, 1)
    assert held(keys=False, but=["run"]) == alone
    assert counted(bring(folder, MONDAY + DAY), "promise") == (0, 0, 13, 1)
    undo(run, now=MONDAY + DAY, by=None)
    assert held().keys() <= empty


@on_postgresql
def test_after_a_large_import_what_it_wrote_is_known_to_be_seen_by_all(
    committed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then lists are read from their indexes alone: a map says of each page that all see it."""
    said: list[str] = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        said.extend([sql] if sql.startswith("vacuum") else [])
        return execute(sql, *rest)

    for large in (13, 12):
        monkeypatch.setattr(visibility, "LARGE", large)
        folder = a_folder(tmp_path / str(large), promises=ROWS.replace("P", f"P{large}"))
        assert said == []
        with committed.execute_wrapper(listen):
            run = bring(folder)
        assert counted(run, "promise") == (12, 0, 0, 0)
    assert said == ['vacuum (analyze, skip_locked) "promises_promise"']
    with committed.cursor() as cursor:
        cursor.execute("select relallvisible from pg_class where relname = 'promises_promise'")
        assert cursor.fetchone()[0] > 0
