"""Dates of calendars in the settings; an asset as it was, step by step."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from builders import MONDAY, a_site, an_account
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from desk.web.company import a_company
from wellkept.desk import clock
from wellkept.methods import working_time
from wellkept.record.access.rules import Group
from wellkept.record.calendars.actions import add_calendar
from wellkept.record.calendars.models import Calendar
from wellkept.record.installed_base.actions import place_assets
from wellkept.record.installed_base.models import Placement

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]
PAGE = "/settings/calendars/"


@pytest.fixture
def desk(record: Any) -> Client:
    """Give the desk as Nora, who manages, sees it."""
    return signed_in(an_account("Nora", everything(Group.MANAGER)))


@pytest.fixture
def office(record: Any) -> Calendar:
    """Have office hours."""
    hours = working_time.Calendar.parse("Mon-Fri 8-17")
    return add_calendar(name="Office", hours=hours, at=MONDAY, by=None)


def test_public_holidays_of_a_place_close_a_calendar(desk: Client, office: Calendar) -> None:
    given = {"form": f"holidays-{office.pk}", "country": "it", "part": "", "from": "2026",
             "until": "2027"}  # fmt: skip
    assert "days are new" in desk.post(PAGE, given, follow=True).text
    assert office.holidays.filter(on=date(2026, 6, 2)).exists()
    before = office.holidays.count()
    assert "0 days are new" in desk.post(PAGE, given, follow=True).text
    assert office.holidays.count() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"country": "Italy"}, "no country"),
        ({"part": "XX"}, "no part"),
        ({"until": "2050"}, "ten at most"),
        ({"from": "soon"}, "is no year"),
    ],
)
def test_a_place_or_year_that_is_none_is_refused_and_kept_in_the_form(
    desk: Client, office: Calendar, change: dict[str, str], sentence: str
) -> None:
    given = {"form": f"holidays-{office.pk}", "country": "IT", "from": "2026", "until": "2026"}
    answer = desk.post(PAGE, given | change)
    assert answer.status_code == 422 and sentence in answer.text.replace("&#x27;", "'")
    assert next(iter(change.values())) in answer.text and not office.holidays.exists()


def test_other_hours_on_a_date_are_set_said_and_taken_off(desk: Client, office: Calendar) -> None:
    year = clock.now(settings.HOME).year + 1
    words = f"{year}-12-24 8-12; {year}-12-31 closed"
    given = {"form": f"dated-{office.pk}", "words": words, "reason": "stocktaking"}
    page = desk.post(PAGE, given, follow=True).text
    assert f"{year}-12-24 08:00-12:00 (stocktaking)" in page.replace("–", "-")
    assert f"{year}-12-31 closed" in page
    wrong = desk.post(PAGE, given | {"words": "Mon 8-12"})
    assert wrong.status_code == 422 and "Give dates only" in wrong.text
    wrong = desk.post(PAGE, given | {"words": "Christmas Eve"})
    assert wrong.status_code == 422 and "Christmas Eve" in wrong.text
    desk.post(PAGE, {"form": f"forget-{office.pk}", "days": f"{year}-12-24, {year}-12-31"})
    assert not office.dated.exists()
    wrong = desk.post(PAGE, {"form": f"forget-{office.pk}", "days": "tomorrow"})
    assert wrong.status_code == 422 and "is no date" in wrong.text


def test_an_asset_is_seen_as_it_was_and_stepped_through_change_by_change(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    moved = company.now - timedelta(days=100)
    there = a_site(company.nord, name="Ward 7")
    place_assets(
        placements=[Placement(asset=company.scanner, site=there, from_at=moved)],
        at=moved, by=None,
    )  # fmt: skip
    client = signed_in(company.alma)
    path = f"/installed-base/{company.scanner.pk}/"
    assert "Ward 7" in as_was(client.get(path).text)
    before = (moved - timedelta(days=3)).date()
    page = client.get(f"{path}?on={before}").text
    assert "Imaging, floor 2" in as_was(page) and "Ward 7" not in as_was(page)
    assert 'rel="prev"' in page and 'rel="next"' in page
    onward = page.partition('rel="next" href="?on=')[2][:10]
    assert abs(datetime.fromisoformat(onward).date() - moved.date()) <= timedelta(days=1)
    long_ago = client.get(f"{path}?on=1999-01-01").text
    assert 'rel="prev"' not in long_ago and 'rel="next"' in long_ago
    assert "not known" in as_was(long_ago)


def as_was(page: str) -> str:
    """Give the part of the page that says how it was."""
    return page.partition('id="then"')[2].partition("</dl>")[0]
