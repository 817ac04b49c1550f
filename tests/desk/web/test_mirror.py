"""The mirror at the desk: asked, answered, locked, revealed, promised; nobody's answer shown."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from builders import a_person, a_role, an_account
from databases import on_sqlite
from desk.web.clients import a_client, everything, signed_in
from desk.web.mirror_rounds import (
    SECRET,
    a_ledger,
    a_manager,
    a_round,
    an_answered_round,
    somebody_answers,
)
from wellkept.desk import clock
from wellkept.desk.findings import facts_home
from wellkept.desk.web.addresses import PAGES
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.mirror import queries
from wellkept.record.mirror.models import Answer, AnswerLink, Respondent, Round
from wellkept.record.mirror.rules import Stage
from wellkept.record.promises.models import Promise
from wellkept.study.diagnostic.claims.catalogue import SHORT

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep snapshots in a folder of the test's own, on a day in November."""
    monkeypatch.setattr(clock, "now", lambda _: NOW)
    with override_settings(HOME=tmp_path):
        yield tmp_path


@pytest.fixture
def nora(committed: Any, home: Path) -> Account:
    """Have Nora, who manages, in a company with promises kept and broken."""
    a_ledger(NOW)
    return a_manager()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return str(answer.content.decode())


def revealed(nora: Account, author: Account | None = None) -> Round:
    round = an_answered_round(NOW, author)
    client = signed_in(nora)
    client.post(f"/mirror/{round.pk}/lock/", {"sure": "1"})
    client.post(f"/mirror/{round.pk}/reveal/")
    round.refresh_from_db()
    assert round.stage is Stage.REVEALED
    return round


# Opening and answering


@pytest.mark.usefixtures("record", "home")
def test_a_manager_opens_a_round_and_whoever_is_asked_finds_it() -> None:
    bruno = an_account("Bruno", (Group.ENGINEER, Scope.OWN))
    a_person("Bruno Keller", account=bruno)
    nora = signed_in(a_manager())
    assert "Bruno Keller" in page(nora, "/mirror/new/")
    sent = nora.post("/mirror/new/", {"form": "short", f"group-{bruno.pk}": "front_line"})
    round = Round.objects.get()
    assert sent.headers["Location"] == f"/mirror/{round.pk}/"
    first = page(signed_in(bruno), "/mirror/")
    assert f'href="/mirror/{round.pk}/answer/"' in first and "front line" in first
    assert "You are asked" not in page(signed_in(an_account("Olga")), "/mirror/")


@pytest.mark.usefixtures("record", "home")
def test_answers_are_kept_as_one_goes_and_lead_to_the_next_open_claim() -> None:
    alma = an_account("Alma")
    round = a_round(NOW, front_line=alma)
    desk, base = signed_in(alma), f"/mirror/{round.pk}/answer/"
    first, second = SHORT[0].id, SHORT[1].id
    assert f'href="{base}{first}/"' in page(desk, base)
    shown = str(int(NOW.timestamp()) - 30)
    sent = desk.post(f"{base}{first}/", {"level": "3", "confidence": "75", "low": "10",
                     "number": "12,5", "high": "20", "recall": "Kuura", "shown": shown,
                     "do": "keep"})  # fmt: skip
    assert sent.headers["Location"] == f"{base}{second}/"
    kept = Answer.objects.get()
    assert (kept.level, kept.confidence, kept.number, kept.seconds) == (3, 75, 12.5, 30)
    again = page(desk, f"{base}{first}/")
    assert 'value="3" checked' in again and "Kuura" in again and 'value="75" selected' in again
    desk.post(f"{base}{second}/", {"do": "cannot"})
    for claim in SHORT[2:]:
        sent = desk.post(f"{base}{claim.id}/", {"do": "skip"})
    assert sent.headers["Location"] == f"{base}stories/"
    sent = desk.post(f"{base}stories/", {"A": "1", "B": "2", "C": "3"})
    assert sent.headers["Location"] == f"{base}end/"
    desk.post(f"{base}end/")
    who = Respondent.objects.get()
    assert who.finished and who.vignettes == {"A": 1, "B": 2, "C": 3}
    said = queries.own_answers(who)
    assert said[second].cannot_say and all(said[claim.id].skipped for claim in SHORT[2:])


