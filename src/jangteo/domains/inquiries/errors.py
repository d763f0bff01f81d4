from __future__ import annotations

from jangteo.kernel.errors import Refused


class InquiriesRefused(Refused):
    code = "inquiries.refused"
