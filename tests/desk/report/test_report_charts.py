"""The pictures: right places, a sentence each, a table behind, and names for the worst."""

import doctest
import re
from importlib import import_module
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.report.awkward import groups_without_promises
from desk.report.documents import a_document, a_measure
from desk.report.draws import Document, a_worst_case, curve_of, trend_of, waits
from desk.report.page_as_read import Element, by_id, elements_of
from wellkept.desk.report import write_report
from wellkept.desk.report.charts.curve import Curve, curve_chart
from wellkept.desk.report.charts.funnel import Funnel, funnel_chart
from wellkept.desk.report.charts.scale import Scale, level_up_to, scale_over, ticks
from wellkept.desk.report.charts.shape import MOST_POINTS, Named, Shape, shape_chart
from wellkept.desk.report.charts.trend import MOST_PERIODS, Trend, trend_chart
from wellkept.desk.report.moments import Clock, clock_of, short_day, short_month

ROME = clock_of("Europe/Rome")


def a_shape(measure: Document, named: list[Named] | None = None) -> Shape:
    drawn = shape_chart(measure, named or [], "h", id="s")
    assert drawn is not None
    return drawn


def a_trend(**changes: Any) -> Trend:
    trend = {**trend_of(0.1, 60, "x"), **changes}
    drawn = trend_chart(trend, of="Share beyond the promise", clock=ROME, id="t")
    assert drawn is not None
    return drawn


def a_curve(measure: Document) -> Curve:
    drawn = curve_chart(measure, "h", id="c")
    assert drawn is not None
    return drawn


def a_funnel(by: Document) -> Funnel:
    drawn = funnel_chart(a_measure(), by, "h", id="f")
    assert drawn is not None
    return drawn


