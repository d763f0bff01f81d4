"""A practice Toss Payments for demonstrations and tests; `python -m jangteo.adapters.toss.simulator` runs it."""

from jangteo.adapters.toss.simulator.app import PracticeShop, TossSimulator
from jangteo.adapters.toss.simulator.book import Order

__all__ = ["Order", "PracticeShop", "TossSimulator"]
