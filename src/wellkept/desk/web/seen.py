"""What somebody sees of what is owed: the whole table, or their part of it, named once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from wellkept.desk.web.asking import Asking
from wellkept.record.access.gate import visible_in_parts
from wellkept.record.access.kept import Sql, asked, keys_of, sql_of
from wellkept.record.access.models import Account
from wellkept.record.access.parts import kept_for
from wellkept.record.access.rules import Scope
from wellkept.record.promises.models import Promise

TABLE = f'"{Promise._meta.db_table}"'
PART = '"seen"'
READ = (
    "id", "kind", "consequence", "judged_due", "made_at", "customer_id", "site_id", "asset_id",
    "owner_id", "offered_to_id", "team_id", "fulfilled_at", "released_at", "ended_at", "voided_at",
    "verdict",
)  # fmt: skip
"""The columns that lists of what is owed may ask about."""
TRUE = "1 = 1"


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed, as far as somebody sees it.

    Statements about promises are asked of it. A part is found once, by the way that is best for
    it, and the lists read it as a table: many lists would each look for it.
    """

    part: Sql | None

    @property
    def whole(self) -> bool:
        """Whether they see all there is."""
        return self.part is None

    def asked(self, statement: Sql) -> list[tuple[Any, ...]]:
        """This will ask a statement about owed promises, and give its rows."""
        if self.part is None:
            return asked(statement)
        asked_of_part = statement.text.replace(_owed_said(), TRUE).replace(TABLE, PART)
        text = f"{self.part.text} {asked_of_part}"
        return asked(Sql(text, (*self.part.bound, *statement.bound)))


def owed(asking: Asking) -> Owed:
    """This will say what the one who asks sees of what is owed."""
    if Scope.ALL in asking.account.scopes:
        return Owed(None)
    return Owed(kept_for(_part, Promise, connection.vendor, to=asking.account))


@cache
def _owed_said() -> str:
    """The condition that a promise is owed, as a statement says it: in the part it holds for all.

    Eight lists would ask it of each row twice.
    """
    said = sql_of(Promise.objects.owed().values("pk")).text.partition(" WHERE ")[2]
    return said.removeprefix("(").removesuffix(")")


def _part(to: Account, vendor: str) -> Sql:
    keys = keys_of(visible_in_parts(Promise.objects.owed(), to=to))
    columns, among, begin = ", ".join(f'"{name}"' for name in READ), keys.text, "with"
    if vendor == "postgresql":
        # Found first, from an index alone: as one with the rows it would read all that is owed.
        among, begin = "select pk from keys", f"with keys(pk) as materialized ({keys.text}),"
    part = f"{PART} as materialized (select {columns} from {TABLE} where id in ({among}))"
    return Sql(f"{begin} {part}", keys.bound)
