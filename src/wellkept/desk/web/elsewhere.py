"""What other systems call a row of ours: the numbers that people know it by from there."""

from collections.abc import Iterable, Sequence
from typing import Any

SHOWN = 6
OF_EACH = 20
"""So many names of each of several rows are read, on the average."""


def names_elsewhere(row: Any) -> tuple[tuple[str, str], ...]:
    """This will list systems with the name that each gives a row, with one statement.

    What is only the row's own number, name or serial again says nothing new and is left out. The
    caller has asked `visible` for the row.
    """
    own = _own(row)
    found = row.external_ids.order_by("system", "kind", "pk")
    names = found.values_list("system", "external_id")[: SHOWN + len(own)]
    return _news(names, own)


def names_of_rows(ids: Any, rows: Sequence[Any]) -> dict[int, tuple[tuple[str, str], ...]]:
    """This will list the same for several rows, by their keys; `ids` is the table of their names.

    Of one that has hundreds of names, those of the rows after it may be left out.
    """
    found = ids._default_manager.filter(row__in=[one.pk for one in rows])
    names = found.order_by("row", "system", "kind", "pk").values_list(
        "row", "system", "external_id"
    )
    told: dict[int, list[tuple[str, str]]] = {}
    for key, system, name in names[: OF_EACH * len(rows)]:
        told.setdefault(key, []).append((system, name))
    return {one.pk: _news(told[one.pk], _own(one)) for one in rows if one.pk in told}


def _own(row: Any) -> set[str]:
    return {str(row), *(str(getattr(row, name, "")) for name in ("number", "name", "serial"))}


def _news(names: Iterable[tuple[str, str]], own: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(one for one in names if one[1] not in own))[:SHOWN]
