"""Registers without telling headers: found by the values that they share with the other tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wellkept.record.sources.evidence import is_unique
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.roles import REGISTERS
from wellkept.record.sources.shape import lists_stock
from wellkept.record.sources.shape_evidence import lists_people
from wellkept.record.sources.understanding import Understanding

Profiles = Mapping[str, Sequence[ColumnProfile]]  # file → its columns
Overlap = Callable[[str, str, str, str], float]  # (file, key, other file, other key) → share
FOUND = ("asset", "customer", "site")
"""Whose registers are found so: a list of spare parts has products' numbers in common, too."""
ENOUGH = 0.5
LEAST_VALUES = 5


def sampled_overlap(profiles: Profiles) -> Overlap:
    """This will make an overlap out of the samples: right for up to some hundred values.

    For larger tables hand in one that counts in the engine: the share of the other column's
    different values that this column has, too.
    """
    samples = {
        (file, profile.key): frozenset(value.strip().casefold() for value in profile.sample)
        for file, columns in profiles.items()
        for profile in columns
    }

    def overlap(file: str, key: str, other: str, other_key: str) -> float:
        mine, theirs = samples[file, key], samples[other, other_key]
        least = min(len(mine), len(theirs))
        return len(mine & theirs) / least if least >= LEAST_VALUES else 0.0

    return overlap


@dataclass(frozen=True, slots=True)
class Shared:
    """A column whose values another table names in a role: its table is that role's register."""

    role: str  # asset, customer, site
    key: str
    share: float
    file: str  # the other table

    def why(self, header: str) -> str:
        """The sentence that says why the table is taken for a register."""
        return (
            f"‘{header}’ has {self.share:.0%} of the values that ‘{self.file}’ names as {self.role}"
        )


def relate(
    understandings: Sequence[Understanding], profiles: Profiles, overlap: Overlap | None = None
) -> dict[str, Shared]:
    """This will find the registers whose headers do not say so, by file.

    A table of no known shape, or a register, is the register of the role whose values its
    one-per-row column has in common with the other tables.
    """
    measure = overlap or sampled_overlap(profiles)
    facts = [one for one in understandings if one.shape not in (*REGISTERS, "none")]
    found: dict[str, Shared] = {}
    for one in understandings:
        if one.shape in (*REGISTERS, "none") and not _is_stated(one) and not _another(one):
            best = _best(one, profiles[one.file], facts, measure)
            if best is not None and (one.shape != best.role or one.key(best.role) != best.key):
                found[one.file] = best
    return found


def _is_stated(one: Understanding) -> bool:
    """What the recipe says is not overruled by values."""
    return any(column.how == "recipe" for column in one.roles.values())


def _another(one: Understanding) -> bool:
    """People and stock name assets and sites, too, without being their register."""
    headers = one.headers.values()
    return one.shape == "none" and (lists_people(headers) or lists_stock(headers))


def _best(
    one: Understanding,
    columns: Sequence[ColumnProfile],
    facts: Sequence[Understanding],
    overlap: Overlap,
) -> Shared | None:
    found: list[Shared] = []
    for profile in columns:
        if not is_unique(profile, 0.9) or profile.key in one.ignored:
            continue
        for fact in facts:
            for role in FOUND:
                theirs = fact.key(role)
                if theirs is not None:
                    share = overlap(one.file, profile.key, fact.file, theirs)
                    found.append(Shared(role, profile.key, share, fact.file))
    best = max(found, key=lambda shared: shared.share, default=None)
    return best if best is not None and best.share >= ENOUGH else None
