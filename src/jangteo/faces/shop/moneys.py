"""Paying a basket with several kinds of money: what the customer says to hold, and the split that was shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.coupons import FittingCoupon, OfferedCoupon, ToPay, coupons_for
from jangteo.domains.ordering.splitting import MONEYS, Own, Purse, rest_kind, split_of
from jangteo.domains.ordering.wanted import WantedMoney
from jangteo.domains.payments.rules.split import Split
from jangteo.domains.payments.rules.tenders import KINDS, PAID_AT_STALL, TenderKind
from jangteo.domains.promotions.rules import Worth
from jangteo.faces._parts.words.names import local_name
from jangteo.faces.shop.cards import BasketSum
from jangteo.faces.shop.coupon_cards import CouponRow, coupon_row

MOST_HELD_WON = 10_000_000
HELD_WORDS: dict[TenderKind, Promise] = {
    TenderKind.ONNURI_DIGITAL: _("모바일 온누리가 있어요"),
    TenderKind.ONNURI_PAPER: _("종이 온누리가 있어요"),
    TenderKind.LOCAL_CURRENCY: _("지역화폐가 있어요"),
}


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One kind of money on the form: whether it is used, and how much there is where nobody but the customer knows."""

    kind: TenderKind
    has: forms.BoundField
    won: forms.BoundField | None = None


class MoneysForm(forms.Form):
    """Beside the way of paying: nothing here is required, and without a tick nothing changes."""

    seen_split = forms.CharField(required=False, max_length=400)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        total: BasketSum,
        own: Own | None = None,
        offered: Sequence[OfferedCoupon] = (),
    ) -> None:
        super().__init__(data)
        self.kinds = kinds_for(total)
        self.own = own or Own()
        self.offered = offered
        if offered:
            choices = [(str(one.held.coupon.pk), one.held.coupon.name) for one in offered if one.won]
            self.fields["coupon"] = forms.ChoiceField(
                label=_("쿠폰"), required=False, choices=[*choices, ("", _("쿠폰 안 쓰기"))], widget=forms.RadioSelect
            )
        for purse in self.own.purses.values():
            label = purse_words(purse, total)
            self.fields[f"purse_{purse.scheme}"] = forms.BooleanField(label=label, required=False)
        for kind in self.kinds:
            self.fields[f"has_{kind}"] = forms.BooleanField(label=str(HELD_WORDS[kind]), required=False)
            self.fields[f"won_{kind}"] = forms.IntegerField(
                label=_("얼마 있으세요? 넉넉하면 비워 두세요."),
                required=False,
                min_value=1,
                max_value=MOST_HELD_WON,
                error_messages={
                    "invalid": _("금액을 숫자로만 적어 주세요."),
                    "min_value": _("1원부터 적을 수 있어요."),
                    "max_value": _("천만 원까지 적을 수 있어요."),
                },
                widget=forms.TextInput({"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
            )

    def rows(self) -> Iterator[MoneyRow]:
        """Cashback first, for it runs out."""
        for purse in self.own.purses.values():
            yield MoneyRow(TenderKind.POINTS, self[f"purse_{purse.scheme}"])
        for kind in self.kinds:
            yield MoneyRow(kind, self[f"has_{kind}"], self[f"won_{kind}"])

    def moneys(self) -> tuple[WantedMoney, ...]:
        """What is ticked. Only for a valid form."""
        data = self.cleaned_data
        held = [WantedMoney(kind.value, won=data.get(f"won_{kind}")) for kind in self.kinds if data.get(f"has_{kind}")]
        used = [purse for purse in self.own.purses.values() if data.get(f"purse_{purse.scheme}")]
        coupon = [WantedMoney(TenderKind.COUPON.value, data["coupon"])] if data.get("coupon") else []
        return (*coupon, *(WantedMoney(TenderKind.POINTS.value, purse.scheme) for purse in used), *held)

    def coupon_rows(self) -> list[CouponRow]:
        """Every coupon with what it saves here, or why it does not; the one that saves most comes first."""
        chosen = self["coupon"].value() if "coupon" in self.fields else ""
        return [coupon_row(one, chosen=str(one.held.coupon.pk) == chosen) for one in self.offered]


def purse_words(purse: Purse, total: BasketSum) -> str:
    """Whose points, for a stall's are good there only."""
    if not purse.is_points:
        return gettext("돌려받은 %(won)s원 쓰기") % {"won": f"{purse.won:,}"}
    whose = next((local_name(part.stall) for part in total.stalls if part.stall.pk == purse.stall_id), "")
    words = gettext("%(stall)s 포인트 %(won)s원 쓰기") if whose else gettext("시장 포인트 %(won)s원 쓰기")
    return words % {"won": f"{purse.won:,}", "stall": whose}


def kinds_for(total: BasketSum) -> Sequence[TenderKind]:
    """Money that at least one stall of the basket takes in its hand."""
    onnuri = any(part.stall.takes_onnuri for part in total.stalls)
    local = any(part.stall.takes_local for part in total.stalls)
    taken = {TenderKind.LOCAL_CURRENCY: local}
    return [kind for kind in MONEYS if taken.get(kind, onnuri)]


def basket_split(market: Market, total: BasketSum, form: MoneysForm, tender: str) -> Split:
    """The cheapest split of what can be bought now; `tender` is the chosen way. Raises what `split_of` raises."""
    goods, rest = to_pay(total), rest_kind(wanted_tender(tender), tender)
    own, moneys = form.own, form.moneys()
    chosen = next((one for one in form.offered if str(one.held.coupon.pk) == form.cleaned_data.get("coupon")), None)
    if chosen is not None and isinstance(chosen.answer, Worth):
        own = replace(own, coupon=FittingCoupon(chosen.held.coupon, chosen.answer))
    return split_of(market=market, goods=goods, moneys=moneys, rest=rest, own=own)


def to_pay(total: BasketSum) -> list[ToPay]:
    """What can be bought now, each at the most it may come to."""
    return [ToPay(str(line.good.pk), line.good, line.most_won) for line in total.buyable]


def coupons_here(user_id: int | None, total: BasketSum, data: QueryDict, tender: str) -> list[OfferedCoupon]:
    """The customer's coupons for this basket and the money that is ticked in `data`."""
    ticked = [kind for kind in MONEYS if data.get(f"has_{kind}")]
    return coupons_for(user_id, to_pay(total), [rest_kind(wanted_tender(tender), tender), *ticked])


def with_best(data: QueryDict | None, offered: Sequence[OfferedCoupon]) -> QueryDict | None:
    """A page that nobody has filled in yet begins with the coupon that saves most."""
    if data is not None or not offered or not offered[0].won:
        return data
    begun = QueryDict(mutable=True)
    begun["coupon"] = str(offered[0].held.coupon.pk)
    return begun


def wanted_tender(choice: str) -> str:
    """What the domain calls a way of paying: at the stall, or ahead."""
    return choice if choice == "at_stall" else "card"


def pays_ahead(split: Split | None) -> bool:
    """False where what is paid at the stalls, coupons and points cover everything."""
    if split is None:
        return True
    return any(one.won for one in split.choices if KINDS[one.kind].external and one.kind not in PAID_AT_STALL)


def coupon_won(split: Split | None) -> int:
    """What a coupon takes off."""
    return 0 if split is None else sum(one.won for one in split.choices if one.kind == TenderKind.COUPON)


def told(split: Split | None) -> str:
    """What was shown, to be compared when the order is pressed."""
    return "" if split is None else ",".join(f"{choice.key}={choice.won}" for choice in split.choices)
