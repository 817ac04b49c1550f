"""Chunks that are written while the next ones are read: on PostgreSQL, which takes more writers.

Each chunk stays a transaction of its own, on a connection of its own, so a kill loses what was not
whole, as before; only the order in which chunks of one noun end is no longer theirs.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wellkept.record.journal.rules import Refusal

WRITERS = 2
"""Chunks at once: while one waits for the disk or has its links checked, the other is written."""
Act = Callable[[], None]


def takes_several(connection: BaseDatabaseWrapper) -> bool:
    """This will say whether chunks can be written side by side: not by what is in a transaction."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


@dataclass(slots=True)
class Beside:
    """Writes what it is given while its giver goes on; leaving waits for all of it."""

    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(WRITERS))
    running: deque[tuple[Future[None], Act]] = field(default_factory=deque)
    opened: set[BaseDatabaseWrapper] = field(default_factory=set)

    def give(self, act: Act, instead: Act) -> None:
        """This will have `act` done; waits while one more than there are writers is not.

        Where a verb refuses it, whoever waits for it does `instead`. Raises what else an earlier
        one raised.
        """
        while len(self.running) > WRITERS:
            self._wait_for_one()
        self.running.append((self.pool.submit(self._do, act), instead))

    def wait(self) -> None:
        """This will wait until nothing is left to do; raises what one of them raised."""
        while self.running:
            self._wait_for_one()

    def _wait_for_one(self) -> None:
        done, instead = self.running.popleft()
        try:
            done.result()
        except Refusal:
            instead()

    def _do(self, act: Act) -> None:
        self.opened.add(connections["default"])
        act()

    def __enter__(self) -> Self:
        """Nothing is opened before there is something to do."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: object, where: TracebackType | None
    ) -> None:
        """Wait for all, or where one failed for those that are being written; then close."""
        try:
            if kind is None:
                self.wait()
        finally:
            self.pool.shutdown(cancel_futures=True)
            for one in self.opened:
                one.inc_thread_sharing()  # its own thread has ended
                one.close()
