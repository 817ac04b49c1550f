"""A form that is refused: each mistake stands at its field, one goes on there, nothing is lost."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils.html import escape

from builders import HOUR, a_customer, a_site, an_account, an_asset
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from desk.web.company import Company, a_case, a_company, promised
from wellkept.desk import clock
from wellkept.desk.digest.choosing import set_wish
from wellkept.record.access.rules import Group
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.actions import transfer_assets
from wellkept.record.installed_base.models import Ownership
from wellkept.record.journal.models import Entry
from wellkept.record.mirror.actions import open_round
from wellkept.record.organisation.actions import report_absences
from wellkept.record.organisation.models import Absence
from wellkept.record.promises.models import Promise

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]
LONG = "ü" * 301
LATE = {"new_due": "2031-03-03T10:00", "asked_by": "us", "reason": "The part is late"}
PROMISE: list[tuple[str, dict[str, str], str]] = [
    ("move", LATE | {"reason": ""}, "reason"),
    ("move", LATE | {"new_due": "soon"}, "new_due"),
    ("move", LATE | {"new_due": "1999-01-01T10:00"}, "new_due"),
    ("move", LATE | {"asked_by": "the moon"}, "asked_by"),
    ("move", LATE | {"asked_by": "customer"}, "evidence"),
    ("move", LATE | {"reason": LONG}, "reason"),
    ("keep", {"fulfilled_at": "2099-01-01T10:00"}, "fulfilled_at"),
    ("keep", {"fulfilled_at": "1999-01-01T10:00"}, "fulfilled_at"),
    ("end", {"reason": "  "}, "reason"),
    ("tell", {"channel": "phone", "about": LONG}, "about"),
    ("tell", {"channel": "smoke", "about": "It comes on Friday"}, "channel"),
    ("offer", {"to": "Nobody Known"}, "to"),
    ("correct", {"first_due": "", "reason": "A typing error"}, "first_due"),
]
CASE: list[tuple[str, dict[str, str], str]] = [
    ("wait", {"whom": "godot", "evidence": "A mail of Monday"}, "whom"),
    ("restore", {"happened_at": "2099-01-01T10:00"}, "happened_at"),
    ("restore", {"happened_at": "1999-01-01T10:00"}, "happened_at"),
    ("contact", {"channel": "phone", "about": "", "from_customer": "1"}, "about"),
    ("offer", {"to": "Nobody Known", "words": "The key is at the gate"}, "to"),
    ("cancel", {"reason": ""}, "reason"),
]


def see(answer: Any, typed: dict[str, Any], field: str, *, before: str = "") -> None:
    """See that one field is marked, that one begins there, and that all that was typed stays."""
    text = answer.content.decode()
    name = f"{before}{field}"
    (tag,) = re.findall(rf'<(?:input|select|textarea)[^>]*\bid="{name}"[^>]*>', text)
    assert answer.status_code == 422
    assert f'aria-invalid="true" aria-describedby="{name}-wrong"' in tag and "autofocus" in tag
    assert text.count("autofocus") == 1 and text.count('aria-invalid="true"') == 1
    assert f'id="{name}-wrong"' in text and f'href="#{name}"' in text, "the summary leads there"
    choices = {"asked_by", "channel", "whom", "confirmed"}
    for one, value in typed.items():
        if isinstance(value, str) and value.strip() and not (one == field and one in choices):
            assert f'value="{escape(value)}"' in text or f">{escape(value)}<" in text, one


@pytest.fixture
def company() -> Company:
    return a_company(clock.now(settings.HOME))


def test_a_form_of_a_promise_keeps_what_was_typed_and_says_what_is_wrong(company: Company) -> None:
    one = promised(company, "Ring back", due_in=HOUR, owner=company.alma_person)
    desk, begun = signed_in(company.alma), Entry.objects.count()
    for deed, typed, field in PROMISE:
        sent = {"back": "/?whose=all", **typed}
        answer = desk.post(f"/promises/P-{one.pk}/{deed}/", sent)
        see(answer, sent, field, before=f"again-{deed}-")
    assert Entry.objects.count() == begun
    done = desk.post(f"/promises/P-{one.pk}/move/", {"back": "/?whose=all", **LATE})
    assert done.headers["Location"] == "/?whose=all", "then one is where one began"


def test_a_form_of_a_case_keeps_what_was_typed_and_says_what_is_wrong(company: Company) -> None:
    one = a_case(company)
    desk, begun = signed_in(company.alma), Entry.objects.count()
    for deed, typed, field in CASE:
        answer = desk.post(f"/cases/C-{one.pk}/{deed}/", typed)
        see(answer, typed, field, before=f"again-{deed}-")
        assert f'name="back" value="/cases/C-{one.pk}/"' in answer.text, "rows lead back to it"
    assert Entry.objects.count() == begun
    owed = desk.post(f"/cases/C-{one.pk}/close/", {})
    assert owed.headers["Location"] == f"/cases/C-{one.pk}/", "of a bare button nothing is lost"


def test_a_new_promise_and_a_new_case_say_what_is_wrong_at_its_field(company: Company) -> None:
    desk = signed_in(company.alma)
    whole = {"about": "Ring back", "due_on": "2031-03-03", "due_time": "10:00"}
    whole |= {"customer": "Clinic Nord", "accountable": str(company.role.pk)}
    for field, wrong in (("due_time", "teatime"), ("due_on", "1999-01-01"), ("about", LONG),
                         ("consequence", "dire"), ("customer", "Nobody Known")):  # fmt: skip
        typed = whole | {field: wrong}
        shown = {n: v for n, v in typed.items() if n != "consequence"}
        see(desk.post("/promises/new/", typed), shown, field)
    fresh = {"about": "No picture", "detail": "Since Monday", "asset": "A-1040", "customer": ""}
    for field, wrong in (("asset", "A-0"), ("about", LONG), ("customer", "Nobody Known")):
        see(desk.post("/cases/new/", fresh | {field: wrong}), fresh | {field: wrong}, field)


def test_a_day_or_an_hour_that_is_over_is_said_in_a_sentence_at_its_field(company: Company) -> None:
    desk, yesterday = signed_in(company.alma), company.now - 24 * HOUR
    whole = {"about": "Ring back", "accountable": str(company.role.pk)}
    for typed, field, says in (
        ({"due_on": f"{yesterday:%Y-%m-%d}"}, "due_on", "This day is over"),
        ({"due_on": f"{company.now:%Y-%m-%d}", "due_time": "00:00"}, "due_time", "This hour is"),
    ):
        answer = desk.post("/promises/new/", whole | typed | {"asset": "A-1040"})
        assert answer.status_code == 422
        wrong = answer.text.partition(f'id="{field}-wrong"')[2].partition("</span>")[0]
        assert says in wrong and "contradicts" not in answer.text


def test_of_a_whole_day_the_form_to_move_it_begins_with_that_day(company: Company) -> None:
    desk = signed_in(company.alma)
    typed = {"about": "Ring back", "due_on": "2031-03-03", "asset": "A-1040"}
    shown = desk.post("/promises/new/", typed, follow=True).text
    assert 'name="new_due" value="2031-03-03T23:59"' in shown, "not the midnight of the next one"


def test_who_answers_to_the_same_words_is_told_apart(company: Company) -> None:
    desk, east, west = signed_in(company.alma), a_customer("Mill East"), a_customer("Mill West")
    for customer in (east, west):
        asset = an_asset("T-1")
        owned = [Ownership(asset=asset, customer=customer, from_at=company.now - HOUR)]
        transfer_assets(ownerships=owned, at=company.now, by=None)
    said = desk.post("/cases/new/", {"about": "It hums", "asset": "t-1"}).text
    assert "(Mill East)" in said and "(Mill West)" in said, "one serial, two machines"
    said = desk.post("/cases/new/", {"about": "It hums", "customer": "mill"}).text
    assert "Mill East, Mill West. Write the whole" in said or "Mill West, Mill East." in said


def test_an_hour_is_meant_by_the_clock_of_the_customer_or_else_by_ours(company: Company) -> None:
    desk = signed_in(company.alma)
    far, two = a_customer("Mill Tokyo"), a_customer("Mill of two zones")
    a_site(far, zone="Asia/Tokyo")
    for zone in ("Asia/Tokyo", "America/Lima"):
        a_site(two, zone=zone)
    whole = {"about": "Ring back", "due_on": "2031-03-03", "due_time": "10:00", "asset": ""}
    whole |= {"accountable": str(company.role.pk)}
    set_wish(company.alma, on=True, at="07:00", zone="Europe/Rome", now=company.now, by=None)
    assert "else of Rome." in desk.get("/promises/new/").text
    for customer, hour in (("Mill Tokyo", 1), ("Mill of two zones", 9), ("", 9)):
        desk.post(
            "/promises/new/", whole | {"customer": customer, "about": f"To {customer or 'us'}"}
        )
        made = Promise.objects.latest("pk")
        assert made.first_due is not None and made.first_due.hour == hour, customer


def test_all_that_is_wrong_is_said_at_once_and_one_begins_at_the_first(company: Company) -> None:
    desk, many = signed_in(company.alma), "x" * 200
    promise = {"about": "", "due_on": "", "customer": "Nobody Known", "asset": many}
    for where, typed, wrong in (
        ("/promises/new/", promise, ["about", "due_on", "customer", "asset"]),
        ("/cases/new/", {"about": " ", "asset": many}, ["asset", "about"]),
    ):
        answer = desk.post(where, typed)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert re.findall(r'id="(\w+)" aria-invalid="true"', text) == wrong
        (begun,) = re.findall(r"<[^>]*autofocus[^>]*>", text)
        assert f'id="{wrong[0]}"' in begun
        assert f"{many[:59]}…”" in text and text.count(many) == 1, "the field alone holds it whole"


def test_files_and_a_round_say_what_is_wrong_at_its_field(company: Company, tmp_path: Path) -> None:
    nora = an_account("Nora", everything(Group.MANAGER))
    desk: Client = signed_in(nora)
    told = {"zone": "Mars/Base", "system": "help desk"}
    with override_settings(HOME=tmp_path):
        see(desk.post("/exchange/", told), told, "zone")
        fine = {"zone": "Europe/Rome", "system": "help desk"}
        see(desk.post("/exchange/", fine), fine, "files")
        bad = SimpleUploadedFile("photo.csv.exe", b"\x7fELF\x00")
        see(desk.post("/exchange/", fine | {"files": bad}), fine, "files")
    alma, bruno = (f"group-{key}" for key in (company.alma.pk, company.bruno.account_id))
    see(desk.post("/mirror/new/", {"form": "huge", alma: "finance"}), {alma: "finance"}, "form")
    typed = {"form": "full", bruno: "kings", alma: "finance"}
    answer = desk.post("/mirror/new/", typed)
    see(answer, {alma: "finance"}, bruno)
    assert (
        'value="finance" selected' in answer.text and 'value="full" required checked' in answer.text
    )
    round = open_round(form="short", claims_version="1", people={}, at=company.now, by=None)
    see(desk.post(f"/mirror/{round.pk}/link/", {"group": "customer", "most": "0"}), {"most": "0"},
        "most")  # fmt: skip


def test_a_form_that_is_sent_twice_makes_one_row(company: Company) -> None:
    desk, promises, cases = signed_in(company.alma), Promise.objects.count(), Case.objects.count()
    fresh = {"about": "Ring back 🦊", "due_on": "2031-03-03", "customer": "Clinic Nord"}
    first, second = (desk.post("/promises/new/", fresh) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    other = desk.post("/promises/new/", fresh | {"due_on": "2031-03-04"})
    assert other.headers["Location"] != first.headers["Location"]
    taken = {"about": "No picture", "asset": "A-1040"}
    first, second = (desk.post("/cases/new/", taken) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert (Promise.objects.filter(kind="said").count(), Case.objects.count()) == (
        promises + 2, cases + 1,
    )  # fmt: skip
    case = Case.objects.latest("pk")
    for deed in ("acknowledge", "start", "restore"):
        counts = []
        for _ in range(2):
            desk.post(f"/cases/C-{case.pk}/{deed}/")
            counts.append(case.events.count())
        assert counts[0] == counts[1], f"{deed} twice is written down once"
    desk.post(f"/cases/C-{case.pk}/resume/")
    assert not case.events.filter(word="resumed").exists(), "it waited for nobody"


def test_slips_of_the_keys_are_said_and_not_kept(company: Company) -> None:
    desk = signed_in(company.alma)
    fresh = {"about": "Ring back", "due_on": "9999-12-31"}
    see(desk.post("/promises/new/", fresh), fresh, "due_on")
    gone = fresh | {"due_on": "2031-03-03", "accountable": "9" * 30}
    see(desk.post("/promises/new/", gone), fresh | {"due_on": "2031-03-03"}, "accountable")
    one = promised(company, "Ring back", due_in=HOUR, owner=company.alma_person)
    at = f"/promises/P-{one.pk}/"
    for far in ("9999-12-31T23:59", "0001-01-01T00:00"):
        typed = LATE | {"new_due": far}
        see(desk.post(f"{at}move/", typed), typed, "new_due", before="again-move-")
    see(desk.post(f"{at}offer/", {"to": "Alma Rossi"}), {}, "to", before="again-offer-")
    away = Absence(person=company.bruno, from_at=company.now - HOUR)
    report_absences(absences=[away], at=company.now, by=None)
    told = desk.post(f"{at}offer/", {"to": "Bruno Keller"}, follow=True)
    assert "was offered" in told.text and "Bruno Keller is away now" in told.text
    opened = desk.get(f"{at}move/")
    assert opened.status_code == 405 and opened.headers["Allow"] == "POST"
    assert f'href="{at}"' in opened.text, "loaded again by hand, it leads back"
    desk.post(f"{at}keep/")
    ledger = desk.get("/promises/?standing=kept").text
    assert "due in" not in ledger and ">kept<" in ledger, "what is kept falls due no more"
