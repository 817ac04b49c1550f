"""Two ways to compare texts in a query: `holds` a piece, `begins` with it; small letters or not."""

from itertools import product
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, TextField

from wellkept.record.search.rules import fold

FOLD = "wellkept_fold"
LAST = "\U0010ffff"
"""No text goes on with a greater sign."""


def teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """This will teach SQLite to fold all letters, of which it knows ASCII only."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(FOLD, 1, fold, deterministic=True)


def piece(word: str) -> str:
    """This will give the pattern of a text that holds a word, each sign for itself."""
    folded = fold(word) or ""
    for sign in "\\%_":
        folded = folded.replace(sign, f"\\{sign}")
    return f"%{folded}%"


def held(column: str, word: str, vendor: str) -> tuple[str, str]:
    """This will give the condition that a column holds a word, with a mark for what is bound.

    SQLite compares ASCII in small letters by itself, several times faster than we can teach it.
    """
    if vendor == "postgresql":
        return f"lower({column}) like %s", piece(word)
    if word.isascii():
        return f"{column} like %s escape '\\'", piece(word)
    return f"instr({FOLD}({column}), %s) > 0", fold(word) or ""


class Holds(Lookup[Any]):
    """The text holds the piece."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """This will compare in a way that the index of trigrams serves on PostgreSQL."""
        column, given = self.process_lhs(compiler, connection)
        condition, bound = held(column, self.rhs, connection.vendor)
        return condition, [*given, bound]


class HoldsToo(Holds):
    """The same of a word that very many rows hold, where another one leads.

    PostgreSQL would read all of them from the index, to leave a few of the few that it has; as a
    truth the condition is no index's.
    """

    lookup_name = "holds_too"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """This will compare each text that is found otherwise."""
        condition, bound = self.as_sql(compiler, connection)
        return f"({condition}) IS TRUE", bound


class Begins(Lookup[Any]):
    """The text begins with the piece, which is one or two characters long."""

    lookup_name = "begins"
    by_walking = ""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """This will look where the index of the column has such a beginning."""
        column, given = self.process_lhs(compiler, connection)
        column = f"{self.by_walking}{column}"
        cases = ((one.lower(), one.upper()) for one in self.rhs)
        variants = sorted({"".join(one) for one in product(*cases)})
        spans = " or ".join([f"({column} >= %s and {column} < %s)"] * len(variants))
        bounds = [bound for one in variants for bound in (*given, one, *given, one + LAST)]
        return f"({spans})", bounds

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """This will compare in a way that the index of trigrams serves."""
        column, given = self.process_lhs(compiler, connection)
        return f"lower({column}) like %s", [*given, piece(self.rhs).removeprefix("%")]


class OftenBegins(Begins):
    """The same where many do: SQLite is kept from gathering them all before it puts them in order.

    A sign before the column hides it from the planner, which then walks the list as it is ordered.
    """

    lookup_name = "often_begins"
    by_walking = "+"


for kind in (CharField, TextField):
    kind.register_lookup(Holds)
    kind.register_lookup(HoldsToo)
    kind.register_lookup(Begins)
    kind.register_lookup(OftenBegins)
