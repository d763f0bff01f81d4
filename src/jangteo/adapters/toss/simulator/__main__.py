"""Runs the practice gateway: `python -m jangteo.adapters.toss.simulator --port 8101`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.toss.simulator.app import PracticeShop, TossSimulator
from jangteo.adapters.toss.simulator.memory import Memory


def main() -> None:
    """Serve until interrupted."""
    shop = PracticeShop()
    parser = argparse.ArgumentParser(prog="jangteo.adapters.toss.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to bind; 0.0.0.0 lets phones in the network in")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public-url", default="", help="address that browsers use, when it is another one")
    parser.add_argument("--seed", type=int, default=None, help="makes keys and faults repeat from run to run")
    parser.add_argument("--webhook-url", default="", help="where webhooks go; empty sends none")
    parser.add_argument("--payout-webhook-url", default="", help="where those about pay-outs go, when elsewhere")
    parser.add_argument("--secret-key", default=shop.secret_key)
    parser.add_argument("--client-key", default=shop.client_key)
    parser.add_argument("--security-key", default=shop.security_key, help="64 hexadecimal digits, for pay-outs")
    parser.add_argument("--memory", type=Path, default=None, help="file that payments are remembered in")
    given = parser.parse_args()
    simulator = TossSimulator(
        shop=PracticeShop(
            given.secret_key,
            given.client_key,
            given.webhook_url,
            security_key=given.security_key,
            payout_webhook_url=given.payout_webhook_url,
        ),
        server=SimulatorServer(host=given.host, port=given.port, public_url=given.public_url),
        seed=given.seed,
        memory=Memory(given.memory) if given.memory else None,
    )
    sys.stdout.write(f"{simulator.server.public_url}\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
