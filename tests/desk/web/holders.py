"""Somebody who holds each group for each scope in turn, and what the desk answers them.

An answer is a function of the rows and of what the gate says about who asks. So each question that
a request puts about the groups and scopes of an account is kept; who would be told the same of all
of them gets the same answer, and the request is not sent again.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from desk.web.clients import signed_in
from wellkept.record.access import verbs
from wellkept.record.access.models import Account
from wellkept.record.access.rules import STAFF, Group, Scope
from wellkept.record.journal.models import Entry

Held = frozenset[tuple[Group, Scope]]
Question = tuple[str, str, frozenset[Any]]
PARTS = (Scope.REGION, Scope.TEAM, Scope.OWN)
WALKED = {
    Scope.REGION: (Group.MANAGER, Group.SALES),
    Scope.TEAM: (Group.ADMINISTRATOR, Group.COORDINATOR),
    Scope.OWN: (Group.ENGINEER, Group.READ_ONLY),
}
"""Who goes through the desk with a part of the rows; for the gate the three parts are the same."""
MIXED = frozenset(
    {(Group.READ_ONLY, Scope.ALL), (Group.MANAGER, Scope.TEAM), (Group.ENGINEER, Scope.OWN)}
)
EVERYBODY: tuple[Held, ...] = (
    *(frozenset({(group, Scope.ALL)}) for group in Group if group in STAFF),
    *(frozenset({(group, scope)}) for scope, groups in WALKED.items() for group in groups),
    MIXED,
)


def answer(held: Held, question: Question) -> Any:
    """Say what the gate is told of somebody who holds these groups."""
    about, how, of = question
    if about == "scopes for":
        return frozenset(scope for group, scope in held if group in of)
    known = frozenset(pair[0] if about == "groups" else pair[1] for pair in held)
    asked = {"any": bool(known & of), "beyond": bool(known - of), "has": of <= known}
    return asked.get(how, known)


@contextmanager
def holding(account: Account, held: Held) -> Iterator[None]:
    """Let an account hold these groups, while it is open."""
    account.read_again()
    account.__dict__["held"] = held
    yield
    account.read_again()


class Watched:
    """The groups or the scopes of an account: a set that keeps what it was asked."""

    def __init__(self, about: str, held: Held, told: dict[Question, Any]) -> None:
        """Begin with nothing asked."""
        self.about, self.held, self.told = about, held, told

    def ask(self, how: str, of: frozenset[Any] = frozenset()) -> Any:
        """Answer a question, and keep it."""
        question = (self.about, how, of)
        return self.told.setdefault(question, answer(self.held, question))

    def __and__(self, other: Any) -> bool:
        """Tell whether any is among others; nobody asks which."""
        return bool(self.ask("any", frozenset(other)))

    def __sub__(self, other: Any) -> bool:
        """Tell whether there is any beside others."""
        return bool(self.ask("beyond", frozenset(other)))

    def __contains__(self, one: Any) -> bool:
        """Tell whether one is there."""
        return bool(self.ask("has", frozenset({one})))

    def __iter__(self) -> Iterator[Any]:
        """Give all."""
        return iter(self.ask("all"))

    def __le__(self, other: Any) -> bool:
        """Tell whether all are among others."""
        return bool(self.ask("all") <= other)


@dataclass(slots=True)
class Answer:
    """What an address answered: what it says, and whether anything was written or refused."""

    status: int
    body: bytes = b""
    headers: str = ""
    wrote: bool = False
    refused: str = ""
    forms: list["Form"] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def denied(self) -> bool:
        """Whether it was not for who asked."""
        return self.status in (403, 404, 405) or bool(self.refused)


TOGETHER = ("row", "seen")
"""Fields of which a form has several: rows that are ticked, and how each of them was seen."""


@dataclass(slots=True)
class Form:
    """One form of a page: where it goes, and what it would send."""

    action: str
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Which form it is, on whatever page it stands."""
        return self.action, self.given.get("form", "")


