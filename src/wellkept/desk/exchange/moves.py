"""Moves of promises' dates as files tell them: which the ledger takes, and which it cannot.

The same reckoning serves a dry run and the writing: it asks the rule of the ledger about rows in
hand, and neither reads nor writes the record but for the moves that a known promise has.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime
from typing import Any

from wellkept.desk.exchange.changes import DUE, MOVES, differs
from wellkept.desk.exchange.plain import AS_SAID
from wellkept.desk.exchange.rows import fetched
from wellkept.desk.exchange.weighing import Change, Offer, instant, moment
from wellkept.record.access.batches import among
from wellkept.record.promises.actions import unmoved
from wellkept.record.promises.models import Promise, PromiseMove
from wellkept.record.promises.rules import AskedBy, Unmoved

Moves = list[tuple[Offer, PromiseMove]]


def moves_of_new(con: Any, pairs: Sequence[tuple[Offer, Promise]]) -> Moves:
    """This will give the moves of promises that are new: those listed, and those of customers."""
    return _listed(con, [pair for pair in pairs if pair[0].moves]) + [
        (offer, _customers_move(offer, row))
        for offer, row in pairs
        if not offer.moves
        and offer.moved_by == AskedBy.CUSTOMER
        and offer.due_s not in (None, offer.first_due_s)
        and offer.first_due_s is not None
    ]


def moves_of_known(con: Any, pairs: Sequence[tuple[Change, Promise]]) -> Moves:
    """This will give what later files tell of known promises: moves listed since, another date."""
    listed = [(one.offer, row) for one, row in pairs if one.offer.moves and differs(one, MOVES)]
    known: dict[int, set[tuple[Any, Any]]] = defaultdict(set)
    rows = PromiseMove.objects.all()
    for move in among(rows, "promise", [row.pk for _, row in listed]):
        known[move.promise_id].add((move.new_due, move.at))
    moves = [
        (offer, move)
        for offer, move in _listed(con, listed)
        if (move.new_due, move.at) not in known[move.promise_id]
    ]
    for one, row in pairs:
        due = moment(one.offer.due_s)
        if one.offer.moves or not differs(one, DUE) or due is None or due == row.current_due:
            continue
        asked = _asked(one.offer.moved_by)
        moves.append((one.offer, _move(row, None, due, asked, None)))
    return moves


def sorted_out(
    moves: Iterable[tuple[Offer, PromiseMove]], at: datetime
) -> tuple[Moves, list[tuple[Offer, Unmoved]]]:
    """This will part moves, each promise's in order of time, into those taken and those left out.

    A listed move that leads to where its promise is already says nothing, and is neither.
    """
    standing: dict[int, Promise] = {}
    taken: Moves = []
    left: list[tuple[Offer, Unmoved]] = []
    for offer, move in moves:
        if offer.promise_no not in standing:
            standing[offer.promise_no] = copy(move.promise)
        row = standing[offer.promise_no]
        why = unmoved(move, row, at)
        if why is Unmoved.SAME_DATE:
            continue
        if why is not None:
            left.append((offer, why))
            continue
        if move.old_due is None and row.current_due is not None:
            move.old_due = row.current_due
        row.current_due = move.new_due
        taken.append((offer, move))
    return taken, left


def _listed(con: Any, pairs: Sequence[tuple[Offer, Promise]]) -> Moves:
    if not pairs:
        return []
    by_number = {offer.promise_no: (offer, row) for offer, row in pairs}
    numbers = ", ".join(str(int(number)) for number in by_number)
    found = fetched(
        con,
        f"SELECT * FROM offered_move WHERE promise_no IN ({numbers}) "
        "ORDER BY promise_no, moved_s NULLS FIRST, row",
    )
    moves = []
    for one in found:
        offer, row = by_number[one.promise_no]
        asked = _asked(one.asked)
        move = _move(row, moment(one.old_due_s), instant(one.new_due_s), asked, one.moved_s)
        moves.append((offer, move))
    return moves


def _customers_move(offer: Offer, row: Promise) -> PromiseMove:
    old, new = instant(offer.first_due_s), instant(offer.due_s)
    return _move(row, old, new, AskedBy.CUSTOMER, None)


def _asked(word: str | None) -> AskedBy:
    return AskedBy(word) if word in set(AskedBy) else AskedBy.UNKNOWN


def _move(
    row: Promise, old: datetime | None, new: datetime, asked: AskedBy, at_s: int | None
) -> PromiseMove:
    move = PromiseMove(promise=row, new_due=new, asked_by=asked.value, at=moment(at_s))
    move.evidence = AS_SAID if asked is AskedBy.CUSTOMER else ""
    if old is not None:
        move.old_due = old
    return move
