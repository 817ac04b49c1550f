"""The answers file: read whole, written whole or not at all, locked at its end."""

import os
import tempfile
from datetime import datetime
from pathlib import Path

from wellkept.study.diagnostic.answers import Round
from wellkept.study.diagnostic.locking import Locked, lock, locked_before
from wellkept.study.diagnostic.written import (
    BadAnswers,
    Written,
    as_toml,
    lock_lines,
    read_answers,
)

PRIVATE = 0o600
"""Answers are their author's: nobody else reads a new file."""


def beside(folder: Path) -> Path:
    """This will name the answers file that goes with a folder: beside it, never in it."""
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}.answers.toml")


def load(path: Path) -> Written | None:
    """This will read an answers file, None where there is none; raises BadAnswers."""
    if not path.exists():
        return None
    return read_answers(_text(path), path.name)


def save(path: Path, answers: Round) -> None:
    """This will keep a round that is still being answered."""
    write(path, as_toml(answers, asking=True))


def finish(path: Path, answers: Round) -> None:
    """This will keep a round that is answered, and not locked yet."""
    write(path, as_toml(answers))


def locked(path: Path, now: datetime) -> Locked:
    """This will lock what a file holds, or check the lock that it has.

    The lock is written at the end of the file, before anything can be measured. Raises BadAnswers,
    AnswersChanged, and OSError where the lock cannot be written.
    """
    text = _text(path)
    held = read_answers(text, path.name)
    if held.at_s is not None and held.sha256 is not None:
        return locked_before(held.answers, at_s=held.at_s, sha256=held.sha256)
    made = lock(held.answers, at_s=int(now.timestamp()))
    write(path, text.rstrip("\n") + "\n" + lock_lines(made))
    return made


def write(path: Path, text: str) -> None:
    """This will put a file in the place of the old one in a single step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as part:
            part.write(text)
            part.flush()
            os.fsync(part.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else PRIVATE)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadAnswers(f"{path.name}: this is not UTF-8; save it as UTF-8 text") from None
