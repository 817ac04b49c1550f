"""Need by the ages of the assets: a law of life from the history, where it is clear."""

from pathlib import Path

import numpy as np
import pytest

from study.planning.folders import UNTIL, a_plan, a_problem, part
from wellkept.study.planning.ageing import Fleet, ageing
from wellkept.study.planning.lines import sentence
from wellkept.study.planning.past import YEAR, Past

BEGIN, END = 20_000.0, 20_000.0 + 4 * YEAR


def a_past(asset: list[str], day: list[float]) -> Past:
    many = len(day)
    return Past(
        np.zeros(many, np.int64), np.zeros(many, np.int64), np.array(day), np.ones(many),
        np.array([*asset, None], object)[:-1], np.full(many, None), BEGIN, END, 0, 0.0, (),
    )  # fmt: skip


def a_fleet(installed: list[float]) -> Fleet:
    names = {f"A{n}": n for n in range(len(installed))}
    return Fleet({0: np.arange(len(installed))}, np.array(installed), names)


def worn(life_years: float, spread: float, seed: int = 5) -> tuple[Fleet, Past]:
    """Sixty pumps installed over the first two years; a vane set lasts so long, more or less."""
    rng = np.random.default_rng(seed)
    installed = (BEGIN + rng.uniform(0, 2 * YEAR, 60)).tolist()
    asset, day = list[str](), list[float]()
    for n, begin in enumerate(installed):
        at = begin + YEAR * life_years * rng.weibull(spread)
        while at < END:
            asset.append(f"A{n}")
            day.append(at)
            at += YEAR * life_years * rng.weibull(spread)
    return a_fleet(installed), a_past(asset, day)


def test_pumps_that_come_of_age_together_will_ask_for_more_than_so_far() -> None:
    """They last four years and are two to four years old: hardly one has failed yet."""
    known, past = worn(4.0, 6.0)
    ratio = float(ageing(known, past, 1)[0])
    seen = len(past) / (END - np.mean(known.installed)) * YEAR / 60
    truth = np.mean([_next(known, seed) for seed in range(300)])
    assert ratio > 1.5
    assert ratio * seen == pytest.approx(truth, rel=0.3)


def _next(known: Fleet, seed: int) -> float:
    """Vane sets a pump and year in the year to come, played: those that live so far, and on."""
    rng, count = np.random.default_rng(seed), 0
    for begin in known.installed:
        at = begin
        while at < END + YEAR:
            at += YEAR * 4.0 * rng.weibull(6.0)
            count += END <= at < END + YEAR
    return count / 60


def test_where_age_does_not_matter_the_need_stays_as_it_was() -> None:
    known, past = worn(1.5, 1.0)
    assert ageing(known, past, 1).tolist() == [1.0]


def test_too_few_replacements_show_no_law() -> None:
    known, past = worn(4.0, 6.0)
    few = past.between(BEGIN, float(np.sort(past.day)[7]))
    assert len(few) == 7 and ageing(known, few, 1).tolist() == [1.0]


def test_a_part_hardly_ever_asked_for_says_what_its_need_rests_on(tmp_path: Path) -> None:
    lines = ["part,requested on,quantity,location,asset", f"PS-7,{UNTIL.replace(2025)},1,Bari,A1"]
    lines += [f"VS-20,2025-{m:02}-10,1,Tampere,A2" for m in range(1, 13)]
    a_problem(tmp_path, {"requests.csv": "\n".join(lines)})
    plan = a_plan(tmp_path)
    of = part(plan.problem, "PS-7")
    said = next(sentence(plan.problem, one) for one in plan.pieces if one.part == of)
    assert "asked for once in 1.0 years, where parts like it come to" in said
