"""Answering of those who are asked by name."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.mirroring.keys import key_hash_of
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.pages.mirror.answering import Seat, answer
from wellkept.desk.web.pages.mirror.sitting import Sitting
from wellkept.record.mirror.models import Invitation


def answer_round(asking: Asking, pk: int, step: str = "") -> HttpResponse:
    """This will ask one's own answers; Http404 for whoever is not asked in this round."""
    mine = Invitation.objects.filter(round=pk, account=asking.account).select_related("round")
    asked = mine.first()
    if asked is None:
        raise Http404(_("You are not asked in this round."))
    sitting = Sitting(
        asked.round,
        asked.group,
        key_hash_of(asked.round.pk, asking.account.pk),
        reverse("mirror_answer", args=[asked.round.pk]),
    )
    return answer(Seat(asking.request, sitting, asking.now), step)
