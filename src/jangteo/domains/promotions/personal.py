"""Coupons and points of a customer."""

from __future__ import annotations

from jangteo.domains.promotions.actions.forget_person import forget_person
from jangteo.domains.promotions.models import CouponPiece, PointGrant
from jangteo.kernel.personal import Kept, Part, Person


def kept(person: Person) -> list[Kept]:
    """Two queries."""
    pieces = CouponPiece.objects.filter(user_id=person.user_id).select_related("coupon").order_by("-pk")
    grants = PointGrant.objects.filter(user_id=person.user_id).order_by("-pk")
    return [
        Kept(
            "coupons",
            tuple(
                {"what": one.coupon.name, "at": one.given_at, "until": one.expires_at, "state": one.state}
                for one in pieces
            ),
        ),
        Kept(
            "points",
            tuple({"at": one.given_at, "won": one.granted_won, "until": one.expires_at} for one in grants),
        ),
    ]


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"promotions.CouponPiece", "promotions.PointGrant"}))
