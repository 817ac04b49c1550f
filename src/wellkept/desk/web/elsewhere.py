"""What other systems call a row of ours: the numbers that people know it by from there."""

from typing import Any

SHOWN = 6


def names_elsewhere(row: Any) -> tuple[tuple[str, str], ...]:
    """This will list systems with the name that each gives a row, with one statement.

    What is only the row's own number, name or serial again says nothing new and is left out. The
    caller has asked `visible` for the row.
    """
    own = {str(row), *(str(getattr(row, name, "")) for name in ("number", "name", "serial"))}
    found = row.external_ids.order_by("system", "kind", "pk")
    names = found.values_list("system", "external_id")[: SHOWN + len(own)]
    return tuple(dict.fromkeys(one for one in names if one[1] not in own))[:SHOWN]
