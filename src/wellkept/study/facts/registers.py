"""Registers: what other files know of a customer, a site, an asset."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from wellkept.study.facts.staged import Staged, count, union

KNOWN = "customer VARCHAR, site VARCHAR, region VARCHAR, consequence VARCHAR, product VARCHAR"


def build(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> "Known":
    """This will make known_asset, known_site, known_customer: one row per name, the last wins.

    `customer_number` numbers every customer that is named anywhere.
    """
    assets = [s for s in staged if s.shape == "asset"]
    union(con, "all_assets", (_asset(s) for s in assets), f"key VARCHAR, ord BIGINT, {KNOWN}")
    sites = [s for s in staged if s.shape == "site"]
    union(
        con,
        "all_sites",
        (_site(s) for s in sites),
        f"key VARCHAR, ord BIGINT, label VARCHAR, zone VARCHAR, {KNOWN}",
    )
    customers = [s for s in staged if s.shape == "customer"]
    union(
        con,
        "all_customers",
        (_customer(s) for s in customers),
        f"key VARCHAR, ord BIGINT, label VARCHAR, {KNOWN}",
    )
    for noun in ("site", "customer"):
        _other_names(con, noun, staged)
    tables = {"asset": "all_assets", "site": "every_site", "customer": "every_customer"}
    for noun, table in tables.items():
        con.execute(
            f"CREATE TABLE known_{noun} AS SELECT * EXCLUDE (ord, nth) FROM (SELECT *, "
            f"row_number() OVER (PARTITION BY key ORDER BY ord DESC) AS nth FROM {table} "
            "WHERE key IS NOT NULL) r WHERE nth = 1"
        )
    _number_customers(con, staged)
    some = (
        count(con, f"SELECT count(*) FROM known_{n}") > 0 for n in ("asset", "site", "customer")
    )
    return Known(*some)


@dataclass(frozen=True, slots=True)
class Known:
    """Which registers there are; a join with an empty one would cost much and give nothing."""

    assets: bool
    sites: bool
    customers: bool

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

    A column of the register is another key when most of the names that other files use stand in
    it; what the register's own key says is then the label.
    """
    used = [
        f"SELECT DISTINCT s.{noun} AS name FROM {s.relation} s"
        for s in staged
        if noun in s.roles and s.shape != noun
    ]
    parts = [f"SELECT * FROM all_{noun}s"]
    for s in staged:
        if s.shape != noun or not used:
            continue
        own = f"SELECT {noun} FROM {s.relation}"
        names = f"({' UNION '.join(used)})"
        missing = f"SELECT name FROM {names} n WHERE name IS NOT NULL AND name NOT IN ({own})"
        lost = count(con, f"SELECT count(*) FROM ({missing}) d")
        for key in s.columns if lost else ():
            text = f'trim(CAST(t."{key}" AS VARCHAR))'
            found = count(
                con,
                f"SELECT count(*) FROM ({missing}) d WHERE name IN (SELECT {text} FROM {s.raw} t)",
            )
            if found * 2 > lost:
                parts.append(
                    f"SELECT {text} AS key, coalesce(a.label, a.key) AS label, a.* EXCLUDE "
                    f"(key, label) FROM {s.raw} t JOIN {s.relation} r USING (row) "
                    f"JOIN all_{noun}s a ON a.key = r.{noun}"
                )
                break
    con.execute(f"CREATE TABLE every_{noun} AS {' UNION ALL BY NAME '.join(parts)}")


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
        f"{s.text('consequence')} AS consequence, {s.text('product')} AS product "
        f"FROM {s.relation} s"
    )


def _site(s: Staged) -> str:
    return (
        f"SELECT {s.text('site')} AS key, {_order(s)} AS ord, {_label(s)} AS label, "
        f"{s.text('zone')} AS zone, {s.text('customer')} AS customer, {s.text('site')} AS site, "
        f"{s.text('region')} AS region, {s.text('consequence')} AS consequence "
        f"FROM {s.relation} s"
    )


def _customer(s: Staged) -> str:
    return (
        f"SELECT {s.text('customer')} AS key, {_order(s)} AS ord, {_label(s)} AS label, "
        f"{s.text('customer')} AS customer, {s.text('region')} AS region, "
        f"{s.text('consequence')} AS consequence FROM {s.relation} s"
    )


def _label(s: Staged) -> str:
    """The readable name: the role, else the column whose header says that it is one."""
    if "name" in s.roles or s.name_key is None:
        return s.text("name")
    return f'(SELECT trim(CAST(t."{s.name_key}" AS VARCHAR)) FROM {s.raw} t WHERE t.row = s.row)'


def _order(s: Staged) -> str:
    return f"({s.order} * 1000000000 + s.row)"
