"""The record's facts in a test: where the database under test lies, and a company in both hands."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from wellkept.home import scanned
from wellkept.study.facts.record import AskedOfRecord, RecordFacts, open_record
from wellkept.study.facts.record_reading import Address, Vendor
from wellkept.study.measures.of_record import document_of


def address_of(connection: Any) -> Address:
    """Say where the database under test lies."""
    vendor, name = scanned(connection.settings_dict)
    return Address(cast(Vendor, vendor), name)


@contextmanager
def facts_of(
    connection: Any,
    now: datetime,
    *,
    until: datetime | None = None,
    known_at: datetime | None = None,
) -> Iterator[RecordFacts]:
    """Open the facts of the database under test as they are now, or as they were."""
    asked = AskedOfRecord(
        int(now.timestamp()),
        None if until is None else int(until.timestamp()),
        None if known_at is None else int(known_at.timestamp()),
    )
    with open_record(address_of(connection), asked) as facts:
        yield facts


def measured(connection: Any, now: datetime, **given: Any) -> dict[str, Any]:
    """Give the measure document of the database under test."""
    with facts_of(connection, now, **given) as facts:
        return document_of(facts)


SAID = ("value", "n", "open", "share_beyond", "quantiles", "max", "customers_hit", "completeness",
        "excluded", "hit", "trend", "shape", "curve", "beside")  # fmt: skip


OF_FILES = ("Ended rows only", "As the source counted them", "Only assets that failed",
            "Not in the register")  # fmt: skip
"""What stands beside a figure and is told of columns: a record has its own, whatever its files had
(decision 109)."""
AFTER_THE_END = ("By the date as said today", "Average of the ended rows", "Ended rows only, early "
                 "counted as negative", "Moved after the date had passed")  # fmt: skip
"""What is told of the last date, where a list moves one after the promise was kept: of such moves
the ledger takes none (decision 99)."""


def differences(
    record: dict[str, Any], folder: dict[str, Any], *, but: Sequence[str] = ()
) -> list[str]:
    """Say in which figures of which measures two documents differ: none is equal to the digit.

    `but`: titles of figures that stand beside and are not compared.
    """
    mine, theirs = (
        {one["name"]: _said(one, (*OF_FILES, *but)) for one in d["measures"]}
        for d in (record, folder)
    )
    found = [f"only one of them has {name}" for name in sorted(mine.keys() ^ theirs.keys())]
    return found + [
        f"{name}: {field} {mine[name][field]} is not {theirs[name][field]}"
        for name in mine.keys() & theirs.keys()
        for field in SAID
        if mine[name][field] != theirs[name][field]
    ]


def _said(measure: dict[str, Any], but: Sequence[str]) -> dict[str, Any]:
    said = {field: measure.get(field) for field in SAID}
    beside = [one for one in measure["beside"] if one["title"] not in but]
    return said | {"beside": beside}
