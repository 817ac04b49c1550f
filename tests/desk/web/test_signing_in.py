"""Signing in slowly where it fails often; the first account of an empty company."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings

from builders import MONDAY
from desk.web.clients import a_client, everything, signed_in
from wellkept.desk import clock
from wellkept.record.access.actions import NotFirst, WeakPassword, open_account, open_first_account
from wellkept.record.access.attempts import FAILURES, WITHIN, TooManyAttempts, attempt_sign_in
from wellkept.record.access.models import Account, SignInAttempt
from wellkept.record.access.rules import Group
from wellkept.record.organisation.models import Person

PHRASE = " ".join(("a", "long", "sentence", "that", "nobody", "guesses"))
EMAIL = "alma@wellkept.example"
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Hold the clock of the desk."""
    held = [MONDAY]
    monkeypatch.setattr(clock, "now", lambda home: held[0])
    return held


@pytest.fixture
def alma_signs(record: Any) -> Any:
    """Have Alma, with a password."""
    with override_settings(PHRASE_HASHERS=FAST):
        open_account(
            email=EMAIL, name="Alma", password=PHRASE, grants=[everything(Group.COORDINATOR)],
            at=MONDAY, by=None,
        )  # fmt: skip
        yield


def tried(password: str, email: str = EMAIL, place: str = "192.0.2.1") -> Any:
    return a_client().post(
        "/sign-in/", {"username": email, "password": password}, REMOTE_ADDR=place
    )


@pytest.mark.usefixtures("alma_signs")
def test_after_ten_failures_even_the_right_password_waits(moment: list[datetime]) -> None:
    for _ in range(FAILURES):
        assert "Too" not in tried("wrong").content.decode()
    refused = tried(PHRASE)
    assert refused.status_code == 200
    text = refused.content.decode()
    assert "Signing in failed 10 times within 15 minutes" in text
    assert "Wait 15 min" in text
    moment[0] += WITHIN
    assert tried(PHRASE).status_code == 302


@pytest.mark.usefixtures("alma_signs")
def test_waiting_is_enough_however_often_one_asks_meanwhile(moment: list[datetime]) -> None:
    for _ in range(FAILURES):
        tried("wrong")
    for _ in range(5):
        moment[0] += timedelta(minutes=1)
        tried("wrong")
    moment[0] = MONDAY + WITHIN
    assert tried(PHRASE).status_code == 302


@pytest.mark.usefixtures("alma_signs", "moment")
def test_failures_on_an_account_count_wherever_they_come_from() -> None:
    for place in range(FAILURES):
        tried("wrong", place=f"192.0.2.{place}")
    assert "Wait" in tried(PHRASE, place="198.51.100.9").content.decode()


@pytest.mark.usefixtures("alma_signs", "moment")
def test_failures_from_a_place_count_whatever_account_is_tried() -> None:
    for name in range(FAILURES):
        tried("wrong", email=f"guess{name}@wellkept.example")
    assert "Wait" in tried(PHRASE).content.decode()
    assert tried(PHRASE, place="198.51.100.9").status_code == 302


@pytest.mark.usefixtures("alma_signs", "moment")
def test_who_has_an_account_does_not_guess_at_others_without_end() -> None:
    for name in range(FAILURES - 1):
        tried("wrong", email=f"guess{name}@wellkept.example")
    assert tried(PHRASE).status_code == 302
    tried("wrong", email="guess@wellkept.example")
    assert "Wait" in tried(PHRASE).content.decode()


@pytest.mark.usefixtures("alma_signs", "moment")
def test_signing_in_strikes_the_failures_out() -> None:
    for _ in range(FAILURES - 1):
        tried("wrong", place="198.51.100.9")
    assert tried(PHRASE).status_code == 302
    for _ in range(FAILURES - 1):
        tried("wrong", place="198.51.100.10")
    assert tried(PHRASE).status_code == 302


@pytest.mark.usefixtures("alma_signs", "moment")
def test_the_table_names_nobody() -> None:
    tried("wrong")
    kept = SignInAttempt.objects.values_list("key", flat=True)
    assert kept and not any(EMAIL in key or "alma" in key for key in kept)


@pytest.mark.usefixtures("alma_signs", "moment")
def test_behind_a_server_with_https_the_place_is_what_that_server_says() -> None:
    with override_settings(SESSION_COOKIE_SECURE=True):
        for _ in range(FAILURES):
            a_client().post(
                "/sign-in/", {"username": "x@wellkept.example", "password": "wrong"},
                REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="spoofed, 192.0.2.66",
            )  # fmt: skip
    assert SignInAttempt.objects.filter(key="from 192.0.2.66").count() == FAILURES


def test_old_failures_are_forgotten(record: Any) -> None:
    for minutes in range(FAILURES):
        attempt_sign_in(
            email=EMAIL, address="192.0.2.1", at=MONDAY + timedelta(minutes=minutes), by=None
        )
    with pytest.raises(TooManyAttempts, match="Wait 5 min"):
        later = MONDAY + timedelta(minutes=10)
        attempt_sign_in(email=EMAIL, address="192.0.2.1", at=later, by=None)
    attempt_sign_in(email=EMAIL, address="192.0.2.1", at=MONDAY + WITHIN, by=None)
    assert not SignInAttempt.objects.filter(at__lte=MONDAY).exists()


FIRST = {"name": "Nora Holm", "email": "Nora@wellkept.example", "password": PHRASE,
         "again": PHRASE}  # fmt: skip


@pytest.mark.usefixtures("record")
def test_an_empty_company_leads_to_the_first_account() -> None:
    client = a_client()
    where = client.get("/", follow=True)
    assert where.redirect_chain[-1][0] == "/first/"
    assert "let" in where.content.decode()
    client.post("/first/", FIRST)
    signed = client.post("/sign-in/", {"username": "nora@wellkept.example", "password": PHRASE})
    assert signed.status_code == 302
    assert client.get("/settings/").status_code == 200
    assert Person.objects.get().account == Account.objects.get()


def test_the_first_account_is_opened_once(desk: Client) -> None:
    assert desk.get("/first/").status_code == 404
    assert desk.post("/first/", FIRST).status_code == 404
    with pytest.raises(NotFirst):
        open_first_account(email="x@wellkept.example", name="X", password=PHRASE, at=MONDAY,
                           by=None)  # fmt: skip


@pytest.mark.usefixtures("record")
def test_the_first_account_is_opened_on_the_machine_itself() -> None:
    answer = a_client().get("/first/", REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 403
    assert "no stranger is faster" in answer.content.decode()
    a_client().post("/first/", FIRST, REMOTE_ADDR="192.0.2.7")
    assert not Account.objects.exists()


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"again": "another"}, "passwords differ"),
        ({"password": "short", "again": "short"}, "short"),
    ],
)
def test_a_mistake_in_the_first_account_is_said_and_nothing_opened(
    changed: dict[str, str], says: str
) -> None:
    answer = a_client().post("/first/", FIRST | changed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert says in text and "Nora Holm" in text
    assert not Account.objects.exists()


def test_a_weak_first_password_is_refused_by_the_verb_too(record: Any) -> None:
    with pytest.raises(WeakPassword):
        open_first_account(email="x@wellkept.example", name="X", password="12345", at=MONDAY,
                           by=None)  # fmt: skip


def test_whoever_is_signed_in_is_not_asked_again(alma: Account) -> None:
    assert signed_in(alma).get("/sign-in/").status_code == 302
