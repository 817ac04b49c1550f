"""The order in which steps of many items are bought: what a unit of money removes, most first."""

import numpy as np
from numpy.typing import NDArray


def steepest_first(slope: NDArray[np.float64], item: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the order of the steps (s,) by slope, the greatest first; those of an item stay in turn.

    Steps come item by item and in turn, slopes fall within an item. Two that are alike may rise by
    a rounding; the later one then counts as the one before it.
    """
    slope = slope.copy()
    same = item[1:] == item[:-1]
    while (rises := same & (slope[1:] > slope[:-1])).any():
        slope[1:][rises] = slope[:-1][rises]
    return np.argsort(-slope, kind="stable")
