"""The truth about the story: who was hurt, what got worse, where the tail comes from."""

from math import comb

from wellkept.desk.demo import story
from wellkept.desk.demo.products import SCARCE_PART
from wellkept.desk.demo.reckoning_promises import by_month, failures, late_s
from wellkept.desk.demo.records import DAY, HOUR, Case, Company, Promise, moment
from wellkept.desk.demo.truth import Down, Hurt, Month, Tail, Worse

QUARTER_S = 91 * DAY
BEYOND_CHANCE = 0.00135


def hurt(name: str, company: Company, due: list[Promise]) -> Hurt:
    """This will set one customer beside all."""
    until_s = company.monday_s
    theirs = [promise for promise in due if promise.asset.site.customer.name == name]
    failed = failures(due, until_s)
    quarters = [0] * (story.WEEKS // 13)
    for case in company.cases:
        if case.asset.site.customer.name == name:
            quarters_ago = (until_s - 1 - case.reported_s) // QUARTER_S
            quarters[max(0, len(quarters) - 1 - quarters_ago)] += 1
    return Hurt(
        due=len(theirs),
        failed=failed[name],
        share_of_due=len(theirs) / len(due),
        share_of_failures=failed[name] / failed.total(),
        cases_by_quarter=tuple(quarters),
    )


def tail(cases: list[Case], due: list[Promise], until_s: int) -> Tail:
    """This will look into the worst tenth of the restored cases."""
    lengths = {case: _restore_s(case) for case in cases if case.first("Restored") is not None}
    ranked = sorted(lengths, key=lambda case: -lengths[case])
    cut = len(ranked) // 10
    restores = [promise for promise in due if promise.kind == "restore"]
    used = sorted(1 + late_s(p, until_s) / (p.judged_due_s - p.made_s) for p in restores)
    return Tail(
        cases=cut,
        waited_for_a_part=sum(case.count("Waiting for part") > 0 for case in ranked[:cut]),
        waited_for_the_scarce_part=sum(_waited_for_scarce(case) for case in ranked[:cut]),
        waited_for_a_part_in_the_rest=(
            sum(case.count("Waiting for part") > 0 for case in ranked[cut:]) / len(ranked[cut:])
        ),
        median_share_of_promise=round(used[len(used) // 2], 4),
        worst_h=round(lengths[ranked[0]] / HOUR, 2),
    )


def _restore_s(case: Case) -> int:
    return (case.first("Restored") or 0) - case.reported_s


def _waited_for_scarce(case: Case) -> bool:
    return any(event.detail == SCARCE_PART for event in case.events)


def worse(due: list[Promise], until_s: int) -> Worse:
    """This will count the family's restorings by month, and mark those beyond mere chance."""
    theirs = [p for p in due if p.kind == "restore" and p.asset.family == story.WORSE_FAMILY]
    months = by_month(theirs, until_s)
    since = f"{moment(until_s - story.WORSE_DAYS * DAY):%Y-%m}"
    before = [month for month in months if month.month < since]
    share = sum(month.failed for month in before) / sum(month.due for month in before)
    signals = tuple(m.month for m in months if m.month >= since and _beyond(m, share))
    return Worse(story.WORSE_FAMILY, round(share, 4), months, signals)


def _beyond(month: Month, share: float) -> bool:
    """True if so many failures, or more, would be a rare chance at this share."""
    chances = (
        comb(month.due, k) * share**k * (1 - share) ** (month.due - k)
        for k in range(month.failed, month.due + 1)
    )
    return sum(chances) <= BEYOND_CHANCE


def down(company: Company) -> Down:
    """This will sum the stops; one asset is never down twice at once."""
    until_s = company.monday_s
    hours = {True: 0.0, False: 0.0}
    for stop in company.downtimes:
        end_s = until_s if stop.to_s is None else stop.to_s
        hours[stop.planned] += (end_s - stop.from_s) / HOUR
    return Down(
        downtimes=len(company.downtimes),
        unplanned=sum(not stop.planned for stop in company.downtimes),
        still_down=sum(stop.to_s is None for stop in company.downtimes),
        unplanned_h=round(hours[False], 2),
        planned_h=round(hours[True], 2),
        assets_hit=len({stop.asset for stop in company.downtimes if not stop.planned}),
    )
