"""Registers: what other files know of a customer, a site, an asset."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from wellkept.study.facts import aliases, same_named
from wellkept.study.facts.same_named import Unsettled
from wellkept.study.facts.staged import PRODUCT_DAYS, Staged, count, union

KNOWN = (
    "customer VARCHAR, site VARCHAR, region VARCHAR, consequence VARCHAR, product VARCHAR, "
    "product_no VARCHAR"
)
PRODUCT = (
    "number VARCHAR, name VARCHAR, ord BIGINT, kind VARCHAR, family VARCHAR, launched_s BIGINT, "
    "sale_ends_s BIGINT, support_ends_s BIGINT, expected_life DOUBLE, src SMALLINT, row BIGINT"
)


NOUNS = ("asset", "site", "customer")
PLACE = "address VARCHAR, country VARCHAR"
RECALLED = f"key VARCHAR, label VARCHAR, zone VARCHAR, {PLACE}, {KNOWN}"
FRESH = "(PARTITION BY key ORDER BY ord DESC)"


def build(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    recall: Callable[[], None] | None = None,
) -> "Known":
    """This will make known_asset, known_site, known_customer: one row per name, the last wins.

    `all_products` has the rows of lists of products as they stand, the later ones above.
    `customer_number` numbers every customer that is named anywhere. `recall` tells of names that
    no register of these files has: it reads them by `lacking` and answers by `recalled`.
    """
    assets = [s for s in staged if s.shape == "asset"]
    union(con, "all_assets", (_asset(s) for s in assets), f"key VARCHAR, ord BIGINT, {KNOWN}")
    sites = [s for s in staged if s.shape == "site"]
    _twins(con, sites)
    union(
        con,
        "all_sites",
        (_site(s) for s in sites),
        f"key VARCHAR, ord BIGINT, label VARCHAR, zone VARCHAR, {PLACE}, {KNOWN}",
    )
    customers = [s for s in staged if s.shape == "customer"]
    union(
        con,
        "all_customers",
        (_customer(s) for s in customers),
        f"key VARCHAR, ord BIGINT, label VARCHAR, {KNOWN}",
    )
    union(con, "all_products", (_product(s) for s in staged if s.shape == "product"), PRODUCT)
    aliases.find(con, staged)
    aliases.cards(con, staged)
    lost = 0
    for noun in ("site", "customer"):
        _other_names(con, noun, staged)
        lost += aliases.without_zeros(con, noun, staged)
    tables = {"asset": "all_assets", "site": "every_site", "customer": "every_customer"}
    if recall is not None:
        _recall(con, staged, tables, recall)
    lost += aliases.apply(con, staged)
    unsettled = same_named.settle(con, staged, tables)
    for noun, table in tables.items():
        con.execute(
            f"CREATE TABLE known_{noun} AS SELECT * EXCLUDE (ord, nth) FROM (SELECT *, "
            f"row_number() OVER {FRESH} AS nth FROM {table} WHERE key IS NOT NULL"
            f"{same_named.NOT_BARE if noun == 'site' else ''}) r WHERE nth = 1"
        )
    _number_customers(con, staged)
    some = [count(con, f"SELECT count(*) FROM known_{noun}") > 0 for noun in NOUNS]
    shared = con.execute("SELECT name FROM shared_alias ORDER BY name").fetchall()
    names = tuple(name for (name,) in shared)
    return Known(some[0], some[1], some[2], lost, names, tuple(unsettled))


def _twins(con: duckdb.DuckDBPyConnection, sites: Sequence[Staged]) -> None:
    """Names that several sites of a register have: each is called by its number, too."""
    parts = (
        f"SELECT {_name(s)} AS name, {_number(s)} AS number FROM {s.relation} s" for s in sites
    )
    union(con, "site_names", parts, "name VARCHAR, number VARCHAR")
    con.execute(
        "CREATE TABLE twin_site AS SELECT name FROM site_names WHERE name <> number "
        "GROUP BY name HAVING count(DISTINCT number) > 1"
    )
    con.execute("CREATE TABLE recalled_twin (name VARCHAR, label VARCHAR)")


def _recall(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    tables: dict[str, str],
    recall: Callable[[], None],
) -> None:
    """Have the names told of that no register has; what is told stands behind every register."""
    for noun, table in tables.items():
        named = [f"SELECT {noun} AS name FROM {s.relation} s" for s in staged if noun in s.roles]
        known = f"SELECT key FROM {table} WHERE key IS NOT NULL"
        if noun == "asset":
            known += " UNION ALL SELECT name FROM asset_alias"
        else:
            known += f" UNION ALL SELECT label FROM {table} WHERE label IS NOT NULL"
        rows = " UNION ".join(named) or "SELECT CAST(NULL AS VARCHAR) AS name"
        con.execute(
            f"CREATE TABLE lacking_{noun} AS SELECT DISTINCT name FROM ({rows}) n "
            f"WHERE name IS NOT NULL AND name NOT IN ({known})"
        )
        con.execute(f"CREATE TABLE recalled_{noun} ({RECALLED})")
    con.execute("CREATE TABLE recalled_said (noun VARCHAR, id VARCHAR, said VARCHAR)")
    recall()
    for noun, table in tables.items():
        if count(con, f"SELECT count(*) FROM recalled_{noun}") == 0:
            continue
        there = [name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall() if name != "ord"]
        con.execute(
            f"CREATE TABLE told_{noun} AS SELECT * FROM {table} UNION ALL BY NAME "
            f"SELECT {', '.join(there)}, -1 AS ord FROM recalled_{noun}"
        )
        tables[noun] = f"told_{noun}"


def lacking(con: duckdb.DuckDBPyConnection, noun: str) -> list[str]:
    """This will list the names that files give and no register of theirs has, in order."""
    rows = con.execute(f"SELECT name FROM lacking_{noun} ORDER BY name").fetchall()
    return [name for (name,) in rows]


def recalled(
    con: duckdb.DuckDBPyConnection, noun: str, rows: Sequence[Mapping[str, str | None]]
) -> None:
    """This will tell of names; each row has `key` and what else of a register is known."""
    if not rows:
        return
    columns = {name: np.array([row[name] for row in rows], dtype=object) for name in rows[0]}
    con.execute(
        f"INSERT INTO recalled_{noun} BY NAME SELECT "
        + ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in columns)
        + " FROM columns"
    )


@dataclass(frozen=True, slots=True)
class Known:
    """Which registers there are; a join with an empty one would cost much and give nothing."""

    assets: bool
    sites: bool
    customers: bool
    bare: int = 0
    """What other files name without the zeros at the head of its number."""
    shared: tuple[str, ...] = ()
    """Numbers that other files use and several assets of a register have: they name none."""
    unsettled: tuple[Unsettled, ...] = ()
    """Rows that name one of several sites, and nothing says which."""

    def joined(self, alias: str) -> str:
        """This will join what registers know to rows that have asset, site and customer."""
        site = f"coalesce({alias}.site, ka.site)" if self.assets else f"{alias}.site"
        parts = [f"{alias}.customer"]
        parts += ["ka.customer"] if self.assets else []
        parts += ["ks.customer"] if self.sites else []
        joins = f" LEFT JOIN known_asset ka ON ka.key = {alias}.asset" if self.assets else ""
        joins += f" LEFT JOIN known_site ks ON ks.key = {site}" if self.sites else ""
        if self.customers:
            joins += f" LEFT JOIN known_customer kc ON kc.key = coalesce({', '.join(parts)})"
        return joins

    def who(self, alias: str) -> str:
        """This will give customer, site and region as far as the row or any register knows them."""
        return (
            f"{self.customer(alias)} AS customer, "
            f"{self._first('ks.label', f'{alias}.site', 'ka.site')} AS site, "
            f"{alias}.asset AS asset, "
            f"{self._first(f'{alias}.region', 'ka.region', 'ks.region', 'kc.region')} AS region"
        )

    def customer(self, alias: str) -> str:
        """This will give the customer's name, as a register of customers has it if there is one."""
        return self._first("kc.label", f"{alias}.customer", "ka.customer", "ks.customer")

    def consequence(self, alias: str) -> str:
        """This will give the class of the row, else of its asset, its site, its customer."""
        own = f"nullif({alias}.consequence, 'unknown')"
        others = (f"nullif({k}.consequence, 'unknown')" for k in ("ka", "ks", "kc"))
        return self._first(own, *others, "'unknown'")

    def _first(self, *expressions: str) -> str:
        there = {"ka": self.assets, "ks": self.sites, "kc": self.customers}
        kept = [
            one for one in expressions
            if all(have or f"{name}." not in one for name, have in there.items())
        ]  # fmt: skip
        return f"coalesce({', '.join(kept)})" if len(kept) > 1 else kept[0]


