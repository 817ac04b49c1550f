"""The pages on which somebody answers: a claim, the stories, the end; the six for customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wellkept.desk.web.pages.mirror import sitting as at_desk
from wellkept.desk.web.pages.mirror.sitting import END, STORIES, Sitting
from wellkept.desk.web.pages.mirror.words import LADDER
from wellkept.record.journal.rules import Refusal
from wellkept.record.mirror import actions, queries
from wellkept.record.mirror.models import Answer
from wellkept.record.mirror.rules import Answering, Stage
from wellkept.study.diagnostic.claim import CURRENCY, Claim
from wellkept.study.diagnostic.claims.catalogue import BY_ID
from wellkept.study.diagnostic.instrument import (
    CONFIDENCE,
    CUSTOMER_QUESTIONS,
    RANGE,
    RECALL,
    VIGNETTES,
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One request of somebody who answers."""

    request: HttpRequest
    sitting: Sitting
    now: datetime

    def page(self, template: str, status: int = 200, **rows: Any) -> HttpResponse:
        """Show a page with what every page of answering has."""
        told = {"sitting": self.sitting, "now": self.now, "shown": int(self.now.timestamp())}
        return render(self.request, f"web/mirror/{template}", told | rows, status=status)


def answer(seat: Seat, step: str) -> HttpResponse:
    """This will show one step, or keep what was typed at it and go on to the next open one."""
    if seat.sitting.round.stage is not Stage.OPEN:
        return seat.page("answer_locked.html", own=_own(seat))
    if seat.sitting.group == Answering.CUSTOMER:
        return _customer(seat, step)
    asked = at_desk.claims(seat.sitting)
    if not step:
        return _begin(seat, asked)
    if step == STORIES:
        return _stories(seat, asked)
    if step == END:
        return _end(seat, asked)
    claim = next((one for one in asked if one.id == step), None)
    if claim is None:
        raise Http404(_("This round does not ask that claim."))
    return _claim(seat, claim, asked)


def _own(seat: Seat) -> dict[str, Answer]:
    who = seat.sitting.respondent()
    return {} if who is None else queries.own_answers(who)


def _rated(seat: Seat) -> dict[str, int]:
    who = seat.sitting.respondent()
    return {} if who is None else dict(who.vignettes)


def _listed(seat: Seat, asked: tuple[Claim, ...], here: str) -> list[at_desk.Step]:
    return at_desk.steps(seat.sitting, asked, _own(seat), _rated(seat), here)


def _begin(seat: Seat, asked: tuple[Claim, ...]) -> HttpResponse:
    listed = _listed(seat, asked, "")
    done = sum(step.state != "open" for step in listed)
    return seat.page("answer_begin.html", steps=listed, done=done, onward=at_desk.next_open(listed))


def _claim(seat: Seat, claim: Claim, asked: tuple[Claim, ...]) -> HttpResponse:
    typed: Any = _own(seat).get(claim.id)
    wrong: list[str] = []
    if seat.request.method == "POST":
        typed = seat.request.POST
        try:
            given = at_desk.typed_answer(claim, seat.request.POST, seat.now)
            who = seat.sitting.begin(seat.now)
            actions.save_answers(respondent=who, answers=[given], at=seat.now, by=None)
        except ValidationError as problem:
            wrong = problem.messages
        except Refusal as refusal:
            wrong = [str(refusal)]
        else:
            return redirect(at_desk.next_open(_listed(seat, asked, claim.id), claim.id))
    listed = _listed(seat, asked, claim.id)
    return seat.page(
        "answer_claim.html",
        status=422 if wrong else 200,
        claim=claim,
        place=asked.index(claim) + 1,
        of=len(asked),
        steps=listed,
        typed=_fields(typed),
        levels=list(enumerate(claim.anchors)),
        chances=at_desk.confidence_options(),
        texts={"recall": _(RECALL), "confidence": _(CONFIDENCE), "range": _(RANGE),
               "currency": _(CURRENCY)},
        wrong=wrong,
    )  # fmt: skip


