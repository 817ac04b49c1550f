"""Answers are locked before any record is opened: by construction, and so that it can be checked.

`Records`, the only thing that evidence can read, is made of a `Locked` value; a `Locked` value is
made by `lock` and `locked_before` alone.
"""

import json
from dataclasses import InitVar, asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from wellkept.study.diagnostic.answers import Round

_SEAL = object()


class NotLocked(TypeError):
    """Raised when records are asked for while answers are still open."""


class AnswersChanged(ValueError):
    """Raised when answers are not those that were locked."""


@dataclass(frozen=True, slots=True)
class Locked:
    """Answers that nobody can change any more: the round, the moment, and the hash of both."""

    answers: Round
    at_s: int
    sha256: str
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        """Refuse to be made by anybody but `lock`."""
        if seal is not _SEAL:
            raise NotLocked("answers are locked by `lock`; nothing else makes them so")


def fingerprint(answers: Round, at_s: int) -> str:
    """This will give the SHA-256 of all answers with the moment of locking."""
    values = asdict(answers)
    if not values["shared"]:
        del values["shared"]  # so that what was locked before it was known keeps its print
    told = json.dumps({"at": at_s, **values}, sort_keys=True, default=_plain)
    return sha256(told.encode()).hexdigest()


def lock(answers: Round, *, at_s: int) -> Locked:
    """This will lock a round at a moment."""
    return Locked(answers, at_s, fingerprint(answers, at_s), seal=_SEAL)


def locked_before(answers: Round, *, at_s: int, sha256: str) -> Locked:
    """This will give a round that was locked earlier; raises AnswersChanged if it is another."""
    if fingerprint(answers, at_s) != sha256:
        raise AnswersChanged(
            "the answers are not those that were locked: somebody changed them afterwards. Put "
            "back what was locked, or begin a new round in a new file"
        )
    return Locked(answers, at_s, sha256, seal=_SEAL)


def require(locked: Locked) -> Locked:
    """This will give the locked answers back; raises NotLocked for anything else."""
    if not isinstance(locked, Locked):
        raise NotLocked(
            "no record is opened while answers are open: lock the round first, then measure"
        )
    return locked


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in an answer")