class Read(HTMLParser):
    """The forms of a page that send something, with what their fields hold; and where it leads."""

    def __init__(self, page: str, path: str) -> None:
        """Read a page."""
        super().__init__()
        self.path, self.forms, self.links = path, list[Form](), list[str]()
        self._open, self._select = False, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a link, a form, or one of its fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].partition("?")[0].partition("#")[0])
        elif tag == "form":
            self._open = given.get("method") == "post"
            if self._open:
                self.forms.append(Form(given.get("action") or self.path))
        elif self._open and tag in ("input", "textarea"):
            self._kept(given)
        elif self._open and tag == "button" and "name" in given:
            self.forms[-1].given.setdefault("button", f"{given['name']}={given['value']}")
        elif self._open and tag == "select":
            self._select = given["name"]
        elif self._open and tag == "option":
            chosen = self.forms[-1].given
            chosen[self._select] = chosen.get(self._select) or given.get("value", "")

    def _kept(self, given: dict[str, str]) -> None:
        """Keep what a field holds; of several that are ticked or seen together, all."""
        name, value, held = given.get("name", ""), given.get("value", ""), self.forms[-1].given
        if name in TOGETHER:
            held[name] = (*held.get(name, ()), value)
        elif name != "csrfmiddlewaretoken" and given.get("type") != "checkbox":
            held[name] = value  # the token is another in each page

    def handle_endtag(self, tag: str) -> None:
        """End a form."""
        if tag == "form":
            self._open = False


class Desk:
    """The desk as one account sees it, whatever it holds; nothing that is sent stays."""

    def __init__(self, account: Account) -> None:
        """Sign in."""
        self.client, self.account = signed_in(account), account
        self.held: Held = frozenset()
        self.sent = 0
        self._told: dict[Question, Any] = {}
        self._refused: list[str] = []
        self._known: dict[object, list[tuple[dict[Question, Any], Answer]]] = defaultdict(list)

    @contextmanager
    def watched(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """Keep, while it is open, what is asked of the account, and what the gate refuses."""

        def told(about: str) -> Any:
            return property(lambda one: Watched(about, self.held, self._told))

        def scopes_for(one: Account, groups: Any) -> Any:
            return Watched("scopes for", self.held, self._told).ask("all", frozenset(groups))

        begun, refused = verbs.NotAllowed.__init__, self._refused

        def keep(problem: Any, *args: Any) -> None:
            refused.append(str(args[0]))
            begun(problem, *args)

        def nobody(one: Account) -> None:
            raise AssertionError("ask `groups`, `scopes` or `scopes_for`: they are watched")

        with patch.context() as now:
            now.setattr(Account, "groups", told("groups"))
            now.setattr(Account, "scopes", told("scopes"))
            now.setattr(Account, "scopes_for", scopes_for)
            now.setattr(Account, "held", property(nobody, lambda one, given: None))
            now.setattr(verbs.NotAllowed, "__init__", keep)
            yield

    def get(self, path: str) -> Answer:
        """Open an address."""
        return self._asked((path, None), lambda: self._opened(path))

    def post(self, path: str, given: dict[str, Any]) -> Answer:
        """Send a form, see whether it wrote something, and take that back."""
        return self._asked((path, frozenset(given.items())), lambda: self._posted(path, given))

    def _asked(self, key: object, send: Any) -> Answer:
        for told, known in self._known[key]:
            if all(answer(self.held, question) == one for question, one in told.items()):
                return known
        self._told.clear()
        self._refused.clear()
        self.client.cookies.pop("messages", None)
        found: Answer = send()
        self.sent += 1
        self._known[key].append((dict(self._told), found))
        return found

    def _opened(self, path: str) -> Answer:
        got: Any = self.client.get(path)
        body = b"".join(got.streaming_content) if got.streaming else got.content
        got.close()
        found = Answer(got.status_code, body, f"{got.headers}")
        if "html" in got.headers.get("Content-Type", ""):
            read = Read(body.decode(), path)
            found.forms, found.links = read.forms, read.links
        return found

    def _posted(self, path: str, given: dict[str, Any]) -> Answer:
        before = Entry.objects.count()
        more: dict[str, Any] = {}
        if path.endswith("/attach/"):
            more["files"] = SimpleUploadedFile("note.pdf", b"%PDF-1.7 a")
        with transaction.atomic():
            got = self.client.post(path, given | more)
            wrote = Entry.objects.count() != before
            transaction.set_rollback(True)
        refused = self._refused[0] if self._refused else ""
        return Answer(got.status_code, got.content, f"{got.headers}", wrote, refused)
