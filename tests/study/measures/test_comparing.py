"""Trends follow the tail count, groups stand in a funnel: chance alone is never marked."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from study.measures.builders import DAY, HOUR, UNTIL, a_promise, at, facts, measured, window
from wellkept.study.measures.comparing import trend
from wellkept.study.measures.window import Window, periods

Json = dict[str, Any]


def weekly(failures: list[int], n: int = 40) -> Json:
    """The trend of promises kept, one week after the other, the last one ending at UNTIL."""
    promises = []
    for week, k in enumerate(reversed(failures)):
        due = UNTIL - (week + 1) * 7 * DAY + HOUR  # UNTIL is a Monday
        promises += [a_promise(due, late_h=1 if i < k else 0) for i in range(n)]
    found = measured("promise_kept_rate", facts(promise=promises))["trend"]
    assert found is not None
    return dict(found)


def test_a_steady_tail_gives_no_signal() -> None:
    found = weekly([4, 5, 3, 4, 5, 4, 3, 4, 5, 4, 4, 3])
    assert found["period"] == "week" and found["unit"] == "share"
    assert not any(point["signal"] for point in found["points"])
    assert found["text"] == "no signal in 13 weeks: what happens is what this process gives"
    assert found["points"][0]["k"] == 4 and found["points"][0]["n"] == 40


def test_a_tail_that_breaks_out_signals_in_its_week() -> None:
    found = weekly([4, 5, 3, 4, 5, 4, 3, 4, 5, 4, 4, 25])
    assert [p["start"] for p in found["points"] if p["signal"]] == ["2026-05-25"]
    assert found["text"] == "more failed than chance gives in the week of 25 May 2026"


def test_what_got_better_is_told_from_what_got_worse() -> None:
    found = weekly([12] * 10 + [12, 11, 13, 0])
    assert found["text"] == "fewer failed than chance gives in the week of 25 May 2026"


def test_limits_need_a_past_of_eight_periods() -> None:
    promises = [a_promise(UNTIL - w * 7 * DAY - DAY, late_h=1) for w in range(7)]
    card = measured("promise_kept_rate", facts(promise=promises))
    assert card["trend"] is None and card["reasons"]["trend"] == "too few periods for limits"


def test_a_week_without_promises_has_no_value_and_no_signal() -> None:
    weeks = [w for w in range(12) if w != 5]
    promises = [a_promise(UNTIL - w * 7 * DAY - DAY, late_h=0) for w in weeks for _ in range(9)]
    found = measured("promise_kept_rate", facts(promise=promises))["trend"]
    [empty] = [p for p in found["points"] if p["n"] == 0 and p["start"] < "2026-06-01"]
    assert empty["low"] is None and not empty["signal"]


def test_weeks_begin_on_monday_in_the_window_s_zone_also_over_a_change_of_clocks() -> None:
    rome = ZoneInfo("Europe/Rome")
    given = Window(until_s=at("2026-04-20T00:00"), zone=rome)
    cut = periods(at("2026-03-11T09:00"), given)
    starts = [datetime.fromtimestamp(int(s), tz=rome) for s in cut.edges_s]
    assert cut.name == "week"
    assert all((s.weekday(), s.hour) == (0, 0) for s in starts)
    assert starts[0].date().isoformat() == "2026-03-09"


def test_many_weeks_become_months() -> None:
    given = Window(until_s=at("2026-06-01T00:00"))
    cut = periods(at("2024-11-30T00:00"), given)
    starts = [datetime.fromtimestamp(int(s), tz=UTC).day for s in cut.edges_s]
    assert cut.name == "month" and set(starts) == {1}
    assert cut.edges_s.size == 21  # November 2024 to June 2026, and its end


def test_one_wrong_date_does_not_make_a_chart_of_centuries() -> None:
    moments = np.array([at("0001-01-01T00:00"), *range(UNTIL - 900 * DAY, UNTIL, 9 * DAY)])
    found = trend(moments, np.zeros(moments.size, bool), window())
    assert found is not None and found["period"] == "month"
    assert len(found["points"]) == 120 and found["points"][0]["start"] == "2016-07-01"
    assert sum(point["n"] for point in found["points"]) == moments.size - 1


def test_the_last_month_of_the_calendar_ends_somewhere() -> None:
    far = at("9999-12-31T23:00")
    found = trend(np.arange(far - 800 * DAY, far, DAY), np.zeros(800, bool), window(far))
    assert found is not None and found["points"][-1]["start"] == "9999-12-01"


def test_every_moment_falls_into_one_period() -> None:
    given = window()
    moments = np.arange(UNTIL - 300 * DAY, UNTIL + 1, 7 * HOUR)
    found = trend(moments, np.zeros(moments.size, bool), given)
    assert found is not None
    assert sum(point["n"] for point in found["points"]) == moments.size


# Groups


def by_region(counts: dict[str | None, tuple[int, int]], fact: str = "promise") -> Json:
    """The funnel of promises kept: for each region k broken of n."""
    promises, labels = [], []
    for region, (k, n) in counts.items():
        promises += [a_promise(late_h=1 if i < k else 0) for i in range(n)]
        labels += [region] * n
    card = measured(
        "promise_kept_rate", facts(promise=promises, by={fact: labels}), window(by="region")
    )
    return dict(card)


def test_the_funnel_stands_beside_each_group_and_is_wide_for_small_ones() -> None:
    by = by_region({"North": (60, 200), "South": (20, 200), "Isle": (1, 2)})["by"]
    limits = {row["group"]: (row["limit_low"], row["limit_high"]) for row in by["groups"]}
    assert limits["North"] == limits["South"], "the same size, the same limits"
    assert limits["Isle"][0] == 0.0 and limits["Isle"][1] > 0.75 > limits["North"][1]
    north = next(row for row in by["groups"] if row["group"] == "North")
    assert north["value"] > north["limit_high"], "a signal lies outside"


def test_a_small_bad_group_may_be_chance_a_large_one_is_not() -> None:
    by = by_region({"North": (60, 200), "South": (20, 200), "Isle": (1, 2)})["by"]
    marks = {row["group"]: row["signal"] for row in by["groups"]}
    assert marks == {"North": True, "South": True, "Isle": False}
    assert by["text"] == "worse than chance allows: North"
    assert by["column"] == "region"


def test_two_of_two_are_chance_where_three_of_four_fail() -> None:
    by = by_region({"North": (2, 2), "South": (1, 2)})["by"]
    assert not any(row["signal"] for row in by["groups"])


def test_all_of_a_large_group_is_not_chance() -> None:
    by = by_region({"North": (30, 30), "South": (10, 90)})["by"]
    assert {row["group"]: row["signal"] for row in by["groups"]} == {"North": True, "South": True}


def test_no_group_stands_out() -> None:
    by = by_region({"North": (10, 100), "South": (11, 100)})["by"]
    assert by["text"] == "no group is worse than chance allows"


def test_rows_without_the_column_are_a_group_of_their_own() -> None:
    by = by_region({"North": (1, 10), None: (5, 10)})["by"]
    assert by["groups"][0] == {
        "group": "(not recorded)", "n": 10, "k": 5, "open": 0, "signal": False, "value": 0.5,
        "low": pytest.approx(0.2235, abs=1e-3), "high": pytest.approx(0.7765, abs=1e-3),
        "limit_low": 0.0, "limit_high": pytest.approx(0.741, abs=0.01),
    }  # fmt: skip


def test_a_row_that_the_column_does_not_reach_is_not_recorded() -> None:
    source = facts(promise=[a_promise(late_h=1), a_promise()], by={"promise": ["North"]})
    by = measured("promise_kept_rate", source, window(by="region"))["by"]
    assert {row["group"]: row["n"] for row in by["groups"]} == {"North": 1, "(not recorded)": 1}


def test_a_column_of_other_rows_cuts_nothing_and_the_reason_says_so() -> None:
    card = by_region({"North": (1, 10)}, fact="case")
    assert card["by"] is None
