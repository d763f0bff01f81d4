"""A practice map server for tests; `python -m jangteo.adapters.osrm.simulator` runs it."""

from jangteo.adapters.osrm.simulator.app import OsrmSimulator

__all__ = ["OsrmSimulator"]
