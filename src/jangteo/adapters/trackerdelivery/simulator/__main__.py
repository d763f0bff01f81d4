"""Runs the practice tracker: `python -m jangteo.adapters.trackerdelivery.simulator --port 8108`."""

from __future__ import annotations

import argparse
import sys

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.trackerdelivery.simulator.app import PracticeKey, TrackerSimulator


def main() -> None:
    """Serve until interrupted."""
    key = PracticeKey()
    parser = argparse.ArgumentParser(prog="jangteo.adapters.trackerdelivery.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seed", type=int, default=None, help="makes faults repeat from run to run")
    parser.add_argument("--client-id", default=key.client_id)
    parser.add_argument("--client-secret", default=key.client_secret)
    given = parser.parse_args()
    simulator = TrackerSimulator(
        key=PracticeKey(given.client_id, given.client_secret),
        server=SimulatorServer(host=given.host, port=given.port),
        seed=given.seed,
    )
    sys.stdout.write(f"{simulator.url}\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
