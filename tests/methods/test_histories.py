"""What an event log says of a case, checked against a plain walk through each case."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.methods import histories
from wellkept.methods.histories import NEVER

HOUR = 3600


@dataclass(frozen=True)
class Step:
    after_s: int
    ended: bool
    holder: int


steps = st.lists(
    st.builds(
        Step,
        after_s=st.integers(0, 5 * HOUR),
        ended=st.booleans(),
        holder=st.integers(-1, 3),
    ),
    min_size=1,
    max_size=12,
)
logs = st.lists(steps, min_size=1, max_size=6)


def flat(log: list[list[Step]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    case = np.repeat(np.arange(len(log)), [len(s) for s in log])
    at = np.concatenate([np.cumsum([step.after_s for step in s]) for s in log])
    ended = np.array([step.ended for s in log for step in s], bool)
    holder = np.array([step.holder for s in log for step in s], np.int64)
    return case, at.astype(np.int64), ended, holder


@given(logs)
def test_endings_agree_with_a_walk_through_each_case(log: list[list[Step]]) -> None:
    case, at, ended, _ = flat(log)
    found = histories.endings(case, at, ended, cases=len(log))
    for number, one in enumerate(log):
        moments = np.cumsum([step.after_s for step in one])
        first, final, back, was = NEVER, NEVER, 0, False
        for moment, step in zip(moments, one, strict=True):
            if step.ended and not was:
                final = moment
                first = moment if first == NEVER else first
            if not step.ended and was:
                final, back = NEVER, back + 1
            was = step.ended
        assert (found.first_s[number], found.final_s[number]) == (first, final)
        assert found.reopened[number] == back


@given(logs)
def test_holders_agree_with_a_walk_through_each_case(log: list[list[Step]]) -> None:
    case, _, _, holder = flat(log)
    found = histories.holders(case, holder, cases=len(log))
    for number, one in enumerate(log):
        named = [step.holder for step in one if step.holder >= 0]
        runs = [h for i, h in enumerate(named) if i == 0 or named[i - 1] != h]
        bounces = sum(1 for i, h in enumerate(runs) if h in runs[:i])
        assert found.handoffs[number] == max(len(runs) - 1, 0)
        assert found.bounces[number] == bounces
        assert found.holders[number] == len(set(runs))


@given(logs, st.integers(0, 90 * HOUR))
def test_spells_fill_each_case_from_its_first_event_to_the_end(
    log: list[list[Step]], more_s: int
) -> None:
    case, at, ended, _ = flat(log)
    until = int(at.max()) + more_s
    parts = histories.spells(case, at, until_s=until)
    total = histories.time_in(parts, np.ones(case.size, bool), cases=len(log))
    firsts = histories.first_time(case, at, np.ones(case.size, bool), cases=len(log))
    assert np.array_equal(total, until - firsts)
    some = histories.time_in(parts, ended, cases=len(log))
    rest = histories.time_in(parts, ~ended, cases=len(log))
    assert np.array_equal(some + rest, total)


def test_ping_pong_between_alma_and_bruno_is_told_from_passing_on() -> None:
    alma, bruno, carla, nobody = 0, 1, 2, -1
    passed_on = histories.holders(np.zeros(3, int), np.array([alma, bruno, carla]), cases=1)
    ping_pong = histories.holders(
        np.zeros(5, int), np.array([alma, bruno, nobody, alma, bruno]), cases=1
    )
    assert (passed_on.handoffs[0], passed_on.bounces[0]) == (2, 0)
    assert (ping_pong.handoffs[0], ping_pong.bounces[0]) == (3, 2)


def test_a_case_closed_and_then_worked_on_again_has_not_ended() -> None:
    found = histories.endings(
        np.zeros(3, int), np.array([0, 10, 20]), np.array([False, True, False]), cases=1
    )
    assert found.final_s[0] == NEVER
    assert (found.first_s[0], found.reopened[0]) == (10, 1)


def test_events_out_of_order_are_refused() -> None:
    with pytest.raises(histories.Unsorted, match="sorted"):
        histories.spells(np.array([0, 0]), np.array([9, 3]), until_s=20)
    with pytest.raises(histories.Unsorted, match="sorted"):
        histories.spells(np.array([1, 0]), np.array([3, 9]), until_s=20)


def test_the_last_known_value_wins_and_blanks_do_not() -> None:
    found = histories.last_value(np.array([0, 0, 0, 2]), np.array([4, 7, -1, -1]), cases=3)
    assert found.tolist() == [7, -1, -1]
