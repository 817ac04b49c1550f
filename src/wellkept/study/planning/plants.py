"""Places inside plants, and where pieces went: rows are brought to the places that hold stock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from wellkept.record.sources.heading import plain
from wellkept.study.planning.cells import Complaints, Rows, Texts

HOLDING = ("stock", "demand", "stock_out")
BACK = "return"
_WORDS = {"out": "issue", "in": "receipt", "moved": "transfer", "back": BACK}


def one_level(rows: dict[str, list[Rows]], complaints: Complaints) -> None:
    """This will write each row's place in one way, where files name plants and places in them.

    Changes `rows`. The same name in two plants is two places. A file that only knows the plant
    tells nothing of its places: it counts for the one that the plant has, else for the depot.
    """
    inside: dict[str, set[str]] = defaultdict(set)  # place → its plants
    holds: dict[str, set[str]] = defaultdict(set)  # plant → its places
    for one in _all(rows):
        if one.has("plant") and one.has("location"):
            for plant, place in zip(one.texts("plant"), one.texts("location"), strict=True):
                if plant and place:
                    inside[place].add(plant)
                    holds[plant].add(place)
    if not inside:
        return
    twice = any(len(plants) > 1 for plants in inside.values())
    for name in HOLDING:
        for at, one in enumerate(rows.get(name, [])):
            if one.has("location"):
                rows[name][at] = _placed(one, inside, holds, twice, complaints)


def _placed(
    one: Rows,
    inside: dict[str, set[str]],
    holds: dict[str, set[str]],
    twice: bool,
    complaints: Complaints,
) -> Rows:
    places, plants = one.texts("location"), one.texts("plant")
    if one.has("plant"):
        return _with(one, [_name(p, w, twice) for p, w in zip(places, plants, strict=True)])
    named = {place for place in places if place}
    if named and named <= holds.keys() - inside.keys():
        complaints.say(
            f"{one.file.name}: ‘{one.header['location']}’ names plants, while other files name "
            "places in them: its rows count for the plant's one place, or for the depot.",
            len(one),
        )
        of = {
            plant: _name(next(iter(known)), plant, twice) if len(known) == 1 else None
            for plant, known in holds.items()
        }
        return _with(one, [of.get(place or "") for place in places])
    of = {
        place: _name(place, next(iter(plants)), twice)
        for place, plants in inside.items()
        if len(plants) == 1
    }
    return _with(one, [of.get(place or "", place) for place in places])


def _name(place: str | None, plant: str | None, twice: bool) -> str | None:
    return f"{plant}/{place}" if twice and plant and place else place


def by_goal(rows: dict[str, list[Rows]], complaints: Complaints) -> None:
    """This will say of each movement that names from where and to where what it was.

    Changes `rows`: between two of our places it is a transfer, into one a receipt or a return,
    out of one an issue. Only where no word of the row says it, and some list names our places.
    """
    ours = {
        text for name in ("stock", "location") for one in rows.get(name, [])
        for text in one.texts("location") if text
    }  # fmt: skip
    for at, one in enumerate(rows.get("demand", [])):
        if not one.has("goal") or not ours:
            continue
        ways = [
            _way(start in ours, goal in ours, start)
            for start, goal in zip(one.texts("location"), one.texts("goal"), strict=True)
        ]
        moved = _with(
            one,
            [
                place if way in ("out", "moved", "") else None
                for place, way in zip(one.texts("location"), ways, strict=True)
            ],
        )
        rows["demand"][at] = moved
        if one.has("movement"):
            continue
        words = np.array([*(_WORDS.get(way) for way in ways), None], object)[:-1]
        rows["demand"][at] = replace(
            moved,
            text={**moved.text, "movement": words},
            header={**one.header, "movement": one.header["goal"]},
        )
        complaints.say(
            f"{one.file.name}: what went from one of our places to none of them (‘"
            f"{one.header['goal']}’) is taken as asked for.",
            ways.count("out"),
        )


def _way(from_ours: bool, to_ours: bool, start: str | None) -> str:
    if from_ours:
        return "moved" if to_ours else "out"
    if to_ours:
        customer = any(word in plain(start or "") for word in ("custom", "kund", "client"))
        return "back" if customer else "in"
    return ""


def _with(one: Rows, places: list[str | None]) -> Rows:
    held: Texts = np.array([*places, None], object)[:-1]
    return replace(one, text={**one.text, "location": held})


def _all(rows: dict[str, list[Rows]]) -> list[Rows]:
    return [one for name in HOLDING for one in rows.get(name, [])]
