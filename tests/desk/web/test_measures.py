"""Measures at the desk: from Today to the worst case in two clicks; nothing for who may not see."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from builders import a_case, an_account
from databases import copied, on, on_postgresql, on_sqlite
from desk.web.clients import everything, signed_in
from study.facts.one_company import NOW, through_verbs
from wellkept.desk import clock, findings
from wellkept.desk.web import measuring
from wellkept.home import sqlite
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.promises.models import Promise

reading = pytest.mark.usefixtures("read_company")


ACCOUNTS = (
    ("Nora", Group.MANAGER, Scope.ALL),
    ("Paul", Group.PLANNER, Scope.ALL),
    ("Olga", Group.PLANNER, Scope.OWN),
    ("Tina", Group.PLANNER, Scope.TEAM),
    ("Rita", Group.PLANNER, Scope.REGION),
)


def at_work() -> None:
    """Let the small company do its three weeks, and let five people sign in."""
    through_verbs()
    for name, group, scope in ACCOUNTS:
        an_account(name, (group, scope))


@pytest.fixture(scope="module")
def kept_company(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small company at work, its facts beside its rows, made once."""
    folder = tmp_path_factory.mktemp("company")
    with on(copied(sqlite_template, folder)), override_settings(HOME=folder):
        at_work()
        findings.refresh(NOW)
    return folder


