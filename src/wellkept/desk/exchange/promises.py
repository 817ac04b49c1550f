"""Promises: new ones with their moves and ends, and what a later file says of known ones."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Manager, Model

from wellkept.desk.exchange.changes import (
    DONE,
    ENDED,
    RELEASED,
    REST,
    differs,
    doubts_about,
    ends_of,
)
from wellkept.desk.exchange.links import NO_LINKS, Links, consequence_of, links_of
from wellkept.desk.exchange.moves import Moves, moves_of_known, moves_of_new, sorted_out
from wellkept.desk.exchange.names import snapshots
from wellkept.desk.exchange.offered import SORTS
from wellkept.desk.exchange.plain import AS_SAID, Plain
from wellkept.desk.exchange.reasons import (
    DONE_AND_OVER,
    MOVE_LEFT,
    MOVES,
    NO_DATE,
    OVER_SOME_DAY,
    Why,
    doubts_of,
)
from wellkept.desk.exchange.weighing import (
    Change,
    Noun,
    Offer,
    Weighed,
    Work,
    Written,
    attempt,
    keys_by_name,
    moment,
)
from wellkept.record.access.batches import among, maker
from wellkept.record.cases.actions import tie_promises
from wellkept.record.cases.models import CaseExternalId, CasePromise
from wellkept.record.journal.rules import Refusal
from wellkept.record.promises.actions import (
    assign_promises,
    edit_promise,
    end_promises,
    fill_in,
    keep_promises,
    make_promises,
    move_promises,
    release_promises,
    take_back_fulfilment,
    tell_moves,
    void_promises,
)
from wellkept.record.promises.models import Promise, PromiseExternalId, PromiseMove
from wellkept.record.promises.rules import KINDS_BY_WORD, AskedBy, Kind, Precision, Source

OVER = "Its source says that it is over, and not when."
NO_LONGER = "The imported file no longer says when it was fulfilled."
LINKED = ("customer", "site", "asset", "team")


class Promises(Noun):
    """Promises of lists, and those whose dates stand on cases and downtimes."""

    noun = "promise"
    ids = PromiseExternalId
    numbered = True
    chunk = 10_000

    def __init__(self, work: Work) -> None:
        """Make what makes promises."""
        super().__init__(work)
        self._make = maker(Promise)
        self._plain: Plain | None = None

    def weigh_rows(self, first: int, last: int) -> Weighed:
        """Those that are plain, or said as before, at once; the others one by one."""
        self._plain = self._plain or Plain(self.work)
        found = self.weigh(self.offers(first, last, _of_fate("other")))
        found.plain, same = self._plain.counts(first, last)
        found.span, found.same = (first, last), found.same + same
        return found

    def apart(self, first: int, last: int) -> tuple[Weighed, Callable[[], Written]] | None:
        """Rows that are all plain, or said as before, need the engine only to be read."""
        self._plain = self._plain or Plain(self.work)
        new, same = self._plain.counts(first, last)
        if not new or new + same <= last - first:
            return None
        found = Weighed(span=(first, last), plain=new, same=same)
        return found, partial(self._plain.write, self._plain.read(first, last))

    def write(self, found: Weighed) -> Written:
        """The plain ones as columns; where one of them is refused, all of them row by row."""
        done = Written()
        if found.plain and self._plain is not None:
            try:
                with transaction.atomic():
                    done = self._plain.write(self._plain.read(*found.span))
            except Refusal:
                found.create += self.offers(*found.span, _of_fate("new"))
                found.plain = 0
        return done.and_also(super().write(found))

    def kind(self, offer: Offer) -> str:
        """A row of a case may give two promises of one name: the sort tells them apart."""
        return SORTS[offer.sort]

    def refusal(self, offer: Offer) -> Why | None:
        """Without a date and a verdict nothing was promised."""
        if offer.first_due_s is None and offer.kept is None:
            return NO_DATE
        return None

    def foretell(self, found: Weighed) -> None:
        """What new promises say against themselves, and what of later words is not taken."""
        note, at, con = self.work.problems.note, self.work.at, self.work.con
        fresh = [(one, self._row(one, NO_LINKS)) for one in found.create]
        for offer, row in fresh:
            fill_in(row)
            for why in (*doubts_of(row.doubt), *_doubts_of_end(offer, row)):
                note(self.noun, offer, why)
        pairs = self._known_rows(found.update)
        for one, known in pairs:
            for why in doubts_about(one, known, at):
                note(self.noun, one.offer, why)
        moves = moves_of_new(con, fresh) + moves_of_known(con, pairs)
        for offer, left in sorted_out(moves, at)[1]:
            note(self.noun, offer, MOVES[left])

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Make new ones; then move those whose moves are listed, and tie them to their cases."""
        if not offers:
            return
        links = links_of(offers, self.work.system)
        made: list[tuple[Offer, Promise]] = []

        def act(some: Sequence[Offer]) -> None:
            rows = [self._row(one, links) for one in some]
            kept = make_promises(
                promises=rows, at=self.work.at, by=self.work.by, keep_doubtful=True
            )
            made.extend(zip(some, kept, strict=True))

        self.trying(offers, act, found)
        done.new(row for _, row in made)
        for offer, row in made:
            done.names += self.named(offer, row.pk)
        self._finish(made)
        self._tie(made)

    def _row(self, one: Offer, links: Links) -> Promise:
        moves_apart = one.moves or one.moved_by == AskedBy.CUSTOMER
        settled = one.done_s is not None
        due = one.first_due_s if moves_apart else one.due_s
        ended = None if settled else one.ended_s
        released = None if settled else one.released_s
        return self._make(
            kind=one.kind if one.kind in KINDS_BY_WORD else Kind.SAID.value,
            about=_about(one),
            consequence=consequence_of(one.consequence),
            source=Source.DERIVED.value,
            accountable_id=self.work.role,
            owner_id=links.people.get(one.owner or ""),
            made_at=moment(one.made_s),
            first_due=moment(one.first_due_s),
            current_due=moment(due),
            due_precision=(Precision.DAY if one.due_is_day else Precision.MOMENT).value,
            verdict=None if one.kept is None else ("kept" if one.kept else "broken"),
            moves_told=one.moves_told,
            fulfilled_at=moment(one.done_s),
            released_at=moment(released),
            ended_at=moment(ended),
            ended_reason="" if ended is None else AS_SAID,
            evidence="" if released is None else AS_SAID,
            **links.of(one),
        )

    def _finish(self, made: Sequence[tuple[Offer, Promise]]) -> None:
        self._write_moves(moves_of_new(self.work.con, made))
        over = [row for offer, row in made if offer.end_unknown and row.is_owed]
        if over:
            void_promises(promises=over, reason=OVER, at=self.work.at, by=self.work.by)

    def _write_moves(self, moves: Moves) -> None:
        """A file's move without a moment keeps none: as a run of the machine, not as asked now."""

        def act(some: Sequence[tuple[Offer, PromiseMove]]) -> None:
            move_promises(moves=[move for _, move in some], at=self.work.at, by=None)

        taken, _ = sorted_out(moves, self.work.at)
        for (offer, _), reason in attempt(taken, act):
            self.work.problems.note(self.noun, offer, MOVE_LEFT, reason)

    def _tie(self, made: Sequence[tuple[Offer, Promise]]) -> None:
        names = [offer.of_case for offer, _ in made if offer.of_case is not None]
        if not names:
            return
        cases = keys_by_name(CaseExternalId, "case", self.work.system, names)
        links = [
            CasePromise(case_id=cases[offer.of_case], promise=row)
            for offer, row in made
            if offer.of_case in cases
        ]
        tie_promises(links=links, at=self.work.at, by=self.work.by)

    # What a later file says

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """Moves first, then ends, then whose they are: each by its own verb."""
        snapshots(done, Promise, "pk", [one.row for one in changes])
        pairs = self._known_rows(changes)
        self._write_moves(moves_of_known(self.work.con, pairs))
        told = {row.pk: one.offer.moves_told or 0 for one, row in pairs
                if (one.offer.moves_told or 0) != (row.moves_told or 0)}  # fmt: skip
        if told:
            tell_moves(promises=told, at=self.work.at, by=self.work.by)
        self._settled(pairs)
        self._described(pairs)

    def _known_rows(self, changes: Sequence[Change]) -> list[tuple[Change, Promise]]:
        rows = {row.pk: row for row in among(Promise.objects.all(), "pk", [c.row for c in changes])}
        return [(one, rows[one.row]) for one in changes if one.row in rows]

    def _settled(self, pairs: Sequence[tuple[Change, Promise]]) -> None:
        work = self.work
        ends = {row.pk: ends_of(one, row, work.at) for one, row in pairs}
        self._each(
            [(one, row) for one, row in pairs if ends[row.pk].taken_back],
            lambda some: take_back_fulfilment(
                promises=some, reason=NO_LONGER, at=work.at, by=work.by
            ),
        )
        for place, act in ((DONE, _keep), (ENDED, _end), (RELEASED, _release)):
            moments = {key: one.ends[place] for key, one in ends.items() if place in one.ends}
            wanted = [(one, row) for one, row in pairs if row.pk in moments]
            self._each(wanted, partial(act, ends=moments, work=work))

    def _described(self, pairs: Sequence[tuple[Change, Promise]]) -> None:
        differing = [(c, row) for c, row in pairs if differs(c, REST)]
        links = links_of([c.offer for c, _ in differing], self.work.system)
        for one, row in differing:
            row.refresh_from_db()
            offer = one.offer
            there = links.of(offer)
            new: dict[str, Any] = {
                name: _linked(name).get(pk=key)
                for name in LINKED
                if (key := there[f"{name}_id"]) is not None and key != getattr(row, f"{name}_id")
            }
            if _about(offer) != row.about:
                new["about"] = _about(offer)
            if consequence_of(offer.consequence) != row.consequence:
                new["consequence"] = consequence_of(offer.consequence)
            if new:
                edit_promise(
                    promise=row, changes=new, seen=row.version, at=self.work.at, by=self.work.by
                )
            owner = links.people.get(offer.owner or "")
            if owner is not None and owner != row.owner_id and row.is_owed:
                self._assign(row, owner)

    def _assign(self, row: Promise, owner: int) -> None:
        from wellkept.record.organisation.models import Person

        person = Person.objects.get(pk=owner)
        assign_promises(promises=[row], person=person, at=self.work.at, by=self.work.by)

    def _each(
        self, pairs: Sequence[tuple[Change, Promise]], act: Callable[[list[Promise]], object]
    ) -> None:
        """Do it with all, and say of those that are refused why."""

        def do(some: Sequence[tuple[Change, Promise]]) -> None:
            act([row for _, row in some])

        for (one, _), reason in attempt(pairs, do):
            self.work.problems.note(self.noun, one.offer, reason)


