"""Sends the family its link. Runs in the worker, outside every transaction."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.domains.calls.actions.note_texted import note_texted
from jangteo.domains.calls.models import PhoneOrder
from jangteo.domains.counter.models import PayLink
from jangteo.domains.counter.queries import living_pay_link
from jangteo.domains.people import senders
from jangteo.domains.people.ports import TextRejected, TextUnknown
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown

# The words of the text for a link: only faces know words.
Write = Callable[[PayLink], str]


class FamilyLinks:
    """`write` puts a link into words."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def send(self, row: OutboxRow) -> Ending:
        """A repeat carries the same key, so it sends nothing twice."""
        made = PhoneOrder.objects.select_related("order", "market").get(pk=row.payload["phone_order_id"])
        link, sender = living_pay_link(made.order), senders.current()
        if made.text != PhoneOrder.Text.QUEUED or not made.text_to:
            return Done()
        if link is None or sender is None:
            return self._end(made, PhoneOrder.Text.REFUSED, Rejected("no link or no sender"))
        try:
            sender.send(to=made.text_to, text=self._write(link), key=row.key)
        except TextRejected as no:
            return self._end(made, PhoneOrder.Text.REFUSED, Rejected(no.code))
        except TextUnknown as unclear:
            return Unknown(str(unclear))
        return self._end(made, PhoneOrder.Text.SENT, Done())

    def _end(self, made: PhoneOrder, text: PhoneOrder.Text, ending: Ending) -> Ending:
        note_texted(market=made.market, actor=SYSTEM, phone_order_id=made.pk, text=text)
        return ending
