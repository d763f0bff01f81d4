"""After money of an order went back: its coupon may be the customer's again, and points it earned go back."""

from __future__ import annotations

from jangteo.domains.ordering.earning import earned_on
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.paid_orders import paid_order
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.promotions.actions.free_coupon import free_coupon
from jangteo.domains.promotions.actions.take_back_points import take_back_points
from jangteo.domains.promotions.models import CouponPiece, PointGrant
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def give_promotions_back(*, order: Order, actor: Actor) -> None:
    """Bring coupon and points of the locked order up to what is left of it. Two queries where it has neither."""
    has_coupon = CouponPiece.objects.filter(order_ref=order.ref, state=CouponPiece.State.TAKEN).exists()
    grants = list(PointGrant.objects.select_for_update().filter(order_ref=order.ref).order_by("pk"))
    if not (has_coupon or grants) or (paid := paid_order(order.ref)) is None:
        return
    used = [tender.key for tender in paid.tenders if tender.kind == TenderKind.COUPON]
    if has_coupon and not sum(paid.paid.left.tender_won(key) for key in used):
        free_coupon(order_ref=order.ref, actor=actor, refunded=True)
    for grant in grants:
        take_back_points(grant=grant, kept_won=earned_on(paid, grant.stall_id), actor=actor)
