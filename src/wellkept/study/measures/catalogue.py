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
from wellkept.study.measures.marking import marked as _
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
        "promise_kept_rate", _("Promises kept"),
        _("Of the promises that fell due, how many were kept?"),
        "share", "promise", "up", _("a promised date, or a word that says kept or broken"),
        promises.kept,
    ),
    Measure(
        "kept_when_it_mattered", _("Kept when it mattered"),
        _("And when safety was at stake or production stood still?"),
        "share", "promise", "up",
        _("promises with a consequence class: safety or production stopped"),
        promises.kept_when_it_mattered,
    ),
    Measure(
        "time_to_restore", _("Time to restore"), _("How long until the customer could work again?"),
        "h", "case", "down", _("when a failure began, and when the function was back"),
        durations.time_to_restore,
    ),
    Measure(
        "promise_lateness", _("Lateness"), _("When we were late, how late were we?"),
        "h", "promise", "down", _("a promised date and the moment of fulfilment"),
        lateness.lateness,
    ),
    Measure(
        "promise_slip_rate", _("Moved promises"), _("How often did we move the date ourselves?"),
        "share", "promise", "down",
        _("the first date beside the present one, a list of moves, or two snapshots of one list"),
        lateness.slips,
    ),
    Measure(
        "customers_hit", _("Customers hit"), _("How many customers felt it, and who most?"),
        "share", "customer", "down", _("promises with their customer"), customers.customers_hit,
    ),
    Measure(
        "response_time", _("Response time"), _("How long until a person answered?"),
        "h", "case", "down", _("when a case was reported, and when it was first answered"),
        durations.response_time,
    ),
    Measure(
        "time_to_resolve", _("Time to resolve"), _("How long until the cause was handled?"),
        "h", "case", "down", _("when a case was reported, and when it was resolved or closed"),
        durations.time_to_resolve,
    ),
    Measure(
        "backlog_age", _("Age of open work"), _("How old is what is still to be resolved?"),
        "d", "case", "down", _("cases with their report and their end"), durations.backlog_age,
    ),
    Measure(
        "ownerless_time", _("Ownerless time"), _("How long was nobody responsible?"),
        "share", "case", "down", _("an event log that names the person responsible"),
        flow.ownerless_time,
    ),
    Measure(
        "handoffs_per_case", _("Handoffs"),
        _("How often does a case change hands, and bounce back?"),
        "count", "case", "down", _("an event log with owners, or a count of reassignments"),
        flow.handoffs_per_case,
    ),
    Measure(
        "reopen_rate", _("Reopened"), _("How often was it not over when we said so?"),
        "share", "case", "down", _("an event log with states, or a count of reopenings"),
        reopening.reopen_rate, version="2",
    ),
    Measure(
        "paused_share", _("Paused time"),
        _("How much of the time did the clock wait for the customer?"),
        "share", "case", "down", _("an event log whose states say who is waited for"),
        flow.paused_share,
    ),
    Measure(
        "availability", _("Availability"), _("How much of the time could the assets be used?"),
        "share", "asset", "up", _("assets with the beginning and end of each downtime"),
        assets.availability,
    ),
    Measure(
        "unplanned_downtime", _("Unplanned downtime"),
        _("Which assets stood still, and for how long?"),
        "h per 1,000 h", "asset", "down", _("assets with the beginning and end of each downtime"),
        assets.unplanned_downtime,
    ),
)  # fmt: skip
