"""At risk: learnt from what ended, tried on the past without a look ahead, refused below 100."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.measures.builders import DAY, HOUR, UNTIL, a_promise, a_verdict, facts
from wellkept.study.risk.backtest import EVERY_S, backtest
from wellkept.study.risk.finding import FILE, load, risk_of, save
from wellkept.study.risk.learning import FEWEST, STEPS, learn
from wellkept.study.risk.past import OPEN, Past, read_past

YEAR = 365 * DAY
CALL = ("callback", "degraded")


def a_past(n: int, slow: float = 0.3, seed: int = 1) -> Past:
    """Have two kinds of promise over a year: calls, a third of them slow, and quotes, half."""
    luck = np.random.default_rng(seed)
    made = np.sort(UNTIL - luck.integers(0, YEAR, n))
    allowance = luck.integers(4, 48, n) * HOUR
    likeness = luck.integers(0, 2, n)
    limps = luck.uniform(size=n) < np.where(likeness == 0, slow, 0.5)
    share = np.where(limps, luck.uniform(0.8, 3, n), luck.uniform(0, 0.7, n))
    done = made + (share * allowance).astype(np.int64)
    return Past(
        likenesses=(CALL, ("quote", "degraded")),
        likeness=likeness,
        number=np.arange(n),
        made_s=made,
        due_s=made + allowance,
        done_s=np.where(done > UNTIL, OPEN, done),
        ended_s=np.full(n, OPEN),
        released_s=np.full(n, OPEN),
        left_out=0,
    )


def test_the_longer_it_is_open_the_more_of_its_like_were_broken() -> None:
    learnt = learn(a_past(2_000), UNTIL)
    fresh, half, late = (learnt.chance(CALL, spent) for spent in (0, 0.5, 0.95))
    assert fresh and half and late
    assert fresh.broken < half.broken < late.broken
    assert fresh.broken == pytest.approx(0.3 * 2 / 2.2, abs=0.04)
    assert late.low < late.broken < late.high


def test_below_a_hundred_that_ended_nothing_is_said() -> None:
    past = a_past(2 * FEWEST - 20)
    learnt = learn(past, UNTIL)
    assert set(learnt.groups) | set(learnt.refused) == set(past.likenesses)
    assert all(ended < FEWEST for ended in learnt.refused.values())
    assert all(group.ended >= FEWEST for group in learnt.groups.values())
    assert any(learnt.chance(one, 0.5) is None for one in past.likenesses)


def test_of_nothing_nothing_is_learnt() -> None:
    none = read_past(facts())
    assert learn(none, UNTIL).groups == {}
    assert backtest(none, UNTIL).found is None


def test_past_its_date_or_before_it_was_made_there_is_no_chance() -> None:
    learnt = learn(a_past(2_000), UNTIL)
    assert learnt.chance(CALL, 1.0) is None and learnt.chance(CALL, -0.1) is None
    assert learnt.chance(("arrive", "safety"), 0.5) is None


def test_what_is_alike_within_a_kind_is_drawn_together_by_its_whole() -> None:
    past = a_past(3_000)
    few = replace(past, likenesses=(CALL, ("callback", "safety")))
    own = learn(past, UNTIL).chance(CALL, 0.5)
    drawn = learn(few, UNTIL).chance(CALL, 0.5)
    other = learn(few, UNTIL).chance(("callback", "safety"), 0.5)
    assert own and drawn and other
    assert own.kept == drawn.kept, "the counts are its own"
    assert drawn.broken < other.broken


@settings(max_examples=15)
@given(st.integers(0, 2**31), st.integers(30, 330))
def test_what_came_after_a_moment_was_not_known_at_it(seed: int, days: int) -> None:
    past, at = a_past(500, seed=seed), UNTIL - days * DAY
    luck = np.random.default_rng(seed)
    later = past.done_s > at
    other = np.where(later, at + 1 + luck.integers(0, YEAR, later.size), past.done_s)
    assert learn(replace(past, done_s=other), at) == learn(past, at)


def test_tried_on_the_past_it_tells_more_than_the_overall_share() -> None:
    trial = backtest(a_past(6_000), UNTIL)
    assert trial.found is not None and trial.rows > 1_000
    assert trial.first_s >= UNTIL - 12 * EVERY_S
    assert trial.found.skill > 0.05
    assert abs(trial.found.z) < 3


def test_a_world_that_changed_shows_in_the_calibration() -> None:
    past = a_past(6_000)
    worse = (past.made_s > UNTIL - 60 * DAY) & (past.likeness == 0)
    done = np.where(worse, past.due_s + DAY, past.done_s)
    trial = backtest(replace(past, done_s=np.where(done > UNTIL, OPEN, done)), UNTIL)
    assert trial.found is not None and trial.found.z > 3


def test_released_and_given_up_and_undated_promises_count_as_they_are() -> None:
    due = UNTIL - 30 * DAY
    rows = [
        a_promise(due, late_h=-24),
        a_promise(due, late_h=None, released_s=due - HOUR),
        a_promise(due, late_h=None, ended_s=due - HOUR),
        a_promise(due, late_h=None),
        a_promise(due, made_s=None),
        a_promise(due, made_s=due + DAY, late_h=48),
        a_verdict("broken"),
    ]
    past = read_past(facts(promise=rows))
    seen = past.known_at(UNTIL)
    assert past.left_out == 3
    assert seen.told.tolist() == [True, False, True, True]
    assert seen.never.tolist() == [False, False, True, False]
    assert past.kept().tolist() == [True, False, False, False]


def test_a_finding_is_kept_and_read_as_it_was(tmp_path: Path) -> None:
    due = [UNTIL - day * DAY for day in range(1, 200)]
    rows = [a_promise(d, late_h=-8 if n % 3 else 9) for n, d in enumerate(due)]
    found = risk_of(facts(promise=rows), until_s=UNTIL, generation="g7")
    assert load(tmp_path) is None
    save(tmp_path, found)
    assert load(tmp_path) == found
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
    (group,) = found.learnt.groups.values()
    assert len(group.chances) == STEPS and group.ended == 199
    text = (tmp_path / FILE).read_text().replace('"version": 1', '"version": 0')
    (tmp_path / FILE).write_text(text)
    assert load(tmp_path) is None, "an older way of reckoning is not read"
