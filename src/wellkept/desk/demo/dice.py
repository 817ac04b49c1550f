"""Chance with a seed: each noun of the demo company throws its own dice."""

import math
import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Dice:
    """Repeatable chance for one noun; another noun's throws do not disturb it."""

    def __init__(self, seed: int, noun: str) -> None:
        """Make the dice of a noun from the company's seed."""
        self._rng = np.random.Generator(np.random.PCG64([seed, zlib.crc32(noun.encode())]))

    def chance(self, share: float) -> bool:
        """This will be true in this share of throws."""
        return self._rng.random() < share

    def between(self, low: float, high: float) -> float:
        """This will give any number between two."""
        return low + (high - low) * self._rng.random()

    def spread(self, median: float, sigma: float) -> float:
        """This will give a lognormal number: half below the median, some far above it."""
        return median * math.exp(sigma * self._rng.standard_normal())

    def count(self, expected: float) -> int:
        """This will give a Poisson count."""
        return int(self._rng.poisson(expected))

    def pick(self, many: Sequence[T]) -> T:
        """This will give one of many, each as likely."""
        return many[int(self._rng.random() * len(many))]

    def weigh(self, many: Sequence[T], weights: Sequence[float]) -> T:
        """This will give one of many by weights that add up to 1."""
        left = self._rng.random()
        for one, weight in zip(many, weights, strict=True):
            left -= weight
            if left < 0:
                return one
        return many[-1]
