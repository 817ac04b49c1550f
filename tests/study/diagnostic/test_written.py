"""The answers file: what is written is read back; what is wrong is said with its place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.diagnostic.rounds import LOCKED_S, a_round
from wellkept.study.diagnostic.answers import Action, Answer, Respondent, Round
from wellkept.study.diagnostic.claims.catalogue import CLAIMS
from wellkept.study.diagnostic.instrument import GROUPS
from wellkept.study.diagnostic.locking import lock
from wellkept.study.diagnostic.written import BadAnswers, as_toml, lock_lines, read_answers

numbers = st.one_of(st.none(), st.integers(0, 10_000).map(lambda n: n / 8))


def an_answer_to(claim: str) -> st.SearchStrategy[Answer]:
    said = st.builds(
        Answer, st.just(claim), st.integers(0, 4),
        st.one_of(st.none(), st.integers(0, 20).map(lambda n: n / 20)), recall=st.text(max_size=20),
        number=numbers, low=st.just(1.0), high=st.just(2.5), seconds=numbers,
    )  # fmt: skip
    return st.one_of(
        said, st.just(Answer(claim, cannot_say=True)), st.just(Answer(claim, skipped=True))
    )


respondents = st.builds(
    Respondent,
    st.sampled_from(list(GROUPS)),
    st.lists(st.sampled_from([claim.id for claim in CLAIMS]), unique=True, max_size=4)
    .flatmap(lambda ids: st.tuples(*map(an_answer_to, ids))),
    st.lists(st.text(max_size=9), max_size=2).map(tuple),
    st.dictionaries(st.sampled_from("ABC"), st.integers(0, 4)),
)  # fmt: skip
rounds = st.builds(
    Round,
    st.sampled_from(["short", "full"]),
    st.lists(respondents, max_size=3).map(tuple),
    st.lists(st.dictionaries(st.sampled_from("123456"), st.integers(0, 4), min_size=1), max_size=2)
    .map(tuple),
    st.sampled_from([(), (Action("P2", "Alma \"A\" Ricci", date(2026, 1, 2), date(2026, 3, 4), 2),),
                     (Action("V4", "Bruno", date(2026, 1, 2)),)]),
)  # fmt: skip


@given(rounds, st.booleans())
def test_what_is_written_is_read_back(answers: Round, asking: bool) -> None:
    found = read_answers(as_toml(answers, asking=asking), "a.toml")
    assert found.answers == answers and found.asking is asking and found.sha256 is None


@given(rounds)
def test_a_lock_at_the_end_leaves_the_answers_as_they_are(answers: Round) -> None:
    locked = lock(answers, at_s=LOCKED_S)
    found = read_answers(as_toml(answers) + lock_lines(locked), "a.toml")
    assert found.answers == answers
    assert (found.at_s, found.sha256) == (LOCKED_S, locked.sha256)


PERSON = '[[respondent]]\ngroup = "executive"\n'
ANSWER = f"{PERSON}[[respondent.answer]]\n"
REFUSED = {
    "not TOML": ("claims = ", "a.toml: this is not TOML"),
    "another version": ('claims = "9"', "claims of version 9; this Wellkept asks version 1"),
    "an unknown key": ("answer = 1", "answer is not known here; known are claims, form"),
    "a wrong form": ('form = "long"', "form long is not known; write one of short, full"),
    "no list": ("respondent = 3", "begin each with [[respondent]]"),
    "no group": ("[[respondent]]\n", "respondent 1: group is missing; write one of executive"),
    "a wrong group": (f'{PERSON}\n[[respondent]]\ngroup = "boss"', "2: group boss is not"),
    "a wrong further group": (f'{PERSON}also = "North"', "also is a list of group names"),
    "a wrong claim": (f'{ANSWER}claim = "Z9"', "respondent 1: claim Z9 is not known"),
    "no level": (f'{ANSWER}claim = "P1"', "respondent 1, P1: no level; write level = 0 to 4"),
    "level 5": (f'{ANSWER}claim = "P1"\nlevel = 5', "respondent 1, P1: level 5 is not a level"),
    "level true": (f'{ANSWER}claim = "P1"\nlevel = true', "P1: level True is not a level"),
    "level and silence": (f'{ANSWER}claim = "P1"\nlevel = 2\nskipped = true', "leave one of them"),
    "confidence": (f'{ANSWER}claim = "P1"\nlevel = 2\nconfidence = 101', "not a chance from"),
    "a wrong number": (f'{ANSWER}claim = "P1"\nlevel = 2\nlow = "9"', "P1: low 9 is not a number"),
    "nan": (f'{ANSWER}claim = "P1"\nlevel = 2\nnumber = nan', "number nan is not a number"),
    "a range upside down": (f'{ANSWER}claim = "P1"\nlevel = 2\nlow = 9\nhigh = 3', "exchange them"),
    "twice": (f'{ANSWER}claim = "P1"\nlevel = 2\n[[respondent.answer]]\nclaim = "P1"\nlevel = 3',
              "respondent 1: P1 is answered twice"),
    "a wrong story": (f"{PERSON}vignettes = {{ D = 1 }}", "vignettes D is not known"),
    "a wrong question": ("[[customer]]\n7 = 1", "customer 1: question 7 is not known"),
    "a wrong rating": ("[[customer]]\n1 = 9", "customer 1: question 1 9 is not a level"),
    "no owner": ('[[action]]\nclaim = "P1"\nsince = 2026-01-01', "action 1: owner is missing"),
    "no day": ('[[action]]\nclaim = "P1"\nowner = "Alma"\nsince = "soon"', "soon is not a day"),
    "a wrong renewal": ('[[action]]\nclaim = "P1"\nowner = "A"\nrenewed = -1', "1: renewed is"),
    "a bare lock": ('[locked]\nsha256 = "x"', "[locked] needs at"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_said_with_its_place(text: str, says: str) -> None:
    with pytest.raises(BadAnswers) as refused:
        read_answers(text, "a.toml")
    assert str(refused.value).startswith("a.toml: ") and says in str(refused.value)


def test_an_empty_file_is_a_round_that_nobody_answered() -> None:
    assert read_answers("", "a.toml").answers == Round()
    assert read_answers(as_toml(a_round()), "a.toml").answers == a_round()
