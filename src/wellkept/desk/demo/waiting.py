"""Those who wait on the Monday: the cases that the story writes by hand."""

from wellkept.desk.demo import story
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.fates import Wait
from wellkept.desk.demo.hours import Cover
from wellkept.desk.demo.lives import WAIT_WORDS, Pen
from wellkept.desk.demo.moves import move_by_us
from wellkept.desk.demo.pledges import due_after, pledge
from wellkept.desk.demo.records import DAY, HOUR, Asset, Case, Company, Promise
from wellkept.desk.demo.staff import Staff

LEAVING = "Eino Saarinen"
"""Had the cases marked `gone` and `still`; whoever leaves hands nothing over."""


def wait_now(company: Company, covers: dict[str, Cover], staff: Staff, seed: int) -> set[Case]:
    """This will add the cases that wait on the Monday, with their promises.

    Gives those that stand in the name of somebody who left, which nobody has noticed.
    """
    unnoticed: set[Case] = set()
    dice = Dice(seed, "waiting")
    taken: set[str] = set()
    for waiting in story.WAITING:
        asset = _asset(company, waiting, taken)
        taken.add(asset.number)
        cover = covers[asset.site.zone]
        case = _case(waiting, asset, company.monday_s)
        _write(case, waiting, Pen(case, staff, cover, dice))
        company.cases.append(case)
        company.promises += _promises(case, waiting, cover, company.monday_s, dice)
        if waiting.owner == "still":
            unnoticed.add(case)
    return unnoticed


def _asset(company: Company, waiting: story.Waiting, taken: set[str]) -> Asset:
    """The customer's first asset of that family that does not wait already, else any other."""
    theirs = [
        asset
        for asset in company.assets
        if asset.site.customer.name == waiting.customer
        and asset.kind != "component"
        and asset.number not in taken
        and asset.site.region == asset.site.customer.region
    ]
    return next((asset for asset in theirs if asset.family == waiting.family), theirs[0])


def _case(waiting: story.Waiting, asset: Asset, monday_s: int) -> Case:
    kind = "software fault" if asset.kind == "software" else "breakdown"
    reported_s = monday_s - round(waiting.days * DAY)
    consequence = waiting.consequence or "unknown"
    case = Case(kind, waiting.about, "phone", asset, consequence, reported_s)
    case.occurred_s = reported_s - HOUR // 2
    return case


def _write(case: Case, waiting: story.Waiting, pen: Pen) -> None:
    """Reported, answered, given to somebody or to nobody, and then it waits."""
    coordinator = pen.somebody(pen.team)
    pen.write("Reported", actor=coordinator)
    pen.work(0.4)
    pen.write("Acknowledged", actor=coordinator)
    pen.work(0.5)
    if waiting.owner != "queue":
        pen.give(f"{pen.region} field", "Assigned")
    if waiting.owner in ("gone", "still"):
        pen.owner = case.events[-1].owner = LEAVING
    if waiting.waiting_on != "nobody":
        pen.work(3.5)
        wait = Wait(waiting.waiting_on, waiting.detail, 0.0)
        pen.write(WAIT_WORDS[wait.waiting_on], wait=wait, actor=pen.owner or coordinator)


def _promises(
    case: Case, waiting: story.Waiting, cover: Cover, monday_s: int, dice: Dice
) -> list[Promise]:
    reported_s, consequence = case.reported_s, case.consequence
    answer_s = due_after(case, reported_s, story.RESPOND_H[consequence], cover)
    respond = pledge(case, "respond", "answer by a person", reported_s, answer_s)
    respond.done_s = case.first("Acknowledged")
    restore_s = due_after(case, reported_s, story.RESTORE_H[consequence], cover)
    restore = pledge(case, "restore", case.about, reported_s, restore_s)
    _keep_moving(restore, waiting, monday_s, dice)
    made = [respond, restore]
    last = case.events[-1]
    if waiting.waiting_on == "part":
        part_s = last.at_s + 2 * DAY
        made.append(pledge(case, "part_delivery", f"{waiting.detail} on site", last.at_s, part_s))
    if waiting.said:
        said_s = cover.day_end(last.at_s, 4)
        made.append(pledge(case, "said", waiting.said, last.at_s, said_s))
    return made


def _keep_moving(restore: Promise, waiting: story.Waiting, monday_s: int, dice: Dice) -> None:
    """Whenever the date comes near, it is moved; where nobody has it, the last move holds on."""
    ahead_days = -2 if waiting.owner == "named" else 3
    last_s = monday_s + ahead_days * DAY + 16 * HOUR
    step_s = (last_s - restore.due_s) // max(1, waiting.moves)
    for nth in range(1, waiting.moves + 1):
        new_s = last_s if nth == waiting.moves else restore.due_s + nth * step_s
        move_by_us(restore, new_s // HOUR * HOUR, dice)
