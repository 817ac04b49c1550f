"""From a role to SQL: how each raw column of a file becomes a typed column of a staged table."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb

from wellkept.record.sources.asset_words import asset_word
from wellkept.record.sources.field_changes import BEFORE
from wellkept.record.sources.life_words import life_word
from wellkept.record.sources.reads import MomentFormat
from wellkept.record.sources.recipe import Recipe, TableRecipe
from wellkept.record.sources.roles import ROLES
from wellkept.record.sources.tables import RawTable
from wellkept.record.sources.understanding import Column, Understanding
from wellkept.record.sources.values import (
    NO,
    YES,
    blank_sql,
    duration_sql,
    moment_sql,
    moments_of,
    number_sql,
    utc_sql,
)
from wellkept.record.sources.words import (
    StateWord,
    combine,
    consequence_word,
    party_word,
    planned_word,
    product_kind_word,
    says_nobody,
    state_word,
    verdict_word,
)
from wellkept.study.facts.source import literal, quoted
from wellkept.study.facts.staged import DAYS, ENDS, LOOKED_UP, RAW

MIDNIGHTS_NEEDED = 5
WORDS_MAPPED = 2000
"""More distinct words than this in a coded column are not codes; the rest stays without meaning."""
MOST_TIMES = 1_000_000
"""More often than this nothing was reopened, moved or handed on: the value is no count."""
NOTHING_STATED = TableRecipe()
Speak = Callable[[str], StateWord | None]


@dataclass(frozen=True, slots=True)
class Scene:
    """One raw table on its way to roles: what is known of it and what the recipe states."""

    con: duckdb.DuckDBPyConnection
    table: RawTable
    known: Understanding
    recipe: Recipe
    zone: str | None
    filled: frozenset[str] = frozenset()
    """Keys of columns of text in which no cell is blank."""

    @property
    def own(self) -> TableRecipe:
        """What the recipe states about this table."""
        return self.recipe.for_table(self.table.name) or NOTHING_STATED

    def of(self, role: str) -> list[str]:
        """This will give the select items of one role."""
        column, kind = self.known.roles[role], ROLES[role].kind
        raw = raw_of(column)
        if kind == "moment":
            return self._moments(role, column, raw)
        if kind == "duration":
            text = f"CAST({raw} AS VARCHAR)"
            return [f"CAST(round({duration_sql(text, column.durations)}) AS BIGINT) AS {role}_s"]
        if kind == "number":
            number = self._number(raw, column)
            if role.endswith("_count"):
                number = f"CASE WHEN ({number}) BETWEEN 0 AND {MOST_TIMES} THEN {number} END"
            return [f"{number} AS {role}"]
        if kind == "flag":
            return [f"CAST({self._mapped(raw, self._flag(role))} AS BOOLEAN) AS {role}"]
        if role in ("consequence", "moved_by", "product_kind"):
            return [f"{self._mapped(raw, self._word(role))} AS {role}"]
        return [f"{self._named(role, self._name(raw, column))} AS {quoted(role)}"]

    def looked_up(self) -> dict[str, str]:
        """For an event log: how each looked-up role is cleaned, with RAW for what was written."""
        if self.known.shape != "event":
            return {}
        there = [role for role in LOOKED_UP if role in self.known.roles]
        return {role: self._named(role, self._name(RAW, self.known.roles[role])) for role in there}

    @property
    def native(self) -> bool:
        """Whether every moment is stored as one, so that nothing needs to be parsed twice."""
        moments = [c for r, c in self.known.roles.items() if ROLES[r].kind == "moment"]
        return all(f.pattern == "native" for c in moments for f in c.formats)

    def meaning(self) -> list[str]:
        """What the state of a case means; words of events are looked up later, by number."""
        if "state" not in self.known.roles:
            return []
        if self.known.shape == "event":
            return ["CAST(NULL AS VARCHAR) AS means"]
        raw = raw_of(self.known.roles["state"])
        if self.known.shape == "asset_state":
            own = self.known.words.asset_state
            return [f"{self._mapped(raw, lambda text: own.get(text) or asset_word(text))} AS means"]
        if self.known.shape == "asset":
            life = self.known.words.asset_life
            return [f"{self._mapped(raw, lambda text: life.get(text) or life_word(text))} AS means"]
        if "substate" in self.known.roles:
            sub = self.text(raw_of(self.known.roles["substate"]))
            raw = f"concat_ws(' · ', {self.text(raw)}, {sub})"
        speak = speaker(self.known)

        def state(text: str) -> str | None:
            word = speak(text)
            return None if word is None else word.state

        return [f"{self._mapped(raw, state)} AS means"]

    def text(self, raw: str, column: Column | None = None) -> str:
        """This will give the trimmed text, NULL where nothing was recorded."""
        if column is not None and self._is_filled(column):
            return f"trim(CAST({raw} AS VARCHAR))"
        return f"CASE WHEN {self.blank(raw)} THEN NULL ELSE trim(CAST({raw} AS VARCHAR)) END"

    def _name(self, raw: str, column: Column) -> str:
        """The text of a name, or of a number that a script wrote with its decimals."""
        text = self.text(raw, column)
        return rf"regexp_replace({text}, '^(\d+)\.0$', '\1')" if column.pointed else text

    def blank(self, raw: str) -> str:
        """This will say as SQL whether nothing was recorded."""
        text = f"CAST({raw} AS VARCHAR)"
        if not self.own.blanks:
            return blank_sql(text)
        more = ", ".join(literal(word.strip().lower()) for word in self.own.blanks)
        return f"({blank_sql(text)} OR lower(trim({text})) IN ({more}))"

    def _is_filled(self, column: Column) -> bool:
        return column.key in self.filled and column.clock_key is None and not self.own.blanks

    def is_day(self, column: Column) -> bool:
        """A date whose every value is midnight was a day before something gave it a time."""
        if column.role not in ENDS or not column.formats:
            return False
        if not all(one.precision == "moment" for one in column.formats):
            return False
        naive = tuple(MomentFormat(one.pattern, "moment", one.zone) for one in column.formats)
        moment = moment_sql(raw_of(column), naive, None)
        moments = f"(SELECT {moment} AS m FROM {self.table.relation} t) d"
        if self.con.execute(f"SELECT 1 FROM {moments} WHERE m % 86400 <> 0 LIMIT 1").fetchone():
            return False
        row = self.con.execute(f"SELECT count(m) FROM {moments}").fetchone()
        return bool(row and row[0] >= MIDNIGHTS_NEEDED)

    def _moments(self, role: str, column: Column, raw: str) -> list[str]:
        """The end of something that was written without a time is the end of that day."""
        formats, zone = column.formats, column.zone or self.zone
        due = role in ("due", "first_due", "respond_due", "old_due", "new_due")
        if due and self.known.due_is == "day":
            civil = moments_of(self.con, self.table.relation, raw, formats, None).seconds
            end = utc_sql(f"((({civil}) // 86400) + 1) * 86400", zone)
            return [f"{end} AS {role}_s", f"({civil}) IS NOT NULL AS {role}_day"]
        if self.is_day(column):
            formats = tuple(replace(one, precision="day") for one in formats)
        read = moments_of(self.con, self.table.relation, raw, formats, zone)
        if role in DAYS:
            read = moments_of(self.con, self.table.relation, raw, formats, None)
        if role not in ENDS:
            return [f"{read.seconds} AS {role}_s"]
        if due and self.known.due_is == "moment":
            return [f"{read.seconds} AS {role}_s", f"false AS {role}_day"]
        day = f"coalesce(({read.precision}) <> 'moment', false)"
        return [f"{read.ends} AS {role}_s", f"{day} AS {role}_day"]

    def _number(self, raw: str, column: Column) -> str:
        """Counts are sometimes written as yes and no."""
        number = number_sql(f"CAST({raw} AS VARCHAR)", column.numbers)
        if column.numbers.share >= 0.5:
            return number
        text = f"lower({self.text(raw)})"
        return (
            f"coalesce({number}, CASE WHEN {text} IN ('true', 'yes', 'y', 'ja', 'oui', 'si', 'sì')"
            f" THEN 1.0 WHEN {text} IN ('false', 'no', 'n', 'nein', 'non', 'nee') THEN 0.0 END)"
        )

    def _named(self, role: str, text: str) -> str:
        """Names that mean the same thing become one; words for nobody become no name."""
        same = self.recipe.same_as.get(role, {})
        whens = [f"WHEN {literal(one)} THEN {literal(name)}" for one, name in same.items()]
        if role == "owner":
            nobody = dict.fromkeys([*self.known.words.nobody, *self._nobody_before()])
            whens += [f"WHEN {literal(word)} THEN NULL" for word in nobody]
        return f"CASE {text} {' '.join(whens)} ELSE {text} END" if whens else text

    def _nobody_before(self) -> list[str]:
        """Words for nobody among those from whom a case was taken."""
        if not self.table.spread:
            return []
        found = self.con.execute(
            f"SELECT DISTINCT trim({BEFORE}) FROM {self.table.relation} WHERE {BEFORE} <> ''"
        ).fetchall()
        return sorted(word for (word,) in found if says_nobody(word))

    def _word(self, role: str) -> Callable[[str], str | None]:
        words = self.known.words
        if role == "consequence":
            return lambda text: words.consequence.get(text) or consequence_word(text) or "unknown"
        if role == "product_kind":
            return lambda text: words.product_kind.get(text) or product_kind_word(text) or "unknown"
        return lambda text: words.moved_by.get(text) or party_word(text)

    def _flag(self, role: str) -> Callable[[str], str | None]:
        words = self.known.words

        def planned(text: str) -> str | None:
            word = words.planned.get(text, planned_word(text))
            return None if word is None else str(word)

        def verdict(text: str) -> str | None:
            own = words.verdict if role == "verdict" else words.respond_verdict
            said = own.get(text) or (None if own else verdict_word(text))
            return {"kept": "True", "broken": "False"}.get(said or "")

        def stood(text: str) -> str | None:
            word = text.strip().casefold()
            return "True" if word in YES else "False" if word in NO else None

        return {"planned": planned, "stood_still": stood}.get(role, verdict)

    def _mapped(self, raw: str, means: Callable[[str], str | None]) -> str:
        """A CASE over what was written in a coded column; words without a meaning are NULL."""
        found = self.con.execute(
            f"SELECT written, {self.text('written')} AS word FROM (SELECT CAST({raw} AS VARCHAR) "
            f"AS written, count(*) AS n FROM {self.table.relation} t GROUP BY 1) w "
            f"WHERE word IS NOT NULL ORDER BY n DESC, written LIMIT {WORDS_MAPPED}"
        ).fetchall()
        known = [(raw, meaning) for raw, word in found if (meaning := means(word)) is not None]
        if not known:
            return "CAST(NULL AS VARCHAR)"
        whens = " ".join(f"WHEN {literal(w)} THEN {literal(m)}" for w, m in known)
        return f"CASE CAST({raw} AS VARCHAR) {whens} END"


def raw_of(column: Column) -> str:
    """This will name the raw value of a column, with its time of day where that stands apart."""
    raw = f"t.{quoted(column.key)}"
    if column.clock_key is None:
        return raw
    return f"concat_ws(' ', {raw}, t.{quoted(column.clock_key)})"


def speaker(known: Understanding) -> Speak:
    """This will give the function that says what a word of this table's states means."""
    states, substates = known.words.state, known.words.substate

    def speak(text: str) -> StateWord | None:
        first, _, second = text.partition(" · ")
        coarse = states.get(first) or state_word(first)
        if not second:
            return coarse
        return combine(coarse, substates.get(second) or state_word(second))

    return speak
