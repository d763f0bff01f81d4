"""Runs the practice push service: `python -m jangteo.adapters.webpush.simulator --port 8105`."""

from __future__ import annotations

import argparse
import sys

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.webpush.simulator.app import PushSimulator


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="jangteo.adapters.webpush.simulator", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seed", type=int, default=None, help="makes faults repeat from run to run")
    given = parser.parse_args()
    simulator = PushSimulator(server=SimulatorServer(port=given.port), seed=given.seed)
    sys.stdout.write(f"{simulator.url}\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
