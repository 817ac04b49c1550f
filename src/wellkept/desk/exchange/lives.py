"""Where registers say that assets are in their life, and how assets come there: by their verb.

A new asset begins in the state that is said. Of a known one that is taken which a register says for
the first time, if nobody said anything before, and later what the register itself says otherwise.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from wellkept.desk.exchange.offered_cards import life_said
from wellkept.desk.exchange.reasons import NO_LIFE, NO_WAY, OTHER_LIFE, Why
from wellkept.desk.exchange.weighing import Offer, Work, attempt
from wellkept.record.access.batches import among
from wellkept.record.installed_base.actions import change_state
from wellkept.record.installed_base.models import Asset, AssetEvent, AssetExternalId
from wellkept.record.installed_base.rules import State, is_behind, way_to
from wellkept.study.facts.aliases import UNKNOWN_LIFE

Said = tuple[Offer, Asset, str]
"""What is offered, the asset, and what the source said of it before."""
BY_FILE = "imported"
"""The reason of a state that a register told: nobody here said why."""
NOTHING = ("", UNKNOWN_LIFE)


@dataclass(slots=True)
class Lives:
    """To which states assets go, by their key, and what of a register's words is not taken."""

    ways: dict[int, tuple[State, ...]] = field(default_factory=dict)
    doubts: list[tuple[Offer, Why]] = field(default_factory=list)


def state_of(offer: Offer) -> str:
    """This will give the state in which a new asset begins: what nobody says is in use."""
    return State.IN_USE.value if offer.life in (None, *NOTHING) else str(offer.life)


def lives(work: Work, told: Sequence[Said]) -> Lives:
    """This will weigh what registers say of the states of assets that the record has."""
    found = Lives()
    found.doubts += [(offer, NO_LIFE) for offer, _, _ in told if offer.life == UNKNOWN_LIFE]
    asked = [(offer, row, said) for offer, row, said in told if _is_asked(offer, row, said)]
    settled = _settled(work, [row.pk for _, row, said in asked if life_said(said) in NOTHING])
    for offer, row, _ in asked:
        if row.pk in settled:
            found.doubts.append((offer, OTHER_LIFE))
        elif way := way_to(State(row.state), State(offer.life)):
            found.ways[row.pk] = way
        else:
            found.doubts.append((offer, NO_WAY))
    return found


def _is_asked(offer: Offer, row: Asset, said: str) -> bool:
    """Whether a state is said that the asset is not in and was not in, and that was not said."""
    if offer.life in (None, *NOTHING) or life_said(said) == offer.life:
        return False
    state, wanted = State(row.state), State(offer.life)
    return state != wanted and not is_behind(state, wanted)


def _settled(work: Work, keys: Sequence[int]) -> set[int]:
    """Those of some assets of whose state people, or another system, spoke last.

    What changed by no word of theirs is so since nobody said anything, or a file of this system.
    """
    last: dict[int, AssetEvent] = {}
    for one in among(AssetEvent.objects.filter(word__in=list(State)), "asset", keys):
        before = last.get(one.asset_id)
        if before is None or (before.at, before.pk) < (one.at, one.pk):
            last[one.asset_id] = one
    settled = {key for key, one in last.items() if one.reason != BY_FILE}
    others = AssetExternalId.objects.filter(kind="asset").exclude(system=work.system)
    for said in among(others, "row", keys):
        if life_said(said.said) not in NOTHING:
            settled.add(said.row_id)
    return settled


def live(work: Work, told: Sequence[Said]) -> list[tuple[Offer, str]]:
    """This will bring assets into the states that are said, and give those a verb refused."""
    ways = lives(work, told).ways
    steps: dict[tuple[State, ...], list[tuple[Offer, Asset]]] = defaultdict(list)
    for offer, row, _ in told:
        if row.pk in ways:
            steps[ways[row.pk]].append((offer, row))
    refused = []
    for way, rows in steps.items():

        def act(some: Sequence[tuple[Offer, Asset]], way: tuple[State, ...] = way) -> None:
            for state in way:
                change_state(
                    assets=[row for _, row in some],
                    state=state,
                    reason=BY_FILE,
                    happened_at=work.at,
                    at=work.at,
                    by=work.by,
                )

        refused += [(offer, reason) for (offer, _), reason in attempt(rows, act)]
    return refused
