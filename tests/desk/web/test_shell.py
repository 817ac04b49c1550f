"""The frame of the desk: the gate, the policy, signing in, patterns in a real browser."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page as Tab

from builders import MONDAY, an_account
from desk.background.working import do_jobs
from desk.web.clients import a_client, barriers, everything, signed_in
from wellkept.desk import web
from wellkept.desk.web.addresses import PAGES
from wellkept.desk.web.asking import FRAME, Asking
from wellkept.desk.web.frame import frame
from wellkept.desk.web.gate import Page, guarded
from wellkept.record.access.actions import open_account, shut_accounts
from wellkept.record.access.attempts import FAILURES
from wellkept.record.access.models import Account
from wellkept.record.access.rules import STAFF, Group, Scope

PHRASE = " ".join(("a", "long", "sentence", "that", "nobody", "guesses"))


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nobody_passes_the_gate_without_signing_in(page: Page, rf: Any) -> None:
    answer = guarded(page)(rf("/somewhere/"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/?next=/somewhere/")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_whoever_holds_no_group_of_a_page_is_told_who_does(
    page: Page, rf: Any, record: Any
) -> None:
    outsider = an_account("Olga", (Group.PORTAL, Scope.CUSTOMER))
    answer = guarded(page)(rf("/somewhere/", user=outsider))
    assert answer.status_code == 403 and isinstance(answer, HttpResponse)
    text = answer.content.decode()
    assert all(group.value.replace("_", " ") in text for group in page.who)


def test_no_page_is_open_to_the_portal() -> None:
    assert all(page.who <= STAFF for page in PAGES)


def test_every_answer_forbids_scripts_that_are_not_ours(desk: Client) -> None:
    for path in ("/patterns/", "/sign-in/", "/nowhere/"):
        policy = desk.get(path).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy


def test_a_page_without_address_says_so_in_our_words(desk: Client) -> None:
    answer = desk.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_whoever_signs_in_comes_to_the_page_they_wanted(record: Any) -> None:
    open_account(
        email="alma@wellkept.example", name="Alma", password=PHRASE,
        grants=[everything(Group.COORDINATOR)], at=MONDAY, by=None,
    )  # fmt: skip
    client = a_client()
    wanted = client.get("/patterns/").headers["Location"]
    given = {"username": "Alma@Wellkept.example", "password": PHRASE, "next": "/patterns/"}
    assert client.post(wanted, given).headers["Location"] == "/patterns/"
    assert client.get("/patterns/").status_code == 200


def test_an_account_that_was_shut_is_out_at_once(desk: Client, alma: Account) -> None:
    an_account("Ada", everything(Group.ADMINISTRATOR))
    assert desk.get("/patterns/").status_code == 200
    shut_accounts(accounts=[alma], at=MONDAY, by=None)
    assert desk.get("/patterns/").status_code == 302


def test_a_first_password_is_set_by_the_link_in_a_mail(record: Any, mails: list[Any]) -> None:
    bruno = an_account("Bruno", everything(Group.ENGINEER))
    client = a_client()
    client.post("/password/", {"email": bruno.email.upper()})
    do_jobs()
    (sent,) = mails
    link = sent.body.split("http://localhost")[1].split()[0]
    form = client.get(link, follow=True)
    set_at = form.redirect_chain[-1][0]
    client.post(set_at, {"new_password1": PHRASE, "new_password2": PHRASE})
    assert a_client().login(username=bruno.email, password=PHRASE)


def asked_of_the_database(act: Callable[[], Any]) -> list[str]:
    """Give the statements of a request, without their values."""
    with CaptureQueriesContext(connection) as asked:
        act()
    values = re.compile(r"'(?:[^']|'')*'|\d+")
    return [values.sub("?", one["sql"]) for one in asked.captured_queries]


def test_a_stranger_learns_nothing_from_asking_for_a_password(
    record: Any, mails: list[Any]
) -> None:
    """The page does the same for both, down to the statement; the mail is written after it."""
    bruno = an_account("Bruno")
    addresses = (bruno.email, "nobody@wellkept.example")
    answers: list[Any] = []

    def ask(email: str) -> Callable[[], Any]:
        return lambda: answers.append(a_client().post("/password/", {"email": email}))

    known, unknown = (asked_of_the_database(ask(email)) for email in addresses)
    assert known == unknown and any("insert into" in one.lower() for one in known)
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert mails == []
    do_jobs()
    assert [mail.to for mail in mails] == [[bruno.email]]
    for _ in range(FAILURES + 2):
        answers.append(a_client().post("/password/", {"email": bruno.email}, REMOTE_ADDR="::1"))
    do_jobs()
    assert len(mails) == FAILURES, "nobody's box is filled by asking"
    assert {answer.headers["Location"] for answer in answers} == {"/password/sent/"}


def test_a_stranger_learns_nothing_from_a_wrong_password(
    record: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right address, unknown address, an account that is shut, one without a password."""
    open_account(email="alma@wellkept.example", name="Alma", password=PHRASE,
                 grants=[everything(Group.COORDINATOR)], at=MONDAY, by=None)  # fmt: skip
    open_account(email="ada@wellkept.example", name="Ada", password=PHRASE,
                 grants=[everything(Group.ADMINISTRATOR)], at=MONDAY, by=None)  # fmt: skip
    open_account(email="shut@wellkept.example", name="Sten", password=PHRASE,
                 grants=[everything(Group.SALES)], at=MONDAY, by=None)  # fmt: skip
    shut_accounts(accounts=[Account.objects.get(email__startswith="shut")], at=MONDAY, by=None)
    bruno = an_account("Bruno")
    hashed: list[str] = []
    hasher = type(get_hasher())
    real = hasher.encode

    def counted(self: Any, password: str, salt: str, *given: Any) -> str:
        hashed.append(password)
        return real(self, password, salt, *given)

    monkeypatch.setattr(hasher, "encode", counted)
    done = []
    for email in ("alma@wellkept.example", "nobody@wellkept.example", "shut@wellkept.example",
                  bruno.email):  # fmt: skip
        given = {"username": email, "password": "wrong"}
        before = len(hashed)
        statements = asked_of_the_database(partial(a_client().post, "/sign-in/", given))
        done.append((statements, len(hashed) - before))
    assert done[1:] == done[:1] * 3 and done[0][1] == 1


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_patterns_read_well_at_every_width(
    opened: Callable[..., Tab], size: str, dark: bool
) -> None:
    tab = opened(an_account("Alma"), "/patterns/", size=size, dark=dark)
    assert tab.title() == "Patterns · Wellkept"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(tab) == []


