"""Refusal codes and their sentences."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.faces._parts.words.call_words import CALL_SENTENCES
from jangteo.faces._parts.words.carrier_words import CARRIER_SENTENCES
from jangteo.faces._parts.words.counter_words import COUNTER_SENTENCES
from jangteo.faces._parts.words.coupon_words import COUPON_SENTENCES
from jangteo.faces._parts.words.delivery_words import DELIVERY_SENTENCES
from jangteo.faces._parts.words.event_words import EVENT_SENTENCES
from jangteo.faces._parts.words.help_words import HELP_REFUSALS
from jangteo.faces._parts.words.hub_words import HUB_SENTENCES
from jangteo.faces._parts.words.message_words import MESSAGE_SENTENCES
from jangteo.faces._parts.words.money_sentences import MONEY_SENTENCES
from jangteo.faces._parts.words.privacy import PRIVACY_SENTENCES
from jangteo.faces._parts.words.rebate_words import REBATE_SENTENCES
from jangteo.faces._parts.words.review_words import REVIEW_SENTENCES
from jangteo.faces._parts.words.round_words import ROUND_SENTENCES
from jangteo.faces._parts.words.settlement_words import REFUSALS
from jangteo.faces._parts.words.stamp_words import STAMP_SENTENCES

SENTENCES: dict[str, Promise] = {
    **CARRIER_SENTENCES,
    **COUNTER_SENTENCES,
    **CALL_SENTENCES,
    **DELIVERY_SENTENCES,
    **EVENT_SENTENCES,
    **HUB_SENTENCES,
    **ROUND_SENTENCES,
    **REBATE_SENTENCES,
    **COUPON_SENTENCES,
    **HELP_REFUSALS,
    **STAMP_SENTENCES,
    **MESSAGE_SENTENCES,
    **MONEY_SENTENCES,
    **PRIVACY_SENTENCES,
    **REFUSALS,
    **REVIEW_SENTENCES,
    "ordering.basket_empty": _("바구니가 비었어요. 먼저 물건을 담아 주세요."),
    "ordering.too_many_lines": _("한 번에 %(most)s가지까지 살 수 있어요. 몇 가지를 빼고 나눠서 주문해 주세요."),
    "ordering.good_gone": _("지금은 팔지 않는 물건이 있어요. 바구니에서 빼고 다시 주문해 주세요."),
    "ordering.good_sold_out": _("%(name)s, 다 나갔어요. 바구니에서 빼고 다시 주문해 주세요."),
    "ordering.price_asked": _(
        "%(name)s, 값이 그날그날 달라서 가게에 물어보고 사요. 바구니에서 빼고 다시 주문해 주세요."
    ),
    "ordering.not_enough": _("%(name)s, %(left)s개만 남았어요. 개수를 줄여 주세요."),
    "ordering.bad_quantity": _("한 물건은 1개부터 %(most)s개까지 살 수 있어요."),
    "ordering.bad_ceiling": _("%(name)s, 값이 올랐어요. 최고 금액을 %(least_won)s원 이상으로 다시 골라 주세요."),
    "ordering.stall_closed": _(
        "%(stall)s, 지금은 주문을 받지 않아요. 이 가게 물건을 빼거나 나중에 다시 주문해 주세요."
    ),
    "ordering.bad_time": _("고르신 시간은 지났거나 장이 서지 않아요. 다른 시간을 골라 주세요."),
    "ordering.kiosk_order_broken": _("주문을 읽지 못했어요. 처음부터 다시 골라 주세요."),
    "ordering.bad_phone": _("전화번호를 다시 봐 주세요. 010으로 시작하는 번호면 돼요."),
    "ordering.name_missing": _("이름을 적어 주세요. 가게에서 이름으로 불러 드려요."),
    "ordering.address_missing": _("어디로 가져다드릴까요? 주소를 적어 주세요."),
    "ordering.fee_changed": _("배달비가 그사이 바뀌었어요. 지금은 %(fee_won)s원이에요. 괜찮으면 다시 눌러 주세요."),
    "ordering.bad_substitute": _("물건이 떨어졌을 때 어떻게 할지 골라 주세요."),
    "ordering.nothing_to_bring": _("와서 가져가는 주문에는 배달 시간이 없어요. 받는 법을 다시 골라 주세요."),
    "ordering.text_too_long": _("글이 길어요. %(most)s자까지 적을 수 있어요."),
    "ordering.move_not_allowed": _("그사이 주문이 바뀌었어요. 바뀐 화면을 보고 다시 눌러 주세요."),
    "ordering.not_weighed": _("%(name)s, 아직 무게를 달지 않았어요. 무게부터 적어 주세요."),
    "ordering.not_a_weighed_line": _("이 물건은 무게로 팔지 않아요."),
    "ordering.bad_grams": _("무게를 다시 봐 주세요. 1g부터 %(most)sg까지 적을 수 있어요."),
    "ordering.over_ceiling": _(
        "%(name)s, %(amount_won)s원이면 손님이 정한 %(ceiling_won)s원을 넘어요. %(most_grams)sg까지 담을 수 있어요."
    ),
    "ordering.order_unknown": _("그런 주문을 찾지 못했어요. 주문 번호를 다시 봐 주세요."),
    "ordering.not_paid_ahead": _("아직 아무도 돈을 안 냈어요. ‘돌려드려요’를 골라 주세요."),
    "ordering.too_late_to_cancel": _("가게에서 벌써 준비하고 있어요. 취소하려면 가게에 전화해 주세요."),
    "ordering.card_not_taken": _("지금은 카드로 미리 낼 수 없어요. ‘가게에서 내기’를 골라 주세요."),
    "ordering.bad_money": _("그 돈으로는 낼 수 없어요. 같은 돈을 두 번 고르지 않았는지 보고 다시 골라 주세요."),
    "ordering.nothing_ahead": _("가게에서 내실 돈으로 다 낼 수 있어요. ‘가게에서 내기’를 골라 주세요."),
    "ordering.bad_cover": _("몇 분 뒤에 알릴지 화면에 있는 것 가운데 하나를 골라 주세요."),
    "ordering.nothing_to_give_back": _("돌려드릴 돈이 없어요. 건넨 물건 가운데 아직 안 돌려드린 것을 골라 주세요."),
    "idempotency.key_missing": _("주문서가 다 오지 않았어요. 주문서를 다시 열어 주세요."),
    "idempotency.key_reused": _("이 주문서는 벌써 쓰였어요. 바구니에서 주문서를 다시 열어 주세요."),
    "idempotency.key_busy": _("주문을 넣고 있어요. 잠깐만 기다렸다가 ‘내 주문’을 봐 주세요."),
    "payments.not_found": _("그런 결제를 찾지 못했어요. 주문 화면에서 다시 시작해 주세요."),
    "payments.amount_mismatch": _("결제 금액이 주문과 달라서 멈췄어요. 돈은 빠져나가지 않았어요."),
    "payments.over": _("이 결제는 벌써 끝났어요. 주문 화면에서 상태를 볼 수 있어요."),
    "payments.refund_too_large": _("%(left_won)s원까지 돌려드릴 수 있어요."),
    "payments.bad_account": _("은행과 계좌번호, 예금주를 다시 봐 주세요."),
    "payments.account_not_asked": _(
        "받을 계좌를 벌써 적어 주셨거나 돌려드릴 돈이 없어요. 주문 화면에서 상태를 볼 수 있어요."
    ),
    "stock.short": _("%(left)s개만 남았어요. 개수를 줄여 주세요."),
    "stock.bad_count": _("개수를 다시 봐 주세요. 0부터 %(most)s까지 적을 수 있어요."),
    "catalog.bad_price": _("값을 다시 봐 주세요. 1원부터 %(most_won)s원까지 적을 수 있어요."),
    "catalog.bad_good": _("이름, 단위, 원산지를 다 적어 주세요."),
    "catalog.good_taken": _("‘%(name)s %(unit)s’, 벌써 올라와 있어요. 값이나 품절은 ‘물건·값’에서 바꿔 주세요."),
    "catalog.photo_too_big": _("사진이 너무 커요. 사진기로 다시 찍거나 %(most_mb)sMB보다 작은 사진을 골라 주세요."),
    "catalog.photo_heic": _(
        "이 사진은 아이폰에서만 열리는 HEIC 사진이에요. "
        "여기서 ‘사진 찍기’로 다시 찍거나, 사진을 화면 캡처해서 골라 주세요."
    ),
    "catalog.photo_not_one": _("사진이 아닌 것 같아요. 사진기로 찍은 사진을 골라 주세요."),
    "catalog.photo_broken": _("사진이 다 오지 않았어요. 한 번 더 골라 주세요."),
    "catalog.photo_refused": _("이 사진은 쓸 수 없어요. 다시 찍어 주세요."),
    "markets.bad_stall": _("점포 이름과 사장님 이름을 다시 봐 주세요. 30자까지 적을 수 있어요."),
    "markets.bad_street": _("골목 이름을 다시 봐 주세요. 30자까지 적을 수 있어요."),
    "markets.street_name_taken": _("‘%(name)s’ 골목이 벌써 있어요. 다른 이름을 적어 주세요."),
    "markets.bad_market": _("시장 정보를 다시 봐 주세요. 닫는 시간은 여는 시간보다 늦어야 해요."),
    "markets.stall_name_taken": _("‘%(name)s’ 점포가 벌써 있어요. 다른 이름을 적어 주세요."),
    "devices.pairing_unknown": _("그 번호가 나온 화면이 없어요. 10분이 지났으면 화면에 새로 나온 번호를 적어 주세요."),
    "devices.pairing_mistyped": _("번호가 하나 틀렸어요. 화면에 나온 여섯 자리를 다시 봐 주세요."),
    "devices.bad_screen": _("이름은 %(most_name)s자, 있는 곳은 %(most_place)s자까지 꼭 적어 주세요."),
    "limits.too_often": _("조금 전에 여러 번 하셨어요. 잠깐 쉬었다가 다시 해 주세요."),
    "people.no_such_push_service": _("이 전화기는 화면을 끄면 못 울려요. 화면을 켜 두면 울려요."),
    "people.not_in_practice": _("연습에서는 전화번호를 적어 두지 않아요. 번호 없이 그냥 해 보세요."),
    "practice.ended": _("연습이 끝났어요. ‘그만하기’를 누르고 진짜 화면에서 다시 해 주세요."),
    "practice.other_market": _("연습과 진짜가 바뀌었어요. 이 화면을 새로 열어 주세요."),
    "practice.nobody_came": _("손님이 살 물건이 없어요. 물건을 팔고 문을 열면 손님이 와요."),
    "people.link_dead": _("이 링크는 더 쓸 수 없어요. 상인회에 새 링크를 부탁해 주세요."),
    "people.text_refused": _("이 번호로는 문자를 보낼 수 없어요. 번호를 다시 봐 주세요."),
    "people.no_texts": _("지금은 문자를 보낼 수 없어요. 들어오지 않아도 주문할 수 있어요."),
}
