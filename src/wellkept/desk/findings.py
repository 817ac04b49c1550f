"""What the study found in the record, kept beside it: facts for the measures, and chances.

A finding is made from a snapshot of facts and never written into the record. Pages read what is
kept; making it anew is work of the background, or of `wellkept refresh`.
"""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import connection

from wellkept.home import scanned
from wellkept.record.journal.models import Entry
from wellkept.study.facts import refreshing, snapshot
from wellkept.study.facts.record_reading import Address, Vendor
from wellkept.study.facts.snapshot import Generation, Mark
from wellkept.study.risk import finding
from wellkept.study.risk.finding import Risk


def facts_home() -> Path:
    """This will say where snapshots of facts lie."""
    return Path(settings.HOME) / "facts"


def findings_home() -> Path:
    """This will say where findings lie."""
    return Path(settings.HOME) / "findings"


def address_of() -> Address:
    """This will say where the scanner of columns finds the record."""
    vendor, name = scanned(connection.settings_dict)
    return Address(cast(Vendor, vendor), name)


def last_mark() -> Mark:
    """This will give where the journal stands."""
    last = Entry.objects.settled().order_by("transaction", "pk").last()
    return (0, 0) if last is None else last.mark


def current() -> Generation | None:
    """This will give the facts that stand, None before the first were made."""
    return snapshot.current(facts_home())


def refresh(now: datetime) -> Generation:
    """This will make facts and chances anew, and let readers find them."""
    now_s = int(now.timestamp())
    one = refreshing.refresh(facts_home(), address_of(), now_s=now_s, mark=last_mark())
    snapshot.sweep(facts_home(), now_s=now_s)
    with snapshot.opened(one, address_of()) as facts:
        risk = finding.risk_of(facts.source, until_s=one.known.until_s, generation=one.name)
    finding.save(findings_home(), risk)
    return one


def risk_now() -> Risk | None:
    """This will give the chances that stand, None before they were first reckoned.

    The file is read again only when another took its place.
    """
    file = findings_home() / finding.FILE
    try:
        seen = file.stat()
    except FileNotFoundError:
        return None
    return _risk(file.parent, seen.st_mtime_ns, seen.st_ino)


@lru_cache(maxsize=4)
def _risk(folder: Path, changed_ns: int, number: int) -> Risk | None:
    return finding.load(folder)
