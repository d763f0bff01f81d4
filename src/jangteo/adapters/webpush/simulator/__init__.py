"""A practice push service for tests; `python -m jangteo.adapters.webpush.simulator` runs it."""

from jangteo.adapters.webpush.simulator.app import PushSimulator
from jangteo.adapters.webpush.simulator.phones import PracticePhone, Received

__all__ = ["PracticePhone", "PushSimulator", "Received"]
