"""What each system of the demo company exports: its columns, its rows, its manner of writing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wellkept.desk.demo.blemishes import Blemishes
from wellkept.desk.demo.recipe import HEAD_OFFICE
from wellkept.desk.demo.records import Case, Company, Promise

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class Export:
    """How one system writes its file: name, columns divided by ", ", and its manner."""

    name: str
    header: str
    rows: Callable[[Company, Blemishes], Iterable[Cells]]
    separator: str = ","
    line_end: str = "\n"
    encoding: str = "utf-8"


# How moments are written


def _utc(at_s: int | None) -> str:
    """The help desk and the promise book write UTC."""
    return "" if at_s is None else f"{datetime.fromtimestamp(at_s, UTC).isoformat()[:19]}Z"


def _local(at_s: int | None, zone: str) -> str:
    """The machines' monitoring writes the site's time with its offset."""
    return "" if at_s is None else datetime.fromtimestamp(at_s, ZoneInfo(zone)).isoformat(" ")


def as_day(at_s: int | None, zone: str, pattern: str = "%d/%m/%Y") -> str:
    """This will write a day, as the planners do."""
    return "" if at_s is None else f"{datetime.fromtimestamp(at_s, ZoneInfo(zone)):{pattern}}"


def _class(consequence: str) -> str:
    """What was not asked stays blank."""
    return "" if consequence == "unknown" else consequence.replace("_", " ")


# The rows of each file


def _customers(company: Company, _: Blemishes) -> Iterable[Cells]:
    for customer in company.customers:
        yield customer.name, customer.number, customer.trade, customer.region


def _sites(company: Company, _: Blemishes) -> Iterable[Cells]:
    for site in company.sites:
        yield site.number, site.town, site.customer.name, site.region, site.zone


def _assets(company: Company, _: Blemishes) -> Iterable[Cells]:
    for asset in company.assets:
        site = asset.site
        installed = as_day(asset.installed_s, site.zone, "%d.%m.%Y")
        yield (
            asset.number,
            asset.serial,
            asset.product,
            asset.family,
            asset.kind,
            asset.parent,
            asset.slot,
            site.number,
            site.customer.name,
            installed,
        )


def _people(company: Company, _: Blemishes) -> Iterable[Cells]:
    for person in company.people:
        left = "" if person.left_s is None else as_day(person.left_s, "UTC", "%Y-%m-%d")
        yield person.name, person.role, person.team, left


def _cases(company: Company, blemishes: Blemishes) -> Iterable[Cells]:
    for case in company.cases:
        yield _case(case, odd=case is blemishes.odd_date)


def _case(case: Case, *, odd: bool) -> Cells:
    asset, last = case.asset, case.events[-1]
    closed_s = case.last("Closed") if case.state == "Closed" else None
    closed = as_day(closed_s, HEAD_OFFICE, "%d/%m/%Y %H:%M") if odd else _utc(closed_s)
    return (
        case.number,
        case.kind,
        case.about,
        case.channel,
        asset.site.customer.name,
        asset.site.number,
        asset.number,
        asset.product,
        asset.family,
        asset.site.region,
        last.team,
        last.owner,
        _class(case.consequence),
        case.state,
        _utc(case.occurred_s),
        _utc(case.reported_s),
        _utc(case.first("Acknowledged")),
        _utc(case.last("Restored")),
        _utc(case.last("Resolved")),
        closed,
        _utc(case.first("Cancelled")),
    )


def _events(company: Company, _: Blemishes) -> Iterable[Cells]:
    """As an audit log is exported: all cases together, in the order of time."""
    log = [(event, case) for case in company.cases for event in case.events]
    log.sort(key=lambda row: (row[0].at_s, row[1].number))
    for event, case in log:
        yield (
            case.number,
            _utc(event.at_s),
            event.word,
            event.owner,
            event.team,
            event.actor,
            event.detail,
        )


def _promises(company: Company, blemishes: Blemishes) -> Iterable[Cells]:
    for promise in company.promises:
        if promise.case is not None:
            yield _promise(promise, promise.case)
        if promise is blemishes.twice and promise.case is not None:
            yield _promise(promise, promise.case)


def _promise(promise: Promise, case: Case) -> Cells:
    site = promise.asset.site
    return (
        promise.number,
        promise.kind,
        promise.about,
        case.number,
        site.customer.name,
        site.number,
        promise.asset.number,
        promise.asset.family,
        site.region,
        promise.team,
        promise.owner,
        _class(promise.consequence),
        _utc(promise.made_s),
        _utc(promise.due_s),
        _utc(promise.current_due_s),
        _utc(promise.done_s),
        _utc(promise.released_s),
        _utc(promise.ended_s),
        promise.ended_why,
    )


def _moves(company: Company, _: Blemishes) -> Iterable[Cells]:
    rows = [(move, promise) for promise in company.promises for move in promise.moves]
    rows.sort(key=lambda row: (row[0].at_s, row[1].number))
    for move, promise in rows:
        if promise.case is not None:
            yield (
                promise.number,
                _utc(move.at_s),
                _utc(move.old_s),
                _utc(move.new_s),
                move.asked_by,
                move.reason,
                _utc(move.told_s),
            )


def _maintenance(company: Company, _: Blemishes) -> Iterable[Cells]:
    """A due moment is the end of a day: the day itself is written."""
    for promise in company.promises:
        if promise.case is None:
            asset, zone = promise.asset, promise.asset.site.zone
            days = [
                as_day(at_s, zone)
                for at_s in (
                    promise.made_s,
                    promise.due_s - 1,
                    promise.current_due_s - 1,
                    promise.done_s,
                    promise.ended_s,
                )
            ]
            yield (
                promise.number,
                promise.kind,
                promise.about,
                asset.site.customer.name,
                asset.site.number,
                asset.number,
                asset.family,
                asset.site.region,
                promise.team,
                promise.owner,
                _class(promise.consequence),
                *days,
            )


def _maintenance_moves(company: Company, _: Blemishes) -> Iterable[Cells]:
    for promise in company.promises:
        for move in promise.moves if promise.case is None else ():
            zone = promise.asset.site.zone
            old, new = as_day(move.old_s - 1, zone), as_day(move.new_s - 1, zone)
            told = as_day(move.told_s, zone)
            yield (
                promise.number,
                as_day(move.at_s, zone),
                old,
                new,
                move.asked_by,
                move.reason,
                told,
            )


def _downtimes(company: Company, _: Blemishes) -> Iterable[Cells]:
    for down in company.downtimes:
        site = down.asset.site
        yield (
            down.asset.number,
            site.customer.name,
            site.number,
            down.asset.family,
            site.region,
            _local(down.from_s, site.zone),
            _local(down.to_s, site.zone),
            "yes" if down.planned else "no",
            down.reason,
            down.case.number if down.case else "",
        )


HELP_DESK = (
    Export(
        "customers.csv",
        "customer, customer no, trade, region",
        _customers,
        line_end="\r\n",
        encoding="utf-8-sig",
    ),
    Export("sites.csv", "site, name, customer, region, time zone", _sites),
    Export(
        "assets.csv",
        "asset no, serial no, product, family, sort, parent asset, slot, site, customer, installed",
        _assets,
        separator=";",
        line_end="\r\n",
    ),
    Export("people.csv", "person, role, team, left on", _people),
    Export(
        "cases.csv",
        "case id, kind, subject, channel, customer, site, asset, product, family, region, team, "
        "owner, consequence, state, occurred at, reported at, acknowledged at, restored at, "
        "resolved at, closed at, cancelled at",
        _cases,
    ),
    Export(
        "case_events.csv",
        "case id, event at, event, owner, team, performed by, detail",
        _events,
    ),
    Export(
        "promises.csv",
        "promise id, kind, subject, case id, customer, site, asset, family, region, team, owner, "
        "consequence, made at, first due, due, fulfilled at, released by customer at, "
        "given up at, why given up",
        _promises,
    ),
    Export(
        "promise_moves.csv",
        "promise id, moved at, old due, new due, asked by, reason, customer told at",
        _moves,
    ),
    Export(
        "maintenance_plan.csv",
        "promise id, kind, subject, customer, site, asset, family, region, team, owner, "
        "consequence, made on, first due, due, fulfilled on, given up on",
        _maintenance,
        separator=";",
        line_end="\r\n",
    ),
    Export(
        "maintenance_moves.csv",
        "promise id, moved on, old due, new due, asked by, reason, customer told on",
        _maintenance_moves,
        separator=";",
        line_end="\r\n",
    ),
    Export(
        "downtimes.tsv",
        "asset, customer, site, family, region, out of service, back in service, planned, reason, "
        "case id",
        _downtimes,
        separator="\t",
    ),
)
"""What the help desk, the promise book and the machines' monitoring export."""