def _other_names(con: duckdb.DuckDBPyConnection, noun: str, staged: Sequence[Staged]) -> None:
    """A register may be named by its readable name while other files use its numbers.

    A column of the register is another key when its header says so, or when most of the names
    that other files use stand in it; what the register's own key says is then the label.
    """
    used = [
        f"SELECT DISTINCT s.{noun} AS name FROM {s.relation} s"
        for s in staged
        if noun in s.roles and s.shape != noun
    ]
    parts = [f"SELECT * FROM all_{noun}s"]
    for s in staged:
        if s.shape == noun:
            keys = [s.number_key] if s.number_key else []
            keys += _found_keys(con, noun, s, used)
            parts += [_also(noun, s, key) for key in dict.fromkeys(keys)]
    con.execute(f"CREATE TABLE every_{noun} AS {' UNION ALL BY NAME '.join(parts)}")


def _found_keys(
    con: duckdb.DuckDBPyConnection, noun: str, s: Staged, used: Sequence[str]
) -> list[str]:
    """The first column in which most of the names stand that the register does not have."""
    if not used:
        return []
    own = f"SELECT {noun} FROM {s.relation}"
    names = f"({' UNION '.join(used)})"
    missing = f"SELECT name FROM {names} n WHERE name IS NOT NULL AND name NOT IN ({own})"
    lost = count(con, f"SELECT count(*) FROM ({missing}) d")
    for key in s.columns if lost else ():
        there = f"SELECT {_written(key)} FROM {s.raw} t"
        found = count(con, f"SELECT count(*) FROM ({missing}) d WHERE name IN ({there})")
        if found * 2 > lost:
            return [key]
    return []