def _doubts_of_end(offer: Offer, row: Promise) -> list[Why]:
    over = offer.ended_s is not None or offer.released_s is not None
    both = [DONE_AND_OVER] if offer.done_s is not None and over else []
    return both + ([OVER_SOME_DAY] if offer.end_unknown and row.is_owed else [])


def _of_fate(fate: str) -> str:
    return f" AND n IN (SELECT n FROM promise_fate WHERE fate = '{fate}')"


def _keep(some: list[Promise], ends: dict[int, Any], work: Any) -> None:
    keep_promises(promises=some, fulfilled_at=ends, at=work.at, by=work.by)


def _end(some: list[Promise], ends: dict[int, Any], work: Any) -> None:
    end_promises(promises=some, ended_at=ends, reason=AS_SAID, at=work.at, by=work.by)


def _release(some: list[Promise], ends: dict[int, Any], work: Any) -> None:
    release_promises(promises=some, released_at=ends, evidence=AS_SAID, at=work.at, by=work.by)


def _about(offer: Offer) -> str:
    of = f" of {offer.of_case or offer.case_id}" if offer.of_case or offer.case_id else ""
    return str(offer.about or f"{offer.kind}{of}")[:300]


def _linked(name: str) -> Manager[Model]:
    """The rows that a link of a promise points to."""
    model = Promise._meta.get_field(name).related_model
    if not isinstance(model, type):
        raise TypeError(f"{name} is no link of a promise")
    return model._default_manager
