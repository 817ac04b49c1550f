"""Putting names to numbers: the rows behind the worst."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Source
from wellkept.study.measures import selections
from wellkept.study.measures.card import Named
from wellkept.study.measures.window import Window

Order = Sequence[int] | NDArray[np.int64]


def case_names(
    source: Source,
    window: Window,
    rows: Mapping[str, Any],
    order: Order,
    values: NDArray[np.float64],
) -> tuple[Named, ...]:
    """This will name chosen cases; `order` holds positions in `rows`, worst first."""
    text = selections.CASE_NAMES
    return names_of(source, text, rows["no"], order, values, given=window.given)


def names_of(
    source: Source,
    selection: str,
    no: NDArray[Any],
    order: Order,
    values: NDArray[np.float64],
    still: NDArray[np.bool_] | None = None,
    *,
    given: Mapping[str, int],
    due: str = "CAST(NULL AS BIGINT)",
) -> tuple[Named, ...]:
    """This will name chosen rows of a fact; the selection gives `no` and the columns of Named.

    `still` says which have not ended; without it the selection does. `due`: the column of a case
    that holds the date by which it was owed.
    """
    at = {int(no[i]): int(i) for i in order}
    if not at:
        return ()
    text = selection.format(numbers=", ".join(map(str, at)), due=due)
    found = {row["no"]: row for row in source.rows(text, **given)}
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
