"""What changed in the record since a mark of its journal: which cases, promises, downtimes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wellkept.study.facts.record_asking import Asking
from wellkept.study.facts.record_columns import among

FOLLOWED = {
    "cases.case": ("cases", None),
    "cases.caseevent": ("cases", "cases_caseevent.case_id"),
    "cases.assignment": ("cases", "cases_assignment.case_id"),
    "cases.casepromise": ("promises", "cases_casepromise.promise_id"),
    "cases.downtime": ("downtimes", None),
    "promises.promise": ("promises", None),
    "promises.promisemove": ("promises", "promises_promisemove.promise_id"),
    "promises.notice": ("promises", "promises_notice.promise_id"),
    "promises.pause": ("promises", "promises_pause.promise_id"),
    "promises.datecorrection": ("promises", "promises_datecorrection.promise_id"),
}
"""Rows that verbs note, and what leads from them to a case, a promise or a downtime."""
REGISTERS = frozenset(
    {
        "installed_base.asset",
        "parties.customer",
        "parties.site",
        "organisation.region",
        "organisation.team",
        "calendars.calendar",
    }
)
"""Rows to which many facts point: when one of them changes, all facts are made anew. A new one
that is no asset changes nothing yet."""
FRESH = REGISTERS - {"installed_base.asset"}
UNDONE = "sources.take_back_import"
"""The one verb that takes rows away without naming them."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys of what must be made anew, and whether that is everything."""

    cases: frozenset[int] = frozenset()
    promises: frozenset[int] = frozenset()
    downtimes: frozenset[int] = frozenset()
    everything: bool = False


class Journal:
    """The journal of a record after a mark."""

    def __init__(self, record: Asking, mark: tuple[int, int]) -> None:
        """Remember whom to ask, and after what."""
        self.record, self.mark = record, mark

    def changes(self, still_open: Iterable[int]) -> Changes:
        """This will follow the journal to cases, promises and downtimes.

        `still_open` are cases whose durations go on without anybody's doing.
        """
        if any(_concerns_all(verb, labels) for verb, labels in self._entries):
            return Changes(everything=True)
        found: dict[str, set[int]] = defaultdict(set)
        found["cases"].update(still_open)
        for label, keys in self._noted.items():
            noun, through = FOLLOWED.get(label, ("", None))
            if through is not None:
                table, column = through.split(".")
                found[noun] |= self._keys(table, column, "id", keys)
            elif noun:
                found[noun] |= keys
        ties = ("cases_casepromise", "case_id", "promise_id")
        found["cases"] |= self._keys(*ties, found["promises"])
        found["promises"] |= self._keys(ties[0], ties[2], ties[1], found["cases"])
        found["downtimes"] |= self._keys("cases_downtime", "id", "promise_id", found["promises"])
        return Changes(
            cases=frozenset(found["cases"]),
            promises=frozenset(found["promises"]),
            downtimes=frozenset(found["downtimes"]),
        )

    @cached_property
    def _entries(self) -> list[tuple[str, dict[str, list[int]]]]:
        number = '"transaction"'
        if self.record.vendor == "postgresql":
            number += "::text::bigint"
        last, key = self.mark
        sql = (
            f"SELECT verb, CAST(keys AS TEXT) AS keys FROM journal_entry WHERE {number} > {last} "
            f"OR ({number} = {last} AND id > {key})"
        )
        return [(verb, json.loads(keys)) for verb, keys in self.record.rows(sql)]

    @cached_property
    def _noted(self) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for _, keys in self._entries:
            for label, some in keys.items():
                found[label].update(some)
        return found

    def _keys(self, table: str, wanted: str, column: str, keys: Iterable[int]) -> set[int]:
        if not keys:
            return set()
        sql = f"SELECT {wanted} AS k FROM {table} WHERE {among(self.record.vendor, column, keys)}"
        return {int(key) for (key,) in self.record.rows(sql)}


def _concerns_all(verb: str, labels: Iterable[str]) -> bool:
    touched = REGISTERS.intersection(labels)
    adds = verb.partition(".")[2].startswith("add_")
    return verb == UNDONE or bool(touched - (FRESH if adds else set()))
