"""Whether what people named is in the records: counted, and shown to nobody.

Somebody who names a case or a customer has an instance in mind. The text itself never leaves the
answers; of a claim only how many named something, and how many of these the records know.
"""

import re
from dataclasses import dataclass
from typing import Any

from wellkept.study.diagnostic.answers import Round
from wellkept.study.diagnostic.evidence.finding import Records

LONGEST = 200
CUSTOMERS = "SELECT DISTINCT customer FROM promise WHERE customer IS NOT NULL"
MORE_CUSTOMERS = 'SELECT DISTINCT customer FROM "case" WHERE customer IS NOT NULL'
IDS = """
SELECT case_id AS id FROM "case" WHERE case_id IN ({words})
UNION SELECT promise_id AS id FROM promise WHERE promise_id IN ({words})
UNION SELECT asset AS id FROM asset WHERE asset IN ({words})
"""
WORD = re.compile(r"[^\s,;:!?()\"']+")
FEWEST_LETTERS = 4
"""A shorter name of a customer would be found in any sentence."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Of one claim: how many named something, and how many of these are in the records."""

    named: int = 0
    matched: int = 0


def recalls(records: Records, answers: Round) -> dict[str, Recall]:
    """This will look up every case, promise, asset or customer that somebody named."""
    told = [
        (answer.claim, answer.recall.strip()[:LONGEST])
        for person in answers.respondents
        for answer in person.answers
        if answer.recall.strip()
    ]
    if not told:
        return {}
    ids = _ids(records, {word.rstrip(".") for _, text in told for word in WORD.findall(text)})
    customers = _customers(records)
    found: dict[str, Recall] = {}
    for claim, text in told:
        words = {word.rstrip(".") for word in WORD.findall(text)}
        low = text.casefold()
        known = bool(words & ids) or any(name in low for name in customers)
        before = found.get(claim, Recall())
        found[claim] = Recall(before.named + 1, before.matched + known)
    return found


def _ids(records: Records, words: set[str]) -> set[str]:
    given: dict[str, Any] = {f"w{i}": word for i, word in enumerate(sorted(words))}
    if not given:
        return set()
    names = ", ".join(f"${name}" for name in given)
    return {row["id"] for row in records.rows(IDS.format(words=names), **given)}


def _customers(records: Records) -> set[str]:
    rows = [*records.rows(CUSTOMERS), *records.rows(MORE_CUSTOMERS)]
    names = {row["customer"].casefold().strip() for row in rows}
    return {name for name in names if len(name) >= FEWEST_LETTERS}
