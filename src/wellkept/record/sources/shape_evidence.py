"""What the deciders about a table's shape may ask: its name, its profiles, what they may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wellkept.record.sources.evidence import STRONG
from wellkept.record.sources.heading import heading
from wellkept.record.sources.lexicon import Match
from wellkept.record.sources.profile import ColumnProfile

Candidates = Mapping[str, tuple[Match, ...]]  # key of a column → what it may mean, tested
_PEOPLE = (
    *(("first", "name"), ("last", "name"), ("job", "title"), ("username",), ("surname",)),
    *(("employee", "number"), ("date", "of", "birth"), ("birthday",), ("user", "name")),
)


@dataclass(frozen=True, slots=True)
class ShapeChoice:
    """The shape of a table, the column that numbers its cases, and why."""

    shape: str
    case_key: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A table's name, its profiles and what its columns may mean."""

    name: str
    profiles: Sequence[ColumnProfile]
    candidates: Candidates

    def best(self, notion: str) -> tuple[int, ColumnProfile] | None:
        """This will give the best column for a notion, with its score."""
        found = [
            (match.score, profile)
            for profile in self.profiles
            for match in self.candidates.get(profile.key, ())
            if match.notion == notion
        ]
        return max(found, key=lambda pair: pair[0], default=None)

    def has(self, notion: str, least: int = 70) -> bool:
        """This will say whether some column stands for the notion by its own name."""
        found = self.best(notion)
        return found is not None and found[0] >= least

    def points(self, table: Mapping[str, float]) -> float:
        """This will add up the points of every notion that is there."""
        return sum(points for notion, points in table.items() if self.has(notion))

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers as found."""
        return tuple(one.header_as_found for one in self.profiles)

    @property
    def people(self) -> bool:
        """Whether it lists people, and not things or cases that name people."""
        things = self.has("asset", STRONG) or self.has("case_id", 90)
        return lists_people(self.headers) and not things

    @property
    def words(self) -> frozenset[str]:
        """All words of all headers."""
        return frozenset(
            word for one in self.profiles for word in heading(one.header_as_found).words
        )


def lists_people(headers: Iterable[str]) -> bool:
    """This will say whether a table lists people, by its headers."""
    said = [heading(header).words for header in headers]
    return sum(1 for named in _PEOPLE if named in said) >= 2
