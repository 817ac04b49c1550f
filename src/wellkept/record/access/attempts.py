"""Signing in takes its time where it fails often: ten failures in a quarter of an hour, then wait.

An attempt is written down before the password is looked at and struck out when it was right, so
that many attempts at one moment count as many. Asking for a link by mail is counted, too, so that
nobody's box is filled from here.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from wellkept.record.access.models import SignInAttempt
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.journal.rules import Refusal

FAILURES = 10
WITHIN = timedelta(minutes=15)


class TooManyAttempts(Refusal):
    """Signing in failed too often; `wait` says how long no further attempt is taken."""

    def __init__(self, wait: timedelta) -> None:
        """This will say in words how long to wait, and what else can be done."""
        self.wait = wait
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        super().__init__(
            _(
                "Signing in failed %(failures)s times within %(within)s minutes, for this "
                "address or from this place. Wait %(minutes)s min, or set a new password by "
                "mail."
            )
            % {"failures": FAILURES, "within": WITHIN.seconds // 60, "minutes": minutes}
        )


@verb()
def attempt_sign_in(*, email: str, address: str, at: datetime, by: By) -> None:
    """This will write down that somebody tries to sign in; raises TooManyAttempts.

    A refused attempt does not count, so that waiting is enough.
    """
    keys = _keys(email, address)
    _one_after_the_other(keys)
    SignInAttempt.objects.filter(at__lte=at - WITHIN).delete()
    for key in keys:
        moments = list(SignInAttempt.objects.filter(key=key).order_by("at").values_list("at"))
        if len(moments) >= FAILURES:
            (since,) = moments[len(moments) - FAILURES]
            raise TooManyAttempts(since + WITHIN - at)
    made = SignInAttempt.objects.bulk_create(SignInAttempt(key=key, at=at) for key in keys)
    note(made)


@verb()
def succeed_in_signing_in(*, email: str, address: str, at: datetime, by: By) -> None:
    """This will strike out the attempts on an account, and its last one from where it was asked."""
    by_account, by_address = _keys(email, address)
    last = SignInAttempt.objects.filter(key=by_address).order_by("-at", "-pk").values("pk")[:1]
    SignInAttempt.objects.filter(pk__in=list(last.values_list("pk", flat=True))).delete()
    SignInAttempt.objects.filter(key=by_account).delete()
    note([])


@verb()
def ask_for_link(*, email: str, address: str, at: datetime, by: By) -> bool:
    """This will write down that somebody asks for a link to set a password; False for too often.

    It is the same for addresses that nobody has. Asking does not count as failing to sign in.
    """
    keys = [f"link {key}"[:80] for key in _keys(email, address)]
    _one_after_the_other(keys)
    SignInAttempt.objects.filter(at__lte=at - WITHIN).delete()
    asked = SignInAttempt.objects.filter(key__in=keys).values("key").annotate(n=Count("pk"))
    if any(one["n"] >= FAILURES for one in asked):
        note([])
        return False
    note(SignInAttempt.objects.bulk_create(SignInAttempt(key=key, at=at) for key in keys))
    return True


def _one_after_the_other(keys: Iterable[str]) -> None:
    """On PostgreSQL, have whoever counts the same attempts wait until this one is written down."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for key in sorted(keys):
                cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _keys(email: str, address: str) -> tuple[str, str]:
    hashed = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    return f"account {hashed}", f"from {address}"[:80]
