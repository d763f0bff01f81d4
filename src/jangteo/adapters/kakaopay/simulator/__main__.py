"""Runs the practice KakaoPay: `python -m jangteo.adapters.kakaopay.simulator --port 8103`."""

from __future__ import annotations

import argparse
import sys

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.kakaopay.simulator.app import KakaoPaySimulator, PracticeAccount


def main() -> None:
    """Serve until interrupted."""
    account = PracticeAccount()
    parser = argparse.ArgumentParser(prog="jangteo.adapters.kakaopay.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to bind; 0.0.0.0 lets phones in the network in")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public-url", default="", help="address that browsers use, when it is another one")
    parser.add_argument("--seed", type=int, default=None, help="makes numbers and faults repeat from run to run")
    parser.add_argument("--secret-key", default=account.secret_key)
    parser.add_argument("--cid", default=account.cid)
    given = parser.parse_args()
    simulator = KakaoPaySimulator(
        account=PracticeAccount(given.secret_key, given.cid),
        server=SimulatorServer(host=given.host, port=given.port, public_url=given.public_url),
        seed=given.seed,
    )
    sys.stdout.write(f"{simulator.server.public_url}\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
