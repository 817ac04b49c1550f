"""Pages over 1,000,000 assets and 1,000,000 promises: server time and statements.

`.venv/bin/python benchmarks/pages.py FOLDER [ROWS]` makes the record in FOLDER by SQL when it is
not there (no verb is played), on SQLite or where WELLKEPT_DATABASE says; then asks each page 60
times by one client, and some by eight at once of what `wellkept serve` starts.
"""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

FILL = """
insert into organisation_role(id, version, name) values (1, 1, 'Coordinator');
insert into access_personaldata(id, version, name, email, phone, mobile, note)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 40)
  select i, 1, 'Person ' || i, '', '', '', '' from n;
insert into organisation_person(id, version, personal_id, trade) select id, 1, id, ''
  from access_personaldata;
insert into organisation_region(id, version, name)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
  select i, 1, 'Region ' || i from n;
insert into organisation_team(id, version, name, region_id)
  select id, 1, 'Team ' || id, id from organisation_region;
insert into organisation_teammember(team_id, person_id)
  select 1 + id % 20, id from organisation_person;
insert into organisation_regionmember(region_id, person_id)
  select 1 + id % 20, id from organisation_person;
insert into parties_customer(id, version, name, number, owner_id, team_id, alike, doubt)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
  select i, 1, 'Customer ' || i, 'K' || i, 1 + i % 40, 1 + i % 20, 'customer ' || i, '' from n;
insert into parties_site(id, version, customer_id, name, address, country, zone, access_notes,
    region_id)
  select id, 1, id, 'Site ' || id, '', '', 'Europe/Rome', '', 1 + id % 20 from parties_customer;
insert into access_personaldata(id, version, name, email, phone, mobile, note)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
  select 1000 + i, 1, 'Contact ' || i || ' Petrov', 'c' || i || '@example.com', '', '', '' from n;
insert into parties_contact(id, version, customer_id, personal_id, role, consent)
  select id - 1000, 1, 1 + id % 5000, id, '', 'unknown' from access_personaldata where id > 1000;
insert into installed_base_product(id, version, number, name, kind, family)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 50)
  select i, 1, 'M' || i, 'Model ' || i, 'hardware', '' from n;
"""
ASSETS = """
insert into installed_base_asset(id, version, number, serial, doubt, product_id, state,
    hardware_revision, software_revision, consequence, consequence_said_by, cost_band,
    cost_band_said_by, recorded_at, site_id, customer_id)
  with recursive n(i) as (select 1 union all select i + 1 from n where i < :rows)
  select i, 1, 'A-' || printf('%07d', i), 'SN' || printf('%08x', i * 2654435761 % 4294967296), '',
    1 + i % 50, 'in_use', '', '', i % 5, '', 'unknown', '', '2025-01-01 08:00:00', 1 + i % 5000,
    1 + i % 5000 from n
"""
PROMISES = """
insert into promises_promise(id, version, kind, made_to, about, customer_id, site_id, asset_id,
    consequence, source, accountable_id, owner_id, team_id, made_at, recorded_at, first_due,
    current_due, judged_due, due_precision, zone, currency, fulfilled_at, provisional, ended_reason,
    voided_reason, doubt, evidence, cause)
  select id, 1, 'restore', 'customer', 'Deliver part ' || (id % 300) || ' to ' || number,
    customer_id, site_id, id, consequence, 'said', 1, case when id % 9 <> 0 then 1 + id % 40 end,
    1 + id % 20,
    datetime('2025-01-01 08:00:00', '+' || (id * 7919 % 600000) || ' minutes'),
    '2025-01-01 08:00:00',
    datetime('2025-01-03 08:00:00', '+' || (id * 7919 % 600000) || ' minutes'),
    datetime('2025-01-03 08:00:00', '+' || (id * 7919 % 600000) || ' minutes'),
    datetime('2025-01-03 08:00:00', '+' || (id * 7919 % 600000) || ' minutes'),
    'moment', '', '', case when id * 2654435761 % 4294967291 % 50 <> 0
    then datetime('2025-06-01 08:00:00', '+0 minutes') end, 1 = 0, '', '', '', '', ''
  from installed_base_asset
"""
CASES = """
insert into cases_case(id, version, about, detail, channel, customer_id, site_id, asset_id,
    asset_is_unknown, consequence, consequence_asked, failure_mode, failure_mechanism,
    failure_cause, remedy, accountable_id, owner_id, team_id, reported_at, recorded_at, state,
    waiting_on, reopened, doubt, closed_at)
  select id, 1, 'Pump ' || (id % 700) || ' leaks at seal ' || (id % 90), 'Oil under the machine',
    'phone', customer_id, site_id, id, 1 = 0, consequence, 1 = 0, '', '', '', '', 1,
    case when id % 9 <> 0 then 1 + id % 40 end, 1 + id % 20,
    datetime('2025-01-01 08:00:00', '+' || (id * 7919 % 600000) || ' minutes'),
    '2025-01-01 08:00:00',
    case when id * 2654435761 % 4294967291 % 20 <> 0 then 'closed' else 'in_work' end,
    'nobody', 0, '',
    case when id * 2654435761 % 4294967291 % 20 <> 0
      then datetime('2026-03-01 08:00:00', '+0 minutes') end
  from installed_base_asset where id % 5 = 0
"""
NAMES_ELSEWHERE = """
insert into {table}(system, kind, external_id, said, row_id)
  select 'erp', '{kind}', '{letter}' || printf('%09d', id * 7 % 999999937), '', id from {rows}
"""
AS_ON_SQLITE = """
create function datetime(text, text) returns timestamptz language sql as
  $$ select ($1 || '+00')::timestamptz + $2::interval $$;
create function printf(text, bigint) returns text language sql as
  $$ select lpad(case when $1 like '%%x' then to_hex($2) else $2::text end,
    substr($1, 3, 1)::int, '0') $$;
"""
"""What the statements above ask of a database, for PostgreSQL."""
PAGES = {
    "Today": "/",
    "a customer": "/customers/4711/",
    "an asset": "/installed-base/4711/",
    "installed base": "/installed-base/",
    "promises": "/promises/",
    "promises: broken": "/promises/?standing=broken",
    "promises: never kept": "/promises/?standing=never",
    "promises: one class": "/promises/?consequence=degraded",
    "promises: failed, one class": "/promises/?standing=failed&consequence=degraded",
    "customers": "/customers/",
    "cases": "/cases/",
    "cases: any": "/cases/?state=any",
    "search: piece of a serial": "/search/?q=9e3779",
    "search: customer": "/search/?q=Customer+4711",
    "search: words": "/search/?q=part+299",
    "search: a word of each promise": "/search/?q=deliver",
    "search: words of texts and names": "/search/?q=leaks+seal+customer+4711",
    "search: nothing": "/search/?q=zzzzqq",
}
NARROWED = ("promises: one class", "promises: failed, one class")
"""Of a region and of one person there is no promise of this class: the whole part is looked at."""
SMALLER = (("engineer", "own"), ("coordinator", "team"), ("planner", "region"))
READERS = 8
TIMES = 60
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def make(home: Path, rows: int) -> None:
    """Migrate an empty record and fill it by SQL."""
    from django.apps import apps
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connection

    call_command("migrate", verbosity=0)
    filled = [FILL, ASSETS.replace(":rows", str(rows)), PROMISES, CASES]
    for noun, letter in (("promises_promise", "Z"), ("installed_base_asset", "E")):
        table = f"{noun}externalid"
        filled.append(NAMES_ELSEWHERE.format(table=table, kind=noun, letter=letter, rows=noun))
    if connection.vendor == "sqlite":
        con = sqlite3.connect(home / "wellkept.sqlite3")
        con.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;" + ";".join(filled))
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        con.close()
        return
    with connection.cursor() as cursor:
        cursor.execute(AS_ON_SQLITE.replace("%%", "%"))
        for one in filled:
            cursor.execute(one)
        for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(sql)
        cursor.execute("drop function datetime(text, text); drop function printf(text, bigint)")
        cursor.execute("vacuum analyze")


