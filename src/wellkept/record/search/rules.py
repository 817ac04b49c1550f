"""What was typed, cut into words; and how texts are compared: by their letters, not their case."""

import re
from dataclasses import dataclass

SHORTEST = 3
"""A piece of a text that an index of trigrams can find."""
GRAMS = 12
"""So many trigrams of a long word are asked for; more would narrow nothing."""
WORDS = 8
"""So many words of what was typed are looked for."""
PIECE = re.compile(r'(?<!\S)"([^"]+)"(?!\S)|(\S+)')


@dataclass(frozen=True, slots=True)
class Searched:
    """What the rows of a model answer with.

    `texts` are its own columns, which an index of trigrams serves. `through` names relations whose
    rows answer for it: a promise answers to the name of its customer; `through_few` those that do
    so only for a word that few of them hold: a promise answers to the serial of its asset, not to
    two signs of it. `people` is a path to names of people, which no index holds. A row with
    numbers of other systems answers to each of them as a whole. `letter` begins the number that
    people use, as P in P-000123. `begins` are columns whose beginning alone is looked for where
    somebody typed less than three signs; the first of them orders what is found.
    """

    texts: tuple[str, ...]
    through: tuple[str, ...] = ()
    through_few: tuple[str, ...] = ()
    people: str = ""
    letter: str = ""
    begins: tuple[str, ...] = ()


def fold(text: str | None) -> str | None:
    """This will give a text in small letters, as both databases compare it.

    >>> fold("MÜLLER Насос ΟΔΟΣ")
    'müller насос οδοσ'
    """
    return None if text is None else text.lower().replace("ς", "σ")


def words_of(typed: str) -> tuple[str, ...]:
    """This will cut what was typed into words, each once; a pair of quotes holds a phrase together.

    Every other sign stands for itself.

    >>> words_of('seal "clinic nord"  50% seal')
    ('seal', 'clinic nord', '50%')
    >>> words_of('3/4" pump')
    ('3/4"', 'pump')
    """
    typed = typed.replace("\0", "")
    found = (held.strip() or loose for held, loose in PIECE.findall(typed))
    return tuple(dict.fromkeys(word for word in found if word))[:WORDS]


def is_short(word: str) -> bool:
    """This will tell whether a word is too short for the index."""
    return len(word) < SHORTEST


def grams(word: str) -> list[str]:
    """This will give the trigrams that a text with this word has; not all, of a long word.

    >>> grams("pump")
    ['pum', 'ump']
    """
    places = range(len(word) - SHORTEST + 1)
    if len(places) > GRAMS:
        places = range(0, min(len(places), GRAMS * SHORTEST), SHORTEST)
    return [word[place : place + SHORTEST] for place in places]


def number_meant(word: str, letter: str) -> int | None:
    """This will read the number of a row as people write it; None where it is none.

    >>> number_meant("p-000123", "P"), number_meant("123", "P"), number_meant("C-1", "P")
    (123, 123, None)
    """
    digits = word.upper().removeprefix(letter).lstrip("-") if letter else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
