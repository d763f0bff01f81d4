"""What a kiosk's page has to know of its screen."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.devices.models import ScreenKind
from jangteo.domains.devices.queries import place_among
from jangteo.faces._parts.screens import AtScreen


@dataclass(frozen=True, slots=True)
class Standing:
    """`series` begins the numbers of its tickets: K1 for the market's first kiosk."""

    at: AtScreen

    @property
    def series(self) -> str:
        return f"{ScreenKind.KIOSK.value[0].upper()}{place_among(self.at.screen)}"

    @property
    def outbox(self) -> str:
        """The name of what is kept on the device: of the market, so that a screen paired anew sends it still."""
        return f"kiosk-{self.at.market.code}"

    @property
    def mm(self) -> str:
        """Pixels for a millimetre, "" before anybody has measured it."""
        measured = self.at.screen.setting.get("mm")
        if not isinstance(measured, int) or measured <= 0:
            return ""
        whole, rest = divmod(measured, 100)
        return f"{whole}.{rest:02}"
