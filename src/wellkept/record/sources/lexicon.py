"""What a header may mean: the lexica, indexed, and how near a header comes to them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon_codes import CODES
from wellkept.record.sources.lexicon_facts import (
    AHEAD,
    FACTS,
    MISLEADING,
    OF_ANSWERING,
    OTHER_THING,
)
from wellkept.record.sources.lexicon_moments import MOMENTS
from wellkept.record.sources.lexicon_polish import POLISH
from wellkept.record.sources.lexicon_things import THINGS

_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
EXACT, CORE, NEAR = 100, 88, 62
TIER, EXTRA = 6, 12
LEAST = 36
RUN_TOGETHER, MOST_PIECES = 7, 5

_SAY_WHEN = bag(
    """date dates time datetime timestamp ts dt dttm dtm tm day datum zeit zeitpunkt uhrzeit uhr
    moment data ora fecha hora heure jour tijd tijdstip giorno"""
)
_GRAMMAR = bag(
    """a an and at the of on in for is was am um der die das des dem den und le la les l d du
    de del di della dello dei do da dos il lo gli el los las het een en et e em o y op te al au
    aux"""
)
_CASE_NOUNS = bag(
    """ticket tickets case cases incident incidents request requests issue issues problem task
    tasks call record service sr wo work order workorder notification notif job event
    complaint claim item intervention intervento incidencia solicitud segnalazione richiesta
    chiamata auftrag meldung vorgang anfrage demande incidente chamado ocorrencia melding
    opdracht aanvraag werkorder sla milestone entry row"""
)
_HARMLESS = bag(
    """name names id ids no number nr num code key ref display label primary main affected current
    sys customer service field related nom nome nombre naam value text desc actual assigned
    original"""
)


_SHORT = bag("id no nr dt by at on to of in wo sr ci po")
_SAME = dict.fromkeys(("numero", "nummer", "nr", "num", "no"), "number")
_TOO_LITTLE = bag(
    """actual planned estimated expected original scheduled required event log order po so made
    entry record target first current new old promise line item id number key ref reference code
    sequence name user type"""
)
_NUMBERS = bag("id no number nr num code key ref")
_HAPPENED = (
    *("finished", "resolved", "closed", "restored", "done", "delivery", "started", "responded"),
    *("shipped", "received", "work_started", "down_to", "arrived"),
)
_TESTED_BY_WORDS = ("state", "consequence", "verdict", "respond_verdict", "planned")


@dataclass(frozen=True, slots=True)
class Match:
    """One notion that a header may stand for, and how near it comes (100: its very name)."""

    notion: str
    score: int
    near: bool = False  # only a part of the header is known


@dataclass(frozen=True, slots=True)
class _Entry:
    notion: str
    tier: int
    core: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Index:
    exact: dict[tuple[str, ...], list[_Entry]]
    core: dict[frozenset[str], list[_Entry]]
    word: dict[str, list[_Entry]]


def _core(words: tuple[str, ...], *, moment: bool) -> frozenset[str]:
    dropped = _GRAMMAR | _SAY_WHEN if moment else _GRAMMAR
    kept = [_SAME.get(word, word) for word in words if word not in dropped]
    return frozenset(kept) or _whole(words)


def _whole(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_SAME.get(word, word) for word in words)


def _phrase_core(words: tuple[str, ...], *, moment: bool) -> frozenset[str]:
    """The words that must be there; "on time" keeps its "on", else every time would match."""
    core = _core(words, moment=moment)
    if moment and core <= _TOO_LITTLE:
        return _whole(words)  # "new date" is none of a column "New"
    return core if moment or len(core) > 1 else _whole(words)


def _index(lexicon: dict[str, tuple[str, ...]], *, moment: bool) -> _Index:
    found = _Index(defaultdict(list), defaultdict(list), defaultdict(list))
    for notion, tiers in lexicon.items():
        more = (text for one in (CODES, POLISH) if (text := one.get(notion)) is not None)
        for tier, text in (*enumerate(tiers), *((0, text) for text in more)):
            for phrase in dict.fromkeys(text.split(",")):
                words = tuple(phrase.split())
                entry = _Entry(notion, tier, _phrase_core(words, moment=moment))
                found.exact[words].append(entry)
                found.core[entry.core].append(entry)
                for word in entry.core:
                    found.word[word].append(entry)
    return found


@cache
def _moments() -> _Index:
    return _index(MOMENTS, moment=True)


@cache
def _things() -> _Index:
    return _index({**THINGS, **FACTS}, moment=False)


@cache
def _vocabulary() -> frozenset[str]:
    """All words of the lexica that may be found inside a word without blanks."""
    known = {word for index in (_moments(), _things()) for words in index.exact for word in words}
    known |= _SAY_WHEN | _CASE_NOUNS | _HARMLESS
    return frozenset(word for word in known if len(word) >= 3) | _SHORT


def _apart(word: str) -> tuple[str, ...]:
    """A word without blanks, taken apart: "serviceduedate" gives service, due, date."""
    known = _vocabulary()
    if len(word) < RUN_TOGETHER or word in known or not word.isalpha():
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for begin in range(end):
            before = best[begin]
            if before is None or word[begin:end] not in known:
                continue
            made = (*before, word[begin:end])
            if best[end] is None or len(made) < len(best[end] or made):
                best[end] = made
    found = best[-1]
    if found is None or len(found) > MOST_PIECES or {found[0], found[-1]} & _GRAMMAR:
        return (word,)  # "forfallodatum" is Swedish, and no "for" of anything
    return found


class _Best(dict[str, Match]):
    """The best match per notion."""

    def take(self, entry: _Entry, score: int, *, near: bool = False) -> None:
        """This will keep the match when it is nearer than what was there."""
        found = Match(entry.notion, score - TIER * entry.tier, near)
        before = self.get(entry.notion)
        if found.score >= LEAST and (before is None or before.score < found.score):
            self[entry.notion] = found


def _near(index: _Index, core: frozenset[str], best: _Best, *, moment: bool) -> None:
    for entry in {id(entry): entry for word in core for entry in index.word.get(word, ())}.values():
        extra = core - entry.core
        if not extra or not entry.core <= core or len(extra) > 2 or entry.core <= _TOO_LITTLE:
            continue
        if extra & (MISLEADING if moment else OTHER_THING | MISLEADING | _SAY_WHEN):
            continue
        if entry.notion == "about" and extra & _NUMBERS:
            continue
        if moment and _another_moment(entry.notion, extra):
            continue
        strange = len(extra) if moment else len(extra - _HARMLESS - _CASE_NOUNS)
        if not moment and strange > (1 if entry.notion in _TESTED_BY_WORDS else 0):
            continue
        known = len(extra) - strange
        best.take(entry, NEAR - EXTRA * strange + (14 if known and not strange else 0), near=True)


def _another_moment(notion: str, extra: frozenset[str]) -> bool:
    """A word that turns what happened into what is to happen, or a solution into an answer."""
    if notion in _HAPPENED:
        return bool(extra & AHEAD)
    return notion == "due" and bool(extra & OF_ANSWERING)


def _meet(index: _Index, words: tuple[str, ...], best: _Best, *, moment: bool) -> None:
    for entry in index.exact.get(words, ()):
        best.take(entry, EXACT)
    core = _core(words, moment=moment)
    bare = frozenset(word for word in core if word not in _CASE_NOUNS) if moment else core
    whole = {core, _whole(words)}
    known = words in index.exact or any(one in index.core for one in whole)
    for one in whole if known else {bare or core}:
        for entry in index.core.get(one, ()):
            best.take(entry, CORE)
    _near(index, bare or core, best, moment=moment)


def _one_of(word: str) -> str:
    """The word for one of several: "assets" gives "asset"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=20_000)
def matches(header: str) -> tuple[Match, ...]:
    """This will list what a header may mean, nearest first, from its words alone.

    >>> matches("Resolved Date")[0].notion
    'resolved'
    >>> matches("colour") == ()
    True
    """
    words = tuple(piece for word in heading(header).words for piece in _apart(word))
    best = _Best()
    if words:
        _meet(_moments(), words, best, moment=True)
        _meet(_things(), words, best, moment=False)
    if words and not best:
        _meet(_things(), tuple(map(_one_of, words)), best, moment=False)
    bare = _BRACKETS.sub(" ", header).strip()
    if not best and bare and bare != header:
        return matches(bare)
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.notion)))
