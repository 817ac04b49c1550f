"""A long log is walked in parts; what comes out is what one walk through all of it gives."""

import numpy as np
import pytest

from wellkept.study.facts import walking
from wellkept.study.facts.walking import Log, Words, walk, walk_side_by_side

UNTIL = 2_000_000


def words() -> Words:
    """Reported, in work, waiting for the customer, resolved, and a word that nobody knows."""

    def said(*which: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.isin(np.arange(6), which)

    return Words(
        ended=said(3), closed=said(), cancelled=said(), restored=said(3), answered=said(1, 3),
        reported=said(0), paused=said(2), queued=said(), said=said(0, 1, 2, 3),
    )  # fmt: skip


def a_log(cases: int, seed: int) -> Log:
    rng = np.random.default_rng(seed)
    case = np.repeat(np.arange(cases), rng.integers(0, 7, cases))
    at = rng.integers(0, UNTIL, case.size)
    order = np.lexsort((at, case))
    owner, team = rng.integers(-1, 4, (2, case.size))
    return Log(case[order], at[order], rng.integers(0, 5, case.size), owner, team, True, True)


@pytest.mark.parametrize("cases", [1, 2, 3, 40, 501])
def test_parts_of_the_cases_tell_what_all_of_them_tell(
    cases: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = a_log(cases, seed=cases)
    whole = walk(log, words(), cases=cases, until_s=UNTIL)
    monkeypatch.setattr(walking, "EVENTS_A_PART", 40)
    parts = walk_side_by_side(log, words(), cases=cases, until_s=UNTIL)
    assert whole.keys() == parts.keys()
    for name, values in whole.items():
        np.testing.assert_array_equal(values, parts[name], err_msg=name)
