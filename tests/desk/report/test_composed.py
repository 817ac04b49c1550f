"""Sentences that know their parts: English everywhere, and said anew where somebody translates."""

import json
import pickle
from copy import deepcopy
from typing import Any

from wellkept.desk.report.saying import quoted, retold, speaking
from wellkept.study.measures.composing import (
    Code,
    Said,
    kept,
    listed,
    restored,
    sentences,
)
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _

IL = {
    "%(k)s %(of_cases)s is open.": "Aperto: %(k)s %(of_cases)s.",
    "of %(n)s cases": "su %(n)s casi",
    "Nothing is open.": "Niente è aperto.",
    "part delivery": "consegna",
}


def italian() -> Any:
    return speaking(
        lambda text: IL.get(text, text), lambda one, many, n: IL[one if n == 1 else many]
    )


def one_open() -> Said:
    of_cases = ngettext("of %(n)s case", "of %(n)s cases", 1_200) % {"n": 1_200}
    words = ngettext("%(k)s %(of_cases)s is open.", "%(k)s %(of_cases)s are open.", 1)
    return words % {"k": 1, "of_cases": of_cases}


def test_a_sentence_is_its_english_wherever_it_is_kept_or_printed() -> None:
    text = one_open()
    assert text == "1 of 1,200 cases is open." and json.dumps(text) == f'"{text}"'
    assert sentences(text, "", _("Nothing is open.")) == f"{text} Nothing is open."
    assert deepcopy(text) is text and pickle.loads(pickle.dumps(text)).parts() == text.parts()
    assert quoted(text) and retold(text) == text


def test_where_somebody_translates_all_its_parts_are_said_anew() -> None:
    with italian():
        assert retold(one_open()) == "Aperto: 1 su 1,200 casi."
        assert retold(sentences(one_open(), _("Nothing is open."))).endswith(" Niente è aperto.")
        assert retold(listed([Code("part_delivery"), "Kuura"])) == "consegna, Kuura"
        assert retold("Nothing is open.") == "Nothing is open.", "what people wrote is data"


def test_a_document_that_was_kept_speaks_again_and_an_older_one_stays_in_english() -> None:
    document = {"says": one_open(), "claims": [{"notes": [_("Nothing is open.")], "n": 3}]}
    stored = json.loads(json.dumps(document | {"said": kept(document)}))
    old = {name: stored[name] for name in document}
    assert old == document
    new = restored(old, stored["said"])
    with italian():
        assert retold(new["says"]) == "Aperto: 1 su 1,200 casi."
        assert retold(new["claims"][0]["notes"][0]) == "Niente è aperto."
        assert quoted(old["says"]) and not quoted(new["says"])
