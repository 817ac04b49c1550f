"""Which selection of candidates leads to the rows: the one that gives fewest, by the index."""

from dataclasses import dataclass
from typing import Any

from wellkept.record.access.kept import Sql
from wellkept.record.search import pieces
from wellkept.record.search.index import indexed
from wellkept.record.search.measuring import (
    FEW,
    LITTLE,
    SURELY,
    Measured,
    Model,
    answering_for,
    joined,
)

NEWEST = 5_000
"""So many of the newest candidates are looked at first where they are more than FEW."""
LAST = 2**63 - 1
"""No key is greater."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A selection of keys; `many` are a guess. Unless it is `whole`, they are `since` a key."""

    keys: Sql
    whole: bool = True
    many: bool = False
    since: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """A selection that could lead: rows that may hold these words, and rows held by others."""

    model: Model
    words: tuple[str, ...]
    own: int
    beside: tuple[Sql, ...]


def leads(
    connection: Any, models: list[Model], words: tuple[str, ...], found: Measured, below: int
) -> dict[Model, Lead | None]:
    """This will choose for each model; None where no selection may lead."""
    ways = [way for model in models for way in _ways(model, words, found)]
    best = {model: min((way for way in ways if way.model is model), key=lambda way: way.own,
                       default=None) for model in models}  # fmt: skip
    chosen = [way for way in best.values() if way is not None]
    asked = dict(zip(map(id, chosen), _more(connection, chosen, below), strict=True))
    return {
        model: None if way is None else _lead(connection.vendor, way, *asked[id(way)], below)
        for model, way in best.items()
    }


def _ways(model: Model, words: tuple[str, ...], found: Measured) -> list[Way]:
    """By one word, or by several words at once."""
    beside = {word: _beside(model, word, found) for word in words}
    ways = [
        Way(model, (word,), found.own[model, word], some)
        for word in words
        if (some := beside[word]) is not None
    ]
    several = joined(model, words, found)
    each = [some for word in several if (some := beside[word]) is not None]
    if several and len(each) == len(several):
        every = tuple(sql for some in each for sql in some)
        ways.append(Way(model, several, found.together[model, several], every))
    return ways


def _beside(model: Model, word: str, found: Measured) -> tuple[Sql, ...] | None:
    """Rows that hold a word not in their own texts; None where they are too many to name."""
    some: list[Sql] = []
    for relation, ends, only_few in answering_for(model):
        keys = found.holders[ends, word]
        if keys is None and not only_few:
            return None
        if keys:
            some.append(pieces.pointing(model, relation.attname, keys))
    people = found.people.get((model, word), [])
    if people is None:
        return None
    if numbers := [*found.named[model, word], *people]:
        some.append(pieces.pointing(model, model._meta.pk.attname, numbers))
    return tuple(some)


def _more(connection: Any, ways: list[Way], below: int) -> list[tuple[int, int, int | None]]:
    """How many rows each reaches beside its own, how many of its own; where the newest begin."""
    asked: list[Sql] = []
    for way in ways:
        one = indexed(way.model)
        guessed = connection.vendor == "sqlite" and len(way.words) == 1 and way.own > LITTLE
        again = pieces.candidates(one, way.words, connection.vendor)
        newest = pieces.newest(one, way.words, connection.vendor, NEWEST, below)
        asked += (
            pieces.counted(list(way.beside), FEW) if way.beside else Sql("0"),
            pieces.counted(again, FEW) if guessed and way.own <= SURELY else Sql(str(way.own)),
            newest if guessed or way.own > FEW else Sql("null"),
        )
    if not any("select" in one.text for one in asked):
        return [(0, way.own, None) for way in ways]
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(one.text for one in asked),
                       [value for one in asked for value in one.bound])  # fmt: skip
        said = cursor.fetchone()
    return list(zip(said[::3], said[1::3], said[2::3], strict=True))


def _lead(
    vendor: str, way: Way, beside: int, own: int, since: int | None, below: int
) -> Lead | None:
    """None where those for whom others answer are too many: the list is looked through then."""
    if beside > FEW:
        return None
    one = indexed(way.model)
    if own <= FEW or (since is None and below == LAST):
        keys = pieces.union([*pieces.candidates(one, way.words, vendor), *way.beside])
        return Lead(keys, many=own > LITTLE)
    span = (since or 0, below)
    newest = [*pieces.candidates(one, way.words, vendor, span), *way.beside]
    text = pieces.union(newest)
    spanned = f"select key from ({text.text}) a where key > {span[0]} and key < {span[1]}"
    return Lead(Sql(spanned, text.bound), whole=False, since=span[0])
