"""Ports and addresses of this machine."""

from __future__ import annotations

import socket
from collections.abc import Collection

_NEXT = 100


def is_free(host: str, port: int) -> bool:
    """True when a server may listen on the port right now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def next_free(host: str, port: int, taken: Collection[int | None] = ()) -> int | None:
    """The first free port from `port` on that is not in `taken`, None when there is none among the next hundred."""
    candidates = (number for number in range(port, min(port + _NEXT, 65536)) if number not in taken)
    return next((number for number in candidates if is_free(host, number)), None)


def in_the_local_network() -> str | None:
    """The IPv4 address that phones in the same network reach this machine by; None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Sends nothing: connecting a datagram socket only asks the routing table, here for a documentation address.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith("127.") else address
