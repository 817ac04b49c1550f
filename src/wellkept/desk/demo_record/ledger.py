"""The promises: made, moved, paused, told, and settled, each in the week in which it happened."""

from collections import defaultdict
from collections.abc import Iterable

from wellkept.desk.demo import records
from wellkept.desk.demo.records import DAY, Company, moment
from wellkept.desk.demo_record.known import Known
from wellkept.desk.demo_record.organisation import DESK, FIELD, PARTS, PLANNER, SALES
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.promises.actions import (
    end_promises,
    keep_promises,
    make_promises,
    move_promises,
    pause_promises,
    release_promises,
    tell_customer,
)
from wellkept.record.promises.models import ContactLog, Pause, Promise, PromiseMove
from wellkept.record.promises.rules import AskedBy, Channel, Kind, Precision, Source, WaitedFor

WAITED = "waited for the customer"
"""The reason with which the story moves a date for an agreed pause; here it is a pause."""
ACCOUNTABLE = {
    Kind.ARRIVE: FIELD,
    Kind.PART_DELIVERY: PARTS,
    Kind.QUOTE: SALES,
    Kind.MAINTENANCE_DUE: PLANNER,
}
SOURCES = {
    Kind.RESPOND: Source.COMMITMENT,
    Kind.RESTORE: Source.COMMITMENT,
    Kind.ARRIVE: Source.APPOINTMENT,
    Kind.PART_DELIVERY: Source.DERIVED,
    Kind.QUOTE: Source.QUOTE,
    Kind.MAINTENANCE_DUE: Source.PLAN,
}
TOLD_DAYS = 91
"""For so long back the contact log has the calls; of older moves only the moment is known."""


class Ledger:
    """Writes the promises of each week."""

    def __init__(self, company: Company, known: Known) -> None:
        """Sort what happens to promises into weeks."""
        self.known = known
        told = company.promises
        self.made = known.by_week(told, lambda one: one.made_s)
        self.done = known.by_week(told, lambda one: one.done_s)
        self.released = known.by_week(told, lambda one: one.released_s)
        self.ended = known.by_week(told, lambda one: one.ended_s)
        moves = [(one, move) for one in told for move in one.moves]
        waits = [pair for pair in moves if pair[1].reason == WAITED]
        self.paused = known.by_week(waits, lambda pair: pair[1].at_s + _length(pair[1]))
        others = [pair for pair in moves if pair[1].reason != WAITED]
        self.moved = known.by_week(others, lambda pair: pair[1].at_s)
        since_s = known.monday_s - TOLD_DAYS * DAY
        self.told = known.by_week(
            others, lambda pair: pair[1].told_s if (pair[1].told_s or 0) >= since_s else None
        )

    def make(self, week: int) -> None:
        """This will make the promises of a week."""
        fresh = {one: self._row(one) for one in self.made.get(week, [])}
        if fresh:
            make_promises(promises=fresh.values(), at=self.known.at(week), by=None)
            self.known.promises |= fresh

    def change(self, week: int) -> None:
        """This will pause and move what was paused and moved in a week, and tell customers."""
        at, rows = self.known.at(week), self.known.promises
        if waits := self.paused.get(week):
            pauses = [self._pause(rows[one], move) for one, move in waits]
            pause_promises(pauses=pauses, at=at, by=None)
        if moves := self.moved.get(week):
            moved = [_move(rows[one], move) for one, move in moves]
            move_promises(moves=moved, at=at, by=None)
        for one, move in self.told.get(week, []):
            tell_customer(promises=[rows[one]], told=self._call(one, move), at=at, by=None)

    def settle(self, week: int) -> None:
        """This will keep, release and end what was kept, released and ended in a week."""
        at, rows = self.known.at(week), self.known.promises
        if kept := self.done.get(week):
            moments = {rows[one].pk: moment(one.done_s or 0) for one in kept}
            keep_promises(promises=self._rows(kept), fulfilled_at=moments, at=at, by=None)
        if let_off := self.released.get(week):
            moments = {rows[one].pk: moment(one.released_s or 0) for one in let_off}
            release_promises(promises=self._rows(let_off), released_at=moments, at=at, by=None,
                             evidence="said by the customer on the phone")  # fmt: skip
        by_reason: dict[str, list[records.Promise]] = defaultdict(list)
        for one in self.ended.get(week, []):
            by_reason[one.ended_why or "no longer possible"].append(one)
        for reason, given_up in by_reason.items():
            moments = {rows[one].pk: moment(one.ended_s or 0) for one in given_up}
            end_promises(promises=self._rows(given_up), ended_at=moments, reason=reason, at=at,
                         by=None)  # fmt: skip

    def _rows(self, told: Iterable[records.Promise]) -> list[Promise]:
        return [self.known.promises[one] for one in told]

    def _row(self, one: records.Promise) -> Promise:
        known, site, kind = self.known, one.asset.site, Kind(one.kind)
        day = kind is Kind.MAINTENANCE_DUE
        return Promise(
            kind=kind.value,
            about=one.about,
            customer_id=known.customers[site.customer].pk,
            site_id=known.sites[site].pk,
            asset_id=known.assets[one.asset.number].pk,
            consequence=Consequence.of(one.consequence).value,
            source=SOURCES.get(kind, Source.SAID).value,
            accountable_id=known.roles[ACCOUNTABLE.get(kind, DESK)].pk,
            owner_id=known.people[one.owner].pk if one.owner else None,
            team_id=known.teams[one.team].pk if one.team else None,
            made_at=moment(one.made_s),
            first_due=moment(one.due_s),
            due_precision=(Precision.DAY if day else Precision.MOMENT).value,
            zone=site.zone,
        )

    def _pause(self, promise: Promise, move: records.Move) -> Pause:
        until_s = move.at_s + _length(move)
        begun = moment(move.at_s)
        return Pause(
            promise=promise,
            from_at=begun,
            until_at=moment(until_s) if until_s <= self.known.monday_s else None,
            waited_for=WaitedFor.CUSTOMER.value,
            reason="the machine cannot be stopped before",
            acknowledged_at=begun,
            evidence="agreed on the phone",
        )

    def _call(self, one: records.Promise, move: records.Move) -> ContactLog:
        contact = self.known.contacts[one.asset.site.customer]
        return ContactLog(
            at=moment(move.told_s or 0),
            channel=Channel.PHONE.value,
            from_customer=move.asked_by == "customer",
            contact=contact,
            by=self.known.people[one.owner] if one.owner else None,
            about=f"new date for: {one.about} ({move.reason})",
        )


def _length(move: records.Move) -> int:
    """How long an agreed pause took: the story moves the date by as much."""
    return move.new_s - move.old_s


def _move(promise: Promise, move: records.Move) -> PromiseMove:
    asked_by = AskedBy(move.asked_by or "unknown")
    return PromiseMove(
        promise=promise,
        old_due=moment(move.old_s),
        new_due=moment(move.new_s),
        asked_by=asked_by.value,
        reason=move.reason,
        evidence="asked on the phone" if asked_by is AskedBy.CUSTOMER else "",
        at=moment(move.at_s),
        told_at=None if move.told_s is None else moment(move.told_s),
    )
