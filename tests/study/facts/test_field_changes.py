"""Logs of changed fields: an owner stays until changed; the first change says who it was."""

from pathlib import Path

from study.facts.folders import HOUR, Found, at, csv, facts, folder

HISTORY = "Id,CaseId,CreatedById,CreatedDate,Field,OldValue,NewValue"
JIRA = "issue_key,author,created,field,fieldtype,from,fromString,to,toString"
UNTIL = "2026-03-05"
C1, C2, C3 = (f"50000000000000{n}AAA" for n in (1, 2, 3))


def history(*rows: str) -> str:
    """A case history as the CRM writes it, each row with a number of its own, and another case."""
    other = (
        f"{C3},u1,2026-03-01T07:00:00Z,created,,",
        f"{C3},u1,2026-03-01T07:30:00Z,Status,New,Closed",
    )
    return csv(HISTORY, *(f"017{n:03},{row}" for n, row in enumerate((*rows, *other))))


def told(tmp_path: Path, recipe: str = "", **files: str) -> Found:
    return facts(folder(tmp_path, {f"{n}.csv": t for n, t in files.items()}, recipe), until=UNTIL)


CASE_ONE = (
    f"{C1},u1,2026-03-01T08:00:00Z,created,,",
    f"{C1},u1,2026-03-01T09:00:00Z,Owner,Tier 1 Queue,Alma",
    f"{C1},u1,2026-03-01T09:00:00Z,Owner,00G000000000001AAA,005000000000002AAA",
    f"{C1},u2,2026-03-01T09:30:00Z,Status,New,Working",
    f"{C1},u2,2026-03-01T12:00:00Z,Owner,Alma,Bruno",
    f"{C1},u2,2026-03-01T12:00:00Z,Owner,005000000000002AAA,005000000000003AAA",
    f"{C1},u3,2026-03-02T09:00:00Z,Priority,Low,High",
    f"{C1},u3,2026-03-02T10:00:00Z,Status,Working,Closed",
)


def test_a_case_waits_in_the_queue_until_somebody_takes_it(tmp_path: Path) -> None:
    """Each change of owner stands there twice, by name and by key: it counts once."""
    row = told(tmp_path, history=history(*CASE_ONE)).cases[C1]
    assert row["ownerless_s"] == HOUR
    assert (row["handoffs"], row["bounces"], row["owner"]) == (1, 0, "Bruno")
    assert row["closed_s"] == at("2026-03-02 10:00")
    assert row["reported_s"] == at("2026-03-01 08:00")


def test_a_change_of_anything_else_leaves_owner_and_state_as_they_are(tmp_path: Path) -> None:
    found = told(tmp_path, history=history(*CASE_ONE))
    [changed] = [e for e in found.events if e["event_s"] == at("2026-03-02 09:00")]
    assert (changed["owner"], changed["state"]) == ("Bruno", None)


def test_of_a_case_whose_owner_no_row_names_it_is_not_said_that_nobody_had_it(
    tmp_path: Path,
) -> None:
    rows = (
        *CASE_ONE,
        f"{C2},u1,2026-03-01T08:00:00Z,created,,",
        f"{C2},u1,2026-03-01T18:00:00Z,Status,New,Working",
    )
    row = told(tmp_path, history=history(*rows)).cases[C2]
    assert row["ownerless_s"] is None and not row["ownerless_now"] and row["owner"] is None


ISSUES = (
    "OPS-1,alma,2026-03-01 09:00,assignee,jira,,,u2,Bruno",
    "OPS-1,alma,2026-03-01 09:10,status,jira,1,Open,3,In Progress",
    "OPS-1,bruno,2026-03-01 12:00,assignee,jira,u2,Bruno,u3,Carla",
    "OPS-1,bruno,2026-03-02 12:00,assignee,jira,u3,Carla,u2,Bruno",
    "OPS-1,bruno,2026-03-02 13:00,status,jira,3,In Progress,5,Done",
    "OPS-2,bruno,2026-03-01 12:00,assignee,jira,u2,Bruno,u3,Carla",
    "OPS-2,bruno,2026-03-01 13:00,assignee,jira,u3,Carla,,",
)


def test_whoever_lost_a_case_in_its_first_row_had_it_before(tmp_path: Path) -> None:
    """The first row takes OPS-2 from Bruno: one handoff; then nobody has it, to this day."""
    cases = told(tmp_path, log=csv(JIRA, *ISSUES)).cases
    assert (cases["OPS-1"]["handoffs"], cases["OPS-1"]["bounces"]) == (2, 1)
    row = cases["OPS-2"]
    assert (row["handoffs"], row["ownerless_now"]) == (1, True)
    assert row["ownerless_s"] == 83 * HOUR


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    """Such histories are often written with the newest first."""
    kept = ("handoffs", "bounces", "ownerless_s", "owner", "resolved_s")
    first, second = (told(tmp_path, log=csv(JIRA, *rows)).cases for rows in (ISSUES, ISSUES[::-1]))
    for case in ("OPS-1", "OPS-2"):
        assert [first[case][name] for name in kept] == [second[case][name] for name in kept]


def test_what_was_done_is_said_and_the_cases_beside_keep_their_columns(tmp_path: Path) -> None:
    cases = csv("Case ID,Account,Opened,Closed", f"{C1},Clinic Nord,2026-03-01T07:00:00Z,")
    found = told(tmp_path, history=history(*CASE_ONE), cases=cases)
    assert "one changed field a row (‘Field’)" in found.notes("repaired")
    assert found.cases[C1]["customer"] == "Clinic Nord"
    assert found.cases[C1]["ownerless_s"] == HOUR
