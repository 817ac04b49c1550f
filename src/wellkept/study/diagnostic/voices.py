"""What people said of each claim, by group, with nobody's answer given away."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import views
from wellkept.study.diagnostic.answers import Answer, Round
from wellkept.study.diagnostic.claim import Claim
from wellkept.study.diagnostic.instrument import FRONT, GROUPS, LEADERS

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
EVERYBODY = "everybody"
OTHERS = "other roles"


@dataclass(frozen=True, slots=True, eq=False)
class Voices:
    """All answers as arrays (respondents, claims), nan where nothing was said.

    `names` and `members` (groups, respondents): everybody first, then the roles, then further
    groups; `small`: roles of too few to stand alone. `unsure`: said that they cannot say.
    """

    claims: tuple[Claim, ...]
    level: Floats
    confidence: Floats
    number: Floats
    low: Floats
    high: Floats
    recalled: Marks
    unsure: Marks
    skipped: Marks
    names: tuple[str, ...]
    members: Marks
    small: tuple[str, ...]
    shared: bool = False

    @property
    def people(self) -> int:
        """How many answered."""
        return int(self.level.shape[0])

    @property
    def left_out(self) -> int:
        """How many count in no figure, for their group is too small."""
        return int(np.count_nonzero(~self.members[0]))

    @property
    def own(self) -> bool:
        """One person alone: what is shown is that person's own, and nobody else's."""
        return self.people == 1 and not self.shared

    def shown(self, answered: Marks) -> Marks:
        """Tell which groups may be shown, where only some respondents answered."""
        if self.own:
            return np.array([name == EVERYBODY for name in self.names])
        return views.publishable(self.members & answered)


def voices_of(answers: Round, claims: Sequence[Claim]) -> Voices:
    """This will put the answers of a round into arrays, in the order of the claims."""
    people, n = len(answers.respondents), len(claims)
    place = {claim.id: i for i, claim in enumerate(claims)}
    numbers = {name: np.full((people, n), np.nan) for name in FIELDS}
    marks = {name: np.zeros((people, n), bool) for name in ("recalled", "unsure", "skipped")}
    for row, respondent in enumerate(answers.respondents):
        for answer in respondent.answers:
            if answer.claim in place:
                _enter(answer, row, place[answer.claim], numbers, marks)
    names, members = _groups(answers)
    small = tuple(
        name
        for name in GROUPS
        if name not in names and any(one.group == name for one in answers.respondents)
    )
    return Voices(
        tuple(claims),
        **numbers,
        **marks,
        names=names,
        members=members,
        small=small,
        shared=answers.shared,
    )


FIELDS = ("level", "confidence", "number", "low", "high")


def _enter(
    answer: Answer, row: int, column: int, numbers: dict[str, Floats], marks: dict[str, Marks]
) -> None:
    for name in FIELDS:
        value = getattr(answer, name)
        if value is not None:
            numbers[name][row, column] = value
    marks["recalled"][row, column] = bool(answer.recall.strip())
    marks["unsure"][row, column] = answer.cannot_say
    marks["skipped"][row, column] = answer.skipped


def _groups(answers: Round) -> tuple[tuple[str, ...], Marks]:
    """Everybody, then leaders and front line, whom the two views compare, then the others.

    Roles of fewer than four are merged. If even together they are fewer than four, and others are
    not, their answers count in no figure: else everybody minus the others would tell them.
    """
    people = answers.respondents
    roles = [LEADERS, FRONT, *(name for name in GROUPS if name not in (LEADERS, FRONT))]
    rows = {name: [one.group == name for one in people] for name in roles}
    small = [name for name in roles if 0 < sum(rows[name]) < views.FEWEST]
    large = [name for name in roles if sum(rows[name]) >= views.FEWEST]
    merged = [one.group in small for one in people]
    left_out = bool(large) and 0 < sum(merged) < views.FEWEST
    table = {EVERYBODY: [not (left_out and apart) for apart in merged]}
    table |= {name: rows[name] for name in large}
    if large and small and not left_out:
        table[OTHERS] = merged
    for name in sorted({name for one in people for name in one.also}):
        table[name] = [
            name in one.also and counted
            for one, counted in zip(people, table[EVERYBODY], strict=True)
        ]
    return tuple(table), np.array(list(table.values()), bool).reshape(len(table), len(people))


@dataclass(frozen=True, slots=True)
class GroupVoice:
    """The median level and confidence of one group that may be shown."""

    group: str
    n: int
    level: float
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Apart:
    """Two groups that see a claim differently: medians apart, and the interval of the means."""

    first: str
    second: str
    value: float
    low: float
    high: float

    @property
    def contested(self) -> bool:
        """A level or more apart, and not by chance."""
        return abs(self.value) >= 1 and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Voice:
    """What was said of one claim; `level` None where nobody may be shown, or nobody said."""

    n: int
    level: float | None
    confidence: float | None
    recalled: int
    unsure: int
    skipped: int
    groups: tuple[GroupVoice, ...] = ()
    apart: Apart | None = None

    @property
    def hidden(self) -> bool:
        """Somebody answered, but too few to show it."""
        return self.n > 0 and self.level is None


def voice_of(voices: Voices, column: int) -> Voice:
    """This will give what was said of one claim, as far as it may be shown."""
    level, confidence = voices.level[:, column], voices.confidence[:, column]
    answered = ~np.isnan(level) & voices.members[0]
    shown = voices.shown(answered)
    groups = tuple(
        _group(name, level[chosen], confidence[chosen])
        for name, row, open_ in zip(voices.names, voices.members, shown, strict=True)
        if open_ and (chosen := row & answered).any()
    )
    whole = next((one for one in groups if one.group == EVERYBODY), None)
    counts = [voices.recalled, voices.unsure, voices.skipped]
    recalled, unsure, skipped = (
        int(np.count_nonzero(m[voices.members[0], column])) for m in counts
    )
    return Voice(
        n=int(np.count_nonzero(answered)),
        level=whole.level if whole else None,
        confidence=whole.confidence if whole else None,
        recalled=recalled,
        unsure=unsure,
        skipped=skipped,
        groups=tuple(one for one in groups if one.group != EVERYBODY),
        apart=_apart(voices, level, shown),
    )


def _group(name: str, level: Floats, confidence: Floats) -> GroupVoice:
    sure = confidence[~np.isnan(confidence)]
    middle = float(np.median(sure)) if sure.size else None
    return GroupVoice(name, int(level.size), float(np.median(level)), middle)


def _apart(voices: Voices, level: Floats, shown: Marks) -> Apart | None:
    """Leaders against front line where both may be shown, else the two roles farthest apart."""
    open_ = [
        (name, level[row & ~np.isnan(level)])
        for name, row, may in zip(voices.names, voices.members, shown, strict=True)
        if may and name in (*GROUPS, OTHERS)
    ]
    pairs = [(a, b) for i, a in enumerate(open_) for b in open_[i + 1 :]]
    pairs.sort(key=lambda p: ({p[0][0], p[1][0]} != {LEADERS, FRONT}, -abs(_medians(*p))))
    for first, second in pairs[:1]:
        found = views.difference(first[1], second[1], least_variance=views.ROUNDING)
        if found is not None:
            apart = _medians(first, second)
            return Apart(first[0], second[0], apart, found.low, found.high)
    return None


def _medians(first: tuple[str, Floats], second: tuple[str, Floats]) -> float:
    return float(np.median(first[1]) - np.median(second[1]))
