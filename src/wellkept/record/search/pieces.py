"""Pieces of SQL that ask the index, for either database: which rows, how many up to a limit."""

from typing import Any

from django.db import models

from wellkept.record.access.kept import Sql
from wellkept.record.search.index import REACH, Indexed
from wellkept.record.search.lookups import held
from wellkept.record.search.rules import grams


def candidates(
    one: Indexed, words: tuple[str, ...], vendor: str, span: tuple[int, int] | None = None
) -> list[Sql]:
    """This will select the keys of rows that may hold all words in their own texts.

    On SQLite the index takes trigrams of the words, and rows beyond its reach are all given. A
    span leaves the keys after its first and before its second one.
    """
    if vendor == "postgresql":
        return [_spanned(_holding(one, words, vendor), one.key, span)]
    wanted = dict.fromkeys(gram for word in words for gram in grams(word))
    match = " AND ".join('"' + gram.replace('"', '""') + '"' for gram in wanted)
    by_index = f'select rowid as key from "{one.index}" where "{one.index}" match %s'
    beyond = f'select "{one.key}" as key from "{one.table}" where {_beyond(one)}'
    return [
        _spanned(Sql(by_index, (match,)), "rowid", span),
        _spanned(Sql(beyond), one.key, span),
    ]


def roughly(one: Indexed, word: str, exactly: int) -> Sql:
    """This will count the candidates of a word on SQLite, of more than `exactly` only roughly.

    How close together the newest of them stand says how many there are. The index would go
    through thirty thousand for two to ten milliseconds.
    """
    by_index, beyond = candidates(one, (word,), "sqlite")
    few = f"select key from ({by_index.text} order by rowid desc limit {exactly + 1}) a"
    upto = f"(select upto from {REACH} where name = '{one.table}')"
    many = f"case when n <= {exactly} then n else n * {upto} / max(1, {upto} - low + 1) end"
    new = counted([beyond], exactly).text
    return Sql(f"select {many} + {new} from (select count(*) as n, min(key) as low from ({few}) b)",
               by_index.bound)  # fmt: skip


def newest(one: Indexed, words: tuple[str, ...], vendor: str, many: int, below: int) -> Sql:
    """This will select the key after which so many candidates stand, the newest below a key."""
    text = candidates(one, words, vendor, (0, below))[0]
    return Sql(
        f"(select key from ({text.text} order by 1 desc limit 1 offset {many}) a)", text.bound
    )


def holders(one: Indexed, word: str, vendor: str) -> list[Sql]:
    """This will select the keys of the rows that do hold a word in their own texts."""
    if vendor == "postgresql":
        return [_holding(one, (word,), vendor)]
    true = _holding(one, (word,), vendor)
    by_index = candidates(one, (word,), vendor)[0]
    return [
        Sql(
            f'select "{one.key}" as key from "{one.table}" where "{one.key}" in '
            f"({by_index.text}) and ({true.text.partition(' where ')[2]})",
            (*by_index.bound, *true.bound),
        ),
        Sql(f"{true.text} and {_beyond(one)}", true.bound),
    ]


def pointing(model: type[models.Model], column: str, keys: list[int]) -> Sql:
    """This will select the keys of rows that point to one of some rows."""
    own, named = model._meta.pk.attname, ", ".join(str(int(key)) for key in keys)
    table = model._meta.db_table
    return Sql(f'select "{own}" as key from "{table}" where "{column}" in ({named})')


def named_elsewhere(ids: type[models.Model], word: str) -> Sql:
    """This will select the keys of rows that another system names so.

    The number is looked up in the index for each pair of system and kind, of which there are few;
    these are found by leaping from one to the next.
    """
    table = ids._meta.db_table
    variants = list(dict.fromkeys((word, word.upper(), word.lower())))
    marks = ", ".join(["%s"] * len(variants))
    return Sql(
        "select e.row_id as key from (with recursive s(system) as ("
        f'select min(system) from "{table}" union all select (select min(n.system) from "{table}" '
        "n where n.system > s.system) from s where s.system is not null), p(system, kind) as ("
        f'select s.system, (select min(n.kind) from "{table}" n where n.system = s.system) from s '
        "where s.system is not null union all select p.system, (select min(n.kind) from "
        f'"{table}" n where n.system = p.system and n.kind > p.kind) from p where p.kind is not '
        f'null) select system, kind from p where kind is not null) q cross join "{table}" e where '
        f"e.system = q.system and e.kind = q.kind and e.external_id in ({marks})",
        tuple(variants),
    )


def union(some: list[Sql]) -> Sql:
    """This will put selections under each other."""
    return Sql(
        " union all ".join(one.text for one in some), tuple(b for s in some for b in s.bound)
    )


def counted(some: list[Sql], limit: int) -> Sql:
    """This will count what selections give together, each up to a limit and one more."""
    each = [f"(select count(*) from (select 1 from ({one.text}) a limit {limit + 1}) b)"
            for one in some]  # fmt: skip
    return Sql(" + ".join(each), tuple(b for one in some for b in one.bound))


def _spanned(one: Sql, key: str, span: tuple[int, int] | None) -> Sql:
    if span is None:
        return one
    return Sql(f'{one.text} and "{key}" > {span[0]} and "{key}" < {span[1]}', one.bound)


def _holding(one: Indexed, words: tuple[str, ...], vendor: str) -> Sql:
    bound: list[Any] = []
    each = []
    for word in words:
        asked = [held(f'"{column}"', word, vendor) for column in one.columns]
        each.append("(" + " or ".join(condition for condition, _ in asked) + ")")
        bound += [value for _, value in asked]
    where = " and ".join(each)
    return Sql(f'select "{one.key}" as key from "{one.table}" where {where}', tuple(bound))


def _beyond(one: Indexed) -> str:
    return f"\"{one.key}\" > (select upto from {REACH} where name = '{one.table}')"
