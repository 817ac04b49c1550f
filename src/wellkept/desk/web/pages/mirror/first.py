"""The mirror's first page: what one is asked, the rounds, and opening a new one."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
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
            wrong = problem.messages
        else:
            return redirect("mirror_round", pk=made.pk)
    return asking.page(
        "mirror/new.html",
        status=422 if wrong else 200,
        wrong=wrong,
        forms=FORM_WORDS.items(),
        people=people(asking, set()),
        groups=our_groups(),
        typed=asking.typed.dict(),
    )


def _form_typed(asking: Asking) -> str:
    form = asking.typed.get("form", "")
    if form not in FORM_WORDS:
        raise ValidationError(_("Choose the short or the full form."))
    return form


def our_groups() -> list[tuple[str, str]]:
    """This will list our own groups with their words."""
    return [(one.value, GROUP_WORDS[one.value]) for one in OUR_GROUPS]


def people(asking: Asking, without: set[int]) -> list[tuple[str, str, str]]:
    """This will list who has an account and works here: the field's name, the name, the trade."""
    there = Person.objects.with_us(asking.now.date()).exclude(account=None)
    found = [
        (f"{ASKED}{one.account_id}", str(one), one.trade)
        for one in there.select_related("personal", "account")
        if one.account_id not in without and one.account is not None and one.account.is_active
    ]
    return sorted(found, key=lambda row: row[1].casefold())


def people_typed(asking: Asking) -> dict[Account, str]:
    """This will read who is asked in which group."""
    chosen = {
        int(name.removeprefix(ASKED)): group
        for name, group in asking.typed.items()
        if name.startswith(ASKED) and name.removeprefix(ASKED).isdecimal() and group
    }
    listed = {name for name, _person, _trade in people(asking, set())}
    accounts = Account.objects.in_bulk([key for key in chosen if f"{ASKED}{key}" in listed])
    return {accounts[key]: str(group) for key, group in chosen.items() if key in accounts}
