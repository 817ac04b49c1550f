"""Who answers for what a person owns, when that person is not there. Plain values only."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One person at one moment: whether they work for us, are away, and who stands in for them.

    `deputies` are in order: of the absence first, then of the roles held.
    """

    with_us: bool = True
    away: bool = False
    deputies: tuple[int, ...] = ()

    @property
    def present(self) -> bool:
        """Whether they can act themselves."""
        return self.with_us and not self.away


def present_owner(person: int | None, where: Mapping[int, Whereabouts]) -> int | None:
    """This will give who answers now: the owner, or the first deputy who is there, or nobody.

    A deputy's own deputy does not count: that somebody has taken over is known only one step far.
    An owner that is not in `where` is nobody.

    >>> away = Whereabouts(away=True, deputies=(2,))
    >>> present_owner(1, {1: away, 2: Whereabouts()}), present_owner(1, {1: away, 2: away})
    (2, None)
    """
    if person is None or person not in where:
        return None
    if where[person].present:
        return person
    able = (one for one in where[person].deputies if one in where and where[one].present)
    return next(able, None)
