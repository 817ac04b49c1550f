"""How old is what is still open: a snapshot of everything, whenever it came."""

from collections.abc import Sequence
from typing import Any

from study.measures.builders import (
    DAY,
    HOUR,
    UNTIL,
    a_case,
    facts,
    maybe_measured,
    measured,
    window,
)

Json = dict[str, Any]


def backlog(*cases: dict[str, Any], by: Sequence[str | None] | None = None, **given: Any) -> Json:
    """The card of the age of open work."""
    labels = {"case": by} if by else None
    given.setdefault("by", "region" if by else None)
    return measured("backlog_age", facts(case=cases, by=labels), window(**given))


def test_ages_by_hand() -> None:
    card = backlog(*(a_case(UNTIL - d * DAY) for d in (1, 2, 3, 10, 40)), a_case(hours=1))
    assert (card["n"], card["open"]) == (5, 5)
    assert card["value"]["value"] == 3.0 and card["max"] == 40.0 and card["worst_unit"] == "d"
    assert card["says"] == "5 cases are to be resolved; the oldest has waited 40 d."
    assert card["worst"][0]["value"] == 40.0 and card["worst"][0]["open"]
    assert card["trend"] is None and card["reasons"]["trend"] == "a snapshot has no trend"


def test_one_open_case_is_said_in_the_singular() -> None:
    assert (
        backlog(a_case(UNTIL - 3 * HOUR))["says"] == "1 case is to be resolved; it has waited 3 h."
    )


def test_since_never_hides_the_oldest() -> None:
    card = backlog(a_case(UNTIL - 400 * DAY), a_case(UNTIL - DAY), since_s=UNTIL - 2 * DAY)
    assert card["n"] == 2 and card["max"] == 400.0


def test_what_ended_after_until_was_open_then() -> None:
    case = a_case(UNTIL - 10 * DAY, hours=48)
    assert backlog(case, a_case(UNTIL - 9 * DAY), until_s=UNTIL - 9 * DAY)["n"] == 2
    assert backlog(case, a_case(UNTIL - 9 * DAY))["n"] == 1


def test_cancelled_and_unknown_ends_are_not_open_work() -> None:
    gone = a_case(cancelled_s=UNTIL - DAY)
    unknown = a_case(ended_unknown=True)
    card = backlog(gone, unknown, a_case(UNTIL - DAY))
    assert card["n"] == 1
    assert (card["completeness"]["used"], card["completeness"]["should"]) == (1, 2)


def test_of_the_open_ones_the_share_past_their_date_is_shown() -> None:
    past = [a_case(UNTIL - 9 * DAY, resolve_due_s=UNTIL - DAY) for _ in range(2)]
    ahead = [a_case(UNTIL - 9 * DAY, resolve_due_s=UNTIL + DAY)]
    card = backlog(*past, *ahead, a_case(UNTIL - 9 * DAY))
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (2, 3)
    assert card["share_beyond"]["promise"] == "its own date"


def test_a_stated_target_serves_where_there_is_no_date() -> None:
    cases = [a_case(UNTIL - d * DAY) for d in (1, 5)]
    card = backlog(*cases, targets_s={"backlog_age": 2 * DAY})
    assert (card["share_beyond"]["k"], card["share_beyond"]["n"]) == (1, 2)
    assert card["share_beyond"]["promise"] == "not older than 2 d"


def test_nothing_open_is_said_and_is_not_absence() -> None:
    card = backlog(a_case(hours=1))
    assert card["n"] == 0 and card["says"] == "Nothing is open."
    assert card["reasons"]["value"] == "nothing is open"


def test_without_any_known_state_it_is_absent() -> None:
    assert maybe_measured("backlog_age", facts()) is None
    assert maybe_measured("backlog_age", facts(case=[a_case(ended_unknown=True)])) is None


def test_groups_of_open_work_show_their_age() -> None:
    cases = [a_case(UNTIL - d * DAY) for d in (1, 1, 1, 1, 1, 30, 30, 30, 30, 30)]
    card = backlog(*cases, by=["South"] * 5 + ["North"] * 5)
    first = card["by"]["groups"][0]
    assert first["group"] == "North" and first["quantiles"]["p50"]["value"] == 30.0
    assert first["open"] == 5
    assert card["by"]["text"] == "slowest: North, half within 30 d"
