"""One market forgets a person."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.regulars.parts import PARTS
from jangteo.domains.regulars.privacy_models import Deletion, ForgottenHere
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.personal import Forgotten, Person
from jangteo.kernel.tenancy import whole_market


@action
def forget_here(*, market: Market, actor: Actor, deletion: Deletion, person: Person) -> bool:
    """Every domain's part in one transaction; once. False where the person has called it off meanwhile.

    The market where it was asked for comes first, and shuts the account: after it nobody comes in any more, and
    nothing can be called off.
    """
    user = User.objects.select_for_update().get(pk=deletion.user_id)
    if ForgottenHere.objects.filter(deletion=deletion).exists():
        return True
    if market.pk == deletion.market_id:
        if not Deletion.objects.filter(pk=deletion.pk, state=Deletion.State.ASKED).exists():
            return False
        user.is_active = False
        user.save(update_fields=["is_active"])
    with whole_market():
        topics = [_written(one) for part in PARTS for one in part.forget(person=person)]
    ForgottenHere.objects.create(market=market, deletion=deletion, topics=topics, at=clock.now())
    return True


def _written(one: Forgotten) -> dict[str, str | int | None]:
    latest = None if one.latest is None else one.latest.isoformat()
    return {"topic": one.topic, "gone": one.gone, "stays": one.stays, "latest": latest}
