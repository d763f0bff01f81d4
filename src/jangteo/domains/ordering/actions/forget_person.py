"""Orders of a person who wants to be forgotten: what was sold stays, who bought it does not."""

from __future__ import annotations

from django.db.models import Q

from jangteo.domains.delivery.actions.forget_seats import forget_seats
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.actions.forget_accounts import forget_accounts
from jangteo.kernel import ids, masking
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Mask the name, take number, address, note and account away, and let old links open nothing.

    The law wants contracts and payments kept for five years (전자상거래법 시행령 6조): the order stays as it was sold.
    """
    theirs = Q(user_id=person.user_id)
    if person.phone:
        theirs |= Q(phone=person.phone)
    orders = list(Order.objects.select_for_update().filter(theirs).order_by("pk"))
    for order in orders:
        order.name = masking.name(order.name)
        order.phone, order.address, order.note, order.user = "", "", "", None
        order.token = ids.new_token()
        order.save(update_fields=["name", "phone", "address", "note", "user", "token"])
    forget_seats(order_ids=[order.pk for order in orders])
    forget_accounts(order_refs=[order.ref for order in orders])
    latest = max((order.placed_at for order in orders), default=None)
    return [Forgotten("orders", 0, len(orders), latest)]
