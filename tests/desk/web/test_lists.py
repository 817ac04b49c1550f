"""Lists: by key, not by counting; the address holds the filter; every list as a file."""

import csv
import io
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from openpyxl import load_workbook

from builders import MONDAY, a_person, a_site, an_account, promise_row
from databases import on_postgresql, on_sqlite
from desk.web.clients import signed_in
from desk.web.company import HOUR, Company, a_company, promised
from wellkept.desk import clock
from wellkept.desk.web import in_parts
from wellkept.desk.web import listing as module
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.in_parts import Parts
from wellkept.desk.web.listing import ROWS, Cell, Column, Listing, leaf
from wellkept.desk.web.pages import cases
from wellkept.desk.web.seen import owed
from wellkept.record.access.rules import Group, Scope
from wellkept.record.cases.models import Case
from wellkept.record.organisation.models import Region, RegionMember, Team
from wellkept.record.parties.models import Site
from wellkept.record.promises.actions import make_promises
from wellkept.record.promises.models import Promise


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


def listing(*order: str) -> Listing[Promise]:
    column: Column[Promise] = Column("About", lambda p: Cell(p.about), lambda p: p.about)
    return Listing("Promises", (column,), order, urgent=len(order) == 3)


def walk(one: Listing[Promise], rows: Any = None, parts: Parts = ()) -> list[str]:
    """Read every page, as somebody does who goes on pressing More."""
    seen: list[str] = []
    address = QueryDict("")
    for _ in range(100):
        page = leaf(one, Promise.objects.all() if rows is None else rows, address, parts)
        seen += [row[0].text for row in page.rows]
        if not page.onward:
            return seen
        address = QueryDict(page.onward.removeprefix("?"))
    raise AssertionError("the list never ends")


@pytest.mark.parametrize("order", [("consequence", "judged_due", "pk"), ("-pk",)])
def test_every_row_comes_once_and_in_order(company: Company, order: tuple[str, ...]) -> None:
    """Many share a consequence and a date, so that only the whole key tells them apart."""
    fresh = [
        Promise(
            about=f"no {i}", kind="said", consequence=i % 3, accountable=company.role,
            made_at=company.now, first_due=company.now + timedelta(days=i % 4),
        )
        for i in range(2 * ROWS + 7)
    ]  # fmt: skip
    make_promises(promises=fresh, at=company.now, by=None)
    expected = [one.about for one in Promise.objects.order_by(*order)]
    assert walk(listing(*order)) == expected


