"""A practice Solapi for demonstrations and tests; `python -m jangteo.adapters.solapi.simulator` runs it."""

from jangteo.adapters.solapi.simulator.app import SolapiSimulator
from jangteo.adapters.solapi.simulator.texts import PracticeAccount

__all__ = ["PracticeAccount", "SolapiSimulator"]
