"""The plan document: one JSON object, no NaN; a null has its reason."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from wellkept.record.sources.notes import Note
from wellkept.study.planning.actions import Action
from wellkept.study.planning.curve import Point
from wellkept.study.planning.evaluate import Reckoned
from wellkept.study.planning.folder import PlanFolder, unused
from wellkept.study.planning.last_buys import LastBuy
from wellkept.study.planning.lines import Unit, sentence
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import HOURS, Problem
from wellkept.study.planning.promises import Promise
from wellkept.study.planning.proof import History

Json = dict[str, Any]
CONTRACT = 1
REASONS = {
    "budget": "none was given",
    "currency": "no list names a currency",
    "plan.simulated": "it is told of the plan alone, not of today's stock",
    "now": "no list says what lies where",
    "availability": "no asset is known that a part is for",
    "risk": "no allowance is agreed",
    "allowance_h": "no allowance is agreed",
    "points.at_risk": "only drawn, not judged",
    "customer": "no list names it",
    "contract": "none is known",
    "consequence": "no asset is known",
    "break_even": "it saves no hour",
    "origin": "it comes from a supplier, or lies at several places",
    "goal": "it goes to no place, or to several",
    "part": "nothing is waited for",
    "place": "nothing is waited for",
    "refilled_from": "the depot is refilled by suppliers",
    "owner": "nobody is named",
    "until": "no end is set",
    "line": "no single row shows it",
    "column": "no single column shows it",
    "value": "nothing was written",
    "became": "nothing was changed",
    "role": "the plan does not use it",
    "table": "the plan does not read it",
    "stock_value": "the assumption moves no stock",
    "own": "no list has our own minimum or maximum",
    "reorder_point": "no list has our own minimum",
    "order_up_to": "no list has our own maximum",
    "from": "it holds always",
    "cover_years": "nothing is needed",
    "wait_h": "nothing is needed",
}
"""Why a field may be null, by its name (or by the names of the last two)."""
ALIASES = {
    "risk_now": "risk", "risk_plan": "risk", "at_risk": "points.at_risk", "low": "stock_value",
    "high": "stock_value", "moved_low": "stock_value", "moved_high": "stock_value",
    "asset": "customer", "simulated": "plan.simulated", "customers": "customer",
    "today": "now", "played": "risk",
}  # fmt: skip


def cleaned(value: Any) -> Any:
    """This will turn every number that JSON does not know into null, at any depth."""
    if isinstance(value, Mapping):
        return {str(key): cleaned(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(inner) for inner in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return _rounded(float(value)) if math.isfinite(value) else None
    return value


def _rounded(value: float) -> float:
    """Nine digits: more are noise, and fewer could differ between two ways to the same number."""
    return float(f"{value:.9g}")


def reasons(document: Any) -> Json:
    """This will say for each field that is null somewhere why it is so.

    Raises KeyError for a null that no reason is known for: that is a fault of ours.
    """
    found: Json = {}
    for path in sorted(_nulls(document, "")):
        name = path.rsplit(".", 1)[-1]
        found[path] = REASONS[ALIASES.get(name, name)]
    return found


def _nulls(value: Any, path: str) -> set[str]:
    if value is None:
        return {path}
    if isinstance(value, Mapping):
        return set().union(*(_nulls(v, f"{path}.{k}".lstrip(".")) for k, v in value.items()), set())
    if isinstance(value, list):
        return set().union(*(_nulls(inner, path) for inner in value), set())
    return set()


def day(value: float) -> str | None:
    """This will write a day since 1970; None for nan."""
    return None if math.isnan(value) else str(np.datetime64(int(value), "D"))


def places(problem: Problem) -> list[Json]:
    """This will list the places with what refills each in the plan."""
    known = problem.places
    return [
        {
            "place": number, "name": known.names[at], "level": known.levels[at],
            "refilled_from": known.numbers[max(int(known.refilled[at]), 0)] if at else None,
            "transit_days": float(known.transit_days[at]),
        }
        for at, number in enumerate(known.numbers)
    ]  # fmt: skip


def source(folder: PlanFolder) -> Json:
    """This will say which files were read, and which not and why."""
    rows = {table.name: table for table in folder.reading.tables}
    return {
        "folder": folder.name,
        "files": [
            {"name": name, "format": table.format, "rows": table.rows}
            for name, table in rows.items()
        ],
        "not_read": [
            {"name": file.name, "why": file.why or ""}
            for file in folder.reading.files
            if file.state != "read"
        ],
    }


def understood(folder: PlanFolder, problem: Problem) -> Json:
    """This will say what each file was taken for, and what could not be used."""
    tables = []
    for one in folder.known:
        roles = {column.profile.key: role for role, column in one.columns.items()}
        table = next(table for table in folder.reading.tables if table.name == one.file)
        columns = [
            {"header": column.header, "role": roles.get(column.key)} for column in table.columns
        ]
        tables.append(
            {"file": one.file, "table": one.table, "rows": table.rows, "why": one.why,
             "columns": columns}
        )  # fmt: skip
    notes = [*problem.complaints.notes, *unused(folder.known, folder.reading.tables)]
    return {"tables": tables, "left_out": [_note(note) for note in notes]}


def _note(note: Note) -> Json:
    return {
        "what": note.what,
        "count": note.count,
        "examples": [asdict(example) for example in note.examples],
    }


def standing(problem: Problem, model: Model, found: Reckoned, availability: float | None) -> Json:
    """This will say what a stock costs and keeps, in money and hours a year."""
    rate = model.rate
    fill = float((found.levels.fill[:, 1:] * rate).sum() / max(rate.sum(), 1e-12))
    return {
        "pieces": int(found.stock.sum()),
        "stock_value": float((found.stock.sum(axis=1) * model.cost).sum()),
        "holding": found.holding,
        "waiting": found.waiting,
        "penalty": found.penalty,
        "total": found.total,
        "fill": fill,
        "standing_h": found.standing_h,
        "availability": availability,
        "at_risk": int((np.nan_to_num(found.risk) > 0.1).sum()),
    }


def action(problem: Problem, one: Action) -> Json:
    """This will write an action with its sentence."""
    names = problem.places.numbers
    return {
        "part": problem.parts.numbers[one.part],
        "name": problem.names[one.part],
        "pieces": one.pieces,
        "origin": None if one.origin is None else names[one.origin],
        "goal": None if one.goal is None else names[one.goal],
        "money": one.money,
        "saves": one.saves,
        "sentence": one.sentence,
    }


def last_buy(problem: Problem, one: LastBuy) -> Json:
    """This will write a last order."""
    return {
        "part": problem.parts.numbers[one.part],
        "name": problem.names[one.part],
        "pieces": one.pieces,
        "money": one.money,
        "last_order": day(one.last_day),
        "obligation_until": day(one.until_day),
        "needed": one.needed,
        "needed_low": one.needed_low,
        "needed_high": one.needed_high,
        "owned": one.owned,
        "risk_before": one.risk_now,
        "risk_after": one.risk,
        "short_value": one.short_value,
        "possible": one.possible,
        "sentence": one.sentence,
    }


def unit(problem: Problem, one: Unit) -> Json:
    """This will write a piece with its sentence."""
    waiter = one.waiter
    return {
        "part": problem.parts.numbers[one.part],
        "name": problem.names[one.part],
        "place": problem.places.numbers[one.place],
        "nth": one.nth,
        "used_per_year": one.used_per_year,
        "saves_h": one.saves_h,
        "saves_money": one.saves_money,
        "holding": one.holding,
        "break_even": one.break_even_h,
        "customer": waiter.customer if waiter else None,
        "contract": waiter.contract if waiter else None,
        "consequence": waiter.consequence if waiter else None,
        "sentence": sentence(problem, one),
    }


def promise(problem: Problem, one: Promise) -> Json:
    """This will write a contract with its dangers."""
    agreed = problem.agreed
    return {
        "contract": agreed.numbers[one.contract],
        "customer": agreed.customers[one.contract],
        "allowance_h": agreed.allowance_h[one.contract],
        "penalty_h": agreed.penalty_h[one.contract],
        "hours_now": one.hours_now,
        "hours_plan": one.hours_plan,
        "risk_now": one.risk_now,
        "risk_plan": one.risk_plan,
        "played_beyond": one.played,
        "played_years": one.played_years,
        "at_risk": one.at_risk,
        "part": None if one.part is None else problem.parts.numbers[one.part],
        "place": None if one.place is None else problem.places.numbers[one.place],
        "part_share": one.part_share,
        "sentence": one.sentence,
    }


def history(one: History) -> Json:
    """This will write a replay."""
    return {
        "from": day(one.first_day),
        "until": day(one.until_day),
        "demands": one.demands,
        "expected_fill": one.expected_fill,
        "expected_low": one.expected_low,
        "expected_high": one.expected_high,
        "caution": one.caution,
        "scored": [asdict(score) for score in one.scored],
    }


def points(found: Sequence[Point]) -> list[Json]:
    """This will write points of the curve."""
    return [
        {"stock_value": one.stock_value, "waiting": one.waiting,
         "availability": one.availability, "at_risk": one.at_risk}
        for one in found
    ]  # fmt: skip


def hours_of(standing_h: float) -> float:
    """This will turn asset hours a year into assets that stand on average."""
    return standing_h / HOURS
