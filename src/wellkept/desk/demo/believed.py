"""What the people of the demo company believe of it: their answers to the mirror, as data.

Executives trust the date as said today and the average. Parts have come late for years, and
everybody has got used to it. Nobody sees how often a standing machine waits beyond the promise.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from wellkept.study.diagnostic.answers import Action, Answer, Respondent, Round

PEOPLE = {
    "executive": 5,
    "front_line": 9,
    "service_management": 4,
    "commercial": 4,
    "finance": 2,
}
"""Who answered. Two of finance are too few to be shown."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What one group says of one claim: levels and confidence in turn, a number and its range."""

    levels: tuple[int, ...]
    confidence: tuple[int, ...] = (70,)
    number: float | None = None
    low: float | None = None
    high: float | None = None
    recall: str = ""


SAME = "everybody else"
NORMALISED, OVERLOOKED, CONTESTED, IN_HAND, DOUBTED, HELD = "V4", "P2", "I1", "R2", "O1", "P1"
UNPROVABLE = ("L1", "M1", "V1", "C1", "T1")

BELIEFS: dict[str, dict[str, Belief]] = {
    "L1": {
        "executive": Belief((4, 3, 4, 3, 4), (90, 85), 180, 120, 240, "last month's board meeting"),
        SAME: Belief((2, 3, 2), (70, 75), 60, 20, 100),
    },
    "M1": {
        "executive": Belief((3, 3, 4, 3, 3), (80, 85), 80, 70, 95),
        SAME: Belief((3, 2, 3), (75, 80), 60, 40, 80),
    },
    "R2": {
        "executive": Belief((2, 3, 3, 2, 3), (65, 70), 85, 75, 95),
        SAME: Belief((2, 3, 2), (60, 65), 70, 60, 80, "Kuura Dairy, for days in the queue"),
    },
    "I1": {
        "executive": Belief((4, 4, 3, 4, 4), (85, 90), 92, 88, 97),
        "front_line": Belief((2, 2, 1, 2, 3, 2, 2, 2, 1), (60, 65), 55, 40, 70),
        SAME: Belief((3, 3, 2, 3), (60,), 60, 45, 75),
    },
    "P1": {
        "executive": Belief((3, 4, 3, 3, 3), (90, 95), 96, 94, 98, "the quarterly report: 95 %"),
        SAME: Belief((3, 3, 2), (75, 80), 93, 90, 96),
    },
    "P2": {
        "executive": Belief((3, 4, 3, 3, 3), (85, 90), 24, 12, 36),
        SAME: Belief((3, 3, 2), (75, 80), 36, 20, 60),
    },
    "V1": {
        "executive": Belief((3, 3, 3, 4, 3), (80, 85), 95, 90, 98),
        SAME: Belief((2, 3, 2), (70, 75), 85, 75, 95),
    },
    "V4": {
        "executive": Belief((2, 2, 1, 2, 2), (60, 65), 10, 6, 15),
        SAME: Belief((1, 2, 1), (65, 60), 14, 9, 25, "IB-220 for Clinic Nord, as always"),
    },
    "C1": {SAME: Belief((2, 3, 2), (60, 55), 70, 55, 85)},
    "O1": {SAME: Belief((2, 1, 2), (35, 40, 45), 80, 65, 90)},
    "T1": {
        "commercial": Belief((3, 3, 2, 3), (75, 80), 70, 55, 85),
        SAME: Belief((2, 1, 2), (40, 50), 40, 20, 60),
    },
    "T4": {SAME: Belief((1, 0, 1), (50, 40), 1, 0, 2)},
}

STORIES = ({"A": 1, "B": 2, "C": 3}, {"A": 1, "B": 2, "C": 4}, {"A": 0, "B": 2, "C": 3})
RATINGS = (
    {"1": 2, "2": 1, "3": 3, "4": 2, "5": 1, "6": 2},
    {"1": 1, "2": 1, "3": 2, "4": 3, "5": 1, "6": 3},
    {"1": 2, "2": 0, "3": 3, "4": 2, "5": 2, "6": 2},
    {"1": 3, "2": 2, "3": 3, "4": 1, "5": 1, "6": 3},
    {"1": 1, "2": 1, "3": 2, "4": 2, "5": 0, "6": 1},
)
"""What five customers say, from 0 never to 4 always."""


def answers(monday: date) -> Round:
    """This will give all answers; nobody has locked them yet."""
    people = [
        _person(group, place, number)
        for group, size in PEOPLE.items()
        for number, place in enumerate(range(size))
    ]
    since, until = monday - timedelta(days=60), monday + timedelta(days=120)
    action = Action(IN_HAND, "Alma Ricci", since, until)
    return Round("short", tuple(people), RATINGS, (action,))


def _person(group: str, place: int, number: int) -> Respondent:
    told = tuple(_answer(claim, beliefs, group, place) for claim, beliefs in BELIEFS.items())
    return Respondent(group, told, vignettes=STORIES[number % len(STORIES)])


def _answer(claim: str, beliefs: dict[str, Belief], group: str, place: int) -> Answer:
    belief = beliefs.get(group, beliefs[SAME])
    return Answer(
        claim,
        belief.levels[place % len(belief.levels)],
        belief.confidence[place % len(belief.confidence)] / 100,
        recall=belief.recall if place == 0 else "",
        number=belief.number,
        low=belief.low,
        high=belief.high,
    )
