"""Which role a notion plays in a table of each shape.

A header names a notion ("created"); the shape of the table makes a role of it: the report of a
case, the making of a promise. A figure behind the role is its rank: a role with rank 1 or more is
a stand-in, taken only when no column says it better.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from wellkept.record.sources.lexicon_facts import FACTS
from wellkept.record.sources.lexicon_moments import MOMENTS
from wellkept.record.sources.roles import ROLES, Kind

RANK = 15  # what one rank costs against a direct name


@dataclass(frozen=True, slots=True)
class Offer:
    """One role that a notion can play in a shape."""

    role: str
    rank: int


_HEAD = ("event", "case", "promise", "downtime", "move")
_FACTS = """
reported     | reported event_at:2 | reported        | made:1        | reported        |
received     |                     | reported:1      | done:1 made:3 |                 |
requested    |                     | reported:2      | due:2         |                 |
created      | reported event_at:1 | reported:1      | made:1        | reported:1      | moved_at:1
occurred     | occurred            | occurred        |               | occurred down_from:2 |
responded    | responded           | responded       |               | responded       |
arrived      | responded:1         | responded:1     | done:1        | responded:1     |
restored     | restored            | restored        | done:2        | down_to         |
resolved     | resolved            | resolved        | done:2        | down_to:1       |
closed       | closed              | closed          | done:3        | closed down_to:2 |
finished     | resolved:1 event_at:2 | resolved:1    | done          | down_to         |
started      | reported:2 event_at:1 | reported:2    | made:2        | down_from       |
work_started | event_at:2          | responded:1     | done:3        |                 |
cancelled    | cancelled           | cancelled       | ended:1       |                 |
reopened     | reopened            | reopened        |               |                 |
promised     | due                 | due             | due           | due             | new_due:1
due          | due                 | due             | due           | due             | new_due:2
scheduled    | due:2               | due:1           | due:1         | due:2           |
first_due    | first_due           | first_due       | first_due     | first_due       | old_due:1
done         | done                | done            | done          | down_to:1       |
shipped      |                     | done:1          | done:2        |                 |
delivery     |                     | due:2           | due:1 done:1  |                 |
made         |                     | reported:2 made | made          | made            |
not_before   | not_before          | not_before      | not_before    | not_before      |
respond_due  | respond_due         | respond_due     |               | respond_due     |
event_at     | event_at            | reported:2      |               | down_from:2     | moved_at:1
changed      | event_at:1 changed:2 | changed        | changed       | changed         | moved_at:1
old_due      |                     | old_due         | old_due       |                 | old_due
new_due      |                     | due:1           | due:1         | due:1           | new_due
moved_at     |                     | moved_at        | moved_at      |                 | moved_at
told_at      |                     | told_at         | told_at       |                 | told_at
released     | released            | released        | released      |                 |
ended        | ended               | ended           | ended         |                 |
down_from    | down_from           | down_from       |               | down_from       |
down_to      | down_to             | down_to         |               | down_to         |
case_id      | case_id             | case_id         | case_id       | case_id         | case_id
id           | case_id:1           | case_id:1       | promise_id:1  | case_id:2    | promise_id:2
order        | case_id:1           | case_id:1       | case_id       | case_id:2       | case_id
promise_id   |                     | case_id:1       | promise_id    |                 | promise_id
asset        | asset               | asset           | asset         | asset           | asset
parent_asset | parent_asset        | parent_asset    | parent_asset  | parent_asset    |
product      | product             | product         | product       | product         |
product_no   | product             | product         | product       | product         |
product_name | product             | product         | product       | product         |
customer     | customer            | customer        | customer      | customer        | customer
sender       |                     | customer:1      |               |                 |
site         | site                | site            | site          | site            | site
address      | site:1              | site:1          | site:1        | site:1          |
region       | region              | region          | region        | region          |
zone         | zone                | zone            | zone          | zone            |
name         |                     | case_id:1 about:2 | promise_id:1 about:2 | asset:3   |
owner        | owner               | owner           | owner         | owner           | owner
user         | owner:1             |                 |               |                 |
team         | team                | team            | team          | team            | team
actor        | actor owner:3       |                 |               |                 | moved_by:1
about        | about               | about           | about         | about           |
kind         | kind                | kind            | kind          | kind            | kind
category     | kind:1              | kind:1          |               | kind:1          |
channel      | channel             | channel         | channel       | channel         |
consequence  | consequence         | consequence     | consequence   | consequence     |
state        | state               | state           | state         | state           |
activity     | state:1             | state:2         |               |                 |
substate     | substate            | substate        | substate      | substate        |
reason       | reason              | reason          | reason        | reason          | reason
moved_by     |                     |                 | moved_by      |                 | moved_by
verdict      | verdict             | verdict         | verdict       | verdict         |
respond_verdict | respond_verdict  | respond_verdict | respond_verdict |               |
reopen_count | reopen_count        | reopen_count    |               |                 |
handoff_count | handoff_count      | handoff_count   |               |                 |
move_count   | move_count          | move_count      | move_count    |                 |
money        | money               | money           | money         | money           |
planned      |                     | planned         |               | planned         |
breakdown    |                     | stood_still     |               | planned         |
responded_after |                  | responded_after |               |                 |
resolved_after |                   | resolved_after  |               |                 |
target       | target              | target          | target        | target          |
lasted       |                     |                 |               | lasted          |
"""
_REGISTER_HEAD = ("asset", "customer", "site", "product")
_REGISTERS = """
asset        | asset        |            |        |
id           | asset:2      | customer:2 | site:2 | product_no:2
case_id      | asset:2      | customer:2 | site:2 | product_no:2
name         | name         | name       | name   | product
address      | site:1       |            | site:3 |
about        | name:2       |            |        | product:1
parent_asset | parent_asset |            |        |
product      | product      |            |        | product product_no:1
product_no   | product_no   |            |        | product_no
catalogue_no |              |            |        | product_no
product_name | product      |            |        | product
family       |              |            |        | family
product_kind |              |            |        | product_kind
installed    | installed    |            |        |
warranty_ends | warranty_ends |          |        |
software_revision | software_revision | |          |
hardware_revision | hardware_revision | |          |
launched     |              |            |        | launched
sale_ends    |              |            |        | sale_ends
support_ends |              |            |        | support_ends
expected_life |             |            |        | expected_life
customer     | customer     | customer   | customer |
site         | site         | site       | site   |
region       | region       | region     | region |
zone         | zone         | zone       | zone   |
kind         | kind         | kind       | kind   | product_kind:1
category     | kind:1       | kind:1     | kind:1 | family:1 product_kind:1
team         | team         | team       | team   |
owner        |              | owner      |        |
consequence  | consequence  | consequence | consequence |
state        | state        |            |        |
life         | state        |            |        |
money        | money        |            |        |
"""


_ASSET_STATE_HEAD = ("asset_state",)
_ASSET_STATES = """
event_at     | event_at
changed      | event_at:1
created      | event_at:1
started      | event_at:1
reported     | event_at:2
responded    | event_at:2
arrived      | event_at:2
received     | event_at:2
asset        | asset
id           | asset:2
parent_asset | parent_asset
product      | product
product_no   | product
product_name | product
customer     | customer
site         | site
address      | site:1
region       | region
zone         | zone
team         | team
about        | about
kind         | kind
category     | kind:1
consequence  | consequence
state        | state
serving      | state
activity     | state:1
substate     | reason:1
reason       | reason
planned      | planned
"""


def _offers(cell: str) -> tuple[Offer, ...]:
    parts = (part.partition(":") for part in cell.split())
    return tuple(Offer(role, int(rank or 0)) for role, _, rank in parts)


@cache
def offers() -> dict[str, dict[str, tuple[Offer, ...]]]:
    """This will give, per notion and shape, the roles that the notion can play."""
    found: dict[str, dict[str, tuple[Offer, ...]]] = {}
    for head, table in (
        (_HEAD, _FACTS),
        (_REGISTER_HEAD, _REGISTERS),
        (_ASSET_STATE_HEAD, _ASSET_STATES),
    ):
        for line in table.strip().splitlines():
            notion, *cells = (cell.strip() for cell in line.split("|"))
            row = found.setdefault(notion, {})
            row.update(zip(head, map(_offers, cells), strict=False))
    return found


_KIND_OF: dict[str, Kind] = {
    "id": "id",
    "order": "id",
    "user": "name",
    "activity": "word",
    "life": "word",
    "category": "word",
    "address": "name",
    "sender": "name",
    "catalogue_no": "id",
    "product_name": "name",
}


def kind_of(notion: str) -> Kind:
    """This will say what the values of a notion must be."""
    if notion in MOMENTS:
        return "moment"
    if notion in _KIND_OF:
        return _KIND_OF[notion]
    if notion in FACTS and notion not in ROLES:
        return "flag"
    return ROLES[notion].kind
