"""A customer's browser takes news."""

from __future__ import annotations

from jangteo.domains.campaigns.models import CustomerPush
from jangteo.domains.markets.models import Market
from jangteo.domains.people import push_senders
from jangteo.domains.people.errors import NoSuchPushService
from jangteo.domains.people.models import User
from jangteo.domains.people.push_port import PushTarget
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_BROWSERS = 5


@action
def keep_customer_push(*, market: Market, actor: Actor, user_id: int, target: PushTarget) -> None:
    """Write down where this browser is reached; it was whoever's before, it is this person's now.

    Of more than five browsers of one person the oldest are forgotten. Raises NoSuchPushService, User.DoesNotExist.
    """
    sender = push_senders.current()
    if sender is None or not sender.takes(target):
        raise NoSuchPushService
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    CustomerPush.objects.update_or_create(
        market=market,
        endpoint=target.endpoint,
        defaults={"user": user, "p256dh": target.p256dh, "auth": target.auth, "kept_at": clock.now()},
    )
    kept = CustomerPush.objects.filter(user=user).order_by("-kept_at", "-pk").values_list("pk", flat=True)
    CustomerPush.objects.filter(pk__in=list(kept[MOST_BROWSERS:])).delete()
    audit.record(actor, "news_push.on", f"user:{user.pk}")
