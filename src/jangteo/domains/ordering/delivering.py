"""A delivered order's fee: what was agreed, and how the stalls of the order share what they bear of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jangteo.domains.catalog.models import Good
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.errors import NoDelivery
from jangteo.domains.delivery.fees import Fee
from jangteo.domains.delivery.queries import fee_of
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.choosing import Chosen
from jangteo.domains.ordering.wanted import WantedLine, WantedOrder
from jangteo.kernel import clock
from jangteo.kernel.money import split_won


def agreed_fee(wanted: WantedOrder, chosen: Sequence[Chosen]) -> Fee | None:
    """The fee by today's table, None for an order that takes no seat in a wave. One statement.

    Raises FeeChanged where the customer was shown another, NoDelivery.
    """
    if wanted.wave_id is None:
        return None
    fee = fee_of(sum(one.facts.estimate_won for one in chosen), clock.now())
    if fee is None:
        raise NoDelivery
    if fee.customer_won != (wanted.fee_won or 0):
        raise errors.FeeChanged(fee_won=fee.customer_won)
    return fee


def fee_chosen(good: Good, fee: Fee) -> Chosen:
    """What the customer pays of the fee, as a line of the association's own stall."""
    good.price_won = fee.customer_won
    return Chosen(good, WantedLine(good.pk, 1))


def address_of(wanted: WantedOrder) -> Address:
    """Where the order goes: what was picked, else what was typed."""
    if wanted.place is None:
        return Address(wanted.address)
    return wanted.place if wanted.place.text else replace(wanted.place, text=wanted.address)


def stall_shares(stalls_won: int, goods_won: Mapping[int, int]) -> dict[int, int]:
    """What each stall bears, in proportion to its goods, by the largest remainder. The shares come to the whole."""
    stalls = sorted(goods_won)
    return dict(zip(stalls, split_won(stalls_won, [goods_won[stall] for stall in stalls]), strict=True))
