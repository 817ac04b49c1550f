"""Who answers for what a person owns, when that person is not there. Plain values only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime


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


def absent_of(where: Mapping[int, Whereabouts]) -> tuple[int, ...]:
    """This will give the keys of people who are not there, with nobody there in their place."""
    return tuple(person for person in where if present_owner(person, where) is None)


def is_free_for(owner: int | None, person: int, where: Mapping[int, Whereabouts]) -> bool:
    """This will tell whether a person may take what an owner has: nobody else answers for it now.

    >>> is_free_for(1, 3, {1: Whereabouts(), 3: Whereabouts()}), is_free_for(None, 3, {})
    (False, True)
    """
    return present_owner(owner, where) in (None, person)


@dataclass(frozen=True, slots=True)
class Doer:
    """Who would do something, and when: what a verb's rule on a row may ask about.

    `where` says where everybody is; it is asked for no sooner than a rule needs it. `offered` are
    the keys of cases that were offered to the person.
    """

    person: int | None
    at: datetime
    where: Callable[[], Mapping[int, Whereabouts]]
    offered: frozenset[int] = frozenset()

    def may_take(self, owner: int | None) -> bool:
        """This will tell whether they may take what an owner has, and have it not yet."""
        if self.person is None or owner == self.person:
            return False
        return owner is None or is_free_for(owner, self.person, self.where())
