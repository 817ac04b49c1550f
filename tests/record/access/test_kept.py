"""A text that is kept answers each time with the values of that time."""

from datetime import date, datetime
from typing import Any

import pytest

from builders import DAY, HOUR, MONDAY, a_person, a_promise
from wellkept.record.access.kept import Sql, asked, kept, moment, sql_of
from wellkept.record.promises.models import Promise

pytestmark = pytest.mark.usefixtures("record")
made: list[int] = []


def _owed_by(most: int, now: datetime, on: date, owner: int) -> Sql:
    made.append(most)
    rows = Promise.objects.owed().filter(judged_due__lte=now, judged_due__date__gte=on, owner=owner)
    return sql_of(rows.order_by("judged_due").values_list("pk", "judged_due")[:most])


def found(most: int, now: datetime, on: date, owner: Any) -> list[tuple[int, datetime]]:
    rows = asked(kept(_owed_by, most, now=now, on=on, owner=owner.pk))
    return [(key, moment(due)) for key, due in rows]


def test_values_take_their_places_and_a_shape_is_made_once(record: Any) -> None:
    alma, bruno = a_person("Alma"), a_person("Bruno")
    first = a_promise(due_in=HOUR, owner=alma)
    second = a_promise(due_in=2 * DAY, owner=alma)
    other = a_promise(due_in=HOUR, owner=bruno)
    made.clear()
    on = MONDAY.date()
    assert found(9, MONDAY + 9 * DAY, on, alma) == [
        (first.pk, first.judged_due), (second.pk, second.judged_due)
    ]  # fmt: skip
    assert found(9, MONDAY + DAY, on, alma) == [(first.pk, first.judged_due)]
    assert found(9, MONDAY + 9 * DAY, on + 2 * DAY, alma) == [(second.pk, second.judged_due)]
    assert [key for key, _ in found(9, MONDAY + DAY, on, bruno)] == [other.pk]
    assert made in ([9], [])  # made once, now or for another test of this database
    assert len(found(1, MONDAY + 9 * DAY, on, alma)) == 1
