"""Measures at the desk: from Today to the worst case in two clicks; nothing for who may not see."""

import re
from typing import Any

import pytest

from builders import an_account
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from study.facts.one_company import NOW, through_verbs
from wellkept.desk import clock
from wellkept.desk.web import measuring
from wellkept.record.access.rules import Group, Scope
from wellkept.record.promises.models import Promise


@pytest.fixture
def company(
    committed: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings_home: Any
) -> Any:
    """Have a small company at work, three weeks after its Monday."""
    monkeypatch.setattr(clock, "now", lambda _: NOW)
    through_verbs()
    return committed


@pytest.fixture
def settings_home(tmp_path: Any) -> Any:
    """Keep snapshots in a folder of the test's own."""
    from django.test import override_settings

    measuring._document.cache_clear()
    with override_settings(HOME=tmp_path):
        yield tmp_path


def page(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_worst_case_is_two_clicks_from_the_navigation(company: Any) -> None:
    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
    first = page(manager, "/measures/")
    assert first.count('class="tile"') >= 6
    assert 'href="/measures/promise_lateness/"' in first
    large = page(manager, "/measures/promise_lateness/")
    (worst, *_) = re.findall(r'<a href="(/promises/P-\d+/)"><bdi>(P-\d+)</bdi>', large)
    stopped = Promise.objects.order_by("pk")[1].number
    assert worst[1] == stopped, "production stood still, so it stands before what was later"
    assert stopped in page(manager, worst[0])


@on_sqlite
def test_from_today_it_is_one_click_to_the_tail_and_two_to_the_worst_case(company: Any) -> None:
    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
    assert 'href="/measures/promise_lateness/"' in page(manager, "/?whose=all")
    large = page(manager, "/measures/promise_lateness/")
    worst = re.search(r'<a href="(/promises/P-\d+/)"><bdi>', large)
    assert worst is not None and "P-" in page(manager, worst[1])


@on_sqlite
@pytest.mark.parametrize("group", [Group.MANAGER, Group.PLANNER])
def test_the_measures_stand_in_the_frame_of_every_page(company: Any, group: Group) -> None:
    text = page(signed_in(an_account("Nora", everything(group))), "/measures/")
    frame = text.partition('<nav aria-label="Main">')[2].partition("</nav>")[0]
    assert ">Today</a>" in frame and 'aria-current="page">Measures</a>' in frame


@on_sqlite
def test_a_manager_chooses_the_six_that_everybody_sees_first(company: Any) -> None:
    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
    six = ("promise_slip_rate", "customers_hit", "availability",
           "backlog_age", "handoffs_per_case", "promise_kept_rate")  # fmt: skip
    given = {f"place{number}": name for number, name in enumerate(six)}
    twice = manager.post("/measures/", given | {"place5": "backlog_age"}, follow=True)
    assert "chosen twice" in twice.text
    assert "everybody sees first" in manager.post("/measures/", given, follow=True).text
    planner = signed_in(an_account("Paul", everything(Group.PLANNER)))
    text = page(planner, "/measures/")
    first = text.partition('id="library"')[0]
    there = [name for name in six if f'href="/measures/{name}/"' in first]
    assert there == list(six) and 'href="/measures/time_to_restore/"' not in first
    assert "Choose the six" not in text and "Choose the six" in page(manager, "/measures/")
    assert "Only a manager" in planner.post("/measures/", given, follow=True).text


@on_sqlite
def test_cases_and_customers_lead_to_their_pages(company: Any) -> None:
    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
    assert re.search(r'href="/cases/C-\d+/"', page(manager, "/measures/time_to_restore/"))
    assert re.search(r'href="/customers/\d+/"', page(manager, "/measures/customers_hit/"))
    assert re.search(r'href="/installed-base/\d+/"', page(manager, "/measures/availability/"))


@on_sqlite
def test_a_measure_is_compared_by_a_column(company: Any) -> None:
    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
    cut = page(manager, "/measures/promise_kept_rate/?by=customer")
    assert "Mill East" in cut
    assert '<option value="customer" selected>' in cut
    assert manager.get("/measures/promise_kept_rate/?by=owner_id").status_code == 404
    assert manager.get("/measures/no_such/").status_code == 404


@on_sqlite
def test_who_sees_only_part_sees_no_measure_and_reads_why(company: Any) -> None:
    page(signed_in(an_account("Nora", everything(Group.MANAGER))), "/measures/")
    for scope in (Scope.OWN, Scope.TEAM, Scope.REGION):
        planner = signed_in(an_account("Paul", (Group.PLANNER, scope)))
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


@on_sqlite
def test_the_pages_carry_no_inline_style_or_script(company: Any) -> None:
    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
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


def test_what_happens_after_shows_on_the_next_opening(company: Any) -> None:
    from builders import a_case

    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
    before = page(manager, "/measures/backlog_age/")
    a_case("Smoke", at=NOW)
    after = page(manager, "/measures/backlog_age/")
    assert before != after
    assert "More was written down since" not in after


@on_sqlite
def test_a_large_record_shows_its_last_snapshot_and_says_that_it_is_behind(
    company: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builders import a_case

    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
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
