"""Cases of lists and logs, with all that happened to them and who owned them when."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from wellkept.desk.exchange.links import NO_LINKS, Links, consequence_of, links_of
from wellkept.desk.exchange.names import snapshots
from wellkept.desk.exchange.reasons import (
    AFTER_END,
    CASE_AHEAD,
    CLOSED_AT_RESOLUTION,
    EVENT_LEFT,
    EVENTS,
    NO_REPORT,
    Why,
    doubts_of,
)
from wellkept.desk.exchange.rows import fetched
from wellkept.desk.exchange.weighing import (
    Change,
    Noun,
    Offer,
    Weighed,
    Work,
    Written,
    attempt,
    instant,
    moment,
)
from wellkept.record.access.batches import maker
from wellkept.record.access.wording import said
from wellkept.record.cases.actions import (
    assign_cases,
    contradictions,
    import_cases,
    record_events,
    unrecorded,
)
from wellkept.record.cases.models import Assignment, Case, CaseEvent, CaseExternalId, CasePromise
from wellkept.record.cases.rules import BESIDE, WORDS, How, State, Unrecorded, WaitingOn, Word
from wellkept.record.organisation.models import Person
from wellkept.record.promises.models import Promise

ENDED = ("resolved", "closed", "cancelled")
OVER = {"resolved": State.CLOSED, "closed": State.CLOSED, "cancelled": State.CANCELLED}
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
TOLD_REPORTED = f"{BESIDE}{Word.REPORTED.value}"
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


class _Named(NamedTuple):
    owner: str | None
    team: str | None


class Cases(Noun):
    """Cases, their events and their owners."""

    noun = "case"
    ids = CaseExternalId
    numbered = True
    chunk = 2_000

    def __init__(self, work: Work) -> None:
        """See whether the files know of closing at all: else a case is over when it is resolved."""
        super().__init__(work)
        self._make = maker(Case)
        self.ends = bool(
            fetched(
                work.con,
                "SELECT 1 AS yes WHERE EXISTS (SELECT 1 FROM offered_event WHERE state IN "
                "('resolved', 'closed', 'cancelled'))",
            )
        )
        self.closes = bool(
            fetched(
                work.con,
                "SELECT 1 AS yes WHERE EXISTS (SELECT 1 FROM offered_case WHERE closed_s IS NOT "
                "NULL) OR EXISTS (SELECT 1 FROM offered_event WHERE state = 'closed')",
            )
        )

    def refusal(self, offer: Offer) -> Why | None:
        """A case begins with its report."""
        if offer.reported_s is None:
            return NO_REPORT
        if not offer.begun:
            return CASE_AHEAD
        return None

    def foretell(self, found: Weighed) -> None:
        """What new cases say against themselves, and events that known ones cannot have had."""
        for one in found.create:
            case = self._case(one, NO_LINKS, bool(one.events))
            for why in doubts_of(",".join(contradictions(case))):
                self.work.problems.note(self.noun, one, why)
            if not one.events and _is_late(one):
                self.work.problems.note(self.noun, one, AFTER_END)
            if not one.events and self._closed_at_resolution(one):
                self.work.problems.note(self.noun, one, CLOSED_AT_RESOLUTION)
        self._foretell_events(found.update)

    def _foretell_events(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        rows = Case.objects.in_bulk([one.row for one in changes])
        events, _ = self._history([one.offer for one in changes])
        for one in changes:
            row, offer = rows[one.row], one.offer
            if not offer.events and self._closed_at_resolution(offer):
                self.work.problems.note(self.noun, offer, CLOSED_AT_RESOLUTION)
            said_s = [event.event_s for event in events[offer.n]]
            said_s += [getattr(offer, name) for name in ("reported_s", *TOLD.values())]
            if any(s is not None and unrecorded(row, instant(s), self.work.at) for s in said_s):
                for event, why in self._fresh(offer, row, events[offer.n], NO_LINKS)[1]:
                    what = said(event.word.removeprefix(BESIDE))
                    self.work.problems.note(self.noun, offer, EVENTS[why], what)

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Bring new ones over with their history."""
        if not offers:
            return
        events, holdings = self._history(offers)
        links = links_of(offers, self.work.system, more=_people(events, holdings))
        made: list[tuple[Offer, Case]] = []

        def act(some: Sequence[Offer]) -> None:
            cases: list[Case] = []
            told: list[CaseEvent] = []
            held: list[Assignment] = []
            for one in some:
                case = self._case(one, links, bool(events[one.n]))
                cases.append(case)
                told += self._told(one, case, events[one.n], links)
                held += self._held(one, case, holdings[one.n], links, logged=bool(events[one.n]))
            rows = import_cases(
                cases=cases, events=told, assignments=held, at=self.work.at, by=self.work.by
            )
            made.extend(zip(some, rows, strict=True))

        self.trying(offers, act, found)
        done.new(row for _, row in made)
        for offer, row in made:
            done.names += self.named(offer, row.pk)

    def _case(self, one: Offer, links: Links, logged: bool) -> Case:
        case = self._make(
            about=str(one.about or f"Case {one.id}")[:300],
            consequence=consequence_of(one.consequence),
            accountable_id=self.work.role,
            occurred_at=moment(one.occurred_s),
            reported_at=instant(one.reported_s),
            **links.of(one),
        )
        if logged:
            return case
        late = _late(one)
        for word, name in LATE.items():
            setattr(case, name, None if word in late else moment(getattr(one, TOLD[word])))
        case.resolved_at, case.closed_at = moment(one.resolved_s), moment(one.closed_s)
        case.cancelled_at = moment(one.cancelled_s)
        if case.closed_at is None and case.cancelled_at is None:
            self._over(case, one)
        return case

    def _over(self, case: Case, one: Offer) -> None:
        """A list may say that a case is over by its state, or by being resolved, and no more."""
        if self._closed_at_resolution(one):
            case.closed_at = case.resolved_at
        elif case.resolved_at is None and one.means in OVER:
            case.state = OVER[one.means].value

    def _closed_at_resolution(self, one: Offer) -> bool:
        over = one.closed_s is not None or one.cancelled_s is not None
        solved = one.resolved_s is not None and (not self.closes or one.means == "closed")
        return solved and not over

    def _told(
        self, one: Offer, case: Case, events: Sequence[Any], links: Links
    ) -> Iterator[CaseEvent]:
        """The events of a log, and beside them what a list says of the same case."""
        if not events:
            yield from (_beside(case, word, at) for word, at in _late(one).items())
            return
        said = list(self._words(events))
        words = {word for word, _ in said}
        if one.report_said and Word.REPORTED.value not in words:
            yield CaseEvent(case=case, word=TOLD_REPORTED, at=instant(one.reported_s))
        for word, event in said:
            yield _event(case, word, event, links)
        for word, name in TOLD.items():
            at = moment(getattr(one, name))
            if at is None:
                continue
            yield _beside(case, word, at)
            if word not in words and not (word in ENDED and self._goes_on(events)):
                yield CaseEvent(case=case, word=word.value, at=at)

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
                yield (f"source: {text}" if text in WORDS else text), event
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

    def _held(
        self, one: Offer, case: Case, holdings: Sequence[Any], links: Links, *, logged: bool
    ) -> Iterator[Assignment]:
        """Who had the case when; of a logged one nothing is known before its log and after it."""
        if not holdings:
            if logged:
                return
            if one.owner is not None or one.team is not None:
                yield self._assignment(case, one.owner, one.team, one.reported_s, None, links)
            return
        for held in holdings:
            yield self._assignment(case, held.owner, held.team, held.from_s, held.to_s, links)

    def _assignment(
        self,
        case: Case,
        owner: str | None,
        team: str | None,
        from_s: int,
        to_s: int | None,
        links: Links,
    ) -> Assignment:
        return Assignment(
            case=case,
            person_id=links.people.get(owner or ""),
            team_id=links.teams.get(team or ""),
            from_at=instant(from_s),
            until_at=moment(to_s),
            how=How.IMPORTED.value,
            by=self.work.by,
        )

    def _history(
        self, offers: Sequence[Offer]
    ) -> tuple[dict[int, list[Any]], dict[int, list[Any]]]:
        """Events and stretches of ownership of some cases, by the case's number."""
        first, last = min(one.n for one in offers), max(one.n for one in offers)
        within = f"WHERE n BETWEEN {first} AND {last}"
        found: list[dict[int, list[Any]]] = []
        for table, order in (("offered_event", "n, seq"), ("offered_holding", "n, from_s, to_s")):
            rows = defaultdict(list)
            for row in fetched(self.work.con, f"SELECT * FROM {table} {within} ORDER BY {order}"):
                rows[row.n].append(row)
            found.append(rows)
        return found[0], found[1]

    # What a later file says

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """Further events, further moments, another owner; what is known already stays."""
        keys = [one.row for one in changes]
        snapshots(done, Case, "pk", keys)
        snapshots(done, Assignment, "case", keys)
        promised = CasePromise.objects.filter(case__in=keys).values_list("promise", flat=True)
        snapshots(done, Promise, "pk", list(promised))
        rows = Case.objects.in_bulk(keys)
        offers = [one.offer for one in changes]
        events, holdings = self._history(offers)
        links = links_of(offers, self.work.system, more=_people(events, holdings))
        for one in changes:
            row = rows[one.row]
            self._further(one.offer, row, events[one.offer.n], links)
            self._owner(one.offer, row, events[one.offer.n], links)

    def _fresh(
        self, one: Offer, row: Case, events: Sequence[Any], links: Links
    ) -> tuple[list[CaseEvent], list[tuple[CaseEvent, Unrecorded]]]:
        """The events that the record does not have: those it takes, and those it cannot."""
        known = Counter(CaseEvent.objects.filter(case=row).values_list("word", "at"))
        told = list(self._told(one, row, events, links)) if events else self._moments(one, row)
        taken, left = [], []
        for event in told:
            if known[event.word, event.at] > 0:
                known[event.word, event.at] -= 1
            elif why := unrecorded(row, event.at, self.work.at):
                left.append((event, why))
            else:
                taken.append(event)
        return taken, left

    def _further(self, one: Offer, row: Case, events: Sequence[Any], links: Links) -> None:

        def act(some: Sequence[CaseEvent]) -> None:
            record_events(events=some, at=self.work.at, by=self.work.by)

        for event, reason in attempt(self._fresh(one, row, events, links)[0], act):
            what = said(event.word.removeprefix(BESIDE))
            self.work.problems.note(self.noun, one, EVENT_LEFT, f"{what}. {reason}")

    def _moments(self, one: Offer, row: Case) -> list[CaseEvent]:
        case = self._case(one, NO_LINKS, False)
        moments = {
            Word.ACKNOWLEDGED: case.acknowledged_at,
            Word.RESTORED: case.restored_at,
            Word.RESOLVED: case.resolved_at,
            Word.CLOSED: case.closed_at,
            Word.CANCELLED: case.cancelled_at,
        }
        said = [
            CaseEvent(case=row, word=word.value, at=at)
            for word, at in moments.items()
            if at is not None
        ]
        return said + [_beside(row, word, at) for word, at in _late(one).items()]

    def _owner(self, one: Offer, row: Case, events: Sequence[Any], links: Links) -> None:
        name = next((e.owner for e in reversed(events)), None) if events else one.owner
        key = links.people.get(name or "")
        row.refresh_from_db()
        if key is None or key == row.owner_id or not row.is_open:
            return
        person = Person.objects.get(pk=key)
        assign_cases(cases=[row], person=person, at=self.work.at, by=self.work.by)


