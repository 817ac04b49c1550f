"""What a later file says of a promise that the record has: its places, and what of it is taken."""

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from wellkept.desk.exchange.reasons import (
    NOT_TAKEN_BACK,
    OTHER_FIRST,
    OTHER_VERDICT,
    SETTLINGS,
    Why,
)
from wellkept.desk.exchange.weighing import Change, moment
from wellkept.record.promises.actions import unsettled
from wellkept.record.promises.models import Promise

FIRST, DUE, DONE, ENDED, RELEASED, KEPT, MOVES, REST = range(8)
"""Places in what a source says of a promise; see `offered`."""
FIELDS = {
    DONE: ("done_s", "fulfilled_at"),
    ENDED: ("ended_s", "ended_at"),
    RELEASED: ("released_s", "released_at"),
}


@dataclass(slots=True)
class Ends:
    """What a file changes about how a promise ended, and what of it the ledger cannot take."""

    taken_back: bool = False
    ends: dict[int, datetime] = field(default_factory=dict)
    left: list[Why] = field(default_factory=list)


def differs(one: Change, place: int) -> bool:
    """This will say whether a source says something else than it did, in one place of it."""
    before, after = one.said.split("|"), one.offer.said.split("|")
    return bool(len(before) != len(after) or before[place] != after[place])


def other_first(one: Change, row: Promise) -> bool:
    """This will say whether a file gives another first date, and does not move the date by it."""
    due = moment(one.offer.due_s)
    stays = one.offer.moves or due is None or due == row.current_due or not differs(one, DUE)
    return bool(stays) and differs(one, FIRST) and not differs(one, DUE)


def ends_of(one: Change, row: Promise, at: datetime) -> Ends:
    """This will sort out what a file says of a promise's end, in the order in which it is written.

    Nothing is read or written: the rule of the ledger is asked about a copy of the row.
    """
    found, standing = Ends(), copy(row)
    done = moment(one.offer.done_s)
    if differs(one, DONE) and row.fulfilled_at not in (None, done):
        if row.voided_at is None:
            found.taken_back, standing.fulfilled_at = True, None
        else:
            found.left.append(NOT_TAKEN_BACK)
    for place, (said, name) in FIELDS.items():
        end = moment(getattr(one.offer, said))
        if not differs(one, place) or end is None or end == getattr(row, name):
            continue
        if place != DONE and done is not None:
            continue
        why = unsettled(standing, end, at)
        if why is None:
            found.ends[place] = end
            setattr(standing, name, end)
        else:
            found.left.append(SETTLINGS[why])
    if differs(one, KEPT) and done is None:
        found.left.append(OTHER_VERDICT)
    return found


def doubts_about(one: Change, row: Promise, at: datetime) -> list[Why]:
    """This will name what of a file's later word about a promise is not taken, but for moves."""
    first = [OTHER_FIRST] if other_first(one, row) else []
    return first + ends_of(one, row, at).left
