"""A round as its manager has it in hand: who is asked, links, how far it is, lock, reveal."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.mirroring import revealing
from wellkept.desk.mirroring.keys import fresh_key, hash_of
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import attempt, said_again, said_where, wrong_at
from wellkept.desk.web.measuring import facts_now
from wellkept.desk.web.pages.mirror.first import ASKED, leads, our_groups, people, people_typed
from wellkept.desk.web.pages.mirror.words import FORM_WORDS, GROUP_WORDS
from wellkept.record.journal.rules import Refusal
from wellkept.record.mirror import actions, queries
from wellkept.record.mirror.actions.closing import see_that_reveals
from wellkept.record.mirror.models import AnswerLink, Round
from wellkept.record.mirror.rules import MOST_BY_LINK, Stage
from wellkept.study.diagnostic.locking import AnswersChanged


def round_of(asking: Asking, pk: int) -> Round:
    """This will find a round that the one who asks may see; Http404 for another."""
    return get_object_or_404(asking.visible(Round.objects.all()), pk=pk)


def mirror_round(asking: Asking, pk: int) -> HttpResponse:
    """This will show a round that is not revealed yet; one that is leads to its findings."""
    round = round_of(asking, pk)
    if round.stage is Stage.REVEALED:
        return redirect("mirror_gaps", pk=pk)
    if not leads(asking):
        return asking.page("mirror/not_all.html", status=403, leading=True)
    return _page(asking, round)


def _page(
    asking: Asking,
    round: Round,
    address: str = "",
    wrong: Sequence[str] = (),
    at: Mapping[str, Sequence[str]] | None = None,
) -> HttpResponse:
    invited = round.invitations.select_related("account__personal")
    progress = [
        (GROUP_WORDS[one.group] if one.group else _("groups of fewer than four, together"), one)
        for one in queries.progress_of(round)
    ]
    return asking.page(
        "mirror/round.html",
        round=round,
        form=FORM_WORDS[round.form],
        is_open=round.stage is Stage.OPEN,
        progress=progress,
        invited=[(str(one.account), GROUP_WORDS[one.group]) for one in invited],
        people=people(asking, {one.account_id for one in invited}, at),
        asks=any(name.startswith(ASKED) for name in at or {}),
        typed={} if address else asking.typed.dict(),
        **said_again(wrong, at or {}),
        groups=our_groups(),
        all_groups=GROUP_WORDS.items(),
        links=[(one, GROUP_WORDS[one.group]) for one in round.links.all()],
        most=MOST_BY_LINK,
        address=address,
    )


def invite(asking: Asking, pk: int) -> HttpResponse:
    """This will ask more people by name."""
    round = round_of(asking, pk)
    return attempt(
        asking,
        lambda: actions.invite_people(
            round=round, people=people_typed(asking), at=asking.now, by=asking.account
        ),
        said=_("They are asked."),
        otherwise=reverse("mirror_round", args=[pk]),
        again=lambda wrong, at: _page(asking, round, "", wrong, at),
    )


def link(asking: Asking, pk: int) -> HttpResponse:
    """This will make a link for a group and show its address, this once."""
    round = round_of(asking, pk)
    token = fresh_key()
    try:
        actions.add_link(
            round=round, group=asking.typed.get("group", ""), most=_most(asking),
            token_hash=hash_of(token), at=asking.now, by=asking.account,
        )  # fmt: skip
    except Refusal as refusal:
        return _page(asking, round, wrong=[str(refusal)])
    except ValidationError as problem:
        wrong, at = said_where(problem)
        return _page(asking, round, wrong=wrong, at=at)
    here = asking.request.build_absolute_uri(reverse("mirror_link", args=[token]))
    return _page(asking, round, address=here)


def _most(asking: Asking) -> int:
    text = asking.typed.get("most", "")
    if not text.isdecimal() or not 1 <= int(text) <= MOST_BY_LINK:
        raise wrong_at(
            "most",
            _("Say for how many people the link is: 1 to %(most)s.") % {"most": MOST_BY_LINK},
        )
    return int(text)


def link_end(asking: Asking, pk: int) -> HttpResponse:
    """This will end a link."""
    round = round_of(asking, pk)
    key = asking.typed.get("link", "")
    one = get_object_or_404(AnswerLink, round=round, pk=int(key) if key.isdecimal() else 0)
    return attempt(
        asking,
        lambda: actions.end_link(link=one, at=asking.now, by=asking.account),
        said=_("The link is ended."),
        otherwise=reverse("mirror_round", args=[pk]),
    )


def lock(asking: Asking, pk: int) -> HttpResponse:
    """This will lock all answers of a round."""
    round = round_of(asking, pk)

    def act() -> None:
        if not asking.typed.get("sure"):
            raise ValidationError(_("Tick that the answers may be locked: it cannot be undone."))
        revealing.lock(round, at=asking.now, by=asking.account)

    return attempt(
        asking,
        act,
        said=_("The answers are locked. Now the records may be opened."),
        otherwise=reverse("mirror_round", args=[pk]),
    )


def reveal(asking: Asking, pk: int) -> HttpResponse:
    """This will lay a locked round beside the records, once."""
    round = round_of(asking, pk)
    try:
        see_that_reveals(round, asking.account)  # before any facts are made
        revealing.locked(round)
        with facts_now(asking) as facts:
            revealing.reveal(round, facts, at=asking.now, by=asking.account)
    except (Refusal, AnswersChanged) as refusal:
        messages.error(asking.request, str(refusal))
        return redirect("mirror_round", pk=pk)
    return redirect("mirror_gaps", pk=pk)
