"""The words inside a column: states, consequences, verdicts, yes and no, nobody.

Nothing is guessed in silence: every meaning says whether it was known, read from its parts, or
stated in the recipe, and words without a meaning are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from wellkept.record.sources.heading import bag, plain
from wellkept.record.sources.lexicon_polish import POLISH_STATES
from wellkept.record.sources.lexicon_products import PRODUCT_KIND_WORDS
from wellkept.record.sources.lexicon_states import STATE_WORDS, WAIT_FOR, WAIT_PARTS
from wellkept.record.sources.lexicon_words import (
    BROKEN_WORDS,
    CONSEQUENCE_WORDS,
    KEPT_WORDS,
    NO,
    NOBODY_WORDS,
    OPEN_WORDS,
    OURS_WORDS,
    PLANNED_WORDS,
    THEIRS_WORDS,
    UNPLANNED_WORDS,
    YES,
)

How = Literal["known", "parts", "recipe"]
_WORD = re.compile(r"[a-z0-9]+")
_COMPOUND = (r"\s*[+|]\s*", r"\s*[/>:;]\s*", r"\s*[()]\s*", r"\s+[-–—]\s+")  # strongest first
_QUEUES = bag("queue warteschlange wachtrij")  # a word of no person's name
_CODES = re.compile(r"[A-Z]{3,5}(?:\s+[A-Z]{3,5})*")
_NEGATIONS = bag("not un never no nicht non pas nao niet to before until partially")


@dataclass(frozen=True, slots=True)
class StateWord:
    """What one word of a state column means."""

    state: str | None  # None: an event that changes no state
    waiting_on: str | None = None  # customer, part, supplier, approval, access, other
    confirmed: bool | None = None  # of closed: did the customer agree?
    queued: bool = False  # nobody owns it while in this state
    how: How = "known"

    @property
    def meaning(self) -> str:
        """The meaning as a recipe writes it."""
        return next(name for name, word in MEANINGS.items() if replace(word, how=self.how) == self)


MEANINGS: dict[str, StateWord] = {
    "reported": StateWord("reported"),
    "acknowledged": StateWord("acknowledged"),
    "in_work": StateWord("in_work"),
    "waiting": StateWord("in_work", waiting_on="other"),
    "waiting on customer": StateWord("in_work", waiting_on="customer"),
    "waiting on part": StateWord("in_work", waiting_on="part"),
    "waiting on supplier": StateWord("in_work", waiting_on="supplier"),
    "waiting on approval": StateWord("in_work", waiting_on="approval"),
    "waiting on access": StateWord("in_work", waiting_on="access"),
    "queued": StateWord("in_work", queued=True),
    "restored": StateWord("restored"),
    "resolved": StateWord("resolved"),
    "closed": StateWord("closed"),
    "closed confirmed": StateWord("closed", confirmed=True),
    "closed unconfirmed": StateWord("closed", confirmed=False),
    "cancelled": StateWord("cancelled"),
    "reopened": StateWord("reopened"),
    "none": StateWord(None),
}
"""What a recipe may write on the right side of `words.state`."""

_ENDED = ("closed", "cancelled")
_ORDER = ("reported", "acknowledged", "reopened", "in_work", "restored", "resolved", *_ENDED)
_STRONG = bag(
    """resolved solved fixed closed cancelled canceled rejected reopened restored completed
    acknowledged gelost behoben erledigt geschlossen abgeschlossen storniert wiedereroffnet
    resolu cloture ferme annule reouvert risolto risolta chiuso chiusa annullato riaperto
    resuelto resuelta cerrado cerrada cancelado reabierto opgelost gesloten geannuleerd
    heropend resolvido fechado encerrado reaberto resolve dispatched assigned progress"""
)


def normal(text: str) -> str:
    """This will give the words of a text in lower case, without accents and marks.

    >>> normal("1 - Awaiting_User Info")
    '1 awaiting user info'
    """
    return " ".join(_WORD.findall(plain(text).replace("n't", "nt")))


def phrases(text: str) -> Iterable[str]:
    """This will take a lexicon's list of phrases apart; they stand there in normal form."""
    return (" ".join(phrase.split()) for phrase in text.split(","))


@cache
def _states() -> dict[str, StateWord]:
    known: dict[str, StateWord] = {}
    for meaning, words in STATE_WORDS.items():
        for phrase in (*phrases(words), *phrases(POLISH_STATES.get(meaning, words))):
            known.setdefault(phrase, MEANINGS[meaning])
    known["progress"] = MEANINGS["in_work"]
    known["resolve"] = MEANINGS["resolved"]
    return known


def _without_number(words: str) -> str:
    return re.sub(r"^(?:[0-9]+ )+|(?: [0-9]+)+$", "", words)


def combine(first: StateWord | None, second: StateWord | None) -> StateWord | None:
    """This will say what a state and a finer state beside it mean together.

    The finer one wins, except that what is closed or cancelled stays so, and that what is
    resolved does not wait again.
    """
    if first is None or second is None or second.state is None:
        return first if first is not None else second
    if first.state in _ENDED and second.state not in _ENDED:
        return first
    if first.state == "resolved" and second.waiting_on is not None:
        return first
    return second


def _of_parts(text: str) -> StateWord | None:
    """A compound such as "Accepted+Wait - User": its parts, from the coarsest to the finest."""
    for separator in _COMPOUND:
        parts = [part for part in re.split(separator, text) if part.strip()]
        if len(parts) > 1:
            meant: StateWord | None = None
            for part in parts:
                meant = combine(meant, _known(part) or _of_parts(part) or _waiting(normal(part)))
            return meant
    return None


