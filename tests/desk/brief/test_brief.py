"""The brief: whole, true to its document, plain for everybody, and never a verdict."""

import re
from html.parser import HTMLParser

import pytest

from desk.brief.briefs import HOSTILE, a_company, alone, hostile, nothing
from wellkept.desk.brief import write_brief
from wellkept.desk.brief.drawings import LEFT, STEP, dumbbell, span, weeks
from wellkept.desk.brief.page import brief_of

COMPANY = a_company()
PAGE = write_brief(COMPANY)
DOCUMENTS = {"company": a_company, "alone": alone, "nothing": nothing, "hostile": hostile}


class Read(HTMLParser):
    """What a page holds: ids, links, texts, and what loads something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.labels: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" else []
        if tag == "svg":
            self.labels.append(given.get("aria-label") or "")
        assert not {"src", "style", "onclick", "onload"} & given.keys()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_page_stands_alone_and_its_links_lead_somewhere(name: str) -> None:
    page = Read(write_brief(DOCUMENTS[name]()))
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if link[1:] not in page.ids] == []
    assert all(page.labels), "a picture without a sentence"


def test_every_claim_has_its_row_with_its_name_and_its_cases() -> None:
    for claim in COMPANY["claims"]:
        row = PAGE[PAGE.index(f'id="{claim["id"]}"') :].partition("</article>")[0]
        assert claim["name"]["word"] in row and claim["evidence"]["id"] in row
        for case in claim["evidence"]["cases"]:
            assert f"<b>{case['id']}</b>" in row
        assert ('class="none">none' in row) == (claim["owner"] is None)
    assert "Greta Olsson until 2026-12-31" in PAGE


def test_the_order_is_that_of_consequence_with_records_first() -> None:
    rows = re.findall(r'<article class="claim-row[^"]*" id="(\w+)"', PAGE)
    recorded = [c["id"] for c in COMPANY["claims"] if c["shown"]["k"] is not None]
    assert rows[: len(recorded)] == recorded and len(rows) == 12


@pytest.mark.parametrize(
    "word", ["overconfiden", "score", "grade", "traffic", "radar", "red", "green"]
)
def test_there_is_no_verdict_and_no_grade(word: str) -> None:
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", PAGE, flags=re.DOTALL).lower()
    assert re.search(rf"\b{word}", text) is None


def test_markup_in_a_name_is_shown_as_text() -> None:
    page = write_brief(hostile())
    assert "<script" not in page and "&lt;script&gt;" in page and HOSTILE not in page


def test_one_person_reads_that_the_answers_are_their_own() -> None:
    page = write_brief(alone())
    assert "one person&#x27;s own answers" in page
    assert 'id="views"' not in page and "at least four executives" not in page


def test_without_answers_and_records_the_page_says_what_to_keep() -> None:
    page = write_brief(nothing())
    assert page.count("no record") >= 12 and "Start to keep" in page
    assert 'class="chip" data-name="unrecorded"' in page


def test_the_same_document_gives_the_same_page() -> None:
    assert write_brief(a_company()) == PAGE


def test_a_dumbbell_stands_where_its_levels_are() -> None:
    said = {"level": 3.0, "confidence": 0.5}
    seen = {"level": 1, "low": 0, "high": 2, "state": "shown"}
    drawn = dumbbell(said, seen)
    assert (drawn.claimed, drawn.shown) == (LEFT + 3 * STEP, LEFT + STEP)
    assert drawn.link == (LEFT + STEP, LEFT + 3 * STEP)
    assert drawn.confidence == LEFT + 2 * STEP
    assert drawn.says == "claimed 3 with confidence 50 %; shown 1, between 0 and 2"
    none = {"level": None, "low": None, "high": None, "state": "no_record"}
    bare = dumbbell({"level": None, "confidence": None}, none)
    assert (bare.shown, bare.claimed, bare.link) == (None, None, None)
    assert bare.says == "nothing claimed; no record"


def test_ranges_without_a_bound_reach_the_edge() -> None:
    assert span({"value": 50.0, "low": None, "high": None}, 0.0, 100.0) == (0, 100, 50)
    assert span({"value": 50.0, "low": 40.0, "high": 60.0}, 0.0, 200.0) == (20, 10, 25)
    assert span({"value": None, "low": 1.0, "high": 2.0}, 0.0, 1.0) is None
    assert span(None, 0.0, 1.0) is None


def test_a_strip_has_a_bar_for_each_week_that_failed_and_its_beginning() -> None:
    rows = [{"start": f"2026-01-{5 + i:02}", "k": i, "n": 10 * (i > 0)} for i in range(4)]
    drawn = weeks(rows, 0.9, "2026-01-07")
    assert drawn["bars"].count("M") == 3 and drawn["since"] == 260
    assert 0 < drawn["limit"] < 46
    assert weeks([], 0.9, None) == {"bars": "", "since": None, "limit": None}


def test_the_full_form_leaves_on_paper_what_two_pages_hold() -> None:
    page = brief_of(a_company("full"))
    assert len(page.claims) == 36 and sum(not row.beyond for row in page.claims) == 12
    assert page.more_claims == 24 and page.more_keep == sum(row.beyond for row in page.keep)
    recorded = [row.recorded for row in page.claims]
    assert recorded == sorted(recorded, reverse=True) and any(recorded)
