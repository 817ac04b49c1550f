"""What a folder says of products: its lists of them, and what its registers of assets name.

A product is its number, where a file gives one; else its name. What a register calls it is looked
up in the lists of the folder: as a number first, as a name second, and only where one is meant.
"""

import duckdb

from wellkept.study.facts.aliases import BARE, DIGITS
from wellkept.study.facts.staged import PRODUCT_DAYS

LISTED = "list"
"""Begins what a list of products said of one; what a register said begins otherwise."""
NAMED = "named"
PLACES = {
    "name": 1,
    "kind": 2,
    "family": 3,
    "released_on": 4,
    "sale_ends_on": 5,
    "support_ends_on": 6,
    "expected_life_years": 7,
}
"""Where `said` has what a list says of each field of a product."""
SHORT = 8
"""Characters of a hash by which a text is compared with what was said before."""


def offer_products(con: duckdb.DuckDBPyConnection) -> None:
    """This will make `offered_product`, and `product_meant`: what registers name, and its id."""
    _rows(con)
    _names(con)
    _complete(con)
    _meant(con)
    _offered(con)


def hashed(text: str) -> str:
    """This will say as SQL how a text is compared with what was said before."""
    return f"left(md5({text}), {SHORT})"


def _rows(con: duckdb.DuckDBPyConnection) -> None:
    """The rows of lists, and the numbers and names that they give."""
    con.execute("CREATE TABLE product_row AS SELECT * FROM all_products")
    con.execute(
        "CREATE TABLE listed_number AS SELECT DISTINCT number FROM product_row "
        "WHERE number IS NOT NULL"
    )
    con.execute(
        "CREATE TABLE listed_name AS SELECT name, any_value(number) AS number, "
        "count(DISTINCT number) AS numbers FROM product_row WHERE name IS NOT NULL "
        "AND number IS NOT NULL GROUP BY name"
    )


def _names(con: duckdb.DuckDBPyConnection) -> None:
    """Names that one number alone has: in the lists, else in registers that give both."""
    con.execute(
        "CREATE TABLE number_named AS SELECT name, number FROM listed_name WHERE numbers = 1 "
        "AND name NOT IN (FROM listed_number) UNION ALL "
        "SELECT product, any_value(product_no) FROM whose_asset WHERE product IS NOT NULL "
        "AND product_no IS NOT NULL AND product NOT IN (SELECT name FROM listed_name) "
        "AND product NOT IN (FROM listed_number) "
        "GROUP BY product HAVING count(DISTINCT product_no) = 1"
    )
    con.execute(
        f"CREATE TABLE number_bare AS SELECT {BARE.format('number')} AS bare, "
        "any_value(number) AS number, count(*) AS alike FROM listed_number "
        f"WHERE {DIGITS.format('number')} GROUP BY 1"
    )


def _complete(con: duckdb.DuckDBPyConnection) -> None:
    """A row of a list without a number has that of its name, if only one number has the name."""
    con.execute(
        "UPDATE product_row SET number = name WHERE number IS NULL AND name IN (FROM listed_number)"
    )
    con.execute(
        "UPDATE product_row r SET number = q.number FROM number_named q "
        "WHERE r.number IS NULL AND q.name = r.name"
    )


def _meant(con: duckdb.DuckDBPyConnection) -> None:
    """Each pair of number and name that registers of assets give, and the product it means.

    A number that a spreadsheet took the zeros from is that of the list which has it with them.
    """
    con.execute(f"""
      CREATE TABLE product_meant AS
      WITH pair AS (SELECT DISTINCT product_no, product FROM whose_asset
          WHERE product_no IS NOT NULL OR product IS NOT NULL),
        known AS (FROM listed_number UNION SELECT product_no FROM pair),
        told AS (SELECT p.product_no, p.product, coalesce(
            CASE WHEN p.product_no IN (FROM listed_number) THEN p.product_no END,
            b.number, p.product_no,
            CASE WHEN p.product IN (FROM known WHERE number IS NOT NULL) THEN p.product END,
            n.number, c.number) AS number
          FROM pair p LEFT JOIN number_bare b ON b.alike = 1
              AND b.bare = {BARE.format("p.product_no")} AND {DIGITS.format("p.product_no")}
            LEFT JOIN number_named n ON n.name = p.product
            LEFT JOIN number_bare c ON c.alike = 1
              AND c.bare = {BARE.format("p.product")} AND {DIGITS.format("p.product")})
      SELECT *, key_of(coalesce(number, product)) AS id FROM told""")


