"""What imports of small files share."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """Let one thread read: a few rows are never shared out, and to ask others costs a quarter."""
    with pytest.MonkeyPatch.context() as patch:
        connect = duckdb.connect

        def alone(
            database: str = ":memory:", *, config: dict[str, Any]
        ) -> duckdb.DuckDBPyConnection:
            return connect(database, config=config | {"threads": "1"})

        patch.setattr(duckdb, "connect", alone)
        yield
