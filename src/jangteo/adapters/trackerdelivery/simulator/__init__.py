"""A practice tracker; `python -m jangteo.adapters.trackerdelivery.simulator` runs it."""

from jangteo.adapters.trackerdelivery.simulator.app import PracticeKey, TrackerSimulator

__all__ = ["PracticeKey", "TrackerSimulator"]
