"""Signing in without typing, and holding groups."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.servers.basehttp import WSGIRequestHandler
from django.test import Client
from playwright.sync_api import Locator, Page

from wellkept.desk.web.sessions import SessionStore
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope

BACKEND = "wellkept.desk.web.signing_in.ByMail"


def a_client(**given: Any) -> Client:
    """Give a client that calls the desk by a name it answers to."""
    return Client(SERVER_NAME="localhost", **given)


def signed_in(account: Account) -> Client:
    """Give a client that has signed in."""
    client = a_client()
    client.force_login(account)
    return client


def session_of(account: Account) -> str:
    """Give the key of a session in which the account is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def everything(group: Group) -> tuple[Group, Scope]:
    """Hold a group for all rows."""
    return group, Scope.ALL


class Quiet(WSGIRequestHandler):
    """A handler that prints nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet."""


def barriers(tab: Page) -> list[str]:
    """Say what keeps somebody from using the page, by axe's rules; empty is good."""
    found = Axe().run(tab).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def arrive(at: Locator) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with at.page.expect_navigation():
        at.click()
