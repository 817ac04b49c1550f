"""Every button that a page shows is accepted by the gate, and every deed it accepts is shown.

Tried for everybody: each kind of access group, held for all rows, for a team, for their own, and
held for less than they read. What is sent is rolled back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from builders import HOUR, a_person, an_account
from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import promised
from desk.web.every_page import Everything, everything_there
from desk.web.test_scopes import TYPED
from wellkept.desk.web.addresses import PAGES
from wellkept.record.access import verbs
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.cases.actions import (
    acknowledge_cases,
    cancel_cases,
    offer_cases,
    restore_cases,
)
from wellkept.record.cases.models import Case
from wellkept.record.journal.models import Entry
from wellkept.record.organisation.models import Team, TeamMember
from wellkept.record.promises.actions import keep_promises, offer_promises, void_promises
from wellkept.record.promises.models import Promise

HELD = (
    ((Group.ADMINISTRATOR, Scope.ALL),), ((Group.MANAGER, Scope.ALL),),
    ((Group.COORDINATOR, Scope.ALL),), ((Group.ENGINEER, Scope.ALL),),
    ((Group.READ_ONLY, Scope.ALL),), ((Group.MANAGER, Scope.TEAM),),
    ((Group.COORDINATOR, Scope.TEAM),), ((Group.ENGINEER, Scope.OWN),),
    ((Group.READ_ONLY, Scope.ALL), (Group.COORDINATOR, Scope.TEAM)),
    ((Group.READ_ONLY, Scope.ALL), (Group.MANAGER, Scope.TEAM), (Group.ENGINEER, Scope.OWN)),
)  # fmt: skip
SAMPLE = TYPED | {"happened_at": "", "fulfilled_at": "", "to": "Bruno Keller", "about": "Said so"}
FIRST_ROW = {"promise": "P-", "case": "C-"}


@dataclass
class Found:
    """One form of a page: where it goes, and what it would send."""

    action: str
    given: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page that send something, with what their fields hold."""

    def __init__(self, page: str, path: str) -> None:
        """Read a page."""
        super().__init__()
        self.path, self.found, self._open, self._select = path, list[Found](), False, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a form, or one of its fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method") == "post"
            if self._open:
                self.found.append(Found(given.get("action") or self.path))
        elif self._open and tag in ("input", "textarea") and given.get("type") != "checkbox":
            self.found[-1].given[given.get("name", "")] = given.get("value", "")
        elif self._open and tag == "select":
            self._select = given["name"]
        elif self._open and tag == "option":
            self.found[-1].given.setdefault(self._select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """End a form."""
        if tag == "form":
            self._open = False


@pytest.fixture
def there(committed: Any, tmp_path: Path) -> Iterator[Everything]:
    with override_settings(FILES=tmp_path / "files", HOME=tmp_path):
        yield everything_there()


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather what the gate refuses, however a page then says it."""
    said: list[str] = []
    begun = verbs.NotAllowed.__init__

    def keep(self: Any, *args: Any) -> None:
        said.append(str(args[0]))
        begun(self, *args)

    monkeypatch.setattr(verbs.NotAllowed, "__init__", keep)
    return said


def people() -> dict[str, Account]:
    """Have somebody who holds each of HELD, all in one team."""
    team, them = Team.objects.create(name="Field"), {}
    for number, held in enumerate(HELD):
        account = an_account(f"Who{number}", *held)
        person = a_person(f"Who {number}", account=account)
        TeamMember.objects.create(team=team, person=person)
        them[" + ".join(f"{group} of {scope}" for group, scope in held)] = account
    return them


def in_every_state(there: Everything, mate: Any) -> tuple[list[Promise], list[Case]]:
    """Have promises and cases in every state, some of the team, some offered to one of them."""
    company, team = there.company, Team.objects.get(name="Field")
    told: dict[str, Any] = {"at": company.now, "by": None}
    promises = []
    for ours in (team, None):
        more = [promised(company, f"Send it {n}", due_in=HOUR * (n - 2), team=ours, owner=owner)
                for n, owner in enumerate((None, mate, company.bruno, None, None))]  # fmt: skip
        keep_promises(promises=more[:1], fulfilled_at=company.now, **told)
        void_promises(promises=more[3:4], reason="A slip", **told)
        offer_promises(promises=more[4:], to=mate, **told)
        nobodys = promised(company, "To ourselves", due_in=HOUR, team=ours, customer=None)
        promises += [*more, nobodys]
    cases = []
    for ours in (team, None):
        five = [Case(about=f"It hums {n}", asset=company.scanner, accountable=company.role,
                     reported_at=company.now - HOUR, team=ours) for n in range(5)]  # fmt: skip
        made = verbs_made(five, told)
        when = {"happened_at": company.now, **told}
        acknowledge_cases(cases=made[1:2], **when)
        restore_cases(cases=made[2:3], **when)
        cancel_cases(cases=made[3:4], reason="A slip", **when)
        offer_cases(cases=made[4:], to=mate, **told)
        cases += made
    return promises, cases


def verbs_made(cases: list[Case], told: dict[str, Any]) -> list[Case]:
    from wellkept.record.cases.actions import report_cases

    return report_cases(cases=cases, **told)


def sent(client: Client, address: str, given: dict[str, str]) -> tuple[Any, bool]:
    """Send a form, see whether it wrote something, and take that back."""
    before = Entry.objects.count()
    with transaction.atomic():
        answer = client.post(address, given)
        wrote = Entry.objects.count() != before
        transaction.set_rollback(True)
    return answer, wrote


def tried(client: Client, refused: list[str], path: str, deeds: list[str]) -> list[str]:
    """Send every form of a page, and every deed that it could have had."""
    page = client.get(path)
    if page.status_code != 200 or page.streaming:
        return []
    found = []
    forms = [one for one in Forms(page.text, path).found if "sign-out" not in one.action]
    for form in forms:
        if form.action.endswith("/remove/") or "logout" in form.action:
            continue
        refused.clear()
        answer, _wrote = sent(client, form.action, form.given | filled(form.given))
        if answer.status_code in (403, 404, 405) or refused:
            found.append(f"{path} shows {form.action}: {answer.status_code} {refused[:1]}")
    shown = {one.action for one in forms}
    for deed in deeds:
        refused.clear()
        _answer, wrote = sent(client, deed, SAMPLE)
        if wrote and deed not in shown:
            found.append(f"{path} hides {deed}")
    return found


def filled(given: dict[str, str]) -> dict[str, str]:
    """Fill what is empty in a form, as somebody would."""
    return {name: SAMPLE[name] for name, value in given.items() if not value and name in SAMPLE}


def deeds_of(noun: str, pk: int) -> list[str]:
    """List the addresses of what can be done to a row."""
    return [reverse(page.name, args=[pk]) for page in PAGES
            if page.name.startswith(f"{noun}_") and page.methods == ("POST",)]  # fmt: skip


@on_sqlite
def test_what_is_shown_is_accepted_and_what_is_accepted_is_shown(
    there: Everything, refused: list[str]
) -> None:
    found = []
    them = people()
    mate = next(iter(them.values())).person
    promises, cases = in_every_state(there, mate)
    rows = [("promise", one.pk) for one in promises] + [("case", one.pk) for one in cases]
    pages = {reverse(noun, args=[pk]): deeds_of(noun, pk) for noun, pk in rows}
    pages |= {there.address(page): [] for page in PAGES
              if "GET" in page.methods and page.name != "import_reading"}  # fmt: skip
    pages[there.address(next(one for one in PAGES if one.name == "asset"))] = []
    pages["/?whose=all"] = []
    for name, account in them.items():
        client = signed_in(account)
        for path, deeds in pages.items():
            found += [f"{name}: {text}" for text in tried(client, refused, path, deeds)]
    assert found == [], "\n".join(found)
