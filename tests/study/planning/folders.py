"""Folders with parts: small true things, every file defaulted; name in a test what it is about."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from wellkept.study.planning import run
from wellkept.study.planning.problem import Problem, gather
from wellkept.study.planning.reading import read_plan_folder

UNTIL = date(2026, 1, 1)
DAY = float(np.datetime64(UNTIL.isoformat(), "D").astype(np.int64))

PARTS = """part,name,unit cost,currency,lead time (days)
PS-7,pressure sensor,200,EUR,30
VS-20,vane set,300,EUR,20
"""
PLACES = """location,level,supplied by,transit days
Modena,central,,
Bari,regional,Modena,3
Tampere,regional,Modena,6
"""
WHERE = """part,product,qty per asset,stops
PS-7,Station,1,1
VS-20,Pump,1,1
"""
ASSETS = """asset,product,site,customer,contract,consequence,served from
A1,Station,Nord 1,Clinic Nord,C-118,safety,Bari
A2,Pump,Nord 2,Clinic Nord,C-118,safety,Tampere
A3,Station,Mill 1,Mill East,,degraded,Modena
A4,Pump,Mill 1,Mill East,,degraded,Bari
"""
CONTRACTS = """contract,customer,allowance hours,penalty per hour,downtime cost per hour,currency
C-118,Clinic Nord,30,350,420,EUR
"""
STOCK = """part,location,on hand,min,max
PS-7,Modena,1,0,1
VS-20,Modena,9,3,9
VS-20,Bari,3,1,3
"""


def requests(many: int = 48, **columns: str) -> str:
    """Write a request every fortnight or so, of the two parts by turns, at their places."""
    lines = ["part,requested on,quantity,location,asset"]
    places = {"PS-7": ("Bari", "A1"), "VS-20": ("Tampere", "A2")}
    for nth in range(many):
        part = ("PS-7", "VS-20")[nth % 2]
        place, asset = places[part]
        day = UNTIL - timedelta(days=15 * (nth + 1))
        lines.append(f"{part},{day},1,{columns.get('location', place)},{asset}")
    return "\n".join(lines) + "\n"


FILES = {
    "parts.csv": PARTS,
    "locations.csv": PLACES,
    "where_used.csv": WHERE,
    "assets.csv": ASSETS,
    "contracts.csv": CONTRACTS,
    "stock.csv": STOCK,
    "requests.csv": requests(),
}


def a_folder(path: Path, files: Mapping[str, str | None] | None = None, recipe: str = "") -> Path:
    """Write a folder: the usual files, changed by `files`; None leaves one out."""
    for name, text in {**FILES, **(files or {})}.items():
        if text is not None:
            (path / name).write_text(text, encoding="utf-8")
    if recipe:
        (path / "wellkept.toml").write_text(recipe, encoding="utf-8")
    return path


def only(path: Path, files: Mapping[str, str], recipe: str = "") -> Path:
    """Write a folder that holds these files and no others."""
    return a_folder(path, {**dict.fromkeys(FILES), **files}, recipe)


def a_problem(
    path: Path, files: Mapping[str, str | None] | None = None, recipe: str = ""
) -> Problem:
    """Gather the problem of a folder."""
    return gather(read_plan_folder(a_folder(path, files, recipe)), DAY)


def a_plan(path: Path, **asked: Any) -> run.Plan:
    """Plan a folder that is written already."""
    return run.make(read_plan_folder(path), DAY, **asked)


def a_document(path: Path, budget: float | None = None, **asked: Any) -> dict[str, Any]:
    """Give the plan document of a folder that is written already."""
    folder = read_plan_folder(path)
    return run.document(folder, run.make(folder, DAY, budget=budget, **asked), budget=budget)


def part(problem: Problem, number: str) -> int:
    """Find a part's place."""
    return problem.parts.place[number]


def place(problem: Problem, number: str) -> int:
    """Find a place's number."""
    return problem.places.place[number]


def said(problem: Problem) -> str:
    """Put all that was complained of into one text."""
    return "\n".join(
        " ".join([note.what, *(f"{e.file}:{e.line} {e.column} {e.value}" for e in note.examples)])
        for note in problem.complaints.notes
    )
