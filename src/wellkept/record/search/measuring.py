"""How many rows each word could find: asked of the index in one statement, before any row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from wellkept.record.access.kept import Sql, sql_of
from wellkept.record.search import pieces
from wellkept.record.search.index import indexed, searched
from wellkept.record.search.rules import number_meant

FEW = 30_000
"""Up to so many candidates the index leads to all of them."""
LITTLE = 1_000
"""Of so few candidates it does not pay to ask how many hold another word, too."""
SOME = 200
"""So many customers or assets that hold a word are named; of more, only that there are."""
CROWD = 1_000
"""Of more people who are called so, it is not asked whose contacts they are."""
SURELY = 4 * FEW
"""A guess of more than so many candidates is not counted again."""
TOO_MANY = -1
"""Stands for a key where there are more than are named."""
Model = type[models.Model]
Key = tuple[Model, str]
Question = tuple[str, Any, Sql]


@dataclass(slots=True)
class Measured:
    """What the index knows of the words, for each model and word.

    `own` counts rows whose own texts may hold it, `together` those that may hold several words.
    `holders` are the keys of rows that do, None where they are more than SOME; `people` the same
    through names of people. `named` are keys of rows of which it is the number. `own` is exact up
    to LITTLE, and a guess above.
    """

    own: dict[Key, int] = field(default_factory=dict)
    together: dict[tuple[Model, tuple[str, ...]], int] = field(default_factory=dict)
    holders: dict[Key, list[int] | None] = field(default_factory=dict)
    people: dict[Key, list[int] | None] = field(default_factory=dict)
    named: dict[Key, list[int]] = field(default_factory=dict)

    def finds(self, model: Model, word: str) -> bool:
        """This will tell whether any row may hold the word, as far as it was asked."""
        return bool(
            self.own[model, word]
            or self.named[model, word]
            or self.people.get((model, word), []) != []
            or any(
                self.holders[ends, word] or (self.holders[ends, word] is None and not only_few)
                for _, ends, only_few in answering_for(model)
            )
        )

    def finds_all(self, model: Model, words: Iterable[str]) -> bool:
        """This will tell whether any row may hold every word: else no row need be looked for."""
        return all(self.finds(model, word) for word in words)


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
    for ends in dict.fromkeys(ends for one in told for _, ends, _ in answering_for(one)):
        for word in words:
            found.holders[ends, word] = []
            held = pieces.holders(indexed(ends), word, connection.vendor)
            questions += [("holders", (ends, word), _up_to_some(one)) for one in held]
    _ask(connection, questions, found)
    if connection.vendor == "postgresql":
        _guess(connection, found)
    # All names are read for a word. One that nothing else holds tells whether the others matter.
    alone = {
        model: [word for word in words if not found.finds(model, word)][:1]
        for model in told
        if searched(model).people
    }
    _ask(connection, _people(alone, found), found)
    left = [one for one in told if found.finds_all(one, alone.get(one, words))]
    others = {
        model: [word for word in words if word not in alone[model]]
        for model in left
        if model in alone
    }
    together = [one for model in left for one in _together(connection.vendor, model, words, found)]
    _ask(connection, _people(others, found) + together, found)
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
    """How many hold several words at once; on PostgreSQL, which compares each, not of many."""
    some = joined(model, words, found)
    if not some:
        return []
    least = min(found.own[model, word] for word in some)
    if vendor == "postgresql" and least > SURELY:
        found.together[model, some] = least
        return []
    return [_count("together", (model, some), model, some, vendor)]


def _counts(model: Model, words: tuple[str, ...], vendor: str) -> list[Question]:
    if vendor == "sqlite":
        one = indexed(model)
        return [("own", (model, word), pieces.roughly(one, word, LITTLE)) for word in words]
    return [
        ("own", (model, word), Sql(f"select {one.text}", one.bound))
        for word in words
        for one in [pieces.counted(pieces.candidates(indexed(model), (word,), vendor), LITTLE)]
    ]


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


def _people(words: Mapping[Model, Iterable[str]], found: Measured) -> list[Question]:
    asked: list[Question] = []
    for model, some in words.items():
        for word in some:
            found.people[model, word] = []
            asked.append(("people", (model, word), _called(model, word)))
    return asked


def _called(model: Model, word: str) -> Sql:
    relation, _, name = searched(model).people.rpartition("__")
    ends: Any = model
    for step in relation.split("__"):
        ends = ends._meta.get_field(step).related_model
    # Names are looked through alone: joined to whose they are, they take twice as long. Beyond a
    # crowd none is looked at: a name that twenty thousand carry took longer than all the rest.
    named = sql_of(ends._default_manager.filter(**{f"{name}__holds": word}).values("pk"))
    crowd = RawSQL("select pk from called", ())
    rows = model._default_manager.filter(**{f"{relation}__in": crowd}).values("pk").distinct()
    some = sql_of(rows[: SOME + 1])
    return Sql(
        f"with called(pk) as materialized ({named.text} limit {CROWD + 1}) "
        f"select * from ({some.text}) named union all "
        f"select {TOO_MANY} from (select count(*) as many from called) c where many > {CROWD}",
        (*named.bound, *some.bound),
    )


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


def _guess(connection: BaseDatabaseWrapper, found: Measured) -> None:
    """Take from the planner of PostgreSQL how many rows may hold a word that many hold.

    To count them it compares every one, 3 to 5 µs each.
    """
    many = [key for key, own in found.own.items() if own > LITTLE]
    if not many:
        return
    some = [pieces.candidates(indexed(model), (word,), "postgresql")[0] for model, word in many]
    asked = pieces.union(some)
    with connection.cursor() as cursor:
        cursor.execute(f"explain (format json) {asked.text}", asked.bound)
        plan = cursor.fetchone()[0][0]["Plan"]
    for key, one in zip(many, plan["Plans"] if len(many) > 1 else [plan], strict=True):
        found.own[key] = max(found.own[key], int(one["Plan Rows"]))


def _take(found: Measured, kind: str, key: Any, value: int) -> None:
    if kind in ("own", "together"):
        getattr(found, kind)[key] = value
        return
    if kind == "named":
        found.named[key].append(value)
        return
    lists: dict[Key, list[int] | None] = getattr(found, kind)
    known = lists[key]
    if value == TOO_MANY:
        lists[key] = None
    elif known is not None:
        lists[key] = [*known, value] if len(known) < SOME else None
