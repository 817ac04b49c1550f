"""The rows of the demo company while they are being made; moments are whole seconds UTC."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from wellkept.desk.demo.spares import Spare, Terms

HOUR = 3600
DAY = 24 * HOUR


def moment(at_s: int) -> datetime:
    """This will give a moment as a date and time, UTC."""
    return datetime.fromtimestamp(at_s, UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Somebody who works for the company; `left_s` is None while they do."""

    name: str
    role: str
    team: str
    left_s: int | None

    def here(self, at_s: int) -> bool:
        """True while the person works for the company."""
        return self.left_s is None or at_s < self.left_s


@dataclass(frozen=True, slots=True, eq=False)
class Customer:
    """One customer."""

    number: str
    name: str
    trade: str
    region: str


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One place of a customer."""

    number: str
    customer: Customer
    town: str
    region: str
    zone: str


@dataclass(frozen=True, slots=True, eq=False)
class Asset:
    """One installed thing: a system, a machine in it, a component of that, or software."""

    number: str
    serial: str
    product: str
    family: str
    kind: str  # system | machine | component | software
    site: Site
    parent: str | None
    slot: str | None
    installed_s: int


@dataclass(slots=True, eq=False)
class Event:
    """One thing that happened to a case, with who had it from then on."""

    at_s: int
    word: str
    owner: str | None
    team: str
    actor: str
    waiting_on: str | None = None
    detail: str | None = None


@dataclass(slots=True, eq=False)
class Case:
    """One need or problem of a customer."""

    kind: str  # breakdown | software fault | question | quote request | part order
    about: str
    channel: str
    asset: Asset
    consequence: str
    reported_s: int
    occurred_s: int | None = None
    number: str = ""
    events: list[Event] = field(default_factory=list)

    @property
    def critical(self) -> bool:
        """True if somebody is in danger or production stands."""
        return self.consequence in ("safety", "production_stopped")

    @property
    def down(self) -> bool:
        """True if something works less well than it should, so that it has to be restored."""
        return self.kind in ("breakdown", "software fault")

    def first(self, word: str) -> int | None:
        """This will give when a word was first written, None if never."""
        return next((event.at_s for event in self.events if event.word == word), None)

    def last(self, word: str) -> int | None:
        """This will give when a word was last written, None if never."""
        return next((event.at_s for event in reversed(self.events) if event.word == word), None)

    def count(self, word: str) -> int:
        """This will count how often a word was written."""
        return sum(event.word == word for event in self.events)

    def held_at(self, at_s: int) -> Event:
        """This will give the last event up to a moment: it says who has the case then."""
        found = self.events[0]
        for event in self.events:
            if event.at_s > at_s:
                break
            found = event
        return found

    @property
    def ended_s(self) -> int | None:
        """When nothing was owed any more, None while the case is open."""
        last = self.events[-1]
        return last.at_s if last.word in ("Closed", "Cancelled") else None

    @property
    def state(self) -> str:
        """The present state in a word."""
        last = self.events[-1]
        in_work = last.waiting_on is None and last.word not in STANDING_WORDS
        return "In work" if in_work else last.word


STANDING_WORDS = ("Reported", "Acknowledged", "Restored", "Resolved", "Closed", "Cancelled")


@dataclass(slots=True, eq=False)
class Move:
    """One change of a promise's date; `told_s` is when the customer heard of it."""

    at_s: int
    old_s: int
    new_s: int
    asked_by: str  # us | customer | "" (nobody wrote it down)
    reason: str
    told_s: int | None


@dataclass(slots=True, eq=False)
class Promise:
    """One dated commitment. `due_s` is the date first given; `moves` lead to today's."""

    kind: str
    about: str
    asset: Asset
    consequence: str
    made_s: int
    due_s: int
    case: Case | None = None
    number: str = ""
    done_s: int | None = None
    released_s: int | None = None
    ended_s: int | None = None
    ended_why: str | None = None
    owner: str | None = None
    team: str = ""
    moves: list[Move] = field(default_factory=list)

    @property
    def current_due_s(self) -> int:
        """The date as said today."""
        return self.moves[-1].new_s if self.moves else self.due_s

    @property
    def judged_due_s(self) -> int:
        """The first date, shifted only by what the customer asked for before it passed."""
        judged = self.due_s
        for move in self.moves:
            if move.asked_by == "customer" and move.at_s <= judged:
                judged += move.new_s - move.old_s
        return judged


@dataclass(slots=True, eq=False)
class Downtime:
    """One stretch in which an asset could not be used; `to_s` is None while it is down."""

    asset: Asset
    from_s: int
    to_s: int | None
    planned: bool
    reason: str
    case: Case | None = None


@dataclass(slots=True, eq=False)
class Request:
    """One request for a part; `issued_s` is None while it is waited for."""

    number: str
    part: str
    at_s: int
    issued_s: int | None
    pieces: int
    place: str
    case: Case


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """One order to a supplier; `received_s` is None while it is on its way."""

    spare: Spare
    supplier: str
    ordered_s: int
    received_s: int | None
    pieces: int


@dataclass(frozen=True, slots=True, eq=False)
class Lying:
    """Pieces of a part at a place, with the company's own minimum and maximum."""

    spare: Spare
    place: str
    on_hand: int
    least: int
    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """One customer's contract."""

    number: str
    customer: Customer
    terms: Terms
    currency: str


@dataclass(slots=True)
class Stockroom:
    """Everything about parts that is written to the folder."""

    requests: list[Request] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    lying: list[Lying] = field(default_factory=list)
    agreements: dict[str, Agreement] = field(default_factory=dict)  # by customer
    served_from: dict[str, str] = field(default_factory=dict)  # site → van
    unreadable: Request | None = None  # a request whose quantity was written in words


@dataclass(slots=True, eq=False)
class Company:
    """Everything that is written to the folder."""

    monday_s: int
    people: list[Person] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    downtimes: list[Downtime] = field(default_factory=list)
    stockroom: Stockroom = field(default_factory=Stockroom)
