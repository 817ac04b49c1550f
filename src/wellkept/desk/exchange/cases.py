"""Cases of lists and logs, with all that happened to them and who owned them when."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wellkept.desk.exchange.case_log import LATE, TOLD, Speech
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
from wellkept.record.cases.rules import Contradiction, How, State, Unrecorded, bare
from wellkept.record.organisation.models import Person
from wellkept.record.promises.models import Promise

OVER = {"resolved": State.CLOSED, "closed": State.CLOSED, "cancelled": State.CANCELLED}


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
        ends = "EXISTS (SELECT 1 FROM offered_event WHERE state IN ('resolved', 'closed', "
        closes = "EXISTS (SELECT 1 FROM offered_case WHERE closed_s IS NOT NULL) OR EXISTS "
        [told] = fetched(
            work.con,
            f"SELECT {ends} 'cancelled')) AS ends, "
            f"{closes} (SELECT 1 FROM offered_event WHERE state = 'closed') AS closes",
        )
        self.speech = Speech(told.ends, told.closes)

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
            if not one.events and self.speech.is_late(one):
                self.work.problems.note(self.noun, one, AFTER_END)
            if not one.events and self.speech.closed_at_resolution(one):
                self.work.problems.note(self.noun, one, CLOSED_AT_RESOLUTION)
        self._foretell_events(found.update)

    def _foretell_events(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        rows = Case.objects.in_bulk([one.row for one in changes])
        events, _ = self._history([one.offer for one in changes])
        for one in changes:
            row, offer = rows[one.row], one.offer
            if not offer.events and self.speech.closed_at_resolution(offer):
                self.work.problems.note(self.noun, offer, CLOSED_AT_RESOLUTION)
            said_s = [event.event_s for event in events[offer.n]]
            said_s += [getattr(offer, name) for name in ("reported_s", *TOLD.values())]
            if any(s is not None and unrecorded(row, instant(s), self.work.at) for s in said_s):
                for event, why in self._fresh(offer, row, events[offer.n], NO_LINKS)[1]:
                    what = said(bare(event.word))
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
                told += self.speech.events(one, case, events[one.n], links)
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
        if one.end_unsaid:
            case.doubt = Contradiction.END_UNSAID.value
        if logged:
            return case
        after = self.speech.late(one)
        for word, name in LATE.items():
            setattr(case, name, None if word in after else moment(getattr(one, TOLD[word])))
        case.resolved_at, case.closed_at = moment(one.resolved_s), moment(one.closed_s)
        case.cancelled_at = moment(one.cancelled_s)
        if case.closed_at is None and case.cancelled_at is None:
            self._over(case, one)
        return case

    def _over(self, case: Case, one: Offer) -> None:
        """A list may say that a case is over by its state, or by being resolved, and no more."""
        if self.speech.closed_at_resolution(one):
            case.closed_at = case.resolved_at
        elif case.resolved_at is None and one.means in OVER:
            case.state = OVER[one.means].value

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
        in_order = (("offered_event", "n, seq"), ("offered_holding", "n, seq, from_s, to_s"))
        for table, order in in_order:
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
        there = CaseEvent.objects.filter(case=row).values_list("word", "at")
        known = Counter((bare(word), at) for word, at in there)
        if events:
            told = self.speech.events(one, row, events, links)
        else:
            told = self.speech.of_list(one, row, self._case(one, NO_LINKS, False))
        taken, left = [], []
        for event in told:
            said_so = (bare(event.word), event.at)
            if known[said_so] > 0:
                known[said_so] -= 1
            elif why := unrecorded(row, event.at, self.work.at):
                left.append((event, why))
            else:
                taken.append(event)
        return taken, left

    def _further(self, one: Offer, row: Case, events: Sequence[Any], links: Links) -> None:

        def act(some: Sequence[CaseEvent]) -> None:
            record_events(events=some, at=self.work.at, by=self.work.by)

        for event, reason in attempt(self._fresh(one, row, events, links)[0], act):
            what = said(bare(event.word))
            self.work.problems.note(self.noun, one, EVENT_LEFT, f"{what}. {reason}")

    def _owner(self, one: Offer, row: Case, events: Sequence[Any], links: Links) -> None:
        name = next((e.owner for e in reversed(events)), None) if events else one.owner
        key = links.people.get(name or "")
        row.refresh_from_db()
        if key is None or key == row.owner_id or not row.is_open:
            return
        person = Person.objects.get(pk=key)
        assign_cases(cases=[row], person=person, at=self.work.at, by=self.work.by)


def _people(*rows: dict[int, list[Any]]) -> list[Any]:
    """Whom logs and stretches name; who only holds work in a queue is named, and owns nothing."""
    return [
        _Named(getattr(row, "named", row.owner), row.team)
        for by_case in rows
        for some in by_case.values()
        for row in some
    ]