def _offered(con: duckdb.DuckDBPyConnection) -> None:
    """One row for each product: the last row of the lists, else what registers call it."""
    days = ", ".join(
        f"CAST(DATE '1970-01-01' + CAST({day}_s // 86400 AS INTEGER) AS DATE) AS {day}_on"
        for day in PRODUCT_DAYS
    )
    con.execute(f"""
      CREATE TABLE product_line AS SELECT *, concat_ws('|', '{LISTED}', {_said("name")},
        coalesce(kind, ''), {_said("family")},
        {", ".join(f"coalesce(CAST({day}_on AS VARCHAR), '')" for day in PRODUCT_DAYS)},
        coalesce(CAST(expected_life AS VARCHAR), '')) AS said
      FROM (SELECT coalesce(key_of(coalesce(number, name)), concat('row ', src, ':', row)) AS id,
        number, name, kind, family, {days}, expected_life, ord, src, row FROM product_row) d""")
    con.execute(f"""
      CREATE TABLE product_called AS SELECT id, number, name,
        CASE WHEN name IS NULL THEN '' ELSE concat('{NAMED}|', {hashed("name")}) END AS said
      FROM (SELECT id, any_value(number) AS number, mode(product) FILTER (WHERE
          product_no IS NOT NULL AND product <> product_no) AS name
        FROM product_meant GROUP BY id) d""")
    con.execute(f"""
      CREATE TABLE offered_product AS
      WITH twice AS (SELECT DISTINCT id FROM (SELECT id FROM product_line GROUP BY id, src
          HAVING count(DISTINCT name) > 1) t),
        listed AS (SELECT * EXCLUDE (nth, ord), true AS listed FROM (SELECT *, row_number() OVER
          (PARTITION BY id ORDER BY ord DESC) AS nth FROM product_line) d WHERE nth = 1),
        every AS (FROM listed UNION ALL BY NAME SELECT id, number, name, false AS listed,
          coalesce((SELECT CASE WHEN c.said <> '' AND starts_with(r.said, '{LISTED}||')
              THEN concat('{LISTED}|', {hashed("c.name")}, substr(r.said, {len(LISTED) + 2}))
              ELSE r.said END
            FROM recalled_said r WHERE r.noun = 'product' AND r.id = c.id), said) AS said
          FROM product_called c WHERE id NOT IN (SELECT id FROM listed)),
        word AS (SELECT number, list_sort(list(name)) AS names FROM number_named GROUP BY number)
      SELECT row_number() OVER (ORDER BY e.id) AS n, e.* REPLACE (coalesce(e.name, c.name,
          e.number, e.id) AS name), e.name IS NULL AND e.listed AS nameless,
        e.listed AND e.name IS NULL AND e.number IS NULL AS nothing,
        e.id IN (FROM twice) AS twice, e.listed AND coalesce(b.alike > 1, false) AS alike,
        e.number IS NULL AND coalesce(l.numbers > 1, false) AS several,
        coalesce(q.number = e.number, false) AS one_number, coalesce(w.names, []) AS numbers
      FROM every e LEFT JOIN product_called c ON c.id = e.id
        LEFT JOIN number_bare b ON b.bare = {BARE.format("e.number")}
          AND {DIGITS.format("e.number")}
        LEFT JOIN listed_name l ON l.name = e.id
        LEFT JOIN number_named q ON q.name = coalesce(e.name, c.name)
        LEFT JOIN word w ON w.number = e.number
      ORDER BY n""")


def _said(text: str) -> str:
    return f"CASE WHEN {text} IS NULL THEN '' ELSE {hashed(text)} END"
