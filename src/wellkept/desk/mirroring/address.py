"""Where the record lies, for what reads it column by column."""

from typing import cast

from django.db import connection

from wellkept.home import scanned
from wellkept.study.facts.record_reading import Address, Vendor


def address_of() -> Address:
    """This will say where the scanner of columns finds the record."""
    vendor, name = scanned(connection.settings_dict)
    return Address(cast(Vendor, vendor), name)
