"""A generation from the last one: what changed is made anew, the rest stays, and both agree."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, HOUR, a_case, a_customer, a_promise, an_asset
from study.facts.one_company import NOW
from study.facts.record_facts import address_of
from wellkept.record.cases.actions import record_downtimes, take_cases
from wellkept.record.cases.models import Case, Downtime
from wellkept.record.journal.models import Entry
from wellkept.record.organisation.models import Person
from wellkept.record.promises.actions import keep_promises, move_promises, void_promises
from wellkept.record.promises.models import Promise, PromiseMove
from wellkept.study.facts import refreshing, snapshot
from wellkept.study.facts.record_reading import Address
from wellkept.study.facts.refreshing import refresh
from wellkept.study.facts.snapshot import Generation

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def _parts_of_a_small_company(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "MOST", 1.0)


def mark() -> tuple[int, int]:
    last = Entry.objects.order_by("transaction", "pk").last()
    return (0, 0) if last is None else last.mark


def facts_in(one: Generation, address: Address) -> Rows:
    """Every fact of a generation, in an order that does not depend on how it was made."""
    with snapshot.opened(one, address) as facts:
        return {
            table: sorted(
                (tuple(r.values()) for r in facts.source.rows(f'FROM "{table}"')), key=repr
            )
            for table in (*snapshot.TABLES, *snapshot.MARKS)
        }


def work_goes_on() -> None:
    """Somebody takes a case; promises are kept, moved, void; a new customer is promised one."""
    later = NOW + HOUR
    alma = Person.objects.get(personal__name="Alma")
    door = Case.objects.get(about="door sticks")
    take_cases(cases=[door], person=alma, at=later, by=None)
    owed = list(Promise.objects.owed().order_by("pk"))
    keep_promises(promises=owed[:1], fulfilled_at=later, at=later, by=None)
    move = PromiseMove(promise=owed[1], new_due=later + 90 * DAY, asked_by="us")
    move_promises(moves=[move], at=later, by=None)
    void_promises(promises=[Promise.objects.order_by("pk")[3]], reason="twice", at=later, by=None)
    a_promise(4 * HOUR, customer=a_customer("Harbour"))
    a_case(about="a new one")


def test_parts_say_what_a_whole_generation_says(company: Any, tmp_path: Path) -> None:
    address = address_of(company)
    first = refresh(tmp_path / "parts", address, now_s=int(NOW.timestamp()), mark=mark())
    assert first.name == "g1" and not list(first.folder.glob("*.delta.parquet"))
    asset = Downtime.objects.all()[0].asset
    spells = [Downtime(asset=asset, from_at=NOW - HOUR)]
    record_downtimes(downtimes=spells, at=NOW, by=None)
    refresh(tmp_path / "parts", address, now_s=int((NOW + HOUR).timestamp()), mark=mark())
    promise = Promise.objects.owed().first()
    assert promise is not None
    keep_promises(promises=[promise], fulfilled_at=NOW, at=NOW + 2 * HOUR, by=None)
    then_s = int((NOW + 3 * HOUR).timestamp())
    third = refresh(tmp_path / "parts", address, now_s=then_s, mark=mark())
    assert list(third.folder.glob("*.delta.parquet")), "it was made in parts"
    whole = snapshot.publish(tmp_path / "whole", address, now_s=then_s, mark=mark())
    assert facts_in(third, address) == facts_in(whole, address)
    assert third.known == whole.known


def test_when_a_register_changes_all_facts_are_made_anew(committed: Any, tmp_path: Path) -> None:
    address = address_of(committed)
    a_case()
    refresh(tmp_path, address, now_s=int(NOW.timestamp()), mark=mark())
    an_asset()
    again = refresh(tmp_path, address, now_s=int(NOW.timestamp()) + 60, mark=mark())
    assert not list(again.folder.glob("*.delta.parquet"))
    assert again.known.counts["asset"] == 1


def test_work_of_a_day_is_taken_over(company: Any, tmp_path: Path) -> None:
    address = address_of(company)
    refresh(tmp_path / "parts", address, now_s=int(NOW.timestamp()), mark=mark())
    work_goes_on()
    then_s = int((NOW + DAY).timestamp())
    second = refresh(tmp_path / "parts", address, now_s=then_s, mark=mark())
    whole = snapshot.publish(tmp_path / "whole", address, now_s=then_s, mark=mark())
    parts, all_at_once = facts_in(second, address), facts_in(whole, address)
    for table, rows in parts.items():
        assert rows == all_at_once[table], table
