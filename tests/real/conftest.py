"""Each set of real records is measured once for the whole session."""

from collections.abc import Callable
from pathlib import Path

import pytest

from real.measured import Document, measured

Where = Callable[[str], Path]


@pytest.fixture(scope="session")
def both(data_folder: Where) -> Document:
    """The elevators of New York: both snapshots, by the reason that was given."""
    return measured(data_folder("mta_elevators"), by="reason")


@pytest.fixture(scope="session")
def incidents(data_folder: Where) -> Document:
    """An audit log of a service desk, by priority."""
    return measured(data_folder("uci498_servicenow"), by="priority")


@pytest.fixture(scope="session")
def deliveries(data_folder: Where) -> Document:
    """Deliveries of medicines, by the route they took."""
    return measured(data_folder("scms_delivery"), by="Fulfill Via")


@pytest.fixture(scope="session")
def volvo(data_folder: Where) -> Document:
    """Incidents and problems of a maker of trucks."""
    return measured(data_folder("bpi2013_volvo"))


@pytest.fixture(scope="session")
def shapes(data_folder: Where) -> Document:
    """Files of real systems in hard shapes."""
    return measured(data_folder("import_shapes"))
