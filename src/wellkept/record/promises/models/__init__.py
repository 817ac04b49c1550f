"""Rows of the promise ledger."""

from wellkept.record.promises.models.attached import PromiseFile
from wellkept.record.promises.models.happenings import (
    ContactLog,
    DateCorrection,
    Notice,
    Pause,
    PromiseEvent,
    PromiseMove,
    Remark,
)
from wellkept.record.promises.models.promise import Promise, PromiseExternalId, PromiseQuerySet

__all__ = [
    "ContactLog",
    "DateCorrection",
    "Notice",
    "Pause",
    "Promise",
    "PromiseEvent",
    "PromiseExternalId",
    "PromiseFile",
    "PromiseMove",
    "PromiseQuerySet",
    "Remark",
]
