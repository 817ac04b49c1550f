"""Writers on SQLite take turns in the order in which they come.

SQLite has one writer at a time. Who finds it busy sleeps and tries again, longer each time, so that
under many writers some wait for seconds. A lock of the operating system wakes the next in line.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

try:
    import fcntl
except ImportError:  # Windows has no such lock: SQLite's own waiting serves, less evenly
    fcntl = None  # type: ignore[assignment]  # told apart below

ENDING = ".turn"


@contextmanager
def turn(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """This will wait for its turn to write, across threads and processes; not on PostgreSQL.

    Inside a transaction that has begun the turn is taken already: waiting for one there could
    wait for somebody who waits for us.
    """
    if fcntl is None or connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with open(f"{connection.settings_dict['NAME']}{ENDING}", "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file closes, whatever happens
        yield
