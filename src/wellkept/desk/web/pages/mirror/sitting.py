"""Somebody answers: the steps of a form, what was typed at one, and where to go next.

Whoever is asked by name and whoever comes by a link answer on the same pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from wellkept.desk.web.pages.mirror.words import GROUP_WORDS
from wellkept.record.mirror import actions, queries
from wellkept.record.mirror.models import Answer, AnswerLink, Respondent, Round
from wellkept.study.diagnostic.answers import Round as Form
from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.diagnostic.document.whole import claims_of
from wellkept.study.diagnostic.instrument import CONFIDENCE_WORDS, STEP, VIGNETTES

STORIES, END = "stories", "end"
LONGEST_S = 3600
"""Longer than this nobody thinks about one claim: the page was left open."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who answers in which round: a group and a key's hash; `base` is the address of the pages."""

    round: Round
    group: str
    key_hash: str
    base: str
    link: AnswerLink | None = None

    def respondent(self) -> Respondent | None:
        """Find the one who holds the key, None before the first answer."""
        return queries.of_key(self.round, self.key_hash)

    def begin(self, at: datetime) -> Respondent:
        """Let the holder of the key answer; raises RoundLocked, LinkServes."""
        return actions.begin_answers(
            round=self.round, group=self.group, key_hash=self.key_hash, link=self.link, at=at,
            by=None,
        )  # fmt: skip

    @property
    def group_said(self) -> str:
        """The group in words."""
        return str(GROUP_WORDS[self.group])


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the list of steps: how it stands, in words and as a code."""

    name: str
    title: str
    href: str
    state: str
    said: str
    here: bool


def claims(sitting: Sitting) -> tuple[Claim, ...]:
    """This will give the claims that a round asks, in the reader's language."""
    return tuple(claim.said_in(_) for claim in claims_of(Form(form=sitting.round.form)))


def steps(
    sitting: Sitting, asked: tuple[Claim, ...], own: Mapping[str, Answer],
    rated: Mapping[str, int], here: str,
) -> list[Step]:  # fmt: skip
    """This will list the steps with how each stands."""
    found = [
        Step(claim.id, claim.sentence, f"{sitting.base}{claim.id}/", *_state(own.get(claim.id)),
             here=claim.id == here)
        for claim in asked
    ]  # fmt: skip
    whole = len(rated) == len(VIGNETTES)
    told = ("said", _("rated")) if whole else ("open", _("open"))
    found.append(
        Step(STORIES, _("Three stories"), f"{sitting.base}{STORIES}/", *told, here=here == STORIES)
    )
    return found


def _state(answer: Answer | None) -> tuple[str, str]:
    if answer is None:
        return "open", _("open")
    if answer.level is not None:
        return "said", _("level %(level)s") % {"level": answer.level}
    return "silent", _("cannot say") if answer.cannot_say else _("skipped")


def next_open(listed: list[Step], after: str = "") -> str:
    """This will give the address of the next step that is open, or of the end."""
    names = [step.name for step in listed]
    begin = names.index(after) + 1 if after in names else 0
    for step in [*listed[begin:], *listed[:begin]]:
        if step.state == "open":
            return step.href
    base = listed[0].href.removesuffix(f"{listed[0].name}/")
    return f"{base}{END}/"


def confidence_options() -> list[tuple[int, str]]:
    """This will list the chances in steps of five, with words at some of them."""
    return [
        (chance, f"{chance} %" + (f" – {_(CONFIDENCE_WORDS[chance])}"
                                  if chance in CONFIDENCE_WORDS else ""))
        for chance in range(0, 101, STEP)
    ]  # fmt: skip


def typed_answer(claim: Claim, typed: QueryDict, now: datetime) -> Answer:
    """This will read what was typed of one claim; raises ValidationError with what is missing."""
    told: dict[str, Any] = {
        "claim": claim.id, "recall": typed.get("recall", ""), "seconds": _spent(typed, now),
    }  # fmt: skip
    what = typed.get("do", "")
    if what == "skip":
        return Answer(skipped=True, **told)
    if what == "cannot":
        return Answer(cannot_say=True, **told)
    level = typed.get("level", "")
    if level not in [str(one) for one in range(5)]:
        raise ValidationError(_("Choose one of the five levels, or say that you cannot say."))
    told |= {"level": int(level), "confidence": _confidence(typed.get("confidence", ""))}
    if claim.number is not None:
        told |= _range(claim.number, typed)
    return Answer(**told)


def _confidence(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) not in range(0, 101, STEP):
        raise ValidationError(_("Choose how likely it is from the list, or leave it open."))
    return int(text)


def _range(item: NumberItem, typed: QueryDict) -> dict[str, float | None]:
    found = {name: _number(typed.get(name, ""), item) for name in ("low", "number", "high")}
    low, number, high = found["low"], found["number"], found["high"]
    if low is not None and high is not None and low > high:
        raise ValidationError(_("The low of your range lies above its high; exchange them."))
    if (low is None) != (high is None):
        raise ValidationError(_("A range has a low and a high; give both, or neither."))
    if number is not None and low is not None and high is not None and not low <= number <= high:
        raise ValidationError(_("Your number lies outside your range; widen the range."))
    return found


def _number(text: str, item: NumberItem) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text.strip().replace(",", ".").removesuffix("%"))
    except ValueError as problem:
        raise ValidationError(_("“%(text)s” is not a number.") % {"text": text}) from problem
    if not 0 <= value <= max(item.most, 0) or value != value:
        raise ValidationError(
            _("“%(text)s” lies outside 0 to %(most)s %(unit)s.")
            % {"text": text, "most": f"{item.most:g}", "unit": item.unit}
        )
    return value


def _spent(typed: QueryDict, now: datetime) -> int | None:
    shown = typed.get("shown", "")
    if not shown.isdecimal():
        return None
    spent = int(now.timestamp()) - int(shown)
    return spent if 0 <= spent <= LONGEST_S else None


def typed_level(typed: QueryDict, name: str) -> int | None:
    """This will read one of five levels, None where nothing was chosen."""
    text = typed.get(name, "")
    return int(text) if text in ("0", "1", "2", "3", "4") else None
