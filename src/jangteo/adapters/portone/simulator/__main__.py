"""Runs the practice gateway: `python -m jangteo.adapters.portone.simulator --port 8102`."""

from __future__ import annotations

import argparse
import sys

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.portone.simulator.app import PortOneSimulator
from jangteo.adapters.portone.simulator.store import PracticeStore


def main() -> None:
    """Serve until interrupted."""
    store = PracticeStore()
    parser = argparse.ArgumentParser(prog="jangteo.adapters.portone.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to bind; 0.0.0.0 lets phones in the network in")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public-url", default="", help="address that browsers use, when it is another one")
    parser.add_argument("--seed", type=int, default=None, help="makes ids and faults repeat from run to run")
    parser.add_argument("--webhook-url", default="", help="where webhooks go; empty sends none")
    parser.add_argument("--webhook-secret", default=store.webhook_secret)
    parser.add_argument("--api-secret", default=store.api_secret)
    parser.add_argument("--store-id", default=store.store_id)
    parser.add_argument("--channel-key", default=store.channel_key)
    given = parser.parse_args()
    simulator = PortOneSimulator(
        store=PracticeStore(
            given.store_id, given.channel_key, given.api_secret, given.webhook_secret, given.webhook_url
        ),
        server=SimulatorServer(host=given.host, port=given.port, public_url=given.public_url),
        seed=given.seed,
    )
    sys.stdout.write(f"{simulator.server.public_url}\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