def _of_codes(text: str) -> StateWord | None:
    """Several codes of a state profile, as in "NOCO ORAS": the most advanced one counts."""
    if not _CODES.fullmatch(text.strip()):
        return None
    found = [word for code in text.split() if (word := _states().get(code.lower())) is not None]
    ranked = [word for word in found if word.state is not None]
    return max(ranked, key=lambda word: _ORDER.index(str(word.state)), default=None)


def _waiting(words: str) -> StateWord | None:
    tokens = frozenset(words.split())
    if not tokens & WAIT_PARTS:
        return None
    for party, named in WAIT_FOR.items():
        if tokens & named:
            return StateWord("in_work", waiting_on=party)
    return MEANINGS["waiting"]


def _strong(words: str) -> StateWord | None:
    tokens = words.split()
    if _NEGATIONS & frozenset(tokens):
        return None
    found = {_states()[token] for token in tokens if token in _STRONG and token in _states()}
    return found.pop() if len(found) == 1 else None


def _known(text: str) -> StateWord | None:
    words = normal(text)
    return _states().get(words) or _states().get(_without_number(words))


def state_word(text: str, own: Mapping[str, str] | None = None) -> StateWord | None:
    """This will say what a state word means; None when nothing is known about it.

    `own` are the recipe's words (word → meaning); they win. Raises KeyError for a meaning
    that does not exist.

    >>> state_word("Accepted+Wait - User").waiting_on
    'customer'
    >>> state_word("Queued+Awaiting Assignment").queued
    True
    >>> state_word("Purple") is None
    True
    """
    stated = own_word(text, own)
    if stated is not None:
        return replace(MEANINGS[stated], how="recipe")
    known = _known(text)
    if known is not None:
        return known
    words = normal(text)
    meant = _of_codes(text) or _of_parts(text) or _waiting(words) or _strong(words)
    return replace(meant, how="parts") if meant is not None else None


def own_word(text: str, own: Mapping[str, str] | None) -> str | None:
    """This will look a word up in the recipe's own words, first as written, then in normal form."""
    if not own:
        return None
    if text in own:
        return own[text]
    words = normal(text)
    return next((meaning for word, meaning in own.items() if normal(word) == words), None)


@cache
def _consequences() -> dict[str, str]:
    return {
        phrase: meaning for meaning, text in CONSEQUENCE_WORDS.items() for phrase in phrases(text)
    }


def consequence_word(text: str, own: Mapping[str, str] | None = None) -> str | None:
    """This will give the class that a word states; None when it states none.

    >>> consequence_word("1 - Critical"), consequence_word("2 - High")
    ('production_stopped', None)
    """
    stated = own_word(text, own)
    if stated is not None:
        return stated
    words = normal(text)
    known = _consequences()
    return known.get(words) or known.get(_without_number(words)) or known.get(_tail(words))


@cache
def _product_kinds() -> dict[str, str]:
    return {phrase: kind for kind, text in PRODUCT_KIND_WORDS.items() for phrase in phrases(text)}


def product_kind_word(text: str, own: Mapping[str, str] | None = None) -> str | None:
    """This will say whether a word makes a product hardware or software; None: it says neither.

    >>> product_kind_word("Hardware Model"), product_kind_word("Consumable")
    ('hardware', None)
    """
    return own_word(text, own) or _product_kinds().get(normal(text))


def _tail(words: str) -> str:
    """The words after a leading class mark: "p1 critical" gives "critical"."""
    return re.sub(r"^(?:p|s|sev|prio|priority|level|class) ?[0-9]+ ", "", words)


@cache
def _set(text: str) -> frozenset[str]:
    return frozenset(phrases(text))


Verdict = Literal["kept", "broken", "open"]


def verdict_word(
    text: str, own: Mapping[str, str] | None = None, *, yes_is: Verdict = "kept"
) -> Verdict | None:
    """This will say what a word of a verdict column says: kept, broken, open (not yet), or None.

    `yes_is` says what a yes means under this header ("made_sla": kept, "SLA breached": broken).
    """
    stated = own_word(text, own)
    if stated is not None:
        return "kept" if stated == "kept" else "broken" if stated == "broken" else "open"
    words = normal(text)
    if words in YES or words in NO:
        kept = (words in YES) == (yes_is == "kept")
        return "kept" if kept else "broken"
    for meaning, known in _verdicts().items():
        if words in known:
            return meaning
    return None


@cache
def _verdicts() -> dict[Verdict, frozenset[str]]:
    return {"kept": _set(KEPT_WORDS), "broken": _set(BROKEN_WORDS), "open": _set(OPEN_WORDS)}


def planned_word(
    text: str, own: Mapping[str, str] | None = None, *, yes_is: bool = True
) -> bool | None:
    """This will say whether a word says planned (True) or unplanned (False); None: neither."""
    stated = own_word(text, own)
    if stated is not None:
        return stated == "planned"
    words = normal(text)
    if words in YES or words in NO:
        return (words in YES) == yes_is
    if words in _set(PLANNED_WORDS):
        return True
    return False if words in _set(UNPLANNED_WORDS) else None


def party_word(text: str, own: Mapping[str, str] | None = None) -> str | None:
    """This will say who asked for a move: "us" or "customer"; None when the word does not say."""
    stated = own_word(text, own)
    if stated is not None:
        return stated
    words = normal(text)
    if words in _set(THEIRS_WORDS):
        return "customer"
    return "us" if words in _set(OURS_WORDS) else None


def says_nobody(text: str) -> bool:
    """This will say whether a word in an owner column means that nobody owns it."""
    words = normal(text)
    return words in _set(NOBODY_WORDS) or not _QUEUES.isdisjoint(words.split())
