"""CUSUM and EWMA against the printed tables of their textbooks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from wellkept.methods import drift

# NIST/SEMATECH e-Handbook 6.3.2.3
NIST_CUSUM = [324.925, 324.675, 324.725, 324.35, 325.35, 325.225, 324.125, 324.525, 325.225, 324.6,
              324.625, 325.15, 328.325, 327.25, 327.825, 328.5, 326.675, 327.775, 326.875,
              328.35]  # fmt: skip
NIST_UP = [0, 0, 0, 0, 0.03, 0, 0, 0, 0, 0, 0, 0, 3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.0,
           19.04]  # fmt: skip
NIST_DOWN = [0, 0.01, 0, 0.33, 0, 0, 0.56, 0.72, 0.17, 0.25, 0.31, 0, 0, 0, 0, 0, 0, 0, 0, 0]
# Montgomery, Introduction to Statistical Quality Control, table 9.1
MONTGOMERY = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51,
              9.4, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08,
              10.38, 11.62, 11.31, 10.52]  # fmt: skip
MONTGOMERY_UP = [0, 0, 0, 1.16, 2.82, 2.5, 0.04, 1.0, 0, 0, 0, 0.97, 0.98, 0, 0, 0, 0.12, 0, 0,
                 0.34, 0.74, 0, 1.79, 2.79, 2.89, 3.47, 3.35, 4.47, 5.28]  # fmt: skip
# NIST/SEMATECH e-Handbook 6.3.2.4
NIST_EWMA = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3,
             47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # fmt: skip
NIST_LEVEL = [50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36,
              49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99]  # fmt: skip


def test_the_sums_equal_the_handbook_and_signal_at_the_fourteenth() -> None:
    found = drift.cusum(NIST_CUSUM, target=325, slack=0.3175, threshold=4.1959)
    assert_allclose(found.up, NIST_UP, atol=0.0101)  # the handbook rounds on the way
    assert_allclose(found.down, NIST_DOWN, atol=0.0101)
    assert found.first == 13
    assert found.signal[13:].all()


def test_the_sums_equal_montgomery_and_signal_at_the_twenty_ninth() -> None:
    found = drift.cusum(MONTGOMERY, target=10, slack=0.5, threshold=5)
    assert_allclose(found.up[:29], MONTGOMERY_UP, atol=1e-9)
    assert found.first == 28


def test_the_level_and_its_limits_equal_the_handbook() -> None:
    found = drift.ewma(NIST_EWMA, target=50, deviation=2.0539, settled_limits=True)
    assert_allclose(found.level, NIST_LEVEL, atol=0.00501)
    assert_allclose(found.high, 52.5884, atol=5e-5)
    assert_allclose(found.low, 47.4115, atol=7e-5)  # the handbook truncates 47.41157
    assert not found.signal.any()


def test_limits_are_narrow_at_first_and_settle() -> None:
    grown = drift.ewma(NIST_EWMA, target=50, deviation=2.0539)
    settled = drift.ewma(NIST_EWMA, target=50, deviation=2.0539, settled_limits=True)
    assert grown.high[0] == pytest.approx(50 + 3 * 2.0539 * 0.3)
    assert (np.diff(grown.high) > 0).all()
    assert grown.high[-1] == pytest.approx(settled.high[-1], rel=1e-5)


def test_a_level_that_stays_has_no_first_signal() -> None:
    found = drift.cusum([0.1, -0.1] * 20, target=0, slack=0.5, threshold=4)
    assert found.first is None
    assert not found.signal.any()


def test_impossible_series_are_refused() -> None:
    with pytest.raises(ValueError, match="no missing values"):
        drift.cusum([1.0, math.nan], 0, 1, 1)
    with pytest.raises(ValueError, match="weight of the newest"):
        drift.ewma([1.0], 0, 1, weight=0)
