"""Names to choose from."""

from wellkept.desk.web.asking import Asking
from wellkept.record.organisation.models import Person


def names_here(asking: Asking) -> tuple[str, ...]:
    """This will list the people who work for us today, by name."""
    there = Person.objects.with_us(asking.now.date())
    names = there.exclude(personal__name="").values_list("personal__name", flat=True)
    return tuple(sorted(names))
