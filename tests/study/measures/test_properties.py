"""Random small ledgers against plain counting, and what no trick may change."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.measures import oracle
from study.measures.builders import (
    CUSTOMERS,
    DAY,
    HOUR,
    UNTIL,
    a_case,
    a_downtime,
    a_promise,
    an_asset,
    facts,
    maybe_measured,
    measured,
    window,
)
from wellkept.study.facts.tables import URGENCY

Row = dict[str, Any]
EVER = -(2**62)
FEW = settings(max_examples=20, deadline=None)

# Moments on a coarse grid around UNTIL, so that ties and edges are common.
moments = st.integers(-12, 6).map(lambda i: UNTIL + i * 10 * DAY)
maybe = st.none() | moments
customers = st.sampled_from([*CUSTOMERS[:3], None])
consequences = st.sampled_from(sorted(URGENCY))


@st.composite
def promises(draw: st.DrawFn) -> Row:
    """Any promise: fulfilled, owed, given up, released, moved, or only a verdict."""
    first = draw(moments)
    judged = draw(st.just(first) | moments)
    row = a_promise(
        judged,
        late_h=None,
        first_due_s=first,
        current_due_s=draw(st.just(judged) | moments),
        made_s=draw(maybe),
        done_s=draw(maybe),
        ended_s=draw(maybe),
        released_s=draw(maybe),
        customer=draw(customers),
        consequence=draw(consequences),
        our_moves=draw(st.integers(0, 2)),
    )
    if draw(st.integers(0, 4)) == 0:
        word = draw(st.sampled_from(["kept", "broken"]))
        bare = dict.fromkeys(("first_due_s", "current_due_s", "judged_due_s", "done_s"))
        row |= {**bare, "verdict": word}
    return row


@st.composite
def cases(draw: st.DrawFn) -> Row:
    """Any case: open, ended, cancelled, of unknown end, with its owners and pauses."""
    reported = draw(maybe)
    resolved = draw(maybe)
    open_s = draw(st.integers(0, 50)) * HOUR
    reopened = draw(st.none() | st.integers(0, 2))
    return a_case(
        reported,
        resolved_s=resolved,
        told_resolved_s=resolved,
        first_ended_s=draw(maybe),
        cancelled_s=draw(maybe),
        ended_unknown=resolved is None and draw(st.booleans()),
        customer=draw(customers),
        open_s=open_s,
        ownerless_s=draw(st.none() | st.integers(0, open_s)),
        paused_s=draw(st.none() | st.integers(0, open_s)),
        handoffs=draw(st.none() | st.integers(0, 5)),
        bounces=draw(st.integers(0, 5)),
        reopened=reopened,
        reopened_s=draw(maybe) if reopened else None,
    )


spells = st.builds(
    lambda begin, length, asset: a_downtime(
        UNTIL - 3 * DAY + begin * 1800, None if length is None else length / 2, asset
    ),
    st.integers(0, 150),
    st.none() | st.integers(0, 40),
    st.sampled_from(["A0", "A1"]),
)


# Promises


@FEW
@given(st.lists(promises(), max_size=12), st.none() | moments)
def test_promises_kept_are_what_plain_counting_gives(rows: list[Row], since_s: int | None) -> None:
    due = oracle.due(rows, UNTIL, EVER if since_s is None else since_s)
    card = maybe_measured("promise_kept_rate", facts(promise=rows), window(since_s=since_s))
    if not due:
        assert card is None
        return
    assert card is not None
    failed = sum(row["failed"] for row in due)
    assert (card["share_beyond"]["k"], card["n"]) == (failed, len(due))
    assert card["open"] == sum(row["owed"] for row in due)
    counts = oracle.hit(due)
    if any(row["customer"] for row in due):
        hit = {str(times): oracle.at_least(counts, times) for times in (1, 2, 3)}
        assert card["customers_hit"] == hit
    worst = [round(row["value"] * HOUR) for row in card["worst"]]
    assert worst == oracle.worst_first(due)[:20]
    dated = [row for row in due if row["late_s"] is not None]
    shown = {one["title"]: one for one in card["beside"]}
    for title, column in (
        ("By the first date", "first_due_s"),
        ("By the date as said today", "current_due_s"),
    ):
        if dated:
            kept = oracle.kept_by(dated, column, UNTIL)
            assert shown[title]["value"]["value"] == pytest.approx(kept / len(dated))


@FEW
@given(st.lists(promises(), max_size=40))
def test_lateness_is_what_plain_survival_gives(rows: list[Row]) -> None:
    due = [row for row in oracle.due(rows, UNTIL, EVER) if row["late_s"] is not None]
    card = maybe_measured("promise_lateness", facts(promise=rows))
    if not due:
        assert card is None
        return
    assert card is not None and card["n"] == len(due)
    lengths = [(max(row["late_s"], 0), row["done"]) for row in due]
    failed = [length for (length, _), row in zip(lengths, due, strict=True) if row["failed"]]
    assert card["max"] == pytest.approx(oracle.hours(max(failed, default=0)))
    if all(done for _, done in lengths) or "p50" not in card["quantiles"]:
        return
    for name, p in (("p50", 0.5), ("p90", 0.9)):
        if name in card["quantiles"]:
            wanted = oracle.survived(lengths, p)
            value = card["quantiles"][name]["value"]
            assert value == (None if wanted == oracle.CENSORED else pytest.approx(wanted / HOUR))


@FEW
@given(st.lists(promises(), max_size=15))
def test_slips_and_customers_hit_are_what_plain_counting_gives(rows: list[Row]) -> None:
    source = facts(promise=rows)
    dated = [row for row in oracle.due(rows, UNTIL, EVER) if row["late_s"] is not None]
    card = maybe_measured("promise_slip_rate", source)
    assert (card is None) == (not dated)
    if card is not None:
        moved = sum(row["our_moves"] > 0 for row in dated)
        assert (card["share_beyond"]["k"], card["n"]) == (moved, len(dated))
    recent = oracle.recent(oracle.due(rows, UNTIL, EVER), UNTIL)
    served = {row["customer"] for row in recent} - {None}
    card = maybe_measured("customers_hit", source)
    if not served:
        assert card is None or card["n"] == 0
        return
    assert card is not None
    assert (card["n"], card["share_beyond"]["k"]) == (len(served), len(oracle.hit(recent)))


@FEW
@given(st.lists(promises(), max_size=12), st.integers(1, 400), consequences)
def test_another_promise_owed_past_its_date_never_raises_the_kept_rate(
    rows: list[Row], days: int, consequence: str
) -> None:
    owed = a_promise(UNTIL - days * DAY, late_h=None, consequence=consequence)
    before = maybe_measured("promise_kept_rate", facts(promise=rows))
    after = measured("promise_kept_rate", facts(promise=[*rows, owed]))
    assert before is None or after["value"]["value"] <= before["value"]["value"]
    assert after["open"] == (before["open"] if before else 0) + 1


@FEW
@given(st.lists(promises(), min_size=1, max_size=12), st.data())
def test_no_move_of_ours_improves_a_measure(rows: list[Row], data: st.DataObject) -> None:
    """Moving dates ourselves changes the present date only: what is judged stays as it was."""
    moved = [
        row | {"current_due_s": row["current_due_s"] + 40 * DAY, "our_moves": row["our_moves"] + 1}
        if row["current_due_s"] is not None and data.draw(st.booleans())
        else row
        for row in rows
    ]
    before, after = facts(promise=rows), facts(promise=moved)
    for name in ("promise_kept_rate", "kept_when_it_mattered", "promise_lateness", "customers_hit"):
        first, second = maybe_measured(name, before), maybe_measured(name, after)
        assert (first is None) == (second is None)
        if first is not None and second is not None:
            same = ("n", "value", "share_beyond", "quantiles", "customers_hit", "worst")
            assert {key: first[key] for key in same} == {key: second[key] for key in same}
    first, second = (maybe_measured("promise_slip_rate", one) for one in (before, after))
    if first is not None and second is not None:
        assert second["value"]["value"] >= first["value"]["value"]


@FEW
@given(st.lists(promises(), max_size=12), st.integers(0, 100))
def test_as_of_an_earlier_day_nothing_later_counts(rows: list[Row], days: int) -> None:
    """Cutting the rows by hand gives the same as asking as of that day."""
    early = UNTIL - days * DAY
    happened = ("done_s", "ended_s", "released_s")
    cut = [
        row | {name: None for name in happened if row.get(name) is not None and row[name] > early}
        for row in rows
        if row.get("verdict") is None
    ]
    dated = [row for row in rows if row.get("verdict") is None]
    for name in ("promise_kept_rate", "promise_lateness", "customers_hit"):
        asked = maybe_measured(name, facts(promise=dated), window(early))
        known = maybe_measured(name, facts(promise=cut), window(early))
        if name == "promise_kept_rate" and asked is not None and known is not None:
            assert asked["worst"] == known["worst"]
        same = ("n", "open", "value", "share_beyond", "quantiles", "customers_hit")
        assert (asked is None) == (known is None)
        assert asked is None or known is None or all(asked[key] == known[key] for key in same)


# Cases


@FEW
@given(st.lists(cases(), max_size=40), st.none() | moments)
def test_times_to_resolve_are_what_plain_survival_gives(
    rows: list[Row], since_s: int | None
) -> None:
    given_window = window(since_s=since_s)
    card = maybe_measured("time_to_resolve", facts(case=rows), given_window)
    lengths = oracle.opened(rows, UNTIL, EVER if since_s is None else since_s)
    if card is None:
        return
    assert card["n"] == len(lengths)
    assert card["open"] == sum(not ended for _, ended in lengths)
    assert card["max"] == (pytest.approx(max(lengths)[0] / HOUR) if lengths else None)
    half = card["quantiles"].get("p50")
    if half is None or all(ended for _, ended in lengths):
        return
    wanted = oracle.survived(lengths, 0.5)
    assert half["value"] == (None if wanted == oracle.CENSORED else pytest.approx(wanted / HOUR))


@FEW
@given(st.lists(cases(), max_size=25))
def test_flow_is_what_plain_counting_gives(rows: list[Row]) -> None:
    source = facts(case=rows)
    here = [r for r in rows if r["reported_s"] is not None and r["reported_s"] <= UNTIL]
    for name, column in (("ownerless_time", "ownerless_s"), ("paused_share", "paused_s")):
        known = [row for row in here if row[column] is not None]
        whole = sum(row["open_s"] for row in known)
        card = maybe_measured(name, source)
        assert (card is None) == (whole == 0)
        if card is not None:
            part = sum(row[column] for row in known)
            assert card["value"]["value"] == pytest.approx(part / whole, abs=1e-8)
            assert card["n"] == len(known)
    passed = [row for row in here if row["handoffs"] is not None]
    card = maybe_measured("handoffs_per_case", source)
    assert (card is None) == (not passed)
    if card is not None:
        assert card["max"] == max(row["handoffs"] for row in passed)
        [back] = [one for one in card["beside"] if one["title"] == "Bounced"]
        bounced = sum(row["bounces"] > 0 for row in passed)
        assert back["value"]["value"] == pytest.approx(bounced / len(passed))


@FEW
@given(st.lists(cases(), max_size=25))
def test_reopened_cases_are_what_plain_counting_gives(rows: list[Row]) -> None:
    mature = [
        row
        for row in rows
        if row["reopened"] is not None
        and row["first_ended_s"] is not None
        and row["first_ended_s"] <= UNTIL - 14 * DAY
        and not (row["cancelled_s"] is not None and row["cancelled_s"] <= row["first_ended_s"])
    ]
    back = sum(
        row["reopened"] > 0
        and (row["reopened_s"] is None or row["reopened_s"] - row["first_ended_s"] <= 14 * DAY)
        for row in mature
    )
    card = maybe_measured("reopen_rate", facts(case=rows))
    if not mature:
        assert card is None or card["n"] == 0
        return
    assert card is not None
    assert (card["share_beyond"]["k"], card["n"]) == (back, len(mature))


@FEW
@given(st.lists(cases(), max_size=20), st.integers(1, 400))
def test_the_oldest_open_case_is_never_hidden_by_a_period(rows: list[Row], days: int) -> None:
    old = a_case(UNTIL - days * DAY)
    card = measured("backlog_age", facts(case=[*rows, old]), window(since_s=UNTIL - 1))
    assert card["max"] >= days


@FEW
@given(st.lists(cases(), min_size=1, max_size=20), st.data())
def test_no_pause_of_ours_shortens_a_time(rows: list[Row], data: st.DataObject) -> None:
    paused = [
        row | {"paused_s": row["open_s"]} if data.draw(st.booleans()) else row for row in rows
    ]
    before, after = facts(case=rows), facts(case=paused)
    for name in ("time_to_resolve", "backlog_age", "ownerless_time"):
        assert maybe_measured(name, before) == maybe_measured(name, after)


# Assets


@FEW
@given(st.lists(spells, max_size=12), st.none() | st.integers(0, 100))
def test_availability_is_the_union_of_overlapping_stretches(
    rows: list[Row], since_h: int | None
) -> None:
    since = None if since_h is None else UNTIL - 3 * DAY + since_h * 1800
    source = facts(downtime=rows, asset=[an_asset("A0"), an_asset("A1")])
    card = maybe_measured("availability", source, window(since_s=since))
    firsts = [row["from_s"] for row in rows]
    begin = max(min(firsts, default=UNTIL), EVER if since is None else since)
    if begin >= UNTIL:
        assert card is None
        return
    assert card is not None
    down = {name: oracle.down_seconds(rows, name, begin, UNTIL) for name in ("A0", "A1")}
    whole = UNTIL - begin
    assert card["value"]["value"] == pytest.approx(1 - sum(down.values()) / (2 * whole), abs=1e-8)
    assert card["max"] == pytest.approx(1 - max(down.values()) / whole, abs=1e-8)
    unasked = measured("unplanned_downtime", source, window(since_s=since))
    assert unasked["value"]["value"] == pytest.approx(
        1000 * sum(down.values()) / (2 * whole), abs=1e-6
    )
    assert unasked["max"] == pytest.approx(max(down.values()) / HOUR)
