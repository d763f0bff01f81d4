"""What a kiosk keeps of its market for a day without a network: kinds, stalls and goods, with a version."""

from __future__ import annotations

import hashlib
import json

from django.contrib.staticfiles.storage import staticfiles_storage

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import shown_goods
from jangteo.domains.markets.models import Stall
from jangteo.domains.markets.queries import kinds_in_order, streets_of_stalls
from jangteo.domains.stock.queries import left_of
from jangteo.faces._parts.photos import photo_url

Row = dict[str, object]


def catalogue() -> Row:
    """{"version", "kinds", "stalls", "goods"} of the market in scope; goods by liking, the sold-out ones too.

    `version` is 16 hex digits that change with anything in it. A good's `left` is null where nobody counts it.
    """
    goods = list(shown_goods().order_by("-rank", "pk"))
    left = left_of([good.pk for good in goods])
    sold = {good.kind_id for good in goods}
    whole: Row = {
        "kinds": [
            {"id": kind.pk, "name": kind.name, "en": kind.name_en} for kind in kinds_in_order() if kind.pk in sold
        ],
        "stalls": [_stall(stall) for row in streets_of_stalls() for stall in row.stalls],
        "goods": [_good(good, left.get(good.pk)) for good in goods],
    }
    written = json.dumps(whole, sort_keys=True, ensure_ascii=False)
    return {"version": hashlib.sha256(written.encode()).hexdigest()[:16], **whole}


def _stall(stall: Stall) -> Row:
    street = {"street": stall.street.name, "street_en": stall.street.name_en, "slot": stall.slot}
    return {"id": stall.pk, "code": stall.code, "name": stall.name, "open": stall.door == Stall.Door.OPEN, **street}


def _good(good: Good, left: int | None) -> Row:
    return {
        "id": good.pk,
        "stall": good.stall_id,
        "kind": good.kind_id,
        "name": good.name,
        "en": good.name_en,
        "unit": good.unit,
        "origin": good.origin,
        "price_won": good.price_won,
        "price_grams": good.price_grams,
        "unit_grams": good.unit_grams,
        "asks_price": good.asks_price,
        "sold_out": good.state == Good.State.SOLD_OUT or left == 0,
        "left": left,
        "image": _image(good),
    }


def _image(good: Good) -> str:
    """The address of its photo or drawing, "" without either."""
    if good.photo:
        return photo_url(good.photo, "small")
    try:
        return staticfiles_storage.url(f"goods/{good.picture}.webp")
    except ValueError:
        return ""
