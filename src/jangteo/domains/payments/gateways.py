"""The card gateways that are set up, handed over by the project at start."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.payments.ports import CardGateway

_gateways: dict[str, CardGateway] = {}


def use(gateways: Mapping[str, CardGateway]) -> None:
    """Replace the configured gateways."""
    _gateways.clear()
    _gateways.update(gateways)


def by_name(name: str) -> CardGateway | None:
    """The gateway, or None where it is not set up."""
    return _gateways.get(name)


def card_is_taken() -> bool:
    """True where customers can pay by card online."""
    return bool(_gateways)
