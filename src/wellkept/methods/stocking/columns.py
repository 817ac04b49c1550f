"""What every stocking method asks of its numbers: present, in range, of one length."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.bounds import Floats, Whole


def amounts(column: ArrayLike, name: str, *, above: bool = False) -> Floats:
    """Give numbers from 0 up (or strictly above 0) as floats.

    Raises ValueError naming the column, the position and the value of the first misfit.
    """
    values = np.asarray(column, np.float64)
    fits = np.isfinite(values) & ((values > 0) if above else (values >= 0))
    if not fits.all():
        _refuse(values, fits, name, "a number above 0" if above else "a number from 0 up")
    return values


def counts(column: ArrayLike, name: str, *, least: int | None = 0) -> Whole:
    """Give whole numbers from `least` up (None: any), or refuse the first that is not."""
    values = np.asarray(column)
    if values.dtype.kind not in "iu":
        values = np.asarray(values, np.float64)
        fits = np.isfinite(values) & (values == np.floor(values)) & (np.abs(values) < 2**53)
    else:
        fits = np.ones(values.shape, np.bool_)
    if least is not None:
        fits &= values >= least
    if not fits.all():
        _refuse(values, fits, name, f"a whole number{'' if least is None else f' from {least} up'}")
    return values.astype(np.int64)


def shares(column: ArrayLike, name: str) -> Floats:
    """Give shares between 0 and 1, both included, or refuse the first that is not one."""
    values = np.asarray(column, np.float64)
    fits = (values >= 0) & (values <= 1)
    if not fits.all():
        _refuse(values, fits, name, "a share between 0 and 1")
    return values


def together(**columns: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Stretch columns to one shape, or say which do not fit each other."""
    try:
        return np.broadcast_arrays(*columns.values())
    except ValueError:
        sizes = ", ".join(f"{name} {np.shape(column)}" for name, column in columns.items())
        raise ValueError(f"These columns do not fit each other: {sizes}.") from None


def _refuse(values: NDArray[Any], fits: NDArray[np.bool_], name: str, wanted: str) -> None:
    places = np.flatnonzero(~fits)
    where = f" at position {places[0]}" if values.ndim else ""
    raise ValueError(
        f"{places.size} values of {name} cannot be used (the first{where}:"
        f" {np.ravel(values)[places[0]]}): each must be {wanted}."
    )
