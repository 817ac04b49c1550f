"""What customers report, and when: three years of cases, before anybody has touched them."""

from datetime import date, timedelta

from wellkept.desk.demo import story
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.hours import Cover
from wellkept.desk.demo.products import FAMILIES, QUESTIONS, QUOTED
from wellkept.desk.demo.records import DAY, HOUR, Asset, Case, Company

BY_FAMILY = {family.name: family for family in FAMILIES}
MACHINE_KINDS = ("breakdown", "part order", "quote request", "question")
MACHINE_SHARES = (0.68, 0.13, 0.12, 0.07)
SOFTWARE_KINDS = ("software fault", "question", "quote request")
SOFTWARE_SHARES = (0.72, 0.20, 0.08)
# safety, production stopped, unknown, degraded, inconvenience
CONSEQUENCE_SHARES = {
    "breakdown": (0.025, 0.145, 0.08, 0.45, 0.30),
    "software fault": (0.004, 0.056, 0.07, 0.45, 0.42),
}
OTHER_SHARES = (0.0, 0.0, 0.06, 0.06, 0.88)
CHANNELS = ("phone", "e-mail", "portal", "monitoring")
CHANNEL_SHARES = (0.42, 0.26, 0.24, 0.08)


def arrive(company: Company, covers: dict[str, Cover], monday: date, seed: int) -> None:
    """This will fill in every case as reported."""
    dice = Dice(seed, "arrivals")
    years = story.WEEKS * 7 / 365.25
    for asset in company.assets:
        family = BY_FAMILY[asset.family]
        if asset.kind == "component":
            continue
        busiest = 1.6  # the largest factor of `_factor`
        for _ in range(dice.count(family.cases_per_year * years * busiest)):
            reported_s = _moment(covers[asset.site.zone], monday, dice)
            if reported_s < asset.installed_s or reported_s >= company.monday_s:
                continue
            if dice.chance(_factor(asset, company.monday_s - reported_s) / busiest):
                company.cases.append(_reported(asset, reported_s, dice))
    company.cases.sort(key=lambda case: case.reported_s)


def _factor(asset: Asset, before_monday_s: int) -> float:
    """How much more, or less, this asset makes its customer call at that time."""
    customer = asset.site.customer.name
    factor = story.HURT_MORE_CASES if customer in story.HURT else 1.0
    if customer == story.QUIET_CUSTOMER and before_monday_s < story.QUIET_DAYS * DAY:
        factor *= story.QUIET_SHARE
    if asset.family == story.WORSE_FAMILY and before_monday_s < story.WORSE_DAYS * DAY:
        factor *= story.WORSE_CASES
    return factor


def _moment(cover: Cover, monday: date, dice: Dice) -> int:
    """Mostly in the working day; machines also stop on a Sunday night."""
    day = monday - timedelta(weeks=1 + int(dice.between(0, story.WEEKS)))
    if dice.chance(0.82):
        day += timedelta(days=int(dice.between(0, 5)))
        minute = int(dice.between(7 * 60, 17 * 60))
    else:
        day += timedelta(days=int(dice.between(0, 7)))
        minute = int(dice.between(0, 24 * 60))
    return cover.moment(day, minute // 60, minute % 60) + int(dice.between(0, 60))


def _reported(asset: Asset, reported_s: int, dice: Dice) -> Case:
    if asset.kind == "software":
        kind = dice.weigh(SOFTWARE_KINDS, SOFTWARE_SHARES)
    else:
        kind = dice.weigh(MACHINE_KINDS, MACHINE_SHARES)
    consequence = dice.weigh(story.CONSEQUENCES, CONSEQUENCE_SHARES.get(kind, OTHER_SHARES))
    channel = dice.weigh(CHANNELS, CHANNEL_SHARES)
    case = Case(kind, _about(asset, kind, dice), channel, asset, consequence, reported_s)
    if case.critical:
        case.channel = "phone"
    if case.down:
        case.occurred_s = reported_s - round(dice.spread(0.4, 0.9) * HOUR)
    return case


def _about(asset: Asset, kind: str, dice: Dice) -> str:
    if kind == "question":
        return dice.pick(QUESTIONS)
    if kind == "quote request":
        return dice.pick(QUOTED)
    if kind == "part order":
        return "parts order"
    return dice.pick(BY_FAMILY[asset.family].troubles)
