"""The demo company's door and its tour; a real company has neither."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Page as Tab

from builders import an_account
from desk.web.clients import a_client, arrive, barriers, signed_in
from desk.web.company import a_case, a_company, a_day
from wellkept.desk import clock
from wellkept.desk.links import make_link
from wellkept.record.access.models import Account
from wellkept.record.promises.actions import keep_promises

NOW = clock.now(Path("no company"))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Path]:
    """Have a demo company whose Monday is really today."""
    clock.set_demo_clock(tmp_path, monday=NOW, wall=NOW)
    (tmp_path / "report.html").write_text("<style>p{}</style><p>Who was let down</p>")
    with override_settings(HOME=tmp_path):
        yield tmp_path


def test_a_link_signs_in_once_and_leads_to_the_tour(alma: Account, demo: Path) -> None:
    link = f"/demo/{make_link(demo, alma.pk)}/"
    client = a_client()
    assert client.get(link).headers["Location"] == "/tour/"
    assert client.get("/tour/").status_code == 200
    again = a_client().get(link)
    assert again.status_code == 410
    assert "signs in once" in again.content.decode()


def test_whoever_is_signed_in_already_gets_to_the_tour_by_an_old_link(
    alma: Account, demo: Path
) -> None:
    assert signed_in(alma).get("/demo/used-up/").headers["Location"] == "/tour/"


@pytest.mark.parametrize(
    "elsewhere",
    [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}],
    ids=["from another machine", "passed on by a server in front"],
)
def test_a_link_opens_nothing_from_elsewhere(
    alma: Account, demo: Path, elsewhere: dict[str, Any]
) -> None:
    link = f"/demo/{make_link(demo, alma.pk)}/"
    assert a_client().get(link, **elsewhere).status_code == 404
    assert a_client().get(link).status_code == 302  # and it has not been used up


def test_a_real_company_has_no_such_door(alma: Account, tmp_path: Path) -> None:
    with override_settings(HOME=tmp_path):
        token = make_link(tmp_path, alma.pk)
        assert a_client().get(f"/demo/{token}/").status_code == 404
        assert signed_in(alma).get("/tour/").status_code == 404
        assert signed_in(alma).get("/tour/report/").status_code == 404


def test_a_shut_account_is_not_let_in_by_a_link(alma: Account, demo: Path) -> None:
    Account.objects.filter(pk=alma.pk).update(is_active=False)
    assert a_client().get(f"/demo/{make_link(demo, alma.pk)}/").status_code == 410


@pytest.mark.usefixtures("record", "demo")
def test_the_tour_leads_to_the_hurt_customer_and_their_worst_case() -> None:
    company = a_company(NOW)
    a_day(company)
    text = signed_in(company.alma).get("/tour/").content.decode()
    assert text.count('<li class="card">') == 5
    assert f'href="/customers/{company.nord.pk}/"' in text
    assert "2 promises are past their date" in text
    assert "/promises/new/?customer=Clinic+Nord" in text


@pytest.mark.usefixtures("demo")
def test_a_tour_with_nothing_late_names_no_customer(desk: Client) -> None:
    assert desk.get("/tour/").content.decode().count('<li class="card">') == 3


@pytest.mark.usefixtures("demo")
def test_the_report_keeps_its_own_strict_policy(desk: Client) -> None:
    answer = desk.get("/tour/report/")
    assert "Who was let down" in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sha256-" in policy


def test_the_report_is_missing_where_none_was_written(desk: Client, demo: Path) -> None:
    (demo / "report.html").unlink()
    assert desk.get("/tour/report/").status_code == 404


@pytest.mark.usefixtures("demo")
def test_the_banner_stands_even_where_the_monday_is_really_today(desk: Client) -> None:
    assert "This is the demo company" in desk.get("/patterns/").content.decode()


def test_the_demo_remembers_its_monday_when_it_is_opened_days_later(tmp_path: Path) -> None:
    monday = datetime(2026, 11, 16, tzinfo=UTC)
    offset = clock.set_demo_clock(tmp_path, monday=monday, wall=monday + timedelta(days=9))
    assert offset == timedelta(days=9)
    assert clock.demo_monday(tmp_path) == monday.date()


def test_a_demo_file_without_its_monday_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / clock.DEMO_FILE).write_text('{"offset_s": 0}')
    with pytest.raises(clock.BadDemo, match="make it again"):
        clock.demo_monday(tmp_path)


@pytest.mark.browser
@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_stranger_sees_the_company_in_one_minute(
    opened: Callable[..., Tab], demo: Path, size: str
) -> None:
    company = a_company(NOW)
    a_day(company)
    guest = an_account("Guest")
    tab = opened(guest, f"/demo/{make_link(demo, company.alma.pk)}/", size=size)
    assert tab.title() == "The tour · Wellkept"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(tab) == []
    for stop, title in (
        ("Today", "Today"),
        ("The customer who is hurt", "Clinic Nord"),
        ("Their worst case", "P-"),
        ("I promised…", "I promised…"),
    ):
        tab.goto("/tour/")
        arrive(tab.locator(".stops").get_by_role("link", name=stop))
        assert title in tab.title()
    assert tab.get_by_label("To whom").input_value() == "Clinic Nord"


@pytest.mark.usefixtures("record")
def test_a_kept_promise_of_a_case_is_neither_late_nor_to_be_kept_again() -> None:
    company = a_company(NOW)
    case = a_case(company)
    keep_promises(
        promises=[link.promise for link in case.promises.all() if link.promise.is_owed],
        fulfilled_at=NOW, at=NOW, by=None,
    )  # fmt: skip
    text = signed_in(company.alma).get(f"/cases/{case.number}/").content.decode()
    assert 'class="row-due" data-standing="broken"' not in text
    assert 'class="row-deeds"' not in text
