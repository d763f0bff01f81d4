"""Payments at counters of a person who wants to be forgotten."""

from __future__ import annotations

from django.db.models import Q

from jangteo.domains.counter.models import CashReceipt, CounterSale, PayLink
from jangteo.domains.ordering.models import Order
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Sales stay for the books without their customer; what a cash receipt was asked with goes.

    Before the orders themselves forget: the receipts and links are found by them. A receipt that is still being issued
    keeps its digits until it is, see `forget_digits`.
    """
    theirs = Q(user_id=person.user_id)
    if person.phone:
        theirs |= Q(phone=person.phone)
    orders = Order.objects.filter(theirs)
    sales = list(CounterSale.objects.select_for_update().filter(customer_id=person.user_id).order_by("pk"))
    refs = [*orders.values_list("ref", flat=True), *(sale.ref for sale in sales)]
    receipts = CashReceipt.objects.filter(about__in=refs).exclude(state=CashReceipt.State.ASKED)
    digits = receipts.exclude(digits="", shown="").update(digits="", shown="")
    PayLink.objects.filter(order__in=orders).update(asker="")
    for sale in sales:
        sale.customer, sale.payer_name, sale.note = None, "", ""
        sale.save(update_fields=["customer", "payer_name", "note"])
    latest = max((sale.created_at for sale in sales), default=None)
    return [Forgotten("sales", 0, len(sales), latest), Forgotten("cash_receipts", digits)]
