from __future__ import annotations

from jangteo.kernel.errors import Refused


class RegularsRefused(Refused):
    code = "regulars.refused"
