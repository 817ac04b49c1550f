"""From the profiles of a table's columns to what the table is: recognition without a clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from wellkept.record.sources.asset_flags import assumed
from wellkept.record.sources.assignment import (
    STATED,
    Bid,
    assign,
    bids,
    candidates,
    why_chosen,
)
from wellkept.record.sources.clocks import clock_beside
from wellkept.record.sources.durations import durations_in
from wellkept.record.sources.evidence import is_moment
from wellkept.record.sources.heading import heading
from wellkept.record.sources.left_over import is_pointed
from wellkept.record.sources.lexicon import Match
from wellkept.record.sources.moved_dates import moved_dates
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.recipe import (
    FILE_NAME,
    BadRecipe,
    TableRecipe,
    find_header,
)
from wellkept.record.sources.registers import Shared
from wellkept.record.sources.roles import MOMENT_ROLES, REGISTERS, SHAPES, lacking
from wellkept.record.sources.shape import shape_of
from wellkept.record.sources.shape_evidence import Evidence, ShapeChoice
from wellkept.record.sources.suspicions import of_columns, perhaps_planned
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.understanding import (
    Column,
    HowKnown,
    PairCheck,
    Suspicion,
    Understanding,
)
from wellkept.record.sources.values_alone import by_values
from wellkept.record.sources.vocabulary import spoken_of

NOTHING_STATED = TableRecipe()
UNDECIDED = ShapeChoice("none", None, "")


@dataclass(slots=True)
class _Work:
    """One table on its way to being understood."""

    table: RawTable
    profiles: Sequence[ColumnProfile]
    recipe: TableRecipe
    pairs: Sequence[PairCheck]
    shared: Shared | None = None
    choice: ShapeChoice = UNDECIDED
    roles: dict[str, Column] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)
    doubts: list[Suspicion] = field(default_factory=list)

    @property
    def by_header(self) -> dict[str, ColumnProfile]:
        return {profile.header: profile for profile in self.profiles}

    def profile_of(self, header: str) -> ColumnProfile | None:
        """The column that a recipe names, by its header as written or nearly so."""
        named = find_header(header, [profile.header for profile in self.profiles])
        return self.by_header[named] if named is not None else None

    @property
    def ignored(self) -> tuple[str, ...]:
        found = (self.profile_of(header) for header in self.recipe.ignore)
        return tuple(profile.key for profile in found if profile is not None)

    def take(self, role: str, profile: ColumnProfile, how: HowKnown) -> None:
        """Give a role to a column, with what the header, the values and the recipe say of it."""
        said = heading(profile.header_as_found or profile.header)
        stated = self.recipe.formats.get(role) or self.recipe.formats.get(profile.header, ())
        constant = self.choice.case_key in profile.constant_within
        unit = self.recipe.units.get(role)
        lasts = profile.durations if unit is None else durations_in(profile.sample, unit)
        self.roles[role] = Column(
            role,
            profile.key,
            profile.header,
            how,
            profile.moments,
            profile.numbers,
            lasts,
            per_case=self.choice.shape == "event" and constant,
            zone=said.zone,
            unit=said.unit,
            stated=stated,
            pointed=is_pointed(role, profile),
        )


def _stated(work: _Work) -> dict[str, ColumnProfile]:
    """The columns that the recipe names, by role."""
    found: dict[str, ColumnProfile] = {}
    for role, choice in work.recipe.columns.items():
        there = (work.profile_of(header) for header in choice.headers)
        profile = next((one for one in there if one is not None), None)
        if profile is None:
            said = " or ".join(f"‘{header}’" for header in choice.headers)
            raise BadRecipe(
                f"{FILE_NAME}: `columns.{role}` names {said}, but ‘{work.table.name}’ has no such "
                "column. Correct the header, or take the line out."
            )
        found[role] = profile
    return found


def _meanings(work: _Work, stated: Mapping[str, ColumnProfile]) -> dict[str, tuple[Match, ...]]:
    """What every column may mean; what the recipe states is all that its columns mean."""
    found = candidates(work.profiles) if work.recipe.guess else {}
    for key in work.ignored:
        found.pop(key, None)
    for role, profile in stated.items():
        found[profile.key] = (Match(role, STATED),)
    if work.shared is not None:
        found[work.shared.key] = (Match(work.shared.role, STATED),)
    return found


def _choose_shape(work: _Work, meanings: Mapping[str, tuple[Match, ...]]) -> ShapeChoice:
    if work.shared is not None:
        header = next(one.header for one in work.profiles if one.key == work.shared.key)
        return ShapeChoice(work.shared.role, None, work.shared.why(header))
    evidence = Evidence(work.table.name, work.profiles, meanings)
    choice = shape_of(evidence)
    stated = work.recipe.shape
    if stated is None or stated == choice.shape:
        return choice
    number = evidence.best("case_id")
    key = number[1].key if number is not None and stated == "event" else None
    return ShapeChoice(stated, key, "the recipe says so")


def _take_roles(
    work: _Work,
    meanings: Mapping[str, tuple[Match, ...]],
    stated: Mapping[str, ColumnProfile],
) -> None:
    for role, profile in stated.items():
        work.take(role, profile, "recipe")
    if work.choice.shape == "none":
        return
    made = bids(work.choice, meanings, work.profiles)
    keys = [profile.key for profile in stated.values()]
    taken = [*stated, "kind"] if work.recipe.kind is not None else list(stated)
    chosen, rivals = assign(made, taken, keys)
    for role, bid in chosen.items():
        by_values = work.shared is not None and work.shared.key == bid.profile.key
        work.take(role, bid.profile, "values" if by_values else "header")
        if rivals.get(role):
            work.why.append(why_chosen(bid, rivals[role]))
        work.why.extend(_stand_in(work, bid))
    if work.choice.case_key is not None and "case_id" not in work.roles:
        number = next(one for one in work.profiles if one.key == work.choice.case_key)
        work.take("case_id", number, "values")
        work.why.append(f"case_id: ‘{number.header}’ is taken, since its values come back.")


def _moved(work: _Work, meanings: Mapping[str, tuple[Match, ...]]) -> None:
    """A due date and a revised one beside it: the first stays, the later is what is said today."""
    if work.choice.shape not in ("case", "promise", "downtime"):
        return
    found = moved_dates(work.profiles, work.roles, meanings)
    if found is None:
        return
    for role in [role for role, one in work.roles.items() if one.key == found.later.key]:
        del work.roles[role]
    if found.doubt is not None:
        work.doubts.append(found.doubt)
    work.take("first_due", found.first, "header")
    work.take("due", found.later, "header")
    work.why.append(found.why)


_AFTER = {"responded_after": ("responded",), "resolved_after": ("resolved", "closed")}


def _only_needed(work: _Work) -> None:
    """A length of time stands in for a moment that no column gives; else it stays a segment."""
    for role, moments in _AFTER.items():
        column = work.roles.get(role)
        if column is None or column.how == "recipe":
            continue
        if "reported" not in work.roles or any(moment in work.roles for moment in moments):
            del work.roles[role]
        else:
            work.why.append(
                f"{moments[0]}: reckoned from ‘{column.header}’, as the source counts it."
            )


def _back_again(work: _Work) -> None:
    """A case whose only end is that the thing served again: then the function was back."""
    if work.choice.shape != "case" or {"down_from", "restored"} & set(work.roles):
        return
    column = work.roles.get("down_to")
    if column is not None and column.how != "recipe":
        work.roles["restored"] = replace(work.roles.pop("down_to"), role="restored")


def _stand_in(work: _Work, bid: Bid) -> tuple[str, ...]:
    """What is said when a column only stands in for a role that no column names."""
    if bid.notion in ("not_before", "event_at", "requested", "delivery") and bid.rank > 0:
        header = bid.profile.header
        if bid.role == "done":
            work.doubts.append(perhaps_planned(header))
        return (f"{bid.role}: ‘{header}’ stands in, since no column says it better.",)
    return ()


def _only_answer(work: _Work) -> None:
    """A log of asset states with one moment only, or one left: from then on the state holds."""
    if work.choice.shape != "asset_state" or "event_at" in work.roles:
        return
    used = {column.key for column in work.roles.values()}
    moments = [one for one in work.profiles if is_moment(one, 0.9) and one.key not in used]
    if len(moments) == 1 and moments[0].key not in work.ignored and work.recipe.guess:
        work.take("event_at", moments[0], "values")
        work.why.append(
            f"event_at: ‘{moments[0].header}’ is taken, since it is the only moment of the table."
        )


def _name_is_key(work: _Work) -> None:
    """A register whose rows have a name and no number: the name is what the others call it."""
    shape = work.choice.shape
    named = work.roles.get("name")
    if shape not in REGISTERS or shape in work.roles or named is None:
        return
    work.roles[shape] = replace(work.roles.pop("name"), role=shape)
    work.why.append(f"{shape}: ‘{named.header}’ is taken, since no column numbers the rows.")


def _only_moment(work: _Work) -> None:
    """A case table with one moment only: whatever it is called, it dates the report."""
    moments = [role for role in work.roles if role in MOMENT_ROLES]
    if work.choice.shape != "case" or moments not in (["not_before"], ["changed"]):
        return
    column = work.roles.pop(moments[0])
    if column.how == "recipe":
        work.roles[column.role] = column
        return
    work.roles["reported"] = replace(column, role="reported")
    work.why.append(
        f"reported: ‘{column.header}’ stands in, since it is the only moment of the table."
    )


def _say_final_values(work: _Work) -> None:
    """What a log repeats on every row of a case was not known when the row was written."""
    final = [
        f"‘{column.header}’"
        for role, column in work.roles.items()
        if column.per_case and role in MOMENT_ROLES
    ]
    if final:
        work.why.append(
            f"{', '.join(final)}: the same on every row of a case, so read once per case and "
            "never as an event."
        )


def _withdraw_if_lacking(work: _Work) -> None:
    missing = lacking(work.choice.shape, work.roles)
    if not missing:
        return
    lacks = " and ".join(missing)
    if work.recipe.shape is not None:
        raise BadRecipe(
            f'{FILE_NAME}: `shape = "{work.recipe.shape}"` is stated for ‘{work.table.name}’, but '
            f"no column gives {lacks}. Name it under [table.columns], or take `shape` out."
        )
    work.why.append(
        f"It looks like {SHAPES[work.choice.shape].meaning}, but no column gives {lacks}."
    )
    work.choice = ShapeChoice("none", None, f"no column gives {lacks}")


def _add_clocks(work: _Work) -> None:
    """Join a date column with the column beside it that holds the time of day."""
    used = {column.key for column in work.roles.values()}
    free = [profile for profile in work.profiles if profile.key not in used]
    for role, column in list(work.roles.items()):
        if role not in MOMENT_ROLES:
            continue
        choice = work.recipe.columns.get(role)
        named = work.profile_of(choice.time) if choice is not None and choice.time else None
        found = clock_beside(column, free, named, _next_to(work, column))
        if found is not None:
            profile, pattern = found
            work.roles[role] = replace(column, clock_key=profile.key, clock_pattern=pattern)
            work.why.append(f"{role}: ‘{profile.header}’ gives the time of day.")


def _next_to(work: _Work, column: Column) -> ColumnProfile | None:
    keys = [profile.key for profile in work.profiles]
    at = keys.index(column.key) + 1
    return work.profiles[at] if at < len(keys) else None


def _segments(work: _Work) -> tuple[str, ...]:
    used = {column.key for column in work.roles.values()}
    used |= {column.clock_key for column in work.roles.values() if column.clock_key}
    if work.recipe.segments is not None:
        named = (work.profile_of(header) for header in work.recipe.segments)
        return tuple(profile.key for profile in named if profile is not None)
    free = (profile.key for profile in work.profiles if profile.blank < profile.rows)
    return tuple(key for key in free if key not in used and key not in work.ignored)


def recognise(
    table: RawTable,
    columns: Sequence[ColumnProfile],
    recipe: TableRecipe | None = None,
    *,
    pairs: Sequence[PairCheck] = (),
    shared: Shared | None = None,
) -> Understanding:
    """This will say what a table is and which role each of its columns plays.

    What the recipe states comes first; then the headers, as far as the values agree; then, on
    strong evidence only (`pairs`, `shared`), the values alone. Nothing is read from a clock or a
    file.
    Raises BadRecipe when the recipe names a column that is not there, or states a shape whose
    needs are not met.
    """
    work = _Work(table, columns, recipe or NOTHING_STATED, pairs, shared)
    stated = _stated(work)
    meanings = _meanings(work, stated)
    work.choice = _choose_shape(work, meanings)
    _take_roles(work, meanings, stated)
    _moved(work, meanings)
    if work.recipe.guess and work.recipe.shape is None:
        found = by_values(work.choice, work.profiles, work.roles, meanings, pairs)
        work.choice = found.choice
        for role, profile in found.roles.items():
            work.take(role, profile, "values")
        work.why.extend(found.why)
    _only_moment(work)
    _only_answer(work)
    _name_is_key(work)
    _only_needed(work)
    _back_again(work)
    _withdraw_if_lacking(work)
    _add_clocks(work)
    _say_final_values(work)
    return _understood(work)


def _assumed(work: _Work, by_key: Mapping[str, ColumnProfile]) -> tuple[Suspicion, ...]:
    """What was assumed of the roles, and would turn the figures round if it were wrong."""
    if work.choice.shape != "asset_state":
        return ()
    said = assumed(by_key[work.roles["state"].key], work.recipe.words.asset_state)
    return (said,) if said is not None else ()


def _understood(work: _Work) -> Understanding:
    by_key = {profile.key: profile for profile in work.profiles}
    spoken = spoken_of(work.choice.shape, work.roles, by_key, work.recipe.words)
    doubts = of_columns(work.roles, by_key, spoken.unknown, work.pairs)
    doubts += (*_assumed(work, by_key), *work.doubts)
    first = (f"{work.choice.shape}: {work.choice.why}.",) if work.choice.why else ()
    return Understanding(
        file=work.table.name,
        shape=work.choice.shape,
        roles=work.roles,
        segments=_segments(work),
        ignored=work.ignored,
        words=spoken.words,
        unknown_words=spoken.unknown,
        suspicions=doubts,
        why=first + tuple(work.why) + spoken.why,
        kind=work.recipe.kind,
        due_is=work.recipe.due_is,
        zone=work.recipe.zone,
        snapshot=work.recipe.key,
        headers={profile.key: profile.header for profile in work.profiles},
    )
