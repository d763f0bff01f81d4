"""Runs the practice Naver Pay: `python -m jangteo.adapters.naverpay.simulator --port 8104`."""

from __future__ import annotations

import argparse
import sys

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.naverpay.simulator.app import NaverPaySimulator


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="jangteo.adapters.naverpay.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to bind; 0.0.0.0 lets phones in the network in")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public-url", default="", help="address that browsers use, when it is another one")
    parser.add_argument("--seed", type=int, default=None, help="makes numbers and faults repeat from run to run")
    given = parser.parse_args()
    simulator = NaverPaySimulator(
        server=SimulatorServer(host=given.host, port=given.port, public_url=given.public_url), seed=given.seed
    )
    sys.stdout.write(f"{simulator.server.public_url}\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
