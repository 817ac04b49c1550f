"""The values of the page: frozen rows of words, ready to be shown."""

from dataclasses import dataclass

from wellkept.desk.report.charts.curve import Curve
from wellkept.desk.report.charts.funnel import Funnel
from wellkept.desk.report.charts.shape import Shape
from wellkept.desk.report.charts.trend import Trend
from wellkept.desk.report.words import Mark


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in words with its interval; or why there is none."""

    value: str
    interval: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A named case: a worst one of a measure, or a promise still owed."""

    anchor: str
    rank: str
    amount: str
    still_open: bool
    id: str
    about: str
    customer: str
    asset: str
    owner: str
    owners: bool
    due: str
    consequence: Mark
    where: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Beyond:
    """The share beyond the promise: the headline of a tail card."""

    share: str
    interval: str
    of: str
    promise: str


@dataclass(frozen=True, slots=True)
class Quantile:
    """One row of the quantiles."""

    name: str
    meaning: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Felt:
    """How many customers felt it so many times."""

    times: str
    customers: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One who bore many failures."""

    name: str
    failed: str


@dataclass(frozen=True, slots=True)
class Complete:
    """The completeness badge."""

    shape: str
    counted: str
    share: str
    bounds: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A value that stands beside the measure."""

    title: str
    figure: Figure
    tail: str
    n: str
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field is missing."""

    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Card:
    """A tail card."""

    id: str
    title: str
    question: str
    says: str
    lead: bool
    direction: Mark | None
    counts: tuple[str, ...]
    beyond: Beyond | None
    value: Figure | None
    value_is: str
    quantiles: tuple[Quantile, ...]
    quantiles_of: str
    longest: Figure | None
    felt: tuple[Felt, ...]
    hit: tuple[Hit, ...]
    complete: Complete | None
    worst: tuple[Case, ...]
    more_worst: tuple[Case, ...]
    no_worst: str
    when: str
    shape: Shape | None
    trend: Trend | None
    curve: Curve | None
    funnel: Funnel | None
    beside: tuple[Beside, ...]
    name: str
    unit: str
    level: str
    method: str
    version: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """One row of the table of all measures."""

    id: str
    title: str
    value: str
    value_interval: str
    beyond: str
    interval: str
    slow: str
    longest: str
    longest_who: str
    felt_twice: str
    complete: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A measure whose records are not there."""

    title: str
    needs: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the folder."""

    name: str
    format: str
    rows: str
    size: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file of the folder that was not read, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it was taken for."""

    header: str
    role: str
    how: str
    format: str
    filled: str
    blank: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what it was taken for."""

    file: str
    shape: str
    rows: str
    used: str
    roles: str
    why: tuple[str, ...]
    columns: tuple[Column, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Example:
    """A place in a file, what stood there and what it became."""

    where: str
    value: str
    became: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something repaired or left out, how often, and where."""

    what: str
    count: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A doubt about the records, and what to do about it."""

    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of the folder."""

    zone: str
    facts: tuple[str, ...]
    files: tuple[SourceFile, ...]
    not_read: tuple[NotRead, ...]
    tables: tuple[Table, ...]
    repaired: tuple[Note, ...]
    left_out: tuple[Note, ...]
    suspicions: tuple[Suspicion, ...]
    not_shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Footer:
    """What someone needs to get the same page again."""

    wellkept: str
    definitions: str
    fingerprint: str
    until: str
    known_at: str
    command: str


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence of the headline and the card it comes from."""

    id: str
    says: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report."""

    folder: str
    period: str
    zone: str
    held: str
    points: tuple[Point, ...]
    doubts: str
    owed: tuple[Case, ...]
    more_owed: tuple[Case, ...]
    owed_says: str
    summaries: tuple[Summary, ...]
    cards: tuple[Card, ...]
    grouped: bool
    absent: tuple[Absent, ...]
    understood: Understood
    footer: Footer
