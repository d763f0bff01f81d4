"""Delivery in words: refusals, the audit, why a time was said anew, and what a fee costs whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.delivery.fees import Fee, Payer, Terms, fee_for
from jangteo.domains.delivery.models import Promise
from jangteo.faces._parts.words.times import day_words, hour_words
from jangteo.kernel import clock

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

DELIVERY_FIELDS: dict[str, Lazy] = {
    "zone_name": gettext_lazy("구역 이름"),
    "centre": gettext_lazy("가운데 좌표"),
    "radius_m": gettext_lazy("반지름"),
    "zone": gettext_lazy("동이나 건물"),
    "days": gettext_lazy("요일"),
    "ends": gettext_lazy("끝나는 시간"),
    "cut_off_minutes": gettext_lazy("주문 마감"),
    "capacity": gettext_lazy("받을 주문 수"),
    "runs": gettext_lazy("다니는 날"),
    "day": gettext_lazy("날"),
    "why": gettext_lazy("까닭"),
    "starts": gettext_lazy("시작하는 날"),
    "fee_won": gettext_lazy("배달비"),
    "free_from_won": gettext_lazy("무료 배달 기준"),
    "municipality_won": gettext_lazy("지자체가 대는 돈"),
    "payer": gettext_lazy("누가 내는지"),
}
DELIVERY_SENTENCES: dict[str, Lazy] = {
    "delivery.none": gettext_lazy("이 시장은 아직 배달하지 않아요. ‘시장에 와서 가져가기’를 골라 주세요."),
    "delivery.no_window": gettext_lazy(
        "이번 주에는 지킬 수 있는 배달 시간이 없어요. ‘시장에 와서 가져가기’를 골라 주세요."
    ),
    "delivery.no_such_wave": gettext_lazy("고르신 배달 시간은 이제 없어요. 다른 시간을 골라 주세요."),
    "delivery.past_cut_off": gettext_lazy(
        "고르신 배달은 %(until)s에 주문을 마감했어요. 바구니는 그대로예요. 다음 시간을 골라 주세요."
    ),
    "delivery.wave_full": gettext_lazy(
        "고르신 배달 시간이 방금 다 찼어요. 바구니는 그대로예요. 다음 시간을 골라 주세요."
    ),
    "delivery.outside_zones": gettext_lazy(
        "‘%(place)s’에는 아직 배달하지 못해요. 배달하는 동과 건물 가운데 골라 주세요. 와서 가져가셔도 돼요."
    ),
    "delivery.place_missing": gettext_lazy("어디로 가져다드릴까요? 동이나 건물을 골라 주세요."),
    "delivery.detail_missing": gettext_lazy("번지나 동·호수를 적어 주세요. 동 이름만으로는 찾아갈 수 없어요."),
    "delivery.bad_coordinates": gettext_lazy("%(problem)s 위도 37.5, 경도 126.9처럼 적거나 둘 다 비워 주세요."),
    "delivery.not_ready_in_time": gettext_lazy(
        "%(stall)s 물건은 그 시간까지 준비되지 않아요. 더 늦은 시간을 골라 주세요."
    ),
    "delivery.seat_taken": gettext_lazy("이 주문은 벌써 배달 시간을 정했어요. 주문 화면을 봐 주세요."),
    "delivery.bad_zone": gettext_lazy("%(field)s, 다시 봐 주세요. 그대로는 구역을 적을 수 없어요."),
    "delivery.place_twice": gettext_lazy("%(name)s, 벌써 ‘%(zone)s’에 있어요. 한 곳에만 적어 주세요."),
    "delivery.place_too_far": gettext_lazy(
        "%(name)s, 가운데에서 %(metres)sm 떨어져 있어요. %(radius_m)sm 안이 아니니 빼거나 반지름을 늘려 주세요."
    ),
    "delivery.bad_window": gettext_lazy("%(field)s, 다시 봐 주세요. 그대로는 배달 시간을 적을 수 없어요."),
    "delivery.bad_policy": gettext_lazy("%(field)s, 다시 봐 주세요. 그대로는 배달비를 적을 수 없어요."),
    "delivery.bad_promise": gettext_lazy("지났거나 거꾸로 된 시간이에요. 앞으로 올 시간을 적어 주세요."),
    "delivery.nothing_promised": gettext_lazy("약속한 배달이 없어요. 목록을 다시 봐 주세요."),
}
PROBLEMS: dict[str, Lazy] = {
    "half": gettext_lazy("위도와 경도 가운데 하나가 비었어요."),
    "swapped": gettext_lazy("위도와 경도가 서로 바뀐 것 같아요."),
    "outside": gettext_lazy("우리나라 밖을 가리켜요."),
}
DELIVERY_AUDIT: dict[str, Lazy] = {
    "zone.written": gettext_lazy("배달 구역을 적었어요. 동과 건물 %(places)s곳이에요."),
    "zone.on": gettext_lazy("배달 구역을 다시 열었어요."),
    "zone.off": gettext_lazy("배달 구역을 닫았어요."),
    "window.written": gettext_lazy("배달 시간을 적었어요. %(seats)s건까지, 마감은 %(minutes)s분 전이에요."),
    "window.on": gettext_lazy("배달 시간을 다시 열었어요."),
    "window.off": gettext_lazy("배달 시간을 닫았어요."),
    "rest_day.set": gettext_lazy("%(day)s, 배달을 쉬기로 했어요."),
    "rest_day.lifted": gettext_lazy("%(day)s, 배달을 하기로 했어요."),
    "delivery_fee.written": gettext_lazy("%(day)s부터 배달비는 %(fee_won)s원이에요."),
    "promise.revised": gettext_lazy("배달 시간을 다시 알렸어요."),
    "wave.revised": gettext_lazy("주문 %(orders)s건에 배달이 %(minutes)s분 늦는다고 알렸어요."),
    "wave.late": gettext_lazy("배달이 늦을 것 같아요. 주문 %(orders)s건이 기다려요."),
}
# Why a promised time was said anew, to the customer.
WHY: dict[str, Words] = {
    "late_stall": gettext_lazy("가게 준비가 늦어져서"),
    "late_courier": gettext_lazy("배달하는 분이 모자라서"),
    "weather": gettext_lazy("날씨가 나빠서"),
    "asked": gettext_lazy("손님이 부탁하셔서"),
}


def window_words(starts: datetime, ends: datetime) -> str:
    """오늘 오후 5시~저녁 7시."""
    first, last = starts.astimezone(clock.KST), ends.astimezone(clock.KST)
    facts = {
        "day": day_words(first.date(), clock.calendar_day()),
        "starts": hour_words(first.time()),
        "ends": hour_words(last.time()),
    }
    return _("%(day)s %(starts)s~%(ends)s") % facts


@dataclass(frozen=True, slots=True)
class Promised:
    """The one time that an order shows; `why` and `first` say what was said before, "" while nothing has changed."""

    window: str
    why: str = ""
    first: str = ""


def promised_words(promises: Sequence[Promise]) -> Promised | None:
    """Of an order's promises, the newest first; None for none."""
    if not promises:
        return None
    now, first = promises[0], promises[-1]
    window = window_words(now.from_at, now.until_at)
    if now is first:
        return Promised(window)
    return Promised(window, str(WHY.get(now.why, "")), window_words(first.from_at, first.until_at))


