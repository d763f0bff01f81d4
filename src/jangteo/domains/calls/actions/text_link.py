"""The family gets the link to pay an order by text."""

from __future__ import annotations

from jangteo.domains.calls.errors import NoLink, NoTexts
from jangteo.domains.calls.models import PhoneOrder
from jangteo.domains.counter.queries import living_pay_link
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.errors import BadPhone
from jangteo.domains.ordering.wanted import plain_phone
from jangteo.domains.people import senders
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit

MOBILE = "01"


@action
def text_link(*, market: Market, actor: Actor, order_id: int, phone: str) -> None:
    """Queue the text to this number. A press again while one is under way changes nothing.

    Raises BadPhone for what is no Korean mobile number, NoLink and NoTexts.
    """
    digits = plain_phone(phone)
    if not digits.startswith(MOBILE):
        raise BadPhone
    made = PhoneOrder.objects.select_for_update(of=("self",)).select_related("order").get(order_id=order_id)
    if living_pay_link(made.order) is None:
        raise NoLink
    if senders.current() is None:
        raise NoTexts
    if made.text == PhoneOrder.Text.QUEUED:
        return
    made.text_to, made.text, made.texts = digits, PhoneOrder.Text.QUEUED, made.texts + 1
    made.save(update_fields=["text_to", "text", "texts"])
    emit("call.link", key=f"call-link:{made.pk}:{made.texts}", phone_order_id=made.pk)
    audit.record(actor, "order.link_texted", f"order:{order_id}", number=made.order.number)
