"""One request as the pages see it: who asks, when, and what was typed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from wellkept.record.access import gate
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Scope
from wellkept.record.organisation.models import Person

FRAME = frozenset({"places", "signed_in", "writes", "demo"})
"""What `frame` gives to every page."""
Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that has passed the gate; `now` was read once, when it came."""

    request: HttpRequest
    account: Account
    now: datetime

    @property
    def person(self) -> Person | None:
        """The person of our organisation behind the account, if there is one."""
        return getattr(self.account, "person", None)

    @property
    def sees_all(self) -> bool:
        """True if no scope of theirs leaves rows out."""
        return Scope.ALL in self.account.scopes

    @property
    def typed(self) -> QueryDict:
        """What a form sent."""
        return self.request.POST

    @property
    def address(self) -> QueryDict:
        """What stands behind the question mark."""
        return self.request.GET

    @property
    def posts(self) -> bool:
        """True if a form was sent, so that something is to change."""
        return self.request.method == "POST"

    def visible(self, rows: Rows, *, led: bool = False, walked: bool = False) -> Rows:
        """This will leave the rows that the one who asks may see: `led` and `walked` as there."""
        return gate.visible(rows, to=self.account, led=led, walked=walked)

    def in_parts(self, rows: Rows) -> tuple[Rows, ...]:
        """This will leave the same rows in parts, each with its index; none where all are seen."""
        if self.sees_all:
            return ()
        return tuple(gate.visible_in_parts(rows, to=self.account))

    def back_to(self, otherwise: str) -> str:
        """This will give the page that a form was sent from, if it is one of ours."""
        wanted = self.typed.get("back", "")
        mine = url_has_allowed_host_and_scheme(
            wanted, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )
        return wanted if mine and wanted.startswith("/") else otherwise

    def page(self, template: str, status: int = 200, **rows: object) -> HttpResponse:
        """This will show a template with frozen rows, none of which may hide the frame."""
        hidden = rows.keys() & FRAME
        if hidden:
            raise ValueError(f"{template} would hide {', '.join(sorted(hidden))} of the frame")
        return render(self.request, f"web/{template}", {"now": self.now, **rows}, status=status)
