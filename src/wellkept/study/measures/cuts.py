"""Cutting a measure by a column of the records: a label for each row, numbered."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Source
from wellkept.study.measures.composing import Code
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.window import Window

CODED = ("kind", "consequence")
"""Columns whose labels are codes, not names that people gave."""
NOT_RECORDED = _("(not recorded)")


def labels(
    source: Source, window: Window, fact: str, no: NDArray[Any]
) -> tuple[NDArray[np.int64], list[str]] | None:
    """This will number the group of each row; None if nothing is cut or there is no such column.

    `no`: the rows' numbers in ascending order. The source keeps `by_<fact>` (no, label).
    """
    if window.by is None:
        return None
    if not source.rows(f"SELECT 1 FROM information_schema.tables WHERE table_name = 'by_{fact}'"):
        return None
    names = source.rows(f"SELECT DISTINCT label FROM by_{fact} WHERE label IS NOT NULL ORDER BY 1")
    known = [NOT_RECORDED, *(_label(row["label"], window.by) for row in names)]
    found = source.columns(
        f"""SELECT b.no, coalesce(l.n, 0) AS n FROM by_{fact} b LEFT JOIN
            (SELECT label, row_number() OVER (ORDER BY label) AS n FROM
              (SELECT DISTINCT label FROM by_{fact} WHERE label IS NOT NULL) d) l
            ON l.label = b.label ORDER BY b.no"""
    )
    if not found["no"].size:
        return np.zeros(no.size, np.int64), known
    at = np.minimum(np.searchsorted(found["no"], no), found["no"].size - 1)
    here = np.where(found["no"][at] == no, found["n"][at], 0)
    return here.astype(np.int64), known


def _label(label: str, by: str) -> str:
    return Code(label) if by in CODED else label


def parts_of(by_no: NDArray[np.int64]) -> Iterable[tuple[int, NDArray[np.int64]]]:
    """This will give each group's number with the positions of its rows, in one pass."""
    order = np.argsort(by_no, kind="stable")
    numbers, starts = np.unique(by_no[order], return_index=True)
    for number, rows in zip(numbers, np.split(order, starts[1:]), strict=True):
        yield int(number), rows
