"""How assets come from one state of their life to another, and how the log of it is read."""

from datetime import timedelta
from itertools import pairwise, permutations, product

from builders import MONDAY
from wellkept.record.installed_base.rules import (
    SERVING,
    Change,
    State,
    is_behind,
    may_become,
    value_at,
    way_to,
)

UNREACHED = {State.ORDERED, State.DELIVERED}
"""Where nothing comes back to."""


def test_a_way_is_made_of_allowed_steps_and_its_log_says_the_end() -> None:
    """Steps of one moment, in whatever order they are read: before them it was in the first."""
    for state, new in product(State, State):
        way = way_to(state, new)
        steps = list(pairwise((state, *way)))
        assert all(may_become(one, onward) for one, onward in steps)
        assert way[-1:] == ((new,) if way else ())
        assert way or state == new or new in UNREACHED
        for changes in permutations(Change(MONDAY, MONDAY, *step) for step in steps):
            if not changes:
                continue
            assert value_at(changes, new, MONDAY, MONDAY) == new
            assert value_at(changes, new, MONDAY - timedelta(1), MONDAY) == state


def test_what_serves_was_installed_and_what_rests_may_be_installed_again() -> None:
    """Of two states of serving the earlier one is behind the later one; no other state is."""
    behind = {(state, new) for state, new in product(State, State) if is_behind(state, new)}
    installed, commissioned, in_use = SERVING
    assert behind == {(commissioned, installed), (in_use, installed), (in_use, commissioned)}
