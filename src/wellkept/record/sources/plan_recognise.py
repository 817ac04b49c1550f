"""From the profiles of a table's columns to what it holds for the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wellkept.record.sources.evidence import is_moment, is_unique
from wellkept.record.sources.heading import heading, plain
from wellkept.record.sources.plan_lexicon import FIRST, SECOND, roles_in
from wellkept.record.sources.plan_movement_words import movement_words
from wellkept.record.sources.plan_recipe import PlanRecipe, PlanTableRecipe
from wellkept.record.sources.plan_tables import PLAN_ROLES, PLAN_TABLES, PlanTable
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.recipe import FILE_NAME, BadRecipe, find_header, nearest
from wellkept.record.sources.tables import RawTable

if TYPE_CHECKING:
    import duckdb

NOTHING = "no column says what the plan could use"
READABLE = 0.5  # share of a column's values that must read as what its role is
NAME_SPEAKS, UNIQUE_FROM = 40, 0.97
JOINS = 95
"""As sure as a header: the values are parts of another file."""


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """One column with the role that it plays."""

    role: str
    profile: ColumnProfile
    how: str  # recipe | header | values


@dataclass(frozen=True, slots=True)
class PlanUnderstanding:
    """What one table holds for the plan; `table` None: nothing."""

    file: str
    table: str | None
    columns: Mapping[str, PlanColumn] = field(default_factory=dict)
    why: str = ""


def check_files(recipe: PlanRecipe, names: Sequence[str]) -> None:
    """This will refuse a recipe that names a file that is not there. Raises BadRecipe."""
    for entry in recipe.tables:
        if not any(entry.fits(name) for name in names):
            there = ", ".join(f"‘{name}’" for name in names) or "none"
            raise BadRecipe(
                f'{FILE_NAME}: [[plan.table]] file = "{entry.file}" meets no file of the folder'
                f"{nearest(entry.file, names)} The tables are: {there}. Correct `file`, or take "
                "the entry out."
            )


def recognise_table(
    table: RawTable,
    profiles: Sequence[ColumnProfile],
    stated: PlanTableRecipe | None = None,
    *,
    con: duckdb.DuckDBPyConnection | None = None,
    joined: str | None = None,
    dated: bool = False,
) -> PlanUnderstanding:
    """This will say what a table holds for the plan.

    What the recipe states comes first; then headers, as far as the values agree, and the file's
    name. `joined` is the key of the column that holds parts of other files; `dated` takes the one
    column of moments as the day of requests; with `con` a list of stock is told from a log. Raises
    BadRecipe when the recipe names a column that is not there.
    """
    if stated is not None and stated.table == "none":
        return PlanUnderstanding(table.name, None, why="the recipe says so")
    fixed = _stated(table, profiles, stated)
    meant = {profile.key: _meanings(profile) for profile in profiles}
    if joined is not None:
        meant = {
            key: {"part": JOINS} if key == joined else {r: s for r, s in one.items() if r != "part"}
            for key, one in meant.items()
        }
    if dated and (day := _only_day(profiles, meant)) is not None:
        meant[day] = {"date": JOINS}
    if stated is not None and stated.table is not None:
        kind = PLAN_TABLES[stated.table]
        columns = _assign(kind, profiles, meant, fixed)
        lacking = _lacking(kind, columns)
        if lacking:
            raise BadRecipe(
                f'{FILE_NAME}: `table = "{kind.name}"` is stated for ‘{table.name}’, but no column '
                f"gives {lacking}. Name it under [plan.table.columns]."
            )
        return PlanUnderstanding(table.name, kind.name, columns, "the recipe says so")
    return _best(table, profiles, meant, fixed, con)


def _only_day(
    profiles: Sequence[ColumnProfile], meant: Mapping[str, Mapping[str, int]]
) -> str | None:
    """The one column of moments of which no header says what they are; None where several are."""
    days = [one.key for one in profiles if is_moment(one, 0.9) and not meant[one.key]]
    return days[0] if len(days) == 1 else None


def _stated(
    table: RawTable, profiles: Sequence[ColumnProfile], stated: PlanTableRecipe | None
) -> dict[str, ColumnProfile]:
    found: dict[str, ColumnProfile] = {}
    headers = [profile.header for profile in profiles]
    for role, wanted in (stated.columns if stated is not None else {}).items():
        there = next((h for one in wanted if (h := find_header(one, headers)) is not None), None)
        if there is None:
            said = " or ".join(f"‘{one}’" for one in wanted)
            raise BadRecipe(
                f"{FILE_NAME}: [plan.table.columns] `{role}` names {said}, but ‘{table.name}’ has "
                f"no such column{nearest(wanted[0], headers)}"
            )
        found[role] = next(profile for profile in profiles if profile.header == there)
    return found


def _meanings(profile: ColumnProfile) -> dict[str, int]:
    """The roles that a header names and the values can bear."""
    found = roles_in(profile.header_as_found or profile.header)
    return {role: score for role, score in found.items() if _bears(profile, role)}


def _bears(profile: ColumnProfile, role: str) -> bool:
    if profile.blank == profile.rows:
        return True  # an empty column claims nothing, and is told as empty
    kind = PLAN_ROLES[role].kind
    if kind == "day":
        return is_moment(profile, READABLE)
    if kind in ("number", "money"):
        return profile.stored == "number" or profile.numbers.share >= READABLE
    if kind in ("days", "hours"):
        return profile.numbers.share >= READABLE or profile.durations.share >= READABLE
    if kind == "share":
        return profile.numbers.share >= READABLE or profile.yes_no >= READABLE
    return not is_moment(profile, 0.9)


def _lacking(kind: PlanTable, columns: Mapping[str, PlanColumn]) -> str:
    missing = [
        " or ".join(f"`{role}`" for role in group)
        for group in kind.needs
        if not any(role in columns for role in group)
    ]
    return " and ".join(missing)


def _assign(
    kind: PlanTable,
    profiles: Sequence[ColumnProfile],
    meant: Mapping[str, Mapping[str, int]],
    fixed: Mapping[str, ColumnProfile],
) -> dict[str, PlanColumn]:
    """Give each role its best column, the surest first; a column plays one role."""
    columns = {role: PlanColumn(role, profile, "recipe") for role, profile in fixed.items()}
    taken = {profile.key for profile in fixed.values()}
    bids = sorted(
        (
            (-meant[profile.key][role], place, role, profile)
            for place, profile in enumerate(profiles)
            for role in meant[profile.key]
            if role in kind.takes
        ),
        key=lambda bid: (bid[0], kind.takes.index(bid[2]), bid[1]),
    )
    for _, _, role, profile in bids:
        if role not in columns and profile.key not in taken:
            values = meant[profile.key] == {role: JOINS}
            columns[role] = PlanColumn(role, profile, "values" if values else "header")
            taken.add(profile.key)
    name = columns.get("name")
    if "part" not in columns and name is not None and "part" in meant[name.profile.key]:
        columns = {"part": PlanColumn("part", columns.pop("name").profile, "header"), **columns}
    return columns


def _best(
    table: RawTable,
    profiles: Sequence[ColumnProfile],
    meant: Mapping[str, Mapping[str, int]],
    fixed: Mapping[str, ColumnProfile],
    con: duckdb.DuckDBPyConnection | None,
) -> PlanUnderstanding:
    ranked: list[tuple[float, str, dict[str, PlanColumn]]] = []
    nearest_miss = ""
    for kind in PLAN_TABLES.values():
        columns = _assign(kind, profiles, meant, fixed)
        if any(role not in kind.takes for role in fixed):
            continue
        if _lacking(kind, columns):
            continue
        if (doubt := _doubt(kind, table, columns, profiles, meant, con)) is not None:
            nearest_miss = doubt or nearest_miss
            continue
        if kind.name == "demand":
            columns = _by_words(columns, profiles)
        if kind.unique is not None and not _unique(columns[kind.unique].profile):
            nearest_miss = (
                f"it could be the {kind.meaning}, but ‘{columns[kind.unique].profile.header}’ "
                "comes more than once"
            )
            continue
        ranked.append((_score(kind, columns, profiles, meant, table.name), kind.name, columns))
    if not ranked:
        return PlanUnderstanding(table.name, None, why=nearest_miss or NOTHING)
    _, name, columns = max(ranked, key=lambda one: one[0])
    return PlanUnderstanding(table.name, name, columns, _why(name, columns))


def _doubt(
    kind: PlanTable,
    table: RawTable,
    columns: Mapping[str, PlanColumn],
    profiles: Sequence[ColumnProfile],
    meant: Mapping[str, Mapping[str, int]],
    con: duckdb.DuckDBPyConnection | None,
) -> str | None:
    """Why the values or the other columns speak against a kind; None: nothing does."""
    told = {
        role for one in profiles for role, score in meant[one.key].items() if score > SECOND
    }  # fmt: skip
    if kind.name == "demand":
        weak = {role for role in ("part", "date") if _weak(columns[role], meant)}
        if weak and "quantity" not in columns:
            return ""
        if "quantity" not in columns and "on_hand" in told:
            return SNAPSHOTS
        if "date" in weak and "supplier" in told:
            return BOUGHT.format(columns["date"].profile.header)
    if kind.name == "purchase" and "customer" in told and "supplier" not in told:
        return ""
    counted = any(role in told for role in kind.needs[-1])
    kept = {"location", "reorder_point", "order_up_to"} & columns.keys()
    if kind.name == "stock" and not (counted or kept) and told & {"date", "ordered"}:
        return ""  # a quantity and a day: what was asked for, or ordered
    if kind.name == "stock" and con is not None and not _unique(columns["part"].profile):
        dated = any({"date", "ordered", "received"} & meant[one.key].keys() for one in profiles)
        if (dated or not counted) and _repeats(con, table, columns):
            return SNAPSHOTS if counted else PERIODS
    return None


SNAPSHOTS = (
    "it lists the stock of one part at one place on several days: keep the rows of the last day "
    "only"
)
PERIODS = (
    "a part comes more than once, and no column says on which day: write year and month into one "
    "column, as in 2025-03"
)


BOUGHT = (
    "it could be requests, but it names suppliers and its only day is ‘{}’: what we ordered is no "
    "request; if it is, state it in wellkept.toml under [[plan.table]]"
)


def _weak(one: PlanColumn, meant: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether only a "product", a "code", a "created at" or an "order date" speaks for a role."""
    return one.how == "header" and meant[one.profile.key][one.role] <= SECOND