def numbers_in(path: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", path)]


def percent_of(x: str) -> float:
    return float(x.removesuffix("%"))


@pytest.mark.parametrize("module", ["quantities", "reading", "words", "charts.scale"])
def test_the_examples_in_the_docstrings_hold(module: str) -> None:
    result = doctest.testmod(import_module(f"wellkept.desk.report.{module}"))
    assert result.attempted > 0
    assert result.failed == 0


# Every picture


@pytest.fixture(scope="module")
def elements() -> list[Element]:
    return elements_of(write_report(a_document()))


@pytest.fixture(scope="module")
def pictures(elements: list[Element]) -> list[Element]:
    return [e for e in elements if "chart" in (e.attributes.get("class") or "").split()]


def test_every_picture_has_a_sentence_and_a_table(
    elements: list[Element], pictures: list[Element]
) -> None:
    words = {e.attributes["id"]: e.text for e in elements if "id" in e.attributes}
    for picture in pictures:
        sentence = words[picture.attributes["aria-labelledby"]]
        assert sentence.endswith(".")
        assert len(sentence.split()) > 4
    figures = [e for e in elements if e.tag == "figure"]
    assert len(figures) == len(pictures) > 0
    assert all("Table" in figure.text for figure in figures)


def test_a_picture_with_links_is_a_group_and_one_without_is_an_image() -> None:
    page = write_report(a_document(measures=[a_measure()]))
    for figure in re.findall(r"<figure.*?</figure>", page, re.DOTALL):
        role = re.search(r'<svg class="chart[^>]*role="(\w+)"', figure)
        assert role is not None
        assert role[1] == ("group" if "<a href" in figure else "img")


def test_no_colour_is_written_into_a_picture(pictures: list[Element]) -> None:
    for picture in pictures:
        assert {"fill", "stroke"}.isdisjoint(picture.attributes)


# The shape


def test_the_promise_parts_the_density_in_two() -> None:
    shape = a_shape(a_measure())
    line = percent_of(shape.promise_x) * 10
    within = numbers_in(shape.within)
    assert shape.promise_label == "promise 24\u00a0h"
    assert max(numbers_in(re.sub(r"V[\d.]+", "", shape.within.split("Z")[0]))[2:]) <= line + 1
    assert shape.beyond.startswith(f"M{line:.0f} ")
    assert max(within) <= 1000


def test_without_a_promise_nothing_is_drawn_as_beyond_it() -> None:
    measure = a_measure()
    measure["shape"]["promise"] = None
    assert a_shape(measure).beyond == a_shape(measure).promise_x == ""


def test_the_late_tail_is_named_and_each_point_has_a_lane_of_its_own() -> None:
    named = [Named(str(i), f"#w-{i}", f"Clinic {i}", 300.0 - i) for i in range(1, 9)]
    points = a_shape(a_measure(), named).points
    assert len(points) == MOST_POINTS
    assert len({point.y for point in points}) == MOST_POINTS
    assert points[0].label == "Clinic 1, 12\u00a0d\u00a011\u00a0h"
    assert points[0].href == "#w-1"


def test_a_point_opens_the_row_of_its_case() -> None:
    page = write_report(a_document(measures=[a_measure()]))
    links = re.findall(r'<a href="(#[\w-]+)"><circle class="worst"', page)
    assert links == [f"#time_to_restore-{rank}" for rank in range(1, 6)]
    assert "Clinic Nord" in by_id(page, links[0][1:]).text


def test_days_are_drawn_on_an_axis_of_hours() -> None:
    measure = a_measure(unit="d", quantiles={"p50": {"value": 2.0}})
    shape = shape_chart(measure, [Named("1", "#a", "Clinic Nord", 3.0)], "d", id="s")
    assert shape is not None
    assert shape.points[0].label == "Clinic Nord, 3\u00a0d"
    assert shape.caption.startswith("Half lie within 2\u00a0d")


def test_counts_of_moves_are_not_drawn_on_an_axis_of_hours() -> None:
    shape = shape_chart(a_measure(), [Named("1", "#a", "Clinic Nord", 3.0)], "moves", id="s")
    assert shape is not None
    assert shape.points == ()
    assert shape.caption == "How the values spread."


@pytest.mark.parametrize(
    "change",
    [{"edges": [1.0]}, {"counts": [1]}, {"edges": None}, {"counts": [None] * 48}],
)
def test_edges_and_counts_that_do_not_fit_are_not_drawn(change: Document) -> None:
    measure = a_measure()
    measure["shape"] |= change
    assert shape_chart(measure, [], "h", id="s") is None


def test_the_table_behind_the_shape_counts_everyone() -> None:
    measure = a_measure()
    counted = sum(int(row[1].replace(",", "")) for row in a_shape(measure).rows)
    assert counted == sum(measure["shape"]["counts"])


# The trend


def test_each_signal_is_a_diamond_and_the_loudest_says_its_week() -> None:
    trend = trend_of(0.1, 60, "x")
    drawn = a_trend()
    expected = [point for point in trend["points"] if point["signal"]]
    assert len(drawn.signals) == len(expected) > 0
    loudest = max(expected, key=lambda point: point["k"] / point["n"])
    said = [signal.label for signal in drawn.signals if signal.label]
    share = loudest["k"] / loudest["n"]
    assert said == [f"{short_day(loudest['start'])}: {share * 100:.1f}\u00a0%"]
    assert [row.signal for row in drawn.rows].count("◆ worse") == len(expected)


def test_a_signal_for_the_better_is_a_hollow_diamond() -> None:
    points = [{**point, "signal": False} for point in trend_of(0.1, 20, "x")["points"]]
    points[5] |= {"k": 0, "signal": True}
    drawn = a_trend(points=points)
    assert [signal.worse for signal in drawn.signals] == [False]
    assert drawn.rows[5].signal == "◇ better"


def test_a_week_without_limits_leaves_a_gap_in_the_band() -> None:
    points = [dict(point) for point in trend_of(0.1, 20, "x")["points"]]
    points[9] |= {"low": None, "high": None}
    assert a_trend(points=points).limits.count("M") == 2


def test_a_week_in_which_nothing_fell_due_is_said_so() -> None:
    points = [dict(point) for point in trend_of(0.1, 20, "x")["points"]]
    points[3] |= {"k": 0, "n": 0}
    drawn = a_trend(points=points)
    assert drawn.rows[3].share == "none due"
    assert drawn.line.count("M") == 2
    assert drawn.dots.count("h0") == 19


def test_a_week_of_a_handful_does_not_flatten_all_the_others() -> None:
    points = [dict(point) for point in trend_of(0.1, 20, "x")["points"]]
    usual = a_trend(points=points).rules[-1].label
    points[0] |= {"k": 1, "n": 1, "low": 0.0, "high": 1.0}
    assert a_trend(points=points).rules[-1].label == usual
    points[0]["signal"] = True
    assert a_trend(points=points).rules[-1].label == "100\u00a0%"


def test_a_long_trend_keeps_its_latest_part_and_counts_the_rest() -> None:
    drawn = a_trend(**trend_of(0.1, MOST_PERIODS + 40, "x"))
    assert len(drawn.rows) == MOST_PERIODS
    assert drawn.not_shown == "40 earlier ones are not drawn."


def test_one_week_is_no_trend() -> None:
    one = trend_of(0.1, 1, "x")
    assert trend_chart(one, of="Share", clock=ROME, id="t") is None


# Still waiting


def test_the_curve_falls_and_says_who_still_waited_at_the_promise() -> None:
    measure = a_measure()
    curve = a_curve(measure)
    heights = [float(y) for y in re.findall(r"V([\d.]+)", curve.line)]
    assert heights == sorted(heights)
    assert curve.caption.startswith("At the promise of 24\u00a0h, ")
    assert [tick.below for tick in curve.ticks] == sorted(
        (tick.below for tick in curve.ticks), key=lambda n: -int(n.replace(",", ""))
    )


def test_where_most_are_served_at_once_the_axis_is_logarithmic() -> None:
    crowded, even = a_measure(), a_measure(shape=None)
    even["curve"] = curve_of([float(i) for i in range(1, 101)])
    assert a_curve(crowded).ticks[0].label != "0\u00a0h"
    assert a_curve(even).ticks[0].label == "0\u00a0h"


def test_the_sentence_and_the_table_of_quantiles_agree_on_the_half() -> None:
    measure = a_measure(quantiles={"p50": {"value": 17.0}})
    measure["shape"]["promise"] = None
    assert a_curve(measure).caption == "Half were still waiting after 17\u00a0h."


def test_a_quantile_off_the_axis_is_not_marked_at_its_edge() -> None:
    measure = a_measure(quantiles={"p50": {"value": 0.0}, "p95": {"value": 30.0}})
    assert [mark.label for mark in a_shape(measure).marks] == ["p95"]


def test_a_curve_without_a_band_is_a_line_alone() -> None:
    measure = a_measure()
    measure["curve"] |= {"low": [], "high": None}
    curve = a_curve(measure)
    assert curve.band == "" and curve.line
    assert {row.band for row in curve.rows} == {""}


# Groups


def test_the_group_outside_chance_is_named_in_the_picture() -> None:
    funnel = a_funnel(a_measure()["by"])
    named = [dot.label for dot in funnel.dots if dot.label]
    assert len(named) == 1 and named[0].startswith("Islands: ")
    assert funnel.limits
    assert {dot.low_y for dot in funnel.dots} == {""}


def test_a_group_that_keeps_more_than_chance_gives_is_a_hollow_diamond() -> None:
    by = a_measure()["by"]
    by["groups"][0] |= {"value": 0.0, "k": 0, "low": 0.0, "high": 0.05, "signal": True}
    funnel = a_funnel(by)
    assert [dot.better for dot in funnel.dots if dot.signal] == [False, True]
    assert [row.signal for row in funnel.rows][:3] == ["◆ worse", "◇ better", ""]


def test_without_limits_each_group_shows_its_own_interval() -> None:
    by = a_measure()["by"]
    for group in by["groups"]:
        del group["limit_low"], group["limit_high"]
    funnel = a_funnel(by)
    assert funnel.limits == ""
    assert all(float(dot.high_y) < float(dot.y) < float(dot.low_y) for dot in funnel.dots)


def test_bounds_that_miss_their_own_value_are_limits() -> None:
    by = a_measure()["by"]
    for group in by["groups"]:
        group["low"], group["high"] = group.pop("limit_low"), group.pop("limit_high")
    funnel = a_funnel(by)
    assert funnel.limits
    assert {row.interval for row in funnel.rows} == {""}


def test_groups_without_shares_are_a_table_alone() -> None:
    funnel = a_funnel(groups_without_promises())
    assert funnel.dots == ()
    assert len(funnel.rows) + len(funnel.more_rows) == 12
    assert funnel.rows[0].half and not funnel.rows[0].share


def test_no_group_is_no_picture() -> None:
    assert funnel_chart(a_measure(), {"groups": [{"group": "x", "n": 0}]}, "h", id="f") is None


# Axes


@given(
    low=st.floats(1e-3, 1e3),
    factor=st.floats(1.1, 1e6),
    log=st.booleans(),
    unit=st.sampled_from(["h", "d", "share", "count", "moves"]),
)
def test_ticks_are_readable_on_every_axis(low: float, factor: float, log: bool, unit: str) -> None:
    scale = scale_over([low, low * factor], log=log)
    found = ticks(scale, unit)
    places = [percent_of(tick.x) for tick in found]
    assert len(found) <= 7
    assert all(0 <= place <= 100 for place in places)
    assert all(b - a >= 12.9 for a, b in pairwise(places))
    assert len({tick.label for tick in found}) == len(found)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.booleans())
