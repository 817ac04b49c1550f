"""What only reads and reckons leaves the processor to the pages, and what writes does not."""

import os
import sys

import pytest

from wellkept.desk.background.behind import STEPS, behind_pages

LOWEST = 19


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_what_steps_behind_gives_its_answer_and_nothing_else_steps_with_it() -> None:
    before = priority()
    there = behind_pages(priority)
    assert there == (min(before + STEPS, LOWEST) if sys.platform == "linux" else before)
    assert priority() == before
    with pytest.raises(ZeroDivisionError):
        behind_pages(lambda: 1 / 0)
