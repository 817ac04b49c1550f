"""Rows as they were written, packed in blocks, and read back."""

import json
import zlib
from collections.abc import Iterator
from typing import Any

import duckdb

from wellkept.record.sources.models import ImportRun, RawBlock
from wellkept.record.sources.tables import RawTable
from wellkept.study.facts.source import quoted

ROWS = 20_000
"""Rows of one block."""


def blocks(
    con: duckdb.DuckDBPyConnection, table: RawTable, first: int, last: int
) -> tuple[int, int, bytes]:
    """This will pack the rows first to last of a file: JSON lists of texts, one in a line."""
    cells = ", ".join(f"CAST({quoted(column.key)} AS VARCHAR)" for column in table.columns)
    lines = con.execute(
        f"SELECT CAST(to_json([{cells}]) AS VARCHAR) FROM {table.relation} "
        f"WHERE row BETWEEN {first} AND {last} ORDER BY row"
    ).fetchall()
    text = "\n".join(line for (line,) in lines)
    return first, last, zlib.compress(text.encode(), 1)


def raw_row(run: ImportRun, file: int, row: int) -> dict[str, Any] | None:
    """This will read one row of an imported file as it was written; None where it is not kept."""
    block = run.raw_blocks.filter(file=file, first_row__lte=row, last_row__gte=row).first()
    if block is None:
        return None
    headers = next(one["headers"] for one in run.files if one["file"] == file)
    cells = _lines(block)[row - block.first_row]
    return dict(zip(headers, cells, strict=True))


def raw_rows(run: ImportRun, file: int) -> Iterator[list[str | None]]:
    """This will give all rows of an imported file as they were written, in order."""
    for block in run.raw_blocks.filter(file=file).order_by("first_row"):
        yield from _lines(block)


def _lines(block: RawBlock) -> list[list[str | None]]:
    text = zlib.decompress(bytes(block.content)).decode()
    return [json.loads(line) for line in text.split("\n")]
