"""What is turned into machine code gives what Python gives, and what cannot be is refused."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wellkept.study.facts import machine_code as code
from wellkept.study.facts import record_stepping as stepping
from wellkept.study.facts.machine_code import NotTranslated, eight, machine_code, put_eight

MANY = 7


def _whole_square(number: int) -> int:
    """The square root of a number that has one, else -1."""
    root = 0
    while root * root < number and not root > number:
        root += 1
    return root if root * root == number else -1


def _of_every_kind(told: int) -> int:
    """Sum what loops, branches and shifts give, and count in memory how often it was asked."""
    put_eight(told, eight(told) + 1)
    total, odd = 0, 0
    for number in range(3, 3 + MANY):
        if number % 2 == 1 and number != 5:
            odd += 1
        elif number == 4 or eight(told) < 0:
            total -= (number << 3) ^ 1
        else:
            total += _whole_square(number) * (number // 2) | 16
    return (total & 0xFFFF) * 10 + odd


def _of_a_list(told: int) -> int:
    return len([told])


def test_machine_code_gives_what_python_gives() -> None:
    memory = np.array([40], np.int64)
    made = machine_code(_of_every_kind, _whole_square)
    assert made(memory.ctypes.data) == _of_every_kind(memory.ctypes.data)
    assert memory.tolist() == [42]


def test_what_cannot_be_machine_code_is_refused() -> None:
    with pytest.raises(NotTranslated, match="told"):
        machine_code(_of_a_list)


@pytest.mark.parametrize(
    ("year", "month", "last"), [(2026, 2, 28), (2000, 2, 29), (2026, 7, 31), (2026, 9, 30)]
)
def test_months_have_their_days(year: int, month: int, last: int) -> None:
    assert stepping._last_day(year, month) == last
    following = (year, month + 1, 1)
    assert stepping._days(*following) == stepping._days(year, month, last) + 1


def test_code_is_kept_and_taken_up_only_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.pyc"
    monkeypatch.setattr(importlib.util, "cache_from_source", lambda _: str(file))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    made: list[str] = []
    compiled = code._compiled

    def counted(entry: Any, others: Any, machine: Any) -> Any:
        made.append(entry.__name__)
        return compiled(entry, others, machine)

    monkeypatch.setattr(code, "_compiled", counted)
    memory = np.array([40], np.int64)
    for _ in range(2):
        assert machine_code(_of_every_kind, _whole_square)(memory.ctypes.data) == _of_every_kind(
            memory.ctypes.data
        )
    assert made == ["_of_every_kind"]
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for spoilt in (
        whole[:-1],
        whole[:90] + bytes([whole[90] ^ 1]) + whole[91:],
        b"\0" * 32 + whole[32:],
    ):
        kept.write_bytes(spoilt)
        machine_code(_of_every_kind, _whole_square)
        assert kept.read_bytes() == whole
    assert len(made) == 4
