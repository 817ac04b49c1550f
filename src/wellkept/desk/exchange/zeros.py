"""Numbers that a spreadsheet took the zeros from: 000123 of January is 123 in February."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Min
from django.db.models.functions import Length

from wellkept.record.access.batches import chunks
from wellkept.record.sources.models import ExternalId


class Zeros:
    """Looks up which new numbers a system gave before, but for the zeros at their head."""

    def __init__(self, ids: type[ExternalId], system: str, run: int) -> None:
        """Ask nothing yet; what the import `run` brought itself is not before."""
        there: Any = ids._default_manager
        self._before = there.filter(system=system).exclude(run=run)
        self._lengths: dict[str, range] = {}

    def known(self, named: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """This will give those of kinds and numbers that came with other zeros at their head."""
        wanted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for kind, number in named:
            bare = number.lstrip("0")
            if number.isascii() and number.isdigit() and bare:
                longer = (bare.zfill(n) for n in self._lengths_of(kind) if n > len(bare))
                for other in {bare, *longer} - {number}:
                    wanted[kind][other].append(number)
        found: set[tuple[str, str]] = set()
        for kind, others in wanted.items():
            for some in chunks(others):
                rows = self._before.filter(kind=kind, external_id__in=some)
                for there in rows.values_list("external_id", flat=True):
                    found |= {(kind, number) for number in others[there]}
        return found

    def _lengths_of(self, kind: str) -> range:
        """How long the numbers are that begin with a zero."""
        if kind not in self._lengths:
            zeros = self._before.filter(kind=kind, external_id__startswith="0")
            long = zeros.annotate(long=Length("external_id")).aggregate(Min("long"), Max("long"))
            low, high = long["long__min"], long["long__max"]
            self._lengths[kind] = range(0) if low is None else range(low, min(high, 40) + 1)
        return self._lengths[kind]
