"""Names to choose from."""

from datetime import date

from wellkept.desk.web.asking import Asking
from wellkept.record.access.kept import Sql, asked, kept, sql_of
from wellkept.record.organisation.models import Person


def names_here(asking: Asking) -> tuple[str, ...]:
    """This will list the people who work for us today, by name."""
    return tuple(sorted(name for (name,) in asked(kept(_names, on=asking.now.date()))))


def _names(on: date) -> Sql:
    there = Person.objects.with_us(on).exclude(personal__name="")
    return sql_of(there.values_list("personal__name"))
