"""Yes-or-no columns that say whether an asset served: what a yes means, and how that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wellkept.record.sources.asset_words import AssetWord, asset_word, asset_word_run_together
from wellkept.record.sources.evidence import STRONG, share_of
from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon import matches
from wellkept.record.sources.lexicon_words import NO, YES
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.understanding import Suspicion
from wellkept.record.sources.words import normal, own_word

FLAGS = 0.9  # of the rows with a word: yes and no, before the column is read as a flag
NEARLY_ALWAYS = 0.8  # of the answers: what most assets say most of the time is that they serve
_YES, _NO = YES | {"1 0"}, NO | {"0 0"}  # 1.0 and 0.0, as a table tool writes a flag with gaps
SMALL = bag(
    """is was are currently flag indicator now asset equipment facility machine unit lift elevator
    escalator turbine charger device station state status"""
)
"""Words of a header beside the state that it names."""
_NO_FLAGS = bag(
    "on off open good red green connected enabled disabled charging idle occupied alarm"
)
"""Words of a state that say nothing under a yes: an open door, an alarm, an enabled account."""


@dataclass(frozen=True, slots=True)
class Flag:
    """What yes and no mean; `assumed`: by the answers alone, since the header does not say."""

    yes: AssetWord
    no: AssetWord
    assumed: bool = False

    def meaning(self, word: str) -> AssetWord | None:
        """This will say what an answer means, None where it is neither yes nor no."""
        words = normal(word)
        return self.yes if words in _YES else self.no if words in _NO else None


def answer(word: str) -> bool | None:
    """This will say whether a word is a yes or a no, None where it is neither."""
    words = normal(word)
    return True if words in _YES else False if words in _NO else None


def flag_of_header(header: str) -> Flag | None:
    """This will say what a yes means under a header, None where the header does not say.

    >>> flag_of_header("in_service").yes, flag_of_header("is_down").yes
    ('up', 'down')
    >>> flag_of_header("status") is None
    True
    """
    words = [word for word in heading(header).words if word not in SMALL]
    if len(words) == 1 and words[0] in _NO_FLAGS:
        return None
    said = (
        (asset_word(" ".join(words)) or asset_word_run_together("".join(words))) if words else None
    )
    if said == "up":
        return Flag("up", "down")
    return Flag("down", "up") if said == "down" else None


def flag_of(profile: ColumnProfile) -> Flag | None:
    """This will say how a column of yes and no is read, None where it is no such column.

    Under a header that only says "status", a yes that nearly always holds means that the asset
    served: no maker's machines are down most of the time. That is assumed, and said.
    """
    if share_of(profile, answer) < FLAGS:
        return None
    said = flag_of_header(profile.header_as_found or profile.header)
    if said is not None:
        return said
    yes = share_of(profile, lambda word: True if answer(word) else None)
    both = len({answer(word) for word, _ in profile.top} - {None}) == 2
    names = matches(profile.header_as_found or profile.header)
    state = any(match.notion == "state" and match.score >= STRONG for match in names)
    return Flag("up", "down", assumed=True) if state and both and yes >= NEARLY_ALWAYS else None


def reader(
    profile: ColumnProfile, own: Mapping[str, str] | None = None
) -> Callable[[str], AssetWord | None]:
    """This will give the reader of a column's words: the recipe's, a flag's, else the known."""
    flag = flag_of(profile)

    def meaning(word: str) -> AssetWord | None:
        if own_word(word, own) is not None:
            return asset_word(word, own)
        return (flag.meaning(word) if flag is not None else None) or asset_word(word)

    return meaning


def assumed(profile: ColumnProfile, own: Mapping[str, str] | None = None) -> Suspicion | None:
    """This will say what was assumed of a column of ones and noughts, with the recipe's lines."""
    flag = flag_of(profile)
    if flag is None or not flag.assumed:
        return None
    words = [word for word, _ in profile.top if own_word(word, own) is None]
    yes = next((word for word in words if answer(word) is True), None)
    no = next((word for word in words if answer(word) is False), None)
    if yes is None or no is None:
        return None
    return Suspicion(
        f"‘{profile.header}’ says ‘{yes}’ on most rows and ‘{no}’ on the others: ‘{yes}’ was read "
        "as serving, since assets serve most of the time.",
        "State it in the recipe, or the other way round: [table.words.asset_state] "
        f'"{yes}" = "up" and "{no}" = "down".',
    )
