"""The practice map server: OSRM's table service over real HTTP, with a street grid for a map.

Streets run north-south and east-west, so that a way is as long as both legs together, and leaving a street takes a
little time: no two answers are those of a straight line.
"""

from __future__ import annotations

import re
from math import cos, radians

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply

MOST_PLACES = 100
METRES_PER_DEGREE = 111_195.0
METRES_PER_SECOND = 4.5
FAULTS = {"table": ("no_way", "server_error", "garbage", "too_big", "wrong_shape", "timeout")}
HANG_S = 90.0
_TABLE = re.compile(r"/table/v1/(driving|cycling|foot)/([0-9.,;-]+)")
_PLACE = re.compile(r"(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)")
_REFUSED = {
    "server_error": Reply(502, b"Bad Gateway", "text/plain"),
    "garbage": Reply(200, b"<html>", "text/html"),
    "too_big": json_reply({"code": "TooBig", "message": "Too many table coordinates"}, 400),
}


class OsrmSimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong."""

    def __init__(self, *, server: SimulatorServer | None = None, seed: int | None = None) -> None:
        super().__init__(server or SimulatorServer())
        self.dial = Dial(FAULTS, seed)
        self.calls = 0

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        found = _TABLE.fullmatch(request.path.replace("%3B", ";").replace("%2C", ","))
        if request.method != "GET" or found is None:
            return json_reply({"code": "InvalidUrl", "message": "URL string malformed"}, 400)
        self.calls += 1
        fault = self.dial.take("table")
        if fault in _REFUSED:
            return _REFUSED[fault]
        if fault == "timeout":
            self.server.pause(HANG_S)
            return Reply(hang_up=True)
        return _table(found[2], request.query, fault)


def _table(written: str, query: object, fault: str | None) -> Reply:
    places = [_PLACE.fullmatch(one) for one in written.split(";")]
    spots = [(float(one[1]), float(one[2])) for one in places if one]
    asked = query if isinstance(query, dict) else {}
    if len(spots) != len(places) or len(spots) < 2:
        return json_reply({"code": "InvalidQuery", "message": "Query string malformed"}, 400)
    if len(spots) > MOST_PLACES:
        return _REFUSED["too_big"]
    sources, destinations = (_numbers(asked.get(name, "all"), len(spots)) for name in ("sources", "destinations"))
    if not sources or not destinations:
        return json_reply({"code": "InvalidOptions", "message": "Index out of bounds"}, 400)
    metres: list[list[float | None]] = [
        [_metres(spots[here], spots[there]) for there in destinations] for here in sources
    ]
    seconds = [[_seconds(one) for one in row] for row in metres]
    if fault == "no_way":
        metres[0][-1] = seconds[0][-1] = None
    if fault == "wrong_shape":
        metres = metres[:-1]
    wanted = set(asked.get("annotations", "duration").split(","))
    tables = {"distances": metres} if "distance" in wanted else {}
    tables |= {"durations": seconds} if "duration" in wanted else {}
    return json_reply({"code": "Ok", **tables})


def _numbers(written: str, size: int) -> list[int]:
    """The chosen places; nothing where one of them is not there."""
    if written == "all":
        return list(range(size))
    words = written.split(";")
    if not all(word.isdecimal() and int(word) < size for word in words):
        return []
    return [int(word) for word in words]


def _metres(here: tuple[float, float], there: tuple[float, float]) -> float:
    (lng, lat), (other_lng, other_lat) = here, there
    east = abs(lng - other_lng) * METRES_PER_DEGREE * cos(radians((lat + other_lat) / 2))
    return round(east + abs(lat - other_lat) * METRES_PER_DEGREE, 1)


def _seconds(metres: float | None) -> float | None:
    return None if metres is None else round(metres / METRES_PER_SECOND + (3.5 if metres else 0.0), 1)
