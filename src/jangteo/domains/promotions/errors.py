from __future__ import annotations

from jangteo.kernel.errors import Refused


class PromotionsRefused(Refused):
    code = "promotions.refused"