@pytest.mark.usefixtures("record", "home")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"do": "keep"}, "Choose one of the five levels"),
        ({"do": "keep", "level": "9"}, "Choose one of the five levels"),
        ({"do": "keep", "level": "2", "confidence": "77"}, "from the list"),
        ({"do": "keep", "level": "2", "low": "9", "high": "3"}, "exchange them"),
        ({"do": "keep", "level": "2", "low": "9"}, "give both, or neither"),
        ({"do": "keep", "level": "2", "number": "often"}, "“often” is not a number"),
        ({"do": "keep", "level": "2", "low": "1", "number": "9", "high": "3"}, "widen the range"),
    ],
)
def test_a_wrong_answer_says_what_to_do_and_keeps_what_was_typed(
    typed: dict[str, str], says: str
) -> None:
    alma = an_account("Alma")
    round = a_round(NOW, front_line=alma)
    answer = signed_in(alma).post(f"/mirror/{round.pk}/answer/P1/", {"recall": "Kuura", **typed})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert says in text and "Kuura" in text
    assert not Answer.objects.exists()


@pytest.mark.usefixtures("record", "home")
def test_whoever_is_not_asked_has_no_page_to_answer_on() -> None:
    round = a_round(NOW, front_line=an_account("Alma"))
    for path in ("", "P1/", "stories/", "end/"):
        page(signed_in(a_manager()), f"/mirror/{round.pk}/answer/{path}", 404)
    page(signed_in(an_account("Bo")), f"/mirror/{round.pk}/", 403)


def link_for(nora: Client, round: Round, group: str, most: int = 5) -> str:
    answer = nora.post(f"/mirror/{round.pk}/link/", {"group": group, "most": str(most)})
    (address,) = re.findall(r"http://localhost(/answer/[^\"]+)\"", answer.content.decode())
    return str(address)


@pytest.mark.usefixtures("record", "home")
def test_a_link_asks_without_an_account_and_is_shown_once() -> None:
    round, nora = a_round(NOW), signed_in(a_manager())
    address = link_for(nora, round, "commercial")
    assert address not in page(nora, f"/mirror/{round.pk}/")
    assert address.split("/")[2] not in AnswerLink.objects.get().token_hash
    one, other = a_client(), a_client()
    one.post(f"{address}P1/", {"level": "4", "confidence": "95", "do": "keep", "recall": SECRET})
    assert SECRET in page(one, f"{address}P1/")
    assert SECRET not in page(other, f"{address}P1/")
    other.post(f"{address}P1/", {"level": "0", "confidence": "5", "do": "keep"})
    assert {r.group for r in Respondent.objects.all()} == {"commercial"}
    assert Respondent.objects.count() == 2
    one.post(f"{address}end/")
    assert SECRET not in page(one, f"{address}P1/"), "the next one at this machine begins anew"
    page(a_client(), "/answer/never-was/", 404)


@pytest.mark.usefixtures("record", "home")
def test_customers_answer_six_questions_on_one_page_without_a_name() -> None:
    round, nora = a_round(NOW), signed_in(a_manager())
    address = link_for(nora, round, "customer", 1)
    guest = a_client()
    assert page(guest, address).count("<fieldset") == 6
    answer = guest.post(address, {"q1": "2", "q2": "0", "last2": "the pump in May", "q6": "4"})
    assert "Thank you" in answer.content.decode()
    kept = {one.claim: one for one in Answer.objects.all()}
    assert kept["1"].level == 2 and kept["2"].recall and kept["3"].skipped
    refused = a_client().post(address, {"q1": "1"})
    assert refused.status_code == 422 and "as many as it is for" in refused.content.decode()


# Locking and revealing


