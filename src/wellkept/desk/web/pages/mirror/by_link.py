"""Answering by a link: no account, no name; the browser keeps the key with which one goes on."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wellkept.desk import clock
from wellkept.desk.mirroring.keys import fresh_key, hash_of
from wellkept.desk.web.pages.mirror.answering import Seat, answer
from wellkept.desk.web.pages.mirror.sitting import END, Sitting
from wellkept.record.mirror.models import AnswerLink
from wellkept.record.mirror.rules import Answering

KEPT_S = 90 * 24 * 3600
"""For so long a browser may go on with a round that it began."""


@require_http_methods(["GET", "POST"])
def answer_by_link(request: HttpRequest, token: str, step: str = "") -> HttpResponse:
    """This will ask whoever holds the link; Http404 for a link that never was."""
    link = AnswerLink.objects.filter(token_hash=hash_of(token)).select_related("round").first()
    if link is None:
        raise Http404(_("There is no such link. Ask whoever gave it to you for another."))
    base = reverse("mirror_link", args=[token])
    cookie = f"mirror-{link.pk}"
    known = request.COOKIES.get(cookie, "")
    key = known or fresh_key()
    sitting = Sitting(link.round, link.group, hash_of(key), base, link)
    shown = answer(Seat(request, sitting, clock.now(settings.HOME)), step)
    if request.method != "POST" or shown.status_code == 422:
        return shown
    if step == END or link.group == Answering.CUSTOMER:  # the next one at this machine begins anew
        shown.delete_cookie(cookie, path=base)
    else:
        shown.set_cookie(
            cookie, key, max_age=KEPT_S, path=base, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return shown
