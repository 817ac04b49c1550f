"""Parts of which thousands are asked for: in lots of how many pieces they are reckoned."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.cells import Floats

Whole = NDArray[np.int64]
MANY = 1_000
"""A part is reckoned in lots if so many pieces, the mean and eight deviations, may be asked for
within a resupply time."""
FAR = 8.0
FINE, COARSE = 16.0, 8.0
"""Lots in a deviation of what is asked for within a resupply time, at least: so many of parts that
are asked for piece by piece, so many of those whose requests are as large as a lot."""
DOUBT = 2.0
"""Of how it varies, one part in so many is that lots come whole; the rest stays doubt of the rate.

A part whose rate is all but known, asked for piece by piece, leaves no room for lots.
"""
CERTAIN = 1e6


def sizes(shape: Floats, mean: Floats, lumps: Floats) -> Whole:
    """This will choose the pieces of a lot of each part; 1 for all that are not asked for so often.

    `mean` pieces are asked for within a resupply time, `shape` is that of the Gamma law of their
    rate, `lumps` E[q²] ÷ E[q] of the pieces that come together. A lot has one digit that is not 0.
    """
    with np.errstate(divide="ignore"):
        square = lumps / np.maximum(mean, 1e-9) + 1 / shape
    varies = mean * np.sqrt(square)
    most = np.maximum(
        np.minimum(lumps, varies / COARSE),
        np.minimum(varies / FINE, mean * square / DOUBT),
    )
    digit = 10.0 ** np.floor(np.log10(np.maximum(most, 1.0)))
    found = np.maximum(most // digit * digit, 1.0)
    return np.where(mean + FAR * varies >= MANY, found, 1.0).astype(np.int64)


def shape(known: Floats, lot: Whole, mean: Floats, lumps: Floats) -> Floats:
    """This will give the shape of the rates of lots that vary as the pieces do.

    In a resupply time pieces vary by lumps × mean + mean² ÷ shape. Lots of q of them, q no more
    than their lumps, do so as well; larger ones by q mean + mean² ÷ the shape given here.
    """
    rest = 1 / known - (lot - lumps) / np.maximum(mean, 1e-9)
    found = 1 / np.maximum(rest, 1 / CERTAIN)
    return np.asarray(np.where(lot > lumps, found, known))
