"""Selections that several measures start from are run once."""

from collections import defaultdict
from collections.abc import Collection
from threading import Lock
from typing import Any

from wellkept.study.facts.source import Columns, Source, type_of_value


class Once:
    """A source that remembers the columns of chosen selections while measures are reckoned."""

    def __init__(self, source: Source, shared: Collection[str]) -> None:
        """Keep the source and the selections that are worth remembering."""
        self.source = source
        self.shared = frozenset(shared)
        self.known: dict[tuple[Any, ...], Columns] = {}
        self.asked: defaultdict[tuple[Any, ...], Lock] = defaultdict(Lock)

    def columns(self, sql: str, **given: type_of_value) -> Columns:
        """This will run a selection, or give what it gave before; nobody may write into it."""
        if sql not in self.shared:
            return self.source.columns(sql, **given)
        key = (sql, *sorted(given.items()))
        with self.asked[key]:  # who asks for the same meanwhile waits for the answer
            if key not in self.known:
                self.known[key] = self.source.columns(sql, **given)
                for array in self.known[key].values():
                    array.flags.writeable = False
        return self.known[key]

    def rows(self, sql: str, **given: type_of_value) -> list[dict[str, Any]]:
        """This will run a selection of few rows."""
        return self.source.rows(sql, **given)
