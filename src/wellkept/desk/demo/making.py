"""The making of the demo company: three years, in the order in which things come to be."""

from datetime import UTC, date, datetime, time, timedelta

from wellkept.desk.demo import (
    arrivals,
    blemishes,
    departures,
    downtimes,
    fates,
    horizon,
    installed,
    lives,
    pledges,
    spoken,
    stockroom,
    story,
    upkeep,
    waiting,
)
from wellkept.desk.demo.blemishes import Blemishes
from wellkept.desk.demo.company import ZONES
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.hours import Cover
from wellkept.desk.demo.records import Company
from wellkept.desk.demo.staff import Staff

BEFORE_DAYS, AFTER_DAYS = 120, 900
"""Cover hours are laid out this much further than the three years: some waits are long."""


def make(monday: date, seed: int) -> tuple[Company, Blemishes]:
    """This will give the company as it stands at the first moment of a Monday, UTC.

    Raises ValueError if the day is not a Monday: cover hours and weekends depend on it.
    """
    if monday.weekday() != 0:
        raise ValueError(f"{monday} is not a Monday: the demo company lives from Monday to Monday")
    company = Company(int(datetime.combine(monday, time(), UTC).timestamp()))
    first = monday - timedelta(weeks=story.WEEKS, days=BEFORE_DAYS)
    days = story.WEEKS * 7 + BEFORE_DAYS + AFTER_DAYS
    covers = {zone: Cover(zone, first, days) for zone in ZONES.values()}
    staff = Staff(company.monday_s)
    company.people = staff.people
    installed.install(company, seed)
    arrivals.arrive(company, covers, monday, seed)
    _live(company, covers, staff, seed)
    unnoticed = waiting.wait_now(company, covers, staff, seed)
    departures.leave(company.cases, staff, Dice(seed, "departures"), unnoticed=unnoticed)
    upkeep.maintain(company, covers, staff, seed)
    downtimes.stop(company, seed)
    horizon.cut(company)
    stockroom.stock(company, seed)
    return company, blemishes.blemish(company, seed)


def _live(company: Company, covers: dict[str, Cover], staff: Staff, seed: int) -> None:
    """Every case gets its fate, its events and its promises."""
    fate_dice, life_dice = Dice(seed, "fates"), Dice(seed, "lives")
    promise_dice, spoken_dice = Dice(seed, "promises"), Dice(seed, "spoken")
    for case in company.cases:
        cover = covers[case.asset.site.zone]
        fate = fates.draw(case, company.monday_s, fate_dice)
        lives.live(case, fate, staff, cover, life_dice)
        company.promises += pledges.promise_all(case, fate, cover, promise_dice)
        company.promises += spoken.speak(case, cover, spoken_dice)
