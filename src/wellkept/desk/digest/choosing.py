"""Whether somebody gets the mail of the day, and when: their own zone, their own hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from wellkept.record.access.choosing import choose, chosen
from wellkept.record.access.models import Account, Choice
from wellkept.record.access.verbs import By
from wellkept.record.organisation.models import Person
from wellkept.record.parties.models import Site

NAME, SENT = "digest", "digest_sent"
HOUR = "07:00"
SALT = "wellkept.digest"


@dataclass(frozen=True, slots=True)
class Wish:
    """One person's wish: on or off, from which hour of their day, in which zone."""

    on: bool
    at: time
    zone: str

    def day(self, now: datetime) -> date:
        """This will give the day that a moment falls on, where the person is."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def is_time(self, now: datetime) -> bool:
        """This will tell whether the hour has come on that day.

        >>> wish = Wish(True, time(7), "Europe/Rome")
        >>> wish.is_time(datetime(2026, 7, 1, 5, tzinfo=UTC))
        True
        >>> wish.is_time(datetime(2026, 1, 1, 5, tzinfo=UTC))
        False
        """
        return self.on and now.astimezone(ZoneInfo(self.zone)).time() >= self.at


def wish_of(account: Account, usual: str) -> Wish:
    """This will give the wish of an account; who said nothing gets it at seven, in `usual`."""
    return _wish(chosen(NAME, account), usual)


def wishes(accounts: list[Account]) -> dict[int, Wish]:
    """This will give the wishes of many accounts, with two statements."""
    usual = usual_zone()
    said = dict(Choice.objects.filter(name=NAME).values_list("account", "value"))
    return {one.pk: _wish(said.get(one.pk), usual) for one in accounts}


def usual_zone() -> str:
    """This will give the zone of most sites; UTC where no site is kept."""
    return _zone_of_most(Site.objects.all()) or "UTC"


def zone_of_days(person: Person) -> ZoneInfo:
    """This will give the zone in which somebody's days begin and end.

    The one that they chose for their mail of the day; else that of most sites of the regions that
    they, or their teams, work for; else of most sites.
    """
    said = chosen(NAME, person.account) if person.account is not None else None
    if said is not None:
        return ZoneInfo(said["zone"])
    own = Q(region__members__person=person) | Q(region__teams__members__person=person)
    return ZoneInfo(_zone_of_most(Site.objects.filter(own)) or usual_zone())


def _zone_of_most(sites: QuerySet[Site]) -> str:
    zones = sites.exclude(zone="").values("zone").annotate(many=Count("pk", distinct=True))
    most = zones.order_by("-many", "zone").first()
    return "" if most is None else str(most["zone"])


def set_wish(account: Account, *, on: bool, at: str, zone: str, now: datetime, by: By) -> Wish:
    """This will keep a wish; raises ValidationError for what is no hour or no zone."""
    try:
        hour = time.fromisoformat(at.strip())
    except ValueError as problem:
        said = _("“%(text)s” is no time of day; write it as 07:00.") % {"text": at}
        raise ValidationError(said) from problem
    if zone not in available_timezones():
        raise ValidationError(
            _("%(zone)s is not a time zone: write a name like Europe/Rome.") % {"zone": zone}
        )
    value = {"on": on, "at": f"{hour:%H:%M}", "zone": zone}
    choose(name=NAME, account=account, value=value, at=now, by=by)
    return _wish(value, zone)


def last_sent(account: Account) -> datetime | None:
    """This will say when the last mail of the day went to an account."""
    said = chosen(SENT, account)
    return None if said is None else datetime.fromisoformat(said["at"]).astimezone(UTC)


def stop_token(account: Account) -> str:
    """This will give the word that ends an account's mails, without signing in."""
    return signing.dumps(account.pk, salt=SALT)


def of_token(token: str) -> Account | None:
    """This will find the account whose mails a word ends; None for a word that is none of ours."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Account.objects.filter(pk=key).first()


def _wish(said: Mapping[str, Any] | None, usual: str) -> Wish:
    if said is None:
        return Wish(True, time.fromisoformat(HOUR), usual)
    return Wish(bool(said["on"]), time.fromisoformat(said["at"]), said["zone"])
