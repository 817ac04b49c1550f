"""The fact tables are documented column by column, and can be made."""

from pathlib import Path

import duckdb
import pytest

from wellkept.study.facts.tables import FACTS, URGENCY, FactTable

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "facts.md"


@pytest.mark.parametrize("table", FACTS, ids=lambda table: table.name)
def test_every_column_stands_on_the_page_with_its_meaning(table: FactTable) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"## `{table.name}`")[1].split("\n## ")[0]
    for column in table.columns:
        assert f"| `{column.name}` | {column.type} | {column.means} |" in section


@pytest.mark.parametrize("table", FACTS, ids=lambda table: table.name)
def test_every_table_can_be_made_and_moments_are_whole_seconds(table: FactTable) -> None:
    con = duckdb.connect()
    con.execute(table.create_sql())
    for column in table.columns:
        if column.name.endswith("_s"):
            assert column.type == "BIGINT"
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))


def test_an_unknown_consequence_stands_after_production_stopped() -> None:
    order = sorted(URGENCY, key=lambda name: URGENCY[name])
    assert order == ["safety", "production_stopped", "unknown", "degraded", "inconvenience"]
