"""Settings: who may, what each form does, and what happens where two edit at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Page as Tab

from builders import DAY, HOUR, MONDAY, a_person, a_promise, a_role, an_account
from databases import on_sqlite
from desk.web.clients import arrive, barriers, everything, signed_in
from wellkept.methods import working_time
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.calendars.actions import add_calendar
from wellkept.record.calendars.models import Calendar
from wellkept.record.cases.models import Commitment
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.actions import add_region, add_team, edit_part, set_team
from wellkept.record.organisation.models import Absence, Person, Region, Role, RoleHolding, Team
from wellkept.record.promises.actions import pause_promises
from wellkept.record.promises.models import Pause, Promise

PAGES = ("/settings/", "/settings/people/", "/settings/roles/", "/settings/teams/",
         "/settings/commitments/", "/settings/calendars/")  # fmt: skip


@pytest.fixture
def nora(record: Any) -> Client:
    """Have Nora, who manages and administers, at the desk."""
    account = an_account("Nora", everything(Group.MANAGER), everything(Group.ADMINISTRATOR))
    a_person("Nora Holm", account=account)
    return signed_in(account)


def sent(client: Client, path: str, form: str, **typed: Any) -> Any:
    return client.post(path, {"form": form, **typed})


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("path", PAGES)
def test_only_managers_and_administrators_see_settings(path: str) -> None:
    assert signed_in(an_account("Alma")).get(path).status_code == 403
    assert signed_in(an_account("Nora", everything(Group.MANAGER))).get(path).status_code == 200


def test_an_administrator_lets_somebody_in_with_groups_and_a_scope(nora: Client) -> None:
    sent(nora, "/settings/people/", "open_account", name="Bruno Keller",
         email="Bruno@wellkept.example", trade="engineer", group=["engineer", "parts"],
         scope="team")  # fmt: skip
    bruno = Person.objects.get(personal__name="Bruno Keller")
    assert bruno.account is not None and bruno.account.email == "bruno@wellkept.example"
    assert bruno.account.held == {(Group.ENGINEER, Scope.TEAM), (Group.PARTS, Scope.TEAM)}
    assert not bruno.account.has_usable_password()  # the link in a mail sets the first one


def test_a_manager_alone_lets_nobody_in(record: Any) -> None:
    client = signed_in(an_account("Mara", everything(Group.MANAGER)))
    assert "open_account" not in client.get("/settings/people/").content.decode()
    answer = sent(client, "/settings/people/", "open_account", name="X", email="x@y.example",
                  group=["administrator"], scope="all")  # fmt: skip
    assert answer.status_code == 422
    assert not Account.objects.filter(email="x@y.example").exists()


def test_what_is_too_long_for_the_record_is_said_at_its_field(nora: Client) -> None:
    long, told = "ü" * 301, dict[str, Any](at=MONDAY, by=None)
    hours = working_time.Calendar.parse("Mon-Fri 8-17")
    calendar, role = add_calendar(name="Office", hours=hours, **told), a_role()
    nobody = {"email": "b@wellkept.example", "group": ["engineer"], "scope": "all"}
    someone = Person.objects.get(personal__name="Nora Holm")
    own = f"/settings/people/{someone.pk}/"
    forms: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("/settings/people/", "open_account", "name", nobody),
        ("/settings/people/", "open_account", "trade", {**nobody, "name": "Bruno"}),
        ("/settings/people/", "open_account", "email", {**nobody, "name": "Bruno"}),
        ("/settings/people/", "add_person", "name", {}),
        ("/settings/people/", "add_person", "email", {"name": "Bruno"}),
        ("/settings/roles/", "add", "name", {}),
        ("/settings/roles/", f"rename-{role.pk}", "name", {"seen": 1}),
        ("/settings/teams/", "add_region", "name", {}),
        ("/settings/teams/", "add_team", "name", {}),
        ("/settings/calendars/", "add", "name", {"hours": "Mon 8-17"}),
        ("/settings/calendars/", f"dated-{calendar.pk}", "reason", {"words": "2026-12-24 closed"}),
        (own, "known", "phone", {"name": "Nora", "seen": 1}),
        (own, "work", "trade", {"seen": 1}),
    )
    for path, form, field, typed in forms:
        answer = sent(nora, path, form, **{**typed, field: long})
        assert answer.status_code == 422, (path, form, field)
        assert f'id="{form}-{field}-wrong"' in answer.text, (path, form, field)
        assert "Say it shorter." in answer.text


@on_sqlite
def test_while_no_mail_server_is_set_it_is_said_where_the_mail_lies(nora: Client) -> None:
    page = "/settings/people/"
    new: dict[str, Any] = {"name": "Bruno Keller", "group": ["engineer"], "scope": "all"}
    assert '<option value="all" selected>' in nora.get(page).text, "no team is kept"
    for server, number in (("", 1), ("smtp://mail.example", 2)):
        with override_settings(MAIL=server):
            sent(nora, page, "open_account", email=f"b{number}@wellkept.example", **new)
        told = nora.get(page).text.partition("<h1>")[0]
        assert "Set a new password" in told
        assert ("the mail is a file in the folder" in told) == (server == "")


def test_an_account_without_groups_is_refused_and_what_was_typed_stays(nora: Client) -> None:
    answer = sent(nora, "/settings/people/", "open_account", name="Bruno Keller",
                  email="bruno@wellkept.example", scope="team")  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tick at least one group" in text and 'value="Bruno Keller"' in text


def test_an_address_is_used_once_and_the_form_says_so(nora: Client) -> None:
    taken = an_account("Bruno").email
    answer = sent(nora, "/settings/people/", "open_account", name="Bruno Keller", email=taken,
                  group=["engineer"], scope="team")  # fmt: skip
    assert "Another account signs in with this address" in answer.content.decode()
    assert not Person.objects.filter(personal__name="Bruno Keller").exists()


def test_the_person_behind_an_account_is_named_later(nora: Client) -> None:
    loose = an_account("Ines")
    assert loose.email in nora.get("/settings/people/").content.decode()
    sent(nora, "/settings/people/", "add_person", name="Ines", account=loose.pk)
    assert Person.objects.get(account=loose).personal == loose.personal


def test_two_who_edit_a_person_at_once_both_see_what_the_other_wrote(nora: Client) -> None:
    bruno = a_person("Bruno")
    path, seen = f"/settings/people/{bruno.pk}/", bruno.personal.version
    first = {"name": "Bruno Keller", "email": "", "phone": "111", "seen": seen}
    sent(nora, path, "known", **first)
    answer = sent(nora, path, "known", name="Bruno K.", email="", phone="222", seen=seen)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "changed this" in text
    assert all(value in text for value in ("Bruno Keller", "111", 'value="Bruno K."', "222"))
    again = {"name": "Bruno K.", "email": "", "phone": "222", "seen": seen + 1}
    assert f'name="seen" value="{seen + 1}"' in text
    assert sent(nora, path, "known", **again).status_code == 302
    bruno.personal.refresh_from_db()
    assert bruno.personal.name == "Bruno K."


def test_groups_are_given_anew_and_an_account_is_shut(nora: Client) -> None:
    account = an_account("Bruno", everything(Group.ENGINEER))
    path = f"/settings/people/{a_person('Bruno', account=account).pk}/"
    sent(nora, path, "grants", group=["planner"], scope="region")
    assert Account.objects.get(pk=account.pk).held == {(Group.PLANNER, Scope.REGION)}
    sent(nora, path, "shut")
    assert not Account.objects.get(pk=account.pk).is_active
    assert "is shut" in nora.get(path).content.decode()


def test_the_last_administrator_stays(nora: Client) -> None:
    me = Person.objects.get(personal__name="Nora Holm")
    answer = sent(nora, f"/settings/people/{me.pk}/", "shut")
    assert "nobody who can let people in" in answer.content.decode()


def test_somebody_is_away_comes_back_and_leaves(nora: Client) -> None:
    bruno, carla = a_person("Bruno"), a_person("Carla")
    path = f"/settings/people/{bruno.pk}/"
    sent(nora, path, "away", from_on="2026-03-02", until_on="", deputy=carla.pk)
    away = Absence.objects.get()
    assert (away.person, away.deputy, away.until_at) == (bruno, carla, None)
    sent(nora, path, f"back-{away.pk}")
    away.refresh_from_db()
    assert away.until_at is not None
    sent(nora, path, "leave", until_on="2026-04-01")
    bruno.refresh_from_db()
    assert str(bruno.until_on) == "2026-04-01"


def test_a_day_that_is_none_is_said(nora: Client) -> None:
    path = f"/settings/people/{a_person('Bruno').pk}/"
    answer = sent(nora, path, "away", from_on="soon")
    assert "“soon” is no day" in answer.content.decode()


def test_a_role_is_added_held_deputised_and_ended(nora: Client) -> None:
    bruno, carla = a_person("Bruno"), a_person("Carla")
    sent(nora, "/settings/roles/", "add", name="Parts planner")
    role = Role.objects.get()
    assert "nobody" in nora.get("/settings/roles/").content.decode()  # a hole, and it shows
    sent(nora, "/settings/roles/", "give", role=role.pk, person=bruno.pk, deputy=carla.pk)
    held = RoleHolding.objects.get()
    assert (held.person, held.deputy) == (bruno, carla)
    sent(nora, "/settings/roles/", f"end-{held.pk}")
    held.refresh_from_db()
    assert held.until_at is not None
    sent(nora, "/settings/roles/", f"rename-{role.pk}", name="Parts desk", seen=role.version)
    assert Role.objects.get().name == "Parts desk"


def test_nobody_is_their_own_deputy(nora: Client) -> None:
    bruno, role = a_person("Bruno"), a_role()
    answer = sent(nora, "/settings/roles/", "give", role=role.pk, person=bruno.pk, deputy=bruno.pk)
    assert "Nobody is their own deputy" in answer.content.decode()


def test_a_role_renamed_by_two_shows_both_names(nora: Client) -> None:
    role = a_role("Dispatcher")
    edit_part(part=role, changes={"name": "Coordinator"}, seen=1, at=MONDAY, by=None)
    answer = sent(nora, "/settings/roles/", f"rename-{role.pk}", name="Dispatch", seen=1)
    text = answer.content.decode()
    assert "<td>Coordinator</td><td>Dispatch</td>" in text


def test_regions_and_teams_have_their_people(nora: Client) -> None:
    bruno = a_person("Bruno")
    path = "/settings/teams/"
    sent(nora, path, "add_region", name="South")
    south = Region.objects.get()
    sent(nora, path, "add_team", name="South field", region=south.pk)
    team = Team.objects.get()
    assert team.region == south
    sent(nora, path, f"in_region-{south.pk}", person=[bruno.pk])
    sent(nora, path, f"in_team-{team.pk}", person=[bruno.pk])
    assert south.members.get().person == team.members.get().person == bruno
    sent(nora, path, f"team-{team.pk}", name="Field", region="", seen=team.version)
    team.refresh_from_db()
    assert team.name == "Field" and team.region_id is None
    sent(nora, path, f"region-{south.pk}", name="Sud", seen=south.version)
    assert Region.objects.get().name == "Sud"
    sent(nora, path, f"in_team-{team.pk}")
    assert not team.members.exists()


@pytest.mark.usefixtures("record")
def test_a_manager_of_a_part_is_not_asked_who_belongs_to_which() -> None:
    team = add_team(name="Pumps", region=None, at=MONDAY, by=None)
    limited = signed_in(an_account("Paul", (Group.MANAGER, Scope.TEAM)))
    assert "Exactly these" not in limited.get("/settings/teams/").text
    refused = limited.post("/settings/teams/", {"form": f"in_team-{team.pk}"}, follow=True)
    assert "You see a part of the rows" in refused.text
    everybody = signed_in(an_account("Nora", everything(Group.MANAGER)))
    assert "Exactly these" in everybody.get("/settings/teams/").text


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_manager_of_a_part_is_shown_the_forms_of_their_part() -> None:
    team, other = (add_team(name=name, region=None, at=MONDAY, by=None) for name in ("Ins", "Outs"))
    account = an_account("Paul", (Group.MANAGER, Scope.TEAM))
    paul, carla = a_person("Paul", account=account), a_person("Carla")
    set_team(team=team, people=[paul], at=MONDAY, by=None)
    role, hours = a_role(), working_time.Calendar.parse("Mon-Fri 8-17")
    add_calendar(name="Cover", hours=hours, at=MONDAY, by=None)
    client = signed_in(account)
    shown = {path: client.get(path).text for path in (*PAGES, f"/settings/people/{carla.pk}/")}
    assert f'<option value="{team.pk}">' in shown["/settings/roles/"]
    assert f'<option value="{other.pk}">' not in shown["/settings/roles/"]
    assert f'id="rename-{role.pk}"' not in shown["/settings/roles/"]
    assert f'id="team-{other.pk}"' not in shown["/settings/teams/"]
    assert 'id="add"' not in shown["/settings/commitments/"]
    assert "Correct the week" not in shown["/settings/calendars/"]
    for form in ("work", "away", "leave"):
        assert f'id="{form}"' not in shown[f"/settings/people/{carla.pk}/"]
        assert f'id="{form}"' in client.get(f"/settings/people/{paul.pk}/").text
    sent(client, "/settings/roles/", "give", role=role.pk, person=paul.pk, team=team.pk)
    refused = sent(client, "/settings/roles/", "give", role=role.pk, person=paul.pk)
    assert "You decide about roles that" in refused.text
    assert RoleHolding.objects.get().team == team


def test_a_team_name_is_used_once(nora: Client) -> None:
    add_team(name="Field", region=add_region(name="South", at=MONDAY, by=None), at=MONDAY, by=None)
    answer = sent(nora, "/settings/teams/", "add_team", name="Field")
    assert "Another team has this name" in answer.content.decode()


def test_a_commitment_is_made_and_changed(nora: Client) -> None:
    role, path = a_role(), "/settings/commitments/"
    hours = working_time.Calendar.parse("Mon-Fri 8-18")
    cover = add_calendar(name="Cover", hours=hours, at=MONDAY, by=None)
    typed = {"consequence": "degraded", "calendar": cover.pk, "respond_min": "240",
             "restore_min": "1800", "update_min": "", "accountable": role.pk}  # fmt: skip
    sent(nora, path, "add", **typed)
    made = Commitment.objects.get()
    assert (made.consequence, made.respond_min) == (Consequence.DEGRADED.value, 240)
    assert "30 h" in nora.get(path).content.decode()
    assert "change it below" in sent(nora, path, "add", **typed).content.decode()
    sent(nora, path, f"edit-{made.pk}", **typed | {"restore_min": "960"}, seen=made.version)
    made.refresh_from_db()
    assert made.restore_min == 960
    stale = sent(nora, path, f"edit-{made.pk}", **typed | {"restore_min": "480"}, seen=1)
    assert "<td>960</td><td>480</td>" in stale.content.decode()


def test_minutes_that_are_none_are_said(nora: Client) -> None:
    a_role()
    answer = sent(nora, "/settings/commitments/", "add", consequence="degraded",
                  respond_min="soon")  # fmt: skip
    assert "“soon” is no number of minutes" in answer.content.decode()


def test_a_calendar_is_written_in_words_and_corrected(nora: Client) -> None:
    path = "/settings/calendars/"
    sent(nora, path, "add", name="Cover", hours="Mon-Fri 8-18")
    cover = Calendar.objects.get()
    assert "Mon-Fri 08:00-18:00" in nora.get(path).content.decode()
    sent(nora, path, f"week-{cover.pk}", hours="Mon-Sat 8-18", seen=cover.version)
    assert "Mon-Sat 08:00-18:00" in nora.get(path).content.decode()
    wrong = sent(nora, path, "add", name="Other", hours="Blursday 8-18")
    assert wrong.status_code == 422 and "Blursday" in wrong.content.decode()


def test_where_a_calendar_is_corrected_paused_promises_are_reckoned_again(nora: Client) -> None:
    path, hours = "/settings/calendars/", working_time.Calendar.parse("Mon-Fri 9-17")
    cover = add_calendar(name="Cover", hours=hours, at=MONDAY, by=None)
    one = a_promise(made_at=MONDAY, first_due=MONDAY + 8 * HOUR, calendar=cover)
    pause = Pause(promise=one, from_at=MONDAY, until_at=MONDAY + HOUR, waited_for="customer")
    pause.acknowledged_at, pause.evidence = MONDAY, "mail"
    pause_promises(pauses=[pause], at=MONDAY + DAY, by=None)

    def judged() -> Any:
        return Promise.objects.get(pk=one.pk).judged_due

    for form, typed, due in (
        ("dated", {"words": "2026-03-03 closed"}, MONDAY + 2 * DAY + HOUR),
        ("forget", {"days": "2026-03-03"}, MONDAY + DAY + HOUR),
        ("week", {"hours": "Mon-Fri 9-18", "seen": 1}, MONDAY + 9 * HOUR),
        ("holidays", {"country": "IT", "from": 2026, "until": 2026}, MONDAY + 9 * HOUR),
    ):
        assert sent(nora, path, f"{form}-{cover.pk}", **typed).status_code == 302, form
        assert judged() == due, form


@pytest.mark.parametrize("path", PAGES[1:])
def test_a_form_that_a_page_does_not_have_changes_nothing(nora: Client, path: str) -> None:
    answer = sent(nora, path, "steal")
    assert answer.status_code == 422
    assert "no such form" in answer.content.decode()


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(nora: Client) -> None:
    answer = sent(nora, "/settings/people/", "open_account", name="Carla", email="no address",
                  trade="engineer", group=["engineer"], scope="team")  # fmt: skip
    assert answer.status_code == 422 and not Person.objects.filter(trade="engineer").exists()
    beside = 'aria-invalid="true" aria-describedby="open_account-email-wrong"'
    assert beside in answer.text and 'id="open_account-email-wrong"' in answer.text
    assert 'value="Carla"' in answer.text and 'value="no address"' in answer.text
    none = sent(nora, "/settings/people/", "open_account", name="", email="c@y.example")
    assert 'id="open_account-name-wrong"' in none.text and 'value="c@y.example"' in none.text


def test_a_form_without_its_version_is_refused(nora: Client) -> None:
    role = a_role()
    answer = sent(nora, "/settings/roles/", f"rename-{role.pk}", name="Other")
    assert "which version" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_administrator_lets_bruno_in_and_gives_him_a_role(
    opened: Callable[..., Tab], size: str
) -> None:
    account = an_account("Nora", everything(Group.MANAGER), everything(Group.ADMINISTRATOR))
    bruno = a_person("Bruno Keller")
    role = a_role()
    hours = working_time.Calendar.parse("Mon-Fri 8-18")
    add_calendar(name="Cover", hours=hours, at=MONDAY, by=None)
    add_team(name="Field", region=add_region(name="South", at=MONDAY, by=None), at=MONDAY, by=None)
    Absence.objects.create(person=bruno, from_at=MONDAY, until_at=MONDAY + timedelta(days=9_000))
    for path in (*PAGES, f"/settings/people/{bruno.pk}/"):
        tab = opened(account, path, size=size)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert barriers(tab) == [], path
    tab = opened(account, "/settings/", size=size)
    arrive(tab.get_by_role("link", name="People and accounts"))
    tab.get_by_text("Add somebody who signs in", exact=True).click()
    form = tab.locator("#open_account")
    form.get_by_label("Name").fill("Carla Venturi")
    form.get_by_label("Address to sign in with").fill("carla@wellkept.example")
    form.get_by_label("engineer").check()
    arrive(form.get_by_role("button"))
    assert "Carla Venturi can sign in" in tab.get_by_role("status").inner_text()
    tab.goto("/settings/roles/")
    tab.get_by_text("Give a role", exact=True).click()
    give = tab.locator("#give")
    give.get_by_label("Who holds it").select_option(label="Carla Venturi")
    give.get_by_label("Who stands in").select_option(label="Bruno Keller")
    arrive(give.get_by_role("button"))
    assert RoleHolding.objects.get().role == role
