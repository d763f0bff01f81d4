from __future__ import annotations

from jangteo.kernel.errors import Refused


class EventsRefused(Refused):
    code = "events.refused"
