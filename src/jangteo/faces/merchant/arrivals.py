"""What was just put up, and what was put away again, with the way back beside it."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.faces.merchant.done import SAID_FOR, Done
from jangteo.kernel import clock


def done_with_arrival(stall_id: int, told: Mapping[str, str]) -> Done | None:
    """What happened to the good in the last minute. None for anything else, whatever the address says."""
    good_id = told.get("new") or told.get("away") or ""
    if not good_id:
        return None
    good = next((good for good in all_goods_of_stall(stall_id) if str(good.pk) == good_id), None)
    if good is None or clock.now() - good.changed_at > SAID_FOR:
        return None
    named = {"name": good.name}
    if good.state == Good.State.HIDDEN:
        back = (("state", str(Good.State.ON_SALE)),)
        return Done(_("%(name)s, 치워 뒀어요.") % named, reverse("merchant:sale", args=[good.pk]), back)
    return Done(_("%(name)s, 올렸어요. 지금부터 팔아요.") % named, reverse("merchant:put_away", args=[good.pk]))
