"""The mail of the day: what belongs to Bruno, at his hour, once, and only if there is something."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django_tasks_db.models import DBTaskResult

from builders import DAY, HOUR, MONDAY, a_person, a_promise, a_site, an_account
from databases import on_sqlite
from desk.background.working import do_jobs
from desk.web.clients import a_client, everything, signed_in
from wellkept.desk import clock
from wellkept.desk.background import queue, runner
from wellkept.desk.digest.choosing import last_sent, set_wish
from wellkept.desk.digest.sending import due_now, send
from wellkept.record.access.choosing import choose
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotAllowed
from wellkept.record.organisation.models import Person
from wellkept.record.promises.actions import assign_promises, keep_promises, offer_promises
from wellkept.record.promises.models import Promise

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]
TODAY = "2026-03-02"


@pytest.fixture
def bruno(record: Any, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Have Bruno, who drives, on a Monday at nine in a company whose sites are in Rome."""
    monkeypatch.setattr(clock, "now", lambda _home: MONDAY)
    a_site()
    return a_person("Bruno", account=an_account("Bruno", (Group.ENGINEER, Scope.OWN)))


def sent_to(person: Person, now: datetime = MONDAY, day: str = TODAY) -> str:
    account = person.account
    assert account is not None
    return send(account, day, now)


def heads(text: str) -> list[str]:
    return re.findall(r"^(Broken|Offered|Due|New)", text, re.M)


def test_it_says_each_promise_once_by_what_is_most_urgent(bruno: Person, mails: Any) -> None:
    alma = a_person("Alma Rossi")

    def long_ago(about: str, due_in: timedelta, owner: Person) -> Promise:
        old = MONDAY - 9 * DAY
        return a_promise(about=about, first_due=MONDAY + due_in, owner=owner, made_at=old, at=old)

    long_ago("On site by midnight", -9 * HOUR, bruno)
    long_ago("Call back about the noise", 3 * HOUR, bruno)
    a_promise(90 * HOUR, owner=bruno, about="Report on the pump")
    handed = long_ago("Order the seal", 95 * HOUR, alma)
    assign_promises(promises=[handed], person=bruno, at=MONDAY, by=None)
    offered = long_ago("Train the night shift", 80 * HOUR, alma)
    offer_promises(promises=[offered], to=bruno, at=MONDAY, by=None)
    long_ago("Old and not urgent", 95 * HOUR, bruno)
    assert sent_to(bruno) == "sent"
    (mail,) = mails
    assert mail.subject == f"Wellkept, {TODAY}: 5 promises"
    assert heads(mail.body) == ["Broken", "Offered", "Due", "New"]
    order = [mail.body.index(about) for about in (
        "On site by midnight", "Train the night shift", "Call back about the noise",
        "Report on the pump", "Order the seal")]  # fmt: skip
    assert order[:3] == sorted(order[:3]) and max(order[:3]) < min(order[3:])
    assert "Old and not urgent" not in mail.body
    assert f"{settings.ADDRESS}/promises/P-{handed.pk}/" in mail.body


def test_nothing_is_sent_when_nothing_is_to_be_said(bruno: Person, mails: Any) -> None:
    kept = a_promise(3 * HOUR, owner=bruno)
    keep_promises(promises=[kept], fulfilled_at=MONDAY, at=MONDAY, by=None)
    assert sent_to(bruno) == "nothing" and not mails


