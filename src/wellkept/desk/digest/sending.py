"""Sending the mail of the day: once a day at most, and nothing where nothing is to be said."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from wellkept.desk.digest.choosing import (
    SENT,
    last_sent,
    stop_token,
    usual_zone,
    wish_of,
    wishes,
)
from wellkept.desk.digest.gathering import Part, gather
from wellkept.record.access.choosing import choose, chosen
from wellkept.record.access.models import Account, Choice

FIRST = timedelta(hours=24)
"""How far back the first mail looks for what is new."""


def due_now(now: datetime) -> dict[int, str]:
    """This will give the accounts whose hour has come and that had no mail on their day yet.

    Only who works here, and may sign in, gets one. Gives the day where each of them is.
    """
    accounts = list(Account.objects.filter(is_active=True, person__isnull=False))
    said = dict(Choice.objects.filter(name=SENT).values_list("account", "value"))
    found = {}
    for key, wish in wishes(accounts).items():
        day = wish.day(now).isoformat()
        if wish.is_time(now) and (said.get(key) or {}).get("on") != day:
            found[key] = day
    return found


def send(account: Account, day: str, now: datetime) -> str:
    """This will send an account the mail of its day; gives sent, nothing, again or not wanted.

    The day is marked before the mail goes out: cut off in between, the mail is lost and not sent
    twice. A mail that the server does not take is unmarked, and the fault raised.
    """
    wish = wish_of(account, usual_zone())
    person = getattr(account, "person", None)
    if not wish.on or person is None or not account.is_active:
        return "not wanted"
    before = chosen(SENT, account)
    if before is not None and before["on"] == day:
        return "again"
    parts = gather(person, now, last_sent(account) or now - FIRST)
    if not parts:
        return "nothing"
    value = {"on": day, "at": now.isoformat()}
    choose(name=SENT, account=account, value=value, at=now, by=None)
    try:
        mail_for(account, day, parts).send()
    except Exception:
        then = before or {"on": "", "at": (now - FIRST).isoformat()}
        choose(name=SENT, account=account, value=then, at=now, by=None)
        raise
    return "sent"


def mail_for(account: Account, day: str, parts: tuple[Part, ...]) -> EmailMultiAlternatives:
    """This will write a mail, with the link that ends such mails."""
    stop = f"{settings.ADDRESS}{reverse('digest_stop', args=[stop_token(account)])}"
    with translation.override(settings.LANGUAGE_CODE):
        many = sum(len(part.lines) + part.more for part in parts)
        subject = ngettext(
            "Wellkept, %(day)s: one promise", "Wellkept, %(day)s: %(many)s promises", many
        ) % {"day": day, "many": many}
        rows = {"parts": parts, "today": settings.ADDRESS + reverse("today"), "stop": stop,
                "choose": settings.ADDRESS + reverse("digest")}  # fmt: skip
        body = render_to_string("web/digest_mail.txt", rows)
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMultiAlternatives(subject, body, to=[account.email], headers=headers)
