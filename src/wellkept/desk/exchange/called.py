"""What a system calls rows of the record, and which rows its names mean."""

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import numpy as np

from wellkept.desk.exchange.catalogue import LISTED
from wellkept.record.access.batches import chunks
from wellkept.record.installed_base.models import ProductExternalId
from wellkept.record.sources.models import ExternalId
from wellkept.study.facts.source import quoted
from wellkept.study.facts.understood import Understood

ASKED = 1_000
"""Numbers of cases and promises that are compared to tell a system by."""
PARTED = "\x1f"
"""Stands in the key of a site between its name and whose it is."""


def known_rows(
    ids: type[ExternalId], kind: str, system: str, names: Iterable[str]
) -> list[tuple[str, int]]:
    """Rows by the names that the system itself gives them; two sites may have one name."""
    found: list[tuple[str, int]] = []
    for some in chunks(called_keys(ids, kind, system, names)):
        known = numbers_of(ids).filter(system=system, kind=kind, external_id__in=some)
        found += [(name_of(key), row) for key, row in known.values_list("external_id", "row")]
    return found


def called_keys(ids: type[ExternalId], kind: str, system: str, names: Iterable[str]) -> set[str]:
    """The keys under which a system may have brought what these names name."""
    wanted = set(names)
    if kind != "site" or not wanted:
        return wanted
    owned = numbers_of(ids).filter(system=system, kind=kind, external_id__contains=PARTED)
    keys = owned.values_list("external_id", flat=True).iterator()
    return wanted | {key for key in keys if name_of(key) in wanted}


def name_of(key: str) -> str:
    """What a system calls a row: of the key of a site the part before whose it is."""
    return key.partition(PARTED)[0]


def labels_of(
    ids: type[ExternalId], kind: str, system: str, rows: Iterable[int | None]
) -> dict[int, str]:
    """What the system calls rows, else what the record does; the first name stays."""
    wanted = {row for row in rows if row is not None}
    found = names_of(ids, wanted)
    for some in chunks(wanted):
        known = numbers_of(ids).filter(system=system, kind=kind, row__in=some)
        keys = known.order_by("-pk").values_list("row", "external_id")
        found |= {row: name_of(key) for row, key in keys}
    return found


def names_of(ids: type[ExternalId], rows: Iterable[int]) -> dict[int, str]:
    """What the record calls rows."""
    links: Any = ids
    model = links._meta.get_field("row").related_model
    found: dict[int, str] = {}
    for some in chunks(set(rows)):
        found |= dict(model._default_manager.filter(pk__in=some).values_list("pk", "name"))
    return found


def numbers_of(ids: type[ExternalId]) -> Any:
    """This will give the numbers of other systems for a noun, to ask them."""
    return ids._default_manager


def fill(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[str | None, ...]]
) -> None:
    """This will put rows of texts into a table of the engine."""
    if rows:
        columns = {
            f"c{n}": np.array(some, dtype=object) for n, some in enumerate(zip(*rows, strict=True))
        }
        texts = ", ".join(f"CAST({name} AS VARCHAR)" for name in columns)
        con.execute(f"INSERT INTO {table} SELECT {texts} FROM columns")


def recall_products(con: duckdb.DuckDBPyConnection, system: str, run: int) -> None:
    """This will tell what an earlier list of the system said of products that registers name.

    A register beside it gives numbers and names, and nothing else of a product: it is said still.
    """
    asked = "SELECT DISTINCT coalesce(product_no, product) AS name FROM all_assets"
    rows = con.execute(f"{asked} WHERE name IS NOT NULL").fetchall()
    for some in chunks(name for (name,) in rows):
        known = numbers_of(ProductExternalId).filter(system=system, kind="product")
        listed = known.filter(external_id__in=some, said__startswith=LISTED)
        said = listed.exclude(run=run).values_list("external_id", "said")
        fill(con, "recalled_said", [("product", *one) for one in said])


def some_numbers(
    con: duckdb.DuckDBPyConnection, understood: Sequence[Understood], role: str
) -> list[str]:
    """This will give some of the numbers of cases or promises, the same for the same files."""
    names: set[str] = set()
    for one in understood:
        if one.stage is None or role not in one.stage.staged.roles:
            continue
        asked = (
            f"SELECT DISTINCT {quoted(role)} AS name FROM {one.stage.staged.relation} "
            f"WHERE name IS NOT NULL ORDER BY md5(name) LIMIT {ASKED}"
        )
        names.update(name for (name,) in con.execute(asked).fetchall())
    return sorted(names)
