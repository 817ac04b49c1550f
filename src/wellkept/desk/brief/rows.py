"""The values of the brief, as its templates read them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """Something to mind about a claim; `quoted`: it stands in English, whatever the page speaks."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Claimed ● and shown ○ on levels 0 to 4, with the interval and the confidence tick; pixels."""

    says: str
    ticks: tuple[float, ...]
    claimed: float | None = None
    shown: float | None = None
    low: float | None = None
    width: float | None = None
    link: tuple[float, float] | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """One case by name, with its place in the files."""

    id: str
    what: str
    brief: str
    size: str
    place: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim in the gap list."""

    id: str
    sentence: str
    dumbbell: Dumbbell
    key: str
    word: str
    means: str
    of_this: str
    counted: str
    touched: str
    grave: str
    owner: str
    owned: bool
    claimed_means: str
    shown_means: str
    words: str
    completeness: str
    query: str
    version: str
    cases: tuple[Named, ...]
    notes: tuple[Note, ...]
    groups: tuple[str, ...]
    recorded: bool
    beyond: bool = False
    change: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """A dot of the confidence curve with its interval; pixels."""

    x: float
    y: float
    low: float
    high: float
    n: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Stated minus shown of one group, on a scale from −100 to 100 points."""

    group: str
    text: str
    x: float
    low: float
    width: float
    excludes: bool


@dataclass(frozen=True, slots=True)
class NumberRow:
    """You said, the records say: each range as left, width and middle in per cent of one scale."""

    id: str
    question: str
    said: str
    records: str
    hits: str
    groups: str = ""
    said_span: tuple[float, float, float] | None = None
    seen_span: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class ViewRow:
    """Two groups' medians of one claim; pixels down on both sides."""

    id: str
    sentence: str
    first: str
    second: str
    apart: str
    on_paper: bool
    y1: float
    y2: float


@dataclass(frozen=True, slots=True)
class WallRow:
    """The strip of one normalised claim: a bar for each week, the share that failed."""

    id: str
    sentence: str
    text: str
    bars: str
    since: float | None
    limit: float | None
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class KeepRow:
    """A claim that no record can show, and what to start keeping."""

    id: str
    sentence: str
    keep: str
    trusted: bool
    notes: tuple[Note, ...] = ()
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole page."""

    folder: str
    until: str
    says: str
    who: str
    locked: str
    sha256: str
    about: str
    version: str
    claims: tuple[ClaimRow, ...]
    unasked: int
    confidence: str
    quoted: bool
    bins: tuple[Bin, ...]
    groups: tuple[GroupRow, ...]
    points: str
    numbers: tuple[NumberRow, ...]
    numbers_say: str
    views: tuple[ViewRow, ...]
    views_say: str
    scales: str
    wall: tuple[WallRow, ...]
    keep: tuple[KeepRow, ...]
    customers: tuple[tuple[str, str, str], ...]
    choose: tuple[tuple[str, str], ...]
    three: str
    next_on: str
    more_claims: int = 0
    more_keep: int = 0
    small: tuple[str, ...] = field(default=())
