"""Sixteen writers at once, in threads and in processes of their own: all commit, none is lost."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from typing import Any

import pytest
from django.db import connection, transaction

from builders import MONDAY, a_customer
from databases import on_postgresql, on_sqlite
from house import ROOT
from record.at_once import at_once
from wellkept.record.access.editing import Edited
from wellkept.record.journal.models import Entry
from wellkept.record.parties.actions import add_customers, edit_customer
from wellkept.record.parties.models import Customer

WRITERS, EACH = 16, 12
pytestmark = pytest.mark.usefixtures("committed")


def settled(after: tuple[int, int], count: int) -> list[Entry]:
    """Read the journal on from a mark until so many entries have settled.

    PostgreSQL counts the transactions of a whole cluster, so another worker's test may hold this
    one's entries back for a while.
    """
    give_up = time.monotonic() + 120
    while len(found := list(Entry.objects.after(after))) < count and time.monotonic() < give_up:
        time.sleep(0.1)
    return found


def test_sixteen_writers_all_commit_and_the_journal_has_each_once() -> None:
    def write(number: int) -> None:
        for step in range(EACH):
            name = f"Customer {number}/{step}"
            add_customers(customers=[Customer(name=name)], at=MONDAY, by=None)

    assert at_once(write) == []
    assert Customer.objects.count() == WRITERS * EACH
    entries = settled((0, 0), WRITERS * EACH)
    noted = [entry.keys["parties.customer"] for entry in entries]
    assert sorted(key for keys in noted for key in keys) == sorted(
        Customer.objects.values_list("pk", flat=True)
    )


def test_of_sixteen_who_edit_one_row_each_wins_or_is_told() -> None:
    """Read, then write: where transactions upgrade from reading, SQLite would say locked."""
    nord = a_customer("Clinic Nord")
    won: list[int] = []
    told: list[int] = []

    def edit(number: int) -> None:
        for step in range(EACH):
            mine = Customer.objects.get(pk=nord.pk)
            seen = mine.version
            try:
                name = f"Clinic {number}/{step}"
                edit_customer(customer=mine, changes={"name": name}, seen=seen, at=MONDAY, by=None)
                won.append(seen)
            except Edited:
                told.append(number)

    assert at_once(edit) == []
    assert len(won) + len(told) == WRITERS * EACH
    assert len(set(won)) == len(won), "of two who saw the same, one overwrote the other"
    assert Customer.objects.get(pk=nord.pk).version == 1 + len(won)
    assert Entry.objects.filter(verb="parties.edit_customer").count() == len(won)


def test_a_verb_inside_an_open_transaction_does_not_wait_for_who_waits_for_it() -> None:
    waiting, seconds = threading.Event(), time.monotonic()

    def other(number: int) -> None:
        waiting.set()
        add_customers(customers=[Customer(name="Mill East")], at=MONDAY, by=None)

    with transaction.atomic():
        a_customer("Clinic Nord")
        thread = threading.Thread(target=lambda: wrong.extend(at_once(other, 1)))
        wrong: list[BaseException] = []
        thread.start()
        assert waiting.wait(30)
        time.sleep(0.2)
        a_customer("Clinic Nord's second")
    thread.join(60)
    assert wrong == []
    assert Customer.objects.count() == 3
    assert time.monotonic() - seconds < 15, "one waited for the other until SQLite gave up"


WRITER = """
import sys, django
django.setup()
from datetime import UTC, datetime
from django.db import connection
from wellkept.record.parties.actions import add_customers
from wellkept.record.parties.models import Customer
connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()
for step in range(int(sys.argv[1])):
    add_customers(
        customers=[Customer(name=f"Customer {sys.argv[2]}/{step}")],
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        by=None,
    )
"""


@on_sqlite
def test_processes_of_their_own_share_the_file_without_a_locked_database(tmp_path: Any) -> None:
    home = tmp_path / "company"
    home.mkdir()
    with connection.cursor() as cursor:
        cursor.execute("vacuum into %s", [str(home / "wellkept.sqlite3")])
    env = {**os.environ, "WELLKEPT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "wellkept.settings"}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(EACH), str(number)],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    said = []
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        said.append(writer.communicate(timeout=120)[1])
        assert writer.returncode == 0, said[-1]
    assert not [text for text in said if "locked" in text]
    with closing(sqlite3.connect(home / "wellkept.sqlite3")) as file:
        (rows,) = file.execute("select count(*) from parties_customer").fetchone()
    assert rows == 4 * EACH


@on_postgresql
def test_a_reader_of_the_journal_misses_nothing_that_commits_late() -> None:
    """Keys are given before the commit: a later key may be seen while an earlier is not yet."""
    early_wrote, late_done = threading.Event(), threading.Event()

    def early(number: int) -> None:
        with transaction.atomic():
            add_customers(customers=[Customer(name="early")], at=MONDAY, by=None)
            early_wrote.set()
            assert late_done.wait(30)
            time.sleep(0.05)

    thread = threading.Thread(target=lambda: at_once(early, 1))
    thread.start()
    assert early_wrote.wait(30)
    add_customers(customers=[Customer(name="late")], at=MONDAY, by=None)
    assert Entry.objects.count() == 1, "the late row is seen, the early one not yet"
    while_running = list(Entry.objects.after((0, 0)))
    late_done.set()
    thread.join(30)
    mark = while_running[-1].mark if while_running else (0, 0)
    after = settled(mark, 2)
    assert while_running == []
    assert [entry.pk for entry in after] == sorted(entry.pk for entry in Entry.objects.all())
    assert Entry.objects.after(after[-1].mark).count() == 0
