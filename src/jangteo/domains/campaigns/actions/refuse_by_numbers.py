"""Refusals that came by telephone or as an answer to a text: a list of numbers."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.campaigns.actions.owe_notice import owe_notice
from jangteo.domains.campaigns.actions.say_consent import RESULT_WITHIN
from jangteo.domains.campaigns.errors import NotWhilePractising
from jangteo.domains.campaigns.kinds import Channel, Move, Purpose
from jangteo.domains.campaigns.models import Consent, Notice
from jangteo.domains.campaigns.queries_people import said_by
from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# A number that asks for no more means no more by any way that uses the number.
BY_NUMBER = (Channel.ALIMTALK, Channel.SMS)


@action
def refuse_by_numbers(*, market: Market, actor: Actor, numbers: Sequence[str], place: str) -> int:
    """Write a withdrawal for everybody behind these numbers (digits only). How many people.

    A number that nobody here has becomes an account, so that the refusal is known when its person comes. Raises
    NotWhilePractising in a copy: an account is a real person's.
    """
    if market.is_practice:
        raise NotWhilePractising
    wanted = sorted(set(numbers))
    User.objects.bulk_create([User(phone=phone, joined_at=clock.now()) for phone in wanted], ignore_conflicts=True)
    users = list(User.objects.select_for_update(no_key=True).filter(phone__in=wanted).order_by("pk"))
    said = said_by([user.pk for user in users])
    rows = [
        Consent(
            market=market,
            user=user,
            channel=channel,
            purpose=purpose,
            move=Move.WITHDRAWN,
            at=clock.now(),
            place=place,
            actor_ref=actor.ref,
        )
        for user in users
        for channel in BY_NUMBER
        for purpose in Purpose
        if (known := said.get(user.pk, {}).get((channel, purpose))) is None or known.given
    ]
    Consent.objects.bulk_create(rows)
    for user_id in sorted({row.user_id for row in rows}):
        owe_notice(market=market, user_id=user_id, kind=Notice.Kind.RESULT, about=Move.WITHDRAWN, within=RESULT_WITHIN)
    audit.record(actor, "consent.refused_by_number", f"market:{market.pk}", count=len(users))
    return len(users)
