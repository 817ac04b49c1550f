"""The log of the record's cases in order: who held a case when something happened to it."""

import duckdb
import numpy as np

from wellkept.study.facts.record_events import _listed
from wellkept.study.facts.record_logs import Logs, Meant

ALMA, BRUNO = 7, 8


def logs() -> Logs:
    """Case 70: taken at 20 by Alma, left at 40, taken at 60 by Bruno; of case 71 nobody knows."""
    whole = np.array
    events = {
        "case": whole([0, 0, 0, 0, 0, 1], np.int32),
        "at_s": whole([10, 20, 30, 50, 60, 60]),
        "word_no": whole([0, 1, 2, 1, 1, 1], np.int32),
        "named_no": np.full(6, -1, np.int32),
        "place": np.arange(6),
    }
    held = {
        "case": whole([0, 0, 0], np.int32),
        "at_s": whole([20, 40, 60]),
        "owner_no": whole([ALMA, -1, BRUNO], np.int32),
        "team_no": np.full(3, -1, np.int32),
        "named_no": whole([ALMA, -1, BRUNO], np.int32),
        "place": whole([2, 3, 4]),
    }
    words = [Meant("reported"), Meant("work_started"), Meant("told_closed", beside=True)]
    return Logs(whole([70, 71]), events, held, words)


def test_of_one_moment_what_happened_stands_before_who_took_the_case() -> None:
    told = logs().between(0, 2)
    log = told.log
    assert log.event_s.tolist() == [10, 20, 20, 40, 50, 60, 60, 60]
    assert log.case_no.tolist() == [0, 0, 0, 0, 0, 0, 0, 1]
    assert log.owner_no.tolist() == [-1, -1, ALMA, -1, -1, -1, BRUNO, -1]
    assert log.word_no.tolist() == [0, 1, -1, -1, 1, 1, -1, 1], "a list's word is in no log"
    assert told.report_known.tolist() == [True, False]


def test_an_event_is_told_of_who_took_the_case_last_at_its_moment_or_before() -> None:
    whole, parts = logs(), logs()
    whole.between(0, 2)
    parts.between(1, 2), parts.between(0, 1)
    assert whole.holder.tolist() == parts.holder.tolist() == [-1, 0, 0, 0, 2, -1]


def test_texts_of_a_list_are_what_they_were() -> None:
    texts = ["it's", None, "", "張\0偉", "a\\b"]
    assert duckdb.sql(f"SELECT {_listed(texts)}").fetchall() == [(texts,)]
    assert duckdb.sql(f"SELECT ({_listed([])})[1]").fetchall() == [(None,)]
