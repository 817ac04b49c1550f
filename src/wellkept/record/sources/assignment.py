"""Which column plays which role: bids of the columns, the best one first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wellkept.record.sources.asset_flags import flag_of, reader
from wellkept.record.sources.evidence import (
    STRONG,
    filled,
    fit,
    is_unique,
    looks_like_id,
    nearly_unique,
    only_days,
    share_of,
)
from wellkept.record.sources.heading import heading
from wellkept.record.sources.lexicon import Match, matches
from wellkept.record.sources.life_flags import life_reader
from wellkept.record.sources.notions import RANK, kind_of, offers
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.roles import MOMENT_ROLES, REGISTERS
from wellkept.record.sources.shape_evidence import ShapeChoice
from wellkept.record.sources.words import product_kind_word, state_word

STATED = 200  # the score of what the recipe states
LEAST = 45
NEXT_BEST = 12  # how far below its best meaning a column may still be taken
CONTESTED = 25
WEAK_NUMBER = 93  # below it a header only says "code" or "reference", perhaps of something else
ACTIVITY_IS_STATE = 0.8
ONE_OF_MANY = 20  # rows with one and the same customer: rather the owner of the export
MOST_BEGIN = 0.6  # of the headers begin with one word: that is the table's name
SERVING = 90  # a yes-or-no column whose header says what a yes means
GAPS = 0.5  # of a register's rows have a number: the others are known by their names
SAID_OF_ANY_ROW = ("created", "started", "finished", "changed")


@dataclass(frozen=True, slots=True)
class Bid:
    """One column that could play one role."""

    score: float
    role: str
    profile: ColumnProfile
    notion: str
    rank: int


def candidates(profiles: Sequence[ColumnProfile]) -> dict[str, tuple[Match, ...]]:
    """This will list what each column may mean by its header, as far as its values agree."""
    found: dict[str, tuple[Match, ...]] = {}
    prefix = _prefix([profile.header_as_found or profile.header for profile in profiles])
    for profile in profiles:
        tested = []
        for match in _matches(profile.header_as_found or profile.header, prefix):
            bonus = fit(match.notion, kind_of(match.notion), profile, match.score, match.near)
            if bonus is not None:
                tested.append(replace(match, score=round(match.score + bonus)))
        if flag_of(profile) is not None:
            tested.append(Match("serving", SERVING))
        found[profile.key] = tuple(sorted(tested, key=lambda one: -one.score))
    return found


def _prefix(headers: Sequence[str]) -> str | None:
    """The word with which nearly all headers begin: the table's name, as in "facility_state"."""
    firsts = Counter(words[0] for one in headers if len(words := heading(one).words) > 1)
    word, times = firsts.most_common(1)[0] if firsts else ("", 0)
    named = sum(1 for one in headers if one.strip())
    return word if times >= 3 and times >= MOST_BEGIN * named else None


def _matches(header: str, prefix: str | None) -> tuple[Match, ...]:
    """What a header may mean; where it is hardly known with the table's name, then without."""
    found = matches(header)
    words = heading(header).words
    known = bool(found) and found[0].score >= STRONG
    if known or prefix is None or words[:1] != (prefix,) or len(words) < 2:
        return found
    return matches(" ".join(words[1:])) or found


def _allowed(
    choice: ShapeChoice, notion: str, role: str, rank: int, profile: ColumnProfile
) -> bool:
    """What the shape adds: in an event table the event's moment varies and stand-ins do not.

    An activity is a state outside a log only when its words are states.
    """
    if notion == "activity" and choice.shape != "event":
        return share_of(profile, state_word) >= ACTIVITY_IS_STATE
    if choice.shape == "product" and notion in ("kind", "category", "product"):
        return _as_product(role, profile)
    if notion == "name" and role in ("case_id", "promise_id"):
        return is_unique(profile) and looks_like_id(profile)
    if choice.case_key is None or role not in MOMENT_ROLES:
        return True
    constant = choice.case_key in profile.constant_within
    if role == "event_at":
        return not constant
    return constant or (rank == 0 and notion not in SAID_OF_ANY_ROW)