NOT_SHOWN = {
    "demo-banner": "in a demo alone", "skip": "of the frame", "mirrored": "pages of a brief",
    "mirror": "pages of a brief", "two": "pages of a brief", "tight": "pages of a brief",
}  # fmt: skip
"""Classes of the style that the patterns need not show, and why."""


def test_the_patterns_show_whatever_the_style_knows(desk: Client) -> None:
    style = (Path(web.__file__).parent / "static/web/desk.css").read_text()
    selectors = re.sub(r"\{[^{}]*\}", "", style)
    known = set(re.findall(r"\.([a-z][a-z-]*)", selectors)) - NOT_SHOWN.keys()
    page = desk.get("/patterns/").text
    shown = {one for names in re.findall(r'class="([^"]*)"', page) for one in names.split()}
    assert known - shown == set()
    assert {"board", "slide", "twin", "words"} <= known, "the style was read"
    on = f"{MONDAY:%Y-%m-%d}"
    assert "Imaging, first floor" in desk.get("/patterns/as-was/").text
    assert desk.get(f"/patterns/as-was/?on={on}").status_code == 200


@pytest.mark.usefixtures("record")
def test_forms_are_refused_without_their_token() -> None:
    strict = a_client(enforce_csrf_checks=True)
    strict.force_login(an_account("Alma"))
    assert strict.post("/sign-out/").status_code == 403


def test_signing_out_ends_the_session(desk: Client) -> None:
    desk.post("/sign-out/")
    assert desk.get("/patterns/").status_code == 302


def test_the_frame_shows_only_where_one_may_go(record: Any) -> None:
    shown = signed_in(an_account("Rita", everything(Group.READ_ONLY))).get("/patterns/")
    assert "Rita" in shown.content.decode()


@pytest.mark.usefixtures("record")
def test_no_page_can_hide_what_stands_around_it() -> None:
    asking = Asking(RequestFactory().get("/"), an_account("Alma"), MONDAY)
    assert set(frame(asking.request)) == FRAME
    with pytest.raises(ValueError, match=r"tour\.html would hide places of the frame"):
        asking.page("tour.html", places=())


def test_whoever_only_reads_is_shown_no_button_in_vain(record: Any) -> None:
    reader = signed_in(an_account("Rita", everything(Group.READ_ONLY)))
    assert "I promised…" not in reader.get("/patterns/").text
    writer = signed_in(an_account("Alma"))
    assert "I promised…" in writer.get("/patterns/").text
