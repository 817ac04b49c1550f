"""What assets could do: overlaps count once, open outages run on, silence is no repair time."""

from typing import Any

import pytest

from study.measures.builders import (
    DAY,
    HOUR,
    UNTIL,
    a_downtime,
    an_asset,
    facts,
    maybe_measured,
    measured,
    window,
)

Json = dict[str, Any]
Row = dict[str, Any]
START = UNTIL - 100 * HOUR


def able(*downs: Row, assets: int = 1, listed: bool = True, **given: Any) -> Json:
    """The card of availability; assets are named A0, A1, …"""
    return measured("availability", _facts(downs, assets, listed), window(**given))


def unplanned(*downs: Row, assets: int = 1, **given: Any) -> Json:
    """The card of unplanned downtime."""
    return measured("unplanned_downtime", _facts(downs, assets, True), window(**given))


def _facts(downs: tuple[Row, ...], assets: int, listed: bool) -> Any:
    return facts(downtime=downs, asset=[an_asset(f"A{i}", listed=listed) for i in range(assets)])


def down(from_h: float, hours: float | None, asset: str | None = "A0", **given: Any) -> Row:
    """A stretch that began so many hours after START."""
    return a_downtime(int(START + from_h * HOUR), hours, asset, **given)


def beside(card: Json, title: str) -> Json:
    """One of the values that stand beside."""
    [found] = [one for one in card["beside"] if one["title"] == title]
    return dict(found)


def test_overlapping_stretches_are_counted_once() -> None:
    card = able(down(0, 10), down(5, 10), down(7, 1), down(50, 5))
    assert card["value"]["value"] == pytest.approx(0.8)
    assert card["max"] == pytest.approx(0.8), "the worst asset, which is the only one"
    assert card["worst"][0]["id"] == "A0" and card["worst"][0]["value"] == pytest.approx(0.8)


def test_a_stretch_that_begins_inside_a_long_one_and_ends_after_a_short_one_is_counted_once() -> (
    None
):
    card = able(down(0, 40), down(2, 1), down(10, 40))
    assert card["value"]["value"] == pytest.approx(0.5)


def test_assets_that_never_failed_count_when_a_register_names_them() -> None:
    card = able(down(0, 40), assets=4)
    assert card["n"] == 4 and card["value"]["value"] == pytest.approx(0.9)
    assert card["says"] == (
        "4 assets could be used 90.0 % of the time; the worst, A0, 60.0 %. 0 assets are down now."
    )


def test_without_a_register_the_value_speaks_of_those_that_failed_and_says_so() -> None:
    assert beside(able(down(0, 40), listed=False), "Only assets that failed")["n"] == 1


def test_what_is_still_down_counts_until_now() -> None:
    card = able(down(0, 0), down(90, None))
    assert card["open"] == 1 and card["value"]["value"] == pytest.approx(0.9)


def test_what_was_back_after_until_was_down_then() -> None:
    source = _facts((down(0, 10), down(20, 60)), 1, True)
    early = measured("availability", source, window(START + 40 * HOUR))
    assert early["open"] == 1 and early["value"]["value"] == pytest.approx(10 / 40)


def test_since_cuts_stretches_at_both_ends_of_the_window() -> None:
    card = able(down(0, 60), down(99, None), since_s=START + 50 * HOUR)
    assert card["value"]["value"] == pytest.approx(1 - 11 / 50)


def test_an_end_written_after_a_silence_counts_until_the_silence_began() -> None:
    silent = down(0, 30, censored_s=START + 10 * HOUR)
    assert able(silent)["value"]["value"] == pytest.approx(0.9)
    assert beside(unplanned(silent), "Seen in part")["n"] == 1


def test_stretches_without_an_asset_or_with_their_ends_crossed_lower_the_completeness() -> None:
    card = able(down(0, 10), down(3, 10, asset=None), down(9, -2))
    assert (card["completeness"]["used"], card["completeness"]["should"]) == (1, 3)


def test_planned_stops_stand_beside_and_apart() -> None:
    downs = (down(0, 10), down(20, 30, planned=True), down(60, 5, planned=False))
    card = able(*downs)
    assert card["value"]["value"] == pytest.approx(0.55)
    assert beside(card, "Planned stops not counted")["value"]["value"] == pytest.approx(0.85)
    unasked = unplanned(*downs)
    assert unasked["excluded"] == 1 and unasked["value"]["value"] == pytest.approx(150.0)


def test_quantiles_of_availability_come_from_the_bad_end() -> None:
    downs = [down(0, i, asset=f"A{i}") for i in range(40)]
    card = able(*downs, assets=40)
    assert card["quantiles"]["p50"]["value"] == pytest.approx(1 - 0.195)
    assert card["quantiles"]["p90"]["value"] == pytest.approx(1 - 0.351)
    assert card["quantiles"]["p90"]["low"] == pytest.approx(1 - 0.39)
    assert card["max"] == pytest.approx(0.61)
    assert "p95" not in card["quantiles"] and "n is 40" in card["reasons"]["p95"]


def test_a_few_assets_bear_most_of_the_hours() -> None:
    downs = [down(0, 55, asset="A0"), *(down(0, 5, asset=f"A{i}") for i in range(1, 10))]
    card = unplanned(*downs, assets=10)
    assert card["value"]["value"] == pytest.approx(100.0)
    assert beside(card, "Borne by the worst tenth of assets")["value"]["value"] == 0.55
    assert card["says"] == (
        "100 unplanned hours down over 10 assets; the worst tenth of them bore 55.0 %, A0 alone "
        "2 d 7 h."
    )
    assert card["worst"][0]["value"] == 55.0


def test_a_stated_limit_for_each_asset_makes_a_share_beyond() -> None:
    card = unplanned(down(0, 9), assets=2, targets_s={"unplanned_downtime": 8 * HOUR})
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (1, 2)


def test_only_planned_stops_are_no_unplanned_hour() -> None:
    card = unplanned(down(0, 9, planned=True), assets=2)
    assert card["value"]["value"] == 0.0 and card["worst"] == []
    assert card["says"] == "None of 2 assets stood still unasked."


def test_two_stretches_of_one_asset_are_one_asset_down() -> None:
    card = able(down(0, None), down(50, None), assets=2)
    assert card["open"] == 1 and card["says"].endswith("1 asset is down now.")


@pytest.mark.parametrize("name", ["availability", "unplanned_downtime"])
def test_without_downtimes_or_time_it_is_absent(name: str) -> None:
    assert maybe_measured(name, facts(asset=[an_asset("A0")])) is None
    at_the_end = _facts((a_downtime(UNTIL, None, "A0"),), 1, True)
    assert maybe_measured(name, at_the_end) is None
    late = _facts((down(0, 1),), 1, True)
    assert maybe_measured(name, late, window(since_s=UNTIL + DAY)) is None
