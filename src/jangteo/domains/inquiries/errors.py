from __future__ import annotations

from jangteo.kernel.errors import Refused


class InquiriesRefused(Refused):
    code = "inquiries.refused"


class WordsMissing(InquiriesRefused):
    code = "inquiries.words_missing"


class WordsTooLong(InquiriesRefused):
    """Facts: have, most."""

    code = "inquiries.words_too_long"


class TooManyPhotos(InquiriesRefused):
    """Facts: most."""

    code = "inquiries.too_many_photos"


class BadSubject(InquiriesRefused):
    """About a stall, a good or an order that do not belong together."""

    code = "inquiries.bad_subject"


class NotHandedOver(InquiriesRefused):
    """Nothing of it is with the customer yet, so there is nothing to return."""

    code = "inquiries.not_handed_over"


class ClaimOpen(InquiriesRefused):
    """These goods are asked about already."""

    code = "inquiries.claim_open"


class InquiryOver(InquiriesRefused):
    """It was closed, or is decided already."""

    code = "inquiries.over"


class MayNotRefuse(InquiriesRefused):
    """The law gives the customer this money."""

    code = "inquiries.may_not_refuse"
