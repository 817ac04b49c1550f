"""The life of a case: its fate written out as events, in order."""

from wellkept.desk.demo.company import PARTS, QUOTES, SOFTWARE, TECHNICAL
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.fates import Fate, Wait
from wellkept.desk.demo.hours import Cover
from wellkept.desk.demo.records import DAY, HOUR, Case, Event
from wellkept.desk.demo.staff import PING_PONG, Staff

WAIT_WORDS = {
    "part": "Waiting for part",
    "customer": "Waiting for customer",
    "supplier": "Waiting for supplier",
    "access": "Waiting for access",
    "approval": "Waiting for approval",
}
DESK_OF = {"quote request": QUOTES, "part order": PARTS}


def live(case: Case, fate: Fate, staff: Staff, cover: Cover, dice: Dice) -> None:
    """This will write the events of a case from its report to its end."""
    pen = Pen(case, staff, cover, dice)
    _receive(pen, fate)
    if fate.cancelled:
        pen.write("Cancelled", actor="customer")
        return
    pen.work(fate.queue_h)
    _assign(pen, fate)
    if fate.forgotten:
        return
    _mend(pen, fate)
    _finish(pen, fate)


class Pen:
    """Writes the events of one case; knows what time it is there and who has it."""

    def __init__(self, case: Case, staff: Staff, cover: Cover, dice: Dice) -> None:
        """Start at the report, in the region's queue."""
        self.case, self.staff, self.cover, self.dice = case, staff, cover, dice
        self.at_s = case.reported_s
        self.region = case.asset.site.region
        self.owner: str | None = None
        self.team = f"{self.region} desk"

    def write(
        self, word: str, *, actor: str | None = None, wait: Wait | None = None, detail: str = ""
    ) -> None:
        """This will write one event as of now; events of one case never share a moment."""
        if self.case.events:
            self.at_s = max(self.at_s, self.case.events[-1].at_s + 60)
        who = actor or self.owner or self.somebody(self.team)
        waiting_on, why = (wait.waiting_on, wait.detail) if wait else (None, detail or None)
        event = Event(self.at_s, word, self.owner, self.team, who, waiting_on, why)
        self.case.events.append(event)

    def work(self, hours: float) -> None:
        """This will let time pass: cover hours, or hours on the wall clock if it is critical."""
        if hours > 0:
            self.at_s = (
                self.at_s + round(hours * HOUR)
                if self.case.critical
                else self.cover.later(self.at_s, hours)
            )

    def somebody(self, team: str, *, but: str | None = None) -> str:
        """This will name somebody of a team who is there now."""
        return self.staff.one_of(team, self.at_s, self.dice, but=but)

    def give(self, team: str, word: str) -> None:
        """This will give the case to a person of a team and write who gave it."""
        giver = self.owner or self.somebody(f"{self.region} desk")
        self.owner, self.team = self.somebody(team, but=self.owner), team
        self.write(word, actor=giver)


def _receive(pen: Pen, fate: Fate) -> None:
    channel = pen.case.channel
    coordinator = pen.somebody(pen.team)
    if fate.owned_at_once:
        pen.owner = coordinator
    actor = {"phone": coordinator, "monitoring": "Lookout"}.get(channel, "customer")
    pen.write("Reported", actor=actor)
    pen.work(fate.answer_h)
    if fate.answered:
        if fate.queue_h == 0:
            pen.owner = pen.owner or coordinator
        pen.write("Acknowledged", actor=pen.owner or coordinator)


def _assign(pen: Pen, fate: Fate) -> None:
    case = pen.case
    pen.work(pen.dice.spread(0.35, 0.7))
    if case.kind == "question":
        pen.give(TECHNICAL if case.asset.kind != "software" else SOFTWARE, "Assigned")
    elif not case.down:
        pen.give(DESK_OF[case.kind], "Assigned")
    elif fate.bounces:
        _ping_pong(pen, fate)
    else:
        pen.give(_doers(pen, fate), "Assigned")


def _doers(pen: Pen, fate: Fate) -> str:
    if fate.visit:
        return f"{pen.region} field"
    return SOFTWARE if pen.case.asset.kind == "software" else TECHNICAL


def _ping_pong(pen: Pen, fate: Fate) -> None:
    """The same two people, mostly, send it back to each other."""
    pen.give(PING_PONG[0], "Assigned")
    partners: dict[str, str | None] = {PING_PONG[0]: pen.owner}
    for nth, hours in enumerate(fate.bounces, 1):
        pen.work(hours)
        team = PING_PONG[nth % 2]
        giver = pen.owner
        partners[team] = partners.get(team) or pen.somebody(team)
        pen.owner, pen.team = partners[team], team
        pen.write("Reassigned", actor=giver, detail="not ours")
    if fate.visit:
        pen.work(1.0)
        pen.give(f"{pen.region} field", "Reassigned")


def _mend(pen: Pen, fate: Fate) -> None:
    if fate.visit:
        pen.work(fate.travel_h)
        pen.write("On site")
    pen.work(fate.work_h / 2)
    for wait in fate.waits:
        pen.write(WAIT_WORDS[wait.waiting_on], wait=wait)
        pen.at_s += round(wait.hours * HOUR)
        pen.write("In progress")
    pen.work(fate.work_h / 2)
    if pen.case.down:
        pen.write("Restored")
        pen.work(fate.settle_h)
    pen.write("Resolved")


def _finish(pen: Pen, fate: Fate) -> None:
    pen.at_s = pen.cover.later(pen.at_s, fate.confirm_h)
    pen.write("Closed")
    if fate.reopen_days is not None:
        pen.at_s = pen.cover.later(pen.at_s + round(fate.reopen_days * DAY), 0.1)
        if pen.owner and not _still_here(pen):
            pen.owner = None
        pen.write("Reopened", actor="customer")
        if pen.owner is None:
            pen.give(_doers(pen, fate), "Assigned")
        pen.at_s = pen.cover.later(pen.at_s, fate.redo_h)
        if pen.case.down:
            pen.write("Restored")
            pen.work(fate.settle_h / 4)
        pen.write("Resolved")
        pen.at_s = pen.cover.later(pen.at_s, fate.confirm_h)
        pen.write("Closed")


def _still_here(pen: Pen) -> bool:
    return all(person.name != pen.owner or at_s > pen.at_s for person, at_s in pen.staff.gone())
