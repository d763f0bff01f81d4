from __future__ import annotations

from jangteo.kernel.errors import Refused


class CallsRefused(Refused):
    code = "calls.refused"


class ConsentMissing(CallsRefused):
    """Nobody has said that the order was read out and agreed to."""

    code = "calls.consent_missing"


class TakerMissing(CallsRefused):
    """Nobody says who took the call. Facts: most."""

    code = "calls.taker_missing"


class NoTexts(CallsRefused):
    """This installation sends no texts."""

    code = "calls.no_texts"


class NoLink(CallsRefused):
    """The order was paid or ended, so there is nothing to send a link for."""

    code = "calls.no_link"