def is_made() -> bool:
    """Whether there is a record already."""
    from django.db import connection

    return "promises_promise" in connection.introspection.table_names()


def a_client(group: str = "manager", scope: str = "all") -> Any:
    """Sign somebody in who sees so much; who does not see all is one of our people."""
    from django.test import Client

    from wellkept.record.access.actions import open_account
    from wellkept.record.access.models import Account
    from wellkept.record.access.rules import Group, Scope
    from wellkept.record.organisation.models import Person

    email = f"{group}.{scope}@example.com"
    account = Account.objects.filter(email=email).first()
    if account is None:
        grants = [(Group(group), Scope(scope))]
        account = open_account(
            email=email, name=group, password=None, grants=grants, at=NOW, by=None
        )
        if scope != "all":
            Person.objects.filter(pk=7 + len(scope)).update(account=account)
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    return client


def asked(client: Any, address: str, times: int) -> list[float]:
    """Ask a page so often and give the seconds of each answer, sorted."""
    took = []
    for _ in range(times):
        before = time.perf_counter()
        answer = client.get(address, follow=True)
        took.append(time.perf_counter() - before)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return sorted(took)


def statements(client: Any, address: str) -> int:
    """Count the statements of one answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        client.get(address, follow=True)
    return len(caught)


def said(name: str, took: list[float], more: str) -> None:
    """Print the middle and the slow end."""
    slow = took[min(len(took) - 1, int(len(took) * 0.99))]
    print(f"{name}: p50 {took[len(took) // 2] * 1e3:.0f} ms, p99 {slow * 1e3:.0f} ms{more}")


@contextmanager
def served(home: Path) -> Iterator[int]:
    """Run `wellkept serve` on a free port of loopback, its runner beside it; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "wellkept", "serve", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                time.sleep(0.2)
                with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
            yield port
        finally:
            server.terminate()


