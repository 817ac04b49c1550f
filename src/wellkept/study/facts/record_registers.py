"""Whom a row of the record concerns: customer, site, region and consequence, merges followed."""

import duckdb

from wellkept.study.facts.cases import urgency
from wellkept.study.facts.tables import ASSET, URGENCY, WATCH

WHO = """u.name AS customer, CAST(u.survivor AS INTEGER) AS customer_no, s.name AS site,
      a.number AS asset, g.name AS region, q.word AS consequence, q.rank AS urgency"""
KNOWN = """LEFT JOIN known_asset a ON a.id = r.asset_id
      LEFT JOIN known_customer u ON u.id = coalesce(r.customer_id, a.customer_id)
      LEFT JOIN r_site s ON s.id = coalesce(r.site_id, a.site_id)
      LEFT JOIN r_region g ON g.id = s.region_id
      JOIN grave q ON q.no = coalesce(nullif(r.consequence, 2), a.consequence, 2)"""
"""What WHO says of a row `r`: its own words first, its asset's after, but for a customer of whom
nobody said that it is theirs; a customer merged into another is that other."""


def build(con: duckdb.DuckDBPyConnection) -> None:
    """This will make known_customer, known_asset and grave."""
    con.execute(
        "CREATE TABLE known_customer AS SELECT c.id, coalesce(k.id, c.id) AS survivor, "
        "coalesce(k.name, c.name) AS name FROM r_customer c LEFT JOIN r_customer k "
        "ON k.id = c.merged_into_id"
    )
    con.execute(
        "CREATE TABLE known_asset AS SELECT a.id, coalesce(k.number, a.number) AS number, "
        "coalesce(k.customer_id, a.customer_id) AS kept_for_id, "
        "CASE WHEN NOT coalesce(k.customer_guessed, a.customer_guessed, false) "
        "THEN coalesce(k.customer_id, a.customer_id) END AS customer_id, "
        "coalesce(k.site_id, a.site_id) AS site_id, "
        "coalesce(k.consequence, a.consequence) AS consequence, a.merged_into_id IS NULL AS counts "
        "FROM r_asset a LEFT JOIN r_asset k ON k.id = a.merged_into_id"
    )
    con.execute(
        f"CREATE TABLE grave AS SELECT no, word, {urgency('word')} AS rank FROM (VALUES "
        + ", ".join(f"({rank}, '{word}')" for word, rank in URGENCY.items())
        + ") v(no, word)"
    )


def assets(con: duckdb.DuckDBPyConnection) -> None:
    """This will make the asset fact: every asset that is kept and not merged into another."""
    con.execute(WATCH.create_sql())
    con.execute(ASSET.create_sql())
    con.execute(
        "INSERT INTO asset BY NAME SELECT a.number AS asset, any_value(u.name) AS customer, "
        "true AS in_register FROM known_asset a LEFT JOIN known_customer u ON u.id = a.kept_for_id "
        "WHERE a.counts GROUP BY a.number"
    )
    con.execute(
        "CREATE TABLE asset_number AS SELECT asset, "
        "CAST(row_number() OVER (ORDER BY asset) - 1 AS INTEGER) AS asset_no FROM asset"
    )
