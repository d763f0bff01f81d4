"""Runs the practice courier company: `python -m jangteo.adapters.kakaot.simulator --port 8107`."""

from __future__ import annotations

import argparse
import sys

from jangteo.adapters._simulator.server import SimulatorServer
from jangteo.adapters.kakaot.signature import Scheme
from jangteo.adapters.kakaot.simulator.app import KakaoTSimulator, PracticeVendor


def main() -> None:
    """Serve until interrupted."""
    vendor = PracticeVendor()
    parser = argparse.ArgumentParser(prog="jangteo.adapters.kakaot.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--callback-url", default="", help="…/hooks/kakaot/quick of the installation")
    parser.add_argument("--seed", type=int, default=None, help="makes faults repeat from run to run")
    parser.add_argument("--vendor", default=vendor.vendor)
    parser.add_argument("--api-key", default=vendor.api_key)
    parser.add_argument("--scheme", default=vendor.scheme.value, choices=[one.value for one in Scheme])
    given = parser.parse_args()
    simulator = KakaoTSimulator(
        vendor=PracticeVendor(given.vendor, given.api_key, Scheme(given.scheme)),
        callback_url=given.callback_url,
        server=SimulatorServer(host=given.host, port=given.port),
        seed=given.seed,
    )
    sys.stdout.write(f"{simulator.url}\n")
    sys.stdout.flush()
    simulator.serve()


if __name__ == "__main__":
    main()
