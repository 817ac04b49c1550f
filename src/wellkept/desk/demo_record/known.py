"""What has been written to the record so far, by its row in the story; and the weeks of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from wellkept.desk.demo import records, story
from wellkept.desk.demo.records import DAY, moment
from wellkept.record.calendars.models import Calendar
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.models import Asset
from wellkept.record.organisation.models import Person, Region, Role, Team
from wellkept.record.parties.models import Contact, Customer, Site
from wellkept.record.promises.models import Promise

WEEK = 7 * DAY
Row = TypeVar("Row")


@dataclass(slots=True)
class Known:
    """Rows of the record by the name, or the row, that the story knows them by."""

    monday_s: int
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    cover: Calendar | None = None
    customers: dict[records.Customer, Customer] = field(default_factory=dict)
    contacts: dict[records.Customer, Contact] = field(default_factory=dict)
    sites: dict[records.Site, Site] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    promises: dict[records.Promise, Promise] = field(default_factory=dict)
    cases: dict[records.Case, Case] = field(default_factory=dict)

    @property
    def start_s(self) -> int:
        """When the three years begin."""
        return self.monday_s - story.WEEKS * WEEK

    def week_of(self, at_s: int) -> int:
        """This will number the week at whose end something was written down; 0 is before all."""
        return min(story.WEEKS, max(0, -((self.start_s - at_s) // WEEK)))

    def at(self, week: int) -> datetime:
        """This will give the moment at which a week is written down: its end."""
        return moment(self.start_s + week * WEEK)

    def by_week(
        self, rows: Iterable[Row], when: Callable[[Row], int | None]
    ) -> dict[int, list[Row]]:
        """This will sort rows into weeks by a moment of theirs; rows without it are left out."""
        found: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            at_s = when(row)
            if at_s is not None:
                found[self.week_of(at_s)].append(row)
        return found
