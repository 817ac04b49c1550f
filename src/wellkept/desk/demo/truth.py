"""The truth about the demo company: exact counts, made while it was made, for tests to compare."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises judged up to the Monday, without those the customer released in time.

    A promise that is still owed fails by a date that has passed; by a date still to come, it does
    not (`by_current` is how a company that moves its dates sees itself).
    """

    due: int
    by_judged: int
    by_first: int
    by_current: int

    @property
    def failed(self) -> int:
        """Broken, late or never, by the date that is judged."""
        return self.due - self.by_judged

    @property
    def share(self) -> float:
        """Kept by the judged date."""
        return self.by_judged / self.due


@dataclass(frozen=True, slots=True)
class Named:
    """One promise with its names; `late_h` counts to the Monday if it is still owed."""

    number: str
    what: str
    customer: str
    owner: str | None
    consequence: str
    due: str
    late_h: float
    owed: bool


@dataclass(frozen=True, slots=True)
class Moves:
    """Moved dates: promises due by who moved them, and all moves by who asked."""

    promises_moved_by_us: int
    promises_moved_by_customer: int
    promises_asked_too_late: int  # of these, by a customer who asked when the date had passed
    moves: int
    asked_by_us: int
    asked_by_nobody: int
    asked_by_customer: int
    in_the_last_three_hours: int  # our moves made within three hours before the date passed


@dataclass(frozen=True, slots=True)
class Hit:
    """Customers with at least one, two, three failed promises, and what the worst five bear."""

    one: int
    two: int
    three: int
    failures: int
    share_of_worst_five: float


@dataclass(frozen=True, slots=True)
class Hurt:
    """One customer of the story."""

    due: int
    failed: int
    share_of_due: float
    share_of_failures: float
    cases_by_quarter: tuple[int, ...]  # the last one ends on the Monday; quarters of 13 weeks


@dataclass(frozen=True, slots=True)
class Ownerless:
    """Time without a named person, of all time until resolved, closed or cancelled."""

    cases: int
    ownerless_h: float
    open_h: float
    longest_h: float
    longest_case: str
    now: tuple[str, ...]  # open cases that nobody has on the Monday

    @property
    def share(self) -> float:
        """Ownerless hours of open hours."""
        return self.ownerless_h / self.open_h


@dataclass(frozen=True, slots=True)
class Handoffs:
    """Changes of the named owner; bounces go back to somebody who had the case before."""

    handoffs: int
    bounces: int
    cases_with_bounces: int
    most: int
    most_case: str


@dataclass(frozen=True, slots=True)
class Month:
    """Promises judged in one calendar month, UTC."""

    month: str
    due: int
    failed: int


@dataclass(frozen=True, slots=True)
class Worse:
    """The product family that got worse: its restorings by month, and the months beyond the limit.

    `limit_share` is the share before; a month signals where so many failures had a chance of at
    most 0.00135 at that share.
    """

    family: str
    limit_share: float
    months: tuple[Month, ...]
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the worst tenth of the restored cases spent their time."""

    cases: int
    waited_for_a_part: int
    waited_for_the_scarce_part: int
    waited_for_a_part_in_the_rest: float  # share of the other nine tenths
    median_share_of_promise: float  # of the promised time used by the middle promise
    worst_h: float


@dataclass(frozen=True, slots=True)
class Down:
    """Downtimes; hours run to the Monday where an asset is still down."""

    downtimes: int
    unplanned: int
    still_down: int
    unplanned_h: float
    planned_h: float
    assets_hit: int


@dataclass(frozen=True, slots=True)
class Record:
    """What the records hold of a claim: k of n."""

    k: int
    n: int


@dataclass(frozen=True, slots=True)
class Mirror:
    """What the mirror should find: what is believed, what is shown, and the name of each gap.

    `executives_believe`: per cent of the promises due last quarter that were kept.
    """

    executives_believe: float
    kept_last_quarter: Record
    stopped_restored: Record
    parts_in_time: Record
    parts_in_time_ever: Record
    heard_of_in_24_months: Record
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Spares:
    """The spare parts, and the one that looks well stocked while a hospital waits for it.

    `met_at_once`: share of all its requests issued within half a day; `cover_years`: pieces in the
    company over pieces asked for in a year. None of it lies at `none_at`.
    """

    parts: int
    places: int
    requests: int
    returns: int
    agreements: int
    well_stocked: str
    pieces: int
    cover_years: float
    met_at_once: float
    none_at: str
    pieces_there: int
    customer: str
    agreement: str
    waits: int
    longest_wait_h: float
    without_price: tuple[str, ...]
    without_lead_time: tuple[str, ...]
    superseded: dict[str, str]
    planned_nowhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that the folder should show, and nothing that is estimated."""

    company: str
    seed: int
    monday: str
    until: str
    counts: dict[str, int]
    kept: Kept
    kept_by_kind: dict[str, Kept]
    kept_by_region: dict[str, Kept]
    kept_when_it_mattered: Kept
    critical_restore: Kept
    moves: Moves
    owed_now: int
    owed: tuple[Named, ...]  # at most 50, as they should be listed
    worst: tuple[Named, ...]  # five, by consequence and then lateness
    latest: tuple[Named, ...]  # five, by lateness alone
    hit_in_90_days: Hit
    hit_in_all: Hit
    hurt: dict[str, Hurt]
    ownerless: dict[str, Ownerless]
    departed_owner_h: float  # in the name of somebody who had left
    handoffs: Handoffs
    reopened_cases: int
    reopenings: int
    unacknowledged: dict[str, int]
    cases_by_region: dict[str, int]
    paused_h: float  # waiting for the customer
    open_h: float
    tail: Tail
    quotes: tuple[Month, ...]
    worse: Worse
    down: Down
    mirror: Mirror
    spares: Spares
    blemishes: dict[str, list[str]]

    def as_json(self) -> str:
        """This will write the truth as JSON, names and counts as they stand here."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"
