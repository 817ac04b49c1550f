"""Which tables and columns of the record become facts: names as text, held to the models by a test.

The study knows no web framework, so it knows no models: this is the one place that names them.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Read:
    """One table to read column-wise: moments become whole seconds, flags booleans.

    `plain`, `moments` and `flags` are names of columns with spaces between them. `words` names
    those of which few different ones stand in many rows: they are numbered together, so that a row
    keeps one number, `said`, for them, and a table `<into>_words` says what each number is.
    """

    table: str
    into: str
    plain: str
    moments: str = ""
    flags: str = ""
    words: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, by its name in the record."""
        return tuple(f"{self.plain} {self.moments} {self.flags}".split())

    def select_sql(self, database: str) -> str:
        """This will give the selection from an attached database, with every type settled."""
        parts = [f'"{name}"' for name in self.plain.split()]
        parts += [
            f'epoch_us("{name}") // 1000000 AS {seconds(name)}' for name in self.moments.split()
        ]
        parts += [f'CAST("{name}" AS BOOLEAN) AS "{name}"' for name in self.flags.split()]
        return f"SELECT {', '.join(parts)} FROM {database}.{self.table}"

    def some_sql(self, where: str) -> str:
        """This will give the selection of some rows in the words of PostgreSQL."""
        parts = [f'"{name}"' for name in self.plain.split()]
        parts += [
            f'floor(extract(epoch from "{name}"))::bigint AS {seconds(name)}'
            for name in self.moments.split()
        ]
        parts += [f'"{name}"' for name in self.flags.split()]
        return f"SELECT {', '.join(parts)} FROM {self.table} WHERE {where}"


def among(vendor: str, column: str, keys: Iterable[int]) -> str:
    """This will give the condition that a column is one of many keys, by the record's index."""
    listed = ",".join(str(key) for key in sorted(keys))
    if vendor == "sqlite":
        return f"{column} IN (SELECT value FROM json_each('[{listed}]'))"
    return f"{column} = ANY('{{{listed}}}'::bigint[])"


def seconds(moment: str) -> str:
    """This will name the column of seconds that a moment becomes.

    >>> seconds("reported_at"), seconds("first_due")
    ('reported_s', 'first_due_s')
    """
    return f"{moment.removesuffix('_at')}_s"


CASE_READS = (
    Read(
        "cases_case",
        "r_case",
        "id about customer_id site_id asset_id consequence team_id owner_id state doubt",
        "occurred_at reported_at recorded_at acknowledged_at restored_at resolved_at closed_at "
        "cancelled_at",
        words="state doubt",
    ),
    Read(
        "cases_caseevent",
        "r_case_event",
        "id case_id word state waiting_on person_id",
        "at recorded_at",
        "acknowledged",
        "word state waiting_on acknowledged",
    ),
    Read(
        "cases_assignment",
        "r_assignment",
        "id case_id person_id team_id how",
        "from_at until_at recorded_at",
        words="how",
    ),
    Read("cases_casepromise", "r_case_promise", "case_id promise_id"),
    Read(
        "cases_downtime",
        "r_downtime",
        "id asset_id about cause promise_id",
        "from_at until_at recorded_at still_down_at",
        "planned",
    ),
)
PROMISE_READS = (
    Read(
        "promises_promise",
        "r_promise",
        "id kind made_to about customer_id site_id asset_id consequence owner_id team_id "
        "due_precision calendar_id zone verdict moves_told",
        "made_at recorded_at first_due current_due judged_due fulfilled_at released_at ended_at "
        "voided_at",
        words="kind due_precision zone verdict",
    ),
    Read(
        "promises_promisemove",
        "r_move",
        "id promise_id asked_by",
        "old_due new_due at recorded_at told_at",
    ),
    Read("promises_notice", "r_notice", "id promise_id", "at"),
    Read(
        "promises_pause",
        "r_pause",
        "id promise_id",
        "from_at until_at acknowledged_at recorded_at",
    ),
    Read(
        "promises_datecorrection",
        "r_correction",
        "id promise_id",
        "old_first_due new_first_due confirmed_at",
    ),
)
LOG_READS = (
    Read(
        "promises_promiseevent",
        "r_promise_event",
        "id promise_id word person_id",
        "at recorded_at",
    ),
)
"""Read only to see the past: present columns cannot tell what was known before."""
IMPORT_READS = (Read("sources_importrun", "r_import", "id state tells", "at"),)
"""What the files of an import could tell at all."""
REGISTER_READS = (
    Read("parties_customer", "r_customer", "id name merged_into_id"),
    Read("parties_site", "r_site", "id name zone region_id cover_calendar_id"),
    Read("organisation_region", "r_region", "id name"),
    Read("organisation_team", "r_team", "id name"),
    Read(
        "installed_base_asset",
        "r_asset",
        "id number customer_id site_id consequence merged_into_id",
        flags="customer_guessed",
    ),
    Read("calendars_calendar", "r_calendar", "id from_on until_on"),
    Read("calendars_weeklyhours", "r_hours", "calendar_id weekday from_min to_min"),
    Read("calendars_holiday", "r_holiday", "calendar_id on name source"),
    Read("calendars_datedhours", "r_dated", "calendar_id on from_min to_min reason"),
)
PEOPLE_READS = (
    Read("organisation_person", "r_person", "id personal_id"),
    Read("access_personaldata", "r_personal", "id name"),
)
"""Names of people: looked up when facts are shown, never kept in a snapshot."""

READS = (*REGISTER_READS, *IMPORT_READS, *PROMISE_READS, *CASE_READS)
"""In the order in which they are read."""
