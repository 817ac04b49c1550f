"""Today: whom we are letting down, by name; what nobody owns stands above; deeds in place."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from builders import a_case, a_customer, a_person, a_role, an_account
from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import HOUR, Company, a_company, a_day, promised
from wellkept.desk import clock
from wellkept.desk.web import dangers, left_cases
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.pages import today
from wellkept.desk.web.seen import TABLE, owed
from wellkept.record.access.gate import visible
from wellkept.record.access.kept import Sql, moment
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.actions import report_absences
from wellkept.record.organisation.models import Absence, Region, RegionMember, Team, TeamMember
from wellkept.record.parties.models import Site
from wellkept.record.promises.models import Promise

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def part(page: str, name: str) -> str:
    """Give one part of Today; nothing if it is not shown."""
    _, found, rest = page.partition(f'data-part="{name}"')
    return rest.partition("</section>")[0] if found else ""


def test_the_worst_is_named_in_the_first_sentence(company: Company) -> None:
    a_day(company)
    page = text_of(signed_in(company.alma), "/?whose=all")
    assert "Clinic Nord waits: “Second pressure sensor by Friday” is 2 d 4 h late." in page


def let_down(page: str) -> list[str]:
    """List whom the line under the first sentence names, each with how many promises."""
    line = page.partition('<p class="let-down">')[2].partition("</p>")[0]
    told = re.findall(r">([^<>]*)<", line.partition("</strong>")[2])
    return [text for text in told if text.strip(" ·\n")]


def test_whom_we_let_down_is_named_once_each_the_most_urgent_first(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    mill, bruno = a_customer("Mill East"), company.bruno
    promised(company, "Send the seal", due_in=-HOUR, customer=mill, owner=bruno)
    page = text_of(signed_in(company.alma), "/?whose=all")
    assert "1 promise is past its date." in page and let_down(page) == ["Mill East", "1"]
    assert f'href="/customers/{mill.pk}/"' in page.partition("let-down")[2].partition("</p>")[0]
    for about, consequence in (("Tube", 0), ("Table", 3)):
        promised(company, about, due_in=-HOUR, consequence=consequence)
    page = text_of(signed_in(company.alma), "/?whose=all")
    assert let_down(page) == ["Clinic Nord", "2", "Mill East", "1"]
    assert re.findall(r'href="#(\w+)" data-list="\1">[^<]*<span class="count">(\d+)', page) == [
        ("ownerless", "2"), ("broken", "1"),
    ]  # fmt: skip
    monkeypatch.setattr(today, "SHOWN", 1)
    page = text_of(signed_in(company.alma), "/?whose=all")
    assert let_down(page) == ["Clinic Nord", "Mill East", "and others"], "what is not shown, too"


def test_who_leads_begins_with_what_everybody_owes_and_others_with_their_own(
    company: Company,
) -> None:
    promised(company, "Call back", due_in=HOUR, owner=company.alma_person)
    promised(company, "Bring the seal", due_in=-HOUR, owner=company.bruno)
    assert "Bring the seal" in part(text_of(signed_in(company.alma), "/"), "broken")
    assert company.bruno.account is not None
    his = text_of(signed_in(company.bruno.account), "/")
    assert 'whose=mine" aria-current="true"' in his and "Bring the seal" in his
    lost = promised(company, "Second pressure sensor", due_in=-52 * HOUR)
    planner = an_account("Pia", (Group.PLANNER, Scope.ALL))
    soon = promised(company, "Plan", due_in=90 * HOUR, owner=a_person("Pia", account=planner))
    page = text_of(signed_in(planner), "/")
    assert "Nothing of yours is past its date" in page and soon.about not in page
    assert lost.about in part(page, "ownerless") and "whose=all" in page


def test_what_nobody_owns_stands_above_everything(company: Company) -> None:
    a_day(company)
    page = text_of(signed_in(company.alma), "/?whose=mine")
    assert page.index('data-part="ownerless"') < page.index('data-part="danger"')
    assert "Second pressure sensor" in part(page, "ownerless")


def test_a_case_that_nobody_answers_for_stands_on_top_unless_its_promise_does(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare: dict[str, Any] = {
        "accountable": company.role,
        "at": company.now,
        "reported_at": company.now - HOUR,
    }
    lost = a_case("Hums since Monday", **bare)
    assert not lost.promises.exists(), "no commitment is kept for what it means to them"
    given: dict[str, Any] = {
        **bare,
        "asset": company.scanner,
        "consequence": Consequence.PRODUCTION_STOPPED,
    }
    spoken = a_case("No picture", **given)
    a_case("Bruno has it", owner=company.bruno, **bare)
    a_day(company)
    alma = signed_in(company.alma)
    page = text_of(alma, "/?whose=mine")
    left = part(page, "left")
    assert lost.about in left and left.count('class="row"') == 1, (
        "his is not, that of a promise not"
    )
    assert spoken.promises.get(promise__kind="restore").promise.number in part(page, "ownerless")
    assert page.index('data-part="ownerless"') < page.index('data-part="left"')
    assert page.index('data-part="left"') < page.index('data-part="danger"')
    taken = alma.post(f"/cases/C-{lost.pk}/take/", {"back": "/?whose=mine"}, follow=True)
    assert f"{lost.number} is yours." in taken.text and 'data-part="left"' not in taken.text
    report_absences(
        absences=[Absence(person=company.bruno, from_at=company.now - HOUR)],
        at=company.now, by=None,
    )  # fmt: skip
    left = part(text_of(alma, "/?whose=all"), "left")
    assert "Bruno has it" in left and "is not there, and nobody stands in" in left
    a_case("Its display is dark", **bare)
    monkeypatch.setattr(left_cases, "SHOWN", 1)
    left = part(text_of(alma, "/?whose=all"), "left")
    assert ">1+<" in left and 'href="/cases/?owner=nobody"' in left
    reader = signed_in(an_account("Rita", (Group.READ_ONLY, Scope.ALL)))
    assert "/take/" not in part(text_of(reader, "/?whose=all"), "left")


def test_where_only_a_case_is_left_today_says_so_and_shows_it_to_its_part(
    company: Company,
) -> None:
    lost = a_case("Hums", accountable=company.role, at=company.now, reported_at=company.now)
    page = text_of(signed_in(company.alma), "/?whose=mine")
    assert "Nothing of yours is past its date" in page and lost.about in part(page, "left")
    assert company.bruno.account is not None
    assert lost.about not in text_of(signed_in(company.bruno.account), "/?whose=all")


def test_an_owner_who_is_not_there_is_said_so_and_anybody_may_take_it(company: Company) -> None:
    (one, *_rest) = a_day(company)
    away = Absence(person=company.bruno, from_at=company.now - 100 * HOUR)
    report_absences(absences=[away], at=company.now, by=None)
    client = signed_in(company.alma)
    left = part(text_of(client, "/?whose=all"), "ownerless")
    assert "is not there, and nobody stands in" in left
    client.post(f"/promises/P-{one.pk}/take/")
    one.refresh_from_db()
    assert one.owner == company.alma_person


def test_a_part_without_rows_is_absent(company: Company) -> None:
    promised(company, "Renewal offer", due_in=400 * HOUR, owner=company.bruno)
    page = text_of(signed_in(company.alma), "/?whose=all")
    assert "data-part" not in page and "No promise is past its date." in page


def test_production_stopped_stands_before_what_is_later_but_lighter(company: Company) -> None:
    promised(company, "Paint the cover", due_in=-900 * HOUR, consequence=4, owner=company.bruno)
    promised(company, "Get the scanner going", due_in=-HOUR, owner=company.bruno)
    broken = part(text_of(signed_in(company.alma), "/?whose=all"), "broken")
    assert broken.index("Get the scanner going") < broken.index("Paint the cover")


def test_mine_shows_what_i_own_and_what_was_offered_to_me(company: Company) -> None:
    a_day(company)
    page = text_of(signed_in(company.alma), "/?whose=mine")
    assert "Call back about the noise" in page and "On site within four hours" not in page


def test_taking_from_today_leads_back_to_today(company: Company) -> None:
    lost = promised(company, "Second pressure sensor", due_in=-52 * HOUR)
    client = signed_in(company.alma)
    answer = client.post(f"/promises/P-{lost.pk}/take/", {"back": "/?whose=all"})
    assert answer.headers["Location"] == "/?whose=all"
    lost.refresh_from_db()
    assert lost.owner == company.alma_person
    assert f"{lost.number} is yours." in text_of(client, "/?whose=all")


def test_a_form_cannot_lead_away_from_us(company: Company) -> None:
    lost = promised(company, "Second pressure sensor", due_in=-52 * HOUR)
    for away in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = signed_in(company.alma).post(f"/promises/P-{lost.pk}/take/", {"back": away})
        assert answer.headers["Location"] == f"/promises/P-{lost.pk}/"


def test_a_promise_moved_by_us_stays_where_it_was_judged(company: Company) -> None:
    late = promised(company, "On site within four hours", due_in=-9 * HOUR, owner=company.bruno)
    there = (company.now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    given = {"new_due": there, "asked_by": "us", "reason": "no part", "back": "/?whose=all"}
    client = signed_in(company.alma)
    client.post(f"/promises/P-{late.pk}/move/", given)
    assert "On site within four hours" in part(text_of(client, "/?whose=all"), "broken")
    late.refresh_from_db()
    assert late.judged_due == late.first_due != late.current_due


def test_kept_late_leaves_today_and_stays_late(company: Company) -> None:
    late = promised(company, "On site within four hours", due_in=-9 * HOUR, owner=company.bruno)
    client = signed_in(company.alma)
    client.post(f"/promises/P-{late.pk}/keep/", {"back": "/"})
    assert "On site" not in part(text_of(client, "/?whose=all"), "broken")
    page = text_of(client, f"/promises/P-{late.pk}/")
    assert 'data-standing="late"' in page and "9 h after its judged date" in page


def test_a_refusal_is_said_and_changes_nothing(company: Company) -> None:
    kept = promised(company, "Call back", due_in=HOUR, owner=company.bruno)
    client = signed_in(company.alma)
    for _ in range(2):
        client.post(f"/promises/P-{kept.pk}/keep/", {"back": "/?whose=all"})
    assert 'data-kind="error"' in text_of(client, "/?whose=all")


@pytest.mark.parametrize("field", ["reason", "new_due"])
def test_a_move_without_reason_or_date_is_asked_for(company: Company, field: str) -> None:
    one = promised(company, "Call back", due_in=HOUR, owner=company.bruno)
    given = {"new_due": "2030-01-01T10:00", "asked_by": "us", "reason": "no part", field: ""}
    client = signed_in(company.alma)
    answer = client.post(f"/promises/P-{one.pk}/move/", given)
    assert one.moves.count() == 0 and answer.status_code == 422
    assert 'data-kind="error"' in answer.text


def test_whoever_sees_only_their_own_sees_nothing_of_others(company: Company) -> None:
    rows = a_day(company)
    bruno = company.bruno.account
    assert bruno is not None
    client = signed_in(bruno)
    page = text_of(client, "/?whose=all")
    assert "On site within four hours" in page and "Second pressure sensor" not in page
    unseen = next(one for one in rows if one.owner_id is None)
    assert client.get(f"/promises/P-{unseen.pk}/").status_code == 404
    assert client.post(f"/promises/P-{unseen.pk}/keep/").status_code == 404
    assert unseen.about not in text_of(client, f"/search/?q={unseen.about[:6]}")
    assert unseen.about not in b"".join(client.get("/promises/?as=csv")).decode()


def test_whoever_only_reads_is_shown_no_deeds_and_refused_them(company: Company) -> None:
    rows = a_day(company)
    client = signed_in(an_account("Rita", (Group.READ_ONLY, Scope.ALL)))
    page = text_of(client, "/?whose=all")
    assert "<button>Kept" not in page and "Tell, move" not in page
    one = text_of(client, f"/promises/P-{rows[0].pk}/")
    assert "What to do" not in one and "Corrections" not in one
    assert client.post(f"/promises/P-{rows[0].pk}/keep/").status_code == 403
    assert Promise.objects.filter(fulfilled_at__isnull=False).count() == 0


def test_who_has_an_account_and_is_none_of_our_people_has_nothing_of_their_own(
    company: Company,
) -> None:
    a_day(company)
    client = signed_in(an_account("Vera", (Group.MANAGER, Scope.ALL)))
    page = text_of(client, "/?whose=mine")
    assert "Second pressure sensor" in part(page, "ownerless") and not part(page, "broken")
    assert part(text_of(client, "/"), "broken")  # all, where nothing can be theirs


def test_the_part_that_lists_are_asked_of_is_what_its_reader_sees(company: Company) -> None:
    north, south = (Team.objects.create(name=name) for name in ("North", "South"))
    region = Region.objects.create(name="Lombardy")
    Site.objects.filter(pk=company.site.pk).update(region=region)
    for team in (north, south, None):
        promised(company, "Of a team", due_in=HOUR, team=team)
    promised(company, "Elsewhere", due_in=HOUR, site=None, asset=None, owner=company.bruno)
    promised(company, "Asked for", due_in=HOUR, offered_to=company.bruno)
    kinds = [(Scope.OWN,), (Scope.TEAM,), (Scope.REGION,), (Scope.OWN, Scope.TEAM), ()]
    found = []
    for many, scopes in enumerate(kinds):
        grants = [(Group.COORDINATOR, scope) for scope in scopes]
        account = an_account(f"Reader{many}", *grants)
        person = a_person(f"Reader{many}", account=account)
        promised(company, "Theirs", due_in=HOUR, owner=person)
        for reaches in ((), (TeamMember(team=north),), (TeamMember(team=south),)):
            for one in reaches:
                one.person = person
                one.save()
            if reaches and reaches[0].team == south:
                RegionMember.objects.create(region=region, person=person)
            found.append(seen_by(Account.objects.get(pk=account.pk)))
    assert len({frozenset(one) for one in found}) > 6  # from nothing to nearly everything


def seen_by(account: Account) -> set[int]:
    """What the part holds; checked against the gate."""
    part = owed(Asking(HttpRequest(), account, clock.now(settings.HOME)))
    held = {key for (key,) in part.asked(Sql(f"select id from {TABLE}"))}
    rows, now = visible(Promise.objects.owed(), to=account), clock.now(settings.HOME)
    assert held == set(rows.values_list("pk", flat=True))
    span = (now, now + 2 * HOUR)
    near = part.asked(dangers.nearest_asked(Promise.objects.owed(), *span, whole=part.whole))
    assert [(*said, moment(made), moment(due)) for *said, made, due in near] == list(
        dangers.nearest(rows, *span)
    )
    return held


def test_today_asks_the_database_few_questions(company: Company) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        a_day(company)
    client = signed_in(company.alma)
    with CaptureQueriesContext(connection) as asked:
        client.get("/?whose=all")
    assert len(asked) <= 12, "\n".join(one["sql"][:120] for one in asked)


def test_an_empty_record_says_to_whoever_can_begin_how_to(record: Any) -> None:
    admin = signed_in(an_account("Ada", (Group.ADMINISTRATOR, Scope.ALL)))
    page = text_of(admin, "/")
    steps = page.partition('<ol class="stops">')[2].partition("</ol>")[0]
    leads = re.findall(r'<a href="([^"]*)"', steps)
    assert leads[0] == "/settings/roles/" and len(leads) == 6
    assert all(admin.get(one).status_code == 200 for one in leads), "each is theirs to go"
    assert ">done<" not in steps and "No promise is past its date" not in page
    for path, hint in (("/promises/new/", "Add a role"), ("/cases/new/", "Add a role"),
                       ("/settings/commitments/", "No role is kept yet"),
                       ("/settings/roles/", "No role is kept yet")):  # fmt: skip
        assert hint in text_of(admin, path), path
    desk = signed_in(an_account("Alma", (Group.COORDINATOR, Scope.ALL)))
    assert '<ol class="stops">' not in text_of(desk, "/"), "they cannot set it up"
    assert "An administrator or a manager adds it." in text_of(desk, "/cases/new/")
    role = a_role()
    assert text_of(admin, "/").count(">done<") == 1
    assert "Add a role" not in text_of(admin, "/promises/new/")
    a_case("Hums", accountable=role)
    assert '<ol class="stops">' not in text_of(admin, "/")
