"""What roles of the plan a header may name, in the languages of our customers' systems."""

from __future__ import annotations

from functools import cache

from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon_codes import UNIT_WORDS
from wellkept.record.sources.plan_words_assets import OF_ASSETS
from wellkept.record.sources.plan_words_parts import OF_PARTS
from wellkept.record.sources.plan_words_stock import OF_STOCK

_PHRASES = {**OF_PARTS, **OF_STOCK, **OF_ASSETS}
FIRST, SECOND, THIRD, PART_OF = 100, 60, 50, 45
LONG_ENOUGH = 7
"""Fewer letters may be a word of their own, by chance."""
_SAME = {"numero": "number", "nummer": "number", "nr": "number", "num": "number", "no": "number",
         "qty": "quantity", "qte": "quantity", "quantities": "quantity", "plnd": "planned",
         "pstng": "posting", "desc": "description", "avg": "average", "whse": "warehouse",
         "locn": "location", "stk": "stock", "leadtime": "lead time", "onhand": "on hand",
         "itemnumber": "item number", "partnumber": "part number"}  # fmt: skip
"""Short for other words, and words written as one."""
_OF_ALL_PIECES = bag(
    "amount total line sum extended ext betrag gesamt totale montant importe kwota"
)
_NUMBER_OF_PIECES = bag("quantity menge quantite quantita cantidad quantidade aantal")
_GRAMMAR = bag("a an the of on in for per by at de du des la le il el die der das")


def _key(words: tuple[str, ...]) -> tuple[str, ...]:
    same = (_SAME.get(word, word) for word in words)
    return tuple(word for one in same for word in one.split())


@cache
def _exact() -> dict[tuple[str, ...], tuple[tuple[str, int], ...]]:
    found: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for role, tiers in _PHRASES.items():
        for score, tier in zip((FIRST, SECOND, THIRD), tiers, strict=False):
            for phrase in filter(str.strip, tier.split(",")):
                found.setdefault(_key(tuple(phrase.split())), []).append((role, score))
    return {words: tuple(dict.fromkeys(ranked)) for words, ranked in found.items()}


@cache
def _as_one() -> dict[str, tuple[tuple[str, int], ...]]:
    """Phrases of several words, written without the blanks between: PURCHASEPRICE, leadtimedays."""
    return {
        "".join(words): roles
        for words, roles in _exact().items()
        if len(words) > 1 and len("".join(words)) >= LONG_ENOUGH
    }


@cache
def _bags() -> dict[frozenset[str], tuple[tuple[str, int], ...]]:
    found: dict[frozenset[str], list[tuple[str, int]]] = {}
    for words, roles in _exact().items():
        bag = frozenset(words) - _GRAMMAR
        if bag:
            found.setdefault(bag, []).extend(roles)
    return {bag: tuple(dict.fromkeys(roles)) for bag, roles in found.items()}


def roles_in(header: str) -> dict[str, int]:
    """This will give the roles that a header may name, with its unit or without.

    >>> roles_in("Lead time (weeks)"), roles_in("rate to EUR")["rate"]
    ({'lead_days': 96}, 46)
    """
    words = heading(header).words
    found = roles_of(words)
    shorter = tuple(word for word in words if word not in UNIT_WORDS)
    for role, score in (roles_of(shorter) if shorter and shorter != words else {}).items():
        found[role] = max(found.get(role, 0), score - 4)
    return found


def roles_of(words: tuple[str, ...]) -> dict[str, int]:
    """This will give the roles that a header's words may name, each with how surely (45 to 100).

    >>> roles_of(("lead", "time"))
    {'lead_days': 100}
    >>> roles_of(("part", "nr"))["part"], roles_of(("code",))["part"]
    (100, 60)
    """
    key = _key(words)
    whole = frozenset(key) - _GRAMMAR
    found = dict(_exact().get(key, ()))
    if not found and len(words) == 1:
        found = {role: score - 2 for role, score in _as_one().get(words[0], ())}
    if not found and len(words) > 1:  # SLoc, MvT: capitals part what is one word
        found = {role: score - 2 for role, score in _exact().get(("".join(words),), ())}
    if not found:
        found = {role: score - 8 for role, score in _bags().get(whole, ())}
    return found or _within(whole) or _counts(key)


def _counts(key: tuple[str, ...]) -> dict[str, int]:
    """Qty in Un. of Entry, Menge in BME: what begins with a number of pieces is one."""
    return {"quantity": PART_OF} if len(key) > 1 and key[0] in _NUMBER_OF_PIECES else {}


def _within(whole: frozenset[str]) -> dict[str, int]:
    """The roles whose phrase, of two words or more, a longer header holds as a part."""
    found: dict[str, int] = {}
    for phrase, roles in _bags().items():
        if phrase < whole and (len(phrase) > 1 or len(whole) == 2):
            sure = PART_OF + 5 * len(phrase)
            for role, score in roles:
                if score > SECOND and not (role == "unit_cost" and whole & _OF_ALL_PIECES):
                    found[role] = max(found.get(role, 0), sure)
    return found
