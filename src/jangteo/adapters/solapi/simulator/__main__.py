"""Runs the practice sender: `python -m jangteo.adapters.solapi.simulator --port 8102`."""

from __future__ import annotations

import argparse
import sys

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.solapi.simulator.app import SolapiSimulator
from jangteo.adapters.solapi.simulator.texts import PracticeAccount


def main() -> None:
    """Serve until interrupted."""
    account = PracticeAccount()
    parser = argparse.ArgumentParser(prog="jangteo.adapters.solapi.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to bind; 0.0.0.0 lets phones in the network in")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public-url", default="", help="address that browsers use, when it is another one")
    parser.add_argument("--seed", type=int, default=None, help="makes faults repeat from run to run")
    parser.add_argument("--api-key", default=account.api_key)
    parser.add_argument("--api-secret", default=account.api_secret)
    parser.add_argument("--sender", default=account.sender, help="the registered sender number")
    given = parser.parse_args()
    simulator = SolapiSimulator(
        account=PracticeAccount(given.api_key, given.api_secret, given.sender),
        server=SimulatorServer(host=given.host, port=given.port, public_url=given.public_url),
        seed=given.seed,
    )
    sys.stdout.write(f"{simulator.server.public_url}/inbox\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
