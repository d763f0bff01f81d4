"""The gateways that pay stalls out, handed over by the project at start."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.payments.payouts_port import PayoutGateway
from jangteo.kernel.tenancy import in_practice

_set_up: dict[str, PayoutGateway] = {}


def use(gateways: Mapping[str, PayoutGateway]) -> None:
    """Replace the configured gateways; the first of them is the one that new pay-outs go through."""
    _set_up.clear()
    _set_up.update(gateways)


def by_name(name: str) -> PayoutGateway | None:
    """The gateway, or None where it is not set up, and always None where people practise."""
    return None if in_practice() else _set_up.get(name)


def chosen() -> str:
    """The name of the gateway that new pay-outs go through, "" where none is set up or people practise."""
    return "" if in_practice() else next(iter(_set_up), "")
