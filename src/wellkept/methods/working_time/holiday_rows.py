"""Public holidays of a country as dated rows, kept with the version of the library that said so."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from wellkept.methods.working_time.hours import CalendarRefused, Holiday


def public_holidays(
    country: str, subdivision: str | None, years: Iterable[int]
) -> tuple[Holiday, ...]:
    """Give the public holidays of a country as rows to be kept, so that replays do not change.

    Takes an ISO 3166-1 alpha-2 country code, a code of its subdivision or None for the holidays
    of the whole country, and the years wanted. Returns one Holiday a date, in order; where two
    fall on a date their names are joined. `source` names the library, its version and the place.
    Names are English where the library has them, whatever the language of this machine.

    Raises CalendarRefused for a country, subdivision or year that the library does not know.
    Source: the `holidays` library (vacanza).
    """
    # Both are slow to import, and only those who materialise rows need them.
    from importlib.metadata import version

    import holidays

    _check_place(country, subdivision, holidays.list_supported_countries())
    languages = holidays.list_localized_countries().get(country, [])
    place = country if subdivision is None else f"{country}-{subdivision}"
    source = f"holidays {version('holidays')} {place}"
    rows: list[Holiday] = []
    for year in sorted(set(years)):
        found = holidays.country_holidays(
            country,
            subdiv=subdivision,
            years=year,
            language="en_US" if "en_US" in languages else None,
        )
        if not found:
            raise CalendarRefused(
                f"The library of holidays ({source}) knows no holiday in {year}, so that year "
                "would count as worked throughout; leave the year out or add its days by hand."
            )
        rows += [Holiday(on, found[on], source) for on in sorted(found)]
    return tuple(rows)


def _check_place(country: str, subdivision: str | None, known: dict[str, list[str]]) -> None:
    if country not in known:
        near = get_close_matches(country.upper(), known, n=3, cutoff=0.5)
        hint = f" near it are {', '.join(near)};" if near else ""
        raise CalendarRefused(
            f"The library of holidays has no country {country!r};{hint} write the two capital "
            'letters of ISO 3166, as "IT".'
        )
    if subdivision is not None and subdivision not in known[country]:
        choice = ", ".join(known[country]) or "none"
        raise CalendarRefused(
            f"The library of holidays has no part {subdivision!r} of {country}; "
            f"it knows {choice}; leave it out for the holidays of the whole country."
        )
