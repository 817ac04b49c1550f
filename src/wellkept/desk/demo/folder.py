"""The folder of the demo company: what its own systems export, and beside it the truth."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from wellkept.desk.demo.believed import answers
from wellkept.desk.demo.exports import Cells, Export
from wellkept.desk.demo.exports_parts import STOCK_SYSTEM
from wellkept.desk.demo.making import make
from wellkept.desk.demo.recipe import RECIPE_NAME, recipe
from wellkept.desk.demo.reckoning import reckon
from wellkept.desk.demo.truth import Truth
from wellkept.desk.demo.writing import EXPORTS
from wellkept.study.diagnostic.written import as_toml


def write_demo(folder: Path, *, monday: date, seed: int = 7) -> Truth:
    """This will write the demo company's exports into a folder, and give the truth about them.

    Everything follows from `monday` (the day on which the story stands still; it must be one) and
    `seed`. The truth is also written beside the folder, as `<folder>.truth.json`, where nothing
    that measures the folder will read it, and so are its people's answers to the mirror, as
    `<folder>.answers.toml`. Raises ValueError if the day is not a Monday.
    """
    company, blemishes = make(monday, seed)
    folder.mkdir(parents=True, exist_ok=True)
    for export in EXPORTS:
        _write(folder / export.name, export, export.rows(company, blemishes))
    (folder / RECIPE_NAME).write_text(
        recipe(monday, [export.name for export in STOCK_SYSTEM]), encoding="utf-8"
    )
    truth = reckon(company, blemishes, monday=monday, seed=seed)
    truth_file(folder).write_text(truth.as_json(), encoding="utf-8")
    answers_file(folder).write_text(as_toml(answers(monday)), encoding="utf-8")
    return truth


def answers_file(folder: Path) -> Path:
    """This will name the file of its people's answers to the mirror: beside the folder."""
    return folder.parent / f"{folder.name}.answers.toml"


def truth_file(folder: Path) -> Path:
    """This will name the file that holds the truth: beside the folder, never in it."""
    return folder.parent / f"{folder.name}.truth.json"


def _write(path: Path, export: Export, rows: Iterable[Cells]) -> None:
    with path.open("w", encoding=export.encoding, newline="") as out:
        writer = csv.writer(out, delimiter=export.separator, lineterminator=export.line_end)
        writer.writerow(export.header.split(", "))
        writer.writerows(rows)
