"""Alma's batches are written fifty rows with one statement: the same rows, and all or none."""

from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from wellkept.record.access.batches import AT_ONCE, insert
from wellkept.record.access.columns import Batch, insert_batch
from wellkept.record.access.models import PersonalData
from wellkept.record.parties.models import Customer

MANY = 2 * AT_ONCE + 7
"""Two whole statements, and some rows that are left over."""


def written() -> list[tuple[int, str, str]]:
    return list(PersonalData.objects.order_by("pk").values_list("pk", "name", "note"))


def test_every_row_is_written_once_and_in_its_place(record: Any) -> None:
    names = [f"Clinic {place}" for place in range(MANY)]
    rows = insert(PersonalData(name=name, note=name[-2:]) for name in names)
    assert written() == [(row.pk, row.name, row.note) for row in rows]
    columns = {"name": names, "note": [name[-2:] for name in names]}
    made = insert_batch(Batch(PersonalData, columns))
    fresh = [(key, *values) for key, *values in written() if key in set(made.keys)]
    assert fresh == list(zip(made.keys, names, columns["note"], strict=True))


@pytest.mark.parametrize(
    "text", ["", "50 % of O'Hara's \\ %s", "Mill " + 40 * "and Sons ", "naïve – ≥"]
)
def test_what_all_rows_share_is_written_as_it_is(record: Any, text: str) -> None:
    columns = {"name": [f"Clinic {place}" for place in range(MANY)], "note": [text] * MANY}
    insert_batch(Batch(PersonalData, columns))
    assert set(PersonalData.objects.values_list("note", flat=True)) == {text}


def test_empty_columns_stay_empty_and_whole_numbers_whole(record: Any) -> None:
    keys = np.ma.masked_array(np.zeros(MANY, np.int64), mask=True)
    columns: dict[str, Any] = {"name": [f"Clinic {place}" for place in range(MANY)]}
    columns["owner_id"] = keys
    insert_batch(Batch(Customer, columns, {"version": 7}))
    assert Customer.objects.filter(owner=None, version=7).count() == MANY


def test_one_row_that_is_refused_takes_the_whole_batch_back(record: Any) -> None:
    versions = [1] * (MANY - AT_ONCE) + [-1] + [1] * (AT_ONCE - 1)
    names = [f"Clinic {place}" for place in range(MANY)]
    columns: dict[str, list[Any]] = {"name": names, "version": versions}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_batch(Batch(Customer, columns))
    assert not Customer.objects.exists()