def _as_product(role: str, profile: ColumnProfile) -> bool:
    """Weak headers in a list of products: their values decide what they are."""
    if role == "product_no":
        return looks_like_id(profile)
    if role == "product_kind":
        return share_of(profile, product_kind_word) > 0
    return role != "family" or share_of(profile, product_kind_word) == 0


def _extra(choice: ShapeChoice, role: str, profile: ColumnProfile, score: float) -> float | None:
    """What uniqueness adds to a bid for a number, and a missing time of day takes from a report.

    None: this column cannot number the rows.
    """
    if role == "reported":
        return -22.0 if only_days(profile) else 0.0
    if role == "customer" and profile.distinct == 1 and profile.rows >= ONE_OF_MANY:
        return -15.0
    if role == "state":
        return _of_state(choice.shape, profile)
    if role == "promise_id" and choice.shape == "promise":
        return 6.0 if is_unique(profile, 0.9) else None
    if role == "case_id" and choice.shape == "downtime" and score < WEAK_NUMBER:
        return 0.0 if is_unique(profile) else None  # a failure code is no failure's number
    if role == "case_id" and choice.shape == "case":
        if score < WEAK_NUMBER and not is_unique(profile, 1.0):
            return None
        there = profile.rows - profile.blank
        return 10.0 if is_unique(profile, 0.9) else -40.0 if profile.distinct < there / 2 else 0.0
    if choice.shape == "product" and role in ("product_no", "product"):
        return _of_product(role, profile)
    if role == choice.shape and choice.shape in REGISTERS:
        return _numbers_rows(choice.shape, profile, score)
    return 0.0


def _of_state(shape: str, profile: ColumnProfile) -> float:
    """Of several columns that may tell the state of assets that one does whose words are known."""
    if shape == "asset_state":
        return 40.0 * (share_of(profile, reader(profile)) - 1)
    return 30.0 * share_of(profile, life_reader(profile)) if shape == "asset" else 0.0


def _of_product(role: str, profile: ColumnProfile) -> float | None:
    """A number tells products apart; a name is no number, where another column is one."""
    if role == "product_no":
        return 10.0 if is_unique(profile, 0.85) else None
    return -12.0 if looks_like_id(profile) else 0.0


def _numbers_rows(shape: str, profile: ColumnProfile, score: float) -> float | None:
    """What a column adds that numbers the rows of a register, perhaps with gaps; else None."""
    if is_unique(profile, 0.85):
        return 10.0
    gaps = GAPS if shape in ("customer", "site") else 0.85
    return 0.0 if score >= STRONG and nearly_unique(profile, gaps) else None


def bids(
    choice: ShapeChoice,
    meanings: Mapping[str, tuple[Match, ...]],
    profiles: Sequence[ColumnProfile],
) -> list[Bid]:
    """This will list every bid of the table's columns for the roles of its shape, best first."""
    made: list[Bid] = []
    for profile in profiles:
        for match in meanings.get(profile.key, ()):
            for offer in offers().get(match.notion, {}).get(choice.shape, ()):
                extra = _extra(choice, offer.role, profile, match.score)
                if extra is None or not _allowed(
                    choice, match.notion, offer.role, offer.rank, profile
                ):
                    continue
                score = match.score - RANK * offer.rank + extra
                if profile.key == choice.case_key:
                    score += STATED if offer.role == "case_id" else -STATED
                made.append(Bid(score, offer.role, profile, match.notion, offer.rank))
    made = _named(_went_out(_arrivals([bid for bid in made if bid.score >= LEAST])))
    return sorted(_settled(made), key=lambda bid: (-bid.score, -filled(bid.profile)))


