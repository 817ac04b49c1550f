"""What can happen to a round: it is opened, answered, locked, laid beside the records, acted on."""

from wellkept.record.mirror.actions.answering import (
    begin_answers,
    finish_answers,
    rate_stories,
    save_answers,
)
from wellkept.record.mirror.actions.closing import choose_gaps, lock_round, reveal_round
from wellkept.record.mirror.actions.opening import add_link, end_link, invite_people, open_round

__all__ = [
    "add_link",
    "begin_answers",
    "choose_gaps",
    "end_link",
    "finish_answers",
    "invite_people",
    "lock_round",
    "open_round",
    "rate_stories",
    "reveal_round",
    "save_answers",
]