def _fields(typed: Any) -> dict[str, str]:
    """What stands in the form: what was typed, or what was kept."""
    names = ("recall", "level", "confidence", "number", "low", "high")
    if typed is None:
        return dict.fromkeys(names, "")
    if isinstance(typed, Answer):
        return {name: _plain(getattr(typed, name)) for name in names}
    return {name: typed.get(name, "") for name in names}


def _plain(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _stories(seat: Seat, asked: tuple[Claim, ...]) -> HttpResponse:
    rated, wrong = _rated(seat), []
    if seat.request.method == "POST":
        typed = seat.request.POST
        levels = {one.id: at_desk.typed_level(typed, one.id) for one in VIGNETTES}
        rated = {name: level for name, level in levels.items() if level is not None}
        try:
            if len(rated) < len(VIGNETTES):
                raise ValidationError(_("Choose a level for each of the three stories."))
            who = seat.sitting.begin(seat.now)
            actions.rate_stories(respondent=who, vignettes=rated, at=seat.now, by=None)
        except ValidationError as problem:
            wrong = problem.messages
        except Refusal as refusal:
            wrong = [str(refusal)]
        else:
            return redirect(at_desk.next_open(_listed(seat, asked, STORIES), STORIES))
    claim = BY_ID[VIGNETTES[0].claim].said_in(_)
    return seat.page(
        "answer_stories.html",
        status=422 if wrong else 200,
        steps=_listed(seat, asked, STORIES),
        stories=[(one.id, _(one.story), rated.get(one.id)) for one in VIGNETTES],
        claim=claim,
        levels=list(enumerate(claim.anchors)),
        wrong=wrong,
    )


def _end(seat: Seat, asked: tuple[Claim, ...]) -> HttpResponse:
    listed = _listed(seat, asked, END)
    wrong: list[str] = []
    if seat.request.method == "POST":
        try:
            who = seat.sitting.begin(seat.now)
            actions.finish_answers(respondent=who, at=seat.now, by=None)
        except Refusal as refusal:
            wrong = [str(refusal)]
        else:
            return seat.page("answer_thanks.html")
    return seat.page("answer_end.html", status=422 if wrong else 200, steps=listed, wrong=wrong,
                     left=[step for step in listed if step.state == "open"])  # fmt: skip


def _customer(seat: Seat, step: str) -> HttpResponse:
    if step:
        raise Http404(_("Customers answer on one page."))
    own, wrong = _own(seat), []
    if seat.request.method == "POST":
        try:
            who = seat.sitting.begin(seat.now)
            given = _customer_answers(seat)
            actions.save_answers(respondent=who, answers=given, at=seat.now, by=None)
            actions.finish_answers(respondent=who, at=seat.now, by=None)
        except Refusal as refusal:
            wrong = [str(refusal)]
        else:
            return seat.page("answer_thanks.html")
    return seat.page(
        "answer_customer.html",
        status=422 if wrong else 200,
        questions=_questions(own),
        ladder=list(enumerate(LADDER)),
        wrong=wrong,
    )


def _questions(own: dict[str, Answer]) -> Sequence[tuple[str, str, int | None, str]]:
    found = []
    for one in CUSTOMER_QUESTIONS:
        kept = own.get(one.id)
        level, recall = (None, "") if kept is None else (kept.level, kept.recall)
        found.append((one.id, _(one.question), level, recall))
    return found


def _customer_answers(seat: Seat) -> list[Answer]:
    typed, made = seat.request.POST, []
    for one in CUSTOMER_QUESTIONS:
        level = at_desk.typed_level(typed, f"q{one.id}")
        recall = typed.get(f"last{one.id}", "")
        made.append(Answer(claim=one.id, level=level, skipped=level is None, recall=recall))
    return made
