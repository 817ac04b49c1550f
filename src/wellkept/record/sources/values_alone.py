"""What the values say where no header does: only on strong evidence, and always said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wellkept.record.sources.evidence import (
    filled,
    is_moment,
    is_unique,
    looks_like_id,
    share_of,
)
from wellkept.record.sources.lexicon import Match, matches
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.shape_evidence import ShapeChoice
from wellkept.record.sources.understanding import Column, PairCheck
from wellkept.record.sources.words import state_word

ENOUGH_PAIRS = 50
ORDERED = 0.99


@dataclass(slots=True)
class Found:
    """The shape as it stands after the values spoke, the roles that they gave, and why."""

    choice: ShapeChoice
    roles: dict[str, ColumnProfile] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)

    def take(self, role: str, profile: ColumnProfile, why: str) -> None:
        """This will note a role with its reason."""
        self.roles[role] = profile
        self.why.append(f"{role}: ‘{profile.header}’ is taken from its values alone: {why}.")


@dataclass(frozen=True, slots=True)
class _Scene:
    profiles: Sequence[ColumnProfile]
    used: frozenset[str]
    meanings: Mapping[str, tuple[Match, ...]]
    pairs: Sequence[PairCheck]

    def nameless(self) -> list[ColumnProfile]:
        """Columns without a role whose header says nothing known."""
        return [
            profile
            for profile in self.profiles
            if profile.key not in self.used
            and not self.meanings.get(profile.key)
            and not matches(profile.header_as_found or profile.header)
        ]


def _number(scene: _Scene) -> ColumnProfile | None:
    for profile in scene.nameless():
        lettered = any(letter.isalpha() for value in profile.sample[:20] for letter in value)
        if lettered and is_unique(profile, 0.999) and profile.rows >= 5 and looks_like_id(profile):
            return profile
    return None


def _state(scene: _Scene) -> ColumnProfile | None:
    def known(word: str) -> object | None:
        meant = state_word(word)
        return meant if meant is not None and meant.how == "known" else None

    for profile in scene.nameless():
        words = {word for word, _ in profile.top if known(word) is not None}
        few = 2 <= profile.distinct <= 30 and profile.yes_no < 0.5
        if few and len(words) >= 2 and share_of(profile, known) >= 0.9:
            return profile
    return None


def _two_dates(scene: _Scene) -> tuple[ColumnProfile, ColumnProfile] | None:
    """Two nameless moments of which one always comes first and the other is sometimes missing."""
    dates = [p for p in scene.nameless() if is_moment(p, 0.95) and not p.moments.ambiguous]
    if len(dates) != 2:
        return None
    for first, second in (dates, reversed(dates)):
        for pair in scene.pairs:
            if (pair.earlier, pair.later) != (first.key, second.key):
                continue
            strict = pair.ordered - pair.equal
            sure = pair.both >= ENOUGH_PAIRS and pair.ordered >= ORDERED * pair.both
            if sure and strict >= pair.both / 2 and filled(first) >= 0.99:
                return first, second
    return None


def unnamed_moments(profiles: Sequence[ColumnProfile]) -> tuple[str, ...]:
    """This will give the keys of the columns of moments whose headers say nothing known."""
    return tuple(
        profile.key
        for profile in profiles
        if is_moment(profile, 0.95) and not matches(profile.header_as_found or profile.header)
    )


def by_values(
    choice: ShapeChoice,
    profiles: Sequence[ColumnProfile],
    roles: Mapping[str, Column],
    meanings: Mapping[str, tuple[Match, ...]],
    pairs: Sequence[PairCheck] = (),
) -> Found:
    """This will fill in what the values show: a number, a state, the order of two dates."""
    found = Found(choice)
    used = frozenset(column.key for column in roles.values())
    scene = _Scene(profiles, used, meanings, pairs)
    if choice.shape not in ("case", "event", "downtime", "none"):
        return found
    state = _state(scene) if "state" not in roles else None
    number = _number(scene) if choice.shape in ("case", "none") and "case_id" not in roles else None
    if choice.shape == "none":
        dates = _two_dates(scene)
        if dates is None or state is None or number is None:
            return _only_say(found, scene)
        found.choice = ShapeChoice("case", None, "its values are those of cases")
        said = f"it is never later than ‘{dates[1].header}’ and always filled"
        found.take("reported", dates[0], said)
        found.take("closed", dates[1], f"it is never earlier than ‘{dates[0].header}’")
    if state is not None:
        found.take("state", state, "nearly all its words are known states")
    if number is not None:
        found.take("case_id", number, "every row has its own, and it looks like a number")
    return found


def _only_say(found: Found, scene: _Scene) -> Found:
    dates = [f"‘{p.header}’" for p in scene.nameless() if is_moment(p, 0.9)]
    if dates:
        hold = "holds" if len(dates) == 1 else "hold"
        said = f"{' and '.join(dates)} {hold} moments"
        found.why.append(f"{said}, but nothing says which: name them in the recipe.")
    return found
