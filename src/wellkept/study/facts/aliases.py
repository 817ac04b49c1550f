"""One thing under two numbers: what other files call it is read as what its register calls it.

A register of assets may give each a number and a serial, and another file name them by the second;
or a spreadsheet took the zeros from the head of a number, of an asset, a site or a customer. Which
is which is told by the register.
"""

from collections.abc import Sequence

import duckdb

from wellkept.record.sources.reads import BLANKS
from wellkept.study.facts.source import literal, quoted
from wellkept.study.facts.staged import ASSET_DAYS, REVISIONS, Staged, count, union

BARE = "nullif(ltrim({0}, '0'), '')"
UNKNOWN_LIFE = "unknown"
DIGITS = "regexp_full_match({0}, '[0-9]+')"


def find(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    """This will make `asset_alias` (name, key): further numbers of the assets of registers.

    A column of a register is one if its header says so, or if most of the names stand in it that
    other files use and no register has. What would name two assets names none; those that other
    files use all the same are in `shared_alias`.
    """
    registers = [s for s in staged if s.shape == "asset"]
    con.execute("CREATE TABLE asset_alias (name VARCHAR, key VARCHAR)")
    con.execute("CREATE TABLE shared_alias (name VARCHAR)")
    if not registers:
        return
    own = " UNION ".join(f"SELECT asset FROM {s.relation} s" for s in registers)
    con.execute(f"CREATE TEMP TABLE own_asset AS SELECT asset AS key FROM ({own}) o "
                "WHERE asset IS NOT NULL")  # fmt: skip
    con.execute(
        f"CREATE TEMP TABLE lost_asset AS SELECT name FROM {_used(staged)} u "
        "WHERE name NOT IN (FROM own_asset)"
    )
    lost = count(con, "SELECT count(*) FROM lost_asset")
    for s in registers:
        keys = [key for key in dict.fromkeys((s.number_key, s.serial_key)) if key]
        keys += [key for key in s.columns if lost and key not in keys and _has(con, s, key, lost)]
        for key in keys:
            named = (
                f"FROM (SELECT {cell(key)} AS name, s.asset AS key FROM {s.raw} t JOIN "
                f"{s.relation} s USING (row)) d WHERE name IS NOT NULL AND key IS NOT NULL "
                "AND name NOT IN (FROM own_asset) AND name NOT IN (SELECT name FROM asset_alias) "
                "GROUP BY name HAVING count(DISTINCT key)"
            )
            con.execute(
                f"INSERT INTO shared_alias SELECT name {named} > 1 AND name IN (FROM lost_asset)"
            )
            con.execute(f"INSERT INTO asset_alias SELECT name, any_value(key) {named} = 1")


def apply(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> int:
    """This will put the register's number in the place of every other one of an asset.

    Gives how many numbers were found without their leading zeros.
    """
    bare = _bare(con, staged)
    if count(con, "SELECT count(*) FROM asset_alias") == 0:
        return bare
    views = {name for (name,) in con.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    for s in staged:
        for role in sorted({"asset", "parent_asset"} & s.roles):
            called = f"{role} IN (SELECT name FROM asset_alias)"
            if count(con, f"SELECT count(*) FROM {s.relation} s WHERE {called}") == 0:
                continue
            if s.relation in views:
                con.execute(f"ALTER VIEW {s.relation} RENAME TO {s.relation}_{role}_said")
                con.execute(
                    f"CREATE VIEW {s.relation} AS SELECT r.* REPLACE (coalesce(a.key, r.{role}) AS "
                    f"{role}) FROM {s.relation}_{role}_said r LEFT JOIN asset_alias a "
                    f"ON a.name = r.{role}"
                )
            else:
                con.execute(
                    f"UPDATE {s.relation} SET {role} = a.key FROM asset_alias a "
                    f"WHERE a.name = {role}"
                )
    return bare


def _bare(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> int:
    """Names that a register has but for zeros at their head, where only one asset is meant."""
    if not any(s.shape == "asset" for s in staged):
        return 0
    known = "SELECT key AS name, key FROM own_asset UNION SELECT name, key FROM asset_alias"
    con.execute(f"""
      CREATE TEMP TABLE bare_asset AS SELECT u.name, any_value(k.key) AS key FROM {_used(staged)} u
        JOIN ({known}) k ON {BARE.format("k.name")} = {BARE.format("u.name")}
      WHERE {DIGITS.format("u.name")} AND u.name NOT IN (SELECT name FROM ({known}) d)
      GROUP BY u.name HAVING count(DISTINCT k.key) = 1""")
    con.execute("INSERT INTO asset_alias FROM bare_asset")
    return count(con, "SELECT count(*) FROM bare_asset")


def without_zeros(con: duckdb.DuckDBPyConnection, noun: str, staged: Sequence[Staged]) -> int:
    """This will add to `every_customer` or `every_site` what files call one but for zeros.

    Only where one alone is meant. Gives how many names were found so.
    """
    known = f"SELECT key FROM every_{noun} WHERE key IS NOT NULL"
    con.execute(f"""
      CREATE TEMP TABLE bare_{noun} AS SELECT u.name, any_value(k.key) AS key
      FROM {_used(staged, noun)} u
        JOIN every_{noun} k ON {BARE.format("k.key")} = {BARE.format("u.name")}
      WHERE {DIGITS.format("u.name")} AND u.name NOT IN ({known})
      GROUP BY u.name HAVING count(DISTINCT coalesce(k.label, k.key)) = 1""")
    con.execute(
        f"INSERT INTO every_{noun} BY NAME SELECT b.name AS key, "
        "coalesce(a.label, a.key) AS label, "
        f"a.* EXCLUDE (key, label) FROM bare_{noun} b JOIN every_{noun} a USING (key)"
    )
    return count(con, f"SELECT count(*) FROM bare_{noun}")


def _used(staged: Sequence[Staged], noun: str = "asset") -> str:
    """The names of a noun that files other than its registers give."""
    parts = [
        f"SELECT {noun} AS name FROM {s.relation} s"
        for s in staged
        if s.shape != noun and noun in s.roles
    ]
    rows = " UNION ".join(parts) or "SELECT CAST(NULL AS VARCHAR) AS name"
    return f"(SELECT name FROM ({rows}) n WHERE name IS NOT NULL)"


def _has(con: duckdb.DuckDBPyConnection, s: Staged, key: str, lost: int) -> bool:
    """Whether most of the lost names stand in a column, and it tells its rows apart."""
    there = f"SELECT {cell(key)} AS name FROM {s.raw} t"
    found = count(con, f"SELECT count(*) FROM lost_asset WHERE name IN ({there})")
    if found * 2 <= lost:
        return False
    return not count(
        con,
        "SELECT CAST(count(name) - count(DISTINCT name) > greatest(1, 0.05 * count(name)) "
        f"AS INTEGER) FROM ({there}) d",
    )


def cards(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    """This will make the view `all_cards`: what each row of a register says of an asset itself."""
    days = [(day, f"{day}_s") for day in ASSET_DAYS]
    parts = (
        f"SELECT s.asset AS key, {s.order} * 1000000000 + s.row AS ord, {_serial(s)} AS serial, "
        + ", ".join(f"{s.moment(day)} AS {name}" for day, name in days)
        + f", {', '.join(f'{s.text(one)} AS {one}' for one in REVISIONS)}, {_life(s)} AS life "
        f"FROM {s.relation} s JOIN {s.raw} t USING (row) WHERE s.asset IS NOT NULL"
        for s in staged
        if s.shape == "asset"
    )
    texts = ", ".join(f"{one} VARCHAR" for one in ("key", "serial", *REVISIONS, "life"))
    union(
        con, "all_cards", parts, f"{texts}, ord BIGINT, {', '.join(f'{n} BIGINT' for _, n in days)}"
    )


def _life(s: Staged) -> str:
    """Where an asset is in its life; UNKNOWN_LIFE for a word of which nothing is known."""
    if "state" not in s.roles:
        return "CAST(NULL AS VARCHAR)"
    said = f"nullif(coalesce({s.text('means')}, {literal(UNKNOWN_LIFE)}), 'none')"
    return f"CASE WHEN {s.text('state')} IS NOT NULL THEN {said} END"


def _serial(s: Staged) -> str:
    return cell(s.serial_key) if s.serial_key else "CAST(NULL AS VARCHAR)"


def cell(key: str) -> str:
    """This will give what is written in a cell; nothing where a word means so, as in “n/a”."""
    text = f"trim(CAST(t.{quoted(key)} AS VARCHAR))"
    blanks = ", ".join(literal(one) for one in sorted(BLANKS))
    return f"CASE WHEN lower({text}) NOT IN ({blanks}) THEN {text} END"