def test_rows_in_parts_are_listed_and_counted_as_the_whole_is(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of the rows, wherever they stand: near the newest ones, far from them, or nowhere."""
    monkeypatch.setattr(module, "ROWS", 3)
    for one in (module, in_parts):
        monkeypatch.setattr(one, "COUNTED", 9)
    fresh = [
        Promise(
            about=f"no {i}", kind="said", consequence=4 if i < 9 else i % 3, made_at=company.now,
            first_due=company.now, accountable=company.role,
            owner=company.bruno if i % 2 else None,
        )
        for i in range(24)
    ]  # fmt: skip
    make_promises(promises=fresh, at=company.now, by=None)
    every = Promise.objects.all()
    orders = (("-pk",), ("about", "pk"), ("consequence", "about", "pk"))
    for near, order in product((4, 100), orders):
        monkeypatch.setattr(in_parts, "NEAR", near)
        for wanted in (Q(consequence=4), Q(consequence=0), Q(consequence=3), Q()):
            rows = every.filter(wanted)
            parts = (rows.filter(owner=company.bruno), rows.filter(owner=None), rows.none())
            expected = [one.about for one in rows.order_by(*order)]
            assert walk(listing(*order), rows, parts) == expected
            said = [leaf(listing(*order), rows, QueryDict(), some).counted for some in (parts, ())]
            assert said[0] == said[1]


@on_postgresql
def test_of_a_part_no_row_is_read_to_know_what_is_owed(company: Company) -> None:
    account = an_account("Reader", (Group.COORDINATOR, Scope.TEAM), (Group.PLANNER, Scope.REGION))
    person = a_person("Reader", account=account)
    teams = [Team.objects.create(name=f"Team {n}") for n in range(20)]
    teams[7].members.create(person=person)
    RegionMember.objects.create(region=Region.objects.create(name="South"), person=person)
    sites = [a_site(company.nord, name=f"Site {n}") for n in range(20)]
    Site.objects.filter(pk=sites[3].pk).update(region=Region.objects.get(name="South"))
    rows = [
        promise_row(HOUR, team=teams[n % 20], site=sites[n // 20], accountable=company.role)
        for n in range(400)
    ]
    make_promises(promises=rows, at=MONDAY, by=None)
    part = owed(Asking(HttpRequest(), account, clock.now(settings.HOME))).part
    assert part is not None
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        # How full the tables of earlier tests were is chance: everything is counted anew.
        cursor.execute("analyze")
        # Where hardly any promise has ended, what anybody ever had is as near.
        cursor.execute("drop index promise_by_team, promise_by_site, promise_owed_by_key")
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"set local enable_{way} = off")
        cursor.execute(f"explain {part.text} select * from seen", part.bound)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    for one in ("team", "site"):
        assert f"Index Only Scan using promise_owed_by_{one}" in plan, plan


def test_what_waits_is_found_by_its_index_also_among_closed_cases(record: Any) -> None:
    """Of hundreds of thousands none waits; the list of those that wait for nobody is another."""
    for waiting, by_it in (("customer", True), ("nobody", False)):
        rows = cases._waiting(Case.objects.filter(state="closed"), waiting).order_by("-pk")
        with connection.cursor() as cursor:
            if record.vendor == "postgresql":
                cursor.execute("set local enable_seqscan = off")
        assert ("case_by_wait" in rows.explain()) is by_it


@on_sqlite
def test_a_mark_that_is_none_shows_the_first_page(company: Company) -> None:
    promised(company, "Call back", due_in=HOUR)
    for mark in ("x", "e30", "W10", "%00", "WzEsMiwzXQ"):
        page = leaf(listing("-pk"), Promise.objects.all(), QueryDict(f"after={mark}"))
        assert [row[0].text for row in page.rows] == ["Call back"]


@on_sqlite
def test_a_standing_is_one_badge_and_a_number_stays_on_one_line(company: Company) -> None:
    promised(company, "Broken", due_in=-HOUR, owner=company.bruno)
    page = signed_in(company.alma).get("/promises/").text
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert body.count('class="standing"') == body.count("<tr>") == 1
    assert '<td class="whole">P-' in body


@on_sqlite
def test_a_filter_in_the_address_holds_on_every_page(company: Company) -> None:
    promised(company, "Kept", due_in=HOUR, owner=company.bruno)
    promised(company, "Broken", due_in=-HOUR, owner=company.bruno)
    page = signed_in(company.alma).get("/promises/?standing=broken").content.decode()
    assert ">Broken</a>" in page and ">Kept</a>" not in page
    assert "?standing=broken&amp;as=csv" in page


@on_sqlite
def test_a_list_as_csv_has_every_row_and_runs_no_formula(company: Company) -> None:
    for about in ("=1+2", "@SUM(A1)", "Call back"):
        promised(company, about, due_in=HOUR)
    answer = signed_in(company.alma).get("/promises/?as=csv")
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0] == "Promise"
    assert sorted(row[0] for row in rows[1:]) == ["'=1+2", "'@SUM(A1)", "Call back"]


@on_sqlite
def test_a_list_as_excel_keeps_text_as_text(company: Company) -> None:
    promised(company, "=1+2", due_in=HOUR)
    answer = signed_in(company.alma).get("/promises/?as=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet["A2"].value == "=1+2" and sheet["A2"].data_type == "s"


@on_sqlite
@pytest.mark.parametrize(
    ("path", "typed", "field"),
    [
        (
            "/promises/new/",
            {"about": "Call", "due_on": "2026-11-30", "customer": "Nobody"},
            "customer",
        ),
        ("/promises/new/", {"about": "Call", "due_on": "soon"}, "due_on"),
        ("/cases/new/", {"about": "It hums", "asset": "none such"}, "asset"),
        ("/cases/new/", {"about": " ", "detail": "At night"}, "about"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    company: Company, path: str, typed: dict[str, str], field: str
) -> None:
    answer = signed_in(company.alma).post(path, typed)
    assert answer.status_code == 422
    assert f'aria-invalid="true" aria-describedby="{field}-wrong"' in answer.text
    assert answer.text.count('class="wrong"') == 1 and f'id="{field}-wrong"' in answer.text
    for value in typed.values():
        assert value.strip() in answer.text


@on_sqlite
def test_an_empty_list_says_what_to_do(company: Company) -> None:
    client = signed_in(company.alma)
    assert "Nothing was promised yet." in client.get("/promises/").content.decode()
    assert "Take a filter away" in client.get("/promises/?q=zzz").content.decode()
    assert "Take one in when somebody calls" in client.get("/cases/").text  # open is no filter
    bruno = company.bruno.account
    assert bruno is not None
    for path in ("/promises/", "/cases/", "/customers/", "/installed-base/"):
        page = signed_in(bruno).get(path).text
        assert "Nothing here that you may see" in page and "Exchange" not in page, path
    assert "for those who see everything" in signed_in(bruno).get("/mirror/").text
