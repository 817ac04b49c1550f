"""The first date stays; only what the customer asked for in time shifts the judged one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wellkept.study.facts.judging import Judged, judge

DAY = 86_400
moves = st.lists(
    st.tuples(
        st.integers(0, 60 * DAY),  # new date
        st.integers(0, 60 * DAY),  # when it was moved
        st.booleans(),  # asked by the customer
        st.booleans(),  # the moment is recorded
    ),
    max_size=8,
)


def judged(first: int, rows: list[tuple[int, int, bool, bool]]) -> Judged:
    rows = sorted(rows, key=lambda row: row[1])
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return judge(
        np.array([first]),
        np.zeros(len(rows), np.int64),
        np.array(columns[0], np.int64),
        np.array(columns[1], np.int64),
        np.array(columns[2], bool),
        np.array(columns[3], bool),
    )


@given(st.integers(0, 40 * DAY), moves)
def test_no_move_of_ours_changes_the_judged_date(
    first: int, rows: list[tuple[int, int, bool, bool]]
) -> None:
    ours = [(new, at, False, dated) for new, at, _, dated in rows]
    found = judged(first, ours)
    assert found.judged_due_s[0] == first
    assert found.current_due_s[0] == (sorted(ours, key=lambda r: r[1])[-1][0] if ours else first)


@given(st.integers(0, 40 * DAY), moves)
def test_one_promise_at_a_time_agrees_with_a_walk(
    first: int, rows: list[tuple[int, int, bool, bool]]
) -> None:
    due = current = first
    moved = ours = late = 0
    for new, at, customer, dated in sorted(rows, key=lambda row: row[1]):
        if new == current:
            continue
        asked = customer and (not dated or at <= due)
        moved, ours = moved + 1, ours + (not asked)
        late += not asked and dated and at > current
        due += new - current if asked else 0
        current = new
    found = judged(first, rows)
    assert (found.judged_due_s[0], found.current_due_s[0]) == (due, current)
    assert (found.moves[0], found.our_moves[0], found.moved_late[0]) == (moved, ours, late)


def test_what_clinic_nord_asked_for_counts_and_what_we_asked_for_does_not() -> None:
    """Due in 10 days; we move it by 5, the customer by 2 more: judged 12, said today 17."""
    found = judged(10 * DAY, [(15 * DAY, DAY, False, True), (17 * DAY, 2 * DAY, True, True)])
    assert found.judged_due_s[0] == 12 * DAY
    assert found.current_due_s[0] == 17 * DAY


def test_a_wish_after_the_date_had_passed_comes_too_late() -> None:
    found = judged(10 * DAY, [(20 * DAY, 11 * DAY, True, True)])
    assert found.judged_due_s[0] == 10 * DAY
    assert (found.our_moves[0], found.moved_late[0]) == (1, 1)


def test_promises_without_moves_keep_their_dates() -> None:
    empty = np.array([], np.int64)
    found = judge(np.array([5, 9]), empty, empty, empty, empty > 0, empty > 0)
    assert found.judged_due_s.tolist() == found.current_due_s.tolist() == [5, 9]
