"""What a register says of the life of an asset: ordered, installed, in use, in stock, scrapped.

These words are kept apart from those of cases, and from those of a log that says whether an asset
served: a lift that is out of order today is in use, and a case that is closed is no scrapped lift.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from wellkept.record.sources.lexicon_lives import LIFE_WORDS
from wellkept.record.sources.words import normal, own_word, phrases

LIFE_MEANINGS = tuple(LIFE_WORDS)
"""What a recipe may write on the right side of `words.asset_life`; "none" says nothing of it."""
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")  # InStock
_NUMBERED = re.compile(r"^(?:[0-9]+ )+|(?: [0-9]+)+$")
_PARTS = re.compile(r"\s*[()\[\]/|+>:;,]\s*|\s+[-–—]\s+")
_CODES = re.compile(r"[A-ZÖ]{3,5}(?:[\s,]+[A-ZÖ]{3,5})+")
_FIRST = ("retired", "idle", "ordered", "delivered", "in_use", "commissioned", "installed", "none")
"""Which of several codes of one machine counts: that which takes most from it."""


@cache
def _known() -> Mapping[str, str]:
    return {phrase: life for life, text in LIFE_WORDS.items() for phrase in phrases(text)}


def _one(text: str) -> str | None:
    words = normal(text)
    joined = normal(_JOINED.sub(" ", text))
    return _known().get(words) or _known().get(joined) or _known().get(_NUMBERED.sub("", words))


def _of_codes(text: str) -> str | None:
    """Several codes of a status profile, as in "ESTO DLFL"; codes that nobody knows say nothing."""
    if not _CODES.fullmatch(text.strip()):
        return None
    found = {_known().get(normal(code)) for code in re.split(r"[\s,]+", text.strip())}
    return next((life for life in _FIRST if life in found), None)


def _of_parts(text: str) -> str | None:
    """A word with a finer one beside it, as in "In stock - Reserved": both may not differ.

    What takes a machine off every list has to be said by each part that is known, and no other.
    """
    parts = [part for part in _PARTS.split(text) if part.strip()]
    found = [_one(part) for part in parts]
    if len(parts) < 2 or len({one for one in found if one is not None}) != 1:
        return None
    first = found[0]
    return None if first == "retired" and None in found else first


def life_word(text: str, own: Mapping[str, str] | None = None) -> str | None:
    """This will say what a word means for the life of an asset; None: nothing is known about it.

    `own` are the recipe's words, which win. "none" is known, and says nothing.

    >>> life_word("In Betrieb"), life_word("InStock"), life_word("6 - Retired"), life_word("Defekt")
    ('in_use', 'idle', 'retired', None)
    """
    stated = own_word(text, own)
    if stated is not None:
        return stated
    return _one(text) or _of_codes(text) or _of_parts(text)
