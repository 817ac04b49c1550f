"""Whoever comes to the desk: every button that is shown is accepted, every deed that is accepted is
shown, no link is dead, and nothing is told, counted or changed that may not be seen.

Tried for everybody: each access group, held for all rows, for a region's, a team's, their own, and
some held for less than they read. What is sent is rolled back.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import override_settings
from django.urls import reverse

from builders import (
    DAY,
    HOUR,
    a_contact,
    a_customer,
    a_person,
    a_product,
    a_site,
    an_account,
    an_asset,
)
from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.every_page import Everything, everything_there
from desk.web.holders import EVERYBODY, PARTS, Answer, Desk, Form, Held, holding
from desk.web.test_scopes import EXPECTED, GIVES, LIST, SECRET
from wellkept.desk.background import queue
from wellkept.desk.web.addresses import PAGES
from wellkept.record.access.gate import decided, visible
from wellkept.record.access.models import Account, how_scoped
from wellkept.record.access.rules import WRITERS, Group, Scope
from wellkept.record.cases.actions import report_cases
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.actions import place_assets, transfer_assets
from wellkept.record.installed_base.models import Ownership, Placement
from wellkept.record.organisation.models import Region, RegionMember, Team, TeamMember
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.models import Promise

NEW = {
    "name": "Anna New", "number": "K-77", "trade": "Fitter", "serial": "Z-9", "back": "",
    "hours": "Mon-Fri 8-17", "consequence": "degraded", "said_by": "head nurse",
    "customer": "Mill East", "site": "Main hall", "consent": "given", "about": "Said so",
}  # fmt: skip
"""What replaces what a field holds, so that something changes."""
TICKED = {"sure": "1", "group": "parts", "person": "1", "fresh": "1"}
SAMPLE = {
    "due_on": "2031-03-03", "reason": "It leaks", "evidence": "Their mail", "channel": "phone",
    "new_due": "2031-03-03T10:00", "asked_by": "us", "text": "It leaks", "cause": "part",
    "whom": "part", "first_due": "2031-03-03T10:00",
    "asset": "M-1", "customer": "Mill East", "to": "Alma Rossi", "detail": "Since noon",
    "happened_at": "", "fulfilled_at": "", "from_on": "2031-01-01", "until_on": "2031-02-01",
    "zone": "Europe/Rome", "product": "Pump 9", "email": "anna@wellkept.example",
    "owner": "Bruno Keller", "respond_min": "30", "update_min": "90", "week": "Mon-Fri 8-17",
    "operator": "Quarry West", "new": "T-8", "failure_mode": "ELP", "remedy": "seal replaced",
}  # fmt: skip
SLOW = (
    "import_reading",
    "tour_report",
    "patterns",
    "mirror_brief",
    "measure_style",
    "mirror_style",
)
"""They show no row and no form, and take long."""
BY_NAME = {page.name: page for page in PAGES}


@pytest.fixture
def there(committed: Any, tmp_path: Path) -> Iterator[Everything]:
    with override_settings(FILES=tmp_path / "files", HOME=tmp_path):
        yield everything_there()


def rita() -> Account:
    """Have Rita, of a team and of a region: what she holds is another thing in each round."""
    account = an_account("Rita", (Group.READ_ONLY, Scope.OWN))
    person = a_person("Rita", account=account)
    TeamMember.objects.create(team=Team.objects.create(name="Field"), person=person)
    RegionMember.objects.create(region=Region.objects.create(name="North"), person=person)
    return account


def her_part(there: Everything, account: Account) -> dict[str, int]:
    """Have what is hers, her team's and her region's; one row of each noun that pages are about.

    And what she owns about a customer and an asset of another part.
    """
    at: dict[str, Any] = {"at": there.company.now, "by": None}
    begun = there.company.now - 30 * DAY
    team, region, me = Team.objects.get(), Region.objects.get(), account.person
    mill = a_customer("Mill East", team=team, owner=me)
    site = a_site(mill, name="Main hall", region=region)
    pump = an_asset("M-1", at=begun, product=a_product("Pump 9"))
    place_assets(placements=[Placement(asset=pump, site=site, from_at=begun)], **at)
    transfer_assets(ownerships=[Ownership(asset=pump, customer=mill, from_at=begun)], **at)
    seal, spare = (an_asset(name, at=begun, product=pump.product) for name in ("T-9", "T-8"))
    hers_too = [Ownership(asset=one, customer=mill, from_at=begun) for one in (seal, spare)]
    transfer_assets(ownerships=hers_too, **at)
    place_assets(placements=[Placement(asset=seal, parent=pump, from_at=begun),
                             Placement(asset=spare, site=site, from_at=begun)], **at)  # fmt: skip
    a_contact("Mrs Miller", mill)
    quarry = a_customer("Quarry West")
    crane = an_asset("Q-1", at=begun, product=a_product("Crane 2"))
    role = there.company.role
    given: dict[str, Any] = {"accountable": role, "team": team, "consequence": 3}
    hers = given | {"customer": mill, "asset": pump, "site": site, "owner": me}
    due = {"kind": "said", "made_at": begun, "first_due": there.company.now + HOUR}
    promises = make_promises(promises=[
        Promise(about="Send the seal", **hers, **due),
        Promise(about="Send the rope", **(hers | {"customer": quarry, "asset": crane}), **due),
    ], **at)  # fmt: skip
    reported = {"reported_at": there.company.now - HOUR}
    cases = report_cases(cases=[
        Case(about="It hums", **hers, **reported),
        Case(about="It creaks", **(hers | {"customer": quarry, "asset": crane}), **reported),
    ], **at)  # fmt: skip
    rows = {"promise": promises[-1], "case": cases[-1], "customer": mill, "asset": pump}
    return {noun: row.pk for noun, row in rows.items()}


def addresses(there: Everything, mine: dict[str, int]) -> dict[str, tuple[str, bool]]:
    """List every address of the desk, with its page, on rows of others and on hers (true)."""
    found = {there.address(page): (page.name, False) for page in PAGES if page.name not in SLOW}
    for page in PAGES:
        pk = mine.get(page.name.partition("_")[0])
        if pk is not None and "<int:pk>" in page.path:
            found[reverse(page.name, args=[pk])] = (page.name, True)
    return found


Kind = tuple[str, str, bool]
"""What a form does, by its address and its name, and whether it is about a row of hers."""
LED = frozenset({"promise", "case", "asset", "customer", "file", "import_run"})
"""Pages of one row: whatever leads there must arrive."""
NOTHING_NEW = {
    ("exchange", "", False), ("import_write", "", False), ("mirror_lock", "", False),
    ("asset_record", "place", True), ("measures", "", False),
    ("settings_roles", "give", False), ("import_again", "", False),
}  # fmt: skip
"""Forms that write nothing as they are filled in here: no file, later, not yet, no such kind."""


def filled(form: Form) -> dict[str, Any]:
    """Fill a form in, as somebody would who wants something changed; press its first button."""
    held = {
        name: NEW.get(name) or value or SAMPLE.get(name, "") for name, value in form.given.items()
    }
    pressed, _, as_what = held.pop("button", "").partition("=")
    held |= {pressed: as_what} if pressed else {}
    return TICKED | held | ({"team": ""} if held.get("region") else {})


def said(answer: Answer) -> str:
    """Give all that an answer tells: a page, a file, the members of a workbook, where it leads."""
    body = answer.body
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b" ".join(book.read(name) for name in book.namelist())
    return f"{answer.headers} {body.decode(errors='replace')}"


class Round:
    """One holder's way through the desk: what they were shown, and what was wrong."""

    def __init__(self, desk: Desk, held: Held, at: dict[str, tuple[str, bool]]) -> None:
        """Begin."""
        self.desk, self.held, self.at, self.wrong = desk, held, at, list[str]()
        self.who = " + ".join(f"{group} of {scope}" for group, scope in sorted(held))
        self.part = not any(scope is Scope.ALL for _, scope in held)
        self.whole = all(scope is Scope.ALL for _, scope in held)
        self.shown: dict[Kind, Form] = {}
        self.shut: set[str] = set()
        self.seen: set[str] = set()

    def read_all(self) -> None:
        """Open every page, and each list as a file too; of those who see all, hers is no other."""
        for path, (name, hers) in self.at.items():
            if "GET" not in BY_NAME[name].methods or (hers and self.whole):
                continue
            if name == "measures" and self.whole and (Group.READ_ONLY, Scope.ALL) not in self.held:
                continue  # it takes long, and is for all who see all
            self.read(path)
            if self.part and EXPECTED[name] == LIST and path.count("/") == 2:
                self.read(path, "?as=csv")
                self.read(path, "?as=xlsx&q=S4")

    def read(self, path: str, way: str = "") -> None:
        """Open an address, see that nothing is told that may not be, and keep what it shows."""
        answer, (name, hers) = self.desk.get(f"{path}{way}"), self.at[path]
        self.look(f"{path}{way}", answer)
        if answer.status != 200:
            self.shut.add(path)
        if self.part and not hers and answer.status not in GIVES[EXPECTED[name]]:
            self.wrong.append(f"{path}{way}: {answer.status}")
        for form in answer.forms:
            if form.action in self.at:
                self.shown.setdefault(self.kind(form), form)
        for link in answer.links:
            if link in self.at and self.at[link][0] in LED and self.desk.get(link).status != 200:
                self.wrong.append(f"{path} leads to {link}: {self.desk.get(link).status}")

    def kind(self, form: Form) -> Kind:
        """Say what a form does."""
        name, hers = self.at[form.action]
        return name, form.given.get("form", "").partition("-")[0], hers

    def look(self, path: str, answer: Answer) -> None:
        """See that nothing is told of rows that may not be seen."""
        text = said(answer)
        if self.whole:
            self.seen |= {word for word in SECRET if word in text}
        if self.part:
            self.wrong += [f"{path} says “{word}”" for word in SECRET if word in text]

    def press(self) -> set[Kind]:
        """See that what is shown is accepted; give what wrote something."""
        wrote = set()
        for kind, form in self.shown.items():
            answer = self.desk.post(form.action, filled(form))
            if answer.denied:
                self.wrong.append(f"is shown {form.key}: {answer.status} {answer.refused}")
            if answer.wrote:
                wrote.add(kind)
        return wrote

    def try_hidden(self, forms: dict[Kind, Form]) -> None:
        """See that what is not shown writes nothing, and tells nothing.

        Of a page that is shut one form is tried; of those who see all, hers is no other row.
        """
        tried = set[str]()
        for kind, form in forms.items():
            if kind in self.shown or (kind[2] and self.whole):
                continue
            if form.action in self.shut & tried:
                continue
            tried.add(form.action)
            answer = self.desk.post(form.action, filled(form))
            self.look(f"POST {form.key}", answer)
            if answer.wrote:
                self.wrong.append(f"is not shown {form.key}, which is accepted")