def at_once(port: int, address: str, session: str, times: int = TIMES // 2) -> list[float]:
    """Ask the server by eight readers without a pause, each as a browser does.

    A connection is kept until the server closes it, then opened anew.
    """
    took: list[float] = []

    def read() -> None:
        reader = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(times):
            before = time.perf_counter()
            reader.request("GET", address, headers={"Cookie": f"sessionid={session}"})
            answer = reader.getresponse()
            answer.read()
            took.append(time.perf_counter() - before)
            assert answer.status == 200, f"{address}: {answer.status}"

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(took)


def catch_up() -> None:
    """Take all rows into the index of the search, and say what that cost."""
    from django.db import connection

    from wellkept.record.search import index

    before = time.process_time()
    rows = sum(index.catch_up(connection))
    if rows:
        each = (time.process_time() - before) / rows
        print(f"index: {rows:,} rows, {each * 1e6:.1f} µs of processor each")


def measure(client: Any, name: str, address: str) -> None:
    """Ask one page and print what it took."""
    asked(client, address, 2)
    spent = []
    took = []
    for _ in range(TIMES):
        before = time.process_time()
        took += asked(client, address, 1)
        spent.append(time.process_time() - before)
    spent.sort()
    number = statements(client, address)
    middle, slow = spent[TIMES // 2] * 1e3, spent[int(TIMES * 0.99)] * 1e3
    cpu = f"{middle:.0f} ms of processor (best {spent[0] * 1e3:.0f}, p99 {slow:.0f})"
    said(name, sorted(took), f", {cpu}, {number} statements")


def main(home: Path, rows: int) -> None:
    """Make the record where it is not there; then ask."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ["WELLKEPT_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "wellkept.settings"
    import django

    django.setup()
    if not is_made():
        make(home, rows)
        print("made; run again to measure")
        return
    catch_up()
    import_module("wellkept.desk.web.served")  # as the server does it: rubbish is sought in little

    client = a_client()
    for name, address in PAGES.items():
        measure(client, name, address)
    for group, scope in SMALLER:
        for name in ("Today", "promises", *NARROWED, "search: words"):
            measure(a_client(group, scope), f"{name}, scope {scope}", PAGES[name])
    session = client.cookies["sessionid"].value
    with served(home) as port:
        for name in ("Today", "installed base", "search: words"):
            at_once(port, PAGES[name], session, 3)
            load = os.getloadavg()[0]
            said(f"{name}, {READERS} readers", at_once(port, PAGES[name], session),
                 f", load {load:.1f}")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
