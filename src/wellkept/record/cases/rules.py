"""What is true of cases: states, what an event leads to, whom a case waits for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
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


class Contradiction(StrEnum):
    """What a case that was brought over says against itself: it is kept, and doubted."""

    OCCURRED_AFTER_REPORT = "occurred_after_report"
    ENDED_BEFORE_REPORT = "ended_before_report"
    END_UNKNOWN = "end_unknown"
    END_UNSAID = "end_unsaid"


class Unrecorded(StrEnum):
    """Why an event of a case is not written down."""

    TO_COME = "to_come"
    BEFORE_REPORT = "before_report"


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
    REWORDED = "reworded"
    RATED = "rated"


BESIDE = "told "
"""Begins the word of what an imported list says beside a log: kept, and moves nothing."""
LISTED = "listed "
"""Begins the word of what an imported list says and no log tells: it moves the case as the bare
word does, and is no part of a log."""
WENT_BACK = f"{BESIDE}reopened "
HANDED_ON = f"{BESIDE}handoffs "
"""Begin the word of what a list counts and no log tells: how often follows, as in `told reopened 2`
and `told handoffs 3`."""
LEADS_TO: Mapping[str, State] = {
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
WORDS = frozenset(Word)
MOMENTS: Mapping[str, str] = {
    Word.ACKNOWLEDGED: "acknowledged_at",
    Word.RESTORED: "restored_at",
    Word.CONFIRMED: "confirmed_at",
    Word.RESOLVED: "resolved_at",
    Word.CLOSED: "closed_at",
    Word.CANCELLED: "cancelled_at",
}
"""The moment of a case that an event sets."""
UNDONE: Mapping[str, tuple[str, ...]] = {
    Word.REFUSED: ("restored_at", "confirmed_at", "resolved_at"),
    Word.REOPENED: ("restored_at", "confirmed_at", "resolved_at", "closed_at", "cancelled_at"),
}
"""The moments that an event takes back; the events that had set them stay in the log."""


def moves_as(word: str) -> str:
    """This will give the word that an event moves a case as, whoever told it.

    >>> moves_as("listed closed"), moves_as("told closed")
    ('closed', 'told closed')
    """
    return word.removeprefix(LISTED)


def bare(word: str) -> str:
    """This will give what an event says happened, whoever told it.

    >>> bare("listed closed"), bare("told closed"), bare("closed")
    ('closed', 'closed', 'closed')
    """
    return word.removeprefix(LISTED).removeprefix(BESIDE)


def is_source_s(word: str) -> bool:
    """This will say whether a milestone's word would be taken for one of ours.

    >>> is_source_s("closed"), is_source_s("listed closed"), is_source_s("survey_sent")
    (False, False, True)
    """
    return word not in WORDS and not word.startswith((LISTED, BESIDE))


def state_after(state: State, word: str) -> State:
    """This will give the state of a case after an event.

    >>> state_after(State.REPORTED, "waiting").value, state_after(State.CLOSED, "survey_sent").value
    ('in_work', 'closed')

    An answer changes nothing once work began; one to a case that had ended brings it back.
    """
    if word == Word.ACKNOWLEDGED and state in OPEN and state is not State.REPORTED:
        return state
    return LEADS_TO.get(word, state)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a case, as the projection reads it."""

    word: str
    at: datetime
    waiting_on: str = ""


@dataclass(slots=True)
class Present:
    """How a case stands: a projection of what happened to it, in the order of time."""

    state: State = State.REPORTED
    waiting_on: str = WaitingOn.NOBODY.value
    acknowledged_at: datetime | None = None
    restored_at: datetime | None = None
    confirmed_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_at: datetime | None = None
    reopened: int = 0
    ended_by_list: bool = False

    def happen(self, one: Happening) -> None:
        """This will take one more event in; work on a case that had ended reopens it.

        Where a list ended it, since no log tells its end, only a word that says so does.
        """
        word = moves_as(one.word)
        if word not in WORDS:
            return
        after = state_after(self.state, word)
        if self.ended_by_list and after in OPEN and word != Word.REOPENED:
            return
        self.ended_by_list = after in ENDED and (self.ended_by_list or word != one.word)
        before, self.state = self.state, state_after(self.state, word)
        back_to_work = before in ENDED and self.state in OPEN
        if word == Word.WAITING:
            self.waiting_on = one.waiting_on or WaitingOn.NOBODY.value
        elif word == Word.REPORTED or (word in LEADS_TO and word != Word.ACKNOWLEDGED):
            self.waiting_on = WaitingOn.NOBODY.value
        for name in UNDONE[Word.REOPENED] if back_to_work else UNDONE.get(word, ()):
            setattr(self, name, None)
        self.reopened += back_to_work or word == Word.REOPENED
        moment = MOMENTS.get(word)
        if moment == "acknowledged_at" and self.acknowledged_at is not None:
            return
        if moment is not None:
            setattr(self, moment, one.at)


def present(happenings: Iterable[Happening]) -> Present:
    """This will give how a case stands after all that happened; events of one moment keep order.

    >>> noon = datetime(2026, 3, 2, 12)
    >>> present([Happening("restored", noon), Happening("refused", noon)]).restored_at
    """
    found = Present()
    for one in sorted(happenings, key=lambda one: one.at):
        found.happen(one)
    return found
