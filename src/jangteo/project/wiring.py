"""The only place that joins adapters to domains. Nothing outside is called unless its key is set."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.db import connection

from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.payments import gateways
from jangteo.domains.payments.ports import CardGateway
from jangteo.domains.people import senders
from jangteo.kernel.housekeeping import forget_old_rows
from jangteo.kernel.outbox.deliver import Handler
from jangteo.kernel.periodic import Job
from jangteo.project import environment


class NetworkInsideTransaction(RuntimeError):
    """A gateway was about to be called while a transaction was open."""


def refuse_inside_transaction() -> None:
    """Called before every outgoing request."""
    if connection.in_atomic_block:
        raise NetworkInsideTransaction


@cache
def card_gateways() -> dict[str, CardGateway]:
    """The configured gateways by name; empty where no card payment is set up."""
    secret = environment.text("JANGTEO_TOSS_SECRET_KEY")
    if not secret:
        return {}
    toss = TossGateway(
        base_url=environment.text("JANGTEO_TOSS_API_URL"),
        sdk_url=environment.text("JANGTEO_TOSS_SDK_URL"),
        secret_key=secret,
        client_key=environment.text("JANGTEO_TOSS_CLIENT_KEY"),
        before_call=refuse_inside_transaction,
    )
    return {toss.name: toss}


def handlers() -> dict[str, Handler]:
    """Outbox topics and who handles them."""
    card = CardEffects(card_gateways())
    return {"payment.confirm": card.confirm, "payment.refund": card.refund, "payment.hint": card.read_hint}


def jobs() -> list[Job]:
    """What comes round, and how often."""
    card = CardEffects(card_gateways())
    return [
        Job("payments.sweep", timedelta(seconds=20), card.sweep),
        Job("kernel.forget", timedelta(hours=1), forget_old_rows),
    ]


def wire() -> None:
    """Hand the configured adapters to the domains that asked for them."""
    gateways.use(card_gateways())
    key = environment.text("JANGTEO_SOLAPI_KEY")
    if key:
        senders.use(
            SolapiSender(
                base_url=environment.text("JANGTEO_SOLAPI_URL"),
                api_key=key,
                api_secret=environment.text("JANGTEO_SOLAPI_SECRET"),
                sender=environment.text("JANGTEO_SOLAPI_SENDER"),
                before_call=refuse_inside_transaction,
            )
        )
