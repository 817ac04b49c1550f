"""Diagnose documents for the brief: a company, one person alone, nobody, and a hostile one."""

from datetime import date
from typing import Any

from study.diagnostic.rounds import a_round, an_answer, document
from study.measures.builders import DAY, UNTIL, a_case, a_promise, an_asset, facts
from wellkept.study.diagnostic.answers import Action, Respondent, Round
from wellkept.study.diagnostic.claims.catalogue import CLAIMS, SHORT
from wellkept.study.facts.source import DuckFacts

Json = dict[str, Any]
HOSTILE = '<script>alert("x")</script> & "Nord" ‮'
STORIES = {"A": 1, "B": 2, "C": 3}


def some_facts(name: str = "Clinic Nord") -> DuckFacts:
    """This will make three years of promises, cases and assets."""
    kinds = ("restore", "part_delivery", "respond")
    promises = [
        a_promise(UNTIL - i * DAY, late_h=30 if i % 4 == 0 else -1, kind=kinds[i % 3],
                  consequence="safety", about=name, our_moves=i % 2)
        for i in range(2, 1000)
    ]  # fmt: skip
    cases = [a_case(UNTIL - i * DAY, 5, ownerless_s=0, about=name) for i in range(1, 200)]
    return facts(promise=promises, case=cases, asset=[an_asset(f"A{i}") for i in range(40)])


def framed(found: Json, folder: str = "exports") -> Json:
    """This will add what the command line knows of the folder."""
    about = {"source": {"folder": folder, "files": []}, "facts": {"promise": 998}, "doubts": 1}
    return {"wellkept": "0.1.0", **about, **found}


def people(form: str) -> Round:
    """This will make three groups that answer everything."""
    claims = CLAIMS if form == "full" else SHORT
    told = [
        Respondent(
            group,
            tuple(
                an_answer(c.id, (i + level) % 4, 0.5 + level / 10, number=60.0, low=40.0, high=90.0)
                for i, c in enumerate(claims)
            ),
            vignettes=STORIES,
        )
        for group, level in [
            *[("executive", 3)] * 5,
            *[("front_line", 1)] * 8,
            *[("finance", 2)] * 4,
        ]
    ]
    action = Action("P2", "Greta Olsson", date(2026, 1, 1), date(2026, 12, 31), 2)
    return Round(form, tuple(told), ({"1": 2, "4": 1},) * 5, (action,))


def a_company(form: str = "short") -> Json:
    """This will make the document of a company that answered in groups."""
    return framed(document(people(form), some_facts()))


def alone() -> Json:
    """This will make the document of one person."""
    return framed(document(a_round(), some_facts()))


def nothing() -> Json:
    """This will make the document of nobody about nothing."""
    return framed(document(Round()))


def hostile() -> Json:
    """This will make a document whose every name is markup."""
    found = document(people("short"), some_facts(HOSTILE))
    return framed(found, HOSTILE)
