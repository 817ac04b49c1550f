"""The measures, as data: one row each, in the order in which they are shown."""

from collections.abc import Callable
from dataclasses import dataclass

from wellkept.study.facts.source import Source
from wellkept.study.measures import (
    assets,
    customers,
    durations,
    flow,
    lateness,
    promises,
    reopening,
)
from wellkept.study.measures.card import Card
from wellkept.study.measures.window import Window

Reckon = Callable[[Source, Window], Card | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A named, versioned function of the facts; None means that its records are not there."""

    name: str
    title: str
    question: str
    unit: str
    grain: str
    direction: str
    needs: str
    reckon: Reckon
    version: str = "1"


MEASURES = (
    Measure(
        "promise_kept_rate", "Promises kept", "Of the promises that fell due, how many were kept?",
        "share", "promise", "up", "a promised date, or a word that says kept or broken",
        promises.kept,
    ),
    Measure(
        "kept_when_it_mattered", "Kept when it mattered",
        "And when safety was at stake or production stood still?",
        "share", "promise", "up",
        "promises with a consequence class: safety or production stopped",
        promises.kept_when_it_mattered,
    ),
    Measure(
        "time_to_restore", "Time to restore", "How long until the customer could work again?",
        "h", "case", "down", "when a failure began, and when the function was back",
        durations.time_to_restore,
    ),
    Measure(
        "promise_lateness", "Lateness", "When we were late, how late were we?",
        "h", "promise", "down", "a promised date and the moment of fulfilment", lateness.lateness,
    ),
    Measure(
        "promise_slip_rate", "Moved promises", "How often did we move the date ourselves?",
        "share", "promise", "down",
        "the first date beside the present one, a list of moves, or two snapshots of one list",
        lateness.slips,
    ),
    Measure(
        "customers_hit", "Customers hit", "How many customers felt it, and who most?",
        "share", "customer", "down", "promises with their customer", customers.customers_hit,
    ),
    Measure(
        "response_time", "Response time", "How long until a person answered?",
        "h", "case", "down", "when a case was reported, and when it was first answered",
        durations.response_time,
    ),
    Measure(
        "time_to_resolve", "Time to resolve", "How long until the cause was handled?",
        "h", "case", "down", "when a case was reported, and when it was resolved or closed",
        durations.time_to_resolve,
    ),
    Measure(
        "backlog_age", "Age of open work", "How old is what is still open?",
        "d", "case", "down", "cases with their report and their end", durations.backlog_age,
    ),
    Measure(
        "ownerless_time", "Ownerless time", "How long was nobody responsible?",
        "share", "case", "down", "an event log that names the person responsible",
        flow.ownerless_time,
    ),
    Measure(
        "handoffs_per_case", "Handoffs", "How often does a case change hands, and bounce back?",
        "count", "case", "down", "an event log with owners, or a count of reassignments",
        flow.handoffs_per_case,
    ),
    Measure(
        "reopen_rate", "Reopened", "How often was it not over when we said so?",
        "share", "case", "down", "an event log with states, or a count of reopenings",
        reopening.reopen_rate,
    ),
    Measure(
        "paused_share", "Paused time", "How much of the time did the clock wait for the customer?",
        "share", "case", "down", "an event log whose states say who is waited for",
        flow.paused_share,
    ),
    Measure(
        "availability", "Availability", "How much of the time could the assets be used?",
        "share", "asset", "up", "assets with the beginning and end of each downtime",
        assets.availability,
    ),
    Measure(
        "unplanned_downtime", "Unplanned downtime", "Which assets stood still, and for how long?",
        "h per 1,000 h", "asset", "down", "assets with the beginning and end of each downtime",
        assets.unplanned_downtime,
    ),
)  # fmt: skip
