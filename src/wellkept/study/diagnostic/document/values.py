"""Plain values for the document: numbers that are never NaN, moments, names."""

import math
from collections.abc import Sequence
from typing import Any

from wellkept.study.diagnostic.evidence.finding import Figure
from wellkept.study.measures.card import Named, Where, number

Json = dict[str, Any]


def real(value: float | None, digits: int = 4) -> float | int | None:
    """This will give a finite number, rounded; None for what does not exist."""
    if value is None or not math.isfinite(value):
        return None
    return number(round(float(value), digits))


def figure(found: Figure | None) -> Json | None:
    """This will give a number with its interval."""
    if found is None:
        return None
    return {"value": real(found.value), "low": real(found.low), "high": real(found.high)}


def named(cases: Sequence[Named], where: Where, most: int = 5) -> list[Json]:
    """This will name cases with their file and line."""
    return [case.document(where) for case in cases[:most]]
