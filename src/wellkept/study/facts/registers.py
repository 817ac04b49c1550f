"""Registers: what other files know of a customer, a site, an asset."""

from collections.abc import Sequence

import duckdb

from wellkept.study.facts.staged import Staged, union

KNOWN = "customer VARCHAR, site VARCHAR, region VARCHAR, consequence VARCHAR, product VARCHAR"


def build(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> None:
    """This will make known_asset, known_site, known_customer: one row per name, the last wins."""
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
    for noun in ("asset", "site", "customer"):
        con.execute(
            f"CREATE TABLE known_{noun} AS SELECT * EXCLUDE (ord, nth) FROM (SELECT *, "
            f"row_number() OVER (PARTITION BY key ORDER BY ord DESC) AS nth FROM all_{noun}s "
            "WHERE key IS NOT NULL) r WHERE nth = 1"
        )


def joined(alias: str) -> str:
    """This will join what registers know to a table that has asset, site and customer columns."""
    return (
        f" LEFT JOIN known_asset ka ON ka.key = {alias}.asset"
        f" LEFT JOIN known_site ks ON ks.key = coalesce({alias}.site, ka.site)"
        f" LEFT JOIN known_customer kc"
        f" ON kc.key = coalesce({alias}.customer, ka.customer, ks.customer)"
    )


def who(alias: str) -> str:
    """This will give customer, site and region as far as the row or any register knows them."""
    return (
        f"coalesce(kc.label, {alias}.customer, ka.customer, ks.customer) AS customer, "
        f"coalesce(ks.label, {alias}.site, ka.site) AS site, {alias}.asset AS asset, "
        f"coalesce({alias}.region, ka.region, ks.region, kc.region) AS region"
    )


def consequence(alias: str) -> str:
    """This will give the class of the row, else of its asset, else of its customer."""
    return (
        f"coalesce(nullif({alias}.consequence, 'unknown'), ka.consequence, ks.consequence, "
        f"kc.consequence, 'unknown')"
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
        f"SELECT {s.text('site')} AS key, {_order(s)} AS ord, {s.text('name')} AS label, "
        f"{s.text('zone')} AS zone, {s.text('customer')} AS customer, {s.text('site')} AS site, "
        f"{s.text('region')} AS region, {s.text('consequence')} AS consequence "
        f"FROM {s.relation} s"
    )


def _customer(s: Staged) -> str:
    return (
        f"SELECT {s.text('customer')} AS key, {_order(s)} AS ord, {s.text('name')} AS label, "
        f"{s.text('customer')} AS customer, {s.text('region')} AS region, "
        f"{s.text('consequence')} AS consequence FROM {s.relation} s"
    )


def _order(s: Staged) -> str:
    return f"({s.order} * 1000000000 + s.row)"
