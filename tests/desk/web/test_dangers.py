"""In danger: by what became of promises like it, with its reason; else by the time left."""

from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from builders import an_account
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from desk.web.company import HOUR, Company, a_company, a_day, promised
from desk.web.test_today import part, text_of
from wellkept.desk import clock
from wellkept.desk.findings import findings_home
from wellkept.record.access.rules import Group, Scope
from wellkept.record.organisation.actions import report_absences
from wellkept.record.organisation.models import Absence
from wellkept.study.risk.finding import Bin, Calibration, Risk, save
from wellkept.study.risk.learning import STEPS, Chance, Learnt
from wellkept.study.risk.learning import Group as Like

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]


@pytest.fixture
def company(record: Any, tmp_path: Any) -> Any:
    with override_settings(HOME=tmp_path):
        yield a_company(clock.now(settings.HOME))


def learnt(**broken: float) -> None:
    """Have it known how many of each kind are broken, whatever their time; others are refused."""
    groups = {
        (kind, "production_stopped"): Like(
            200, (Chance(share, share - 0.05, share + 0.05, 143, 80),) * STEPS
        )
        for kind, share in broken.items()
    }
    bins = (Bin(0.1, 400, 0.11, 0.08, 0.14), Bin(0.6, 200, 0.75, 0.68, 0.81))
    trial = Calibration(600, 12, 1_750_000_000, bins, 0.1, 0.2, 0.5, 4.0)
    refused = {("quote", "safety"): 31}
    save(findings_home(), Risk(1_780_000_000, "g1", 7, Learnt(groups, refused), trial))


def test_whoever_is_likely_to_be_let_down_stands_in_danger_with_the_reason(
    company: Company,
) -> None:
    learnt(part_delivery=0.41, callback=0.05)
    promised(company, "Sensor by Friday", due_in=90 * HOUR, kind="part_delivery",
             owner=company.bruno)  # fmt: skip
    promised(company, "Call back", due_in=2 * HOUR, kind="callback", owner=company.bruno)
    page = text_of(signed_in(company.alma), "/?whose=all")
    assert "Sensor by Friday" in part(page, "danger")
    assert "of 10 like it open this long, 6 were kept (143 seen)" in part(page, "danger")
    assert "Call back" in part(page, "due") and "Call back" not in part(page, "danger")
    listed = text_of(signed_in(company.alma), "/promises/?standing=danger")
    assert "Sensor by Friday" in listed and "Call back" not in listed


def test_of_which_too_few_have_ended_is_in_danger_by_its_time_left(company: Company) -> None:
    learnt(part_delivery=0.41)
    promised(company, "Quote today", due_in=7 * HOUR, kind="quote", owner=company.bruno)
    promised(company, "Quote tonight", due_in=9 * HOUR, kind="quote", owner=company.bruno)
    page = text_of(signed_in(company.alma), "/?whose=all")
    assert "by the time left: too few like it have ended" in part(page, "danger")
    assert "Quote today" in part(page, "danger") and "Quote tonight" in part(page, "due")


def test_the_graver_and_the_more_likely_stand_first(company: Company) -> None:
    learnt(part_delivery=0.3, arrive=0.8)
    for about, kind, grave in (("a", "part_delivery", 1), ("b", "arrive", 1), ("c", "quote", 0)):
        promised(company, f"Promise {about}", due_in=5 * HOUR, kind=kind, consequence=grave,
                 owner=company.bruno)  # fmt: skip
    danger = part(text_of(signed_in(company.alma), "/?whose=all"), "danger")
    assert danger.index("Promise c") < danger.index("Promise b") < danger.index("Promise a")


def test_each_promise_stands_once_and_what_nobody_owns_on_top(company: Company) -> None:
    a_day(company)
    promised(company, "Nobody's, due soon", due_in=3 * HOUR)
    away = promised(company, "Of one who is away", due_in=-HOUR, owner=company.bruno)
    away_now = Absence(person=company.bruno, from_at=company.now - HOUR)
    report_absences(absences=[away_now], at=company.now, by=None)
    for whose in ("all", "mine", "team"):
        page = text_of(signed_in(company.alma), f"/?whose={whose}")
        boards = "".join(part(page, key) for key in ("ownerless", "broken", "danger", "due"))
        numbers = [row.partition('"')[0] for row in boards.split('<li class="row" id="')[1:]]
        keys = [number.partition("-")[2] for number in numbers]
        assert len(keys) == len(set(keys)), numbers
        assert f"ownerless-{away.number}" in numbers
    assert page.index("3 promises are past their date") < page.index("Nobody answers for these")


def test_the_calibration_says_what_came_and_what_is_refused(company: Company) -> None:
    manager = signed_in(an_account("Nora", everything(Group.MANAGER)))
    assert "No chance was reckoned yet" in text_of(manager, "/measures/in-danger/")
    learnt(part_delivery=0.41)
    page = text_of(manager, "/measures/in-danger/")
    assert "Of 2 groups of chances, 1 came true within their bounds." in page
    assert "On the whole more was broken than was said, beyond luck." in page
    assert "68 % to 81 %" in page and "quote, safety: 31" in page
    assert "7 promises do not say" in page


def test_whoever_sees_a_part_sees_no_calibration_and_no_way_to_it(company: Company) -> None:
    learnt(part_delivery=0.41)
    planner = signed_in(an_account("Paul", (Group.PLANNER, Scope.TEAM)))
    assert planner.get("/measures/in-danger/").status_code == 403
    assert "/measures/in-danger/" not in text_of(planner, "/?whose=all")