def the_parts_are_the_same(account: Account) -> list[str]:
    """See that to the gate her region's, her team's and her own rows are the same.

    So whoever goes through the desk with one of them has gone through it with each.
    """
    wrong = []
    for model in apps.get_models():
        how = how_scoped(model)
        if how.everybody or how.sealed or not all(how.paths(scope) for scope in PARTS):
            continue
        rows = model._default_manager.all()
        keys = set()
        for scope in PARTS:
            with holding(account, frozenset({(Group.ENGINEER, scope)})):
                for seen in (visible(rows, to=account), decided(rows, by=account, groups=WRITERS)):
                    keys.add(frozenset(seen.values_list("pk", flat=True)))
        if len(keys) > 1:
            wrong.append(f"{model.__name__}: {keys}")
    return wrong


def reads_all_and_decides_about_a_part(there: Everything) -> None:
    """See that a row that is only read stays as it is, and is said to be another's; nor a job."""
    held = ((Group.MANAGER, Scope.TEAM), (Group.READ_ONLY, Scope.ALL))
    rosa = an_account("Rosa", *held)
    a_person("Rosa", account=rosa)
    client = signed_in(rosa)
    told = client.post(f"/cases/C-{there.case.pk}/acknowledge/", follow=True)
    assert "decide about other rows" in told.text
    again = client.post("/settings/background/", {"form": "again-x"})
    assert "about everybody" in again.text, "what another began is not tried again by them"
    client.post(f"/exchange/{there.run.pk}/write/")
    assert queue.newest(5) == [], "no import is written for them by the background"


@pytest.mark.long
@on_sqlite
def test_everybody_is_shown_what_they_may_do_and_nothing_beyond(
    there: Everything, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = rita()
    at = addresses(there, her_part(there, account))
    assert the_parts_are_the_same(account) == []
    desk, forms, wrote = Desk(account), dict[Kind, Form](), set[Kind]()
    rounds = [Round(desk, held, at) for held in EVERYBODY]
    with desk.watched(monkeypatch):
        for one in rounds:
            desk.held = one.held
            one.read_all()
            wrote |= one.press()
            forms = one.shown | forms
        for one in rounds:
            desk.held = one.held
            one.try_hidden(forms)
    wrong = [f"{one.who}: {text}" for one in rounds for text in one.wrong]
    assert wrong == [], "\n".join(wrong)
    assert all(one.seen == set(SECRET) for one in rounds if one.whole), "whoever may, sees it all"
    assert {kind for kind in forms if kind not in wrote} <= NOTHING_NEW, "what is tried would do"
    reads_all_and_decides_about_a_part(there)
