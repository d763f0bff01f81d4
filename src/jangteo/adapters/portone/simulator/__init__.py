"""A practice PortOne for demonstrations and tests; `python -m jangteo.adapters.portone.simulator` runs it."""

from jangteo.adapters.portone.simulator.app import PortOneSimulator
from jangteo.adapters.portone.simulator.book import Order
from jangteo.adapters.portone.simulator.settlements import PracticeSettlement
from jangteo.adapters.portone.simulator.store import PracticeStore

__all__ = ["Order", "PortOneSimulator", "PracticeSettlement", "PracticeStore"]
