"""Plain promises are written as columns: the record holds what it holds row by row."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, HOUR, MONDAY, a_promise, a_role
from databases import undone
from desk.exchange.folders import PROMISED, a_folder, bring, counted, held
from wellkept.desk.exchange import plain
from wellkept.record.access.columns import stamp
from wellkept.record.journal.models import Entry
from wellkept.record.promises.actions import NotAPromise, bring_promises
from wellkept.record.promises.models import Promise, PromiseExternalId
from wellkept.record.sources.actions import NotNamed, name_rows

ROWS = PROMISED + (
    "P1,Clinic Nord,2026-01-05 09:00,2026-01-09 17:00,2026-01-09 12:00,Bruno\n"
    "P2,Mill O'Hara 50% \\ East,2026-01-06 09:00,2026-01-12,2026-01-14 08:00,\n"
    "P3,Clinic Nord,2026-01-07 09:00,2026-03-20 17:00,,Alma\n"
    "P4,Mill East,2026-01-07 09:00,sometime soon,,\n"
    "P5,Mill East,2026-01-08 09:00,2026-01-02 17:00,,\n"
    "P6,,,2026-01-02 17:00,,\n"
)


def test_at_once_or_row_by_row_the_record_is_the_same(
    record: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_folder(tmp_path / "in", promises=ROWS)
    with undone(record):
        run = bring(folder)
        at_once, entries = held(keys=False, but=["run"]), Entry.objects.count()
        assert counted(run, "promise") == (5, 0, 0, 1)
        assert counted(bring(folder, MONDAY + DAY), "promise") == (0, 0, 5, 1)
    monkeypatch.setattr(plain, "PLAIN", "false")
    run = bring(folder)
    assert counted(run, "promise") == (5, 0, 0, 1)
    assert held(keys=False, but=["run"]) == at_once
    assert Entry.objects.count() <= entries + 1, "one line of the journal for each batch"


def test_columns_that_contradict_themselves_are_refused_and_nothing_is_kept(record: Any) -> None:
    made = stamp(MONDAY)
    columns: dict[str, list[Any]] = {
        "kind": ["said", "said"],
        "about": ["a pump", "a valve"],
        "made_at": [made, made],
        "first_due": [made + 3600, made - 3600],
        "verdict": [None, None],
    }
    same = {"source": "derived", "accountable_id": a_role().pk}
    with pytest.raises(NotAPromise, match="first due lies before it was made"):
        bring_promises(columns=columns, same=same, at=MONDAY, by=None)
    with pytest.raises(NotAPromise, match="“guess” is no kind"):
        strange = columns | {"kind": ["said", "guess"]}
        bring_promises(columns=strange, same=same, at=MONDAY, by=None)
    assert not Promise.objects.exists()
    sound = columns | {"first_due": [made + 3600, made + 7200]}
    brought = bring_promises(columns=sound, same=same, at=MONDAY, by=None)
    first, second = Promise.objects.order_by("pk")
    assert list(brought.keys) == [first.pk, second.pk]
    assert second.judged_due == second.current_due == MONDAY + 2 * HOUR


def test_a_promise_that_we_named_as_the_source_does_is_known_to_its_next_import(
    record: Any, tmp_path: Path
) -> None:
    ours = a_promise(made_at=MONDAY - 60 * DAY, about="our own words")
    name_rows(
        ids=PromiseExternalId, system="files", kind="promise", names={ours.pk: " P1 "},
        at=MONDAY, by=None,
    )  # fmt: skip
    run = bring(a_folder(tmp_path / "in", promises=ROWS), MONDAY + DAY)
    assert counted(run, "promise") == (4, 1, 0, 1)
    ours.refresh_from_db()
    assert ours.fulfilled_at is not None and ours.customer is not None
    assert counted(bring(tmp_path / "in", MONDAY + 2 * DAY), "promise") == (0, 0, 5, 1)
    with pytest.raises(NotNamed, match="1 to 200 characters"):
        name_rows(
            ids=PromiseExternalId, system="files", kind="promise", names={ours.pk: " "},
            at=MONDAY, by=None,
        )  # fmt: skip