def _repeats(
    con: duckdb.DuckDBPyConnection, table: RawTable, columns: Mapping[str, PlanColumn]
) -> bool:
    """Whether the rows are a log: the same part at the same place, again and again."""
    keys = [columns[r].profile.key for r in ("part", "location", "plant") if r in columns]
    row = con.execute(
        f"SELECT count(DISTINCT row({', '.join(keys)})), count(*) FROM {table.relation}"
    ).fetchone()
    return row is not None and row[0] < 0.8 * row[1]


def _by_words(
    columns: dict[str, PlanColumn], profiles: Sequence[ColumnProfile]
) -> dict[str, PlanColumn]:
    """Take as movement the column whose words are those of a ledger, where no header names one."""
    now = columns.get("movement")
    if now is not None and (now.how == "recipe" or _speaks(now.profile) > 0):
        return columns
    used = {one.profile.key for role, one in columns.items() if role != "movement"}
    ranked = [(_speaks(one), one) for one in profiles if one.key not in used]
    share, best = max(ranked, key=lambda one: one[0], default=(0.0, None))
    if best is None or share < LEDGER_WORDS:
        return columns
    return {**columns, "movement": PlanColumn("movement", best, "values")}


def _speaks(profile: ColumnProfile) -> float:
    """Share of the rows that say out, in or back; nothing where all that is said is the same."""
    if profile.distinct > MOST_WORDS or profile.stored != "text" or not profile.top:
        return 0.0
    known = movement_words(word for word, _ in profile.top)
    if "out" not in known.values() or len(set(known.values()) - {""}) < 2:
        return 0.0
    total = sum(count for _, count in profile.top)
    return sum(count for word, count in profile.top if known[word]) / total


