"""The plan report: a pure function of the plan document, one HTML file that needs nothing else."""

import shlex
from dataclasses import dataclass
from functools import cache

from django.template import Context, Engine
from django.template.base import Template
from django.utils.safestring import mark_safe

from wellkept.desk.report.charts.exchange import ExchangeChart, exchange_chart
from wellkept.desk.report.page import HERE, style_hash, stylesheet, without_blank_space
from wellkept.desk.report.plan_rows import (
    Contract,
    Note,
    PartUnits,
    Replay,
    Standing,
    Told,
    assumptions,
    contracts,
    notes,
    part_units,
    replays,
    standings,
    told,
    what_ifs,
)
from wellkept.desk.report.reading import Fields, block, count, items, length, number, text
from wellkept.desk.report.saying import TAGS
from wellkept.study.planning.speech import figure, money

AT_ONCE, MOST = 10, 400
"""Contracts shown at once, and in all."""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything that the page shows."""

    folder: str
    scope: str
    doubts: tuple[str, ...]
    points: tuple[str, ...]
    standings: tuple[Standing, ...]
    chart: ExchangeChart | None
    hidden: tuple[str, ...]
    todo: tuple[tuple[str, str, tuple[Told, ...]], ...]
    contracts: tuple[Contract, ...]
    more_contracts: tuple[Contract, ...]
    ranking: tuple[Told, ...]
    parts: tuple[PartUnits, ...]
    parts_note: str
    what_ifs: tuple[str, ...]
    learn: tuple[str, ...]
    assumptions: tuple[str, ...]
    compared: tuple[tuple[str, str, str, str, str], ...]
    replays: tuple[Replay, ...]
    why_none: str
    proof_says: str
    floors: tuple[str, ...]
    superseded: tuple[str, ...]
    tables: tuple[tuple[str, str, str], ...]
    notes: tuple[Note, ...]
    command: str
    wellkept: str


def write_plan_report(document: Fields) -> str:
    """Return the report of a plan document as one self-contained HTML page.

    Every text of the document is shown as text, never as markup; what the document lacks is said.
    """
    styles = stylesheet("report.css", "plan.css")
    page = Context(
        {"page": page_of(document), "styles": mark_safe(styles), "style_hash": style_hash(styles)},
        use_l10n=False,
        use_tz=False,
    )
    return without_blank_space(_template().render(page))


@cache
def _template() -> Template:
    return Engine(dirs=[str(HERE / "templates")], builtins=[TAGS]).get_template("plan.html")


def page_of(document: Fields) -> PlanPage:
    """Return the values of the page."""
    proof = block(document, "proof")
    rows = items(document, "contracts")
    listed, shown = part_units(document)
    return PlanPage(
        folder=text(block(document, "source"), "folder", 80) or "this folder",
        scope=_scope(document),
        doubts=tuple(text(one, "sentence", 600) for one in items(document, "doubts")),
        points=_points(document),
        standings=standings(document),
        chart=exchange_chart(document),
        hidden=tuple(text(one, "sentence", 600) for one in items(document, "hidden")),
        todo=_todo(document),
        contracts=contracts(rows[:AT_ONCE]),
        more_contracts=contracts(rows[AT_ONCE:MOST]),
        ranking=told(document, "ranking"),
        parts=listed,
        parts_note=shown,
        what_ifs=what_ifs(document),
        learn=tuple(text(one, "sentence", 600) for one in items(document, "learn")),
        assumptions=assumptions(document),
        compared=_compared(proof),
        replays=replays(document),
        why_none=text(proof, "why_none", 400),
        proof_says=_proof_says(proof),
        floors=_floors(document),
        superseded=_superseded(document),
        tables=_tables(document),
        notes=notes(document),
        command=_command(document),
        wellkept=text(document, "wellkept", 20),
    )


def _scope(document: Fields) -> str:
    scope = block(document, "scope")
    counted = [
        f"{count(scope, 'parts'):,} parts",
        f"{length(scope, 'places'):,} places",
        f"{count(scope, 'assets'):,} assets",
        f"{count(scope, 'contracts'):,} contracts",
        f"{count(scope, 'demands'):,} requests in {figure(number(scope, 'years') or 0.0)} years"
        if count(scope, "demands")
        else "no request with a day",
    ]
    return f"Plan as of {text(document, 'until', 12) or 'the last day'}: {', '.join(counted)}."


def _points(document: Fields) -> tuple[str, ...]:
    """Return today against the plan in one sentence, and what no average shows in the next."""
    now, plan = block(document, "now"), block(document, "plan")
    unit = text(document, "currency", 12) or None
    stands, stock = number(plan, "standing_h") or 0.0, number(plan, "stock_value") or 0.0
    first = (
        f"With {money(stock, unit)} in the right places, assets stand {figure(stands)} h a year "
        "for want of a part"
    )
    if now:
        today = number(now, "standing_h") or 0.0
        lies = money(number(now, "stock_value") or 0.0, unit)
        first += f"; with the {lies} of today it is {figure(today)} h"
    hidden = items(document, "hidden")
    return (f"{first}.", *(text(one, "sentence", 600) for one in hidden[:1]))


def _todo(document: Fields) -> tuple[tuple[str, str, tuple[Told, ...]], ...]:
    totals, unit = block(document, "totals"), text(document, "currency", 12) or None
    made = []
    for key, kind, title in (
        ("buys", "buy", "Buy next"), ("moves", "move", "Move next"),
        ("releases", "release", "Let go next"),
    ):  # fmt: skip
        rows, sums = told(document, key), block(totals, kind)
        if not rows:
            continue
        amount = number(sums, "money") or 0.0
        worth = f", {money(amount, unit)}" if amount else ""
        made.append((title, f"{count(sums, 'pieces'):,} pieces in all{worth}", rows))
    last = told(document, "last_buys")
    if last:
        amount = sum(number(one, "money") or 0.0 for one in items(document, "last_buys"))
        note = f"parts that will no longer be made, {money(amount, unit)} in all"
        made.append(("Order for the last time", note, last))
    return tuple(made)


def _compared(proof: Fields) -> tuple[tuple[str, str, str, str, str], ...]:
    made = []
    for row in items(proof, "compared"):
        low, high = number(row, "low") or 0.0, number(row, "high") or 0.0
        made.append(
            (
                f"{text(row, 'name', 40)} ({text(row, 'unit', 40)})",
                _exact(row, "predicted"),
                _exact(row, "simulated"),
                f"{low:,.4g} to {high:,.4g}",
                "holds" if row.get("holds") is True else "◆ outside",
            )
        )
    return tuple(made)


def _exact(row: Fields, key: str) -> str:
    return f"{number(row, key) or 0.0:,.4g}"


def _proof_says(proof: Fields) -> str:
    rows = items(proof, "compared")
    held = sum(row.get("holds") is True for row in rows)
    demands = number(proof, "demands") or 0.0
    return (
        f"{held} of {len(rows)} predictions hold against {count(proof, 'runs'):,} simulated runs "
        f"of {count(proof, 'years')} years ({demands:,.0f} requests). Intervals are 95 %."
    )


def _floors(document: Fields) -> tuple[str, ...]:
    return tuple(
        f"Never below {count(one, 'pieces')} of {text(one, 'part', 60)} at "
        f"{text(one, 'place', 60)}: asked by {text(one, 'owner', 60) or 'nobody who is named'}, "
        f"until {text(one, 'until', 12) or 'no end is set'}."
        for one in items(document, "floors")
    )


def _superseded(document: Fields) -> tuple[str, ...]:
    return tuple(
        f"{text(one, 'old', 60)} is planned as {text(one, 'new', 60)} "
        f"({figure(number(one, 'ratio') or 1.0)} for one, {text(one, 'mode', 40)}): its past is "
        "counted there."
        for one in items(document, "superseded")
    )


def _tables(document: Fields) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (text(one, "file", 120), text(one, "table", 40) or "not used", text(one, "why", 900))
        for one in items(block(document, "understood"), "tables", 200)
    )


def _command(document: Fields) -> str:
    folder = text(block(document, "source"), "folder", 200) or "FOLDER"
    words = ["wellkept", "plan", shlex.quote(folder)]
    until = text(document, "until", 40)
    words += ["--until", until] if until else []
    budget = number(document, "budget")
    words += ["--budget", f"{budget:g}"] if budget is not None else []
    return " ".join([*words, "--html", "plan.html"])
