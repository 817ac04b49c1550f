"""Whatever a small ledger holds and however it is written down, the facts are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from study.facts.folders import Found, Row, facts, folder

START = datetime(2026, 1, 13, 8, tzinfo=UTC)
UNTIL = "2026-05-01"
CUSTOMERS = ("Clinic Nord", "Clinic Ost", "Praxis Müller; Söhne", 'The "Lift", Ltd')
slow = [HealthCheck.too_slow]
few = settings(max_examples=5, suppress_health_check=slow, deadline=None)
fewer = settings(max_examples=3, suppress_health_check=slow, deadline=None)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket: opened, perhaps closed, perhaps with a date, in minutes after START."""

    number: str
    customer: str
    opened: int
    lasted: int | None
    due_in: int | None


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Ticket, ...]:
    """A few tickets of January to March, one of them with every column filled."""
    more = draw(
        st.lists(
            st.tuples(
                st.sampled_from(CUSTOMERS),
                st.integers(0, 80 * 1440),
                st.none() | st.integers(1, 20 * 1440),
                st.none() | st.integers(60, 20 * 1440),
            ),
            min_size=2,
            max_size=9,
        )
    )
    rows = [(CUSTOMERS[0], 7, 1440, 2880), *more]
    return tuple(Ticket(f"INC{1000 + n}", *row) for n, row in enumerate(rows))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a system writes its list: headers, words, moments, separator, encoding."""

    headers: tuple[str, str, str, str, str, str]
    closed: str
    opened: str
    moment: str
    separator: str = ","
    encoding: str = "utf-8"
    line_end: str = "\n"
    order: tuple[int, ...] = (0, 1, 2, 3, 4, 5)


PLAIN = ("Ticket", "Customer", "Opened", "Closed", "Due", "Status")
SYSTEMS = (
    (PLAIN, "Closed", "Open"),
    (("number", "company", "opened_at", "closed_at", "due_date", "state"), "Closed", "New"),
    (
        ("Ticketnummer", "Kunde", "Erstellt am", "Geschlossen am", "Fällig am", "Status"),
        "Geschlossen",
        "Offen",
    ),
    (
        ("Numero ticket", "Cliente", "Data apertura", "Data chiusura", "Scadenza", "Stato"),
        "Chiuso",
        "Aperto",
    ),
    (("Case Number", "Account Name", "Date/Time Opened", "Date/Time Closed", "Due Date", "Status"),
     "Closed", "In Progress"),
)  # fmt: skip
MOMENTS = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%d-%b-%Y %H:%M",
    "%Y%m%d %H%M%S",
)


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    """Any system's headers with any separator, encoding, line end and order of columns."""
    headers, closed, opened = draw(st.sampled_from(SYSTEMS))
    return Dialect(
        headers,
        closed,
        opened,
        draw(st.sampled_from(MOMENTS)),
        draw(st.sampled_from((",", ";", "\t", "|"))),
        draw(st.sampled_from(("utf-8", "utf-8-sig", "cp1252", "utf-16"))),
        draw(st.sampled_from(("\n", "\r\n"))),
        tuple(draw(st.permutations(range(6)))),
    )


