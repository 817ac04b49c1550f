"""What the demo company makes: stations, machines, components and software, and what goes wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """One product family: its models, how often customers write about it, and its troubles."""

    name: str
    kind: str  # system | machine | software
    models: tuple[str, ...]
    cases_per_year: float
    components: tuple[str, ...]
    troubles: tuple[str, ...]


STATION = Family(
    "Station", "system", ("Station S2", "Station S4"), 0.8, ("Station header pressure sensor",),
    ("network pressure falls in the morning", "no changeover to the second machine"),
)  # fmt: skip

BOREAL = Family(
    "Boreal", "machine", ("Boreal B45", "Boreal B90", "Boreal B160"), 2.8,
    ("Air end", "Inverter drive", "Oil cooler"),
    ("will not start", "trips on high temperature", "loses oil", "drive fault F14",
     "unloads and does not load again"),
)  # fmt: skip
SIROCCO = Family(
    "Sirocco", "machine", ("Sirocco D12", "Sirocco D30"), 2.0, ("Purge valve block",),
    ("wet air at the outlet", "purge valve stays open", "dew point alarm"),
)  # fmt: skip
KELDA = Family(
    "Kelda", "machine", ("Kelda C30", "Kelda C60"), 2.7, ("Circulation pump", "Inverter drive"),
    ("water too warm", "low refrigerant pressure", "pump seized", "drive fault F14",
     "ices up at night"),
)  # fmt: skip
VESPER = Family(
    "Vesper", "machine", ("Vesper V8", "Vesper V20"), 2.0, ("Vane set",),
    ("vacuum too weak", "loud and hot", "vane wear alarm"),
)  # fmt: skip
PILOT = Family(
    "Pilot", "software", ("Pilot 4", "Pilot 5"), 2.9, (),
    ("screen frozen", "setpoint not taken over", "wrong sequence after restart",
     "alarms not forwarded"),
)  # fmt: skip
LOOKOUT = Family(
    "Lookout", "software", ("Lookout Cloud", "Lookout Edge"), 2.3, (),
    ("no readings since the update", "report shows zero", "log-in refused", "alarm e-mails late"),
)  # fmt: skip

MACHINES = (BOREAL, SIROCCO, KELDA, VESPER)
FAMILIES = (STATION, *MACHINES, PILOT, LOOKOUT)

SCARCE_PART = "IB-220 inverter board"
"""The part that a customer waits longest for; nobody planned it."""
SCARCE_IN = ("Boreal", "Kelda")

QUESTIONS = (
    "how to set the weekly programme", "which oil for the winter", "copy of the inspection papers",
    "who may open the panel", "energy report for the audit", "training for new operators",
)  # fmt: skip
QUOTED = (
    "second machine for redundancy", "overhaul at 24,000 hours", "heat recovery retrofit",
    "longer cover hours", "software upgrade", "replacement of the oldest machine",
)  # fmt: skip
SAID = (
    "send the drawing of the pipework", "tell the night shift what to watch",
    "ask the planner about Thursday", "look at the second machine on the same visit",
    "send the photos of the worn part", "come back with the reason for the alarm",
    "leave a loan machine until Friday", "check the bill for the last visit",
)  # fmt: skip
