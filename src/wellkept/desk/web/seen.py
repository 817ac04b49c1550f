"""What somebody sees of what is owed: the whole table, or their part of it, named once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from wellkept.desk.web.asking import Asking
from wellkept.record.access.gate import visible_in_parts
from wellkept.record.access.kept import Sql, asked, columns_of, sql_of
from wellkept.record.access.models import Account
from wellkept.record.access.parts import kept_for
from wellkept.record.access.rules import Scope
from wellkept.record.promises.models import Promise

WHOLE = Promise._meta.db_table
"""The whole table as a statement names it that also asks about what is not in READ."""
TABLE = f'"{WHOLE}"'
PART = '"seen"'
READ = ("id", "consequence", "judged_due", "owner_id", "team_id", "offered_to_id")
"""The columns that lists of what is owed may ask about. On PostgreSQL an index of each part holds
them all, so that no row is read (`promise_owed_by_…`)."""
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
    return Owed(kept_for(_part, Promise, to=asking.account))


@cache
def _owed_said() -> str:
    """The condition that a promise is owed, as a statement says it: in the part it holds for all.

    Eight lists would ask it of each row twice.
    """
    said = sql_of(Promise.objects.owed().values("pk")).text.partition(" WHERE ")[2]
    return said.removeprefix("(").removesuffix(")")


def _part(to: Account) -> Sql:
    columns = ", ".join(f'"{name}"' for name in READ)
    rows = columns_of(visible_in_parts(Promise.objects.owed(), to=to), READ)
    nothing = Sql(f"select {columns} from {TABLE} where 1 = 0")
    text, bound = (rows or nothing).text, (rows or nothing).bound
    return Sql(f"with {PART}({columns}) as materialized ({text})", bound)
