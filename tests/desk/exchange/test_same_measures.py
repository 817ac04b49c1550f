"""Whatever shape an export has, the record measures what its folder measures, to the digit.

Each shape below once measured otherwise from the record; what differed stands in decision 99.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from builders import DAY
from desk.exchange.folders import a_folder, bring
from desk.exchange.shapes import shapes
from study.facts.record_facts import AFTER_THE_END, differences, facts_of, measured
from wellkept.desk.cli.measure import document_of
from wellkept.desk.exchange.opening import Wanted, opened
from wellkept.desk.exchange.running import apply, first_look
from wellkept.record.cases.actions import note_milestone, reopen_cases
from wellkept.record.cases.models import Case
from wellkept.record.promises.models import Promise

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SHAPES = dict(shapes())
pytestmark = [
    pytest.mark.usefixtures("one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def compared(connection: Any, folder: Path) -> list[str]:
    """Import a folder whole; say where the record measures otherwise.

    What is over nobody knows when is void here: the folder counts it as undated. So far, and no
    further, the completeness of the rate of promises kept may differ.
    """
    with opened(Wanted(folder, zone="UTC"), NOW, keeps_facts=True) as found:
        whole = document_of(found.facts)
        run = apply(found, first_look(found, now=NOW, by=None), now=NOW, by=None)
    assert not any(some["skip"] for some in run.counts.values() if "skip" in some)
    mine = measured(connection, NOW)
    void = Promise.objects.exclude(voided_at=None).count()
    should = [_should(document) for document in (whole, mine)]
    if void and should[0] - should[1] == void:
        for document in (whole, mine):
            _kept(document).pop("completeness")
    late = AFTER_THE_END if (folder / "moves.csv").exists() else ()
    return differences(mine, whole, but=late)


def _kept(document: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, dict[str, Any]] = {one["name"]: one for one in document["measures"]}
    return named.get("promise_kept_rate", {})


def _should(document: dict[str, Any]) -> int:
    return int((_kept(document).get("completeness") or {}).get("should", 0))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_record_measures_what_the_folder_measures(
    committed: Any, tmp_path: Path, shape: str
) -> None:
    folder = a_folder(tmp_path / "in", **SHAPES[shape])
    assert compared(committed, folder) == []


def test_where_work_goes_on_here_what_a_list_told_begins_the_log(
    committed: Any, tmp_path: Path
) -> None:
    rows = "T1,Pump 1,2026-01-05 09:00,2026-01-09 09:00\nT2,Pump 2,2026-01-06 09:00,\n"
    listed = f"Ticket,Subject,Opened,Closed\n{rows}T3,Pump 3,2026-01-07 09:00,2026-01-08 09:00\n"
    bring(a_folder(tmp_path / "in", tickets=listed), NOW)
    one, two, three = Case.objects.order_by("reported_at")
    assert (one.state, two.state, three.state) == ("closed", "reported", "closed")
    later = NOW + DAY
    reopen_cases(cases=[one], happened_at=later, at=later, by=None)
    note_milestone(cases=[three], word="survey_sent", happened_at=later, at=later, by=None)
    with facts_of(committed, later + DAY) as facts:
        told = facts.source.rows(
            'SELECT reopened, resolved_s IS NULL AS is_open, responded_s FROM "case" ORDER BY row'
        )
    assert [(row["reopened"], row["is_open"], row["responded_s"]) for row in told] == [
        (1, True, None), (None, True, None), (0, False, None)]  # fmt: skip
