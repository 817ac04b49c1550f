"""What lists and logs say of cases, as events in the record's words: each knows who told it.

A log tells by bare words. What a list says and no log tells is `listed`: it moves the case. What a
list says beside a log that knows better is `told`: it is kept, and moves nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wellkept.desk.exchange.links import Links
from wellkept.desk.exchange.weighing import Offer, instant, moment
from wellkept.record.cases.models import Case, CaseEvent
from wellkept.record.cases.rules import (
    BESIDE,
    HANDED_ON,
    LISTED,
    MOMENTS,
    WENT_BACK,
    WaitingOn,
    Word,
    is_source_s,
)

ENDED = ("resolved", "closed", "cancelled")
TOLD = {
    Word.ACKNOWLEDGED: "responded_s",
    Word.RESTORED: "restored_s",
    Word.RESOLVED: "resolved_s",
    Word.CLOSED: "closed_s",
    Word.CANCELLED: "cancelled_s",
}
"""The moment of a list that tells what an event would tell."""
LATE = {Word.ACKNOWLEDGED: "acknowledged_at", Word.RESTORED: "restored_at"}
"""What would bring a case back if it happened after the end: the moment of the case that it is."""
DAY_S = 86_400
MEANS = {
    "reported": Word.REPORTED,
    "acknowledged": Word.ACKNOWLEDGED,
    "in_work": Word.WORK_STARTED,
    "restored": Word.RESTORED,
    "resolved": Word.RESOLVED,
    "closed": Word.CLOSED,
    "cancelled": Word.CANCELLED,
}
WAITS = frozenset(WaitingOn)


@dataclass(frozen=True, slots=True)
class Speech:
    """What the files tell of ends: whether any log ends a case, and whether anything closes one."""

    ends: bool
    closes: bool

    def events(
        self, one: Offer, case: Case, events: Sequence[Any], links: Links
    ) -> Iterator[CaseEvent]:
        """This will give the events of a log, and what a list says of the same case.

        Of a case that no log knows, `case` has the moments that the list gives it.
        """
        return self._logged(one, case, events, links) if events else self.of_list(one, case, case)

    def of_list(self, one: Offer, case: Case, said: Case) -> Iterator[CaseEvent]:
        """This will give the events of a case that no log knows: `said` has its list's moments."""
        moments = {Word.REPORTED.value: "reported_at", **MOMENTS}
        for word, name in moments.items():
            at = getattr(said, name)
            if at is not None:
                yield _at(case, f"{LISTED}{word}", at)
        for late, late_at in self.late(one).items():
            yield _at(case, f"{BESIDE}{late.value}", late_at)
        yield from _counted(one, case, passed_on=False, went_back=False)

    def closed_at_resolution(self, one: Offer) -> bool:
        """This will say whether its solution is all that a list tells of its end."""
        over = one.closed_s is not None or one.cancelled_s is not None
        solved = one.resolved_s is not None and (not self.closes or one.means == "closed")
        return solved and not over

    def late(self, one: Offer) -> dict[Word, datetime]:
        """This will give what a list dates after the end that it gives: no work began again."""
        end = self._end_s(one)
        found = {word: getattr(one, TOLD[word]) for word in LATE}
        return {word: instant(s) for word, s in found.items() if end and s and s > end}

    def is_late(self, one: Offer) -> bool:
        """This will say whether it is odd: of an end without a time, its day's end is known."""
        end = self._end_s(one) or 0
        return any(at > instant(end + DAY_S) for at in self.late(one).values())

    def _end_s(self, one: Offer) -> int | None:
        ends = [one.closed_s, one.cancelled_s]
        ends += [one.resolved_s] if self.closed_at_resolution(one) else []
        return max((s for s in ends if s is not None), default=None)

    def _logged(
        self, one: Offer, case: Case, events: Sequence[Any], links: Links
    ) -> Iterator[CaseEvent]:
        said = list(self._words(events))
        words = {word for word, _ in said}
        if one.report_said and Word.REPORTED.value not in words:
            yield _at(case, f"{BESIDE}{Word.REPORTED.value}", instant(one.reported_s))
        for word, event in said:
            yield _event(case, word, event, links)
        for word, name in TOLD.items():
            at = moment(getattr(one, name))
            if at is None:
                continue
            moves = word not in words and not (word in ENDED and self._goes_on(events))
            yield _at(case, f"{LISTED if moves else BESIDE}{word.value}", at)
        yield from _counted(one, case, passed_on=one.handed, went_back=self.ends)

    def _goes_on(self, events: Sequence[Any]) -> bool:
        """Whether a log that would tell an end tells none, or work after it: it is believed."""
        states = [event.state for event in events if event.state is not None]
        return self.ends and not (states and states[-1] in ENDED)

    def _words(self, events: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        """The words of the record for the states that a log's words mean.

        What comes back to work after it had ended was reopened. A word without a meaning, or that
        closes what was cancelled, stays as it was written, and moves nothing.
        """
        over = ""
        for event in events:
            twice = over and event.state in ENDED and "cancelled" in {over, event.state} - {""}
            if event.state is None or (twice and event.state != over):
                text = str(event.word or "event")[:70]
                yield (text if is_source_s(text) else f"source: {text}"), event
                continue
            if over and event.state not in (*ENDED, "restored"):
                yield Word.REOPENED.value, event
                if event.waiting_on in WAITS:
                    yield Word.WAITING.value, event
            elif event.waiting_on in WAITS:
                yield Word.WAITING.value, event
            else:
                yield MEANS[event.state].value, event
            over = event.state if event.state in ENDED else ""
        if over and not self.closes and events[-1].state == "resolved":
            yield Word.CLOSED.value, events[-1]


def _counted(one: Offer, case: Case, *, passed_on: bool, went_back: bool) -> Iterator[CaseEvent]:
    """How often a list says that it came back, and changed hands, where no log tells that."""
    if one.reopen_count is not None and not went_back:
        yield _at(case, f"{WENT_BACK}{one.reopen_count}", instant(one.reported_s))
    if one.reopened_s is not None and not went_back:
        yield _at(case, f"{BESIDE}{Word.REOPENED.value}", instant(one.reopened_s))
    if one.handoff_count is not None and not passed_on:
        yield _at(case, f"{HANDED_ON}{one.handoff_count}", instant(one.reported_s))


def _at(case: Case, word: str, at: datetime) -> CaseEvent:
    return CaseEvent(case=case, word=word, at=at)


def _event(case: Case, word: str, event: Any, links: Links) -> CaseEvent:
    return CaseEvent(
        case=case,
        word=word,
        waiting_on=event.waiting_on or "",
        person_id=links.people.get(event.named or ""),
        team_id=links.teams.get(event.team or ""),
        at=instant(event.event_s),
    )
