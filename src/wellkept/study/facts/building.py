"""Building all facts of a folder in their order: registers, events, cases, downtimes, promises."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import duckdb

from wellkept.methods.working_time import Calendar, public_holidays
from wellkept.record.sources.notes import Example, Note
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.words import StateWord
from wellkept.study.facts import cases, downtimes, events, promises, registers, written
from wellkept.study.facts.clocks import work_on_promise_clock
from wellkept.study.facts.expressions import speaker
from wellkept.study.facts.log_reading import reading_early
from wellkept.study.facts.merging import Merged
from wellkept.study.facts.numbering import Numbered, number_cases
from wellkept.study.facts.same_named import Unsettled
from wellkept.study.facts.staged import Staged, count
from wellkept.study.facts.understood import FolderWhere, Ledger, Understood

Silences = Sequence[tuple[int, int]]
Recall = Callable[[duckdb.DuckDBPyConnection, Sequence[Understood]], None]
"""Reads `registers.lacking` names, and answers by `registers.recalled`."""


def build(
    con: duckdb.DuckDBPyConnection,
    understood: Sequence[Understood],
    recipe: Recipe,
    ledger: Ledger,
    where: FolderWhere,
    *,
    until_s: int,
    silences: Silences,
    zone: str,
    begin_s: int | None,
    known_s: int | None,
    recall: Recall | None = None,
) -> int:
    """This will make every fact table from what was staged, and say what merging found.

    Gives the number of events. `recall` tells of names that no register of the files has.
    """
    staged = [one.stage.staged for one in understood if one.stage is not None]
    known = registers.build(con, staged, recall and partial(recall, con, understood))
    _snapshots(con, understood)
    numbered, spoken = _numbers(con, staged, understood, until_s, known_s)
    once = numbered.merged
    speaks = cases.Speaks(ends=spoken.ends, waits=spoken.waits, mute=spoken.mute)
    written.build(con, staged, cases=numbered.cases, until_s=until_s)
    due = written.resolve_due(staged, twice=once.twice)
    cases.build(
        con,
        staged,
        silences=silences if recipe.silences else (),
        speaks=speaks,
        until_s=until_s,
        records_begin_s=begin_s,
        known=known,
        twice=once.twice,
        resolve_due=due,
    )
    events.forget(con)
    outages = downtimes.build(con, staged, until_s=until_s, silences=silences, known=known)
    given = promises.build(
        con, staged, until_s=until_s, silences=silences, known=known,
        twice=once.twice or outages.twice, on_cases=due is not None,
    )  # fmt: skip
    if recipe.calendar.cover is not None:
        work_on_promise_clock(con, _calendar(recipe, until_s, begin_s), zone, until_s=until_s)
    if not any(s.shape == "event" for s in staged):
        _disagree(con, ledger)
    _unseen_ends(con, ledger)
    _of_numbers(con, ledger, known=known, shared=once.filled)
    _unheard(staged, ledger)
    _shared_numbers(con, staged, ledger)
    logs = _unheard_of(staged, spoken.events)
    ledger.left_out.extend(_lost(con, logs, where, until_s, _undated(understood)))
    for found in (once, outages, given):
        _say(found, ledger, where)
    ledger.left_out.extend(_one_of_several(known.unsettled, where))
    _unknown_words(_unlisted(understood, spoken.unknown), ledger)
    return spoken.events


def _numbers(
    con: duckdb.DuckDBPyConnection,
    staged: Sequence[Staged],
    understood: Sequence[Understood],
    until_s: int,
    known_s: int | None,
) -> tuple[Numbered, events.Spoken]:
    """Number the cases and make the events, of which a long log is read at the same time."""
    logs = [s for s in staged if s.shape == "event"]
    events.number_texts(con, logs)
    with reading_early(con, logs, until_s, known_s) as early:
        numbered = number_cases(con, staged)
        spoken = events.build(
            con, staged, _meaning(understood), numbered,
            until_s=until_s, known_s=known_s, early=early,
        )  # fmt: skip
    return numbered, spoken


def _unlisted(
    understood: Sequence[Understood], unknown: Sequence[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Words of logs without a meaning that nobody named when the tables were recognised."""
    listed = {w.word.lower() for one in understood for w in one.known.unknown_words}
    return [word for word in unknown if word[0].lower() not in listed]


def _unheard_of(staged: Sequence[Staged], events: int) -> list[Staged]:
    """Logs of which rows may be lost: none of the cases' logs where every row became an event."""
    every_row = events == sum(s.rows for s in staged if s.shape == "event")
    return [s for s in staged if not (every_row and s.shape == "event")]


