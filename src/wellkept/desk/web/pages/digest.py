"""The mail of the day: one's own hour and zone, what it would say now, and how to end it."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from wellkept.desk import clock
from wellkept.desk.digest.choosing import (
    Wish,
    last_sent,
    of_token,
    set_wish,
    usual_zone,
    wish_of,
    wishes,
)
from wellkept.desk.digest.gathering import gather
from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.pages.settings.shape import (
    LEADERS,
    Deed,
    Field,
    Form,
    Section,
    settings_page,
)
from wellkept.record.access.models import Account


def digest(asking: Asking) -> HttpResponse:
    """This will show one's own mail of the day, and for leaders whose are on."""
    deeds: dict[str, Deed] = {"wish": _wish}
    return settings_page(asking, _("Mail of the day"), lambda: _sections(asking), deeds)


def _sections(asking: Asking) -> Sequence[Section]:
    wish = wish_of(asking.account, usual_zone())
    parts = [_mine(asking, wish), _preview(asking)]
    if asking.account.groups & LEADERS:
        parts.append(_everybody())
    return parts


def _mine(asking: Asking, wish: Wish) -> Section:
    last = last_sent(asking.account)
    when = times.full(last, times.zone_of(wish.zone)) if last else _("never")
    fields = (
        Field("on", _("Send it"), kind="checks", options=(("yes", _("once a day")),),
              chosen=("yes",) if wish.on else ()),
        Field("at", _("Not before"), f"{wish.at:%H:%M}", "time", needed=True),
        Field("zone", _("Time zone"), wish.zone, needed=True),
    )  # fmt: skip
    text = _("To %(address)s. Last sent: %(when)s. Nothing is sent when nothing is to be said.") % {
        "address": asking.account.email, "when": when,
    }  # fmt: skip
    form = Form("wish", _("Save"), fields, title=_("Change it"), open=True)
    return Section(_("Your mail"), text, forms=(form,))


def _preview(asking: Asking) -> Section:
    title = _("What it would say now")
    if asking.person is None:
        return Section(title, _("Nobody who works here stands behind your account: no mail."))
    since = last_sent(asking.account) or asking.now - timedelta(days=1)
    found = gather(asking.person, asking.now, since)
    if not found:
        return Section(title, _("Nothing, so none would be sent."))
    rows = tuple(
        (Cell(line.about, line.href.removeprefix(settings.ADDRESS)), Cell(part.title),
         Cell(line.whom), Cell(line.due))
        for part in found for line in part.lines
    )  # fmt: skip
    return Section(title, heads=(_("Promise"), _("Why"), _("For"), _("Due")), rows=rows)


def _everybody() -> Section:
    accounts = Account.objects.filter(is_active=True, person__isnull=False)
    known = list(accounts.select_related("personal"))
    wanted = wishes(known)
    rows = tuple(
        (Cell(str(one)), Cell(_("on") if wanted[one.pk].on else _("off")),
         Cell(f"{wanted[one.pk].at:%H:%M} {wanted[one.pk].zone}"))
        for one in sorted(known, key=str)
    )  # fmt: skip
    ways = {
        "": _("Without a mail server each is a file."),
        "console": _("Each is printed where the background was started."),
    }
    text = ways.get(settings.MAIL, _("By your mail server."))
    return Section(_("Everybody"), text, heads=(_("Who"), _("Mail"), _("Not before")), rows=rows)


def _wish(asking: Asking, key: int | None) -> str:
    set_wish(
        asking.account,
        on="yes" in asking.typed.getlist("on"),
        at=asking.typed.get("at", ""),
        zone=asking.typed.get("zone", "").strip(),
        now=asking.now,
        by=asking.account,
    )
    return _("Saved.")


@csrf_exempt
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """This will end somebody's mails by the link in one, without signing in; asked for first.

    A mail program may post at once (RFC 8058); the token is the proof, so no cookie is needed.
    """
    account = of_token(token)
    if account is None:
        raise Http404
    done = request.method == "POST"
    if done:
        wish = wish_of(account, usual_zone())
        now = clock.now(settings.HOME)
        set_wish(account, on=False, at=f"{wish.at:%H:%M}", zone=wish.zone, now=now, by=None)
    return render(request, "web/digest_stop.html", {"done": done, "address": account.email})
