"""Words mean what service people mean by them, in six languages, and the unknown stays unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.record.sources.lexicon_states import STATE_WORDS
from wellkept.record.sources.lexicon_words import (
    BROKEN_WORDS,
    CONSEQUENCE_WORDS,
    KEPT_WORDS,
    NOBODY_WORDS,
    OPEN_WORDS,
    OURS_WORDS,
    PLANNED_WORDS,
    THEIRS_WORDS,
    UNPLANNED_WORDS,
)
from wellkept.record.sources.words import (
    MEANINGS,
    StateWord,
    combine,
    consequence_word,
    normal,
    party_word,
    phrases,
    planned_word,
    says_nobody,
    state_word,
    verdict_word,
)

LISTS = (
    *(KEPT_WORDS, BROKEN_WORDS, OPEN_WORDS, PLANNED_WORDS, UNPLANNED_WORDS, OURS_WORDS),
    *(THEIRS_WORDS, NOBODY_WORDS),
)


def meaning(word: str) -> str | None:
    found = state_word(word)
    return found.meaning if found is not None else None


@pytest.mark.parametrize(
    ("word", "means"),
    [
        # ServiceNow, Jira, Zendesk, Freshdesk, Zammad, GLPI
        ("New", "reported"),
        ("Active", "in_work"),
        ("Awaiting User Info", "waiting on customer"),
        ("Awaiting Vendor", "waiting on supplier"),
        ("Awaiting Problem", "waiting"),
        ("On Hold", "waiting"),
        ("Pending Customer", "waiting on customer"),
        ("Waiting for support", "in_work"),
        ("pending close", "resolved"),
        ("Processing (assigned)", "in_work"),
        ("Solved", "resolved"),
        ("closed successful", "closed"),
        ("Duplicate", "cancelled"),
        ("Won't do", "cancelled"),
        # a car maker's log: state+substate
        ("Accepted+In Progress", "in_work"),
        ("Accepted+Wait - User", "waiting on customer"),
        ("Accepted+Wait - Vendor", "waiting on supplier"),
        ("Accepted+Wait - Implementation", "waiting"),
        ("Queued+Awaiting Assignment", "queued"),
        ("Completed+In Call", "resolved"),
        ("Completed+Closed", "closed"),
        ("Completed+Cancelled", "cancelled"),
        # SAP and Maximo codes
        ("OSNO", "reported"),
        ("NOPR ORAS", "in_work"),
        ("NOCO ORAS", "resolved"),
        ("TECO CNF", "resolved"),
        ("WMATL", "waiting on part"),
        ("WAPPR", "waiting on approval"),
        ("COMP", "resolved"),
        # other languages
        ("Wartet auf Ersatzteil", "waiting on part"),
        ("In Bearbeitung", "in_work"),
        ("Gelöst", "resolved"),
        ("Geschlossen", "closed"),
        ("En attente de pièce", "waiting on part"),
        ("Clôturé", "closed"),
        ("In attesa ricambio", "waiting on part"),
        ("Riaperto", "reopened"),
        ("Pendiente de proveedor", "waiting on supplier"),
        ("Wacht op onderdelen", "waiting on part"),
        ("Aguardando cliente", "waiting on customer"),
        # read from their parts
        ("Waiting on Third Party Supplier (EMEA)", "waiting on supplier"),
        ("03 - Waiting for Purchase Order", "waiting on approval"),
        ("Ticket resolved by phone", "resolved"),
        ("Resolved - awaiting confirmation", "resolved"),
        ("Closed/Duplicate", "cancelled"),
        ("Auto-closed", "closed unconfirmed"),
        ("Confirmed", "closed confirmed"),
        # a log's entries that change no state
        ("Reassignment", "none"),
        ("Operator Update", "none"),
    ],
)
def test_a_state_word_means_what_service_people_mean_by_it(word: str, means: str) -> None:
    assert meaning(word) == means


@pytest.mark.parametrize(
    "word", ["Purple", "-100", "Unmatched+Unmatched", "Not resolved", "Never closed", "7", ""]
)
def test_what_nobody_knows_has_no_meaning(word: str) -> None:
    assert state_word(word) is None


def test_a_meaning_read_from_parts_says_so() -> None:
    by_parts, known = state_word("Accepted+Wait - User"), state_word("Awaiting user info")
    assert by_parts is not None and by_parts.how == "parts"
    assert known is not None and known.how == "known"


def test_waiting_keeps_the_case_in_work_and_names_who_is_waited_for() -> None:
    assert state_word("Awaiting Vendor") == StateWord("in_work", waiting_on="supplier")


def test_a_queue_is_work_without_an_owner() -> None:
    found = state_word("Awaiting assignment")
    assert found is not None and found.queued and found.waiting_on is None


def test_the_finer_word_wins_unless_the_case_is_over() -> None:
    closed, waiting = MEANINGS["closed"], MEANINGS["waiting on part"]
    assert combine(MEANINGS["in_work"], waiting) == waiting
    assert combine(MEANINGS["resolved"], closed) == closed
    assert combine(closed, waiting) == closed
    assert combine(MEANINGS["resolved"], waiting) == MEANINGS["resolved"]
    assert combine(closed, MEANINGS["cancelled"]) == MEANINGS["cancelled"]
    assert combine(None, waiting) == waiting
    assert combine(waiting, MEANINGS["none"]) == waiting


def test_a_recipe_s_word_wins_in_any_writing() -> None:
    own = {"purple haze": "waiting on part", "New": "closed"}
    found = state_word("Purple_Haze", own)
    assert found is not None and (found.waiting_on, found.how) == ("part", "recipe")
    assert meaning("New") == "reported"
    overruled = state_word("new", own)
    assert overruled is not None and overruled.state == "closed"


def test_every_meaning_of_the_lexicon_can_be_written_in_a_recipe() -> None:
    assert set(STATE_WORDS) == set(MEANINGS)
    assert {word.meaning for word in MEANINGS.values()} == set(MEANINGS)


def test_no_state_word_is_written_under_two_meanings_of_which_one_would_be_lost() -> None:
    seen: dict[str, str] = {}
    twice = set()
    for name, words in STATE_WORDS.items():
        for phrase in phrases(words):
            if seen.setdefault(phrase, name) != name:
                twice.add(phrase)
    # French and Italian write "terminated" alike, and mean finished.
    assert twice <= {"terminado", "terminato", "realise", "realizado", "finalizado", "confirmed"}


def test_the_lexica_stand_in_normal_form() -> None:
    lists = [*STATE_WORDS.values(), *CONSEQUENCE_WORDS.values(), *LISTS]
    assert [one for text in lists for one in phrases(text) if one != normal(one)] == []


@given(st.text())
def test_any_text_has_a_meaning_or_none_and_never_an_error(text: str) -> None:
    found = state_word(text)
    assert found is None or found.meaning in MEANINGS
    assert verdict_word(text) in ("kept", "broken", "open", None)
    consequence_word(text)


@given(st.text())
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("1 - Critical", "production_stopped"),
        ("P1", "production_stopped"),
        ("Sev-1", "production_stopped"),
        ("P1 - Critical", "production_stopped"),
        ("Production down", "production_stopped"),
        ("Anlagenstillstand", "production_stopped"),
        ("Fermo macchina", "production_stopped"),
        ("Safety", "safety"),
        ("Gefahr für Leib und Leben", "safety"),
        ("Degraded", "degraded"),
        ("Eingeschränkt", "degraded"),
        ("Cosmetic", "inconvenience"),
        ("2 - High", None),
        ("High", None),
        ("Medium", None),
        ("Low", None),
        ("Major", None),
        ("Urgent", None),
        ("1", None),
        ("P2", None),
    ],
)
def test_only_a_word_that_states_a_consequence_gives_a_class(word: str, means: str | None) -> None:
    assert consequence_word(word) == means


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("Within SLA", "kept"),
        ("SLA Violated", "broken"),
        ("ONTIME", "kept"),
        ("OVERDUE", "broken"),
        ("Late delivery", "broken"),
        ("Shipping on time", "kept"),
        ("Advance shipping", "kept"),
        ("Noncompliant", "broken"),
        ("Service Targets Breached", "broken"),
        ("First Response Due", "open"),
        ("pünktlich", "kept"),
        ("en retard", "broken"),
        ("fuori SLA", "broken"),
        ("a tiempo", "kept"),
        ("maybe", None),
    ],
)
def test_a_verdict_word_says_kept_broken_or_not_yet(word: str, means: str | None) -> None:
    assert verdict_word(word) == means


def test_a_yes_turns_with_its_header() -> None:
    assert verdict_word("yes") == "kept"
    assert verdict_word("yes", yes_is="broken") == "broken"
    assert verdict_word("nein", yes_is="broken") == "kept"


def test_planned_and_parties_and_nobody() -> None:
    assert (planned_word("Geplant"), planned_word("Forced"), planned_word("?")) == (
        True,
        False,
        None,
    )
    assert (party_word("Customer"), party_word("us"), party_word("weather")) == (
        "customer",
        "us",
        None,
    )
    assert says_nobody("Nicht zugewiesen") and not says_nobody("Alma")
