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
from wellkept.record.cases.actions import report_cases
from wellkept.record.cases.models import Case
from wellkept.record.journal.models import Entry
from wellkept.record.organisation.models import Team, TeamMember
from wellkept.record.promises.models import Promise

HELD = (
    ((Group.COORDINATOR, Scope.ALL),), ((Group.ENGINEER, Scope.OWN),),
    ((Group.READ_ONLY, Scope.ALL),), ((Group.MANAGER, Scope.TEAM),),
    ((Group.READ_ONLY, Scope.ALL), (Group.MANAGER, Scope.TEAM), (Group.ENGINEER, Scope.OWN)),
)  # fmt: skip
SAMPLE = TYPED | {"happened_at": "", "fulfilled_at": "", "to": "Bruno Keller", "about": "Said so"}
NOT_ASKED = ("import_reading", "file", "tour_report", "patterns", "mirror_brief")
"""Pages that show no form of ours."""
ELSEWHERE = ("/sign-out/",)


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


def of_the_team(there: Everything) -> tuple[Promise, Case]:
    """Have a promise and a case of the team; those that are there already are not the team's."""
    company, team = there.company, Team.objects.get(name="Field")
    mine = Case(about="It hums", asset=company.scanner, accountable=company.role, team=team,
                reported_at=company.now - HOUR)  # fmt: skip
    (case,) = report_cases(cases=[mine], at=company.now, by=None)
    return promised(company, "Send it", due_in=HOUR, team=team), case


def sent(client: Client, address: str, given: dict[str, str]) -> tuple[Any, bool]:
    """Send a form, see whether it wrote something, and take that back."""
    before = Entry.objects.count()
    with transaction.atomic():
        answer = client.post(address, given)
        wrote = Entry.objects.count() != before
        transaction.set_rollback(True)
    return answer, wrote


def tried(
    client: Client, refused: list[str], path: str, deeds: list[str], known: set[str]
) -> list[str]:
    """Send every form of a page, and every deed that it could have had; each once (`known`)."""
    page = client.get(path)
    page.close()
    if page.status_code != 200 or page.streaming:
        return []
    found = []
    forms = [one for one in Forms(page.text, path).found if one.action not in ELSEWHERE]
    for form in forms:
        if form.action in known:
            continue
        known.add(form.action)
        refused.clear()
        answer, _wrote = sent(client, form.action, form.given | filled(form.given))
        if answer.status_code in (403, 404, 405) or refused:
            found.append(f"{path} shows {form.action}: {answer.status_code} {refused[:1]}")
    for deed in {*deeds} - {one.action for one in forms}:
        if sent(client, deed, SAMPLE)[1]:
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
    found, them = [], people()
    ours = of_the_team(there)
    rows = [("promise", there.promise.pk), ("case", there.case.pk),
            ("promise", ours[0].pk), ("case", ours[1].pk)]  # fmt: skip
    pages = {reverse(noun, args=[pk]): deeds_of(noun, pk) for noun, pk in rows}
    asked = [page for page in PAGES if "GET" in page.methods and page.name not in NOT_ASKED]
    pages = {there.address(page): list[str]() for page in asked} | pages
    for name, account in them.items():
        client, known = signed_in(account), set[str]()
        for path, deeds in pages.items():
            found += [f"{name}: {text}" for text in tried(client, refused, path, deeds, known)]
    assert found == [], "\n".join(found)
    for whose, told in zip(them.values(), (False, False, False, False, True), strict=True):
        page = signed_in(whose).get(reverse("promise", args=[there.promise.pk]))
        assert ("decide about it" in page.text) is told
