"""Facts from a record of 1,000,000 cases and 5,000,000 events: time and memory, in one run.

`.venv/bin/python benchmarks/record_facts.py FOLDER [cases]` makes a SQLite record in FOLDER by SQL
(rows only: no verb is played), or one in the empty PostgreSQL that WELLKEPT_DATABASE names; run
again, it reads its columns, makes the facts, and measures. With ONLY=columns, publish or refresh
(after publish: 1 % more events, which stay) it measures that alone.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from wellkept.home import scanned
from wellkept.study.facts.record import build
from wellkept.study.facts.record_columns import READS
from wellkept.study.facts.record_cut import Cut
from wellkept.study.facts.record_reading import Address, workshop
from wellkept.study.facts.record_whole import take
from wellkept.study.facts.refreshing import refresh
from wellkept.study.facts.snapshot import publish

NOW_S = 1_774_256_400
START = "2025-01-01 08:00:00"
QUICKLY = (
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; "
    "PRAGMA cache_size=-800000;"
)
FILL = """
insert into organisation_role(id, version, name) values (1, 1, 'Coordinator');
insert into access_personaldata(id, version, name, email, phone, mobile, note)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 40)
  select i, 1, 'Person ' || i, '', '', '', '' from n;
insert into organisation_person(id, version, personal_id, trade) select id, 1, id, ''
  from access_personaldata;
insert into parties_customer(id, version, name, number, alike, doubt)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
  select i, 1, 'Customer ' || i, '', 'customer ' || i, '' from n;
insert into parties_site(id, version, customer_id, name, address, country, zone, access_notes)
  select id, 1, id, 'Site ' || id, '', '', 'Europe/Rome', '' from parties_customer;
"""
CASES = """
insert into cases_case(id, version, about, detail, channel, customer_id, site_id, asset_is_unknown,
    consequence, consequence_asked, failure_mode, failure_mechanism, failure_cause, remedy,
    accountable_id, owner_id, reported_at, recorded_at, state, waiting_on, acknowledged_at,
    restored_at, closed_at, reopened, doubt)
  with recursive n(i) as (
    select cast(1 as bigint) union all select i + 1 from n where i < :cases)
  select i, 1, 'What is wrong with ' || i, '', 'phone', 1 + i * 7 % 2000, 1 + i * 7 % 2000, 1 = 0,
    i % 5, 1 = 0, '', '', '', '', 1, 1 + i % 40, {at0}, {at0}, 'closed', 'nobody', {at1},
    {at3}, {at4}, 0, '' from n
"""
EVENTS = """
insert into cases_caseevent(case_id, word, state, waiting_on, acknowledged, at, recorded_at)
  select id, '{word}', '', '', 1 = 0, {at}, {at} from cases_case
"""
ASSIGNMENTS = """
insert into cases_assignment(case_id, person_id, from_at, how, recorded_at)
  select id, owner_id, acknowledged_at, 'taken', acknowledged_at from cases_case
"""
PROMISES = """
insert into promises_promise(id, version, kind, made_to, about, customer_id, site_id, consequence,
    source, accountable_id, owner_id, made_at, recorded_at, first_due, current_due, judged_due,
    due_precision, zone, currency, fulfilled_at, provisional, ended_reason, voided_reason, doubt,
    evidence, cause)
  select id, 1, 'restore', 'customer', 'restore', customer_id, site_id, consequence, 'commitment',
    1, owner_id, reported_at, reported_at, datetime(reported_at, '+8 hours'),
    datetime(reported_at, '+8 hours'), datetime(reported_at, '+8 hours'), 'moment', '', '',
    restored_at, 1 = 0, '', '', '', '', '' from cases_case
"""
AS_ON_SQLITE = """
create function datetime(text, text) returns timestamptz language sql as
  $$ select ($1 || '+00')::timestamptz + $2::interval $$;
create function datetime(timestamptz, text) returns timestamptz language sql as
  $$ select $1 + $2::interval $$
"""
"""What the statements above ask of a database, for PostgreSQL."""
WORDS = ("reported", "acknowledged", "work_started", "restored", "closed")


def moment(minutes: str) -> str:
    """Say in SQLite's words a moment so many minutes after the start."""
    return f"datetime('{START}', '+' || ({minutes}) || ' minutes')"


