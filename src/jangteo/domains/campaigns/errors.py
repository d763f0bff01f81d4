from __future__ import annotations

from jangteo.kernel.errors import Refused


class CampaignsRefused(Refused):
    code = "campaigns.refused"
