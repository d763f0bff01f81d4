"""Reviews, questions and claims in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Face:
    """A face that stands for stars."""

    stars: int
    icon: str
    words: Promise


FACES = (
    Face(5, "good", _("좋아요")),
    Face(3, "plain", _("그냥 그래요")),
    Face(1, "poor", _("아쉬워요")),
)
# For whoever wants to be exact.
STARS: dict[int, Promise] = {
    5: _("좋아요"),
    4: _("꽤 좋아요"),
    3: _("그냥 그래요"),
    2: _("조금 아쉬워요"),
    1: _("아쉬워요"),
}
FACE_OF = {5: "good", 4: "good", 3: "plain", 2: "poor", 1: "poor"}
SUSPICIONS: dict[str, Promise] = {
    "insult": _("심한 말이 있는 것 같아요"),
    "phone": _("전화번호가 있는 것 같아요"),
    "link": _("다른 곳으로 가는 주소가 있는 것 같아요"),
    "flood": _("같은 글자나 그림이 너무 많아요"),
}
WHY_HIDDEN: dict[str, Promise] = {
    "insult": _("심한 말이 있어요"),
    "private": _("다른 사람의 이름이나 전화번호가 있어요"),
    "untrue": _("사실과 달라요"),
    "ad": _("광고예요"),
    "other": _("그 밖의 까닭"),
}
CLAIMS: dict[str, Promise] = {
    "wrong": _("다른 물건이 왔어요"),
    "spoiled": _("상했거나 망가졌어요"),
    "short": _("모자라게 왔어요"),
    "mind": _("마음이 바뀌었어요"),
}
VERDICTS: dict[str, Promise] = {
    "must": _("돈을 돌려드려야 하는 경우예요. 물건이 산 것과 다르거나, 오래 두는 물건을 7일 안에 무른 때예요."),
    "may_fresh": _(
        "시간이 지나면 값이 떨어지는 물건이라, 마음이 바뀐 것만으로는 안 돌려드려도 돼요. 사장님이 정하세요."
    ),
    "late": _("법이 정한 날이 지났어요. 돌려드릴지는 사장님이 정하세요."),
}
INQUIRY_STATES: dict[str, tuple[Promise, str]] = {
    "waiting": (_("답을 기다려요"), "wait"),
    "answered": (_("답이 왔어요"), "go"),
    "accepted": (_("돈을 돌려드려요"), "go"),
    "declined": (_("가게가 어렵대요"), "stop"),
    "closed": (_("끝났어요"), "info"),
}
STALL_STATES: dict[str, tuple[Promise, str]] = {
    "waiting": (_("답해 주세요"), "new"),
    "answered": (_("답했어요"), "go"),
    "accepted": (_("돌려드렸어요"), "go"),
    "declined": (_("어렵다고 했어요"), "info"),
    "closed": (_("끝났어요"), "info"),
}
# What a stall says most, in one tap.
READY_ANSWERS: tuple[Promise, ...] = (
    _("네, 있어요. 지금 오시면 돼요."),
    _("죄송해요, 오늘은 다 나갔어요. 내일 다시 들여와요."),
    _("전화 주시면 자세히 알려 드릴게요."),
)
READY_CLAIM_ANSWERS: tuple[Promise, ...] = (
    _("정말 죄송해요. 바로 돌려드릴게요."),
    _("물건 사진을 한 장 보내 주세요."),
    _("다음에 오실 때 새것으로 바꿔 드릴게요."),
)
READY_THANKS: tuple[Promise, ...] = (
    _("고마워요. 또 들러 주세요."),
    _("다음에는 더 좋은 걸로 챙겨 드릴게요."),
    _("죄송해요. 다음에 오시면 말씀해 주세요."),
)

REVIEW_SENTENCES: dict[str, Promise] = {
    "reviews.not_bought": _("물건을 받은 뒤에 쓸 수 있어요. 내 주문에서 받은 주문을 눌러 주세요."),
    "reviews.own_stall": _("자기 가게 후기는 쓸 수 없어요. 다른 가게에서 산 것에 써 주세요."),
    "reviews.written": _("이 물건 후기는 벌써 쓰셨어요. 쓰신 후기에서 고칠 수 있어요."),
    "reviews.bad_stars": _("얼굴 하나를 골라 주세요."),
    "reviews.words_too_long": _("지금 %(have)s자예요. %(most)s자까지 줄여 주세요. 쓰신 글은 아래에 그대로 있어요."),
    "reviews.too_many_photos": _("사진은 %(most)s장까지 올릴 수 있어요. 몇 장을 빼고 다시 골라 주세요."),
    "reviews.edit_over": _("쓰고 %(hours)s시간이 지나 고칠 수 없어요. 지우는 것은 언제든 돼요."),
    "reviews.move_not_allowed": _("그사이 후기가 바뀌었어요. 바뀐 화면을 보고 다시 눌러 주세요."),
    "reviews.reason_missing": _("까닭을 하나 골라 주세요."),
    "reviews.answer_missing": _("답글은 %(most)s자까지 쓸 수 있어요. 조금 줄여 주세요."),
    "reviews.bad_event": _("%(field)s: 다시 봐 주세요."),
    "reviews.event_runs": _("%(day)s까지 쓰는 이벤트예요. 끝난 뒤에 뽑을 수 있어요."),
    "inquiries.words_missing": _("무엇이 궁금한지 한마디 적어 주세요."),
    "inquiries.words_too_long": _("지금 %(have)s자예요. %(most)s자까지 줄여 주세요. 쓰신 글은 아래에 그대로 있어요."),
    "inquiries.too_many_photos": _("사진은 %(most)s장까지 올릴 수 있어요. 몇 장을 빼고 다시 골라 주세요."),
    "inquiries.bad_subject": _("어느 물건인지 다시 골라 주세요."),
    "inquiries.not_handed_over": _("아직 받지 않은 물건이에요. 주문 화면에서 취소하거나 가게에 물어봐 주세요."),
    "inquiries.claim_open": _("이 물건은 벌써 가게에 말해 뒀어요. 내 주문에서 ‘물어본 것’을 봐 주세요."),
    "inquiries.over": _("이미 끝난 일이에요. 더 있으면 새로 물어봐 주세요."),
    "inquiries.may_not_refuse": _("이 경우는 거절할 수 없어요. 돌려드리거나 상인회에 전화해 주세요."),
}
REVIEW_AUDIT: dict[str, Promise] = {
    "review.written": _("후기를 썼어요. (%(stars)s점)"),
    "review.edited": _("후기를 고쳤어요. (%(stars)s점)"),
    "review.deleted": _("쓴 사람이 후기를 지웠어요."),
    "review.shown": _("후기를 보이게 했어요."),
    "review.hidden": _("후기를 가렸어요. (%(why)s)"),
    "review.reported": _("후기를 봐 달라고 했어요. (%(why)s)"),
    "review.answered": _("후기에 답글을 썼어요."),
    "review.answer_taken_back": _("후기 답글을 지웠어요."),
    "review_event.opened": _("후기 이벤트를 %(days)s일 동안 열었어요."),
    "review_event.drawn": _("후기 이벤트에서 %(entries)s명 가운데 %(winners)s명을 뽑았어요."),
    "inquiry.asked": _("손님이 물어봤어요. (%(kind)s)"),
    "inquiry.said_more": _("손님이 한마디 더 했어요."),
    "inquiry.closed": _("손님이 다 됐다고 했어요."),
    "inquiry.answered": _("손님께 답했어요."),
    "inquiry.accepted": _("손님 말대로 돌려드리기로 했어요. (%(why)s)"),
    "inquiry.declined": _("돌려드리기 어렵다고 했어요. (%(why)s)"),
    "inquiry.forgotten": _("3년 지난 질문 %(count)s건을 지웠어요."),
}
REVIEW_VALUES: dict[str, dict[str, Promise]] = {
    "why": {**WHY_HIDDEN, **CLAIMS, "fine": _("괜찮아서")},
}
EVENT_FIELDS: dict[str, Promise] = {
    "name": _("이름"),
    "prize": _("주는 것"),
    "days": _("며칠 동안"),
    "winners": _("몇 명"),
    "coupon": _("쿠폰"),
    "running": _("이미 열려 있는 이벤트"),
}
