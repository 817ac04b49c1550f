"""Staging: a file's rows in their roles, and a word about each value that could not be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from wellkept.record.sources.evidence import is_unique
from wellkept.record.sources.field_changes import BEFORE
from wellkept.record.sources.heading import heading, plain
from wellkept.record.sources.lexicon import matches
from wellkept.record.sources.lexicon_addresses import PEOPLE, part_of_address
from wellkept.record.sources.lexicon_assets import names_serial
from wellkept.record.sources.notes import Note
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.recipe import Recipe, find_header
from wellkept.record.sources.roles import REGISTERS, ROLES
from wellkept.record.sources.snapshots import row_keys
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.understanding import Understanding
from wellkept.study.facts.expressions import Scene, raw_of
from wellkept.study.facts.source import literal, quoted
from wellkept.study.facts.staged import ENDS, HAPPENED, NOT_SAID, RAW, Staged, count

LOOKED_AT = 1_000_000
"""In longer event logs only the events' own moments are looked through for unreadable values."""

CARRIED = f"""coalesce(
  last_value(owner_raw IGNORE NULLS) OVER (PARTITION BY case_id_raw ORDER BY event_at_s, row
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
  first_value({BEFORE} IGNORE NULLS) OVER (PARTITION BY case_id_raw ORDER BY event_at_s, row
    ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), {NOT_SAID})"""