def _named(made: list[Bid]) -> list[Bid]:
    """A bare "Product" may number the products, beside a column that names them."""
    if any(bid.role == "product" and bid.notion != "product" for bid in made):
        return made
    return [bid for bid in made if (bid.role, bid.notion) != ("product_no", "product")]


def _arrivals(made: list[Bid]) -> list[Bid]:
    """The end of a window is a promise to arrive: it is kept by beginning, not by finishing."""
    window = any(
        bid.role == "due" and "window" in heading(bid.profile.header_as_found).words for bid in made
    )
    begins = any(bid.role == "done" and bid.notion == "work_started" for bid in made)
    if not (window and begins):
        return made
    return [bid for bid in made if bid.role != "done" or bid.notion == "work_started"]


def _went_out(made: list[Bid]) -> list[Bid]:
    """What came in for repair before it was shipped is not done by coming in."""
    came = [bid for bid in made if bid.role == "done" and bid.notion == "received"]
    sent = [bid.profile for bid in made if bid.role == "done" and bid.notion == "shipped"]
    early = {bid.profile.key for bid in came if any(_before(bid.profile, one) for one in sent)}
    return [bid for bid in made if bid.role != "done" or bid.profile.key not in early]


def _before(one: ColumnProfile, other: ColumnProfile) -> bool:
    """Whether the moments of a column begin and end before those of another do."""
    mine, theirs = (one.first or "", one.last or ""), (other.first or "", other.last or "")
    return "" not in (*mine, *theirs) and mine < theirs and mine[1] <= theirs[1]


def _settled(made: list[Bid]) -> list[Bid]:
    """A bare "delivery date" is a promise beside another end, and an end beside another promise."""
    others = {bid.role for bid in made if bid.notion not in ("delivery", "requested")}
    if not others & {"due", "done"}:
        wishes = any(bid.notion == "requested" for bid in made)
        keep = {"done"} if wishes else set()
        return [bid for bid in made if bid.notion != "delivery" or bid.role in keep]
    ended = any(bid.role == "done" and bid.notion in _CAME for bid in made)
    return [bid for bid in made if not (ended and bid.notion == "delivery" and bid.role == "done")]


_CAME = ("done", "shipped", "received", "finished")  # said of what happened, never of a plan


def assign(
    made: Sequence[Bid], roles: Iterable[str] = (), keys: Iterable[str] = ()
) -> tuple[dict[str, Bid], dict[str, list[Bid]]]:
    """This will give each role its best column, and the rivals that came near, per role.

    `roles` and `keys` are taken already.
    """
    taken, used = set(roles), set(keys)
    best: dict[str, float] = {}
    for bid in made:
        best.setdefault(bid.profile.key, bid.score)
    chosen: dict[str, Bid] = {}
    rivals: dict[str, list[Bid]] = {}
    for bid in made:
        if bid.profile.key in used or bid.score < best[bid.profile.key] - NEXT_BEST:
            continue
        if bid.role in taken:
            winner = chosen.get(bid.role)
            if winner is not None and bid.score >= winner.score - CONTESTED:
                rivals.setdefault(bid.role, []).append(bid)
            continue
        chosen[bid.role] = bid
        taken.add(bid.role)
        used.add(bid.profile.key)
    return chosen, {
        role: [bid for bid in lost if bid.profile.key not in used] for role, lost in rivals.items()
    }


def why_chosen(winner: Bid, lost: Sequence[Bid]) -> str:
    """This will say in one sentence why a column won over its rivals."""
    others = " and ".join(f"‘{bid.profile.header}’" for bid in lost)
    best = max(lost, key=lambda bid: bid.score)
    mine, theirs = filled(winner.profile), filled(best.profile)
    if winner.score - best.score < 5 and mine > theirs + 0.02:
        reason = f"it is fuller ({mine:.0%} against {theirs:.0%})"
    elif winner.score - best.score < 2:
        reason = "it comes first; both would do"
    else:
        reason = "its name or its words say it more directly"
    return f"{winner.role}: ‘{winner.profile.header}’ is taken, not {others}: {reason}."
