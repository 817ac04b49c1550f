"""The parts of a folder: their numbers, with superseded ones folded into their successors first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.plan_tables import PLAN_ROLES
from wellkept.study.planning.cells import Complaints, Rows, Texts
from wellkept.study.planning.folder import PlanFolder


@dataclass(frozen=True, slots=True)
class Supersession:
    """One part that took the place of another; `ratio` new pieces for an old one."""

    old: str
    new: str
    ratio: float
    mode: str
    from_day: float  # days since 1970; nan: always


@dataclass(slots=True)
class Catalogue:
    """The parts that are planned, numbered from 0; old numbers lead to their successors."""

    numbers: list[str] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)
    ratio: dict[str, float] = field(default_factory=dict)  # pieces of the successor for one
    replaced: list[Supersession] = field(default_factory=list)

    def __len__(self) -> int:
        """Count the parts."""
        return len(self.numbers)

    def of(self, texts: Texts) -> NDArray[np.int64]:
        """This will give each number's place; -1 where none is written."""
        return np.array([self.place.get(text, -1) if text else -1 for text in texts], np.int64)

    def ratios(self, texts: Texts) -> NDArray[np.float64]:
        """This will give the pieces of the planned part for one piece of each written number."""
        if not self.ratio:
            return np.ones(len(texts))
        return np.array([self.ratio.get(text, 1.0) for text in texts], np.float64)


def catalogue(folder: PlanFolder, until_day: float, complaints: Complaints) -> Catalogue:
    """This will number all parts that any table names, the superseded ones under their successor.

    Raises Unreadable when parts supersede each other in a circle.
    """
    found = Catalogue()
    links = _links(folder, until_day, complaints)
    found.replaced = list(links.values())
    tables = ("part", "stock", "demand", "where_used", "purchase", "supersession")
    for name in tables:
        for rows in folder.of(name):
            for role in ("part", "new_part"):
                if rows.has(role):
                    _number(found, rows.texts(role), links)
            blank = np.array([not text for text in rows.texts("part")])
            complaints.about(
                rows, "part", blank, f"{rows.file.name}: no part number", "the row is left out"
            )
    return found


def _number(found: Catalogue, texts: Iterable[str | None], links: dict[str, Supersession]) -> None:
    for text in dict.fromkeys(texts):
        if not text or text in found.place:
            continue
        last, ratio = _followed(text, links)
        if last not in found.place:
            found.place[last] = len(found.numbers)
            found.numbers.append(last)
        found.place[text] = found.place[last]
        if ratio != 1.0:
            found.ratio[text] = ratio


def _links(folder: PlanFolder, until_day: float, complaints: Complaints) -> dict[str, Supersession]:
    links: dict[str, Supersession] = {}
    for rows in folder.of("supersession"):
        ratio, day = rows.numbers("ratio", 1.0), rows.days("effective")
        ahead = day > until_day
        complaints.about(
            rows, "effective", ahead, f"{rows.file.name}: the new part is used only later",
            "both parts are planned apart until then",
        )  # fmt: skip
        olds, news, modes = rows.texts("part"), rows.texts("new_part"), rows.texts("mode")
        for at in np.flatnonzero(~ahead):
            old, new = olds[at], news[at]
            if old and new and old != new:
                worth = float(ratio[at]) if ratio[at] > 0 else 1.0
                links[old] = Supersession(old, new, worth, modes[at] or "full", float(day[at]))
    for start in links:
        _refuse_circle(start, links, folder)
    return links


def _refuse_circle(start: str, links: dict[str, Supersession], folder: PlanFolder) -> None:
    chain, here = [start], start
    while here in links:
        here = links[here].new
        if here in chain:
            file = folder.of("supersession")[0].file.name
            raise Unreadable(
                f"{file}: {' → '.join([*chain, here])} supersede each other in a circle. Correct "
                "one of these rows, so that one part is the last."
            )
        chain.append(here)


def _followed(text: str, links: dict[str, Supersession]) -> tuple[str, float]:
    ratio = 1.0
    while text in links:
        ratio *= links[text].ratio
        text = links[text].new
    return text, ratio


def first_known(catalogue: Catalogue, many: Sequence[Rows], role: str) -> NDArray[np.float64]:
    """This will give each part's number or day in a role; its own rows win over the superseded."""
    found = np.full(len(catalogue), np.nan)
    for own in (False, True):
        for rows in reversed(many):
            if not rows.has(role):
                continue
            dated = PLAN_ROLES[role].kind == "day"
            values, numbers = rows.days(role) if dated else rows.numbers(role), rows.texts("part")
            places = catalogue.of(numbers)
            for at in np.flatnonzero(~np.isnan(values) & (places >= 0))[::-1]:
                if (numbers[at] == catalogue.numbers[places[at]]) == own:
                    found[places[at]] = values[at]
    return found


def names_of(catalogue: Catalogue, many: Sequence[Rows]) -> list[str]:
    """This will give what each part is called; its number where no list says."""
    called = dict[str, str]()
    for rows in many:
        for number, name in zip(rows.texts("part"), rows.texts("name"), strict=True):
            if number and name:
                called.setdefault(number, name)
    return [called.get(number, number) for number in catalogue.numbers]
