from __future__ import annotations

from jangteo.kernel.errors import Refused


class RebatesRefused(Refused):
    code = "rebates.refused"
