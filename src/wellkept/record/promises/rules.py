"""What is true of promises: standing, kinds, causes; plain values in, plain values out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

MAY_CORRECT_ALONE = timedelta(minutes=30)
"""For how long the person who wrote a date may correct it without a second person."""


class Kind(StrEnum):
    """What was promised. `said` is whatever somebody said they would do."""

    RESPOND = "respond"
    ARRIVE = "arrive"
    RESTORE = "restore"
    RESOLVE = "resolve"
    UPDATE_CUSTOMER = "update_customer"
    VISIT_WINDOW = "visit_window"
    PART_DELIVERY = "part_delivery"
    QUOTE = "quote"
    RENEWAL_OFFER = "renewal_offer"
    CALLBACK = "callback"
    REPORT = "report"
    MAINTENANCE_DUE = "maintenance_due"
    INSTALLATION = "installation"
    COMMISSIONING = "commissioning"
    ACCEPTANCE = "acceptance"
    HANDOVER = "handover"
    UPTIME = "uptime"
    CAMPAIGN = "campaign"
    SAID = "said"
    DIAGNOSTIC = "diagnostic"
    REVIEW_ACTION = "review_action"


class MadeTo(StrEnum):
    """To whom it was promised."""

    CUSTOMER = "customer"
    OURSELVES = "ourselves"


class Source(StrEnum):
    """What the promise came from."""

    COMMITMENT = "commitment"
    WARRANTY = "warranty"
    PLAN = "plan"
    QUOTE = "quote"
    APPOINTMENT = "appointment"
    SAID = "said"
    DERIVED = "derived"


class Precision(StrEnum):
    """Whether the date was given as a moment or as a day, which is due at that day's end."""

    MOMENT = "moment"
    DAY = "day"


class Verdict(StrEnum):
    """What a source says that gives no date of an end: counted, without a lateness."""

    KEPT = "kept"
    BROKEN = "broken"


class Contradiction(StrEnum):
    """What a promise that was brought over says against itself: it is kept, and doubted."""

    DUE_BEFORE_MADE = "due_before_made"
    FULFILLED_BEFORE_MADE = "fulfilled_before_made"
    ENDED_BEFORE_MADE = "ended_before_made"


class Unmoved(StrEnum):
    """Why a date is not moved as asked."""

    WITHOUT_DATE = "without_date"
    SAME_DATE = "same_date"
    BEFORE_MADE = "before_made"
    TO_COME = "to_come"
    SETTLED = "settled"


class Unsettled(StrEnum):
    """Why a promise is not settled as asked."""

    SETTLED = "settled"
    TO_COME = "to_come"
    BEFORE_MADE = "before_made"


class Standing(StrEnum):
    """How a promise stands at a moment: derived, never stored."""

    OPEN = "open"
    BROKEN = "broken"
    KEPT = "kept"
    LATE = "late"
    NEVER = "never"
    RELEASED = "released"
    VOID = "void"


FAILED = frozenset({Standing.BROKEN, Standing.LATE, Standing.NEVER})


class AskedBy(StrEnum):
    """Who asked to move a date; unknown counts as ours."""

    US = "us"
    CUSTOMER = "customer"
    UNKNOWN = "unknown"


class WaitedFor(StrEnum):
    """Who is waited for while a promise is paused."""

    CUSTOMER = "customer"
    PART = "part"
    SUPPLIER = "supplier"
    APPROVAL = "approval"
    ACCESS = "access"


class Channel(StrEnum):
    """How somebody was told."""

    PHONE = "phone"
    MAIL = "mail"
    PORTAL = "portal"
    VISIT = "visit"
    MESSAGE = "message"
    LETTER = "letter"


class Cause(StrEnum):
    """Why a promise failed. It annotates and never changes how the promise stands."""

    UNKNOWN = ""
    PART = "part"
    SKILL = "skill"
    ACCESS = "access"
    SUPPLIER = "supplier"
    PLANNING = "planning"
    CUSTOMER = "customer"
    WEATHER = "weather"
    REMOTE = "remote"
    OTHER = "other"


