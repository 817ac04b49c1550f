"""Putting names to numbers: the rows behind the worst."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Named

Order = Sequence[int] | NDArray[np.int64]


def case_names(
    source: Source,
    rows: Mapping[str, Any],
    order: Order,
    values: NDArray[np.float64],
    still: NDArray[np.bool_] | None = None,
) -> tuple[Named, ...]:
    """This will name chosen cases; `order` holds positions in `rows`, worst first."""
    return names_of(source, selections.CASE_NAMES, rows["no"], order, values, still)


def names_of(
    source: Source,
    selection: str,
    no: NDArray[Any],
    order: Order,
    values: NDArray[np.float64],
    still: NDArray[np.bool_] | None = None,
    given: Mapping[str, int] | None = None,
) -> tuple[Named, ...]:
    """This will name chosen rows of a fact; the selection gives `no` and the columns of Named."""
    at = {int(no[i]): int(i) for i in order}
    if not at:
        return ()
    text = selection.format(numbers=", ".join(map(str, at)))
    found = {row["no"]: row for row in source.rows(text, **(given or {}))}
    return tuple(
        _named(found[number], float(values[i]), None if still is None else bool(still[i]))
        for number, i in at.items()
    )


def _named(row: Mapping[str, Any], value: float, still: bool | None) -> Named:
    return Named(
        id=str(row["id"]),
        value=value,
        customer=row["customer"],
        asset=row["asset"],
        owner=row["owner"],
        consequence=row["consequence"],
        about=row.get("about") or row.get("kind"),
        open=bool(row.get("open")) if still is None else still,
        due_s=row["due_s"],
        src=row["src"],
        row=row["row"],
    )
