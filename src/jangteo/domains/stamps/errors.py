from __future__ import annotations

from jangteo.kernel.errors import Refused


class StampsRefused(Refused):
    code = "stamps.refused"
