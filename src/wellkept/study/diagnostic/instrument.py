"""The rest of the instrument: groups, confidence, vignettes, the customers' questions."""

from dataclasses import dataclass

from wellkept.study.measures.marking import marked as _

GROUPS = {
    "executive": _("executives"),
    "service_management": _("service management"),
    "front_line": _("front line: desk, planners, engineers, parts"),
    "commercial": _("commercial: sales, contracts"),
    "finance": _("finance"),
}
"""Who answers. The two views compare the first with the third."""
LEADERS, FRONT = "executive", "front_line"

RECALL = _("When did this last happen? Name the case, the customer or the meeting.")
CONFIDENCE = _(
    "If the records of the last 12 months were opened now, how likely is it that they show at "
    "least this level?"
)
RANGE = _("Give a low and a high so that you would be right 8 times in 10.")
STEP = 5
CONFIDENCE_WORDS = {
    5: _("hardly"),
    25: _("rather not"),
    50: _("as likely as not"),
    75: _("rather"),
    95: _("as good as certain"),
}
"""Words at some of the chances, in per cent."""


@dataclass(frozen=True, slots=True)
class Vignette:
    """A short story of an organisation on one claim; `level` is where it stands."""

    id: str
    claim: str
    story: str
    level: int


VIGNETTES = (
    Vignette(
        "A",
        "R2",
        _(
            "At a maker of packing machines a new case lies in the team's mailbox until somebody "
            "takes it. When a customer calls for the third time, the most senior engineer takes it "
            "over and sees it through."
        ),
        1,
    ),
    Vignette(
        "B",
        "R2",
        _(
            "At a maker of lifts the desk gives every new case to a named engineer within an hour. "
            "At weekends and in one of four regions cases go to a team, and nobody counts how long "
            "they wait there."
        ),
        2,
    ),
    Vignette(
        "C",
        "R2",
        _(
            "At a maker of X-ray machines every case has a named owner at every moment, in all "
            "regions; a handoff counts when the other has accepted it. Cases that were without an "
            "owner are listed, and somebody answers for each of them."
        ),
        3,
    ),
)
"""Everybody rates the same three: they detect that people use the scale differently."""


@dataclass(frozen=True, slots=True)
class CustomerQuestion:
    """A question to customers, 0 never to 4 always; `claims` are those that it mirrors."""

    id: str
    question: str
    claims: tuple[str, ...]


CUSTOMER_QUESTIONS = (
    CustomerQuestion(
        "1", _("When something stopped, did you know who was working on it?"), ("R2",)
    ),
    CustomerQuestion("2", _("Were you told before a date slipped?"), ("P3",)),
    CustomerQuestion("3", _("Was it really working when we said it was?"), ("P2",)),
    CustomerQuestion("4", _("Did you have to explain it more than once?"), ("R2",)),
    CustomerQuestion("5", _("Was the part there when you needed it?"), ("V1", "V4")),
    CustomerQuestion("6", _("If the contract ended tomorrow, would you start with us?"), ("T1",)),
)
"""The customers' mirror: no confidence, but the last time by name. In 4, always is the worst."""
WORSE_IF_HIGH = frozenset({"4"})
