"""How many hours a contract will lose in a year, and the risk that they exceed what it allows."""

from wellkept.methods.contract_hours.law import HoursLaw, doubt, hours_law
from wellkept.methods.contract_hours.play import Causes, Played, play

__all__ = ["Causes", "HoursLaw", "Played", "doubt", "hours_law", "play"]
