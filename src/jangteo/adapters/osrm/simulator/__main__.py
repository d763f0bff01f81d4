"""Runs the practice map server: `python -m jangteo.adapters.osrm.simulator --port 8107`."""

from __future__ import annotations

import argparse
import sys

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.osrm.simulator.app import OsrmSimulator


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="jangteo.adapters.osrm.simulator", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seed", type=int, default=None, help="makes faults repeat from run to run")
    given = parser.parse_args()
    simulator = OsrmSimulator(server=SimulatorServer(port=given.port), seed=given.seed)
    sys.stdout.write(f"{simulator.url}\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
