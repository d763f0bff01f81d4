from __future__ import annotations

from jangteo.kernel.errors import Refused


class PromotionsRefused(Refused):
    code = "promotions.refused"


class BadCoupon(PromotionsRefused):
    """What was asked for is no coupon. Facts: field, why (rules.Fault)."""

    code = "promotions.bad_coupon"


class CodeTaken(PromotionsRefused):
    """Another coupon of the market that is not over has the code. Facts: text."""

    code = "promotions.code_taken"


class CodeUnknown(PromotionsRefused):
    """No coupon has this code, or it cannot be had any more."""

    code = "promotions.code_unknown"


class CouponUnknown(PromotionsRefused):
    code = "promotions.coupon_unknown"


class CouponNotYours(PromotionsRefused):
    """The customer holds no piece of it that can be used."""

    code = "promotions.not_yours"


class CouponDoesNotFit(PromotionsRefused):
    """It is not for this basket or moment. Facts: name, why (rules.Why) and that reason's own."""

    code = "promotions.does_not_fit"


class CouponUsedUp(PromotionsRefused):
    """A limit is reached. Facts: name, limit (all, person, day, budget)."""

    code = "promotions.used_up"


class CouponOver(PromotionsRefused):
    """It was stopped or its days are past. Facts: name."""

    code = "promotions.over"


class OneCouponAnOrder(PromotionsRefused):
    code = "promotions.one_an_order"


class SignInForCoupon(PromotionsRefused):
    code = "promotions.sign_in"


class BadPoints(PromotionsRefused):
    """Points of nothing, or terms nobody could keep. Facts: field."""

    code = "promotions.bad_points"
