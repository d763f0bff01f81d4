"""What became of a text with a link."""

from __future__ import annotations

from jangteo.domains.calls.models import PhoneOrder
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_texted(*, market: Market, actor: Actor, phone_order_id: int, text: PhoneOrder.Text) -> None:
    """Note it and forget the number that it went to. A text that was forgotten in the meantime stays so."""
    made = PhoneOrder.objects.select_for_update().get(pk=phone_order_id)
    if made.text != PhoneOrder.Text.QUEUED:
        return
    made.text, made.text_to = text, ""
    made.save(update_fields=["text", "text_to"])
