"""Folders as companies have them: nothing of theirs is misread, and whatever is odd is told."""

from pathlib import Path

import pytest

from builders import DAY, MONDAY
from desk.exchange.folders import a_folder, bring, counted, held, see_that_foretold, told
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.undoing import undo
from wellkept.record.cases.models import Case, CaseEvent
from wellkept.record.cases.rules import State
from wellkept.record.installed_base.models import Asset

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def test_what_a_list_dates_after_its_end_does_not_open_the_case_again(tmp_path: Path) -> None:
    """It worked again days after it was closed, by the list: it stays closed, and that is told."""
    cases = "ticket,subject,customer,opened,restored,closed\n" + "".join(
        f"T{n},Pump,Clinic Nord,2026-01-0{n} 09:00,2026-01-{n + back:02} 09:00,2026-01-0{n} 17:00\n"
        for n, back in enumerate((3, 0, 0), 1)
    )
    folder = a_folder(tmp_path / "in", cases=cases)
    run = bring(folder)
    see_that_foretold(run)
    assert [(row[2], row[4]) for row in told(run, "applied")] == [(reasons.AFTER_END.text, 1)]
    assert not Case.objects.exclude(state=State.CLOSED).exists()
    assert CaseEvent.objects.filter(word="told restored").count() == 1
    assert counted(bring(folder, MONDAY + DAY), "case") == (0, 0, 3, 0)


def test_months_are_taken_back_one_after_the_other(tmp_path: Path) -> None:
    """The later month moved an asset to a site of its own: back to January, and to nothing."""
    register = "serial number,product,customer,site\nSN1,Pump,Clinic Nord,Turin\n"
    nothing = held(but=("version",))
    first = bring(a_folder(tmp_path / "in", assets=register), MONDAY)
    january = held(but=("version",))
    moved = a_folder(tmp_path / "in", assets=register.replace("Turin", "Rome"))
    second = bring(moved, MONDAY + DAY)
    assert str(Asset.objects.get().site) == "Rome"
    undo(second, now=MONDAY + 2 * DAY, by=None)
    assert held(but=("version",)) == january
    undo(first, now=MONDAY + 2 * DAY, by=None)
    left = held(but=("version",))
    assert {k: v for k, v in left.items() if k != "organisation.role"} == nothing