def moment(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def seconds(minutes: int) -> int:
    return int(moment(minutes).timestamp())


def written(ledger: Sequence[Ticket], dialect: Dialect) -> bytes:
    """The ledger as the system exports it."""

    def at(minutes: int | None) -> str:
        return "" if minutes is None else moment(minutes).strftime(dialect.moment)

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set('",;|\t') else text

    rows = [dialect.headers]
    for one in ledger:
        end = None if one.lasted is None else one.opened + one.lasted
        due = None if one.due_in is None else one.opened + one.due_in
        word = dialect.opened if end is None else dialect.closed
        rows.append((one.number, one.customer, at(one.opened), at(end), at(due), word))
    lines = (dialect.separator.join(cell(row[n]) for n in dialect.order) for row in rows)
    return (dialect.line_end.join(lines) + dialect.line_end).encode(dialect.encoding)


def expected(ledger: Sequence[Ticket]) -> tuple[list[Row], list[Row]]:
    """The cases and promises of a ledger, reckoned row by row."""
    cases, promises = [], []
    for one in ledger:
        end = None if one.lasted is None else seconds(one.opened + one.lasted)
        cases.append(
            {
                "case_id": one.number,
                "customer": one.customer,
                "reported_s": seconds(one.opened),
                "resolved_s": end,
                "settled": end is not None,
                "ended_unknown": False,
            }
        )
        if one.due_in is not None:
            due = seconds(one.opened + one.due_in)
            promises.append(
                {
                    "promise_id": one.number,
                    "case_id": one.number,
                    "customer": one.customer,
                    "made_s": seconds(one.opened),
                    "first_due_s": due,
                    "judged_due_s": due,
                    "done_s": end,
                    "settled": end is not None,
                    "moves": 0,
                }
            )
    return cases, promises


def seen(rows: Sequence[Row], like: Sequence[Row]) -> list[Row]:
    """The columns of facts that are expected, in the order of the ids."""
    names = list(like[0]) if like else []
    return sorted(({name: row[name] for name in names} for row in rows), key=lambda r: str(r))


@given(ledgers(), dialects())
@example(
    (Ticket("INC1", CUSTOMERS[0], 7, 1440, 2880), Ticket("INC2", CUSTOMERS[1], 0, None, 60)),
    Dialect(PLAIN, "Closed", "Open", MOMENTS[0]),
)
@few
def test_a_ledger_gives_the_same_facts_in_every_dialect(
    ledger: tuple[Ticket, ...], dialect: Dialect
) -> None:
    with TemporaryDirectory() as made:
        files = {"list.csv": written(ledger, dialect)}
        found = facts(folder(Path(made), files), until=UNTIL)
    cases, promises = expected(ledger)
    assert seen(found.tables["case"], cases) == seen(cases, cases)
    assert seen(found.tables["promise"], promises) == seen(promises, promises)


LOG_HEADER = "Ticket,Changed at,State,Agent"
WORDS = ("New", "In progress", "Waiting for customer", "Resolved", "Closed", "Reopened")
AGENTS = ("Alma", "Bruno", "", "unassigned")


@st.composite
def logs(draw: st.DrawFn) -> list[str]:
    """Events of three tickets; no two of one ticket in the same minute."""
    rows = []
    for number in range(3):
        minutes = draw(st.lists(st.integers(0, 20_000), min_size=2, max_size=6, unique=True))
        for minute in minutes:
            word, agent = draw(st.sampled_from(WORDS)), draw(st.sampled_from(AGENTS))
            rows.append(f"INC{1000 + number},{moment(minute):%Y-%m-%d %H:%M},{word},{agent}")
    return rows


def told(found: Found) -> dict[str, list[Row]]:
    """All facts but the numbers of rows and files, which follow the order in the files."""
    hidden = ("src", "row", "promise_no", "case_no")
    return {
        name: sorted(
            ({key: row[key] for key in row if key not in hidden} for row in rows), key=repr
        )
        for name, rows in found.tables.items()
    }


@given(ledgers(), logs(), st.randoms(use_true_random=False), st.integers(1, 3))
@fewer
def test_neither_the_order_of_rows_nor_the_cut_into_files_matters(
    ledger: tuple[Ticket, ...], log: list[str], chance: Random, cut: int
) -> None:
    plain = Dialect(PLAIN, "Closed", "Open", MOMENTS[0])
    header, *rows = written(ledger, plain).decode().splitlines()
    first = {"a.csv": lines(header, rows), "b.csv": lines(LOG_HEADER, log)}
    chance.shuffle(rows)
    chance.shuffle(log)
    second = {
        "z.csv": lines(LOG_HEADER, log),
        "c.csv": lines(header, rows[:cut]),
        "d.csv": lines(header, rows[cut:]),
    }
    with TemporaryDirectory() as made:
        one, other = (facts(folder(Path(made), files), until=UNTIL) for files in (first, second))
    assert told(other) == told(one)


def lines(header: str, rows: Sequence[str]) -> str:
    return "\n".join((header, *rows)) + "\n"
