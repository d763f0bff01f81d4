"""What a kiosk keeps of its market for a day without a network: kinds, stalls and goods, with a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import override

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import next_price_end, shown_goods
from jangteo.domains.devices.models import Screen
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import StreetOfStalls, kinds_in_order, streets_of_stalls
from jangteo.domains.stamps.queries import stalls_that_stamp
from jangteo.domains.stock.queries import left_of
from jangteo.faces._parts.photos import photo_url
from jangteo.faces._parts.soon import Soon, soon
from jangteo.faces.kiosk.tenders import tenders_here, vouchers_of

Row = dict[str, object]
MOST_NEWS = 3


def catalogue_of(market: Market, screen: Screen) -> Row:
    """{"version", "market", "screen", "tenders", "map", "kinds", "stalls", "goods", "news",
    "prices_end_at"}.

    Of the market in scope; goods by liking, the sold-out ones too. `version` is 16 hex digits that change with anything
    in it. A good's `left` is null where nobody counts it. At `prices_end_at` prices end without any news of it.
    """
    goods = list(shown_goods().order_by("-rank", "pk"))
    left = left_of([good.pk for good in goods])
    sold = {good.kind_id for good in goods}
    streets, ends_at = streets_of_stalls(), next_price_end()
    stamping = stalls_that_stamp()
    whole: Row = {
        "market": {"name": market.name, "phone": market.phone},
        "screen": {"name": screen.name, "place": screen.place},
        "tenders": tenders_here(stall for row in streets for stall in row.stalls),
        "map": [_street(row) for row in streets],
        "kinds": [
            {"id": kind.pk, "name": kind.name, "en": kind.name_en} for kind in kinds_in_order() if kind.pk in sold
        ],
        "stalls": [_stall(stall, stamping) for row in streets for stall in row.stalls],
        "goods": [_good(good, left.get(good.pk)) for good in goods],
        "news": [_news(one) for one in soon(MOST_NEWS)],
        "prices_end_at": None if ends_at is None else ends_at.isoformat(),
    }
    written = json.dumps(whole, sort_keys=True, ensure_ascii=False)
    return {"version": hashlib.sha256(written.encode()).hexdigest()[:16], **whole}


def _street(row: StreetOfStalls) -> Row:
    """Stalls from the gate on, odd slots on the left of the aisle and even ones on the right."""
    return {
        "id": row.street.pk,
        "name": row.street.name,
        "en": row.street.name_en,
        "colour": row.street.colour,
        "left": [stall.pk for stall in row.stalls if stall.slot % 2],
        "right": [stall.pk for stall in row.stalls if not stall.slot % 2],
    }


def _stall(stall: Stall, stamping: Collection[int | None]) -> Row:
    street: Row = {"street": stall.street.name, "street_en": stall.street.name_en, "slot": stall.slot}
    known = {"id": stall.pk, "code": stall.code, "name": stall.name, "kind": stall.kind_id, **street}
    takes, stamps = [code.value for code in vouchers_of(stall)], None in stamping or stall.pk in stamping
    return {**known, "open": stall.door == Stall.Door.OPEN, "takes": takes, "stamps": stamps}


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


def _news(one: Soon) -> Row:
    """A line about what goes on, in both languages: a kiosk has no network to ask for the other."""
    words = {}
    for language in ("ko", "en"):
        with override(language):
            words[language] = one.words
    return {"name": words["ko"], "en": words["en"], "ends_at": one.ends_at.isoformat()}


def _image(good: Good) -> str:
    """The address of its photo or drawing, "" without either."""
    if good.photo:
        return photo_url(good.photo, "small")
    try:
        return staticfiles_storage.url(f"goods/{good.picture}.webp")
    except ValueError:
        return ""
