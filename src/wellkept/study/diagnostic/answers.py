"""What people answered, before and after it is locked: plain values, nothing reckoned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wellkept.study.diagnostic.claim import VERSION


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer to one claim.

    `level` 0 to 4 and `confidence` 0 to 1, None where the person cannot say or skipped. `low` to
    `high` is the range of the number, in its unit. `seconds`: how long the answer took.
    """

    claim: str
    level: int | None = None
    confidence: float | None = None
    recall: str = ""
    number: float | None = None
    low: float | None = None
    high: float | None = None
    cannot_say: bool = False
    skipped: bool = False
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who answered: a group, never a name. `also`: further groups, such as a region."""

    group: str
    answers: tuple[Answer, ...] = ()
    also: tuple[str, ...] = ()
    vignettes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """Somebody owns a claim's gap until a day; `renewed`: how often that day was put off."""

    claim: str
    owner: str
    since: date
    until: date | None = None
    renewed: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """All answers of one round, still open: nothing in it says what the records show.

    `customers`: each customer's answers by question, 0 to 4. `shared`: others than those who
    answered read what it shows, so that even somebody who answered alone is hidden.
    """

    form: str = "short"
    respondents: tuple[Respondent, ...] = ()
    customers: tuple[Mapping[str, int], ...] = ()
    actions: tuple[Action, ...] = ()
    claims_version: str = VERSION
    shared: bool = False
