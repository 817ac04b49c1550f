"""What registers say of an asset itself, and how it is compared with what they said before."""

import duckdb

from wellkept.desk.exchange.catalogue import hashed
from wellkept.record.installed_base.rules import State
from wellkept.study.facts.aliases import UNKNOWN_LIFE
from wellkept.study.facts.staged import ASSET_DAYS, REVISIONS

CARD = (
    "serial", "installed_on", "warranty_ends_on", "software_revision", "hardware_revision",
)  # fmt: skip
"""What registers say of an asset itself, in the order in which it is `said`."""
LIFE = {life.value: f"life:{place}" for place, life in enumerate(State)}
LIFE[UNKNOWN_LIFE] = "life:?"
"""How it is `said` where in its life an asset is: no hash and no day looks like it."""
_LIVES = {code: life for life, code in LIFE.items()}


def offer_cards(con: duckdb.DuckDBPyConnection) -> str:
    """This will make `asset_card` (key, CARD and `life`): of each field what is said last.

    Gives as SQL what is said of the card `c`, field by field: days as they are, texts by a short
    hash, for a mark may be long and hold anything; nothing where no field is said. Where the asset
    is in its life stands behind, as `LIFE` has it, and nothing where no column says it.
    """
    latest = [f"arg_max({one}, ord) AS {one}" for one in ("serial", *REVISIONS, "life")]
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
    lives = " ".join(f"WHEN '{life}' THEN '|{code}'" for life, code in LIFE.items())
    return (
        f"concat(CASE WHEN coalesce({there}) IS NOT NULL THEN concat('|', concat_ws('|', {said})) "
        f"END, CASE c.life {lives} END)"
    )


def life_said(said: str) -> str:
    """This will give where in its life a register said that an asset was; nothing if it did not.

    >>> life_said("|0f3a|life:5"), life_said("|0f3a||2024-02-01|||"), life_said("|0f3a|life:?|?")
    ('idle', '', 'unknown')
    """
    return next((_LIVES[one] for one in said.split("|") if one in _LIVES), "")


def _compared(field: str) -> str:
    return f"CAST(c.{field} AS VARCHAR)" if field.endswith("_on") else hashed(f"c.{field}")
