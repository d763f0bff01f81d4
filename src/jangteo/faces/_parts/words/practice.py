"""What there is to try where people practise: the thing, and where it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class LessonWords:
    """What to do, and how."""

    what: Promise
    how: Promise


LESSONS: dict[str, dict[str, LessonWords]] = {
    "stall": {
        "accept": LessonWords(_("주문 받기"), _("‘손님 부르기’를 누르면 주문이 와요. ‘주문 받기’를 누르세요.")),
        "ready": LessonWords(
            _("준비해서 건네주기"),
            _("달아 파는 것은 무게를 적고, ‘다 됐어요’를 누르세요. 손님이 오면 ‘건넸어요’예요."),
        ),
        "price": LessonWords(_("값 바꾸기"), _("‘물건·값’에서 물건을 하나 골라 값을 바꿔 보세요.")),
        "sold_out": LessonWords(_("품절로 하기"), _("‘물건·값’에서 다 팔린 물건의 ‘품절’을 누르세요.")),
        "counter": LessonWords(
            _("가게에서 돈 받기"), _("‘QR로 받기’에 금액을 적고 기다리세요. 손님이 냈다고 하면 ‘받았어요’예요.")
        ),
    },
    "office": {
        "stall": LessonWords(_("점포 고치기"), _("‘점포’에서 가게 하나를 골라 한마디를 고쳐 보세요.")),
        "link": LessonWords(_("들어오는 링크 만들기"), _("‘점포’에서 가게를 고르고 ‘사장님 링크 만들기’를 누르세요.")),
        "back": LessonWords(_("손님께 돌려드리기"), _("‘주문’에서 어제 주문을 골라 돈을 돌려드려 보세요.")),
        "settle": LessonWords(_("정산 닫기"), _("‘돈’의 ‘정산’에서 어제까지를 닫아 보세요. 어제 판 것이 있어요.")),
        "policy": LessonWords(_("정책 적기"), _("‘정책’에서 상품권 할인율을 하나 적어 보세요.")),
    },
    "helper": {
        "take": LessonWords(
            _("도움 요청 받기"), _("‘도움 요청 오게 하기’를 누르고, 온 요청에서 ‘제가 갈게요’를 누르세요.")
        ),
        "done": LessonWords(_("도움 끝내기"), _("다 도와드렸으면 ‘도와드렸어요’를 누르세요.")),
        "visit": LessonWords(_("방문 적기"), _("‘방문 적기’에서 가게를 고르고 막힌 것을 하나 누르세요.")),
        "set_up": LessonWords(_("점포 차려 주기"), _("가게 하나를 골라 ‘QR 스티커 붙이기’를 ‘했어요’로 하세요.")),
        "act": LessonWords(
            _("사장님 대신 하기"), _("‘대신 하기’에서 가게를 고르고, 연습 사장님이 불러 주는 번호를 적으세요.")
        ),
    },
    "shop": {
        "basket": LessonWords(_("물건 담기"), _("‘장보기’에서 마음에 드는 것을 담아 보세요.")),
        "order": LessonWords(_("주문하기"), _("바구니에서 ‘주문하기’를 누르고 시간을 고르세요.")),
        "card": LessonWords(_("카드로 내기"), _("주문할 때 ‘지금 카드로 내기’를 고르세요. 진짜 카드는 쓰지 않아요.")),
        "got": LessonWords(_("물건 받기"), _("‘내 주문’을 보고 있으면 가게가 준비해요. 1분이면 다 돼요.")),
        "cancel": LessonWords(_("주문 취소하기"), _("주문하자마자 ‘주문 취소하기’를 눌러 보세요.")),
    },
}


def lesson_words(face: str, key: str) -> LessonWords:
    """The words of a lesson."""
    return LESSONS[face][key]
