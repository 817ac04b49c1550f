"""Work that steps behind the pages: what only reads and reckons leaves them the processor."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Made = TypeVar("Made")
STEPS = 10
"""At this priority it gets a tenth of a core that pages want, and all of one that nobody does."""


def behind_pages(work: Callable[[], Made]) -> Made:
    """This will do work in a thread of its own, at a low priority; what it raises is raised here.

    Nothing that writes goes so: who waits for its lock would wait until the pages are idle.
    """
    with ThreadPoolExecutor(1, "behind", _step_back) as alone:
        return alone.submit(_then_closed, work).result()


def _step_back() -> None:
    # Only Linux knows the priority of a thread; threads that it starts inherit it. Elsewhere it
    # would be that of the whole process, for good.
    if sys.platform == "linux":
        os.nice(STEPS)


def _then_closed(work: Callable[[], Made]) -> Made:
    try:
        return work()
    finally:
        connections.close_all()  # they are this thread's own
