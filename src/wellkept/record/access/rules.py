"""What an access group may do and what a scope lets it see; a model's word on its own rows."""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """What a person does here, as far as access goes. Trade roles are another thing."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    PLANNER = "planner"
    ENGINEER = "engineer"
    PARTS = "parts"
    SALES = "sales"
    READ_ONLY = "read_only"
    PORTAL = "portal"


STAFF = frozenset(Group) - {Group.PORTAL}
WRITERS = STAFF - {Group.READ_ONLY}
"""Everybody of the company who may change anything at all."""


class Scope(StrEnum):
    """Which rows a group held by a person reaches."""

    OWN = "own"
    TEAM = "team"
    REGION = "region"
    CUSTOMER = "customer"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Scoped:
    """How the rows of a model are scoped: for each scope the path that leads to who may see them.

    A path is a chain of relations, as in "site__region". It ends at an account, or at a row whose
    own model says how it is scoped: a site is seen through its region, whoever sees the region
    sees the site. No path: the scope sees no row of this model; several: any of them will do. The
    scope *all* sees every row.

    `everybody` opens every row to all of the company (a calendar, a product); never to the portal.
    `by_links` shows a row also to whom a row that points to it is shown (a file, through the case
    that it hangs on). `sealed` shows no row to anybody, whatever they hold: the model's own room
    alone reads them. `few` says that an account reaches few such rows: the gate names their keys,
    so that the database sees how little it has to look at.
    """

    own: str | tuple[str, ...] | None = None
    team: str | None = None
    region: str | None = None
    customer: str | None = None
    everybody: bool = False
    by_links: bool = False
    sealed: bool = False
    few: bool = False

    def paths(self, scope: Scope) -> tuple[str, ...]:
        """This will give the paths of a scope; none where the scope sees nothing."""
        known = {
            Scope.OWN: self.own,
            Scope.TEAM: self.team,
            Scope.REGION: self.region,
            Scope.CUSTOMER: self.customer,
        }
        found = known.get(scope) or ()
        return (found,) if isinstance(found, str) else found


EVERYBODY = Scoped(everybody=True)
ONLY_ALL = Scoped()
"""Rows for those who see everything and for nobody else."""
SEALED = Scoped(sealed=True)
"""Rows that no list, export or search shows to anybody, an administrator included."""
