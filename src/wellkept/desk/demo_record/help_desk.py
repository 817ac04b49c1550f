"""The cases: brought over with their history in the week in which they end, with their stops."""

from collections.abc import Iterable
from datetime import timedelta

from wellkept.desk.demo import records
from wellkept.desk.demo.records import Company, moment
from wellkept.desk.demo_record.known import Known
from wellkept.desk.demo_record.organisation import DESK
from wellkept.record.cases.actions import (
    import_cases,
    log_contact,
    record_downtimes,
    tie_promises,
)
from wellkept.record.cases.models import Assignment, Case, CaseEvent, CasePromise, Downtime
from wellkept.record.cases.rules import Channel, How, WaitingOn, Word
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.promises.models import ContactLog

WORDS = {
    "Reported": Word.REPORTED.value,
    "Acknowledged": Word.ACKNOWLEDGED.value,
    "Assigned": Word.OWNED.value,
    "Reassigned": Word.OWNED.value,
    "In queue": Word.OWNERLESS.value,
    "On site": Word.WORK_STARTED.value,
    "In progress": Word.RESUMED.value,
    "Restored": Word.RESTORED.value,
    "Resolved": Word.RESOLVED.value,
    "Closed": Word.CLOSED.value,
    "Cancelled": Word.CANCELLED.value,
    "Reopened": Word.REOPENED.value,
}
CHANNELS = {
    "phone": Channel.PHONE,
    "e-mail": Channel.MAIL,
    "portal": Channel.PORTAL,
    "monitoring": Channel.MACHINE,
}
CALLED = "asked again when it will be restored"


class HelpDesk:
    """Writes the cases and stops of each week."""

    def __init__(self, company: Company, known: Known) -> None:
        """Sort cases and stops into the weeks of their end; what is open comes last."""
        self.known = known
        monday_s = known.monday_s
        self.cases = known.by_week(company.cases, self._ended_s)
        self.downtimes = known.by_week(
            company.downtimes, lambda down: monday_s if down.to_s is None else down.to_s
        )
        tied = [(one, one.case) for one in company.promises if one.case is not None]
        self.ties = known.by_week(tied, lambda pair: max(pair[0].made_s, self._ended_s(pair[1])))

    def take_in(self, week: int) -> None:
        """This will bring the cases of a week over, and tie them to their promises."""
        known, at = self.known, self.known.at(week)
        fresh = {told: self._row(told) for told in self.cases.get(week, [])}
        if fresh:
            events = [event for told, row in fresh.items() for event in self._events(told, row)]
            held = [one for told, row in fresh.items() for one in self._assignments(told, row)]
            import_cases(cases=fresh.values(), events=events, assignments=held, at=at, by=None)
            known.cases |= fresh
        self._tie(week)
        if stops := self.downtimes.get(week):
            rows = [self._downtime(stop) for stop in stops]
            record_downtimes(downtimes=rows, at=at, by=None)

    def _ended_s(self, case: records.Case) -> int:
        return self.known.monday_s if case.ended_s is None else case.ended_s

    def _tie(self, week: int) -> None:
        known = self.known
        links = [
            CasePromise(case_id=known.cases[case].pk, promise_id=known.promises[one].pk)
            for one, case in self.ties.get(week, [])
        ]
        if links:
            tie_promises(links=links, at=known.at(week), by=None)

    def hear(self, waiting: Iterable[records.Case]) -> None:
        """This will write down that those who wait longest have called, yesterday."""
        known, monday = self.known, moment(self.known.monday_s)
        for nth, told in enumerate(waiting):
            call = ContactLog(
                at=monday - timedelta(hours=8 + 3 * nth),
                channel=Channel.PHONE.value,
                from_customer=True,
                contact=known.contacts[told.asset.site.customer],
                about=CALLED,
            )
            log_contact(case=known.cases[told], told=call, at=monday, by=None)

    def _row(self, told: records.Case) -> Case:
        known, asset = self.known, told.asset
        last = told.events[-1]
        return Case(
            about=told.about,
            detail=told.kind,
            channel=CHANNELS[told.channel].value,
            customer_id=known.customers[asset.site.customer].pk,
            site_id=known.sites[asset.site].pk,
            asset_id=known.assets[asset.number].pk,
            consequence=Consequence.of(told.consequence).value,
            consequence_asked=told.consequence != "unknown",
            accountable_id=known.roles[DESK].pk,
            team_id=known.teams[last.team].pk,
            occurred_at=None if told.occurred_s is None else moment(told.occurred_s),
            reported_at=moment(told.reported_s),
        )

    def _events(self, told: records.Case, row: Case) -> list[CaseEvent]:
        known = self.known
        found = []
        for event in told.events:
            at = moment(event.at_s)
            actor = known.people.get(event.actor)
            waiting = WaitingOn(event.waiting_on).value if event.waiting_on else ""
            found.append(
                CaseEvent(
                    case=row,
                    word=Word.WAITING.value if waiting else WORDS[event.word],
                    waiting_on=waiting,
                    acknowledged=waiting == WaitingOn.CUSTOMER.value,
                    person_id=known.people[event.owner].pk if event.owner else None,
                    team_id=known.teams[event.team].pk,
                    at=at,
                    recorded_at=at,
                    by_id=None if actor is None else actor.account_id,
                )
            )
        return found

    def _assignments(self, told: records.Case, row: Case) -> list[Assignment]:
        """One for each stretch under one owner, or under nobody; the last one is open."""
        known = self.known
        found: list[Assignment] = []
        for event in told.events:
            person = known.people[event.owner].pk if event.owner else None
            team = known.teams[event.team].pk
            at = moment(event.at_s)
            if found and (found[-1].person_id, found[-1].team_id) == (person, team):
                continue
            if found:
                found[-1].until_at = at
            how = How.LEFT if person is None else How.IMPORTED
            found.append(
                Assignment(case=row, person_id=person, team_id=team, from_at=at, how=how.value,
                           recorded_at=at)
            )  # fmt: skip
        return found

    def _downtime(self, stop: records.Downtime) -> Downtime:
        known = self.known
        return Downtime(
            asset=known.assets[stop.asset.number],
            case=known.cases.get(stop.case) if stop.case is not None else None,
            from_at=moment(stop.from_s),
            until_at=None if stop.to_s is None else moment(stop.to_s),
            planned=stop.planned,
            about=stop.reason,
        )
