"""How a promise stands: one rule in two hands, held together; late is never kept."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import DAY, HOUR, MONDAY, a_promise, promise_row
from databases import undone
from wellkept.record.access.verbs import NotTrue
from wellkept.record.promises.actions import NotAPromise, make_promises
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import FAILED, Standing, end_of_day, standing

NOON = MONDAY + 3 * HOUR
AFTER = NOON + HOUR
BEFORE = NOON - HOUR


@pytest.mark.parametrize(
    ("facts", "now", "stands"),
    [
        ({}, NOON - timedelta(microseconds=1), Standing.OPEN),
        ({}, NOON, Standing.BROKEN),
        ({}, AFTER, Standing.BROKEN),
        ({"fulfilled_at": NOON}, AFTER, Standing.KEPT),
        ({"fulfilled_at": AFTER}, AFTER, Standing.LATE),
        ({"released_at": NOON}, AFTER, Standing.RELEASED),
        ({"released_at": AFTER}, AFTER, Standing.NEVER),
        ({"ended_at": BEFORE}, BEFORE, Standing.NEVER),
        ({"fulfilled_at": BEFORE, "voided_at": AFTER}, AFTER, Standing.VOID),
        ({"verdict": "kept"}, AFTER, Standing.KEPT),
        ({"verdict": "broken"}, BEFORE, Standing.LATE),
        ({"verdict": "broken", "fulfilled_at": BEFORE}, AFTER, Standing.KEPT),
    ],
)
def test_a_promise_stands(facts: dict[str, Any], now: datetime, stands: Standing) -> None:
    assert standing(judged_due=NOON, now=now, **facts) is stands


def test_a_promise_without_a_judged_date_is_not_past() -> None:
    assert standing(judged_due=None, now=AFTER) is Standing.OPEN
    assert standing(judged_due=None, now=AFTER, fulfilled_at=AFTER) is Standing.KEPT


def test_a_day_ends_at_midnight_of_the_place_also_when_the_clocks_change() -> None:
    before, after = date(2026, 3, 28), date(2026, 3, 29)
    length = end_of_day(after, "Europe/Rome") - end_of_day(before, "Europe/Rome")
    assert length == timedelta(hours=23)


moments = st.integers(-3, 6).map(lambda hours: MONDAY + hours * HOUR)
maybe = st.none() | moments


@st.composite
def settled_somehow(draw: Any) -> dict[str, Any]:
    end = draw(st.sampled_from(["fulfilled_at", "released_at", "ended_at", "both", "none"]))
    facts: dict[str, Any] = {"verdict": draw(st.sampled_from([None, None, "kept", "broken"]))}
    if end in ("released_at", "both"):
        facts |= {"released_at": draw(moments), "evidence": "a mail"}
    if end in ("ended_at", "both"):
        facts |= {"ended_at": draw(moments), "ended_reason": "sold"}
    if end == "fulfilled_at":
        facts["fulfilled_at"] = draw(moments)
    if draw(st.booleans()):
        facts |= {"voided_at": draw(moments), "voided_reason": "twice"}
    return facts


@pytest.mark.usefixtures("record")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(settled_somehow(), moments, st.booleans()), min_size=1, max_size=8), moments
)
def test_the_rule_in_python_and_the_rule_in_sql_are_one(
    record: Any, rows: list[tuple[dict[str, Any], datetime, bool]], now: datetime
) -> None:
    with undone(record):
        fresh = [
            promise_row(first_due=due, made_at=None, left_s=None, **facts) for facts, due, _ in rows
        ]
        made = make_promises(promises=fresh, at=MONDAY, by=None, keep_doubtful=True)
        for promise, (_, _, stopped) in zip(made, rows, strict=True):
            if stopped:
                Promise.objects.filter(pk=promise.pk).update(judged_due=None, left_s=60)
        every = list(Promise.objects.all())
        for wanted in Standing:
            by_sql = set(Promise.objects.standing(wanted, now))
            assert by_sql == {one for one in every if one.standing(now) is wanted}, wanted
        failed = {one for one in every if one.standing(now) in FAILED}
        assert set(Promise.objects.failed(now)) == failed
        assert set(Promise.objects.broken(now)) <= set(Promise.objects.owed())
        assert set(Promise.objects.owed()) == {one for one in every if one.is_owed}


@pytest.mark.usefixtures("record")
class TestAsking:
    def test_the_worst_consequence_comes_first_then_what_is_due_longest(self) -> None:
        mild = a_promise(HOUR, consequence=4)
        unknown = a_promise(HOUR, consequence=2)
        safety = a_promise(3 * HOUR, consequence=0)
        stopped = a_promise(2 * HOUR, consequence=1)
        degraded = a_promise(HOUR, consequence=3)
        ordered = list(Promise.objects.by_urgency())
        assert ordered == [safety, stopped, unknown, degraded, mild]

    def test_what_is_due_soon_is_in_danger_and_what_is_past_is_broken(self) -> None:
        soon, past, far = a_promise(4 * HOUR), a_promise(HOUR), a_promise(9 * DAY)
        now = MONDAY + 2 * HOUR
        assert list(Promise.objects.in_danger(now, 8 * HOUR)) == [soon]
        assert list(Promise.objects.broken(now)) == [past]
        assert set(Promise.objects.due_between(now, now + 30 * DAY)) == {soon, far}

    def test_a_promise_is_found_by_its_number_however_it_is_written(self) -> None:
        one = a_promise()
        for text in (one.number, one.number.lower(), str(one.pk), f"P-{one.pk}"):
            assert list(Promise.objects.numbered(text)) == [one]
        assert not Promise.objects.numbered("pump")


@pytest.mark.usefixtures("record")
class TestMaking:
    def test_a_promise_needs_the_role_that_answers_for_it(self) -> None:
        with pytest.raises(NotAPromise, match="needs the role that answers"):
            a_promise(accountable=None)

    def test_a_promise_that_falls_due_before_it_is_made_is_refused_with_a_sentence(self) -> None:
        row = promise_row(-HOUR)
        with pytest.raises(NotAPromise, match="falls due before it was made"):
            make_promises(promises=[row], at=MONDAY, by=None)

    def test_an_import_keeps_it_and_says_what_is_wrong(self) -> None:
        row = promise_row(-HOUR, fulfilled_at=MONDAY - 2 * HOUR)
        (made,) = make_promises(promises=[row], at=MONDAY, by=None, keep_doubtful=True)
        made.refresh_from_db()
        assert made.doubt == "due_before_made,fulfilled_before_made"

    def test_a_kind_that_nobody_knows_is_refused_with_those_that_there_are(self) -> None:
        with pytest.raises(NotAPromise, match="choose one of: respond, arrive"):
            a_promise(kind="sla")

    def test_a_promise_without_a_date_needs_a_verdict(self) -> None:
        with pytest.raises(NotAPromise, match="needs a due date, or the verdict"):
            a_promise(first_due=None)
        kept = a_promise(first_due=None, verdict="kept")
        assert kept.standing(MONDAY) is Standing.KEPT

    def test_a_current_date_that_differs_is_a_move_that_nobody_asked_for(self) -> None:
        one = a_promise(first_due=NOON, current_due=NOON + DAY)
        move = one.moves.get()
        assert (move.old_due, move.new_due, move.asked_by) == (NOON, NOON + DAY, "unknown")
        assert one.judged_due == NOON

    def test_money_without_a_currency_is_refused_by_the_database(self) -> None:
        with pytest.raises(NotTrue, match="Money needs its currency"):
            a_promise(penalty_minor=10_000)

    def test_a_date_without_a_zone_is_refused(self) -> None:
        with pytest.raises(NotAPromise, match="without a zone"):
            a_promise(first_due=NOON.replace(tzinfo=None))

    def test_history_that_has_ended_is_in_the_log(self) -> None:
        one = a_promise(fulfilled_at=NOON)
        assert [(event.word, event.at) for event in one.events.all()] == [("fulfilled", NOON)]
