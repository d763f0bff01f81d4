"""Single things that a stage is made of."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.domains.people.models import User
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from tests.world import World


def paid(placed: PlacedOrder) -> Snapshot:
    """The gateway has taken what was asked for."""
    return Snapshot(
        payment_key=f"key-{placed.ref}",
        order_ref=placed.ref,
        state=GatewayState.DONE,
        total_won=placed.pay_won,
        balance_won=placed.pay_won,
        method="카드",
        approved_at=clock.now(),
        receipt_url="",
        cancels=(),
    )


def session_of(user: User) -> str:
    """A live session of this person."""
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            return str(session.session_key)
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def put_up(world: World, stall: Stall, name: str, *, grams: int | None) -> Good:
    """Something for 1,000 won, by the piece or by so many grams."""
    new = NewGood(
        stall_id=stall.pk,
        kind_id=stall.kind_id,
        name=name,
        unit="1개",
        origin="국산",
        price_won=1_000,
        tax="exempt",
        picture="",
        price_grams=grams,
        unit_grams=grams and 4 * grams,
    )
    return put_up_good(market=world.market, actor=SYSTEM, new=new)
