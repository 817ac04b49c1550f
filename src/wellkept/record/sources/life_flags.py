"""Columns of a register that say where its assets are in their life: in words, or by yes and no."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wellkept.record.sources.asset_flags import FLAGS, SMALL, answer
from wellkept.record.sources.evidence import share_of
from wellkept.record.sources.heading import heading
from wellkept.record.sources.life_words import life_word
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.words import own_word

SERVES = ("in_use", "commissioned", "installed")


def life_of_yes(header: str) -> str | None:
    """This will say what a yes means under a header, None where the header does not say.

    >>> life_of_yes("In service?"), life_of_yes("Verschrottet"), life_of_yes("Status")
    ('in_use', 'retired', None)
    """
    words = heading(header).words
    return life_word(" ".join(words)) or life_word(" ".join(w for w in words if w not in SMALL))


def life_reader(
    profile: ColumnProfile, own: Mapping[str, str] | None = None
) -> Callable[[str], str | None]:
    """This will give the reader of a column's words: the recipe's, else yes and no, else the known.

    A no under "in use" means idle; a no under "scrapped" or "in stock" means in use.
    """
    yes = None
    if share_of(profile, answer) >= FLAGS:
        yes = life_of_yes(profile.header_as_found or profile.header)
    no = "idle" if yes in SERVES else "in_use"

    def meaning(word: str) -> str | None:
        said = answer(word) if yes is not None and own_word(word, own) is None else None
        if said is None:
            return life_word(word, own)
        return yes if said else no

    return meaning
