"""The gateways that are set up, handed over by the project at start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from jangteo.domains.payments.ports import AccountGateway, CardGateway, PayBy, WindowGateway
from jangteo.domains.payments.redirect_port import RedirectGateway
from jangteo.kernel.tenancy import in_practice

CARD = "card"
VIRTUAL_ACCOUNT = "virtual_account"
LONGEST_DEPOSIT_HOURS = 24


@dataclass(frozen=True, slots=True)
class Way:
    """One way of paying online. `key` names it for ever: "card", "virtual_account", or the gateway's own name."""

    key: str
    gateway: str
    pay_by: PayBy


class _SetUp:
    def __init__(self) -> None:
        self.gateways: dict[str, CardGateway] = {}
        self.deposit_hours = LONGEST_DEPOSIT_HOURS


_set_up = _SetUp()
_play = _SetUp()


def _here() -> _SetUp:
    """What is set up for the market in scope: where people practise, no gateway is ever found."""
    return _play if in_practice() else _set_up


def use(gateways: Mapping[str, CardGateway], *, deposit_hours: int = LONGEST_DEPOSIT_HOURS) -> None:
    """Replace the configured gateways; where two can do the same, the first does it.

    A deposit is waited for, and its goods are kept, for `deposit_hours`; 0 offers no virtual accounts. Raises
    ValueError above 24: fresh goods cannot be kept longer.
    """
    if not 0 <= deposit_hours <= LONGEST_DEPOSIT_HOURS:
        raise ValueError(f"a deposit is waited for 0 to {LONGEST_DEPOSIT_HOURS} hours")
    _set_up.gateways = dict(gateways)
    _set_up.deposit_hours = deposit_hours


def use_in_practice(gateways: Mapping[str, CardGateway]) -> None:
    """Replace what stands in for gateways where people practise. They issue no accounts."""
    _play.gateways = dict(gateways)
    _play.deposit_hours = 0


@contextmanager
def only(gateways: Mapping[str, CardGateway]) -> Iterator[None]:
    """These and no others inside the block."""
    before = _set_up.gateways
    _set_up.gateways = dict(gateways)
    try:
        yield
    finally:
        _set_up.gateways = before


def by_name(name: str) -> CardGateway | None:
    """The gateway, or None where it is not set up."""
    return _here().gateways.get(name)


def deposit_hours() -> int:
    """How long a virtual account takes its deposit."""
    return _here().deposit_hours


def offered() -> tuple[Way, ...]:
    """The ways of paying online that the market can offer now, one for each key."""
    ways: dict[str, Way] = {}
    for gateway in _here().gateways.values():
        for way in _ways_of(gateway):
            ways.setdefault(way.key, way)
    return tuple(ways.values())


def way_of(key: str) -> Way | None:
    """The way under this key, None where it is not offered."""
    return next((way for way in offered() if way.key == key), None)


def way_key(gateway: str, pay_by: str) -> str:
    """The key of the way that a payment went, also when it is not offered any more."""
    if pay_by == PayBy.ACCOUNT:
        return VIRTUAL_ACCOUNT
    return gateway if isinstance(by_name(gateway), RedirectGateway) else CARD


def takes_by_itself(name: str) -> bool:
    """Whether money of this gateway moves in its window, so that it can come after we gave up."""
    gateway = by_name(name)
    return isinstance(gateway, WindowGateway) and gateway.takes_by_itself


def card_is_taken() -> bool:
    """True where customers can pay by card online."""
    return way_of(CARD) is not None


def _ways_of(gateway: CardGateway) -> Iterator[Way]:
    if isinstance(gateway, RedirectGateway):
        yield Way(gateway.name, gateway.name, PayBy.CARD)
    elif isinstance(gateway, WindowGateway):
        yield Way(CARD, gateway.name, PayBy.CARD)
    if isinstance(gateway, AccountGateway) and _here().deposit_hours:
        yield Way(VIRTUAL_ACCOUNT, gateway.name, PayBy.ACCOUNT)
