"""What a person states for the planning of stock: the section `[plan]` of the recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class PlanTableRecipe:
    """What a person states about one file for the plan."""

    file: str
    table: str | None = None  # one of plan_tables.PLAN_TABLES, or "none"
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # role → headers

    def fits(self, name: str) -> bool:
        """This will say whether the table of this name is meant, as `[[table]]` does."""
        whole = name.casefold()
        last = whole.rsplit("/", 1)[-1]
        names = (whole, last, whole.partition("#")[0], last.partition("#")[0])
        return any(fnmatchcase(one, self.file.casefold()) for one in names)


@dataclass(frozen=True, slots=True)
class PlanRecipe:
    """Everything that a person states for the plan; what is None has a stated prior."""

    holding_share: float | None = None  # of the unit cost, a year
    lead_days: float | None = None  # where neither list nor orders tell
    unit_cost: float | None = None  # where no price is known
    repair_h: float | None = None
    rates: Mapping[str, float] = field(default_factory=dict)  # currency → in the plan's currency
    downtime_cost_h: Mapping[str, float] = field(default_factory=dict)  # class → money
    stops: Mapping[str, float] = field(default_factory=dict)  # class → chance
    consequence: Mapping[str, str] = field(default_factory=dict)  # word of the file → class
    tables: tuple[PlanTableRecipe, ...] = ()

    def for_table(self, name: str) -> PlanTableRecipe | None:
        """This will give the first entry whose `file` meets the name."""
        return next((table for table in self.tables if table.fits(name)), None)
