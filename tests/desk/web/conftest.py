"""The desk served for real on loopback, and somebody signed in.

Django is set up after this file is read, so what needs it is imported where it is used.
"""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

SIZES = {"desk": (1280, 900), "phone": (390, 844)}


@pytest.fixture
def alma(record: Any) -> Any:
    """Have Alma, who coordinates everything."""
    from builders import an_account

    return an_account("Alma")


@pytest.fixture
def desk(alma: Any) -> Any:
    """Give the desk as Alma sees it."""
    from desk.web.clients import signed_in

    return signed_in(alma)


@pytest.fixture
def served(committed: Any) -> Iterator[str]:
    """Serve the desk on a free port of loopback; gives its address."""
    from django.core.servers.basehttp import ThreadedWSGIServer

    from desk.web.clients import Quiet
    from wellkept.desk.web.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def opened(served: str, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages of the desk in Chromium: `opened(account, "/", size="phone", dark=True)`."""
    from django.conf import settings

    from desk.web.clients import session_of

    contexts = []

    def open_page(account: Any, path: str, *, size: str = "desk", dark: bool = False) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            base_url=served,
        )
        contexts.append(context)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(account), "url": served}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of the same keys
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def rf() -> Callable[..., Any]:
    """Make a request that has come through the middleware, signed in or not."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    def make(path: str, user: Any = None) -> Any:
        request = RequestFactory().get(path)
        request.user = user or AnonymousUser()
        return request

    return make


@pytest.fixture
def mails() -> Iterator[Any]:
    """Gather the mails that are sent."""
    from django.core import mail
    from django.test import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox
