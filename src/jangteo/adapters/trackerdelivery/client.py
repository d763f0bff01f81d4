"""Where parcels are, through Delivery Tracker's API v2 (GraphQL): https://tracker.delivery/docs/tracking-api.

An API key is a client id and a secret (https://tracker.delivery/docs/authentication). Only ids and codes are taken
from its documentation; its own program has a licence of its own and is no part of this one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jangteo.adapters._wire import Answer, BadShape, Call, NoAnswer, Record, Wire, nothing
from jangteo.domains.carriers.ports import CarrierRejected, CarrierUnknown
from jangteo.domains.carriers.states import ParcelState, Sighting, Sign

TIMEOUT_S = 15.0
EVENTS = 50
PREFIX = "kr."
QUERY = (
    "query Track($carrierId: ID!, $trackingNumber: String!, $last: Int!)"
    " { track(carrierId: $carrierId, trackingNumber: $trackingNumber)"
    " { events(last: $last) { edges { node { time status { code } location { name } } } } } }"
)
CODES: Mapping[str, str] = {
    "INFORMATION_RECEIVED": ParcelState.ANNOUNCED,
    "AT_PICKUP": ParcelState.TAKEN,
    "IN_TRANSIT": ParcelState.MOVING,
    "OUT_FOR_DELIVERY": ParcelState.OUT,
    "AVAILABLE_FOR_PICKUP": ParcelState.WAITING,
    "DELIVERED": ParcelState.DELIVERED,
    "ATTEMPT_FAIL": Sign.FAILED_DOOR,
    "EXCEPTION": Sign.TROUBLE,
}
NOT_SEEN_YET = "NOT_FOUND"
FINAL = frozenset({"BAD_REQUEST", "UNAUTHENTICATED", "FORBIDDEN"})


class DeliveryTracker:
    """One key. Safe to share between threads."""

    name = "trackerdelivery"

    def __init__(
        self,
        *,
        base_url: str,
        client_id: str,
        client_secret: str,
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._wire = Wire(base_url=base_url.rstrip("/"), timeout_s=timeout_s, before_call=before_call)
        self._headers = {"Authorization": f"TRACKQL-API-KEY {client_id}:{client_secret}"}

    def track(self, *, carrier: str, number: str) -> tuple[Sighting, ...]:
        variables = {"carrierId": f"{PREFIX}{carrier}", "trackingNumber": number, "last": EVENTS}
        call = Call("tracker track", "POST", "/graphql", self._headers, body={"query": QUERY, "variables": variables})
        try:
            return _sightings(self._wire.call(call))
        except NoAnswer as broken:
            raise CarrierUnknown(str(broken)) from None
        except BadShape as wrong:
            raise CarrierUnknown(f"unreadable answer: {wrong}") from None

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()


def _sightings(answer: Answer) -> tuple[Sighting, ...]:
    """Raises CarrierRejected, CarrierUnknown and BadShape."""
    if not isinstance(answer.body, dict):
        raise CarrierUnknown(f"HTTP {answer.status}")
    document = Record(answer.body, "answer")
    errors = document.records("errors")
    if errors:
        extensions = errors[0].record_or_none("extensions")
        code = extensions.text_or_none("code", longest=60) if extensions else None
        if code == NOT_SEEN_YET:
            return ()
        if code in FINAL:
            raise CarrierRejected(code)
        raise CarrierUnknown(code or f"HTTP {answer.status}")
    if answer.status != 200:
        raise CarrierUnknown(f"HTTP {answer.status}")
    track = document.record("data").record_or_none("track")
    edges = track.record("events").records("edges") if track else []
    return tuple(one for one in map(_sighting, edges) if one is not None)


def _sighting(edge: Record) -> Sighting | None:
    """None for an event without a time, or of a code that says nothing."""
    node = edge.record("node")
    at, what = node.moment_or_none("time"), CODES.get(node.record("status").text("code", longest=40))
    if at is None or what is None:
        return None
    place = node.record_or_none("location")
    return Sighting(at, what, (place.text_or_none("name", longest=200) or "")[:40] if place else "")
