"""Gap names, by rule and in this order: the first that fits is the name."""

from dataclasses import dataclass
from datetime import date

from wellkept.study.diagnostic.answers import Action
from wellkept.study.diagnostic.evidence.finding import Found, NoRecord
from wellkept.study.diagnostic.scoring import GapFound, Standing
from wellkept.study.diagnostic.strips import Strip
from wellkept.study.diagnostic.voices import Voice
from wellkept.study.measures.marking import marked as _

SURE, UNSURE = 0.7, 0.5
KNOWN_LOW = 2
CLAIMED = 2
WITHOUT = {"no_record": "unrecorded", "too_few": "too_few"}

WORDS = {
    "unprovable": _("unprovable"),
    "overlooked": _("overlooked"),
    "normalised": _("normalised"),
    "contested": _("contested"),
    "doubted": _("doubted"),
    "in_hand": _("in hand"),
    "held": _("held"),
    "gap": _("gap"),
    "open": _("not decided"),
    "too_few": _("too few"),
    "unrecorded": _("not recorded"),
    "hidden": _("answers hidden"),
    "unanswered": _("not answered"),
}
"""The seven names in the order of the rules; then what stands where none of them fits."""

MEANS = {
    "unprovable": _("it is claimed, and no record could show it"),
    "overlooked": _("less is shown than claimed, people are confident, and nobody looks at it"),
    "normalised": _("known, long-standing, without an owner or an end"),
    "contested": _("groups see it a level or more apart"),
    "doubted": _("as much is shown as claimed, and people do not believe it"),
    "in_hand": _("a gap with an owner and a date"),
    "held": _("the records show at least what is claimed"),
    "gap": _("less is shown than claimed"),
    "open": _("the records do not decide whether less is shown"),
    "too_few": _("fewer than ten records: no level is shown"),
    "unrecorded": _("no record could show it, and it is not claimed"),
    "hidden": _("too few answered to show what they said"),
    "unanswered": _("nobody said a level"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the rules look at for one claim."""

    found: Found | NoRecord
    standing: Standing
    voice: Voice
    gap: GapFound | None
    action: Action | None

    @property
    def strip(self) -> Strip | None:
        """The weeks behind the evidence, where there are any."""
        return self.found.strip if isinstance(self.found, Found) else None


def name_of(case: Case) -> str:
    """This will give the key of the name: the first rule that fits."""
    level = case.voice.level
    if case.standing.state == "no_record" and (level or 0) >= CLAIMED:
        return "unprovable"
    if case.standing.state != "shown":
        return "hidden" if case.voice.hidden else WITHOUT[case.standing.state]
    if case.gap is None:
        return "hidden" if case.voice.hidden else "unanswered"
    for key, fits in RULES:
        if fits(case, case.gap):
            return key
    return "gap" if case.gap.flagged else "open"


def _overlooked(case: Case, gap: GapFound) -> bool:
    return gap.flagged and (case.voice.confidence or 0.0) >= SURE and case.action is None


def _normalised(case: Case, gap: GapFound) -> bool:
    level, strip = case.voice.level, case.strip
    seen = case.standing.median
    low = seen is not None and seen <= min(KNOWN_LOW, case.standing.ceiling - 1)
    said_low = level is not None and level <= KNOWN_LOW
    lasting = said_low if strip is None else strip.lasting
    known = said_low or case.voice.recalled > 0
    ended = case.action is not None and case.action.until is not None
    return low and lasting and known and not ended


def _contested(case: Case, gap: GapFound) -> bool:
    return case.voice.apart is not None and case.voice.apart.contested


def _doubted(case: Case, gap: GapFound) -> bool:
    confidence = case.voice.confidence
    return gap.value <= 0 and confidence is not None and confidence < UNSURE


def _in_hand(case: Case, gap: GapFound) -> bool:
    action = case.action
    if gap.value <= 0 or action is None or action.until is None:
        return False
    return case.strip is None or case.strip.since_s is None or case.strip.improving


def _held(case: Case, gap: GapFound) -> bool:
    return gap.value <= 0


RULES = (
    ("overlooked", _overlooked),
    ("normalised", _normalised),
    ("contested", _contested),
    ("doubted", _doubted),
    ("in_hand", _in_hand),
    ("held", _held),
)


def open_action(actions: tuple[Action, ...], claim: str, on: date) -> Action | None:
    """This will give the action on a claim that is open on a day; an expired one is none."""
    those = [
        action
        for action in actions
        if action.claim == claim
        and action.since <= on
        and (action.until is None or action.until >= on)
    ]
    return max(those, key=lambda action: action.since, default=None)
