"""What payments at counters keep of the person who paid."""

from __future__ import annotations

from jangteo.domains.counter.actions.forget_person import forget_person
from jangteo.domains.counter.models import CashReceipt, CounterSale
from jangteo.domains.ordering.personal import orders_of_person
from jangteo.kernel.personal import Kept, Part, Person


def kept(person: Person) -> list[Kept]:
    """Three queries."""
    sales = list(CounterSale.objects.filter(customer_id=person.user_id).select_related("stall").order_by("-pk"))
    refs = [*orders_of_person(person).values_list("ref", flat=True), *(sale.ref for sale in sales)]
    asked = CashReceipt.objects.filter(about__in=refs).order_by("-pk")
    return [
        Kept(
            "sales",
            tuple(
                {
                    "stall": sale.stall.name,
                    "paid_at": sale.paid_at,
                    "won": sale.left_won,
                    "name": sale.payer_name,
                    "note": sale.note,
                }
                for sale in sales
            ),
        ),
        Kept(
            "cash_receipts",
            tuple({"asked_at": one.asked_at, "shown": one.shown, "won": one.amount_won} for one in asked),
        ),
    ]


PART = Part(
    kept=kept,
    forget=forget_person,
    covers=frozenset({"counter.CounterSale", "counter.CashReceipt", "counter.PayLink"}),
)
