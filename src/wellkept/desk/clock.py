"""The clock of the desk: read once for each request, run or command, and passed down.

A demo company lives in its own week. Its folder says so in `demo.json`, and this clock is set back
by as much, so that the company's Monday is today; the pages show a banner.
"""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

DEMO_FILE = "demo.json"


class BadDemo(ValueError):
    """The file that sets the demo company's clock cannot be used."""


def now(home: Path) -> datetime:
    """This will read the clock: UTC, set back where the company in `home` is a demo."""
    return datetime.now(tz=UTC) - demo_offset(home)


def demo_offset(home: Path) -> timedelta:
    """This will give how far the demo company lives behind the wall clock; zero for a real one.

    Raises BadDemo for a file that says anything but {"offset_s": seconds}.
    """
    file = home / DEMO_FILE
    said = _said(file)
    if said is None:
        return timedelta()
    seconds = said.get("offset_s") if isinstance(said, dict) else None
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise BadDemo(
            f'{file} should hold {{"offset_s": seconds}}; remove it, or make the demo again.'
        )
    return timedelta(seconds=seconds)


def is_demo(home: Path) -> bool:
    """This will tell whether the company in `home` is a demo, whatever day it is."""
    return (home / DEMO_FILE).exists()


def demo_monday(home: Path) -> date | None:
    """This will give the Monday on which the demo company stands still; None for a real one.

    Raises BadDemo for a file that does not say it.
    """
    file = home / DEMO_FILE
    said = _said(file)
    if said is None:
        return None
    try:
        return date.fromisoformat(said["monday"])
    except (KeyError, TypeError, ValueError) as problem:
        raise BadDemo(
            f"{file} does not say which Monday the demo lives in; remove {home}, and make it again."
        ) from problem


def _said(file: Path) -> Any:
    try:
        return json.loads(file.read_text())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as problem:
        raise BadDemo(
            f"{file} cannot be read ({problem}); remove it, or make the demo again."
        ) from problem


def set_demo_clock(home: Path, *, monday: datetime, wall: datetime) -> timedelta:
    """This will set the demo's clock so that the company's `monday` falls on the day of `wall`.

    Whole days only, so that the hour of the day is the wall's. Gives the offset.
    """
    offset = timedelta(days=(wall.astimezone(UTC).date() - monday.astimezone(UTC).date()).days)
    fresh = home / f"{DEMO_FILE}.new"
    day = monday.astimezone(UTC).date().isoformat()
    fresh.write_text(json.dumps({"offset_s": int(offset.total_seconds()), "monday": day}))
    fresh.replace(home / DEMO_FILE)
    return offset
