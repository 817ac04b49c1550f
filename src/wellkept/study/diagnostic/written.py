"""Answers as a text people can read, write and keep: TOML in, TOML out."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from wellkept.study.diagnostic.answers import Action, Answer, Respondent, Round
from wellkept.study.diagnostic.claim import VERSION
from wellkept.study.diagnostic.claims.catalogue import BY_ID
from wellkept.study.diagnostic.instrument import CUSTOMER_QUESTIONS, GROUPS, VIGNETTES
from wellkept.study.diagnostic.locking import Locked

Table = Mapping[str, Any]


class BadAnswers(ValueError):
    """Raised when a text is no answers file: says where, what, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an answers file holds. `asking`: a person is still being asked; the lock, if any."""

    answers: Round
    asking: bool = False
    at_s: int | None = None
    sha256: str | None = None


def read_answers(text: str, name: str) -> Written:
    """This will read an answers file; raises BadAnswers with the place and what to do."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadAnswers(f"{name}: this is not TOML: {problem}") from None
    _known(told, ("claims", "form", "asking", "respondent", "customer", "action", "locked"), name)
    version = str(told.get("claims", VERSION))
    if version != VERSION:
        raise BadAnswers(
            f"{name}: these answers are to claims of version {version}; this Wellkept asks version "
            f"{VERSION}. Measure them with the version that asked, or begin a new file"
        )
    form = _one_of(told.get("form", "short"), ("short", "full"), f"{name}: form")
    respondents = tuple(
        _respondent(one, f"{name}: respondent {i}") for i, one in _tables(told, "respondent", name)
    )
    customers = tuple(
        _customer(one, f"{name}: customer {i}") for i, one in _tables(told, "customer", name)
    )
    actions = tuple(_action(one, f"{name}: action {i}") for i, one in _tables(told, "action", name))
    at_s, sha256 = _lock(told.get("locked"), name)
    answers = Round(form, respondents, customers, actions, version)
    return Written(answers, bool(told.get("asking", False)), at_s, sha256)


def _lock(told: Any, name: str) -> tuple[int | None, str | None]:
    if told is None:
        return None, None
    at, sha256 = (told.get(key) if isinstance(told, dict) else None for key in ("at", "sha256"))
    if not isinstance(at, datetime) or at.tzinfo is None or not isinstance(sha256, str):
        raise BadAnswers(f"{name}: [locked] needs at, a moment with its offset, and sha256")
    return int(at.timestamp()), sha256


def _tables(told: Table, key: str, name: str) -> Iterator[tuple[int, Table]]:
    rows = told.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadAnswers(f"{name}: {key} is not a list of tables: begin each with [[{key}]]")
    yield from enumerate(rows, start=1)


def _respondent(told: Table, where: str) -> Respondent:
    _known(told, ("group", "also", "vignettes", "answer"), where)
    group = _one_of(told.get("group"), tuple(GROUPS), f"{where}: group")
    also = told.get("also", [])
    if not isinstance(also, list) or not all(isinstance(one, str) for one in also):
        raise BadAnswers(f'{where}: also is a list of group names, such as ["North"]')
    stories = told.get("vignettes", {})
    ids = tuple(vignette.id for vignette in VIGNETTES)
    vignettes = {
        _one_of(key, ids, f"{where}: vignettes"): _level(value, f"{where}: vignette {key}")
        for key, value in stories.items()
    }
    answers = tuple(_answer(one, where) for _, one in _tables(told, "answer", where))
    seen = [answer.claim for answer in answers]
    twice = sorted({claim for claim in seen if seen.count(claim) > 1})
    if twice:
        raise BadAnswers(f"{where}: {twice[0]} is answered twice; leave one of them")
    return Respondent(group, answers, tuple(also), vignettes)


ANSWER_KEYS = (
    "claim", "level", "confidence", "recall", "number", "low", "high", "cannot_say", "skipped",
    "seconds",
)  # fmt: skip


def _answer(told: Table, where: str) -> Answer:
    claim = _one_of(told.get("claim"), tuple(BY_ID), f"{where}: claim")
    here = f"{where}, {claim}"
    _known(told, ANSWER_KEYS, here)
    silent = bool(told.get("cannot_say", False) or told.get("skipped", False))
    level = None if "level" not in told else _level(told["level"], f"{here}: level")
    if level is None and not silent:
        raise BadAnswers(
            f"{here}: no level; write level = 0 to 4, cannot_say = true or skipped = true"
        )
    if level is not None and silent:
        raise BadAnswers(f"{here}: a level, and cannot say or skipped; leave one of them")
    low, number, high = (_number(told, key, here) for key in ("low", "number", "high"))
    if low is not None and high is not None and low > high:
        raise BadAnswers(f"{here}: low {low:g} lies above high {high:g}; exchange them")
    confidence = _number(told, "confidence", here)
    if confidence is not None and not 0 <= confidence <= 100:
        raise BadAnswers(f"{here}: confidence {confidence:g} is not a chance from 0 to 100 %")
    return Answer(
        claim=claim,
        level=level,
        confidence=None if confidence is None else confidence / 100,
        recall=str(told.get("recall", "")),
        number=number,
        low=low,
        high=high,
        cannot_say=bool(told.get("cannot_say", False)),
        skipped=bool(told.get("skipped", False)),
        seconds=_number(told, "seconds", here),
    )


