"""Rounds made by verbs: a company that keeps some promises, and people who believe things of it."""

from datetime import datetime, timedelta
from typing import Any

from builders import a_customer, a_person, a_promise, a_role, an_account
from desk.web.clients import everything
from wellkept.desk.mirroring.keys import key_hash_of
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.mirror import actions
from wellkept.record.mirror.models import Answer, Round
from wellkept.study.diagnostic.claims.catalogue import SHORT

SECRET = "Kuura Dairy, said by me alone"
"""What one person names; no other page may show it."""
LEVELS = {"executive": (4, 4, 3, 4), "front_line": (2, 1, 2, 2, 1), "finance": (0, 0)}
"""What each group says of every claim; two of finance are too few to be shown."""


def a_manager(name: str = "Nora") -> Account:
    """Have a manager who sees everything."""
    return an_account(name, everything(Group.MANAGER))


def a_ledger(now: datetime, n: int = 40) -> None:
    """Have promises of which one in four was broken, all of grave consequence."""
    nord, role, bruno = a_customer("Clinic Nord"), a_role(), a_person("Bruno Keller")
    for i in range(n):
        due = now - timedelta(days=2 + i * 4)
        told: dict[str, Any] = {"fulfilled_at": due - timedelta(hours=1)} if i % 4 else {}
        a_promise(
            kind="restore", about=f"restore pump {i}", customer=nord, accountable=role,
            owner=bruno, consequence=Consequence.PRODUCTION_STOPPED,
            made_at=due - timedelta(days=1), first_due=due, at=now, **told,
        )  # fmt: skip


def a_round(now: datetime, **people: Account) -> Round:
    """Have a round of the short form that asks people by group."""
    asked = {account: group for group, account in people.items()}
    return actions.open_round(form="short", claims_version="1", people=asked, at=now, by=None)


def somebody_answers(
    round: Round, group: str, level: int, key: str, now: datetime, recall: str = ""
) -> None:
    """Have somebody say the same level of every claim."""
    who = actions.begin_answers(round=round, group=group, key_hash=key, link=None, at=now, by=None)
    given = [
        Answer(claim=one.id, level=level, confidence=80, recall=recall, seconds=20) for one in SHORT
    ]
    actions.save_answers(respondent=who, answers=given, at=now, by=None)
    actions.finish_answers(respondent=who, at=now, by=None)


def an_answered_round(now: datetime, author: Account | None = None) -> Round:
    """Have a round that eleven people answered; `author` is an executive who named something."""
    round = a_round(now) if author is None else a_round(now, executive=author)
    for group, levels in LEVELS.items():
        for i, level in enumerate(levels):
            mine = author is not None and (group, i) == ("executive", 0)
            key = key_hash_of(round.pk, author.pk) if mine and author else f"{group}-{i}"
            somebody_answers(round, group, level, key, now, SECRET if mine else "")
    return round
