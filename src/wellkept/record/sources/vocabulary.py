"""The words of the coded columns of one table: what each means, and which nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from wellkept.record.sources.asset_flags import reader as asset_reader
from wellkept.record.sources.evidence import counted, only_yes_counts, planned_yes, verdict_yes
from wellkept.record.sources.life_flags import life_reader
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.recipe import StatedWords
from wellkept.record.sources.roles import REGISTERS
from wellkept.record.sources.understanding import Column, UnknownWord, Words
from wellkept.record.sources.words import (
    StateWord,
    Verdict,
    consequence_word,
    normal,
    own_word,
    party_word,
    planned_word,
    product_kind_word,
    says_nobody,
    state_word,
    verdict_word,
)

T = TypeVar("T")
_Spoken = tuple[dict[str, str], tuple[UnknownWord, ...]]  # what words mean, and those unknown
_MOST_SAID = 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words with a meaning, the words without one, and what was assumed."""

    words: Words
    unknown: tuple[UnknownWord, ...]
    why: tuple[str, ...]

    @classmethod
    def empty(cls) -> Vocabulary:
        """This will give the vocabulary of a table that nobody reads."""
        return cls(Words(), (), ())


@dataclass(slots=True)
class _Reader:
    roles: Mapping[str, Column]
    profiles: Mapping[str, ColumnProfile]  # by key
    unknown: list[UnknownWord] = field(default_factory=list)

    def read(
        self, role: str, meaning: Callable[[str], T | None], *, listed: bool = True
    ) -> dict[str, T]:
        """This will look up every word of a role's column, and list those without a meaning."""
        column = self.roles.get(role)
        found: dict[str, T] = {}
        if column is None:
            return found
        for word, count in counted(self.profiles[column.key]).items():
            meant = meaning(word)
            if meant is not None:
                found[word] = meant
            elif listed:
                self.unknown.append(UnknownWord(role, column.header, word, count))
        return found

    def header(self, role: str) -> str:
        """The header of a role's column as found, or nothing."""
        column = self.roles.get(role)
        return self.profiles[column.key].header_as_found if column is not None else ""


def _verdicts(reader: _Reader, role: str, own: Mapping[str, str]) -> dict[str, Verdict]:
    header = reader.header(role)
    yes, only_yes = verdict_yes(header), only_yes_counts(header)

    def meaning(word: str) -> Verdict | None:
        said = verdict_word(word, own, yes_is=yes)
        if said == "kept" and only_yes and own_word(word, own) is None:
            return "open"
        return said

    return reader.read(role, meaning)


def _nobody(reader: _Reader, stated: tuple[str, ...]) -> tuple[str, ...]:
    names = {normal(name) for name in stated}

    def meaning(word: str) -> bool | None:
        return True if says_nobody(word) or normal(word) in names else None

    found = reader.read("owner", meaning, listed=False)
    return tuple(dict.fromkeys([*found, *stated]))


def _assumed(header: str, classes: Mapping[str, str], own: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        f"consequence: {normal(meaning)}, assumed from the word ‘{word}’ in column ‘{header}’."
        for word, meaning in classes.items()
        if own_word(word, own) is None and normal(word) != normal(meaning)
    )


def _by_parts(header: str, states: Mapping[str, StateWord]) -> tuple[str, ...]:
    read = [
        f"‘{word}’ as {meant.meaning}" for word, meant in states.items() if meant.how == "parts"
    ]
    if not read:
        return ()
    more = f" and {len(read) - _MOST_SAID} more" if len(read) > _MOST_SAID else ""
    return (
        f"state: in ‘{header}’ these words were read from their parts: "
        f"{', '.join(read[:_MOST_SAID])}{more}.",
    )


def _of_assets(shape: str, column: Column, profile: ColumnProfile, stated: StatedWords) -> _Spoken:
    """What is said of assets: how a log of their states speaks, and how a register of them does."""
    served = shape == "asset_state"
    meaning = (asset_reader if served else life_reader)(
        profile, stated.asset_state if served else stated.asset_life
    )
    role, found, unknown = "asset_state" if served else "asset_life", {}, []
    for word, count in counted(profile).items():
        meant = meaning(word)
        if meant is not None:
            found[word] = meant
        else:
            unknown.append(UnknownWord(role, column.header, word, count))
    return found, tuple(unknown)


def spoken_of(
    shape: str,
    roles: Mapping[str, Column],
    profiles: Mapping[str, ColumnProfile],
    stated: StatedWords,
) -> Vocabulary:
    """This will give every coded word of a table its meaning, as the rows of its shape speak."""
    if shape == "none":
        return Vocabulary.empty()
    apart = shape in (*REGISTERS, "asset_state")  # the states of cases are none of things
    coded = {role: column for role, column in roles.items() if role != "state" or not apart}
    spoken = vocabulary(coded, profiles, stated)
    said = roles.get("state")
    if shape not in ("asset", "asset_state") or said is None:
        return spoken
    found, unknown = _of_assets(shape, said, profiles[said.key], stated)
    words = (
        replace(spoken.words, asset_life=found)
        if shape == "asset"
        else replace(spoken.words, asset_state=found)
    )
    return replace(spoken, words=words, unknown=spoken.unknown + unknown)


def vocabulary(
    roles: Mapping[str, Column], profiles: Mapping[str, ColumnProfile], stated: StatedWords
) -> Vocabulary:
    """This will give every coded word its meaning: the recipe's first, then the known ones."""
    reader = _Reader(roles, profiles)
    consequence = reader.read(
        "consequence", lambda word: consequence_word(word, stated.consequence)
    )
    state = reader.read("state", lambda word: state_word(word, stated.state))
    yes = planned_yes(reader.header("planned"))
    words = Words(
        state=state,
        substate=reader.read("substate", lambda word: state_word(word, stated.state)),
        consequence=consequence,
        product_kind=reader.read(
            "product_kind", lambda word: product_kind_word(word, stated.product_kind)
        ),
        verdict=_verdicts(reader, "verdict", stated.verdict),
        respond_verdict=_verdicts(reader, "respond_verdict", stated.respond_verdict),
        planned=reader.read("planned", lambda word: planned_word(word, stated.planned, yes_is=yes)),
        moved_by=reader.read("moved_by", lambda word: party_word(word, stated.moved_by)),
        nobody=_nobody(reader, stated.nobody),
    )
    why = _assumed(reader.header("consequence"), consequence, stated.consequence)
    return Vocabulary(words, tuple(reader.unknown), why + _by_parts(reader.header("state"), state))
