"""Coupons and points in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.rules import Fault, No, Why
from jangteo.faces._parts.words.tenders import tender_name
from jangteo.faces._parts.words.times import day_words
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

FUNDERS: dict[str, Promise] = {
    "stall": gettext_lazy("가게"),
    "association": gettext_lazy("상인회"),
    "municipality": gettext_lazy("시·군·구"),
    "government": gettext_lazy("나라"),
}
COUPON_SENTENCES: dict[str, Promise] = {
    "promotions.refused": gettext_lazy("지금은 쿠폰을 쓸 수 없어요. 쿠폰 없이 주문할 수 있어요."),
    "promotions.bad_coupon": gettext_lazy("쿠폰을 이렇게는 만들 수 없어요. 빨간 글씨가 있는 칸을 다시 봐 주세요."),
    "promotions.code_taken": gettext_lazy("%(text)s 번호는 다른 쿠폰이 쓰고 있어요. 다른 번호를 적어 주세요."),
    "promotions.code_unknown": gettext_lazy("그런 쿠폰 번호가 없어요. 글자를 하나씩 다시 봐 주세요."),
    "promotions.coupon_unknown": gettext_lazy("그런 쿠폰을 찾지 못했어요. 쿠폰을 다시 골라 주세요."),
    "promotions.not_yours": gettext_lazy(
        "그 쿠폰은 벌써 썼거나 날짜가 지났어요. 다른 쿠폰을 고르거나 쿠폰 없이 주문해 주세요."
    ),
    "promotions.does_not_fit": gettext_lazy(
        "‘%(name)s’ 쿠폰은 이 주문에 쓸 수 없어요. 다른 쿠폰을 고르거나 쿠폰 없이 주문해 주세요."
    ),
    "promotions.used_up": gettext_lazy("그사이 쿠폰이 다 나갔어요. 다른 쿠폰을 고르거나 쿠폰 없이 주문해 주세요."),
    "promotions.over": gettext_lazy("‘%(name)s’ 쿠폰은 끝났어요. 다른 쿠폰을 고르거나 쿠폰 없이 주문해 주세요."),
    "promotions.one_an_order": gettext_lazy("주문 하나에 쿠폰은 한 장만 쓸 수 있어요. 한 장만 골라 주세요."),
    "promotions.sign_in": gettext_lazy("쿠폰은 휴대폰 번호로 들어오면 쓸 수 있어요. 먼저 들어와 주세요."),
    "promotions.bad_points": gettext_lazy(
        "포인트를 이렇게는 줄 수 없어요. 0%%부터 10%%까지, 하루부터 3650일까지 적어 주세요."
    ),
}
COUPON_AUDIT: dict[str, Promise] = {
    "coupon.made": gettext_lazy("‘%(name)s’ 쿠폰을 만들었어요. 예산 %(budget_won)s원"),
    "coupon.stopped": gettext_lazy("‘%(name)s’ 쿠폰을 멈췄어요"),
    "coupon.released": gettext_lazy("‘%(name)s’ 쿠폰에 남은 %(amount_won)s원을 예산에서 뺐어요"),
    "coupon.given": gettext_lazy("손님에게 ‘%(name)s’ 쿠폰을 줬어요"),
    "points.granted": gettext_lazy("포인트 %(amount_won)s원을 줬어요"),
    "points.expired": gettext_lazy("날짜가 지난 포인트 %(amount_won)s원이 없어졌어요"),
    "points.taken_back": gettext_lazy("돌려준 주문에서 포인트 %(amount_won)s원을 거뒀어요"),
    "points.terms": gettext_lazy("포인트를 바꿨어요: %(lasts_days)s일 동안 쓸 수 있어요"),
}
FAULTS: dict[Fault, Promise] = {
    Fault.MISSING: gettext_lazy("이 칸을 채워 주세요."),
    Fault.TOO_MUCH: gettext_lazy("너무 커요. 더 작게 적어 주세요."),
    Fault.NOTHING: gettext_lazy("1보다 크게 적어 주세요."),
    Fault.BOTH: gettext_lazy("금액이나 퍼센트 가운데 하나만 적어 주세요."),
    Fault.SHARES: gettext_lazy("누가 얼마나 내는지 더하면 100%가 되어야 해요."),
    Fault.REVERSED: gettext_lazy("시작하는 때보다 늦게 골라 주세요."),
    Fault.PAST: gettext_lazy("벌써 지난 날이에요. 오늘이나 그 뒤를 골라 주세요."),
    Fault.BAD: gettext_lazy("이 칸을 다시 봐 주세요."),
}
# Where a whole sentence says more than the kind of fault does.
_FIELD_FAULTS: dict[tuple[str, Fault], Promise] = {
    ("off", Fault.MISSING): gettext_lazy("얼마를 깎아 줄지 적어 주세요."),
    ("off_won", Fault.NOTHING): gettext_lazy("1원부터 깎아 줄 수 있어요."),
    ("off_bp", Fault.TOO_MUCH): gettext_lazy("100%까지 깎아 줄 수 있어요."),
    ("budget_won", Fault.NOTHING): gettext_lazy("예산을 적어 주세요. 가게가 다 내는 쿠폰만 예산이 없어도 돼요."),
    ("code", Fault.BAD): gettext_lazy("쿠폰 번호는 글자와 숫자로 4자부터 20자까지예요."),
}
_NOES: dict[Why, Promise] = {
    Why.NOT_YET: gettext_lazy("%(day)s부터 쓸 수 있어요."),
    Why.OVER: gettext_lazy("%(day)s에 끝났어요."),
    Why.HOURS: gettext_lazy("%(begins)s부터 %(ends)s까지만 쓸 수 있어요."),
    Why.TENDER: gettext_lazy("%(tender)s로 내면 쓸 수 없어요. 다른 돈을 골라 보세요."),
    Why.GOODS: gettext_lazy("바구니에 이 쿠폰을 쓸 물건이 없어요."),
    Why.NEEDS: gettext_lazy("%(short_won)s원어치 더 담으면 쓸 수 있어요."),
    Why.NOT_FIRST: gettext_lazy("처음 사는 분만 쓸 수 있어요."),
    Why.USED_UP: gettext_lazy("다 나갔어요."),
    Why.NOT_YOURS: gettext_lazy("벌써 썼어요."),
}


# At a stall there is no basket and no order: what helps is said as one says it across the counter.
_COUNTER_NOES: dict[Why, Promise] = {
    Why.GOODS: gettext_lazy("이 가게에서는 쓸 수 없어요."),
    Why.NEEDS: gettext_lazy("%(short_won)s원어치 더 사면 쓸 수 있어요."),
}
_COUNTER_SENTENCES: dict[str, Promise] = {
    "promotions.not_yours": gettext_lazy(
        "그 쿠폰은 벌써 썼거나 날짜가 지났어요. 다른 쿠폰을 고르거나 쿠폰 없이 계산해 주세요."
    ),
    "promotions.does_not_fit": gettext_lazy(
        "‘%(name)s’ 쿠폰은 여기에 쓸 수 없어요. 다른 쿠폰을 고르거나 쿠폰 없이 계산해 주세요."
    ),
    "promotions.used_up": gettext_lazy("그사이 쿠폰이 다 나갔어요. 다른 쿠폰을 고르거나 쿠폰 없이 계산해 주세요."),
    "promotions.over": gettext_lazy("‘%(name)s’ 쿠폰은 끝났어요. 다른 쿠폰을 고르거나 쿠폰 없이 계산해 주세요."),
    "promotions.coupon_unknown": gettext_lazy(
        "그런 쿠폰을 찾지 못했어요. 다른 쿠폰을 고르거나 쿠폰 없이 계산해 주세요."
    ),
}


def counter_sentence(refused: Refused) -> str | None:
    """Why a coupon does nothing at a counter, and what would help; None for what is no matter of coupons."""
    words = _COUNTER_SENTENCES.get(refused.code)
    return None if words is None else str(words) % refused.facts


def funder_name(funder: str) -> str:
    return str(FUNDERS.get(funder, funder))


def fault_words(field: str, fault: Fault) -> str:
    """What to say beside a field of a coupon."""
    return str(_FIELD_FAULTS.get((field, fault), FAULTS[fault]))


def no_words(no: No, *, at_counter: bool = False) -> str:
    """Why a coupon does nothing for a basket, or for an amount at a stall, and what would help."""
    facts: dict[str, str | int] = {
        name: f"{value:,}" if isinstance(value, int) else value for name, value in no.facts.items()
    }
    if "day" in facts:
        facts["day"] = day_words(date.fromisoformat(str(facts["day"])), clock.today())
    if "tender" in facts:
        facts["tender"] = tender_name(TenderKind(str(facts["tender"])))
    return str((_COUNTER_NOES if at_counter else {}).get(no.why, _NOES[no.why])) % facts


def off_words(coupon: Coupon) -> str:
    """2,000원, 10%."""
    if coupon.off_won is not None:
        return _("%(won)s원") % {"won": f"{coupon.off_won:,}"}
    bp = coupon.off_bp or 0
    return f"{bp // 100}%" if bp % 100 == 0 else f"{bp / 100:g}%"


def condition_words(coupon: Coupon, stalls: Mapping[int, str] | None = None) -> list[str]:
    """What is to be known before it is used, each in a few words."""
    said = []
    if coupon.stalls:
        known = stalls or {}
        names = [known[pk] for pk in coupon.stalls if pk in known]
        said.append(", ".join(names) if names else _("정해진 가게"))
    if coupon.needs_won:
        said.append(_("%(won)s원부터") % {"won": f"{coupon.needs_won:,}"})
    if coupon.first_only:
        said.append(_("처음 사는 분"))
    if coupon.kinds:
        said.append(_("정해진 물건만"))
    if coupon.tenders:
        said.append(_("%(names)s만") % {"names": ", ".join(tender_name(TenderKind(one)) for one in coupon.tenders)})
    if coupon.ceiling_won:
        said.append(_("많아야 %(won)s원") % {"won": f"{coupon.ceiling_won:,}"})
    if coupon.from_time and coupon.to_time:
        begins, ends = coupon.from_time.strftime("%H:%M"), coupon.to_time.strftime("%H:%M")
        said.append(_("%(begins)s부터 %(ends)s까지") % {"begins": begins, "ends": ends})
    if coupon.per_person:
        said.append(ngettext("한 사람 %(n)s번", "한 사람 %(n)s번", coupon.per_person) % {"n": coupon.per_person})
    return said
