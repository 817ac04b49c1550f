"""Which site of which customer a row of a folder means: a name is one customer's."""

import duckdb

from wellkept.study.facts.staged import count

PARTED = "chr(31)"
"""Stands in the key of a site between its name and whose it is, as SQL."""
SAID_OF_SITES = (
    "SELECT coalesce(label, site, key) AS name, customer, region, zone, "
    "CASE WHEN label <> key THEN key END AS number, address, country FROM whose_site",
    "SELECT site, customer, region, NULL, NULL, NULL, NULL FROM whose_asset",
)
"""What registers call a site, whose it is, and where."""
ROWS_AT_SITES = (('"case"', "region"), ("pledge", "region"), ("downtime", "NULL"))


def _rows_said(con: duckdb.DuckDBPyConnection) -> list[str]:
    """What rows say of sites; those that name none are not read through."""
    return [
        f"SELECT o.site, {_whose('o')}, {region}, NULL, NULL, NULL, NULL FROM {one} o "
        f"{_asset_of('o')}"
        for one, region in ROWS_AT_SITES
        if con.execute(f"SELECT 1 FROM {one} WHERE site IS NOT NULL LIMIT 1").fetchone()
    ]


def stand(con: duckdb.DuckDBPyConnection) -> None:
    """Which site each name means beside each customer: a name is one customer's.

    Where a register gives a name to one customer alone, it is that one's, whoever else is named
    beside it; so is a name beside no customer, if only one has it.
    """
    con.execute(
        "CREATE TABLE asset_at AS SELECT key AS of_asset, any_value(site) AS at_site, "
        "any_value(customer) AS whose FROM whose_asset WHERE site IS NOT NULL GROUP BY key"
    )
    said = [*SAID_OF_SITES, *_rows_said(con)]
    con.execute(
        "CREATE TABLE site_said AS SELECT name, customer, region, zone, number, address, country, "
        f"count(*) AS rows FROM ({' UNION ALL '.join(said)}) u WHERE name IS NOT NULL GROUP BY ALL"
    )
    con.execute(f"""
      CREATE TABLE site_called AS
      WITH said AS (SELECT DISTINCT name, customer FROM site_said),
        one AS (SELECT name, any_value(customer) AS customer FROM said WHERE customer IS NOT NULL
          GROUP BY name HAVING count(*) = 1),
        own AS (SELECT coalesce(label, site, key) AS name, any_value(customer) AS customer
          FROM whose_site WHERE customer IS NOT NULL GROUP BY 1 HAVING count(DISTINCT customer) = 1)
      SELECT name, customer, home,
        key_of(CASE WHEN home IS NULL THEN name ELSE concat(name, {PARTED}, home) END) AS id
      FROM (SELECT said.*, coalesce(own.customer, said.customer, one.customer) AS home
        FROM said LEFT JOIN own USING (name) LEFT JOIN one USING (name)) d""")


def stands(con: duckdb.DuckDBPyConnection, alias: str) -> tuple[str, str]:
    """The key of the site that a row means, and the join for it; where no site is named, none."""
    if count(con, "SELECT count(*) FROM site_called"):
        return "s.id AS stands", site_of(alias)
    return "CAST(NULL AS VARCHAR) AS stands", ""


def site_of(alias: str) -> str:
    """Join the key of the site that a row means by a name and a customer."""
    return (
        f"{_asset_of(alias)} LEFT JOIN site_called s ON s.name = {alias}.site "
        f"AND s.customer IS NOT DISTINCT FROM {_whose(alias)}"
    )


def _asset_of(alias: str) -> str:
    return f"LEFT JOIN asset_at h ON h.of_asset = {alias}.asset AND h.at_site = {alias}.site"


def _whose(alias: str) -> str:
    """Whose site a row means: where its asset stands, it is the asset's, whoever reports it."""
    return f"CASE WHEN h.of_asset IS NULL THEN {alias}.customer ELSE h.whose END"
