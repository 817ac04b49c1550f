"""What the records of the demo company show of its claims: counted here by none of the study."""

from wellkept.desk.demo import believed, story
from wellkept.desk.demo.records import DAY, Company, Promise
from wellkept.desk.demo.truth import Mirror, Record

YEAR_S, QUARTER_S, MONTHS_24_S = 365 * DAY, 90 * DAY, 730 * DAY


def mirror(company: Company, due: list[Promise]) -> Mirror:
    """This will count what each evidence should find, and name each gap."""
    until_s = company.monday_s
    year = [p for p in due if p.judged_due_s >= until_s - YEAR_S]
    quarter = [p for p in due if p.judged_due_s >= until_s - QUARTER_S]
    parts = [p for p in due if p.kind == "part_delivery"]
    return Mirror(
        executives_believe=_believed("P1"),
        kept_last_quarter=_kept(quarter, until_s),
        stopped_restored=_kept(
            [p for p in year if p.kind == "restore" and p.consequence in story.CRITICAL], until_s
        ),
        parts_in_time=_kept([p for p in year if p.kind == "part_delivery"], until_s),
        parts_in_time_ever=_kept(parts, until_s),
        heard_of_in_24_months=_heard(company),
        names={
            believed.NORMALISED: "normalised",
            believed.OVERLOOKED: "overlooked",
            believed.CONTESTED: "contested",
            believed.IN_HAND: "in_hand",
            believed.DOUBTED: "doubted",
            believed.HELD: "held",
            "T4": "unrecorded",
            **dict.fromkeys(believed.UNPROVABLE, "unprovable"),
        },
    )


def _believed(claim: str) -> float:
    number = believed.BELIEFS[claim]["executive"].number
    assert number is not None
    return number


def _kept(due: list[Promise], until_s: int) -> Record:
    """Of promises that fell due: fulfilled by the judged date."""
    kept = sum(
        p.done_s is not None and p.done_s <= p.judged_due_s and p.done_s <= until_s for p in due
    )
    return Record(kept, len(due))


def _heard(company: Company) -> Record:
    """Assets named in a case, a fulfilled promise or a downtime of the last 24 months."""
    since_s = company.monday_s - MONTHS_24_S
    told = [(case.asset, case.reported_s) for case in company.cases]
    told += [(p.asset, p.done_s) for p in company.promises if p.done_s is not None]
    told += [(down.asset, down.from_s) for down in company.downtimes]
    heard = {asset.number for asset, at_s in told if since_s <= at_s <= company.monday_s}
    return Record(len(heard), len(company.assets))