def rows_of(cases: int) -> list[str]:
    """Say all statements that fill a record."""
    steps = ["i * 7919 % 620000", "i * 7919 % 620000 + i % 300", "", "", ""]
    steps[3] = "i * 7919 % 620000 + 30 + i % 900"
    steps[4] = "i * 7919 % 620000 + 2000 + i % 900"
    moments = {f"at{n}": moment(step) for n, step in enumerate(steps) if step}
    cast = CASES.format(**moments).replace(":cases", str(cases))
    columns = ("reported_at", "acknowledged_at", "acknowledged_at", "restored_at", "closed_at")
    events = [EVENTS.format(word=w, at=at) for w, at in zip(WORDS, columns, strict=True)]
    return [FILL, cast, *events, ASSIGNMENTS, PROMISES]


def make(home: Path, cases: int) -> None:
    """Migrate an empty record and fill it by SQL."""
    from django.core.management import call_command
    from django.db import connection

    home.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(AS_ON_SQLITE)
            for one in rows_of(cases):
                cursor.execute(one)
            cursor.execute("drop function datetime(text, text), datetime(timestamptz, text)")
            cursor.execute("vacuum analyze")
        return
    connection.close()
    con = sqlite3.connect(home / "wellkept.sqlite3")
    con.executescript(QUICKLY + ";".join(rows_of(cases)))
    con.commit()
    con.execute("PRAGMA journal_mode=WAL")
    con.close()


def add_events(cases: int) -> None:
    """Let five more things happen to one case in a hundred, noted in the journal."""
    from django.db import connection, transaction

    sqlite = connection.vendor == "sqlite"
    keys = list(range(7, 7 + 97 * cases, 97))
    then = "'2026-03-20 08:00:00'" if sqlite else "'2026-03-20 08:00:00+00'"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "insert into cases_caseevent(case_id, word, state, waiting_on, acknowledged, at, "
            f"recorded_at) values (%s, 'survey_sent', '', '', 1 = 0, {then}, {then})",
            [(key,) for key in keys for _ in range(5)],
        )
        number = "0" if sqlite else "pg_current_xact_id()"
        cursor.execute(
            'insert into journal_entry("transaction", verb, done_at, keys, details) '
            f"values ({number}, 'cases.record_events', {then}, %s, '{{}}')",
            [json.dumps({"cases.case": keys})],
        )
    connection.close()


def used() -> tuple[float, float, int]:
    """Give wall seconds, CPU seconds and the peak of memory in MB so far."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic(), own.ru_utime + own.ru_stime, own.ru_maxrss // 1024


def told(what: str, before: tuple[float, float, int]) -> None:
    """Print what a step took."""
    wall, cpu, peak = used()
    print(f"{what}: {wall - before[0]:.1f} s wall, {cpu - before[1]:.1f} s CPU, peak {peak} MB")


def after_more(home: Path, address: Address, cases: int) -> None:
    """Let another process add events, so that its memory is not counted, and measure a refresh."""
    more = [sys.executable, __file__, str(home), str(cases)]
    subprocess.run(more, env={**os.environ, "ONLY": "more"}, check=True)
    before = used()
    made = refresh(home / "generations", address, now_s=NOW_S + 60, mark=(0, 1))
    told(f"refreshed {made.name}, {made.known.events:,} events", before)
    print(f"in parts: {any(made.folder.glob('*.delta.parquet'))}, load {os.getloadavg()[0]:.1f}")


def main(home: Path, cases: int) -> None:
    """Make the record if it is not there, then read it in a process of its own for each figure."""
    os.environ["WELLKEPT_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "wellkept.settings"
    import django
    from django.db import connection

    django.setup()
    if "promises_promise" not in connection.introspection.table_names():
        make(home, cases)
        print("made; run again to measure")
        return
    kind, place = scanned(connection.settings_dict)
    address = Address("sqlite" if kind == "sqlite" else "postgresql", place)
    connection.close()
    before = used()
    if os.environ.get("ONLY") == "publish":
        made = publish(home / "generations", address, now_s=NOW_S, mark=(0, 0))
        told(f"published {made.name}, {made.known.events:,} events", before)
        return
    if os.environ.get("ONLY") == "more":
        add_events(cases // 100)
        return
    if os.environ.get("ONLY") == "refresh":
        after_more(home, address, cases)
        return
    if os.environ.get("ONLY") == "columns":
        with workshop() as con:
            take(con, address, READS)
        told("columns out", before)
        return
    with workshop() as con:
        known = build(con, address, Cut(NOW_S, None, replays=False))
    told(f"complete facts of {known.counts}, {known.events:,} events", before)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
