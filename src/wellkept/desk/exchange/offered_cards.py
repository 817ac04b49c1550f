"""What registers say of an asset itself, and how it is compared with what they said before."""

import duckdb

from wellkept.desk.exchange.catalogue import hashed
from wellkept.study.facts.staged import ASSET_DAYS, REVISIONS

CARD = (
    "serial", "installed_on", "warranty_ends_on", "software_revision", "hardware_revision",
)  # fmt: skip
"""What registers say of an asset itself, in the order in which it is `said`."""


def offer_cards(con: duckdb.DuckDBPyConnection) -> str:
    """This will make `asset_card` (key and CARD): of each field what is said last.

    Gives as SQL what is said of the card `c`, field by field: days as they are, texts by a short
    hash, for a mark may be long and hold anything; nothing where no field is said.
    """
    latest = [f"arg_max({one}, ord) AS {one}" for one in ("serial", *REVISIONS)]
    latest += [
        f"CAST(DATE '1970-01-01' + CAST(arg_max({day}_s, ord) // 86400 AS INTEGER) AS DATE) "
        f"AS {day}_on"
        for day in ASSET_DAYS
    ]
    con.execute(
        f"CREATE TABLE asset_card AS SELECT key, {', '.join(latest)} FROM all_cards GROUP BY key"
    )
    there = ", ".join(f"CAST(c.{one} AS VARCHAR)" for one in CARD)
    said = ", ".join(f"coalesce({_compared(one)}, '')" for one in CARD)
    return (
        f"CASE WHEN coalesce({there}) IS NOT NULL THEN concat('|', concat_ws('|', {said})) "
        "ELSE '' END"
    )


def _compared(field: str) -> str:
    return f"CAST(c.{field} AS VARCHAR)" if field.endswith("_on") else hashed(f"c.{field}")
