"""Dates of calendars in the settings; an asset as it was, step by step."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from builders import DAY, MONDAY, a_customer, a_site, an_account, an_asset
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from desk.web.company import a_company
from wellkept.desk import clock
from wellkept.methods import working_time
from wellkept.record.access.rules import Group
from wellkept.record.calendars.actions import add_calendar
from wellkept.record.calendars.models import Calendar
from wellkept.record.installed_base.actions import (
    change_state,
    correct_edge,
    hand_operation,
    place_assets,
)
from wellkept.record.installed_base.models import Operation, Placement
from wellkept.record.installed_base.rules import State

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


def test_an_asset_is_seen_as_it_was_known_and_a_part_where_its_machine_was(record: Any) -> None:
    company = a_company(clock.now(settings.HOME))
    now, by, scanner = company.now, company.alma, company.scanner
    day = (now - 100 * DAY).replace(hour=23, minute=30)  # in Rome the next day has begun
    part = an_asset("T-1")
    told: dict[str, Any] = {"at": day, "by": by}
    place_assets(
        placements=[Placement(asset=part, parent=scanner, slot="tube", from_at=day)], **told
    )
    run_by = Operation(asset=scanner, customer=a_customer("Lab Ost"), from_at=day)
    hand_operation(operations=[run_by], **told)
    told = {"at": now - 50 * DAY, "by": by}
    change_state(assets=[scanner], state=State.IDLE, reason="", happened_at=day, **told)
    wrong = Placement.objects.get(asset=scanner)
    ward = a_site(company.nord, name="Ward 7")
    correct_edge(edge=wrong, changes={"site": ward}, reason="typo", **told)
    client, there = signed_in(by), f"/installed-base/{scanner.pk}/"
    rome = (day + DAY).date()
    page = client.get(f"{there}?on={rome}").text
    for text in ("Ward 7", "Lab Ost", "idle", "T-1", "Clinic Nord"):
        assert text in as_was(page), text
    listed = page.partition("Every change")[2].partition("</details>")[0]
    assert f"?on={rome}#" in listed and "T-1 put in · run by Lab Ost · idle" in listed
    then = client.get(f"{there}as-was/?on={rome}&known={rome + 9 * DAY}").text
    for text in ("Imaging, floor 2", "in use", "Lab Ost", "As we knew it on", "T-1"):
        assert text in then, text
    assert "Ward 7" not in then and f'?known={rome + 9 * DAY}#aswas">Today' in then
    before = client.get(f"{there}as-was/?on={rome - DAY}").text
    assert "Lab Ost" not in before and "in use" in before
    of_part = client.get(f"/installed-base/{part.pk}/as-was/").text
    for text in ("S4-77-0091, tube", "Ward 7", "Clinic Nord", "Lab Ost"):
        assert text in of_part, text
    for strange in ("9999-12-31", "soon", "0001-01-01"):
        answer = client.get(f"{there}?on={strange}&known={strange}")
        assert answer.status_code == 200, strange


def as_was(page: str) -> str:
    """Give the part of the page that says how it was."""
    return page.partition('id="then"')[2].partition("</dl>")[0]