@on_sqlite
def test_no_record_can_be_opened_while_answers_are_open(
    nora: Account, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    round, client = an_answered_round(NOW), signed_in(nora)
    opened: list[str] = []
    monkeypatch.setattr(
        "wellkept.desk.web.pages.mirror.leading.facts_now", lambda _: opened.append("facts")
    )
    client.post(f"/mirror/{round.pk}/reveal/")
    assert "lock the round first" in page(client, f"/mirror/{round.pk}/")
    round.refresh_from_db()
    assert opened == [] and round.stage is Stage.OPEN and not (home / "facts").exists()
    for part in ("gaps", "confidence", "views", "normalised", "keep", "brief.pdf"):
        page(client, f"/mirror/{round.pk}/{part}{'' if '.' in part else '/'}", 404)
    client.post(f"/mirror/{round.pk}/lock/")
    round.refresh_from_db()
    assert round.stage is Stage.OPEN, "locking wants its tick"


@on_sqlite
def test_answers_changed_behind_the_lock_are_noticed_and_nothing_is_revealed(
    nora: Account,
) -> None:
    round, client = an_answered_round(NOW), signed_in(nora)
    client.post(f"/mirror/{round.pk}/lock/", {"sure": "1"})
    Answer.objects.filter(claim="P1").update(level=0)
    client.post(f"/mirror/{round.pk}/reveal/")
    assert "not those that were locked" in page(client, f"/mirror/{round.pk}/")
    round.refresh_from_db()
    assert round.stage is Stage.LOCKED


@on_sqlite
def test_a_revealed_round_shows_gaps_cases_and_owners_and_every_figure_leads_on(
    nora: Account,
) -> None:
    round, client = revealed(nora), signed_in(nora)
    text = page(client, f"/mirror/{round.pk}/gaps/")
    first = re.findall(r'<article class="claim-row[^"]*" id="(\w+)"', text)[0]
    assert first == "P2", "most grave failures stand first"
    (worst, *_rest) = re.findall(r'<a href="(/promises/P-\d+/)">', text)
    assert "restore pump" in page(client, worst)
    assert "30 of 40 promises" in text and "Bruno Keller" not in text.split('id="then"')[0]
    assert "<svg" in text and "style=" not in text and "<script" not in text
    for part in ("confidence", "views", "normalised", "keep"):
        other = page(client, f"/mirror/{round.pk}/{part}/")
        assert "style=" not in other and "<script" not in other
        for href in set(re.findall(r'href="(/mirror/[^"]+#\w+)"', other)):
            assert f'id="{href.split("#")[1]}"' in text
    assert "radar" not in text.lower() and "score" not in text.lower()
    assert page(client, "/mirror/brief.css").startswith(".mirrored{")


@on_sqlite
def test_gaps_become_promises_with_an_owner_and_a_date_and_the_list_names_the_owner(
    nora: Account,
) -> None:
    bruno = a_person("Carla Venturi", account=an_account("Carla"))
    round, client = revealed(nora), signed_in(nora)
    day = (NOW + timedelta(days=60)).date().isoformat()
    typed = {"claim": "P2", "owner": str(bruno.pk), "due_on": day, "accountable": str(a_role().pk)}
    client.post(f"/mirror/{round.pk}/choose/", typed | {"owner": ""})
    client.post(f"/mirror/{round.pk}/choose/", typed | {"due_on": "2020-01-01"})
    client.post(f"/mirror/{round.pk}/choose/", typed | {"claim": "R9"})
    assert not Promise.objects.filter(made_to="ourselves").exists()
    client.post(f"/mirror/{round.pk}/choose/", typed | {"about": "A duty rota for stopped lines"})
    made = Promise.objects.get(made_to="ourselves")
    assert (made.owner, made.kind, made.about) == (
        bruno, "diagnostic", "A duty rota for stopped lines (P2)",
    )  # fmt: skip
    text = page(client, f"/mirror/{round.pk}/gaps/")
    row = text[text.index('id="P2"') : text.index("</article>", text.index('id="P2"'))]
    assert f"Carla Venturi until {day}" in row and made.number in text
    for claim in ("V4", "I1", "L1"):
        last = client.post(f"/mirror/{round.pk}/choose/", typed | {"claim": claim})
    assert Promise.objects.filter(made_to="ourselves").count() == 3
    assert last.status_code == 422 and "At most three gaps" in last.text


@on_sqlite
def test_the_next_round_shows_the_change_in_what_is_shown(
    nora: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    revealed(nora)
    later = NOW + timedelta(days=91)
    for one in Promise.objects.filter(fulfilled_at=None):
        Promise.objects.filter(pk=one.pk).update(fulfilled_at=one.first_due)
    monkeypatch.setattr(clock, "now", lambda _: later)
    shutil.rmtree(facts_home())  # no action told the journal: nothing else would see it
    second = revealed(nora)
    text = page(signed_in(nora), f"/mirror/{second.pk}/gaps/")
    assert re.search(r"shown \d last time, now \d", text)


# Nobody's answer is shown


def walked(client: Client, round: Round) -> Iterator[str]:
    """Open every page of the desk, of this round where one is named; measures read facts alone."""
    for one in PAGES:
        if "GET" not in one.methods or one.name.startswith("measure"):
            continue
        path = "/" + one.path
        path = re.sub(r"mirror/<int:pk>", f"mirror/{round.pk}", path)
        path = re.sub(r"<slug:step>", "P1", path)
        path = re.sub(r"<int:pk>", "1", path)
        yield client.get(path).content.decode("utf-8", "replace")
    for path in ("/search/?q=Kuura", "/promises/?format=csv", "/cases/?format=csv"):
        yield client.get(path).content.decode("utf-8", "replace")


@on_sqlite
def test_no_page_shows_what_somebody_named_or_said_not_even_to_an_administrator(
    nora: Account,
) -> None:
    author = an_account("Elio", everything(Group.READ_ONLY))
    round = revealed(nora, author)
    ada = an_account("Ada", *(everything(g) for g in (Group.ADMINISTRATOR, Group.MANAGER)))
    for text in walked(signed_in(ada), round):
        assert SECRET not in text
        assert "finance 0" not in text, "two of finance are too few to be shown"
    own = page(signed_in(author), f"/mirror/{round.pk}/answer/")
    assert SECRET in own, "its author sees it"
    assert SECRET not in str(round.shown) and "Bruno" not in str(round.shown)


@on_sqlite
def test_whoever_answers_alone_or_with_two_others_is_hidden_from_who_opened_the_round(
    nora: Account,
) -> None:
    round = a_round(NOW)
    somebody_answers(round, "executive", 4, "alone", NOW, SECRET)
    client = signed_in(nora)
    client.post(f"/mirror/{round.pk}/lock/", {"sure": "1"})
    client.post(f"/mirror/{round.pk}/reveal/")
    round.refresh_from_db()
    assert round.shown is not None
    for claim in round.shown["claims"]:
        said = claim["claimed"]
        assert said["hidden"] and said["level"] is None and said["confidence"] is None
        assert said["recalled"] is None and said["groups"] == [] and claim["gap"] is None
    assert round.shown["numbers"]["hits"] is None
    assert not any(row["stated"] for row in round.shown["numbers"]["rows"])
    assert round.shown["confidence"]["groups"] == round.shown["confidence"]["curve"] == []
    text = page(client, f"/mirror/{round.pk}/gaps/")
    assert "answers hidden" in text and "own answers" not in text
    assert "Two views need" in page(client, f"/mirror/{round.pk}/views/")


@on_sqlite
def test_the_brief_is_two_pages_and_nothing_is_shown_to_who_sees_only_part_of_the_records(
    nora: Account,
) -> None:
    round = revealed(nora)
    paper = signed_in(nora).get(f"/mirror/{round.pk}/brief.pdf")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-") and b"/Count 2" in paper.content
    paul = signed_in(an_account("Paul", (Group.PLANNER, Scope.REGION)))
    for part in ("gaps", "confidence", "views", "normalised", "keep"):
        assert "only who may see all" in page(paul, f"/mirror/{round.pk}/{part}/", 403)
    assert paul.get(f"/mirror/{round.pk}/brief.pdf").status_code == 403


def test_only_the_room_and_the_two_doors_to_it_name_answers(home: Path) -> None:
    from house import SOURCE, shown

    naming = re.compile(r"\b(Respondent|everything_told|own_answers)\b")
    allowed = ("record/mirror/", "study/diagnostic/", "desk/cli/", "desk/demo", "desk/brief/")
    doors = {"answers.py", "sitting.py", "answering.py"}
    found = [
        shown(path)
        for path in sorted(SOURCE.rglob("*.py"))
        if not any(part in path.as_posix() for part in allowed)
        and path.name not in doors
        and naming.search(path.read_text("utf-8"))
    ]
    assert found == []
