"""Somebody says yes or no to advertising."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.campaigns.actions.owe_notice import owe_notice
from jangteo.domains.campaigns.kinds import Channel, Move, Purpose
from jangteo.domains.campaigns.models import Consent, Notice
from jangteo.domains.campaigns.queries_people import said_by
from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

RESULT_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Word:
    """What is said: about which channels and purposes, where, and under which words it was asked."""

    move: Move
    about: Collection[tuple[Channel, Purpose]]
    place: str
    wording: str = ""


@action
def say_consent(*, market: Market, actor: Actor, user_id: int, word: Word) -> list[tuple[Channel, Purpose]]:
    """Write it down, once for each that changes, and owe the person the answer within 14 days. What has changed.

    A yes again is written down again, because its two years begin anew. Who says no to advertising has said no to it
    at night as well. Raises User.DoesNotExist.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    before = said_by([user_id]).get(user_id, {})
    about = set(word.about)
    if word.move is Move.WITHDRAWN:
        about |= {(channel, Purpose.AD_NIGHT) for channel, purpose in about if purpose is Purpose.AD}
        about = {one for one in about if one not in before or before[one].given}
    changed = sorted(about)
    Consent.objects.bulk_create(
        Consent(
            market=market,
            user=user,
            channel=channel,
            purpose=purpose,
            move=word.move,
            at=clock.now(),
            place=word.place,
            wording=word.wording,
            actor_ref=actor.ref,
        )
        for channel, purpose in changed
    )
    if changed:
        owe_notice(market=market, user_id=user_id, kind=Notice.Kind.RESULT, about=word.move, within=RESULT_WITHIN)
        code = "consent.given" if word.move is Move.GIVEN else "consent.withdrawn"
        audit.record(actor, code, f"user:{user_id}", count=len(changed))
    return changed