@pytest.fixture
def read_company(kept_company: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have that company itself, three weeks after its Monday: what is reckoned once stays so.

    Whoever asks for it writes nothing but sessions.
    """
    monkeypatch.setattr(clock, "now", lambda _: NOW)
    with on(sqlite(kept_company / "record.sqlite3")), override_settings(HOME=kept_company):
        before = findings.last_mark()
        yield
        assert findings.last_mark() == before


@pytest.fixture
def company(
    committed: Any,
    monkeypatch: pytest.MonkeyPatch,
    settings_home: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Have such a company to write in: on SQLite a copy."""
    monkeypatch.setattr(clock, "now", lambda _: NOW)
    if committed.vendor == "postgresql":
        at_work()
        return
    kept: Path = request.getfixturevalue("kept_company")
    committed.close()
    shutil.copy(kept / "record.sqlite3", committed.settings_dict["NAME"])
    shutil.copytree(kept / "facts", settings_home / "facts")


@pytest.fixture
def settings_home(tmp_path: Path) -> Iterator[Path]:
    """Keep snapshots in a folder of the test's own."""
    measuring._document.cache_clear()
    with override_settings(HOME=tmp_path):
        yield tmp_path


def of(name: str) -> Client:
    """Give the client of one of ACCOUNTS."""
    return signed_in(Account.objects.get(email__startswith=f"{name.lower()}."))


def page(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


@pytest.mark.parametrize("first_page", ["/?whose=all", "/measures/"])
@reading
def test_the_worst_case_is_two_clicks_from_the_navigation(first_page: str) -> None:
    the_worst_is_two_clicks_away(first_page)


@on_postgresql
@pytest.mark.usefixtures("company")
def test_so_it_is_on_postgresql() -> None:
    the_worst_is_two_clicks_away("/measures/")


def the_worst_is_two_clicks_away(first_page: str) -> None:
    manager = of("Nora")
    first = page(manager, first_page)
    assert first_page != "/measures/" or first.count('class="tile"') >= 6
    assert 'href="/measures/promise_lateness/"' in first
    large = page(manager, "/measures/promise_lateness/")
    (worst, *_) = re.findall(r'<a href="(/promises/P-\d+/)"><bdi>(P-\d+)</bdi>', large)
    stopped = Promise.objects.order_by("pk")[1].number
    assert worst[1] == stopped, "production stood still, so it stands before what was later"
    assert stopped in page(manager, worst[0])


@pytest.mark.parametrize("who", ["Nora", "Paul"])
@reading
def test_the_measures_stand_in_the_frame_of_every_page(who: str) -> None:
    text = page(of(who), "/measures/")
    frame = text.partition('<nav aria-label="Main">')[2].partition("</nav>")[0]
    assert ">Today</a>" in frame and 'aria-current="page">Measures</a>' in frame


@on_sqlite
@pytest.mark.usefixtures("company")
def test_a_manager_chooses_the_six_that_everybody_sees_first() -> None:
    manager = of("Nora")
    six = ("promise_slip_rate", "customers_hit", "availability",
           "backlog_age", "handoffs_per_case", "promise_kept_rate")  # fmt: skip
    given = {f"place{number}": name for number, name in enumerate(six)}
    twice = manager.post("/measures/", given | {"place5": "backlog_age"}, follow=True)
    assert "chosen twice" in twice.text
    assert "everybody sees first" in manager.post("/measures/", given, follow=True).text
    planner = of("Paul")
    text = page(planner, "/measures/")
    first = text.partition('id="library"')[0]
    there = [name for name in six if f'href="/measures/{name}/"' in first]
    assert there == list(six) and 'href="/measures/time_to_restore/"' not in first
    assert "Choose the six" not in text and "Choose the six" in page(manager, "/measures/")
    assert "Only a manager" in planner.post("/measures/", given, follow=True).text


@reading
def test_cases_and_customers_lead_to_their_pages() -> None:
    manager = of("Nora")
    assert re.search(r'href="/cases/C-\d+/"', page(manager, "/measures/time_to_restore/"))
    assert re.search(r'href="/customers/\d+/"', page(manager, "/measures/customers_hit/"))
    assert re.search(r'href="/installed-base/\d+/"', page(manager, "/measures/availability/"))


@reading
def test_a_measure_is_compared_by_a_column() -> None:
    manager = of("Nora")
    cut = page(manager, "/measures/promise_kept_rate/?by=customer")
    assert "Mill East" in cut
    assert '<option value="customer" selected>' in cut
    assert manager.get("/measures/promise_kept_rate/?by=owner_id").status_code == 404
    assert manager.get("/measures/no_such/").status_code == 404


@reading
def test_who_sees_only_part_sees_no_measure_and_reads_why() -> None:
    page(of("Nora"), "/measures/")
    for name in ("Olga", "Tina", "Rita"):
        planner = of(name)
        for path in (
            "/measures/",
            "/measures/promise_lateness/",
            "/measures/customers_hit/?by=customer",
        ):
            answer = planner.get(path)
            text = answer.content.decode()
            assert answer.status_code == 403
            assert "only who may see all of them" in text
            assert "Clinic Nord" not in text
            assert not re.search(r"P-\d{6}", text)


@reading
def test_the_pages_carry_no_inline_style_or_script() -> None:
    manager = of("Nora")
    for path in (
        "/measures/",
        "/measures/promise_lateness/?by=customer",
        "/measures/availability/",
    ):
        text = page(manager, path)
        assert "style=" not in text
        assert "<style" not in text
        assert "<script" not in text
    style = page(manager, "/measures/cards.css")
    assert style.startswith(".measured{")
    assert style.count("{") == style.count("}")


@pytest.mark.usefixtures("company")
def test_what_happens_after_shows_on_the_next_opening() -> None:
    manager = of("Nora")
    before = page(manager, "/measures/backlog_age/")
    a_case("Smoke", at=NOW)
    after = page(manager, "/measures/backlog_age/")
    assert before != after
    assert "More was written down since" not in after


@on_sqlite
@pytest.mark.usefixtures("company")
def test_a_large_record_shows_its_last_snapshot_and_says_that_it_is_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = of("Nora")
    page(manager, "/measures/")
    monkeypatch.setattr(measuring, "SOON", 0)
    a_case("Smoke", at=NOW)
    assert "More was written down since" in page(manager, "/measures/")


def test_an_empty_record_says_what_each_measure_needs(committed: Any, settings_home: Any) -> None:
    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
    text = page(manager, "/measures/")
    assert "Nothing can be measured yet" in text
    assert "needs a promised date" in text
    assert "cannot be measured yet" in page(manager, "/measures/promise_kept_rate/")