def _late(one: Offer) -> dict[Word, datetime]:
    """What a list dates after the end that it gives itself: no work was begun again by that."""
    ends = [s for s in (one.closed_s, one.cancelled_s) if s is not None]
    found = {word: getattr(one, TOLD[word]) for word in LATE}
    return {word: instant(s) for word, s in found.items() if ends and s and s > max(ends)}


def _is_late(one: Offer) -> bool:
    """Whether it is odd: of an end that has no time of day, the day's end is all that is known."""
    end = max((s for s in (one.closed_s, one.cancelled_s) if s is not None), default=0)
    return any(at > instant(end + DAY_S) for at in _late(one).values())


def _beside(case: Case, word: Word, at: datetime) -> CaseEvent:
    return CaseEvent(case=case, word=f"{BESIDE}{word.value}", at=at)


def _event(case: Case, word: str, event: Any, links: Links) -> CaseEvent:
    return CaseEvent(
        case=case,
        word=word,
        waiting_on=event.waiting_on or "",
        person_id=links.people.get(event.named or ""),
        team_id=links.teams.get(event.team or ""),
        at=instant(event.event_s),
    )


def _people(*rows: dict[int, list[Any]]) -> list[Any]:
    """Whom logs and stretches name; who only holds work in a queue is named, and owns nothing."""
    return [
        _Named(getattr(row, "named", row.owner), row.team)
        for by_case in rows
        for some in by_case.values()
        for row in some
    ]
