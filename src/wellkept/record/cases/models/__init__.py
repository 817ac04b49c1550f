"""Rows of cases, who owns them, what they promise, and of downtime."""

from wellkept.record.cases.models.attached import CaseFile
from wellkept.record.cases.models.case import (
    Case,
    CaseEvent,
    CaseExternalId,
    CaseQuerySet,
    CaseRemark,
)
from wellkept.record.cases.models.downtimes import Downtime, DowntimeExternalId
from wellkept.record.cases.models.links import CaseContact, CasePromise, Commitment
from wellkept.record.cases.models.ownership import Assignment, Offer

__all__ = [
    "Assignment",
    "Case",
    "CaseContact",
    "CaseEvent",
    "CaseExternalId",
    "CaseFile",
    "CasePromise",
    "CaseQuerySet",
    "CaseRemark",
    "Commitment",
    "Downtime",
    "DowntimeExternalId",
    "Offer",
]
