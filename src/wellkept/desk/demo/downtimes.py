"""The stops of assets: from the failure to the restoring, and while they are maintained."""

from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.records import Asset, Case, Company, Downtime

DOWN_IF_DEGRADED = 0.22


def stop(company: Company, seed: int) -> None:
    """This will add the unplanned stops; one asset is never down twice at once."""
    dice = Dice(seed, "downtimes")
    for case in company.cases:
        if case.critical or (case.consequence == "degraded" and dice.chance(DOWN_IF_DEGRADED)):
            company.downtimes += _stop(case)
    company.downtimes.sort(key=lambda down: (down.from_s, down.asset.number))
    company.downtimes = _one_at_a_time(company.downtimes)


def _stop(case: Case) -> list[Downtime]:
    if case.occurred_s is None:
        return []
    to_s = case.first("Restored") or case.first("Cancelled")
    return [Downtime(case.asset, case.occurred_s, to_s, False, case.about, case)]


def _one_at_a_time(downtimes: list[Downtime]) -> list[Downtime]:
    """Leaves out a stop that begins while the asset is down already."""
    up_again: dict[Asset, int] = {}
    kept = []
    for down in downtimes:
        if down.from_s >= up_again.get(down.asset, 0):
            kept.append(down)
            up_again[down.asset] = 2**62 if down.to_s is None else down.to_s
    return kept