def _also(noun: str, s: Staged, key: str) -> str:
    return (
        f"SELECT {_written(key)} AS key, coalesce(a.label, a.key) AS label, a.* EXCLUDE "
        f"(key, label) FROM {s.raw} t JOIN {s.relation} s USING (row) "
        f"JOIN all_{noun}s a ON a.key = s.{noun} AND a.ord = {_order(s)}"
    )


def _written(key: str) -> str:
    return f'trim(CAST(t."{key}" AS VARCHAR))'


def _number_customers(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    """One number for each name that any file or register gives a customer."""
    parts = [
        f"SELECT DISTINCT s.customer FROM {s.relation} s" for s in staged if "customer" in s.roles
    ]
    parts += ["SELECT label AS customer FROM known_customer"]
    parts += [f"SELECT customer FROM known_{noun}" for noun in ("asset", "site", "customer")]
    con.execute(
        "CREATE TABLE customer_number AS SELECT customer, CAST(row_number() OVER "
        f"(ORDER BY customer) - 1 AS INTEGER) AS customer_no FROM ({' UNION '.join(parts)}) d "
        "WHERE customer IS NOT NULL"
    )


def _asset(s: Staged) -> str:
    return (
        f"SELECT {s.text('asset')} AS key, {_order(s)} AS ord, {s.text('customer')} AS customer, "
        f"{s.text('site')} AS site, {s.text('region')} AS region, "
        f"{s.text('consequence')} AS consequence, {_bare(s, 'product')} AS product, "
        f"{_bare(s, 'product_no')} AS product_no FROM {s.relation} s"
    )


def _bare(s: Staged, role: str) -> str:
    """What a cell says without the signs by which a spreadsheet keeps a text: ="0123", '0123."""
    text = s.text(role)
    if role not in s.roles:
        return text
    return rf"""nullif(trim(regexp_replace({text}, '^(?:=\s*"(.*)"|''(.*))$', '\1\2')), '')"""


def _product(s: Staged) -> str:
    days = ", ".join(f"{s.moment(role)} AS {role}_s" for role in PRODUCT_DAYS)
    return (
        f"SELECT {_bare(s, 'product_no')} AS number, {_bare(s, 'product')} AS name, "
        f"{_order(s)} AS ord, {s.text('product_kind')} AS kind, {s.text('family')} AS family, "
        f"{days}, {s.number('expected_life')} AS expected_life, CAST({s.src} AS SMALLINT) AS src, "
        f"s.row FROM {s.relation} s"
    )


def _site(s: Staged) -> str:
    return (
        f"SELECT {_known_by(s)} AS key, {_order(s)} AS ord, CASE WHEN {_name(s)} IN "
        f"(FROM twin_site) THEN concat({_name(s)}, ' (', {_number(s)}, ')') ELSE {_label(s)} END "
        f"AS label, {s.text('zone')} AS zone, {_place(s)}, {s.text('customer')} AS customer, "
        f"{_known_by(s)} AS site, {s.text('region')} AS region, "
        f"{s.text('consequence')} AS consequence FROM {s.relation} s"
        + (f" JOIN {s.raw} t USING (row)" if s.address_keys else "")
    )


def _place(s: Staged) -> str:
    """The address of a site in two lines, street and city, and its country as it is written."""
    parts = {part: aliases.cell(key) for part, key in s.address_keys}

    def line(*names: str, between: str = "' '") -> str:
        there = [parts[name] for name in names if name in parts]
        return f"nullif(concat_ws({between}, {', '.join(there)}), '')" if there else "NULL"

    street = line("street", "number")
    lines = [street, parts.get("more", "NULL"), line("postcode", "city")]
    address = f"nullif(concat_ws(chr(10), {', '.join(lines)}), '')"
    return (
        f"CAST({address} AS VARCHAR) AS address, "
        f"CAST({parts.get('country', 'NULL')} AS VARCHAR) AS country"
    )


def _customer(s: Staged) -> str:
    return (
        f"SELECT {_known_by(s)} AS key, {_order(s)} AS ord, {_label(s)} AS label, "
        f"{_known_by(s)} AS customer, {s.text('region')} AS region, "
        f"{s.text('consequence')} AS consequence FROM {s.relation} s"
    )


def _label(s: Staged) -> str:
    """The readable name: the role, else the column whose header says that it is one."""
    if "name" in s.roles or s.name_key is None:
        return s.text("name")
    return _cell(s, s.name_key)


def _known_by(s: Staged) -> str:
    """The number, and the name of a row that has none."""
    return f"coalesce({s.text(s.shape)}, {_label(s)})"


def _name(s: Staged) -> str:
    return f"coalesce({_label(s)}, {s.text('site')})"


def _number(s: Staged) -> str:
    """What tells sites of one name apart: the number beside the name, else the name itself."""
    if "name" in s.roles or s.name_key is not None or s.number_key is None:
        return s.text("site")
    return _cell(s, s.number_key)


def _cell(s: Staged, key: str) -> str:
    return f'(SELECT trim(CAST(t."{key}" AS VARCHAR)) FROM {s.raw} t WHERE t.row = s.row)'


def _order(s: Staged) -> str:
    return f"({s.order} * 1000000000 + s.row)"