def _undated(understood: Sequence[Understood]) -> dict[int, Sequence[int]]:
    """Rows of logs whose moment could not be read, by source."""
    return {
        one.stage.staged.src: found.rows
        for one in understood
        if one.stage is not None
        for found in one.stage.unread
        if found.role == "event_at"
    }


def _snapshots(con: duckdb.DuckDBPyConnection, understood: Sequence[Understood]) -> None:
    """The last moment each file knows, and whether a later file of the same list exists."""
    con.execute("CREATE TABLE snapshot (src SMALLINT, last_s BIGINT, latest BOOLEAN)")
    stages = [one.stage for one in understood if one.stage is not None]
    for one in stages:
        later = any(
            other.staged.again
            and other.staged.layout == one.staged.layout
            and other.staged.order > one.staged.order
            for other in stages
        )
        latest = not (one.staged.again and later)
        con.execute("INSERT INTO snapshot VALUES (?, ?, ?)", [one.staged.src, one.last_s, latest])


def _meaning(understood: Sequence[Understood]) -> Callable[[str], StateWord | None]:
    """The words of all logs; where two logs write the same word, the first one decides."""
    speak = [speaker(one.known) for one in understood if one.known.shape == "event"]

    def mean(text: str) -> StateWord | None:
        return next((word for one in speak if (word := one(text)) is not None), None)

    return mean


def _calendar(recipe: Recipe, until_s: int, begin_s: int | None) -> Calendar:
    from datetime import UTC, datetime

    calendar = Calendar.parse(recipe.calendar.cover or "")
    if recipe.calendar.holidays is None:
        return calendar
    country, _, part = recipe.calendar.holidays.partition("-")
    last = datetime.fromtimestamp(until_s, tz=UTC).year
    return calendar.with_holidays(
        public_holidays(country, part or None, range(last - 15, last + 2))
    )


def _say(found: Merged, ledger: Ledger, where: FolderWhere) -> None:
    if found.seen_again:
        what = "stand in several files of one list: the latest row counts, first dates are kept"
        ledger.repaired.append(Note(what, found.seen_again))
    if found.filled:
        what = "are told of by files with different columns: what one leaves blank, another fills"
        ledger.repaired.append(Note(what, found.filled))
    if found.repeated:
        examples = []
        for src, row, key in found.repeats:
            file, line = where.of(src, row)
            examples.append(Example(file or "", line, None, key))
        what = "repeat the number of a row further down in the same file: the last one counts"
        ledger.left_out.append(Note(what, found.repeated, tuple(examples)))


LOST = {
    "moves of promises that stand in no file": "listed_moves m WHERE NOT EXISTS "
    "(SELECT 1 FROM pledge p WHERE p.join_key = m.join_key)",
    "cases that begin after the end of the window": "case_rows m WHERE "
    "coalesce(m.reported_s, m.occurred_s) > {until_s}",
    "downtimes without a beginning, or that begin after the end of the window": "outages_once m "
    "WHERE NOT EXISTS (SELECT 1 FROM downtime d WHERE d.src = m.src AND d.row = m.row)",
}
"""Rows that became no fact: what is said of them, and where they are."""


def _timed(s: Staged) -> str | None:
    """What a row of a log must name, beside its moment."""
    return {"event": "case_id", "asset_state": "asset"}.get(s.shape)


def _lost(
    con: duckdb.DuckDBPyConnection,
    logs: Sequence[Staged],
    where: FolderWhere,
    until_s: int,
    unread: Mapping[int, Sequence[int]],
) -> Iterable[Note]:
    """Values that could not be read are named elsewhere, each with what was written."""
    lost = {what: rows.format(until_s=until_s) for what, rows in LOST.items()}
    for s in logs:
        named = _timed(s)
        if named is not None:
            rows = (
                f"(SELECT {s.src} AS src, row, event_at_s, {named} AS named FROM {s.relation}) m "
            )
            noun = "the number of a case" if named == "case_id" else "an asset"
            lost[f"events of {s.file} without a moment or without {noun}"] = (
                f"{rows} WHERE (event_at_s IS NULL OR m.named IS NULL) AND m.row NOT IN "
                f"({', '.join(map(str, unread.get(s.src, ()))) or '0'})"
            )
            lost[f"events of {s.file} after the end of the window"] = (
                f"{rows} WHERE event_at_s > {until_s}"
            )
    for what, rows in lost.items():
        number = count(con, f"SELECT count(*) FROM {rows}")
        if number:
            found = con.execute(f"SELECT m.src, m.row FROM {rows} ORDER BY 1, 2 LIMIT 5").fetchall()
            places = [where.of(src, row) for src, row in found]
            yield Note(
                what, number, tuple(Example(f or "", line, None, None) for f, line in places)
            )


