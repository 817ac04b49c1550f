"""Work that many do at the same moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections

TOGETHER_S, ENDED_S = 30, 120


def at_once(work: Callable[[int], object], writers: int = 16) -> list[BaseException]:
    """Run `work(number)` in so many threads that start together; give what each was refused."""
    start, refused = threading.Barrier(writers), []

    def run(number: int) -> None:
        try:
            start.wait(TOGETHER_S)
            work(number)
        except BaseException as problem:
            refused.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(ENDED_S)
    assert not any(thread.is_alive() for thread in threads)
    return refused
