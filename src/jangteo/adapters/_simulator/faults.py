"""The dial for faults: what goes wrong at the next call, or how often something goes wrong."""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Mapping, Sequence

from jangteo.adapters._simulator.server import Reply, Request, json_reply
from jangteo.adapters._wire import BadShape, decoded

DIAL_PATH = "/_dial"
BASIS_POINTS = 10_000


class Dial:
    """Decides which fault, if any, a call meets. One seed gives one course of faults.

    `kinds` names the calls and the faults each can meet. A queued fault (`next_up`) comes first, in order;
    otherwise a draw against the rates, in basis points per call.
    """

    def __init__(self, kinds: Mapping[str, Sequence[str]], seed: int | None = None) -> None:
        self._kinds = kinds
        self._lock = threading.Lock()
        self._chance = random.Random(seed)  # noqa: S311 - must repeat with a seed; nothing secret hangs on it
        self._queues: dict[str, deque[str]] = {kind: deque() for kind in kinds}
        self._rates: dict[str, dict[str, int]] = {kind: {} for kind in kinds}
        self.slow_ms = 1_000
        self.late_ms = 60_000

    def next_up(self, kind: str, *faults: str) -> None:
        """Queue faults for the coming calls of a kind. Raises BadShape for an unknown kind or fault."""
        for fault in faults:
            self._check(kind, fault)
        with self._lock:
            self._queues[kind].extend(faults)

    def rate(self, kind: str, fault: str, basis_points: int) -> None:
        """Let a fault happen in so many of 10,000 calls of a kind."""
        self._check(kind, fault)
        with self._lock:
            rates = self._rates[kind] | {fault: basis_points}
            if basis_points < 0 or sum(rates.values()) > BASIS_POINTS:
                raise BadShape(f"the rates of {kind} are not within 0 and {BASIS_POINTS}")
            self._rates[kind] = rates

    def take(self, kind: str) -> str | None:
        """The fault that this call meets."""
        with self._lock:
            if self._queues[kind]:
                return self._queues[kind].popleft()
            draw = self._chance.randrange(BASIS_POINTS)
            for fault, basis_points in self._rates[kind].items():
                draw -= basis_points
                if draw < 0:
                    return fault
            return None

    def reset(self, seed: int | None = None) -> None:
        """Forget every fault and start the draws again."""
        with self._lock:
            self._chance.seed(seed)
            for kind in self._kinds:
                self._queues[kind].clear()
                self._rates[kind] = {}

    def turn(self, order: object) -> None:
        """Apply a JSON order: {"reset": true, "seed": 7, "next": {kind: [fault]}, "rates": {kind: {fault: n}},
        "slow_ms": n, "late_ms": n}. Every part may be left out. Raises BadShape.
        """
        if not isinstance(order, dict):
            raise BadShape("the order is not an object")
        if order.get("reset") is True:
            seed = order.get("seed")
            self.reset(seed if isinstance(seed, int) else None)
        for kind, faults in _object(order, "next").items():
            if not isinstance(faults, list):
                raise BadShape(f"next {kind} is not a list")
            self.next_up(kind, *(str(fault) for fault in faults))
        for kind, rates in _object(order, "rates").items():
            for fault, basis_points in _object({kind: rates}, kind).items():
                self.rate(kind, fault, _number(fault, basis_points))
        if "slow_ms" in order:
            self.slow_ms = _number("slow_ms", order["slow_ms"])
        if "late_ms" in order:
            self.late_ms = _number("late_ms", order["late_ms"])

    def answer(self, request: Request) -> Reply:
        """The control page: GET tells how the dial stands, POST turns it. For programs on this machine only."""
        if not request.from_this_machine:
            return json_reply({"error": "only from this machine"}, 403)
        if request.method == "POST":
            try:
                self.turn(decoded(request.body))
            except BadShape as wrong:
                return json_reply({"error": str(wrong)}, 400)
        return json_reply(self.as_json())

    def as_json(self) -> dict[str, object]:
        """How the dial stands, and what it could be turned to."""
        with self._lock:
            return {
                "faults": {kind: list(faults) for kind, faults in self._kinds.items()},
                "next": {kind: list(queue) for kind, queue in self._queues.items() if queue},
                "rates": {kind: dict(rates) for kind, rates in self._rates.items() if rates},
                "slow_ms": self.slow_ms,
                "late_ms": self.late_ms,
            }

    def _check(self, kind: str, fault: str) -> None:
        if fault not in self._kinds.get(kind, ()):
            raise BadShape(f"no fault {fault!r} for calls of the kind {kind!r}")


def _object(order: Mapping[str, object], name: str) -> dict[str, object]:
    value = order.get(name, {})
    if not isinstance(value, dict):
        raise BadShape(f"{name} is not an object")
    return value


def _number(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadShape(f"{name} is not a whole number of 0 or more")
    return value
