"""The truth about cases: who had them, who did not, and how long they waited for the customer."""

from collections import Counter
from collections.abc import Iterator

from wellkept.desk.demo.company import ZONES
from wellkept.desk.demo.records import HOUR, Case, Company, Event
from wellkept.desk.demo.truth import Handoffs, Ownerless

ENDED = ("Resolved", "Closed", "Cancelled")


def open_stretches(case: Case, until_s: int) -> Iterator[tuple[Event, int]]:
    """This will give each event after which the case was still open, and for how many seconds."""
    ends = [event.at_s for event in case.events[1:]] + [until_s]
    for event, end_s in zip(case.events, ends, strict=True):
        if event.word not in ENDED:
            yield event, end_s - event.at_s


def open_h(cases: list[Case], until_s: int) -> float:
    """This will give the hours in which cases were open."""
    return sum(s for case in cases for _, s in open_stretches(case, until_s)) / HOUR


def paused_h(cases: list[Case], until_s: int) -> float:
    """This will give the hours in which cases waited for the customer."""
    paused = (
        seconds
        for case in cases
        for event, seconds in open_stretches(case, until_s)
        if event.word == "Waiting for customer"
    )
    return sum(paused) / HOUR


def ownerless(company: Company) -> dict[str, Ownerless]:
    """This will give, for each region, the time in which nobody had its cases."""
    return {region: _ownerless_in(region, company) for region in ZONES}


def _ownerless_in(region: str, company: Company) -> Ownerless:
    cases = [case for case in company.cases if case.asset.site.region == region]
    nobody = {case: _without(case, company.monday_s) for case in cases}
    longest = max(cases, key=lambda case: nobody[case])
    now = (c.number for c in cases if c.events[-1].owner is None and c.events[-1].word not in ENDED)
    return Ownerless(
        cases=sum(seconds > 0 for seconds in nobody.values()),
        ownerless_h=round(sum(nobody.values()) / HOUR, 2),
        open_h=round(open_h(cases, company.monday_s), 2),
        longest_h=round(nobody[longest] / HOUR, 2),
        longest_case=longest.number,
        now=tuple(sorted(now)),
    )


def _without(case: Case, until_s: int) -> int:
    return sum(s for event, s in open_stretches(case, until_s) if event.owner is None)


def departed_h(company: Company) -> float:
    """This will give the open hours in the name of somebody who had left by then."""
    left = {person.name: person.left_s for person in company.people if person.left_s is not None}
    seconds = 0
    for case in company.cases:
        for event, lasted_s in open_stretches(case, company.monday_s):
            if event.owner in left:
                end_s = event.at_s + lasted_s
                seconds += max(0, end_s - max(event.at_s, left[event.owner]))
    return round(seconds / HOUR, 2)


def holders(case: Case) -> list[str]:
    """This will give who had a case, one after the other; nobody is passed over."""
    chain: list[str] = []
    for event in case.events:
        if event.owner is not None and event.owner != (chain[-1] if chain else None):
            chain.append(event.owner)
    return chain


def handoffs(cases: list[Case]) -> Handoffs:
    """This will count how often cases changed hands, and how often back."""
    chains = {case: holders(case) for case in cases}
    passed = {case: max(0, len(chain) - 1) for case, chain in chains.items()}
    bounced = {case: len(chain) - len(set(chain)) for case, chain in chains.items()}
    most = max(cases, key=lambda case: passed[case])
    return Handoffs(
        handoffs=sum(passed.values()),
        bounces=sum(bounced.values()),
        cases_with_bounces=sum(number > 0 for number in bounced.values()),
        most=passed[most],
        most_case=most.number,
    )


def unacknowledged(cases: list[Case]) -> dict[str, int]:
    """This will count, by region, the cases that ended without a word of answer."""
    found = Counter(
        case.asset.site.region
        for case in cases
        if case.first("Acknowledged") is None and case.ended_s is not None
    )
    return {region: found[region] for region in ZONES}