def _customer(told: Table, where: str) -> dict[str, int]:
    ids = tuple(question.id for question in CUSTOMER_QUESTIONS)
    return {
        _one_of(key, ids, f"{where}: question"): _level(value, f"{where}: question {key}")
        for key, value in told.items()
    }


def _action(told: Table, where: str) -> Action:
    _known(told, ("claim", "owner", "since", "until", "renewed"), where)
    claim = _one_of(told.get("claim"), tuple(BY_ID), f"{where}: claim")
    owner, renewed = told.get("owner"), told.get("renewed", 0)
    if not isinstance(owner, str) or not owner.strip():
        raise BadAnswers(f"{where}: owner is missing; name the one person who owns it")
    if not isinstance(renewed, int) or renewed < 0:
        raise BadAnswers(f"{where}: renewed is how often its end was put off, such as 2")
    since = _day(told.get("since"), f"{where}: since")
    until = None if "until" not in told else _day(told["until"], f"{where}: until")
    return Action(claim, owner, since, until, renewed)


def _known(told: Table, keys: Sequence[str], where: str) -> None:
    for key in told:
        if key not in keys:
            raise BadAnswers(f"{where}: {key} is not known here; known are {', '.join(keys)}")


def _one_of(value: Any, choices: Sequence[str], where: str) -> str:
    if value not in choices:
        given = "is missing" if value is None else f"{value} is not known"
        raise BadAnswers(f"{where} {given}; write one of {', '.join(choices)}")
    return str(value)


def _level(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 4:
        raise BadAnswers(f"{where} {value} is not a level; write 0 to 4")
    return value


def _number(told: Table, key: str, where: str) -> float | None:
    value = told.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        raise BadAnswers(f"{where}: {key} {value} is not a number")
    return float(value)


def _day(value: Any, where: str) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise BadAnswers(f"{where} {value} is not a day; write it like 2026-11-30")
    return value


# Writing


def as_toml(answers: Round, *, asking: bool = False) -> str:
    """This will write a round that is still open, so that `read_answers` gives it back."""
    lines = [
        "# Answers to the mirror: what we claim, and how sure we are.",
        f"claims = {_text(answers.claims_version)}",
        f"form = {_text(answers.form)}",
        *(["asking = true    # the round is open: the same command goes on"] if asking else []),
    ]
    for one in answers.respondents:
        lines += ["", "[[respondent]]", f"group = {_text(one.group)}"]
        lines += [f"also = [{', '.join(map(_text, one.also))}]"] if one.also else []
        stories = ", ".join(f"{key} = {level}" for key, level in one.vignettes.items())
        lines += [f"vignettes = {{ {stories} }}"] if stories else []
        for answer in one.answers:
            lines += ["", "[[respondent.answer]]", *_answer_lines(answer)]
    for customer in answers.customers:
        lines += ["", "[[customer]]", *(f"{key} = {value}" for key, value in customer.items())]
    for action in answers.actions:
        lines += ["", "[[action]]", *_action_lines(action)]
    return "\n".join(lines) + "\n"


def lock_lines(locked: Locked) -> str:
    """This will write the lock, to stand at the end of what it locks."""
    at = datetime.fromtimestamp(locked.at_s, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'\n[locked]\nat = {at}\nsha256 = "{locked.sha256}"\n'


def _answer_lines(answer: Answer) -> Iterator[str]:
    yield f"claim = {_text(answer.claim)}"
    if answer.level is not None:
        yield f"level = {answer.level}"
    if answer.confidence is not None:
        yield f"confidence = {100 * answer.confidence:.12g}"
    if answer.recall:
        yield f"recall = {_text(answer.recall)}"
    for key in ("number", "low", "high"):
        value = getattr(answer, key)
        if value is not None:
            yield f"{key} = {value:.12g}"
    for key in ("cannot_say", "skipped"):
        if getattr(answer, key):
            yield f"{key} = true"
    if answer.seconds is not None:
        yield f"seconds = {answer.seconds:.12g}"


def _action_lines(action: Action) -> Iterator[str]:
    yield f"claim = {_text(action.claim)}"
    yield f"owner = {_text(action.owner)}"
    yield f"since = {action.since.isoformat()}"
    if action.until is not None:
        yield f"until = {action.until.isoformat()}"
    if action.renewed:
        yield f"renewed = {action.renewed}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