"""In a log of changed fields the owner stays until changed; the first change says who it was."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Values of a role that could not be read: how many, and the rows of some."""

    role: str
    header: str
    key: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A staged table with what staging it found.

    `first_s` and `last_s` bound what has happened; `ahead` counts what claims to have happened
    after now.
    """

    staged: Staged
    unread: tuple[Unread, ...]
    first_s: int | None
    last_s: int | None
    ahead: int
    left_out: tuple[Note, ...] = ()

    def ranked(self, order: int) -> "Stage":
        """This will give the same stage with its rank among the snapshots of its list."""
        return replace(self, staged=replace(self.staged, order=order))

    def seen_again(self) -> "Stage":
        """This will give the same stage as one of several snapshots of its list."""
        return replace(self, staged=replace(self.staged, again=True))

    def laid_out(self, layout: int) -> "Stage":
        """This will give the same stage with the number of its set of columns."""
        return replace(self, staged=replace(self.staged, layout=layout))


def stage(
    con: duckdb.DuckDBPyConnection,
    table: RawTable,
    known: Understanding,
    src: int,
    *,
    recipe: Recipe,
    zone: str | None,
    now_s: int,
    profiles: Sequence[ColumnProfile] = (),
) -> Stage:
    """This will make the relation `staged_<src>` and say what could not be read.

    `recipe`: rows kept, further blanks, and names that mean the same. `zone`: the IANA zone of
    moments that carry none; None reads them as UTC. `profiles`: what was counted in the columns,
    so that nobody looks for blanks where there are none.
    """
    filled = frozenset(p.key for p in profiles if p.stored == "text" and not p.blank)
    scene = Scene(con, table, known, recipe, zone, filled)
    relation, cleans = f"staged_{src}", scene.looked_up()
    where, left_out = _only(scene)
    _relation(scene, relation, cleans, where)
    roles = frozenset(known.roles) | ({"means"} if "state" in known.roles else set())
    staged = Staged(
        src=src,
        file=table.name,
        shape=known.shape,
        relation=relation,
        raw=table.relation,
        roles=roles,
        rows=table.rows,
        kind=known.kind,
        key=_stated_key(known),
        cleans=cleans,
        columns=tuple(column.key for column in table.columns),
        name_key=_name_key(known),
        number_key=_number_key(known, profiles),
        serial_key=_serial_key(known, profiles),
        address_keys=_address_keys(known),
        carries=_carries(scene),
        coded=_coded(scene),
    )
    first, last, ahead = _span(con, staged, now_s)
    return Stage(staged, tuple(_unread(scene, relation)), first, last, ahead, left_out)


def _relation(scene: Scene, relation: str, cleans: Mapping[str, str], where: str) -> None:
    """A table of typed roles; for a log, a view over what was written, parsed at most once."""
    roles = [role for role in scene.known.roles if role not in cleans]
    keys = {c.key for c in scene.known.roles.values()}
    parts = ["t.row", *(item for role in roles for item in scene.of(role)), *scene.meaning()]
    parts += [
        f"{scene.text(f't.{quoted(key)}')} AS key_{key}"
        for key in _key_columns(scene.known)
        if key not in keys
    ]
    source = f"FROM {scene.table.relation} t{where}"
    if not cleans:
        kind = "VIEW" if _read_in_place(scene) else "TABLE"
        scene.con.execute(f"CREATE {kind} {relation} AS SELECT {', '.join(parts)} {source}")
        return
    for role in cleans:
        parts.append(f"CAST({raw_of(scene.known.roles[role])} AS VARCHAR) AS {role}_raw")
    carries = _carries(scene)
    parts += [f"t.{BEFORE}"] if carries else []
    inner = f"SELECT {', '.join(parts)} {source}"
    if carries:
        inner = f"SELECT * REPLACE ({CARRIED} AS owner_raw) FROM ({inner}) c"
    if carries or not scene.native:
        scene.con.execute(f"CREATE TABLE {relation}_parsed AS {inner}")
        inner = f"SELECT * FROM {relation}_parsed"
    texts = ", ".join(
        f"{clean.replace(RAW, f'i.{role}_raw')} AS {quoted(role)}" for role, clean in cleans.items()
    )
    scene.con.execute(f"CREATE VIEW {relation} AS SELECT i.*, {texts} FROM ({inner}) i")


def _carries(scene: Scene) -> bool:
    """Whether it is a log of changed fields whose owners were found."""
    known = scene.known
    there = {"owner", "event_at", "case_id"} <= known.roles.keys() and known.shape == "event"
    return there and scene.table.spread and known.roles["owner"].header.startswith("Owner")


def _coded(scene: Scene) -> bool:
    """Whether texts are read from Parquet where it lies."""
    table = scene.table
    return table.format == "parquet" and not table.origin.members and scene.native


def _read_in_place(scene: Scene) -> bool:
    """Whether the rows of a list cost less to read again from the file than to write down."""
    kinds = {ROLES[role].kind for role in scene.known.roles}
    return scene.known.shape == "case" and _coded(scene) and not kinds & {"number", "duration"}


def _only(scene: Scene) -> tuple[str, tuple[Note, ...]]:
    """The recipe may keep some rows only; how many it leaves out is said."""
    keys = {column.header: column.key for column in scene.table.columns}
    tests = []
    for header, values in scene.own.only.items():
        found = find_header(header, keys)
        if found is not None:
            texts = ", ".join(literal(value) for value in values)
            tests.append(f"trim(CAST(t.{quoted(keys[found])} AS VARCHAR)) IN ({texts})")
    if not tests:
        return "", ()
    test = " AND ".join(f"coalesce({one}, false)" for one in tests)
    lost = count(scene.con, f"SELECT count(*) FROM {scene.table.relation} t WHERE NOT ({test})")
    why = f"{scene.table.name}: rows that the recipe's `only` does not keep"
    return f" WHERE {test}", (Note(why, lost),) if lost else ()


def _stated_key(known: Understanding) -> tuple[str, ...]:
    """The staged columns that the recipe names as what identifies a row."""
    roles = {column.key: role for role, column in known.roles.items()}
    named = []
    for key in _key_columns(known):
        role = roles.get(key)
        moment = role is not None and ROLES[role].kind == "moment"
        named.append(f"key_{key}" if role is None else f"{role}_s" if moment else role)
    return tuple(named)


def _name_key(known: Understanding) -> str | None:
    """In a register: a column without a role whose header speaks of a name."""
    used = {column.key for column in known.roles.values()}
    says = ("name", "name1", "bezeichnung", "nom", "nome", "nombre", "naam")
    return next(
        (
            key
            for key, header in known.headers.items()
            if key not in used and set(plain(header).split()) & set(says) and not _another(header)
        ),
        None,
    )


def _another(header: str) -> bool:
    """Whether a header names a street, a city or a person there: none of them is called so."""
    return part_of_address(header) is not None or bool(PEOPLE & set(heading(header).words))


def _number_key(known: Understanding, profiles: Sequence[ColumnProfile]) -> str | None:
    """In a register: a further column that names each, as its number does."""
    if known.shape not in REGISTERS:
        return None
    used = {column.key for column in known.roles.values()} | set(known.ignored)
    return next(
        (
            one.key
            for one in profiles
            if one.key not in used
            and (is_unique(one) or (known.shape == "asset" and _tells_apart(one)))
            and any(m.notion == known.shape and not m.near for m in matches(one.header)[:1])
        ),
        None,
    )


def _serial_key(known: Understanding, profiles: Sequence[ColumnProfile]) -> str | None:
    """In a register of assets: the column whose header speaks of a serial, its key or no role."""
    if known.shape != "asset":
        return None
    others = {one.key for role, one in known.roles.items() if role != "asset"} | set(known.ignored)
    return next(
        (
            one.key
            for one in profiles
            if one.key not in others
            and names_serial(one.header)
            and any(match.notion == "asset" for match in matches(one.header)[:1])
        ),
        None,
    )


def _address_keys(known: Understanding) -> tuple[tuple[str, str], ...]:
    """In a register of sites: the parts of their addresses, each with its column.

    A column that names the region, a city or a country, says the address, too.
    """
    if known.shape != "site":
        return ()
    others = {one.key for role, one in known.roles.items() if role != "region"} | set(known.ignored)
    found: dict[str, str] = {}
    for key, header in known.headers.items():
        part = part_of_address(header) if key not in others else None
        if part is not None:
            found.setdefault(part, key)
    return tuple(found.items())


def _tells_apart(one: ColumnProfile) -> bool:
    """Whether what is written is different in nearly every row, however many have none.

    In a short list one number may stand twice: of that one nobody can tell which asset it means.
    """
    there = one.rows - one.blank
    return one.distinct > 1 and there - one.distinct <= max(1, 0.05 * there)


def _key_columns(known: Understanding) -> tuple[str, ...]:
    return row_keys(known) if known.snapshot else ()


def _span(
    con: duckdb.DuckDBPyConnection, staged: Staged, now_s: int
) -> tuple[int | None, int | None, int]:
    """First and last moment that has happened, and how many claim to have happened after now."""
    roles = [role for role in HAPPENED if role in staged.roles]
    if not roles:
        return None, None, 0
    past = {role: f"{begun(role)} <= {now_s}" for role in roles}
    lows = ", ".join(f'min("{role}_s") FILTER (WHERE {past[role]})' for role in roles)
    highs = ", ".join(f'max("{role}_s") FILTER (WHERE {past[role]})' for role in roles)
    ahead = " + ".join(f"count(*) FILTER (WHERE NOT ({past[role]}))" for role in roles)
    row = con.execute(f"SELECT {lows}, {highs}, {ahead} FROM {staged.relation}").fetchone()
    assert row is not None  # an aggregate without groups always gives one row
    firsts = [value for value in row[: len(roles)] if value is not None]
    lasts = [value for value in row[len(roles) : -1] if value is not None]
    return min(firsts, default=None), max(lasts, default=None), int(row[-1])


def begun(role: str) -> str:
    """This will give when something began: of a day that is written without a time, its start."""
    if role not in ENDS:
        return f'"{role}_s"'
    return f'("{role}_s" - CASE WHEN "{role}_day" THEN 86400 ELSE 0 END)'


def _unread(scene: Scene, relation: str) -> Iterable[Unread]:
    for role, column in scene.known.roles.items():
        kind = ROLES[role].kind
        if kind not in ("moment", "duration", "number", "flag"):
            continue
        if column.formats and all(one.pattern == "native" for one in column.formats):
            continue
        if scene.known.shape == "event" and role != "event_at" and scene.table.rows > LOOKED_AT:
            continue
        name = quoted(f"{role}_s" if kind in ("moment", "duration") else role)
        lost = (
            f"FROM {relation} s JOIN {scene.table.relation} t ON t.row = s.row "
            f"WHERE s.{name} IS NULL AND NOT ({scene.blank(f't.{quoted(column.key)}')})"
        )
        number = count(scene.con, f"SELECT count(*) {lost}")
        if number:
            rows = scene.con.execute(f"SELECT t.row {lost} ORDER BY t.row LIMIT 5").fetchall()
            yield Unread(role, column.header, column.key, number, tuple(r for (r,) in rows))


def unread_values(
    con: duckdb.DuckDBPyConnection, table: RawTable, found: Unread
) -> Sequence[tuple[int, str]]:
    """This will give the rows of an Unread with their values as written."""
    rows = ", ".join(map(str, found.rows))
    return con.execute(
        f"SELECT t.row, CAST(t.{quoted(found.key)} AS VARCHAR) FROM {table.relation} t "
        f"WHERE t.row IN ({rows}) ORDER BY t.row"
    ).fetchall()
