"""What every test may ask for: the real records, a real browser, and repeatable chance."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

pytest_plugins = ["databases"]
# Playwright runs a loop in the thread of the test; Django need not mind, nothing waits on it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ["COLUMNS"] = "100"  # texts are as wide as a terminal; whose the tests run in is chance

IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}
CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
# As root there is no sandbox to drop into; the rest keeps Chromium from calling home.
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

settings.register_profile("here", deadline=None)
settings.register_profile("ci", max_examples=40, deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "here")


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """Hash passwords at once: the right way takes a tenth of a second for each sign-in."""
    from django.conf import settings as django

    django.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Look for examples in the docstrings of methods, not of tests: these have none.

    To look takes each worker more than a second.
    """
    found = yield
    return [one for one in found if not isinstance(one, DoctestModule)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin what takes long; leave the browser tests out where there is no browser.

    They are never left out in silence in CI.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if CHROMIUM is not None or IN_CI:
        return
    absent = pytest.mark.skip(reason="Chromium is not installed: apt-get install chromium")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def data_folder() -> Callable[[str], Path]:
    """Give the folder of one set of real records, or skip with the sentence that says why."""

    def folder(name: str) -> Path:
        root = os.environ.get("WELLKEPT_DATA")
        if not root:
            pytest.skip("Real records are not here: set WELLKEPT_DATA to the folder that has them.")
        found = Path(root) / name
        if not found.is_dir():
            pytest.skip(f"Real records of {name} are not in WELLKEPT_DATA.")
        return found

    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one headless Chromium for the session."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_ARGS))
        yield running
        running.close()


@pytest.fixture
def chromium_page(chromium: Browser) -> Iterator[Page]:
    """Open an empty page that refuses the network, so that a report must stand alone."""
    context = chromium.new_context(offline=True)
    yield context.new_page()
    context.close()
