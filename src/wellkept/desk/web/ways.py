"""Where a row leads whoever asks: to the pages of what it names, as far as they may open them.

Somebody who sees a promise reads whom it was given to; the customer's own page may be beyond
their part. Then the name stands there alone: a link that is answered by nothing is a dead end.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, Model, OuterRef, Value
from django.db.models.expressions import Combinable

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import href
from wellkept.record.access.gate import visible
from wellkept.record.access.kept import Sql, asked, sql_of
from wellkept.record.access.models import Account
from wellkept.record.access.parts import kept_for
from wellkept.record.access.rules import Scope
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise

NOUNS: Mapping[str, type[Model]] = {"customer": Customer, "asset": Asset, "promise": Promise}
"""What rows name and lead to, by the name of its page."""


AT_ONCE = 25
"""The text of a statement is made once for so many keys more."""


def _open(to: Account, name: str, **keys: int) -> Sql:
    rows = NOUNS[name]._default_manager.filter(pk__in=list(keys.values()))
    return sql_of(visible(rows, to=to, led=True).order_by().values("pk"))


class Ways:
    """The pages that rows in hand lead to; asked of the gate in one statement, or in none."""

    def __init__(self, asking: Asking) -> None:
        """This will know of no page yet; whoever sees everything need not ask."""
        self._asking, self._whole = asking, Scope.ALL in asking.account.scopes
        self._asked, self._open = set[tuple[str, int]](), set[tuple[str, int]]()

    def ask(self, rows: Iterable[Any], *more: tuple[str, int | None]) -> None:
        """This will ask for the customers and assets that rows name by keys, and for more rows.

        Each of these is given by the name of its page and its key.
        """
        if self._whole:
            return
        named = [(name, getattr(row, name, None)) for row in rows for name in ("customer", "asset")]
        wanted = {(name, pk) for name, pk in (*named, *more) if pk is not None} - self._asked
        self._asked |= wanted
        parts = [
            self._found(name, keys)
            for name in NOUNS
            if (keys := [pk for one, pk in wanted if one == name])
        ]
        if parts:
            text = " union all ".join(part.text for part in parts)
            bound = tuple(value for part in parts for value in part.bound)
            self._open |= {(name, pk) for name, pk in asked(Sql(text, bound))}

    def _found(self, name: str, keys: list[int]) -> Sql:
        """Which of some keys are open; the last one stands in for those missing to AT_ONCE."""
        padded = [*keys, *[keys[-1]] * (-len(keys) % AT_ONCE)]
        named = {f"key{number}": key for number, key in enumerate(padded)}
        found = kept_for(_open, NOUNS[name], name, to=self._asking.account, **named)
        return Sql(f"select '{name}' as name, x.pk from ({found.text}) x", found.bound)

    def opens(self, name: str, field: str) -> Combinable:
        """This will tell for each row of a query whether the page that a field leads to is open."""
        if self._whole:
            return Value(True)
        rows = NOUNS[name]._default_manager.filter(pk=OuterRef(field))
        return Exists(self._asking.visible(rows, led=True))

    def beside(self, **fields: str) -> dict[str, Combinable]:
        """This will have a query of models tell of each row whether pages are open: `know_of`.

        Each page is given by its name, with the field that leads to it; `pk` is the row's own.
        """
        return {f"{name}_open": self.opens(name, field) for name, field in fields.items()}

    def know_of(self, rows: Iterable[Any], **fields: str) -> None:
        """This will keep what a query told beside its rows, of the same pages."""
        for row in rows:
            for name, field in fields.items():
                pk = row.pk if field == "pk" else getattr(row, f"{field}_id")
                self.know(name, pk, getattr(row, f"{name}_open"))

    def know(self, name: str, pk: int | None, is_open: bool) -> None:
        """This will keep what a query said of a page, so that it is not asked for again."""
        if pk is not None:
            self._asked.add((name, pk))
            self._open |= {(name, pk)} if is_open else set()

    def to(self, name: str, pk: int | None) -> str:
        """This will give where a page is; nothing of no row, and of one that was not found open."""
        known = pk is not None and (self._whole or (name, pk) in self._open)
        return href(name, pk) if known and pk is not None else ""


def ways_of(asking: Asking) -> Ways:
    """This will give the ways of a request, so that each page is asked for once."""
    known: dict[str, Any] = asking.request.__dict__
    if "ways" not in known:
        known["ways"] = Ways(asking)
    ways: Ways = known["ways"]
    return ways
