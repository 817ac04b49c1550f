"""The truth about the spare parts: plain counting over what was asked for and what lies where."""

from wellkept.desk.demo import story
from wellkept.desk.demo.records import DAY, HOUR, Company, Request
from wellkept.desk.demo.spares import BY_NUMBER, NOT_IN, OLD_FILTER, PLACES, SPARES, WELL_STOCKED
from wellkept.desk.demo.truth import Spares


def spares(company: Company) -> Spares:
    """This will count the part that looks well stocked, and who waits for it all the same."""
    room, until_s = company.stockroom, company.monday_s
    asked = [one for one in room.requests if one.part == WELL_STOCKED and one.pieces > 0]
    theirs = [one for one in asked if _customer(one) == story.WAITING_CUSTOMER]
    lying = [one for one in room.lying if one.spare.number == WELL_STOCKED]
    north = next(p.number for p in PLACES if p.region == NOT_IN and p.level == "regional")
    pieces = sum(one.on_hand for one in lying)
    a_year = sum(one.pieces for one in asked) / (story.WEEKS / 52.18)
    return Spares(
        parts=len(SPARES),
        places=len(PLACES),
        requests=sum(one.pieces > 0 for one in room.requests),
        returns=sum(one.pieces < 0 for one in room.requests),
        agreements=len(room.agreements),
        well_stocked=WELL_STOCKED,
        pieces=pieces,
        cover_years=round(pieces / a_year, 3),
        met_at_once=round(sum(_same_day(one) for one in asked) / len(asked), 4),
        none_at=north,
        pieces_there=sum(one.on_hand for one in lying if one.place == north),
        customer=story.WAITING_CUSTOMER,
        agreement=room.agreements[story.WAITING_CUSTOMER].number,
        waits=len(theirs),
        longest_wait_h=round(max(_waited_s(one, until_s) for one in theirs) / HOUR, 1),
        without_price=tuple(one.number for one in SPARES if one.unit_cost is None),
        without_lead_time=tuple(one.number for one in SPARES if one.lead_days is None),
        superseded={OLD_FILTER: "FE-9"},
        planned_nowhere=tuple(
            number for number in BY_NUMBER if not any(o.spare.number == number for o in room.lying)
        ),
    )


def _customer(request: Request) -> str:
    return request.case.asset.site.customer.name


def _same_day(request: Request) -> bool:
    return request.issued_s is not None and request.issued_s - request.at_s < DAY // 2


def _waited_s(request: Request, until_s: int) -> int:
    return (until_s if request.issued_s is None else request.issued_s) - request.at_s