def test_it_comes_at_the_persons_own_hour_once_a_day(bruno: Person, mails: Any) -> None:
    account = bruno.account
    assert account is not None
    given: dict[str, Any] = {"on": True, "now": MONDAY, "by": account}
    set_wish(account, at="06:30", zone="America/New_York", **given)
    half_past_six = MONDAY.replace(hour=11, minute=30)
    assert due_now(half_past_six - timedelta(minutes=1)) == {}
    assert due_now(half_past_six) == {account.pk: TODAY}
    a_promise(-HOUR, owner=bruno)
    assert [sent_to(bruno), sent_to(bruno)] == ["sent", "again"]
    assert due_now(half_past_six + 10 * HOUR) == {}
    late_evening_in_new_york = MONDAY + 19 * HOUR
    assert due_now(late_evening_in_new_york) == {}, "it is Tuesday in Rome, and Monday there"
    assert due_now(half_past_six + DAY) == {account.pk: "2026-03-03"}
    assert last_sent(account) == MONDAY
    set_wish(account, at="06:30", zone="America/New_York", **(given | {"on": False}))
    assert due_now(half_past_six + DAY) == {}
    assert sent_to(bruno, day="2026-03-03") == "not wanted"


def test_the_runner_sends_it_and_asks_once_a_day(
    bruno: Person, mails: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(runner, "is_behind", lambda now: False)
    a_promise(-HOUR, owner=bruno)
    for _ in range(3):
        runner.plan(MONDAY)
        do_jobs()
    assert len(mails) == 1 and DBTaskResult.objects.count() == 1


def test_a_server_that_is_away_is_tried_again_and_the_mail_comes_once(
    bruno: Person, mails: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "is_behind", lambda now: False)
    a_promise(-HOUR, owner=bruno)

    def away(mail: Any) -> int:
        raise ConnectionRefusedError("the mail server does not answer")

    with monkeypatch.context() as without:
        without.setattr(EmailMultiAlternatives, "send", away)
        runner.plan(MONDAY)
        do_jobs()
    (job,) = queue.newest(5)
    assert job.state == "again" and "does not answer" in job.reason
    DBTaskResult.objects.update(run_after=job.since)
    runner.plan(MONDAY)
    do_jobs()
    assert len(mails) == 1 and queue.newest(5)[0].state == "done"


def test_a_link_ends_it_without_signing_in_and_only_when_confirmed(
    bruno: Person, mails: Any
) -> None:
    a_promise(-HOUR, owner=bruno)
    sent_to(bruno)
    (mail,) = mails
    link = mail.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.ADDRESS)
    assert link in mail.body
    stranger = a_client(enforce_csrf_checks=True)
    assert "End the mails of the day to" in stranger.get(link).text
    assert due_now(MONDAY + DAY)
    assert "gets no more mails" in stranger.post(link, {"List-Unsubscribe": "One-Click"}).text
    assert due_now(MONDAY + DAY) == {}
    assert stranger.get("/mail/stop/forged/").status_code == 404


def test_everybody_sees_and_switches_their_own_and_a_leader_sees_whose_are_on(
    bruno: Person,
) -> None:
    a_promise(-HOUR, owner=bruno, about="On site by midnight")
    assert bruno.account is not None
    desk = signed_in(bruno.account)
    page = desk.get("/mail/").text
    assert "On site by midnight" in page and "Europe/Rome" in page and "Everybody" not in page
    wrong = desk.post("/mail/", {"form": "wish", "on": "yes", "at": "7 o'clock", "zone": "UTC"})
    assert wrong.status_code == 422 and "is no time of day" in wrong.text
    wrong = desk.post("/mail/", {"form": "wish", "on": "yes", "at": "07:00", "zone": "Rome"})
    assert wrong.status_code == 422 and "is not a time zone" in wrong.text
    desk.post("/mail/", {"form": "wish", "at": "07:00", "zone": "UTC"})
    assert due_now(MONDAY) == {}
    leader = signed_in(an_account("Nora", everything(Group.MANAGER))).get("/mail/").text
    assert "<td>off" in leader


def test_nobody_chooses_for_others_but_who_leads(bruno: Person) -> None:
    assert bruno.account is not None
    other = an_account("Carla", (Group.ENGINEER, Scope.OWN))
    for account in (bruno.account, None):
        with pytest.raises(NotAllowed, match="chooses for others"):
            choose(name="digest", account=account, value={}, at=MONDAY, by=other)
