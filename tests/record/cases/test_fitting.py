"""A verb's rule on a row says before what the verb does after: it changes something, or nothing.

Tried for every verb of promises and cases that a page offers, on rows in every state.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from builders import DAY, HOUR, MONDAY, a_case, a_customer, a_person, a_promise, an_account
from databases import on_sqlite
from wellkept.desk.web.rights import CASES, PROMISES
from wellkept.record.access.verbs import fits
from wellkept.record.cases import actions as of_cases
from wellkept.record.cases.models import Case
from wellkept.record.cases.rules import WaitingOn
from wellkept.record.journal.models import Entry
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Absence, Person
from wellkept.record.organisation.queries import whereabouts
from wellkept.record.organisation.rules import Doer
from wellkept.record.promises import actions as of_promises
from wellkept.record.promises.models import ContactLog, Promise, PromiseMove
from wellkept.record.promises.rules import Cause

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]
NOW = MONDAY + DAY
SOON = MONDAY + HOUR
TOLD: dict[str, Any] = {"at": NOW, "by": None}


UNTIMED = ("take", "accept", "decline", "offer", "assign", "unassign", "contact", "remark")
"""What is done to a case now, whenever that is."""


def somebody() -> tuple[Person, Person, Person]:
    """Have who would do it, somebody who is there, and somebody who is away without a deputy."""
    here, there, away = (a_person(name) for name in ("Alma", "Bruno", "Cara"))
    Absence.objects.create(person=away, from_at=MONDAY)
    return here, there, away


def promises(me: Person, here: Person, away: Person) -> Iterator[Promise]:
    nord = a_customer()
    for owner in (None, me, here, away):
        yield a_promise(owner=owner, customer=nord)
    yield a_promise(verdict="broken", first_due=None)
    yield a_promise(due_in=40 * HOUR)
    given = (
        (of_promises.keep_promises, {"fulfilled_at": SOON}),
        (of_promises.release_promises, {"released_at": SOON, "evidence": "Their mail"}),
        (of_promises.end_promises, {"ended_at": SOON, "reason": "No part"}),
        (of_promises.void_promises, {"reason": "A slip"}),
        (of_promises.offer_promises, {"to": me}),
    )
    for verb, more in given:
        one = a_promise(owner=here, customer=nord)
        verb(promises=[one], **more, **TOLD)
        yield Promise.objects.get(pk=one.pk)
    one = a_promise(customer=nord)
    of_promises.keep_promises(promises=[one], fulfilled_at=SOON, **TOLD)
    of_promises.void_promises(promises=[one], reason="A slip", **TOLD)
    yield Promise.objects.get(pk=one.pk)


def cases(me: Person, here: Person, away: Person) -> Iterator[Case]:
    when = {"happened_at": MONDAY + HOUR, **TOLD}
    for owner in (None, me, here, away):
        yield a_case(owner=owner)
    for steps in ("as", "sw", "asrc", "rs", "x", "rX", "o"):
        one = a_case()
        does: dict[str, Any] = {
            "a": lambda one: of_cases.acknowledge_cases(cases=[one], **when),
            "s": lambda one: of_cases.start_work(cases=[one], **when),
            "w": lambda one: of_cases.wait_for(cases=[one], whom=WaitingOn.PART, **when),
            "r": lambda one: of_cases.restore_cases(cases=[one], **when),
            "c": lambda one: of_cases.confirm_cases(cases=[one], **when),
            "x": lambda one: of_cases.close_cases(cases=[one], confirmed=False, **when),
            "X": lambda one: of_cases.cancel_cases(cases=[one], reason="A slip", **when),
            "o": lambda one: one.is_open and of_cases.offer_cases(cases=[one], to=me, **TOLD),
        }
        for step in steps:
            does[step](Case.objects.get(pk=one.pk))
        yield Case.objects.get(pk=one.pk)


def given(name: str, row: Any, me: Person, other: Person) -> dict[str, Any]:
    """Give what a form would bring along, as it should be."""
    noun = "promises" if isinstance(row, Promise) else "cases"
    word: dict[str, Any] = {noun: [row]}
    line = ContactLog(at=NOW, channel="phone", about="We come")
    ways: dict[str, dict[str, Any]] = {
        "offer": {"to": other}, "assign": {"person": other}, "agree": {"evidence": "Their mail"},
        "keep": {"fulfilled_at": NOW}, "tell": {"told": line},
        "release": {"released_at": NOW, "evidence": "Their mail"},
        "end": {"ended_at": NOW, "reason": "No part"}, "take_back": {"reason": "It leaks"},
        "void": {"reason": "A slip"}, "cause": {"cause": Cause.PART},
        "wait": {"whom": WaitingOn.PART}, "refuse": {"reason": "It leaks"},
        "close": {"confirmed": False}, "cancel": {"reason": "A slip"},
        "unassign": {"reason": "Ill"}, "remark": {"text": "Ask for the night number"},
    }  # fmt: skip
    if name in ("take", "accept", "decline"):
        word["person"] = me
    if noun == "cases" and name not in UNTIMED:
        word["happened_at"] = NOW
    if name == "move":
        return {"moves": [PromiseMove(promise=row, new_due=NOW + DAY, asked_by="us", reason="x")]}
    if name == "correct":
        return {"promise": row, "first_due": NOW + DAY, "reason": "A slip"}
    if name == "edit":
        stands = type(row)._default_manager.get(pk=row.pk)
        changed = {"about": "In other words"}
        return {noun.removesuffix("s"): stands, "changes": changed, "seen": stands.version}
    if name == "code":
        return {"case": row, "codes": {"remedy": "new seal"}, "seen": row.version}
    if name == "contact":
        return {"case": row, "told": line}
    return word | ways.get(name, {})


def changes(verb: Any, **told: Any) -> bool:
    """Tell whether a verb would write something; nothing stays."""
    before = Entry.objects.count()
    with transaction.atomic():
        try:
            verb(**told, at=NOW, by=an_account_kept())
        except Refusal:
            did = False
        else:
            did = Entry.objects.count() != before
        transaction.set_rollback(True)
    return did


def an_account_kept() -> Any:
    from wellkept.record.access.models import Account

    return Account.objects.get()


def test_a_rule_on_a_row_says_before_what_the_verb_does_after() -> None:
    an_account()
    me, other, away = somebody()
    somewhere = a_person("Dora")
    wrong = []
    for verbs, rows in ((PROMISES, promises(me, other, away)), (CASES, cases(me, other, away))):
        for row in rows:
            offered = set()
            if isinstance(row, Case):
                offered = {row.pk} if row.offers.filter(to=me, answered_at=None).exists() else set()
            doer = Doer(me.pk, NOW, lambda: whereabouts(NOW), frozenset(offered))
            for name, verb in verbs.items():
                said = fits(verb, row, doer)
                did = changes(verb, **given(name, row, me, somewhere))
                if said is not did:
                    wrong.append(f"{name} on {row}: said {said}, did {did}")
    assert wrong == [], "\n".join(wrong)
