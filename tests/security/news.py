"""A message to many that a stall has put off until tomorrow."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta

from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.letters import SolapiLetters
from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.actions.plan_campaign import Wanted, plan_campaign
from jangteo.domains.campaigns.actions.say_consent import Word, say_consent
from jangteo.domains.campaigns.kinds import Channel, Move, Purpose
from jangteo.domains.campaigns.ports import Senders
from jangteo.domains.campaigns.rules import next_morning
from jangteo.domains.counter.actions.record_till_sale import record_till_sale
from jangteo.domains.counter.told import ToldLine, ToldSale
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM


def campaign_of(market: Market, stall: Stall) -> int:
    """To one customer, who has agreed. Nobody is called: it waits."""
    phone, at = f"010{secrets.randbelow(10**8):08}", clock.now()
    told = ToldSale(stall.pk, "cash", (ToldLine(1_000, 1_000),), at, at, phone=phone)
    sale = record_till_sale(market=market, actor=SYSTEM, told=told, key=str(uuid.uuid4()))
    word = Word(Move.GIVEN, [(Channel.SMS, Purpose.AD)], "shop")
    say_consent(market=market, actor=SYSTEM, user_id=sale.customer_id or 0, word=word)
    sender = SolapiSender(base_url="http://127.0.0.1:9", api_key="k", api_secret="s", sender="0212345678")
    outside.use(Senders(letters=SolapiLetters(sender)))
    morning = next_morning(at) + timedelta(days=1)
    wanted = Wanted(str(uuid.uuid4()), "all", "오늘 두부가 좋아요.", stall.pk, send_at=morning)
    campaign = plan_campaign(market=market, actor=SYSTEM, wanted=wanted)
    outside.use(Senders())
    sender.close()
    return campaign.pk
