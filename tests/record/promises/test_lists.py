"""Lists of Today are read from an index in their order: no sorting, no scan, however many rows."""

from typing import Any

import pytest
from django.db.models import Q

from builders import DAY, HOUR, MONDAY, a_person, promise_row
from databases import on_sqlite
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.models import Promise

pytestmark = pytest.mark.usefixtures("record")
NOW = MONDAY + 20 * HOUR


def lists() -> dict[str, tuple[Any, str]]:
    """Name the lists, each with the index that gives it."""
    owed = Promise.objects
    return {
        "broken": (owed.broken(NOW).by_urgency()[:50], "promise_urgency"),
        "in danger": (owed.in_danger(NOW, 8 * HOUR).by_urgency()[:50], "promise_urgency"),
        "due today": (
            owed.due_between(NOW, NOW + DAY).order_by("judged_due", "pk")[:50],
            "promise_owed_by_due",
        ),
        "mine": (
            owed.broken(NOW).owned_by(a_person()).order_by("consequence", "judged_due")[:50],
            "promise_owed_by_owner",
        ),
    }


@on_sqlite
def test_each_list_is_read_from_its_index(record: Any) -> None:
    owners = [a_person(f"Person {number}") for number in range(20)]
    rows = [
        promise_row((number % 40 + 1) * HOUR, consequence=number % 5, owner=owners[number % 20])
        for number in range(4000)
    ]
    make_promises(promises=rows, at=MONDAY, by=None)
    with record.cursor() as cursor:
        cursor.execute("analyze")
    plans = {name: (listed.explain(), index) for name, (listed, index) in lists().items()}
    assert {name: plan for name, (plan, index) in plans.items() if index not in plan} == {}
    assert {name: plan for name, (plan, _) in plans.items() if "TEMP B-TREE" in plan} == {}


@on_sqlite
@pytest.mark.parametrize("part", ["team", "site"])
def test_a_class_in_a_part_is_found_by_its_index(part: str, record: Any) -> None:
    """What is owed keeps its own index, made last; where rows are led to, neither is a way."""
    rows = Promise.objects.filter(**{f"{part}__in": [1]}, consequence=3)
    assert f"promise_by_{part}" in rows.values("pk").explain()
    assert f"promise_owed_by_{part}" in rows.owed().explain()
    assert "INDEX" not in Promise.objects.filter(**{f"{part}__among": [1]}).explain()


@on_sqlite
def test_what_an_owner_owes_is_not_looked_for_in_all_they_ever_had(record: Any) -> None:
    """Two indexes begin with the owner: without statistics the one that was made last is taken."""
    mine = Promise.objects.filter(owner__in=[1])
    assert "promise_by_owner" in mine.explain()
    assert "promise_owed_by_owner" in mine.owed().explain()
    led = Promise.objects.filter(Q(owner__among=[1]) | Q(offered_to__among=[1]))
    assert "INDEX" not in led.explain(), "what is found otherwise is not found by whose it is"
