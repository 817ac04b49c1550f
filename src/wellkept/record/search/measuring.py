"""How many rows each word could find: asked of the index in one statement, before any row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from wellkept.record.access.kept import Sql
from wellkept.record.search import pieces
from wellkept.record.search.index import indexed, searched
from wellkept.record.search.rules import number_meant

FEW = 30_000
"""Up to so many candidates the index leads to all of them."""
LITTLE = 1_000
"""Of so few candidates it does not pay to ask how many hold another word, too."""
SOME = 200
"""So many customers or assets that hold a word are named; of more, only that there are."""
Model = type[models.Model]
Key = tuple[Model, str]
Question = tuple[str, Any, Sql]


@dataclass(slots=True)
class Measured:
    """What the index knows of the words, for each model and word.

    `own` counts rows whose own texts may hold it, `together` those that may hold several words.
    `holders` are the keys of rows that do, None where they are more than SOME; `people` the same
    through names of people. `named` are keys of rows of which it is the number.
    """

    own: dict[Key, int] = field(default_factory=dict)
    together: dict[tuple[Model, tuple[str, ...]], int] = field(default_factory=dict)
    holders: dict[Key, list[int] | None] = field(default_factory=dict)
    people: dict[Key, list[int] | None] = field(default_factory=dict)
    named: dict[Key, list[int]] = field(default_factory=dict)


def answering_for(model: Model) -> list[tuple[Any, Model, bool]]:
    """This will give the relations whose rows answer for a model's, each with where it ends.

    True stands with one that answers only where few hold the word.
    """
    said = searched(model)
    found = []
    for name in (*said.through, *said.through_few):
        relation = model._meta.get_field(name)
        ends = relation.related_model
        assert isinstance(ends, type)  # a relation of ours ends at a model
        found.append((relation, ends, name in said.through_few))
    return found


def measured(
    connection: BaseDatabaseWrapper, asked: Iterable[Model], words: tuple[str, ...]
) -> Measured:
    """This will measure words for the models that are asked, counting up to FEW."""
    told, found = list(asked), Measured()
    questions: list[Question] = []
    for model in told:
        questions += _counts(model, words, connection.vendor)
        for word in words:
            questions += _numbers(model, word, found)
            questions += _people(model, word, found)
    for ends in dict.fromkeys(ends for one in told for _, ends, _ in answering_for(one)):
        for word in words:
            found.holders[ends, word] = []
            held = pieces.holders(indexed(ends), word, connection.vendor)
            questions += [("holders", (ends, word), _up_to_some(one)) for one in held]
    _ask(connection, questions, found)
    _ask(connection, [one for model in told for one in _together(connection.vendor, model, words,
                                                                 found)], found)  # fmt: skip
    return found


def joined(model: Model, words: tuple[str, ...], found: Measured) -> tuple[str, ...]:
    """This will choose the words of which the index is asked at once; none where it would not pay.

    A word of many rows costs most to intersect and leaves most: it is among them only where there
    is no other.
    """
    if min(found.own[model, word] for word in words) <= LITTLE:
        return ()
    rare = tuple(word for word in words if found.own[model, word] <= FEW)
    some = rare or words
    return some if len(some) > 1 else ()


def _together(vendor: str, model: Model, words: tuple[str, ...], found: Measured) -> list[Question]:
    some = joined(model, words, found)
    return [_count("together", (model, some), model, some, vendor)] if some else []


def _counts(model: Model, words: tuple[str, ...], vendor: str) -> list[Question]:
    return [_count("own", (model, word), model, (word,), vendor) for word in words]


def _count(kind: str, key: Any, model: Model, words: tuple[str, ...], vendor: str) -> Question:
    one = pieces.counted(pieces.candidates(indexed(model), words, vendor), FEW)
    return kind, key, Sql(f"select {one.text}", one.bound)


def _numbers(model: Model, word: str, found: Measured) -> list[Question]:
    number = number_meant(word, searched(model).letter)
    found.named[model, word] = [] if number is None else [number]
    if not any(sign.isdigit() for sign in word):
        return []  # a number of another system without a digit would be a word
    return [
        ("named", (model, word), pieces.named_elsewhere(one.related_model, word))
        for one in model._meta.related_objects
        if one.name == "external_ids" and isinstance(one.related_model, type)
    ]


def _people(model: Model, word: str, found: Measured) -> list[Question]:
    path = searched(model).people
    if not path:
        return []
    found.people[model, word] = []
    relation, _, name = path.rpartition("__")
    ends: Any = model
    for step in relation.split("__"):
        ends = ends._meta.get_field(step).related_model
    # Names are looked through alone: joined to whose they are, they take twice as long.
    named = ends._default_manager.filter(**{f"{name}__holds": word}).values("pk")
    rows = model._default_manager.filter(**{f"{relation}__in": named}).values("pk").distinct()
    text, bound = rows[: SOME + 1].query.sql_with_params()
    return [("people", (model, word), Sql(text, bound))]


def _up_to_some(one: Sql) -> Sql:
    return Sql(f"select key from ({one.text}) a limit {SOME + 1}", one.bound)


def _ask(connection: BaseDatabaseWrapper, questions: list[Question], found: Measured) -> None:
    if not questions:
        return
    asked = pieces.union(
        [
            Sql(f"select {number}, x.* from ({one.text}) x", one.bound)
            for number, (_, _, one) in enumerate(questions)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.bound)
        for number, value in cursor.fetchall():
            kind, key, _ = questions[number]
            _take(found, kind, key, int(value))


def _take(found: Measured, kind: str, key: Any, value: int) -> None:
    if kind in ("own", "together"):
        getattr(found, kind)[key] = value
        return
    if kind == "named":
        found.named[key].append(value)
        return
    lists: dict[Key, list[int] | None] = getattr(found, kind)
    known = lists[key]
    if known is not None:
        lists[key] = [*known, value] if len(known) < SOME else None
