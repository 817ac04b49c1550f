"""The reckoning of the truth: plain counting over the records, by none of the study's code."""

from collections import Counter
from datetime import date

from wellkept.desk.demo import story
from wellkept.desk.demo.blemishes import Blemishes
from wellkept.desk.demo.company import NAME
from wellkept.desk.demo.reckoning_cases import (
    departed_h,
    handoffs,
    open_h,
    ownerless,
    paused_h,
    unacknowledged,
)
from wellkept.desk.demo.reckoning_mirror import mirror
from wellkept.desk.demo.reckoning_promises import (
    critical_restore,
    due_by_monday,
    hit,
    kept,
    mattered,
    moves,
    named,
    owed,
    quotes,
    worst,
)
from wellkept.desk.demo.reckoning_spares import spares
from wellkept.desk.demo.reckoning_story import down, hurt, tail, worse
from wellkept.desk.demo.records import DAY, Case, Company, Promise, moment
from wellkept.desk.demo.truth import Kept, Truth

QUARTER_YEAR_S = 90 * DAY


def reckon(company: Company, blemishes: Blemishes, *, monday: date, seed: int) -> Truth:
    """This will count everything that the folder should show."""
    until_s = company.monday_s
    due = due_by_monday(company.promises, until_s)
    still_owed = owed(due, until_s)
    recent = [promise for promise in due if promise.judged_due_s >= until_s - QUARTER_YEAR_S]
    by_consequence, by_lateness = worst(due, until_s)
    return Truth(
        company=NAME,
        seed=seed,
        monday=monday.isoformat(),
        until=moment(until_s).isoformat(),
        counts=_counts(company),
        kept=kept(due, until_s),
        kept_by_kind=_by(due, until_s, {p: p.kind for p in due}),
        kept_by_region=_by(due, until_s, {p: p.asset.site.region for p in due}),
        kept_when_it_mattered=kept(mattered(due), until_s),
        critical_restore=kept(critical_restore(due), until_s),
        moves=moves(due, company.promises),
        owed_now=len(still_owed),
        owed=tuple(named(promise, until_s) for promise in still_owed[:50]),
        worst=tuple(named(promise, until_s) for promise in by_consequence[:5]),
        latest=tuple(named(promise, until_s) for promise in by_lateness[:5]),
        hit_in_90_days=hit(recent, until_s),
        hit_in_all=hit(due, until_s),
        hurt={name: hurt(name, company, due) for name in story.HURT},
        ownerless=ownerless(company),
        departed_owner_h=departed_h(company),
        handoffs=handoffs(company.cases),
        reopened_cases=sum(case.count("Reopened") > 0 for case in company.cases),
        reopenings=sum(case.count("Reopened") for case in company.cases),
        unacknowledged=unacknowledged(company.cases),
        cases_by_region=dict(Counter(case.asset.site.region for case in company.cases)),
        paused_h=paused_h(company.cases, until_s),
        open_h=open_h(company.cases, until_s),
        tail=tail(company.cases, due, until_s),
        quotes=quotes(due, until_s),
        worse=worse(due, until_s),
        down=down(company),
        mirror=mirror(company, due),
        spares=spares(company),
        blemishes=_where(blemishes),
    )


def _counts(company: Company) -> dict[str, int]:
    kinds = Counter(asset.kind for asset in company.assets)
    return {
        "people": len(company.people),
        "customers": len(company.customers),
        "sites": len(company.sites),
        "zones": len({site.zone for site in company.sites}),
        "assets": len(company.assets),
        **{f"assets, {kind}": number for kind, number in sorted(kinds.items())},
        "cases": len(company.cases),
        "events": sum(len(case.events) for case in company.cases),
        "promises": len(company.promises),
        "maintenance promises": sum(promise.case is None for promise in company.promises),
        "downtimes": len(company.downtimes),
    }


def _by(due: list[Promise], until_s: int, group: dict[Promise, str]) -> dict[str, Kept]:
    names = sorted(set(group.values()))
    return {name: kept([p for p in due if group[p] == name], until_s) for name in names}


def _where(blemishes: Blemishes) -> dict[str, list[str]]:
    def numbers(rows: tuple[Promise, ...] | tuple[Case, ...]) -> list[str]:
        return sorted(row.number for row in rows)

    return {
        "promises without their owner": numbers(blemishes.blank_owners),
        "cases closed but never resolved": numbers(blemishes.unresolved),
        "promise whose row stands twice": [blemishes.twice.number],
        "case closed on a date in another format": [blemishes.odd_date.number],
    }
