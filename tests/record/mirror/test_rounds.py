"""A round of the mirror: opened, answered under nobody's name, locked, laid beside the records."""

import json
from datetime import timedelta
from typing import Any

import pytest

from builders import HOUR, MONDAY, a_role, an_account
from wellkept.record.access.gate import visible
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotAllowed, NotTrue
from wellkept.record.journal.models import Entry
from wellkept.record.mirror import actions, queries
from wellkept.record.mirror.actions import refusals
from wellkept.record.mirror.models import Answer, Choice, Invitation, Respondent, Round
from wellkept.record.mirror.rules import Stage
from wellkept.record.promises.models import Promise

pytestmark = pytest.mark.usefixtures("record")
MACHINE: dict[str, Any] = {"at": MONDAY, "by": None}


def a_manager() -> Account:
    return an_account("Nora", (Group.MANAGER, Scope.ALL))


def a_round(**people: str) -> Round:
    asked = {an_account(name): group for name, group in people.items()}
    return actions.open_round(form="short", claims_version="1", people=asked, **MACHINE)


def somebody(round: Round, key: str = "k1", group: str = "front_line", **given: Any) -> Respondent:
    told = {"link": None} | given
    return actions.begin_answers(round=round, group=group, key_hash=key, **told, **MACHINE)


def answered(who: Respondent, claim: str = "P1", **said: Any) -> None:
    told = {"level": 3, "confidence": 90} | said
    actions.save_answers(respondent=who, answers=[Answer(claim=claim, **told)], **MACHINE)


def locked(round: Round) -> Round:
    return actions.lock_round(round=round, actions=[], print_of=lambda _: "print", **MACHINE)


def test_only_a_manager_opens_a_round() -> None:
    with pytest.raises(NotAllowed):
        actions.open_round(form="short", claims_version="1", people={}, at=MONDAY, by=an_account())
    made = actions.open_round(
        form="full", claims_version="1", people={an_account(): "finance"}, at=MONDAY, by=a_manager()
    )
    assert made.stage is Stage.OPEN and made.invitations.get().group == "finance"
    with pytest.raises(refusals.NoSuchGroup):
        a_round(Bruno="customer")


def test_an_answer_is_kept_as_one_goes_and_a_second_one_replaces_it() -> None:
    round = a_round()
    who = somebody(round)
    answered(who, recall=" Clinic Nord ", seconds=40)
    answered(who, level=None, confidence=None, skipped=True, seconds=5)
    again = somebody(round)
    assert again.pk == who.pk, "whoever holds the key goes on"
    (one,) = queries.own_answers(again).values()
    assert (one.level, one.skipped, one.recall, one.seconds) == (None, True, "", 45)
    assert queries.of_key(round, "another key") is None
    with pytest.raises(NotTrue, match="Choose a level"):
        answered(who, "P2", level=None)
    with pytest.raises(NotTrue, match="exchange them"):
        answered(who, "P2", low=9.0, high=1.0)


def test_nothing_leads_from_an_answer_to_an_account_or_a_moment() -> None:
    fields = [*Answer._meta.get_fields(), *Respondent._meta.get_fields()]
    related = {f.related_model for f in fields if f.related_model is not None}
    assert Account not in related and Invitation not in related
    assert not [f.name for f in fields if "Date" in type(f).__name__]
    with pytest.raises(refusals.AnswersNameNobody):
        actions.begin_answers(
            round=a_round(), group="finance", key_hash="k", link=None, at=MONDAY,
            by=an_account("Ada", (Group.ADMINISTRATOR, Scope.ALL)),
        )  # fmt: skip


@pytest.mark.parametrize("group", [Group.ADMINISTRATOR, Group.MANAGER, Group.READ_ONLY])
def test_the_gate_shows_no_answer_to_anybody(group: Group) -> None:
    answered(somebody(a_round()))
    whoever = an_account("Ada", (group, Scope.ALL))
    assert Answer.objects.count() == 1
    assert not visible(Answer.objects.all(), to=whoever).exists()
    assert not visible(Respondent.objects.all(), to=whoever).exists()


def test_the_journal_counts_answers_and_says_neither_what_nor_by_whom() -> None:
    round = a_round()
    who = somebody(round)
    answered(who, recall="the pump at Kuura", level=2, confidence=35, number=77.0)
    actions.rate_stories(respondent=who, vignettes={"A": 1}, **MACHINE)
    actions.finish_answers(respondent=who, **MACHINE)
    entries = Entry.objects.filter(verb__startswith="mirror.").exclude(verb="mirror.open_round")
    for entry in entries:
        assert entry.by is None and set(entry.keys) == {"mirror.round"}
    written = json.dumps([[one.keys, one.details] for one in entries])
    assert len(entries) == 4
    assert "77" not in written and "35" not in written and "Kuura" not in written
    assert "P1" not in written and "level" not in written


