"""Sites of one name: which of them a row means that gives the bare name.

Sites that a register has under one name are called by their number, too. A row that says the bare
name means the one where its asset stands, else the only one of its customer. Where neither tells,
it means one of them and nobody knows which: it keeps no site, and that is said. A customer to whom
none of them belongs has a site of that name of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from wellkept.study.facts.staged import Staged, count

SHOWN = 5
NOT_BARE = " AND (key NOT IN (SELECT name FROM same_named) OR coalesce(label, key) = key)"
"""Leaves out names by which a register would give the last of several sites."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Rows of a file that name one of several sites: how many, some of them, what it may be."""

    src: int
    file: str
    name: str
    may_be: tuple[str, ...]
    count: int
    rows: tuple[int, ...]


def settle(
    con: duckdb.DuckDBPyConnection, staged: Sequence[Staged], tables: dict[str, str]
) -> list[Unsettled]:
    """This will put the site that is meant in the place of a bare name, or none.

    `tables` names what is known of assets, sites and customers. Gives what stays open.
    """
    site = tables["site"]
    con.execute(f"""
      CREATE TEMP TABLE same_named AS
      WITH called AS (SELECT name, concat(name, ' (', number, ')') AS label FROM site_names
          WHERE name IN (FROM twin_site) UNION FROM recalled_twin),
        known AS (SELECT c.name, c.label, any_value(s.customer) AS customer,
            coalesce(min(s.key) FILTER (WHERE s.key <> c.name), c.label) AS key
          FROM called c JOIN {site} s ON s.label = c.label GROUP BY c.name, c.label
          UNION ALL SELECT s.key, s.key, any_value(s.customer), s.key FROM {site} s
          WHERE s.key IN (SELECT name FROM called) AND coalesce(s.label, s.key) = s.key
          GROUP BY s.key)
      SELECT * FROM known WHERE name NOT IN (SELECT s.key FROM {site} s WHERE s.key IS NOT NULL
        AND coalesce(s.label, s.key) NOT IN (SELECT label FROM known k WHERE k.name = s.key))""")
    if count(con, "SELECT count(*) FROM same_named") == 0:
        return []
    _asked(con, tables)
    open_rows: list[Unsettled] = []
    for s in sorted(staged, key=lambda one: one.shape != "asset"):
        bare = f"SELECT 1 FROM {s.relation} s WHERE s.site IN (SELECT name FROM same_named) LIMIT 1"
        if s.shape != "site" and "site" in s.roles and con.execute(bare).fetchone():
            _replace(con, s, tables)
            open_rows += _unsettled(con, s)
    return open_rows


def _asked(con: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> None:
    """What customers are called, and the sites of one name with whose they are."""
    con.execute(
        "CREATE TEMP TABLE customer_called AS SELECT key, any_value(label) AS label "
        f"FROM {tables['customer']} WHERE key IS NOT NULL AND label IS NOT NULL GROUP BY key"
    )
    con.execute(
        "CREATE TEMP TABLE same_named_of AS SELECT n.name, n.label, n.key, "
        "coalesce(c.label, n.customer) AS customer FROM same_named n "
        "LEFT JOIN customer_called c ON c.key = n.customer"
    )


def _replace(con: duckdb.DuckDBPyConnection, s: Staged, tables: dict[str, str]) -> None:
    """Say of each row with a bare name which site is meant; a customer's own name stays."""
    asset = s.text("asset") if s.shape != "asset" else "CAST(NULL AS VARCHAR)"
    con.execute(f"""
      CREATE TEMP TABLE bare_{s.src} AS
      WITH stands AS (SELECT a.key, any_value(coalesce(k.label, a.site)) AS label,
          any_value(coalesce(c.label, a.customer)) AS customer
        FROM {tables["asset"]} a LEFT JOIN {tables["site"]} k ON k.key = a.site
          LEFT JOIN customer_called c ON c.key = a.customer WHERE a.key IS NOT NULL GROUP BY a.key),
      asked AS (SELECT s.row, s.site AS name, stands.label AS at_site,
          coalesce(c.label, {s.text("customer")}, stands.customer) AS whose
        FROM {s.relation} s LEFT JOIN customer_called c ON c.key = {s.text("customer")}
          LEFT JOIN stands ON stands.key = {asset}
        WHERE s.site IN (SELECT name FROM same_named))
      SELECT a.row, any_value(a.name) AS name,
        coalesce(any_value(n.key) FILTER (WHERE n.label = a.at_site),
          CASE WHEN count(*) FILTER (WHERE n.customer = a.whose) = 1
            THEN any_value(n.key) FILTER (WHERE n.customer = a.whose) END,
          CASE WHEN any_value(a.whose) IS NOT NULL AND count(n.customer) = count(n.label)
            AND NOT bool_or(n.customer = a.whose OR n.key = n.name)
            THEN any_value(a.name) END) AS site
      FROM asked a JOIN same_named_of n ON n.name = a.name GROUP BY a.row""")
    views = {name for (name,) in con.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    if s.relation not in views:
        con.execute(
            f"UPDATE {s.relation} SET site = b.site FROM bare_{s.src} b "
            f"WHERE b.row = {s.relation}.row"
        )
        return
    con.execute(f"ALTER VIEW {s.relation} RENAME TO {s.relation}_site_said")
    con.execute(
        f"CREATE VIEW {s.relation} AS SELECT r.* REPLACE (CASE WHEN b.row IS NULL "
        f"THEN CAST(r.site AS VARCHAR) ELSE b.site END AS site) FROM {s.relation}_site_said r "
        f"LEFT JOIN bare_{s.src} b ON b.row = r.row"
    )


def _unsettled(con: duckdb.DuckDBPyConnection, s: Staged) -> Iterable[Unsettled]:
    rows = con.execute(f"""
      SELECT b.name, n.labels, count(*), list_sort(list(b.row))[:{SHOWN}] FROM bare_{s.src} b
        JOIN (SELECT name, list_sort(list(label)) AS labels FROM same_named GROUP BY name) n
          ON n.name = b.name
      WHERE b.site IS NULL GROUP BY b.name, n.labels ORDER BY b.name""").fetchall()
    for name, may_be, number, some in rows:
        yield Unsettled(s.src, s.file, name, tuple(may_be), number, tuple(some))
