"""What a list calls open work is what the measure of its age counts, case by case."""

import re
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.test import override_settings

from builders import HOUR, a_role, an_account
from desk.web.clients import everything, signed_in
from wellkept.desk import clock
from wellkept.record.access.rules import Group
from wellkept.record.cases.actions import import_cases
from wellkept.record.cases.models import Case, CaseEvent

WORDS = ("acknowledged", "work_started", "waiting", "restored", "resolved", "confirmed", "refused",
         "survey_sent", "resolved", "resolved", "closed", "cancelled", "reopened")  # fmt: skip


def logged(logs: list[list[str]], now: Any) -> None:
    """Have a case for each log, an hour between two events."""
    cases, events = [], []
    for number, log in enumerate(logs):
        begun = now - 9 * HOUR
        case = Case(about=f"No {number}", accountable=a_role(), reported_at=begun)
        cases.append(case)
        events.append(CaseEvent(case=case, word="reported", at=begun))
        events += [CaseEvent(case=case, word=word, at=begun + (n + 1) * HOUR,
                             waiting_on="part" if word == "waiting" else "")
                   for n, word in enumerate(log)]  # fmt: skip
    import_cases(cases=cases, events=events, assignments=[], at=now, by=None)


def test_the_list_and_the_measure_count_the_same_cases(committed: Any, tmp_path: Path) -> None:
    chance = Random(8)
    logs = [chance.choices(WORDS, k=chance.randrange(6)) for _ in range(150)]
    with override_settings(HOME=tmp_path):
        logged([*logs, ["closed", "acknowledged"], ["resolved"], []], clock.now(settings.HOME))
        client = signed_in(an_account("Nora", everything(Group.MANAGER)))
        page = client.get("/measures/backlog_age/").text
    every = Case.objects.all()
    work, rest = every.to_resolve().count(), every.to_close().count()
    assert work + rest == every.open().count() and work >= 2 and rest >= 1
    found = re.search(r"(\d+) cases are to be resolved", page)
    assert found is not None and int(found[1]) == work
    assert f"{work} cases are to be resolved" in page and "/cases/?state=work" in page
    assert client.get("/cases/?state=work&as=csv").getvalue().count(b"C-") == work
    assert client.get("/cases/?state=resolved&as=csv").getvalue().count(b"C-") == rest