def cost_words(terms: Terms, example_won: int) -> str:
    """What the terms cost whom, for a basket of so much."""
    return _("%(goods)s원어치를 시키면 %(shares)s") % {
        "goods": f"{example_won:,}",
        "shares": share_words(fee_for(terms, example_won)),
    }


def share_words(fee: Fee) -> str:
    """손님 1,500원, 가게들 1,500원."""
    if not fee.total_won:
        return _("아무도 내지 않아요.")
    shares = [
        (_("손님이 %(won)s원"), fee.customer_won),
        (_("가게들이 나눠서 %(won)s원"), fee.stalls_won),
        (_("지자체가 %(won)s원"), fee.municipality_won),
    ]
    told = ", ".join(words % {"won": f"{won:,}"} for words, won in shares if won)
    return _("%(shares)s 내요.") % {"shares": told}


def cost_examples(terms: Terms) -> list[str]:
    """The sentences that show a fee: a small basket, and the one from which the customer pays nothing."""
    examples = [10_000] if terms.free_from_won is None else [min(10_000, terms.free_from_won - 1), terms.free_from_won]
    return [cost_words(terms, won) for won in examples]


PAYERS: dict[Payer, Words] = {
    Payer.CUSTOMER: gettext_lazy("손님이 모두 내요"),
    Payer.STALLS: gettext_lazy("많이 사면 가게들이 대신 내요"),
    Payer.HALF: gettext_lazy("손님과 가게들이 반씩 내요"),
    Payer.MUNICIPALITY: gettext_lazy("지자체 쿠폰으로 깎아요"),
}
