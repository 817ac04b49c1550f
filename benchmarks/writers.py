"""Sixteen writers at once through a verb: .venv/bin/python benchmarks/writers.py [SECONDS]

On a new SQLite file, or in the PostgreSQL that WELLKEPT_DATABASE names. Each call adds one
customer: the right, the transaction, the row, the journal row, the commit to the disk. Prints calls
a second, the time of a call, and how often the database refused.
"""

import os
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime

import numpy as np

WRITERS, SECONDS = 16, float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def main() -> None:
    """Set a company up in a folder of its own, write for a while, print the figures."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"WELLKEPT_HOME": home, "DJANGO_SETTINGS_MODULE": "wellkept.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        spent, locked = write_for(SECONDS)
    p50, p99, most = np.quantile(spent, [0.5, 0.99, 1.0]) * 1000
    print(f"{WRITERS} writers, {SECONDS:.0f} s: {len(spent) / SECONDS:,.0f} calls a second")
    print(f"a call: p50 {p50:.1f} ms, p99 {p99:.0f} ms, longest {most:.0f} ms")
    print(f"refused by the database: {locked}; processor time {time.process_time():.1f} s")


def write_for(seconds: float) -> tuple[list[float], int]:
    """Write from all threads until the time is over; give each call's seconds and the refusals."""
    from django.db import OperationalError, connections

    from wellkept.record.parties.actions import add_customers
    from wellkept.record.parties.models import Customer

    spent: list[float] = []
    locked: list[OperationalError] = []
    end = time.perf_counter() + seconds

    def run(number: int) -> None:
        while (started := time.perf_counter()) < end:
            try:
                add_customers(customers=[Customer(name=f"C {number}")], at=MONDAY, by=None)
            except OperationalError as problem:
                locked.append(problem)
            spent.append(time.perf_counter() - started)
        connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent, len(locked)


if __name__ == "__main__":
    main()
