"""Coupons and points of a person who wants to be forgotten, who was told that they are lost."""

from __future__ import annotations

from jangteo.domains.promotions.actions.move_piece import move_piece
from jangteo.domains.promotions.models import CouponPiece, PointGrant
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """End what is not used. Points expire now: what is left of them goes back to who gave them, see `expire_points`."""
    pieces = CouponPiece.objects.select_for_update(of=("self",)).filter(user_id=person.user_id)
    free = list(pieces.filter(state=CouponPiece.State.FREE).order_by("pk"))
    for piece in free:
        move_piece(piece=piece, to=CouponPiece.State.ENDED, order_ref="", won=0, actor=SYSTEM)
    grants = PointGrant.objects.filter(user_id=person.user_id, ended_at=None, expires_at__gt=clock.now())
    return [Forgotten("coupons", len(free)), Forgotten("points", grants.update(expires_at=clock.now()))]
