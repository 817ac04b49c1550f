"""The demo company's recipe: only what its files cannot say themselves."""

from collections.abc import Iterable
from datetime import date, timedelta

from wellkept.desk.demo.story import RESPOND_H, RESTORE_H, WEEKS

RECIPE_NAME = "wellkept.toml"
HEAD_OFFICE = "Europe/Rome"
"""Whatever is written without an offset was written there."""

TEMPLATE = """\
# What the exports of Corvane Air & Cold cannot say themselves.

# They were drawn at the first moment of this Monday, and go back three years.
until = {until}T00:00:00Z
records_begin = {begin}

# Moments without an offset were typed in at head office.
zone = "{zone}"
currency = "EUR"

# Hours in which service is owed. Each site counts them in its own zone (sites.csv).
[calendar]
cover = "Mon-Fri 08:00-18:00"

# What is promised where a case has no promise of its own.
[targets]
response_time = "{respond:g} h"
time_to_restore = "{restore:g} h"

# What a piece on the shelf costs a year, as a share of its price.
[plan]
holding_share = 0.18

# The stock system's lists are for `wellkept plan`; no measure reads them.
{unmeasured}"""


def recipe(monday: date, unmeasured: Iterable[str]) -> str:
    """This will write the recipe of the folder that is drawn on a Monday.

    `unmeasured` names the files that are for planning alone.
    """
    return TEMPLATE.format(
        until=monday.isoformat(),
        begin=(monday - timedelta(weeks=WEEKS)).isoformat(),
        zone=HEAD_OFFICE,
        respond=RESPOND_H["degraded"],
        restore=RESTORE_H["degraded"],
        unmeasured="\n".join(
            f'[[table]]\nfile = "{name}"\nshape = "none"\n' for name in unmeasured
        ),
    )
