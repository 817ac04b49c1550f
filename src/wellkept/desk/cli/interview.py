"""The questions in the terminal: recall, claim, level, confidence, number; saved claim by claim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from wellkept.desk.cli.terminal import wrapped
from wellkept.study.diagnostic.answers import Answer, Respondent, Round
from wellkept.study.diagnostic.claim import CURRENCY, Claim
from wellkept.study.diagnostic.instrument import (
    CONFIDENCE,
    CONFIDENCE_WORDS,
    GROUPS,
    RANGE,
    RECALL,
    STEP,
    VIGNETTES,
)

CANNOT_SAY, STOP = "?", "q"


class Stopped(Exception):
    """Raised when the person stops; everything answered so far is saved."""


@dataclass(frozen=True, slots=True)
class Interview:
    """Someone who is asked: `ask` gives a line for a prompt, `tell` shows one, `save` keeps all."""

    ask: Callable[[str], str]
    tell: Callable[[str], None]
    save: Callable[[Round], None]

    def hold(self, answers: Round, claims: Sequence[Claim]) -> Round:
        """This will ask what is not answered yet, saving after each claim; raises Stopped."""
        person = answers.respondents[0] if answers.respondents else Respondent(self._group())
        answers = self._kept(answers, person)
        known = {answer.claim for answer in person.answers}
        for number, claim in enumerate(claims, start=1):
            if claim.id not in known:
                answer = self._claim(claim, f"{number} of {len(claims)}")
                person = replace(person, answers=(*person.answers, answer))
                answers = self._kept(answers, person)
        if not person.vignettes:
            person = replace(person, vignettes=self._stories())
            answers = self._kept(answers, person)
        return answers

    def _kept(self, answers: Round, person: Respondent) -> Round:
        answers = replace(answers, respondents=(person,))
        self.save(answers)
        return answers

    def _group(self) -> str:
        names = tuple(GROUPS)
        self._say("Which group do you answer for?")
        for place, name in enumerate(names, start=1):
            self._say(f"  {place}  {GROUPS[name]}")
        number = self._whole("Number: ", 1, len(names))
        while number is None:
            number = self._whole("One of the numbers, please: ", 1, len(names))
        return names[number - 1]

    def _claim(self, claim: Claim, place: str) -> Answer:
        begun = monotonic()
        self._say("")
        self._say(f"{place} · {claim.area}")
        self._say(claim.sentence)
        recall = self._line(f"{RECALL}\n> ")
        answer = replace(self._level(claim), recall=recall)
        if answer.level is not None:
            answer = replace(answer, confidence=self._confidence())
        if claim.number is not None and not answer.skipped:
            answer = self._number(claim, answer)
        return replace(answer, seconds=round(monotonic() - begun, 1))

    def _level(self, claim: Claim) -> Answer:
        for level, anchor in enumerate(claim.anchors):
            self._say(f"  {level}  {anchor}")
        self._say(CURRENCY)
        prompt = "Level 0 to 4 (? cannot say, Enter skips): "
        while True:
            told = self._line(prompt)
            if told == CANNOT_SAY:
                return Answer(claim.id, cannot_say=True)
            if not told:
                return Answer(claim.id, skipped=True)
            if told in tuple("01234"):
                return Answer(claim.id, level=int(told))
            self._say(f"‘{told}’ is not a level: 0, 1, 2, 3, 4, ? or Enter.")

    def _confidence(self) -> float | None:
        self._say(CONFIDENCE)
        words = ", ".join(f"{chance} {word}" for chance, word in CONFIDENCE_WORDS.items())
        self._say(f"  {words}")
        told = self._whole(f"Per cent in steps of {STEP} (Enter skips): ", 0, 100)
        return None if told is None else round(told / STEP) * STEP / 100

    def _number(self, claim: Claim, answer: Answer) -> Answer:
        assert claim.number is not None
        item = claim.number
        self._say(f"{item.question} (in {item.unit}; Enter skips)")
        number = self._real("Your number: ", item.most)
        if number is None:
            return answer
        self._say(RANGE)
        low = self._real("Low: ", item.most)
        high = self._real("High: ", item.most)
        while low is not None and high is not None and high < low:
            self._say(f"High {high:g} lies below low {low:g}.")
            high = self._real("High: ", item.most)
        return replace(answer, number=number, low=low, high=high)

    def _stories(self) -> dict[str, int]:
        self._say("")
        self._say("Three short stories. On which level does each organisation stand? Claim: every "
                  "problem has an owner.")  # fmt: skip
        rated = {}
        for vignette in VIGNETTES:
            self._say("")
            self._say(vignette.story)
            level = self._whole("Level 0 to 4 (Enter skips): ", 0, 4)
            if level is not None:
                rated[vignette.id] = level
        return rated

    def _whole(self, prompt: str, low: int, high: int) -> int | None:
        told = self._real(prompt, high)
        while told is not None and (told != int(told) or told < low):
            self._say(f"A whole number from {low} to {high}, please.")
            told = self._real(prompt, high)
        return None if told is None else int(told)

    def _real(self, prompt: str, most: float) -> float | None:
        while True:
            told = self._line(prompt).removesuffix("%").strip().replace(",", ".")
            if not told or told == CANNOT_SAY:
                return None
            try:
                value = float(told)
            except ValueError:
                self._say(f"‘{told}’ is not a number.")
                continue
            if 0 <= value <= most:
                return value
            self._say(f"{told} does not lie between 0 and {most:g}.")

    def _line(self, prompt: str) -> str:
        try:
            told = self.ask(prompt).strip()
        except EOFError:
            raise Stopped from None
        if told == STOP:
            raise Stopped
        return told

    def _say(self, text: str) -> None:
        indent = "     " if text.startswith("  ") else ""
        first = "  " if indent else ""
        for line in wrapped(text.strip(), first=first, then=indent) or [""]:
            self.tell(line)
