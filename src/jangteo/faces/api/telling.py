"""Domain views put into the shapes that are answered. No validation round trip: the types are checked beforehand."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, time
from http import HTTPStatus
from typing import Literal, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.price_list import GoodRow
from jangteo.domains.catalog.queries import KindCount
from jangteo.domains.delivery.loads import Offer, Offers
from jangteo.domains.delivery.models import Place, Promise
from jangteo.domains.markets.calendar import cycle_from_json, is_market_day, is_trading_day, next_market_days
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import hours_now
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.queries import LineView, OrderView, PartView
from jangteo.domains.ordering.rules import default_ceiling, line_amount
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.gateways import CARD, way_key
from jangteo.domains.payments.models import Payment
from jangteo.faces._parts.words.errors import why_words
from jangteo.faces.api import shapes
from jangteo.kernel import clock

MARKET_DAYS_AHEAD = 3


def told(body: object, status: HTTPStatus = HTTPStatus.OK, headers: dict[str, str] | None = None) -> HttpResponse:
    """A JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, "application/json", status, headers=headers)


def moment(value: datetime) -> str:
    """ISO 8601 in Korean time with its offset, whole seconds."""
    return value.astimezone(clock.KST).isoformat(timespec="seconds")


def hour(value: time) -> str:
    return value.isoformat(timespec="minutes")


def market_shape(market: Market, now: datetime) -> shapes.MarketShape:
    hours = hours_now(market, now)
    return {
        "slug": str(market.slug),
        "name": market.name,
        "slogan": market.slogan,
        "address": market.address_road or market.address_lot,
        "latitude": None if market.latitude is None else float(market.latitude),
        "longitude": None if market.longitude is None else float(market.longitude),
        "opens_at": hour(market.opens_at),
        "closes_at": hour(market.closes_at),
        "is_open": hours.is_open,
        "opens_next_at": None if hours.opens_next is None else moment(hours.opens_next),
    }


def market_detail_shape(
    market: Market, now: datetime, kinds: Collection[KindCount], ways: Sequence[str]
) -> shapes.MarketDetailShape:
    return {
        **market_shape(market, now),
        "phone": market.phone,
        "rhythm": market.cycle_text,
        "today": _today_shape(market, now),
        "kinds": [{"key": k.key, "name": k.name, "name_en": k.name_en, "goods": k.goods} for k in kinds],
        "takes_card": CARD in ways,
        "ways": [*ways],
    }


def _today_shape(market: Market, now: datetime) -> shapes.TodayShape:
    day = now.astimezone(clock.KST).date()
    cycle = cycle_from_json(market.cycle)
    return {
        "day": day.isoformat(),
        "is_trading_day": None if cycle is None else is_trading_day(cycle, day),
        "is_market_day": None if cycle is None else is_market_day(cycle, day),
        "next_market_days": []
        if cycle is None
        else [d.isoformat() for d in next_market_days(cycle, day, MARKET_DAYS_AHEAD)],
    }


def stall_shape(stall: Stall) -> shapes.StallShape:
    return {
        **stall_brief_shape(stall),
        "kind": stall.kind.key,
        "street": stall.street.name,
        "slot": stall.slot,
        "intro": stall.intro,
        "since": stall.since,
        "opens_at": hour(stall.opens_at),
        "closes_at": hour(stall.closes_at),
        "takes_card": stall.takes_card,
        "takes_onnuri": stall.takes_onnuri,
        "takes_local": stall.takes_local,
    }


def stall_brief_shape(stall: Stall) -> shapes.StallBriefShape:
    return {"code": stall.code, "name": stall.name, "door": cast(shapes.Door, stall.door)}


def good_shape(row: GoodRow, left: int | None) -> shapes.GoodShape:
    estimate = line_amount(price_won=row.price_won, price_grams=row.price_grams, quantity=1, grams=row.unit_grams)
    return {
        "id": row.id,
        "name": row.name,
        "name_en": row.name_en,
        "unit": row.unit,
        "origin": row.origin,
        "note": row.note,
        "price_won": row.price_won,
        "price_life": cast(shapes.PriceLife, row.price_life),
        "price_grams": row.price_grams,
        "unit_grams": row.unit_grams,
        "estimate_won": estimate,
        "ceiling_won": None if row.price_grams is None else default_ceiling(estimate),
        "tax": cast(shapes.Tax, row.tax),
        "picture": row.picture,
        "state": cast(shapes.GoodState, row.state),
        "left": left,
        "can_order": _can_be_ordered(row, left),
        "kind": row.kind,
        "stall": {"code": row.stall_code, "name": row.stall_name, "door": cast(shapes.Door, row.door)},
    }


def _can_be_ordered(row: GoodRow, left: int | None) -> bool:
    is_sold = row.state == Good.State.ON_SALE and row.price_life != Good.PriceLife.ASKED
    return is_sold and row.door == Stall.Door.OPEN and left != 0


