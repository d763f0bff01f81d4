"""A customer's coupons at the till: who it is, which fit the amount, and what a tap did."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.counter.actions.sell_with_coupon import CouponSale
from jangteo.domains.counter.coupons import coupons_at
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.rules import LEAST_TILL_WON, MOST_WON, UNDONE_WITHIN
from jangteo.domains.counter.states import SaleState
from jangteo.domains.people.models import User
from jangteo.domains.promotions.queries import coupons_of
from jangteo.domains.promotions.rules import No
from jangteo.faces._parts.amounts import AmountField
from jangteo.faces._parts.devices import AtStall
from jangteo.faces._parts.words.coupon_words import no_words
from jangteo.faces.merchant.done import Done
from jangteo.faces.merchant.till import till_ways
from jangteo.kernel import clock, masking

# As many as a person at a stall compares; the others save less.
MOST_OFFERED = 3
KNOWN_FOR = timedelta(minutes=10)
TOLD_FOR = timedelta(minutes=2)


class WhoForm(forms.Form):
    """`who` is a number or six digits, the amount what the goods come to."""

    amount_won = AmountField(LEAST_TILL_WON, MOST_WON)
    who = forms.CharField(max_length=20, error_messages={"required": gettext_lazy("손님 전화번호를 적어 주세요.")})


@dataclass(frozen=True, slots=True)
class TillCoupon:
    """One that a tap uses: what it takes off, and what the stall takes then."""

    pk: int
    name: str
    won: int
    due_won: int


@dataclass(frozen=True, slots=True)
class Chooser:
    """What somebody can use for an amount, the most saving first, and of the rest why not.

    `who` is signed. `ways` are the kinds of money to choose from, `way` the chosen one.
    """

    who: str
    phone: str
    won: int
    way: str
    ways: Sequence[str]
    coupons: Sequence[TillCoupon]
    noes: Sequence[tuple[str, str]]
    key: str


def known_as(at: AtStall, user_id: int) -> str:
    """A customer as the stall's own screens hand them on for some minutes."""
    return signing.dumps(user_id, salt=_salt(at))


def known_user(at: AtStall, text: str) -> int | None:
    """Whom such a text names; None for any other, and when its time is over."""
    try:
        return int(signing.loads(text, salt=_salt(at), max_age=KNOWN_FOR)) if text else None
    except (signing.BadSignature, TypeError, ValueError):
        return None


def chooser(at: AtStall, user_id: int, won: int, way: str) -> Chooser:
    """Six queries at the most, seven with coupons for first purchases."""
    ways = till_ways(at.stall)
    chosen = way if way in ways else ways[0]
    offered = coupons_at(at.stall, user_id, won, chosen)
    return Chooser(
        who=known_as(at, user_id),
        phone=masking.phone(User.objects.get(pk=user_id).phone or ""),
        won=won,
        way=chosen,
        ways=ways,
        coupons=[
            TillCoupon(one.held.coupon.pk, one.held.coupon.name, one.won, won - one.won) for one in offered if one.won
        ][:MOST_OFFERED],
        noes=[
            (one.held.coupon.name, no_words(one.answer, at_counter=True))
            for one in offered
            if isinstance(one.answer, No)
        ],
        key=str(uuid.uuid4()),
    )


def has_any(at: AtStall, user_id: int) -> bool:
    """Whether there is something for the customer to use here at all, whatever it needs."""
    held = coupons_of(user_id, stalls={at.stall.pk})
    return any(one.can_pay and (not one.coupon.stalls or at.stall.pk in one.coupon.stalls) for one in held)


def wanted_sale(at: AtStall, told: Mapping[str, str]) -> CouponSale | None:
    """What a tap on a coupon asks for; None where the customer has to be named anew."""
    user_id, amount = known_user(at, told.get("who", "")), WhoForm(told)
    if user_id is None or "amount_won" in amount.errors:
        return None
    won = int(amount.cleaned_data["amount_won"])
    return CouponSale(at.stall.pk, won, told.get("way", ""), user_id, told.get("coupon", ""))


def told_address(at: AtStall, sale: CounterSale) -> str:
    """Where the stall reads what it takes now."""
    return f"{reverse('merchant:till_coupons')}?used={signing.dumps(sale.pk, salt=_salt(at))}"


def used_sale(at: AtStall, text: str) -> CounterSale | None:
    """The sale that such an address tells of, while it can be undone; None for any other text."""
    try:
        pk = signing.loads(text, salt=_salt(at), max_age=UNDONE_WITHIN) if text else None
    except signing.BadSignature:
        return None
    return CounterSale.objects.filter(pk=pk, stall_id=at.stall.pk).first() if isinstance(pk, int) else None


def done_with_coupon(at: AtStall, asked: Mapping[str, str]) -> Done | None:
    """What the last tap did, with its way back for the stall itself."""
    if asked.get("back") == "yes":
        return Done(_("되돌렸어요. 쿠폰은 손님께 돌아갔어요."))
    sale = used_sale(at, asked.get("used", ""))
    if (
        sale is None
        or sale.state != SaleState.PAID
        or sale.refunded_won
        or clock.now() - sale.changed_at > UNDONE_WITHIN
    ):
        return None
    words = _("쿠폰 %(won)s원을 썼어요.") % {"won": f"{sale.coupon_won:,}"}
    if at.acting is not None:
        return Done(words)
    return Done(words, reverse("merchant:coupon_back"), (("used", asked["used"]),))


def _salt(at: AtStall) -> str:
    return f"merchant.till_coupons.{at.stall.pk}"
