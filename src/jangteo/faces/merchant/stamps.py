"""What the stall's stamp screens are made of: the ready programmes, the form, and what a press did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core import signing
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon
from jangteo.domains.promotions.rules import Off
from jangteo.domains.stamps import rules
from jangteo.domains.stamps.actions.put_stamp import WantedStamp
from jangteo.domains.stamps.actions.start_programme import NewProgramme
from jangteo.domains.stamps.models import Stamp
from jangteo.domains.stamps.purchases import sale_ref, visit_ref
from jangteo.domains.stamps.queries import marks_of, put_for, stamps_at, today_at
from jangteo.faces._parts.devices import AtStall
from jangteo.faces._parts.stamp_cards import PaperCard, paper_card
from jangteo.faces.merchant.done import Done, is_number
from jangteo.kernel import clock, ids, masking

SAID_FOR = timedelta(minutes=2)
COUPON_DAYS = 90


@dataclass(frozen=True, slots=True)
class Ready:
    """A programme that a stall starts as it is: so many stamps, by the visit or by the won, for so many won off."""

    key: str
    need: int
    off_won: int
    per_won: int | None
    words: Promise

    @property
    def reward(self) -> str:
        return _("%(won)s원 쿠폰") % {"won": f"{self.off_won:,}"}


READY = {
    one.key: one
    for one in (
        Ready("ten", 10, 3_000, None, gettext_lazy("한 번 올 때마다 도장 하나, 10개면 3,000원 쿠폰")),
        Ready("five", 5, 1_000, None, gettext_lazy("한 번 올 때마다 도장 하나, 5개면 1,000원 쿠폰")),
        Ready("won", 10, 5_000, 10_000, gettext_lazy("만 원마다 도장 하나, 10개면 5,000원 쿠폰")),
    )
}


def coupon_of(ready: Ready, stall_id: int) -> NewCoupon:
    """What a full card brings: the stall bears it itself, as often as somebody fills a card."""
    name = _("도장 선물 %(reward)s") % {"reward": ready.reward}
    off, limits = Off(won=ready.off_won), Limits(per_person=None)
    return NewCoupon(name=name, off=off, form="given", limits=limits, stall_id=stall_id, lasts_days=COUPON_DAYS)


def programme_of(ready: Ready, stall_id: int, coupon_id: int) -> NewProgramme:
    """What the stall begins; `coupon_id` is that of `coupon_of`."""
    return NewProgramme(stall_id, ready.need, coupon_id, ready.reward, ready.per_won)


class StampForm(forms.Form):
    """`who` is a number or six digits; `sale` the sale that it is for, if any; `won` what was sold, if it is typed."""

    who = forms.CharField(max_length=20, error_messages={"required": gettext_lazy("손님 전화번호를 적어 주세요.")})
    sale = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    won = forms.IntegerField(required=False, min_value=1, max_value=10_000_000)
    key = forms.CharField(min_length=8, max_length=40)

    def wanted(self, stall_id: int) -> WantedStamp:
        told = self.cleaned_data
        ref = sale_ref(told["sale"]) if told["sale"] else visit_ref(told["key"])
        return WantedStamp(stall_id, ref, who=told["who"], won=told["won"] or 0)


class PaperForm(forms.Form):
    """What stands on a paper card."""

    who = forms.CharField(max_length=20)
    count = forms.IntegerField(min_value=-99, max_value=999)


def new_key() -> str:
    return ids.new_token()


def sale_to_stamp(number: str, stall_id: int) -> CounterSale | None:
    """The sale that a page was opened for; None for any other number."""
    if not is_number(number):
        return None
    return CounterSale.objects.filter(pk=int(number), stall_id=stall_id, state=SaleState.PAID).first()


def told(at: AtStall, purchase: str) -> str:
    """The address of the stamp screen that says what was just put."""
    return f"{reverse('merchant:stamps')}?put={signed(at, purchase)}"


def signed(at: AtStall, purchase: str) -> str:
    """A purchase as the stall's own screens hand it on."""
    return signing.dumps(purchase, salt=_salt(at.stall.pk))


def purchase_told(at: AtStall, text: str) -> str:
    """The purchase in such an address; "" for any other."""
    try:
        return str(signing.loads(text, salt=_salt(at.stall.pk))) if text else ""
    except signing.BadSignature:
        return ""


@dataclass(frozen=True, slots=True)
class JustPut:
    """What a press did: for whom, and the card as it stands. `can_go_back` for some seconds."""

    user_id: int
    phone: str
    papers: tuple[PaperCard, ...]
    can_go_back: bool

    @property
    def is_full(self) -> bool:
        return any(not paper.missing for paper in self.papers)


def just_put(at: AtStall, text: str) -> JustPut | None:
    """Two queries; None where nothing was put, or not in the last minutes."""
    purchase, now = purchase_told(at, text), clock.now()
    stamps = put_for(purchase, at.stall.pk) if purchase else []
    if not stamps or now - stamps[0].at > SAID_FOR:
        return None
    marks = marks_of([stamp.card_id for stamp in stamps])
    lives = [rules.standing(marks[stamp.card_id], now, stamp.programme.valid_days).live for stamp in stamps]
    papers = tuple(_paper(at.market, stamp, live) for stamp, live in zip(stamps, lives, strict=True))
    can_go_back = now - stamps[0].at <= rules.TAKEN_BACK_WITHIN
    return JustPut(stamps[0].card.user_id, masking.phone(stamps[0].card.user.phone or ""), papers, can_go_back)


def of_today(at: AtStall) -> dict[str, object]:
    """What the stall has stamped today, and how many regulars it has."""
    now = clock.now()
    puts = [(put, masking.phone(put.phone)) for put in today_at(at.stall.pk, now)]
    return {"told": stamps_at(at.stall.pk, now), "puts": puts}


def done_stamping(asked: Mapping[str, str], put: JustPut | None) -> Done | None:
    """What the last press did, with its way back."""
    if put is not None and put.can_go_back:
        undo = (("put", asked.get("put", "")),)
        return Done(_("도장을 찍었어요. 10초 안에 되돌릴 수 있어요."), reverse("merchant:stamps_back"), undo)
    if asked.get("back") == "yes":
        return Done(_("도장을 되돌렸어요. 다시 찍을 수 있어요."))
    stopped = asked.get("stopped", "")
    if is_number(stopped):
        undo = (("programme", stopped),)
        return Done(_("도장을 그만 모아요. 다 찬 손님은 쿠폰을 받아요."), reverse("merchant:stamps_resume"), undo)
    return None


def _paper(market: Market, stamp: Stamp, live: int) -> PaperCard:
    stall = stamp.programme.stall
    name = market.name if stall is None else stall.name
    return paper_card(stamp.programme, name, seed=stamp.card_id, live=live, just=stamp.count)


def _salt(stall_id: int) -> str:
    return f"merchant.stamps.{stall_id}"
