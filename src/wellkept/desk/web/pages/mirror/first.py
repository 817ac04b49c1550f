"""The mirror's first page: what one is asked, the rounds, and opening a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import said_again, said_where, wrong_at
from wellkept.desk.web.pages.mirror.words import FORM_WORDS, GROUP_WORDS
from wellkept.desk.web.pages.settings.shape import LEADERS
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Scope
from wellkept.record.access.verbs import reaches_all
from wellkept.record.journal.rules import Refusal
from wellkept.record.mirror.actions import open_round
from wellkept.record.mirror.models import Invitation, Round
from wellkept.record.mirror.rules import OUR_GROUPS, Stage
from wellkept.record.organisation.models import Person
from wellkept.study.diagnostic.claim import VERSION

ASKED = "group-"


@dataclass(frozen=True, slots=True)
class Line:
    """One round in the list."""

    round: Round
    href: str
    stage: str
    form: str


def leads(asking: Asking) -> bool:
    """This will tell whether the one who asks may open, lock and reveal rounds: all, no part."""
    return reaches_all(asking.account, *LEADERS)


def sees_all(asking: Asking) -> bool:
    """This will tell whether findings over all records may be shown to the one who asks."""
    return Scope.ALL in asking.account.scopes


def mirror(asking: Asking) -> HttpResponse:
    """This will show the rounds: those that one is asked in, and those that are open to one."""
    mine = Invitation.objects.filter(account=asking.account, round__locked_at=None)
    asked = [
        (reverse("mirror_answer", args=[one.round_id]), FORM_WORDS[one.round.form],
         GROUP_WORDS[one.group])
        for one in mine.select_related("round").order_by("-round__opened_at")
    ]  # fmt: skip
    return asking.page(
        "mirror/first.html", asked=asked, rounds=_lines(asking), leads=leads(asking),
        sees_all=sees_all(asking),
    )  # fmt: skip


def _lines(asking: Asking) -> list[Line]:
    """Leaders see every round; whoever sees all records sees those that were revealed."""
    words = {
        Stage.OPEN: _("open for answers"),
        Stage.LOCKED: _("locked, not revealed"),
        Stage.REVEALED: _("revealed"),
    }
    rows = asking.visible(Round.objects.all())
    if not leads(asking):
        rows = rows.exclude(revealed_at=None)
    return [
        Line(
            one,
            reverse("mirror_gaps" if one.stage is Stage.REVEALED else "mirror_round",
                    args=[one.pk]),
            words[one.stage],
            FORM_WORDS[one.form],
        )
        for one in rows.defer("shown")
    ]  # fmt: skip


def mirror_new(asking: Asking) -> HttpResponse:
    """This will ask who answers in which group, and open the round."""
    if not leads(asking):
        return asking.page("mirror/not_all.html", status=403, leading=True)
    wrong: list[str] = []
    at: dict[str, list[str]] = {}
    if asking.posts:
        try:
            made = open_round(
                form=_form_typed(asking),
                claims_version=VERSION,
                people=people_typed(asking),
                at=asking.now,
                by=asking.account,
            )
        except Refusal as refusal:
            wrong = [str(refusal)]
        except ValidationError as problem:
            wrong, at = said_where(problem)
        else:
            return redirect("mirror_round", pk=made.pk)
    return asking.page(
        "mirror/new.html",
        **said_again(wrong, at),
        forms=FORM_WORDS.items(),
        people=people(asking, set(), at),
        groups=our_groups(),
        typed=asking.typed.dict(),
    )


def _form_typed(asking: Asking) -> str:
    form = asking.typed.get("form", "")
    if form not in FORM_WORDS:
        raise wrong_at("form", _("Choose the short or the full form."))
    return form


def our_groups() -> list[tuple[str, str]]:
    """This will list our own groups with their words."""
    return [(one.value, GROUP_WORDS[one.value]) for one in OUR_GROUPS]


def people(
    asking: Asking, without: set[int], at: Mapping[str, Sequence[str]] | None = None
) -> list[tuple[str, str, str, str, Sequence[str]]]:
    """This will list who has an account and works here: the field's name, the name, the trade.

    Then the group that was typed for them, and what is wrong with it.
    """
    there = Person.objects.with_us(asking.now.date()).exclude(account=None)
    found = [
        (f"{ASKED}{one.account_id}", str(one), one.trade)
        for one in there.select_related("personal", "account")
        if one.account_id not in without and one.account is not None and one.account.is_active
    ]
    found.sort(key=lambda row: row[1].casefold())
    return [(*row, asking.typed.get(row[0], ""), (at or {}).get(row[0], ())) for row in found]


def people_typed(asking: Asking) -> dict[Account, str]:
    """This will read who is asked in which group; raises ValidationError for no group of ours."""
    known = [group.value for group in OUR_GROUPS]
    chosen: dict[int, str] = {}
    for name, *_who, group, _wrong in people(asking, set()):
        if group and group not in known:
            raise wrong_at(name, _("Choose a group of the list."))
        if group:
            chosen[int(name.removeprefix(ASKED))] = group
    return {one: chosen[one.pk] for one in Account.objects.filter(pk__in=chosen)}
