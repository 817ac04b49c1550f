"""The state of a case is a projection of its events, however they came in."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import DAY, HOUR, MONDAY, a_case, a_person, a_role
from databases import undone
from wellkept.record.access.batches import drafts
from wellkept.record.cases.actions import NotACase, import_cases, record_events
from wellkept.record.cases.actions.rights import PROJECTED
from wellkept.record.cases.models import Assignment, Case, CaseEvent
from wellkept.record.cases.rules import Happening, Present, State, Word, present

pytestmark = pytest.mark.usefixtures("record")
LATER = MONDAY + 99 * DAY
happenings = st.lists(
    st.tuples(
        st.sampled_from([*Word, "diagnosed", "Awaiting Vendor"]),
        st.integers(0, 50),
        st.sampled_from(["", "customer", "part"]),
    ),
    max_size=12,
)


def told(case: Case, word: str, hour: int, waiting_on: str = "") -> CaseEvent:
    return CaseEvent(case=case, word=word, at=MONDAY + hour * HOUR, waiting_on=waiting_on)


def brought(case: Case, *events: CaseEvent, held: Any = ()) -> Case:
    made = import_cases(cases=[case], events=events, assignments=held, at=LATER, by=None)
    return Case.objects.get(pk=made[0].pk)


def a_row(**given: Any) -> Case:
    return Case(about="It leaks", reported_at=MONDAY, accountable=a_role(), **given)


def as_projected(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in PROJECTED}


def derived(case: Case) -> dict[str, Any]:
    rows = case.events.order_by("at", "pk")
    found = present(Happening(one.word, one.at, one.waiting_on) for one in rows)
    return {name: getattr(found, name) for name in PROJECTED}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings)
def test_the_row_says_what_its_events_say(record: Any, what: list[tuple[str, int, str]]) -> None:
    with undone(record):
        played, imported = a_case(), a_row()
        record_events(events=[told(played, *one) for one in what], at=LATER, by=None)
        brought_over = brought(imported, *[told(imported, *one) for one in what])
        played.refresh_from_db()
        assert as_projected(played) == derived(played)
        if not brought_over.doubt:
            assert as_projected(brought_over) == derived(brought_over)
        assert brought_over.is_open == played.is_open


@given(happenings)
def test_what_follows_a_milestone_is_as_if_it_had_not_been(
    what: list[tuple[str, int, str]],
) -> None:
    def after(rows: list[tuple[str, int, str]]) -> Present:
        moments = defaultdict[int, datetime](lambda: MONDAY)
        return present(
            Happening(word, moments[0] + hour * HOUR, waiting) for word, hour, waiting in rows
        )

    states = [one for one in what if one[0] in set(Word)]
    assert after(what) == after(states)


def test_moments_of_the_row_become_events_where_no_event_tells_them() -> None:
    row = a_row(acknowledged_at=MONDAY + HOUR, closed_at=MONDAY + 5 * HOUR)
    case = brought(row, told(row, "Awaiting Vendor", 2), told(row, "closed", 6))
    words = [event.word for event in case.events.all()]
    assert words == ["acknowledged", "Awaiting Vendor", "closed"], "its log tells no report"
    alone = brought(a_row(acknowledged_at=MONDAY + HOUR))
    assert [event.word for event in alone.events.all()] == ["reported", "acknowledged"]
    assert (case.state, case.closed_at) == (State.CLOSED, MONDAY + 6 * HOUR)


def test_an_import_invents_no_owner() -> None:
    bruno, row, other = a_person(), a_row(), a_row()
    held = [
        Assignment(case=row, person=None, from_at=MONDAY, until_at=MONDAY + HOUR, how="imported"),
        Assignment(case=row, person=bruno, from_at=MONDAY + HOUR, how="imported"),
    ]
    assert brought(row, held=held).owner == bruno
    assert brought(other).owner is None


def test_rows_that_contradict_themselves_are_kept_and_say_so() -> None:
    early = brought(a_row(closed_at=MONDAY - HOUR))
    assert early.doubt == "ended_before_report"
    ended = brought(a_row(state=State.CLOSED.value))
    assert (ended.state, ended.closed_at, ended.doubt) == ("closed", None, "end_unknown")
    odd = brought(a_row(occurred_at=MONDAY + HOUR))
    assert odd.doubt == "occurred_after_report"


def test_a_case_without_its_report_is_refused() -> None:
    with pytest.raises(NotACase, match="needs its report"):
        brought(Case(about="x", accountable=a_role()))


def test_drafts_are_the_rows_that_the_model_would_make() -> None:
    (quick,) = drafts(Case, [{"about": "It leaks", "reported_at": MONDAY}])
    slow = Case(about="It leaks", reported_at=MONDAY)
    for field in Case._meta.concrete_fields:
        assert getattr(quick, field.attname) == getattr(slow, field.attname), field.name
    with pytest.raises(TypeError, match="has no columns colour"):
        list(drafts(Case, [{"colour": "red"}]))


def test_of_two_answers_the_first_counts() -> None:
    answers = [Happening(Word.ACKNOWLEDGED, MONDAY + hours * HOUR) for hours in (1, 2)]
    assert present(answers).acknowledged_at == MONDAY + HOUR