def _one_of_several(rows: Sequence[Unsettled], where: FolderWhere) -> Iterable[Note]:
    """Rows that name one of several sites of one name, and neither asset nor customer tells."""
    for one in rows:
        places = [where.of(one.src, row) for row in one.rows]
        what = (
            f"{one.file}: “{one.name}” may be each of {', '.join(one.may_be)}, and neither asset "
            "nor customer of the row says which: it comes in without a site. Write the number of "
            "the site there"
        )
        yield Note(
            what, one.count, tuple(Example(f or "", line, "site", one.name) for f, line in places)
        )


def _unseen_ends(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Outages of a log of states that run into a time of which no state is known."""
    rows = "FROM outages_once WHERE to_s IS NULL AND seen_down_s IS NOT NULL"
    number = count(con, f"SELECT count(*) {rows}")
    if number:
        ledger.suspect(
            f"Outages that run into a time that nobody saw: {number:,}. Their ends are not known.",
            "They count as lasting at least until then; an import into the record leaves them out.",
        )


def _shared_numbers(
    con: duckdb.DuckDBPyConnection, staged: Sequence[Staged], ledger: Ledger
) -> None:
    for file, share in promises.shared_numbers(con, staged):
        ledger.suspect(
            f"{file}: {share:.0%} of the rows repeat a promise number that stood there before: "
            "each row counts as a promise of its own.",
            "If it numbers cases or orders, name its column `case_id` in the recipe; if a row is "
            "identified by several columns, name them as `key`.",
        )


def _of_numbers(
    con: duckdb.DuckDBPyConnection, ledger: Ledger, *, known: registers.Known, shared: int
) -> None:
    """Numbers that may mean something else than what they were taken for."""
    if shared:
        _two_lists(con, ledger)
    if known.bare:
        ledger.suspect(
            f"{known.bare} of the names of assets, sites and customers lack the zeros at the head "
            "of a number: they are taken for those that the register has.",
            "A spreadsheet may have taken the zeros away. Export the column as text.",
        )
    if known.shared:
        ledger.suspect(
            f"{len(known.shared)} of the numbers by which assets are named stand at several assets "
            f"of the register, such as ‘{known.shared[0]}’: each is taken for an asset of its own.",
            "Name these assets by a number that only one has, or mend the register.",
        )


def _two_lists(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """One number in lists with different columns that tell of other things: two systems'."""
    row = con.execute(
        "SELECT count(*), count(*) FILTER (WHERE abouts > 1 OR begun > 1) FROM (SELECT key, "
        "count(DISTINCT about) AS abouts, count(DISTINCT reported_s // 86400) AS begun "
        "FROM listed WHERE key IS NOT NULL GROUP BY key HAVING count(DISTINCT layout) > 1) d"
    ).fetchone()
    shared, other = row or (0, 0)
    if other * 2 > shared:
        ledger.suspect(
            f"{shared} cases have one number in lists with different columns, and {other} of them "
            "are told of there in other words, or on other days: each is taken for one case.",
            "If the lists are of two systems that number alike, put each into a folder of its own, "
            "and import it with --system.",
        )


def _unheard(staged: Sequence[Staged], ledger: Ledger) -> None:
    """Dates of a first response in records that never say when one came."""
    due = next((s for s in staged if s.shape == "case" and "respond_due" in s.roles), None)
    if due is None or promises.hears_answers(staged):
        return
    if "respond_verdict" not in due.roles:
        ledger.suspect(
            f"{due.file} says until when a first response was due, but no file says when it came: "
            "these promises are not judged.",
            "Export the moment of the first response, too, or name its column `responded` in the "
            "recipe.",
        )


def _disagree(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """An end beside a state that says otherwise: one of the two columns is wrong."""
    row = con.execute(
        "SELECT count(*), count(*) FILTER (WHERE means IS NOT NULL AND means NOT IN "
        "('restored', 'resolved', 'closed', 'cancelled')) FROM listed_once "
        "WHERE coalesce(resolved_s, closed_s) IS NOT NULL"
    ).fetchone()
    if row is not None and row[1]:
        ledger.suspect(
            f"{row[1]:,} of {row[0]:,} ended cases still carry a state that says they are not "
            "ended.",
            "The end is believed; ask which of the two columns people keep.",
        )


def _unknown_words(unknown: Sequence[tuple[str, int]], ledger: Ledger) -> None:
    if not unknown:
        return
    words = ", ".join(f"‘{text}’ ({n:,})" for text, n in unknown[:6])
    ledger.suspect(
        f"{sum(n for _, n in unknown):,} events carry words without a known meaning: {words}.",
        "Say what they mean in the recipe under [table.words.state]; until then they change no "
        "state.",
    )
