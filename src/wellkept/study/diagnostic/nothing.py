"""Facts of an organisation that keeps no records at all: every table is there, and empty."""

import duckdb

from wellkept.study.facts.source import DuckFacts
from wellkept.study.facts.tables import FACTS


def no_facts() -> DuckFacts:
    """This will give empty fact tables."""
    con = duckdb.connect(config={"threads": 1})
    for table in FACTS:
        con.execute(table.create_sql())
    return DuckFacts(con)