def links_shape(request: HttpRequest, slug: str, token: str, *, to_pay: bool) -> shapes.LinksShape:
    at = {"slug": slug, "token": token}
    here = request.build_absolute_uri
    return {
        "self": here(reverse("api:order", kwargs=at)),
        "cancel": here(reverse("api:cancel_order", kwargs=at)),
        "page": here(reverse("order", kwargs=at)),
        "pay": here(reverse("pay", kwargs=at)) if to_pay else None,
    }


def placed_shape(
    placed: PlacedOrder, moneys: list[shapes.PlacedMoneyShape], links: shapes.LinksShape
) -> shapes.PlacedShape:
    return {
        "token": placed.token,
        "number": placed.number,
        "state": cast(shapes.OrderState, placed.state),
        "estimate_won": placed.estimate_won,
        "pay_won": placed.pay_won,
        "moneys": moneys,
        "links": links,
    }


def order_brief_shape(request: HttpRequest, slug: str, view: OrderView) -> shapes.OrderBriefShape:
    order = view.order
    return {
        "token": order.token,
        "number": order.number,
        "day": order.day.isoformat(),
        "state": cast(shapes.OrderState, order.state),
        "placed_at": moment(order.placed_at),
        "wanted_at": moment(order.wanted_at),
        "fulfil": cast(shapes.Fulfil, order.fulfil),
        "name": order.name,
        "address": order.address,
        "note": order.note,
        "tender": cast(shapes.Tender, order.tender),
        "fee_won": view.fee_won,
        "due_won": view.due_won,
        "most_won": view.most_won,
        "is_final": view.is_final,
        "can_cancel": view.can_cancel,
        "parts": [part_shape(part) for part in view.parts],
        "links": links_shape(request, slug, order.token, to_pay=order.state == OrderState.AWAITING_PAYMENT),
    }


def payment_shape(payment: Payment) -> shapes.PaymentShape:
    return {
        "way": way_key(payment.gateway, payment.pay_by),
        "state": cast(shapes.PaymentState, payment.state),
        "amount_won": payment.amount_won,
        "captured_won": payment.captured_won,
        "refunded_won": payment.refunded_won,
        "receipt": payment.receipt_url or None,
    }


def part_shape(part: PartView) -> shapes.PartShape:
    return {
        "id": part.id,
        "state": cast(shapes.PartState, part.state),
        "refuse_reason": cast(shapes.RefuseReason | None, part.refuse_reason or None),
        "changed_at": moment(part.changed_at),
        "due_won": part.due_won,
        "is_final": part.is_final,
        "stall": stall_brief_shape(part.stall),
        "lines": [line_shape(line) for line in part.lines],
    }


def windows_shape(places: Sequence[Place], found: Offers) -> shapes.WindowsShape:
    why: shapes.WhyShape | None = None
    if found.why_not:
        facts = dict(found.facts)
        why = {"code": found.why_not, "detail": why_words(found.why_not, facts), "facts": facts}
    return {
        "items": [_window_shape(offer) for offer in found.offers],
        "places": [{"id": p.pk, "name": p.name, "kind": cast(Literal["dong", "building"], p.kind)} for p in places],
        "fee_won": None if found.fee is None else found.fee.customer_won,
        "free_from_won": None if found.terms is None else found.terms.free_from_won,
        "address": None if found.located is None else found.located.text,
        "why_not": why,
    }


def _window_shape(offer: Offer) -> shapes.WindowShape:
    return {
        "wave_id": offer.wave_id,
        "starts_at": moment(offer.starts),
        "ends_at": moment(offer.ends),
        "order_until": moment(offer.cut_off),
        "left": offer.left,
    }


def promise_shape(promise: Promise) -> shapes.PromiseShape:
    return {
        "from_at": moment(promise.from_at),
        "until_at": moment(promise.until_at),
        "why": cast(shapes.PromiseWhy, promise.why),
    }


def ticket_shape(order: Order, part: PartView) -> shapes.TicketShape:
    """A stall sees the name to call out, never the phone number or the address."""
    return {
        **part_shape(part),
        "order": {
            "number": order.number,
            "day": order.day.isoformat(),
            "name": order.name,
            "placed_at": moment(order.placed_at),
            "wanted_at": moment(order.wanted_at),
            "fulfil": cast(shapes.Fulfil, order.fulfil),
            "tender": cast(shapes.Tender, order.tender),
            "note": order.note,
        },
    }


def line_shape(line: LineView) -> shapes.LineShape:
    return {
        "id": line.id,
        "good_id": line.good_id,
        "name": line.name,
        "unit": line.unit,
        "origin": line.origin,
        "picture": line.picture,
        "quantity": line.quantity,
        "is_weighed": line.is_weighed,
        "estimate_grams": line.estimate_grams,
        "final_grams": line.final_grams,
        "estimate_won": line.estimate_won,
        "final_won": line.final_won,
        "due_won": line.due_won,
        "ceiling_won": line.ceiling_won,
        "capped": line.capped,
        "short": cast(shapes.Short, line.short),
    }
