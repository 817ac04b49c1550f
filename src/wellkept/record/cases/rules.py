"""What is true of cases: states, what an event leads to, whom a case waits for."""

from collections.abc import Mapping
from enum import StrEnum


class Channel(StrEnum):
    """How a need reached us."""

    PHONE = "phone"
    MAIL = "mail"
    PORTAL = "portal"
    VISIT = "visit"
    MACHINE = "machine"
    MESSAGE = "message"
    OURSELVES = "ourselves"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Where a case is. Everything else that happens to it is a milestone."""

    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    IN_WORK = "in_work"
    RESTORED = "restored"
    CLOSED = "closed"
    CANCELLED = "cancelled"


OPEN = frozenset({State.REPORTED, State.ACKNOWLEDGED, State.IN_WORK, State.RESTORED})
ENDED = frozenset(State) - OPEN


class WaitingOn(StrEnum):
    """Who a case in work waits for."""

    NOBODY = "nobody"
    CUSTOMER = "customer"
    PART = "part"
    SUPPLIER = "supplier"
    APPROVAL = "approval"
    ACCESS = "access"


class How(StrEnum):
    """How somebody came to own a case."""

    TAKEN = "taken"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    SHIFT = "shift"
    IMPORTED = "imported"
    LEFT = "left"


class Word(StrEnum):
    """Events that move a case. Any other word is a milestone, in the words of whoever wrote it."""

    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    WORK_STARTED = "work_started"
    WAITING = "waiting"
    RESUMED = "resumed"
    RESTORED = "restored"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    OFFERED = "offered"
    DECLINED = "declined"
    OWNED = "owned"
    OWNERLESS = "ownerless"
    CODED = "coded"


LEADS_TO: Mapping[str, State] = {
    Word.REPORTED: State.REPORTED,
    Word.ACKNOWLEDGED: State.ACKNOWLEDGED,
    Word.WORK_STARTED: State.IN_WORK,
    Word.WAITING: State.IN_WORK,
    Word.RESUMED: State.IN_WORK,
    Word.RESTORED: State.RESTORED,
    Word.REFUSED: State.IN_WORK,
    Word.CLOSED: State.CLOSED,
    Word.CANCELLED: State.CANCELLED,
    Word.REOPENED: State.IN_WORK,
}
"""The state that an event leads to; other words leave the state as it is."""


def state_after(state: State, word: str) -> State:
    """This will give the state of a case after an event.

    >>> state_after(State.REPORTED, "waiting").value, state_after(State.CLOSED, "survey_sent").value
    ('in_work', 'closed')
    """
    if word == Word.ACKNOWLEDGED and state is not State.REPORTED:
        return state
    return LEADS_TO.get(word, state)
