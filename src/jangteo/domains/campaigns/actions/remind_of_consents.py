"""Consents that will soon be two years old: their people are reminded of them."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.campaigns.actions.owe_notice import owe_notice
from jangteo.domains.campaigns.kinds import Move
from jangteo.domains.campaigns.models import Consent, Notice
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

REMIND_AFTER = timedelta(days=700)
REMIND_WITHIN = timedelta(days=30)
AT_ONCE = 200


@action
def remind_of_consents(*, market: Market, actor: Actor) -> int:
    """Owe a reminder to everybody whose consent is 700 days old and who has none under way. How many."""
    moment = clock.now()
    last = Consent.objects.order_by("user_id", "channel", "purpose", "-id").distinct("user_id", "channel", "purpose")
    old = Consent.objects.filter(pk__in=last.values("pk"), at__lt=moment - REMIND_AFTER)
    under_way = Notice.objects.filter(kind=Notice.Kind.REMINDER, made_at__gt=moment - 2 * REMIND_WITHIN)
    old = old.exclude(move=Move.WITHDRAWN).exclude(user_id__in=under_way.values("user_id"))
    due = list(old.order_by("user_id").values_list("user_id", flat=True).distinct()[:AT_ONCE])
    for user_id in due:
        kind = Notice.Kind.REMINDER
        owe_notice(market=market, user_id=user_id, kind=kind, about=Move.CONFIRMED, within=REMIND_WITHIN)
    if due:
        audit.record(actor, "consent.reminded", f"market:{market.pk}", count=len(due))
    return len(due)
