"""Names to choose from."""

from collections.abc import Iterable

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.promise_rows import Row
from wellkept.desk.web.rights import roll_of


def names_here(asking: Asking) -> tuple[str, ...]:
    """This will list the people who work for us today, by name."""
    return roll_of(asking).names


def names_for(rows: Iterable[Row], asking: Asking) -> tuple[str, ...]:
    """This will list them where one of these rows can be handed over; else there is no question."""
    return names_here(asking) if any("offer" in row.can for row in rows) else ()
