"""What somebody may not see is at no address: not read, not sent as a file, not changed.

Every address states here what it gives to whoever sees no row: one that is new and says nothing
fails the first test.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver

from builders import HOUR, a_person, an_account
from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import promised
from desk.web.every_page import Everything, everything_there
from wellkept.desk.background import queue
from wellkept.desk.web.access_pages import OPEN
from wellkept.desk.web.addresses import PAGES
from wellkept.desk.web.gate import Page
from wellkept.record.access.models import Account, Grant
from wellkept.record.access.rules import Group, Scope
from wellkept.record.journal.models import Entry

SECRET = (
    "Clinic Nord", "Imaging, floor 2", "S4-77-0091", "A-1040", "On site within four hours",
    "Second pressure sensor", "No picture on the console", "acceptance.pdf", "console.pdf",
    "wiring.pdf",
)  # fmt: skip
"""Words of rows that are neither Sten's nor in Mona's team."""

ROW, LIST, WHOLE, OURS, SAME = "a row", "a list", "the whole record", "our own house", "the same"
"""A row: as if it were not there. A list: without it. The whole record: all of it or nothing.
Our own house: who works here and how, no record of a customer. The same for everybody."""

PROMISE = (
    "take accept decline offer assign keep move tell end release take_back correct confirm refuse "
    "agree void cause attach"
)
CASE = (
    "take accept decline offer assign acknowledge start wait agree resume restore confirm refuse "
    "close cancel reopen contact code attach"
)
EXPECTED: dict[str, str] = {
    **dict.fromkeys(("promise", *(f"promise_{deed}" for deed in PROMISE.split())), ROW),
    **dict.fromkeys(("case", *(f"case_{deed}" for deed in CASE.split())), ROW),
    **dict.fromkeys(("asset", "asset_attach", "customer", "file", "file_remove"), ROW),
    "asset_record": ROW,
    "asset_as_was": ROW,
    **dict.fromkeys(("asset_merge", "customer_merge"), ROW),
    **dict.fromkeys(("asset_twins", "customer_twins"), LIST),
    "asset_new": OURS,
    "customer_record": ROW,
    "customer_new": OURS,
    "shift": OURS,
    **dict.fromkeys(
        ("import_run", "import_write", "import_again", "import_undo", "import_reading"), ROW
    ),
    **dict.fromkeys(("today", "promises", "cases", "installed_base", "customers"), LIST),
    **dict.fromkeys(("search", "promise_new", "case_new", "exchange", "tour"), LIST),
    **dict.fromkeys(("measures", "measure", "at_risk"), WHOLE),
    **dict.fromkeys(("mirror_gaps", "mirror_confidence", "mirror_views", "mirror_wall"), WHOLE),
    **dict.fromkeys(("mirror_keep", "mirror_brief", "mirror_choose", "mirror_round"), WHOLE),
    **dict.fromkeys(("mirror_invite", "mirror_link_new", "mirror_link_end"), WHOLE),
    **dict.fromkeys(("mirror_lock", "mirror_reveal", "mirror_answer", "mirror_step"), WHOLE),
    **dict.fromkeys(("settings", "settings_people", "settings_person", "settings_roles"), OURS),
    **dict.fromkeys(("settings_teams", "settings_commitments", "settings_calendars"), OURS),
    **dict.fromkeys(("settings_background", "digest", "mirror", "mirror_new"), OURS),
    **dict.fromkeys(("measure_style", "mirror_style", "patterns", "tour_report"), SAME),
}
BEFORE_THE_GATE = frozenset(
    {"sign_in", "sign_out", "first_account", "demo_sign_in", "mirror_link", "mirror_link_step"}
    | {"digest_stop", "password", "password_sent", "password_new"}
)
"""Open to whoever holds a link or types a password; they show no list and no row of the record."""
GIVES = {ROW: {403, 404, 405}, LIST: {200, 403, 404, 405}, WHOLE: {403, 404, 405},
         OURS: {200, 403, 405}, SAME: {200, 404, 405}}  # fmt: skip


@pytest.fixture
def there(committed: Any, tmp_path: Path) -> Iterator[Everything]:
    with override_settings(FILES=tmp_path / "files", HOME=tmp_path):
        yield everything_there()


def people() -> dict[str, Account]:
    """Have people who see no row: an engineer of their own, and who leads a team without any."""
    sten = an_account("Sten", (Group.ENGINEER, Scope.OWN))
    mona = an_account("Mona", (Group.MANAGER, Scope.TEAM), (Group.COORDINATOR, Scope.REGION))
    for account in (sten, mona):
        a_person(str(account), account=account)
    return {"Sten": sten, "Mona": mona}


def told_by(answer: Any) -> str:
    """Give all that an answer tells: a page, a file, the members of a workbook, where it leads."""
    body = b"".join(answer) if answer.streaming else answer.content
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b" ".join(book.read(name) for name in book.namelist())
    return f"{answer.headers.get('Location', '')} {answer.headers} {body.decode(errors='replace')}"


def leaks(answer: Any) -> list[str]:
    """List the words that an answer should not have told."""
    told = told_by(answer)
    return [word for word in SECRET if word in told]


def test_every_address_says_what_it_gives_to_whoever_sees_no_row() -> None:
    names = {str(one.name) for one in get_resolver().url_patterns if hasattr(one, "name")}
    assert len(names) == len(get_resolver().url_patterns), "every address has a name of its own"
    assert {str(one.name) for one in OPEN} == BEFORE_THE_GATE
    assert names == EXPECTED.keys() | BEFORE_THE_GATE
    assert {page.name for page in PAGES} == EXPECTED.keys()


def read(client: Client, there: Everything, page: Page) -> list[str]:
    """Open an address in every way that it has, and say what was wrong."""
    ways = [there.address(page)]
    if EXPECTED[page.name] == LIST:
        everything = "whose=all&state=any&standing=any"
        ways += [f"{ways[0]}?{everything}&{more}" for more in ("as=csv", "as=xlsx", "q=S4")]
    found = []
    for way in ways:
        answer = client.get(way)
        if answer.status_code not in GIVES[EXPECTED[page.name]]:
            found.append(f"{way}: {answer.status_code}")
        if EXPECTED[page.name] != SAME:  # the patterns have a Clinic Nord of their own
            found += [f"{way}: “{word}”" for word in leaks(answer)]
        answer.close()
    return found


@on_sqlite
def test_nothing_is_read_that_may_not_be_seen(there: Everything) -> None:
    nora = signed_in(there.nora)
    seen = {"promises", "cases", "installed_base", "asset", "case", "promise", "import_run"}
    told = " ".join(told_by(nora.get(there.address(page))) for page in PAGES if page.name in seen)
    assert [word for word in SECRET if word not in told] == [], "whoever may, sees these words"
    found = []
    for name, account in people().items():
        client = signed_in(account)
        found += [f"{name} {text}" for page in PAGES for text in read(client, there, page)]
    assert found == [], "\n".join(found)


TYPED = {
    "asset": "A-1040", "customer": "Clinic Nord", "about": "Mine now", "due_on": "2031-03-03",
    "reason": "Mine now", "evidence": "Mine now", "channel": "phone", "to": "Sten",
    "new_due": "2031-03-03T10:00", "asked_by": "us", "sure": "1", "text": "Mine now",
    "cause": "part", "whom": "part", "first_due": "2031-03-03T10:00",
}  # fmt: skip
"""What would do as it is told, if the one who sends it might see the row."""


@on_sqlite
def test_nothing_is_changed_that_may_not_be_seen(there: Everything) -> None:
    before = Entry.objects.count()
    found = []
    for name, account in people().items():
        client, begun = signed_in(account), Entry.objects.count()
        for page in PAGES:
            if EXPECTED[page.name] not in (ROW, LIST, WHOLE) or "POST" not in page.methods:
                continue
            answer = client.post(there.address(page), TYPED)
            if EXPECTED[page.name] != LIST and answer.status_code not in GIVES[ROW]:
                found.append(f"{name} {page.name}: {answer.status_code}")
            if Entry.objects.count() != begun:
                found.append(f"{name} {page.name} wrote {Entry.objects.latest('pk').verb}")
                begun = Entry.objects.count()
    assert before > 0 and found == [], "\n".join(found)
    reads_all_and_decides_about_a_part(there)


def reads_all_and_decides_about_a_part(there: Everything) -> None:
    """See that a row that is only read stays as it is, and one of theirs is changed."""
    held = ((Group.MANAGER, Scope.TEAM), (Group.COORDINATOR, Scope.REGION))
    rita = an_account("Rita", *held, (Group.READ_ONLY, Scope.ALL))
    a_person("Rita", account=rita)
    client, begun = signed_in(rita), Entry.objects.count()
    found = []
    for page in PAGES:
        if EXPECTED[page.name] in (ROW, WHOLE) and page.methods == ("POST",):
            client.post(there.address(page), TYPED)
            if Entry.objects.count() != begun:
                found.append(f"{page.name} wrote {Entry.objects.latest('pk').verb}")
                begun = Entry.objects.count()
    assert found == [], "\n".join(found)
    told = client.post(f"/cases/C-{there.case.pk}/acknowledge/", follow=True)
    assert "decide about other rows" in told.text
    again = client.post("/settings/background/", {"form": "again-x"})
    assert "about everybody" in again.text, "what another began is not tried again by them"
    assert queue.newest(5) == [], "no import is written for them by the background"
    mine = promised(there.company, "Their own", due_in=HOUR, owner=rita.person)
    Grant.objects.create(account=rita, group=Group.COORDINATOR, scope=Scope.OWN)
    client.post(f"/promises/P-{mine.pk}/keep/", {})
    mine.refresh_from_db()
    assert mine.fulfilled_at is not None, "within it they decide"
