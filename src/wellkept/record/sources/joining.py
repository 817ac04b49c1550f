"""Which column joins the tables of a folder: told by the values that they have in common.

A list may number its cases twice, with a number for people and an id for machines; the log beside
it carries one of the two. And a list that is exported twice is one list, whatever numbers its rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb

from wellkept.record.sources.evidence import is_moment, is_unique, looks_like_id
from wellkept.record.sources.load import given
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.registers import ENOUGH, Overlap, Profiles, sampled_overlap
from wellkept.record.sources.roles import MOMENT_ROLES
from wellkept.record.sources.snapshots import row_keys, same_list
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.understanding import Column, Understanding

NOT_JOINED = 0.1
FOLLOWERS = ("event", "move", "promise")
_NUMBER_OF = {"promise": "promise_id", "case": "case_id"}


def counted_overlap(
    con: duckdb.DuckDBPyConnection, tables: Iterable[RawTable], profiles: Profiles
) -> Overlap:
    """This will make an overlap that asks the engine where the samples do not hold all values.

    The share is that of the other column's sampled values which this column has anywhere.
    """
    relations = {table.name: table.relation for table in tables}
    columns = {(file, one.key): one for file, all_ in profiles.items() for one in all_}
    sampled = sampled_overlap(profiles)

    def overlap(file: str, key: str, other: str, other_key: str) -> float:
        mine, theirs = columns[file, key], columns[other, other_key]
        if mine.distinct <= len(mine.sample):
            return sampled(file, key, other, other_key)
        asked = sorted({value.strip().casefold() for value in theirs.sample})
        if not asked:
            return 0.0
        row = con.execute(
            f"SELECT count(*) FROM (SELECT unnest({given()}) AS value) v WHERE value IN "
            f'(SELECT lower(trim(CAST("{key}" AS VARCHAR))) FROM {relations[file]})',
            [json.dumps(asked)],
        ).fetchone()
        return float(row[0]) / len(asked) if row else 0.0

    return overlap


@dataclass(frozen=True, slots=True)
class Numbered:
    """The column that is found to number the rows of a table, and the sentence that says why."""

    role: str
    profile: ColumnProfile
    why: str


def joined(
    understandings: Sequence[Understanding], profiles: Profiles, overlap: Overlap
) -> tuple[Understanding, ...]:
    """This will number cases as their logs do, and lists that come back by what comes back.

    What the recipe states stays. Only columns whose values are different on (nearly) every row
    are looked at.
    """
    found = dict(_by_followers(understandings, profiles, overlap))
    for file, numbered in _by_coming_back(understandings, profiles, overlap):
        found.setdefault(file, numbered)
    return tuple(
        _numbered(one, found[one.file]) if one.file in found else one for one in understandings
    )


def _by_followers(
    understandings: Sequence[Understanding], profiles: Profiles, overlap: Overlap
) -> Iterable[tuple[str, Numbered]]:
    logs = [one for one in understandings if one.shape in FOLLOWERS and one.key("case_id")]
    lists = [one for one in understandings if one.shape == "case" and one.key("case_id")]
    for log in logs:
        theirs = log.roles["case_id"].key
        for one in lists:
            if overlap(one.file, one.roles["case_id"].key, log.file, theirs) >= NOT_JOINED:
                continue
            found = _joining(one, log, profiles, overlap)
            if found is not None:
                yield one.file, found


def _joining(
    one: Understanding, log: Understanding, profiles: Profiles, overlap: Overlap
) -> Numbered | None:
    own = one.roles["case_id"]
    if own.how == "recipe":
        return None
    shares = [
        (overlap(one.file, profile.key, log.file, log.roles["case_id"].key), profile)
        for profile in profiles[one.file]
        if profile.key != own.key and _could_number(profile, one)
    ]
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or share < ENOUGH:
        return None
    why = f"‘{best.header}’ is taken, not ‘{own.header}’: ‘{log.file}’ names cases by it."
    return Numbered("case_id", best, why)


def _by_coming_back(
    understandings: Sequence[Understanding], profiles: Profiles, overlap: Overlap
) -> Iterable[tuple[str, Numbered]]:
    groups: dict[tuple[str, tuple[str, ...]], list[Understanding]] = {}
    for one in understandings:
        if one.shape in _NUMBER_OF and not row_keys(one):
            groups.setdefault((one.shape, tuple(one.headers.values())), []).append(one)
    for (shape, _), members in groups.items():
        found = _coming_back(members, profiles, overlap) if len(members) > 1 else ()
        for one, profile in zip(members, found, strict=False):
            why = f"‘{profile.header}’ is taken: its values come back in a file like this one."
            yield one.file, Numbered(_NUMBER_OF[shape], profile, why)


def _coming_back(
    members: Sequence[Understanding], profiles: Profiles, overlap: Overlap
) -> tuple[ColumnProfile, ...]:
    """The column that numbers the rows of all of them, as it stands in each."""
    first, last = members[0].file, members[-1].file
    for column in profiles[first]:
        found = tuple(_of(profiles, one, column.header) for one in members)
        if all(_could_number(*pair) for pair in zip(found, members, strict=True)):
            shares = (
                overlap(first, found[0].key, last, found[-1].key),
                overlap(last, found[-1].key, first, found[0].key),
            )
            if same_list(max(shares)):
                return found
    return ()


def _of(profiles: Profiles, one: Understanding, header: str) -> ColumnProfile:
    return next(profile for profile in profiles[one.file] if profile.header == header)


def _could_number(profile: ColumnProfile, one: Understanding) -> bool:
    taken = {
        column.key for role, column in one.roles.items() if role in MOMENT_ROLES or role == "money"
    }
    unique = is_unique(profile, 0.999) and not is_moment(profile)
    return unique and profile.key not in taken and looks_like_id(profile)


def _numbered(one: Understanding, found: Numbered) -> Understanding:
    """The table with its number; the column that numbered it before is kept to cut by."""
    profile = found.profile
    roles = {role: column for role, column in one.roles.items() if column.key != profile.key}
    before = roles.get(found.role)
    roles[found.role] = Column(
        found.role,
        profile.key,
        profile.header,
        "values",
        profile.moments,
        profile.numbers,
        profile.durations,
    )
    free = tuple(key for key in one.segments if key != profile.key)
    kept = free if before is None else (*free, before.key)
    return replace(one, roles=roles, segments=kept, why=(*one.why, f"{found.role}: {found.why}"))
