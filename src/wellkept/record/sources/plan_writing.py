"""The section `[plan]` of a recipe, written as it was stated."""

from __future__ import annotations

import json
from collections.abc import Mapping

from wellkept.record.sources.plan_recipe import PlanRecipe

_NUMBERS = ("holding_share", "lead_days", "unit_cost", "repair_h")
_TABLES = ("rates", "downtime_cost_h", "stops", "consequence")


def plan_sections(plan: PlanRecipe) -> list[str]:
    """This will write what is stated for the plan as lines of TOML; nothing if nothing is."""
    if plan == PlanRecipe():
        return []
    lines = ["", "[plan]"]
    for key in _NUMBERS:
        value = getattr(plan, key)
        lines += [] if value is None else [f"{key} = {value!r}"]
    for key in _TABLES:
        stated: Mapping[str, object] = getattr(plan, key)
        if stated:
            lines += ["", f"[plan.{key}]", *(_pair(name, one) for name, one in stated.items())]
    for table in plan.tables:
        lines += ["", "[[plan.table]]", f"file = {_text(table.file)}"]
        lines += [f"table = {_text(table.table)}"] if table.table is not None else []
        if table.columns:
            lines += ["", "[plan.table.columns]"]
            for role, headers in table.columns.items():
                lines.append(f"{role} = [{', '.join(map(_text, headers))}]")
    return lines


def _pair(name: str, value: object) -> str:
    return f"{_text(name)} = {_text(value) if isinstance(value, str) else repr(value)}"


def _text(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