def test_a_link_serves_as_many_as_it_is_for_and_ends() -> None:
    round = a_round()
    link = actions.add_link(round=round, group="customer", most=2, token_hash="h", **MACHINE)
    for key in ("a", "b", "a"):
        somebody(round, key, "customer", link=link)
    with pytest.raises(refusals.LinkServes, match="2 people"):
        somebody(round, "c", "customer", link=link)
    other = actions.add_link(round=round, group="finance", most=9, token_hash="i", **MACHINE)
    actions.end_link(link=other, **MACHINE)
    with pytest.raises(refusals.LinkServes, match="ended"):
        somebody(round, "d", "finance", link=other)


def test_nothing_can_be_changed_once_a_round_is_locked() -> None:
    round = a_round()
    with pytest.raises(refusals.NobodyAnswered):
        locked(round)
    who = somebody(round)
    answered(who)
    assert locked(round).stage is Stage.LOCKED
    refused: list[Any] = [
        lambda: answered(who, level=0),
        lambda: somebody(round, "late"),
        lambda: actions.finish_answers(respondent=who, **MACHINE),
        lambda: actions.rate_stories(respondent=who, vignettes={}, **MACHINE),
        lambda: actions.add_link(round=round, group="finance", most=1, token_hash="x", **MACHINE),
        lambda: locked(round),
    ]
    for act in refused:
        with pytest.raises(refusals.RoundLocked, match="nothing can be changed"):
            act()
    assert Answer.objects.get().level == 3


def test_records_are_laid_beside_a_locked_round_once() -> None:
    round = a_round()
    answered(somebody(round))
    with pytest.raises(refusals.StillOpen):
        actions.reveal_round(round=round, shown={"claims": []}, **MACHINE)
    locked(round)
    actions.reveal_round(round=round, shown={"claims": []}, at=MONDAY + HOUR, by=None)
    with pytest.raises(refusals.Revealed):
        actions.reveal_round(round=round, shown={"claims": ["nicer"]}, **MACHINE)
    with pytest.raises(NotTrue, match="while answers are open"):
        _write_past_the_verbs()


def _write_past_the_verbs() -> None:
    from django.db import IntegrityError, transaction

    from wellkept.record.access.sentences import sentence_of

    try:
        with transaction.atomic():
            Round.objects.filter(pk=a_round().pk).update(revealed_at=MONDAY, shown={})
    except IntegrityError as problem:
        raise NotTrue(sentence_of(problem)) from problem


def gap(about: str) -> Promise:
    return Promise(about=about, accountable=a_role(), made_at=MONDAY,
                   first_due=MONDAY + timedelta(days=90))  # fmt: skip


def test_at_most_three_gaps_become_promises_to_ourselves() -> None:
    round = a_round()
    answered(somebody(round))
    locked(round)
    with pytest.raises(refusals.StillOpen):
        actions.choose_gaps(round=round, promises={"P1": gap("a")}, **MACHINE)
    actions.reveal_round(round=round, shown={"claims": []}, **MACHINE)
    two = {"P1": gap("keep first dates"), "P2": gap("restore in time")}
    made = actions.choose_gaps(round=round, promises=two, **MACHINE)
    assert {(one.made_to, one.kind) for one in made} == {("ourselves", "diagnostic")}
    with pytest.raises(refusals.ThreeAtMost):
        actions.choose_gaps(round=round, promises={"V4": gap("c"), "I1": gap("d")}, **MACHINE)
    with pytest.raises(NotTrue, match="promise already"):
        actions.choose_gaps(round=round, promises={"P1": gap("again")}, **MACHINE)
    actions.choose_gaps(round=round, promises={"V4": gap("c")}, **MACHINE)
    assert list(Choice.objects.values_list("place", flat=True)) == [1, 2, 3]
    assert Promise.objects.count() == 3


def test_progress_counts_small_groups_together() -> None:
    round = a_round(Ada="finance", Bo="executive", Cy="executive", Di="executive", Ed="executive")
    who = somebody(round, "e", "executive")
    somebody(round, "f", "finance")
    actions.finish_answers(respondent=who, **MACHINE)
    large, small = queries.progress_of(round)
    assert (large.group, large.invited, large.began, large.finished) == ("executive", 4, 1, 1)
    assert (small.group, small.invited, small.began, small.finished) == ("", 1, 1, 0)


def test_everything_told_has_groups_and_no_keys() -> None:
    round = a_round()
    answered(somebody(round, "a", "finance"))
    (told,) = queries.everything_told(round)
    assert (told.group, told.answers[0].level) == ("finance", 3)
