"""The audit log in sentences. Who did it and what it was done to stand beside them in columns of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.faces._parts.words.call_words import CALL_AUDIT
from jangteo.faces._parts.words.carrier_words import CARRIER_AUDIT, CARRIER_VALUES
from jangteo.faces._parts.words.counter_words import COUNTER_AUDIT, COUNTER_WAYS
from jangteo.faces._parts.words.coupon_words import COUPON_AUDIT
from jangteo.faces._parts.words.delivery_words import DELIVERY_AUDIT
from jangteo.faces._parts.words.event_words import EVENT_AUDIT
from jangteo.faces._parts.words.help_words import ENDED, HELP_AUDIT, HELP_VALUES, STUCK
from jangteo.faces._parts.words.hub_words import HUB_AUDIT
from jangteo.faces._parts.words.message_words import MESSAGE_AUDIT
from jangteo.faces._parts.words.privacy import PRIVACY_AUDIT
from jangteo.faces._parts.words.rebate_words import REBATE_AUDIT
from jangteo.faces._parts.words.review_words import REVIEW_AUDIT, REVIEW_VALUES
from jangteo.faces._parts.words.round_words import ROUND_AUDIT
from jangteo.faces._parts.words.settlement_words import AUDIT
from jangteo.faces._parts.words.stamp_words import STAMP_AUDIT
from jangteo.faces._parts.words.tenders import scheme_name
from jangteo.faces._parts.words.times import day_words
from jangteo.kernel import clock

# Facts that a sentence shows in words of people: by fact, then by value.
_VALUES: dict[str, dict[str, Promise]] = {
    "reason": {
        "sold_out": gettext_lazy("다 팔려서"),
        "too_busy": gettext_lazy("바빠서"),
        "closing": gettext_lazy("문 닫을 때라서"),
        **ENDED,
    },
    "life": {
        "standing": gettext_lazy("바꿀 때까지인 값"),
        "today": gettext_lazy("오늘만인 값"),
        "asked": gettext_lazy("시가"),
    },
    "told": {"family": gettext_lazy("가족 전화기"), "office": gettext_lazy("상인회")},
    "family": {
        "at_once": gettext_lazy("바로 같이 울리기"),
        "later": gettext_lazy("나중에 울리기"),
        "never": gettext_lazy("안 울리기"),
    },
    "kind": {"kiosk": gettext_lazy("키오스크"), "board": gettext_lazy("알림판")},
    "way": COUNTER_WAYS,
    **HELP_VALUES,
    **CARRIER_VALUES,
    **REVIEW_VALUES,
    "role": {
        "owner": gettext_lazy("사장님"),
        "family": gettext_lazy("가족"),
        "manager": gettext_lazy("상인회"),
        "helper": gettext_lazy("도우미"),
        "courier": gettext_lazy("배달"),
    },
}
# Columns as people call them; several of them go by one name.
_FIELDS: dict[str, Promise] = {
    "name": gettext_lazy("이름"),
    "email": gettext_lazy("이메일"),
    "kind_id": gettext_lazy("파는 것"),
    "street_id": gettext_lazy("자리"),
    "slot": gettext_lazy("자리"),
    "owner_name": gettext_lazy("사장님 이름"),
    "phone": gettext_lazy("전화번호"),
    "intro": gettext_lazy("한마디"),
    "slogan": gettext_lazy("한마디"),
    "since": gettext_lazy("시작한 해"),
    "opens_at": gettext_lazy("시간"),
    "closes_at": gettext_lazy("시간"),
    "cycle": gettext_lazy("장 서는 날"),
    "takes_card": gettext_lazy("받는 것"),
    "takes_onnuri": gettext_lazy("받는 것"),
    "takes_local": gettext_lazy("받는 것"),
    "business_number": gettext_lazy("사업자 번호"),
    "tax_status": gettext_lazy("세금 구분"),
    "place": gettext_lazy("있는 곳"),
    "setting": gettext_lazy("보여 주는 것"),
    "mode": gettext_lazy("누가 보내는지"),
    "registration": gettext_lazy("등록번호"),
    "fee_bp": gettext_lazy("상인회 수수료"),
    "gateway_fee_bp": gettext_lazy("결제사 수수료"),
    "settle_after": gettext_lazy("들어오는 날"),
    "layout": gettext_lazy("은행 양식"),
    "made": gettext_lazy("파일 종류"),
}

SENTENCES: dict[str, Promise] = {
    **AUDIT,
    **PRIVACY_AUDIT,
    **COUNTER_AUDIT,
    **COUPON_AUDIT,
    **HELP_AUDIT,
    **DELIVERY_AUDIT,
    **HUB_AUDIT,
    **ROUND_AUDIT,
    **EVENT_AUDIT,
    **CALL_AUDIT,
    **REBATE_AUDIT,
    **MESSAGE_AUDIT,
    **STAMP_AUDIT,
    **CARRIER_AUDIT,
    **REVIEW_AUDIT,
    "order.placed": gettext_lazy("%(number)s번 주문을 넣었어요. 가게 %(stalls)s곳이에요."),
    "order.ungiven_back": gettext_lazy("못 드린 %(number)s번 주문을 끝내고 돈을 돌려드렸어요."),
    "order.ungiven_kept": gettext_lazy("못 드린 %(number)s번 주문을 돈은 그대로 두고 끝냈어요."),
    "order.cancelled": gettext_lazy("%(number)s번 주문을 취소했어요."),
    "order.given_back": gettext_lazy("주문에서 손님께 %(amount_won)s원이 돌아가요."),
    "giveback.handed": gettext_lazy("손님께 %(amount_won)s원을 가게에서 돌려드렸어요."),
    "order.expired": gettext_lazy("%(number)s번 주문이 결제되지 않아 끝났어요."),
    "order.shortfall": gettext_lazy("결제한 물건 %(lines)s가지가 먼저 팔려 있었어요."),
    "part.accepted": gettext_lazy("%(number)s번 주문을 받았어요."),
    "part.passed_on": gettext_lazy("%(number)s번 주문에 답이 없어서 %(told)s에 알렸어요."),
    "part.refused": gettext_lazy("%(number)s번 주문을 %(reason)s 못 받았어요."),
    "part.ready": gettext_lazy("%(number)s번 준비를 마쳤어요."),
    "part.undone": gettext_lazy("%(number)s번을 한 단계 되돌렸어요."),
    "part.handed_over": gettext_lazy("%(number)s번을 건넸어요. %(amount_won)s원이에요."),
    "line.weighed": gettext_lazy("%(number)s번 물건을 달았어요. %(grams)sg이에요."),
    "shortfall.found": gettext_lazy("%(number)s번의 먼저 팔린 물건을 찾았어요."),
    "shortfall.refunded": gettext_lazy("%(number)s번의 먼저 팔린 물건 값을 돌려드리기로 했어요."),
    "payment.authorised": gettext_lazy("손님이 카드 결제 %(amount_won)s원을 허락했어요."),
    "payment.captured": gettext_lazy("카드로 %(amount_won)s원이 들어왔어요."),
    "payment.mismatch": gettext_lazy("카드로 들어온 %(amount_won)s원이 주문 금액과 달라요. 모두 돌려드려요."),
    "payment.taken_back": gettext_lazy("은행이 입금 %(amount_won)s원을 되돌렸어요."),
    "order.stopped": gettext_lazy("%(number)s번 주문을 멈췄어요. 입금이 다시 들어와야 이어가요."),
    "order.unpaid_goods": gettext_lazy(
        "%(number)s번은 물건을 건넨 뒤에 은행이 입금을 되돌렸어요. 손님께 전화해 주세요."
    ),
    "order.paid_again": gettext_lazy("%(number)s번은 건넨 물건의 입금이 다시 들어왔어요."),
    "refund.account_given": gettext_lazy("손님이 환불받을 계좌를 적었어요. (%(tries)s번째)"),
    "payment.failed": gettext_lazy("카드 결제가 안 됐어요. 결제사 답: %(gateway_code)s"),
    "payment.refunded": gettext_lazy("카드로 %(amount_won)s원을 돌려드렸어요."),
    "refund.done": gettext_lazy("환불 %(amount_won)s원이 끝났어요."),
    "refund.rejected": gettext_lazy("결제사가 환불 %(amount_won)s원을 받아 주지 않았어요. 결제사 답: %(note)s"),
    "refund.unknown": gettext_lazy("환불 %(amount_won)s원이 됐는지 아직 몰라요."),
    "good.put_up": gettext_lazy("%(price_won)s원에 물건을 올렸어요."),
    "good.priced": gettext_lazy("값을 %(was_won)s원에서 %(price_won)s원으로 바꿨어요."),
    "good.price_life": gettext_lazy("값을 %(life)s로 했어요."),
    "good.price_kept": gettext_lazy("값을 전날 그대로 %(price_won)s원에 뒀어요."),
    "good.price_ended": gettext_lazy("%(price_won)s원이던 값을 다시 물어보게 했어요."),
    "good.on_sale": gettext_lazy("다시 팔기 시작했어요."),
    "good.sold_out": gettext_lazy("품절로 했어요."),
    "good.hidden": gettext_lazy("물건을 치워 뒀어요."),
    "good.photo_set": gettext_lazy("물건 사진을 바꿨어요."),
    "good.photo_taken_off": gettext_lazy("물건 사진을 뺐어요."),
    "photo.kept": gettext_lazy("사진을 올렸어요."),
    "photo.forgotten": gettext_lazy("쓰지 않는 사진을 지웠어요."),
    "stock.counted": gettext_lazy("개수를 %(on_hand)s개로 적었어요."),
    "stall.open": gettext_lazy("문을 열었어요."),
    "stall.paused": gettext_lazy("잠깐 쉬기 시작했어요."),
    "stall.closed": gettext_lazy("오늘 장사를 마쳤어요."),
    "stall.cover_set": gettext_lazy("주문을 %(minutes)s분 기다리고, 가족 전화기는 %(family)s로 했어요."),
    "stall.house_opened": gettext_lazy("배달비를 받을 상인회 몫을 만들었어요."),
    "stall.added": gettext_lazy("가게가 들어왔어요."),
    "stall.changed": gettext_lazy("가게 정보를 고쳤어요: %(fields)s."),
    "street.added": gettext_lazy("골목을 그렸어요."),
    "street.renamed": gettext_lazy("골목 이름을 바꿨어요: %(was)s → %(now)s"),
    "kind.added": gettext_lazy("물건 종류를 더했어요."),
    "markets.imported": gettext_lazy("시장 목록을 읽었어요. %(created)s곳을 더하고 %(updated)s곳을 고쳤어요."),
    "market.founded": gettext_lazy("시장을 만들었어요."),
    "market.changed": gettext_lazy("시장 정보를 고쳤어요: %(fields)s."),
    "market.opened": gettext_lazy("시장을 열었어요. 주소는 %(slug)s예요."),
    "market.wallet_on": gettext_lazy("미리 채워 두는 돈을 쓰기 시작했어요."),
    "market.wallet_off": gettext_lazy("미리 채워 두는 돈을 더 채우지 않기로 했어요."),
    "policy.added": gettext_lazy("%(scheme)s 정책을 적었어요. %(day)s부터예요."),
    "policy.ended": gettext_lazy("%(scheme)s 정책을 %(day)s까지만 하기로 했어요."),
    "policy.taken_back": gettext_lazy("%(day)s부터 하려던 %(scheme)s 정책을 거뒀어요."),
    "policies.imported": gettext_lazy("정책 파일을 읽었어요. %(created)s줄을 더하고 %(closed)s줄을 끝냈어요."),
    "program.funded": gettext_lazy("혜택 예산 %(amount_won)s원이 들어왔어요."),
    "wallet.loaded": gettext_lazy("%(amount_won)s원을 채웠어요. 그중 %(added_won)s원은 예산에서 냈어요."),
    "cashback.granted": gettext_lazy("나중에 쓸 %(amount_won)s원을 돌려드렸어요."),
    "cashback.expired": gettext_lazy("쓰지 않은 %(amount_won)s원이 때가 지나 예산으로 돌아갔어요."),
    "cashback.taken_back": gettext_lazy(
        "환불 때문에 돌려드렸던 돈을 거뒀어요."
        " 남은 데서 %(promo_won)s원, 환불에서 %(deducted_won)s원, 받을 돈 %(owed_won)s원이에요."
    ),
    "practice.begun": gettext_lazy("연습을 시작했어요."),
    "practice.ended": gettext_lazy("연습을 마쳤어요."),
    "link.made": gettext_lazy("%(role)s 전화기가 들어올 링크를 만들었어요."),
    "device.bound": gettext_lazy("%(role)s 전화기가 들어왔어요."),
    "device.revoked": gettext_lazy("전화기를 끊었어요."),
    "push.on": gettext_lazy("화면을 꺼도 울리는 전화기가 됐어요."),
    "push.off": gettext_lazy("화면을 끄면 안 울리는 전화기가 됐어요."),
    "screen.paired": gettext_lazy("%(kind)s 짝을 맞췄어요."),
    "screen.changed": gettext_lazy("기기 정보를 고쳤어요: %(fields)s."),
    "screen.reload_asked": gettext_lazy("기기를 다시 켜라고 했어요."),
    "screen.retired": gettext_lazy("기기를 떼어 냈어요."),
    "customer.registered": gettext_lazy("손님이 전화번호로 처음 들어왔어요."),
    "customer.agreed": gettext_lazy("손님이 전화번호로 알아봐도 좋다고 했어요."),
    "customer.phone_confirmed": gettext_lazy("손님이 전화번호를 확인했어요."),
    "token.revoked": gettext_lazy("프로그램이 쓰던 열쇠를 거뒀어요."),
    "token.made": gettext_lazy("프로그램이 쓸 열쇠를 만들었어요."),
}


def audit_sentence(code: str, facts: Mapping[str, object]) -> str:
    """What happened, in one sentence. A code without a sentence is shown as it is, never hidden."""
    words = SENTENCES.get(code)
    if words is None:
        return _("기록 %(code)s") % {"code": code}
    return str(words) % {name: _shown(name, value) for name, value in facts.items()}


def _shown(name: str, value: object) -> str:
    if name.endswith("_won") and isinstance(value, int):
        return f"{value:,}"
    if name == "fields":
        return ", ".join(dict.fromkeys(str(_FIELDS.get(field, field)) for field in str(value).split(",")))
    if name == "stuck":
        return ", ".join(str(STUCK.get(key, key)) for key in str(value).split(","))
    if name == "grams" and isinstance(value, int):
        return f"{value:,}"
    if name == "scheme":
        return scheme_name(str(value))
    if name == "day" and isinstance(value, str):
        return day_words(date.fromisoformat(value), clock.today())
    return str(_VALUES.get(name, {}).get(str(value), value))
