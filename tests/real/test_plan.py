"""Real demand by month in a plan: 2,674 car parts over 51 months, 3,000 spares over 24."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from wellkept.study.planning import run
from wellkept.study.planning.model import model_of
from wellkept.study.planning.problem import Problem, gather
from wellkept.study.planning.proof import replayed
from wellkept.study.planning.reading import read_plan_folder
from wellkept.study.planning.solve import allocate

NOW = 1_800_000_000


def planned(folder: Path) -> Problem:
    read = read_plan_folder(folder)
    return gather(read, run.until_day(read, None, NOW))


def test_car_parts_by_month_are_read_and_what_is_missing_is_no_nought(
    data_folder: Callable[[str], Path],
) -> None:
    """The facts of the set: 66,194 pieces, 6,122 missing cells in 165 series."""
    found = planned(data_folder("carparts"))
    assert len(found.parts) == 2674
    assert found.past.pieces.sum() == 66_194
    assert found.past.first_day == float(np.datetime64("1998-01-01").astype(int))
    assert found.past.until_day == float(np.datetime64("2002-04-01").astype(int))
    assert len({part for part, *_ in found.past.shut}) == 165
    months = sum(round((last - first) / 30.44) for _, _, first, last in found.past.shut)
    assert months == 6122


def test_the_plan_of_car_parts_keeps_its_word_on_the_months_held_out(
    data_folder: Callable[[str], Path],
) -> None:
    found = planned(data_folder("carparts"))
    model = model_of(found)
    stock = allocate(model, np.zeros(0), None)[4]
    (whole, held), why = replayed(found, model, stock)
    assert why == "" and whole.demands == 32_854
    assert held.scored[0].name == "a plan of that day"
    assert abs(held.scored[0].fill - held.expected_fill) <= 0.02


def test_periods_without_dates_are_read_as_months(data_folder: Callable[[str], Path]) -> None:
    found = planned(data_folder("syntetos_auto"))
    assert len(found.parts) == 3000 and found.past.years > 1.99