def test_everything_has_its_place_on_the_axis(values: list[float], log: bool) -> None:
    scale = scale_over(values, log=log)
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)


def test_a_value_in_the_middle_of_a_logarithmic_axis() -> None:
    assert Scale(1, 100, True).at(10) == pytest.approx(50)
    assert Scale(0, 100, False).at(10) == pytest.approx(10)


@given(st.floats(1e-6, 1))
def test_an_upright_axis_holds_its_highest_share(share: float) -> None:
    level = level_up_to(share, 130)
    assert 0 <= level.y(share) <= 130
    assert level.y(0) == 130
    assert 2 <= len(level.rules(0)) <= 7


# Moments


def test_moments_are_said_in_the_stated_zone_also_in_summer() -> None:
    assert ROME.moment("2026-01-05T12:00:00+00:00") == "Mon\u00a05\u00a0Jan\u00a02026,\u00a013:00"
    assert ROME.moment("2026-07-06T12:00:00+00:00") == "Mon\u00a06\u00a0Jul\u00a02026,\u00a014:00"


def test_due_at_midnight_is_the_end_of_the_day_before() -> None:
    assert ROME.due("2026-01-05T23:00:00+00:00") == "end of Mon\u00a05\u00a0Jan\u00a02026"
    assert ROME.due("2026-01-05T22:30:00+00:00") == "Mon\u00a05\u00a0Jan\u00a02026,\u00a023:30"


@pytest.mark.parametrize("name", ["Nowhere/At_all", "../../etc/passwd", "", None, 7, "\x00"])
def test_a_zone_that_is_none_leaves_moments_as_they_are(name: object) -> None:
    assert clock_of(name) == Clock(None)
    assert clock_of(name).moment("2026-01-05T12:00:00+00:00").endswith("2026,\u00a012:00")


@pytest.mark.parametrize("iso", ["yesterday", "2026-13-45", "0001-01-01T00:00:00+14:00x", "1"])
def test_a_moment_nobody_can_read_stays_as_it_is(iso: str) -> None:
    assert ROME.moment(iso) == iso
    assert short_month(iso) == short_month(iso)


def test_the_first_moment_of_all_is_no_trouble() -> None:
    assert ROME.due("0001-01-01T00:00:00+00:00")
    assert ROME.moment("9999-12-31T23:59:00+00:00")


def test_a_worst_case_without_a_length_is_not_drawn() -> None:
    rows = [{**a_worst_case(0, 90.0), "value": None}, a_worst_case(1, waits(9, "x")[-1])]
    page = write_report(a_document(measures=[a_measure(worst=rows)]))
    assert re.findall(r'<a href="#time_to_restore-(\d)"><circle', page) == ["2"]
