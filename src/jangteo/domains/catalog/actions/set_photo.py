"""Which photo a good shows."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good, Photo
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def set_photo(*, market: Market, actor: Actor, good_id: int, name: str) -> Good:
    """Show the photo of this name, or the drawn picture again for "".

    Raises Good.DoesNotExist and Photo.DoesNotExist (also for another stall's).
    """
    good = Good.objects.select_for_update().get(pk=good_id)
    if name:
        # Held, so that it is not forgotten at this moment.
        Photo.objects.select_for_update().get(stall_id=good.stall_id, name=name)
    if good.photo == name:
        return good
    good.photo = name
    good.changed_at = clock.now()
    good.save(update_fields=["photo", "changed_at"])
    audit.record(actor, "good.photo_set" if name else "good.photo_taken_off", f"good:{good.pk}")
    live.publish([live.News(f"market:{market.pk}", "good", {"good": good.pk})])
    return good