LEDGER_WORDS, MOST_WORDS = 0.8, 60


def also_holds(
    table: RawTable, profiles: Sequence[ColumnProfile], one: PlanUnderstanding
) -> PlanUnderstanding | None:
    """This will find the stock that a list of parts tells beside, or the parts of a stock list.

    Many keep price, lead time, pieces and minimum in one sheet. None where nothing is told beside.
    """
    other = _BESIDE.get(one.table or "")
    if other is None:
        return None
    kind, part = PLAN_TABLES[other], one.columns["part"].profile
    used = {column.profile.key for column in one.columns.values()} - {part.key}
    free = [profile for profile in profiles if profile.key not in used]
    meant = {profile.key: _meanings(profile) for profile in free}
    columns = _assign(kind, free, meant, {"part": part})
    told = [role for role in kind.needs[1] if role in columns]
    sure = any(meant[columns[role].profile.key][role] > SECOND for role in told)
    by_place = other == "part" and "location" in one.columns
    if not sure or not (by_place or _unique(part)):
        return None
    return PlanUnderstanding(table.name, other, columns, _why(other, columns))


_BESIDE = {"part": "stock", "stock": "part"}


def _unique(profile: ColumnProfile) -> bool:
    return profile.rows < 3 or is_unique(profile, UNIQUE_FROM)


def _score(
    kind: PlanTable,
    columns: Mapping[str, PlanColumn],
    profiles: Sequence[ColumnProfile],
    meant: Mapping[str, Mapping[str, int]],
    name: str,
) -> float:
    """How much of the table the kind explains; columns that it leaves unexplained count against."""
    told = sum(
        FIRST if one.how == "recipe" else meant[one.profile.key].get(role, JOINS)
        for role, one in columns.items()
    )
    unexplained = sum(1 for p in profiles if meant[p.key]) - len(columns)
    words = set(heading(name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).words)
    speaks = any(word in words or f"{word}s" in words for word in plain(kind.files).split())
    return told - 25 * unexplained + (NAME_SPEAKS if speaks else 0)


def _why(name: str, columns: Mapping[str, PlanColumn]) -> str:
    said = ", ".join(
        f"‘{one.profile.header}’ is {role}" + (" by its values" if one.how == "values" else "")
        for role, one in columns.items()
    )
    return f"{PLAN_TABLES[name].meaning}: {said}"
