"""How long an import of many promises takes, raw rows kept, and how much memory.

    python benchmarks/importing.py [ROWS]

CPU time is what to compare: the machine may be shared. The database is the one of the settings;
without WELLKEPT_DATABASE a new SQLite file.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

BEGIN = datetime(2024, 1, 1, 8, tzinfo=UTC)


def main(rows: int) -> None:
    """Write a file, import it once, weigh it again."""
    with tempfile.TemporaryDirectory(prefix="wellkept-bench-") as place:
        os.environ["WELLKEPT_HOME"] = place
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellkept.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        folder = Path(place) / "in"
        folder.mkdir()
        write(folder / "promises.csv", rows)
        measure(folder, rows)


def write(file: Path, rows: int) -> None:
    """Have so many promises to 5,000 customers, half of them kept, some without an end."""
    with file.open("w") as out:
        out.write("promise number,customer,about,created,due date,delivered on,responsible\n")
        for number in range(rows):
            made = BEGIN + timedelta(minutes=number % 700_000)
            due = made + timedelta(days=3 + number % 9)
            done = "" if number % 5 == 0 else f"{due + timedelta(hours=number % 48 - 30):%F %H:%M}"
            out.write(
                f"P{number:07d},Customer {number % 5000},Deliver part {number % 300},"
                f"{made:%F %H:%M},{due:%F %H:%M},{done},Person {number % 40}\n"
            )


def measure(folder: Path, rows: int) -> None:
    """Say the figures of opening, writing, and weighing what is known."""
    from wellkept.desk.exchange.opening import Wanted, opened
    from wellkept.desk.exchange.running import apply, dry_run, first_look

    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    started = clocks()
    with opened(Wanted(folder, zone="UTC"), now) as found:
        said("opened", started, rows)
        run = first_look(found, now=now, by=None)
        run = apply(found, run, now=now, by=None)
        said("imported, opening included", started, rows)
        again = clocks()
        dry_run(found, now=now + timedelta(hours=1), by=None)
        said("weighed again", again, rows)
    print(run.counts)


def clocks() -> tuple[float, float]:
    """Read the wall's clock and the processor's."""
    return time.perf_counter(), time.process_time()


def said(what: str, started: tuple[float, float], rows: int) -> None:
    """Print wall time, CPU time since a start, the most memory so far, and how busy it is here."""
    wall, cpu = (now - then for now, then in zip(clocks(), started, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what}: {rows:,} rows, {wall:.1f} s wall, {cpu:.1f} s CPU, {peak:.0f} MB at most, "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