class Word(StrEnum):
    """What can happen to a promise, as its log says it."""

    MADE = "made"
    TAKEN = "taken"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ASSIGNED = "assigned"
    LEFT = "left"
    MOVED = "moved"
    TOLD = "told"
    PAUSED = "paused"
    ACKNOWLEDGED = "acknowledged"
    RESUMED = "resumed"
    FULFILLED = "fulfilled"
    CONFIRMED = "confirmed"
    TAKEN_BACK = "taken_back"
    RELEASED = "released"
    ENDED = "ended"
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"
    VOIDED = "voided"
    MERGED = "merged"
    CAUSE_NOTED = "cause_noted"
    REMARKED = "remarked"
    RATED = "rated"
    REWORDED = "reworded"


def standing(
    *,
    judged_due: datetime | None,
    now: datetime,
    fulfilled_at: datetime | None = None,
    released_at: datetime | None = None,
    ended_at: datetime | None = None,
    voided_at: datetime | None = None,
    verdict: str | None = None,
) -> Standing:
    """This will tell how a promise stands at a moment.

    Fulfilled after the judged date is *late*, never *kept*. A release after the judged date does
    not undo the failure: the promise was never kept. Once its judged date has come, what is still
    owed is broken: from then on it can only be late. Without a judged date (a pause runs that the
    customer acknowledged, or no date is known) nothing is past. A verdict of the source decides
    only where the source gave no date to decide by.

    >>> noon, one = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 13, tzinfo=UTC)
    >>> standing(judged_due=noon, now=one, fulfilled_at=one).value
    'late'
    """
    if voided_at is not None:
        return Standing.VOID
    if verdict is not None and (fulfilled_at is None or judged_due is None):
        return Standing.KEPT if verdict == Verdict.KEPT else Standing.LATE
    if fulfilled_at is not None:
        return Standing.LATE if _past(judged_due, fulfilled_at) else Standing.KEPT
    if released_at is not None:
        return Standing.NEVER if _past(judged_due, released_at) else Standing.RELEASED
    if ended_at is not None:
        return Standing.NEVER
    has_come = judged_due is not None and now >= judged_due
    return Standing.BROKEN if has_come else Standing.OPEN


class Settling(Protocol):
    """What of a promise says whether, and how, it was settled: its row, or what was read of it."""

    @property
    def judged_due(self) -> datetime | None:
        """The date that decides."""

    @property
    def fulfilled_at(self) -> datetime | None:
        """When what was promised was done."""

    @property
    def released_at(self) -> datetime | None:
        """When the customer let us off."""

    @property
    def ended_at(self) -> datetime | None:
        """When it was given up."""

    @property
    def voided_at(self) -> datetime | None:
        """When it was found never to have been one."""

    @property
    def verdict(self) -> str | None:
        """What its source says of it, without a moment."""


def is_owed(promise: Settling) -> bool:
    """This will say whether nothing has settled a promise yet."""
    return (
        promise.fulfilled_at is None
        and promise.released_at is None
        and promise.ended_at is None
        and promise.voided_at is None
        and promise.verdict is None
    )


def was_fulfilled(promise: Settling) -> bool:
    """This will say whether a promise was fulfilled and stands: it can be confirmed, taken back."""
    return promise.fulfilled_at is not None and promise.voided_at is None


def standing_of(promise: Settling, now: datetime) -> Standing:
    """This will tell how a promise stands at a moment, as `standing` does."""
    return standing(
        judged_due=promise.judged_due,
        now=now,
        fulfilled_at=promise.fulfilled_at,
        released_at=promise.released_at,
        ended_at=promise.ended_at,
        voided_at=promise.voided_at,
        verdict=promise.verdict,
    )


def _past(due: datetime | None, at: datetime) -> bool:
    return due is not None and at > due


def end_of_day(on: date, zone: str) -> datetime:
    """This will give the moment at which a day ends in a zone: the first moment of the next day.

    >>> end_of_day(date(2026, 3, 28), "Europe/Rome").isoformat()
    '2026-03-28T23:00:00+00:00'
    """
    return datetime.combine(on + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


KINDS_BY_WORD: Mapping[str, Kind] = {kind.value: kind for kind in Kind}
