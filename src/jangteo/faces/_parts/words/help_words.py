"""Calls for help and what helpers do, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHAT: dict[str, Promise] = {
    "goods": _("물건·값"),
    "orders": _("주문"),
    "money": _("받을 돈"),
    "paying": _("돈 내기"),
    "finding": _("길 찾기"),
    "screen": _("화면이 이상해요"),
    "other": _("그 밖의 일"),
    "carry": _("짐 들어 주기"),
}
STUCK: dict[str, Promise] = {
    "phone": _("전화기·와이파이"),
    "entry": _("들어가기"),
    "goods": _("사진·물건 올리기"),
    "price": _("값·품절"),
    "orders": _("주문 받기"),
    "money": _("받을 돈"),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One of the few big things that somebody may be stuck with."""

    what: str
    icon: str
    words: Promise


STALL_ASKS = (
    Ask("goods", "tag", _("물건·값")),
    Ask("orders", "receipt-text", _("주문 받기")),
    Ask("money", "hand-coins", _("받을 돈")),
    Ask("other", "message-square", _("그 밖의 일")),
)
CUSTOMER_ASKS = (
    Ask("orders", "shopping-basket", _("주문하는 법")),
    Ask("paying", "credit-card", _("돈 내는 법")),
    Ask("finding", "map-pin", _("가게·길 찾기")),
    Ask("other", "message-square", _("그 밖의 일")),
)

HELP_AUDIT: dict[str, Promise] = {
    "help.called": _("도움을 불렀어요. (%(what)s)"),
    "help.carry_points": _("짐을 들어다 드리는 곳을 정했어요. (%(points)s곳)"),
    "help.taken": _("도와드리러 갔어요."),
    "help.left": _("도움 요청을 다시 내놓았어요."),
    "help.done": _("도와드리기를 마쳤어요."),
    "help.taken_back": _("부른 도움을 물렸어요."),
    "help.visited": _("가게에 들러 도와드렸어요. (%(stuck)s)"),
    "help.set_up": _("점포 차리기에서 ‘%(step)s’ 표시를 했어요."),
    "help.set_up_undone": _("점포 차리기에서 ‘%(step)s’ 표시를 지웠어요."),
    "acting.code_made": _("도우미에게 불러 줄 번호를 띄웠어요."),
    "acting.code_wrong": _("대신 하기 번호가 틀렸어요. (%(tries)s번째)"),
    "acting.began": _("사장님 일을 대신 하기 시작했어요."),
    "acting.extended": _("대신 하는 시간을 늘렸어요."),
    "acting.ended": _("대신 하기를 끝냈어요. (%(reason)s)"),
}
HELP_VALUES: dict[str, dict[str, Promise]] = {
    "what": WHAT,
    "step": {"sticker": _("QR 스티커 붙이기"), "taught": _("사장님이 혼자 해 보기")},
}
ENDED: dict[str, Promise] = {
    "stall": _("가게에서"),
    "helper": _("도우미가"),
    "time": _("시간이 다 돼서"),
    "other_stall": _("다른 가게로 가서"),
}
HELP_REFUSALS: dict[str, Promise] = {
    "audit.never_for_another": _("이 일은 사장님만 하실 수 있어요. 사장님 전화기에서 눌러 주세요."),
    "helping.bad_call": _("어디인지 다시 적어 주세요. 60자까지 적을 수 있어요."),
    "helping.no_carrying": _("짐은 장날에, 정해 둔 곳까지만 들어다 드려요. 급하시면 상인회에 전화해 주세요."),
    "helping.bad_points": _("%(most)s곳까지, 이름은 %(longest)s자까지 적을 수 있어요."),
    "helping.call_taken": _("%(name)s 도우미가 벌써 가고 있어요. 다른 요청을 봐 주세요."),
    "helping.call_over": _("이 요청은 끝났어요. 남은 요청을 봐 주세요."),
    "helping.code_wrong": _("번호가 달라요. 사장님 전화기에 뜬 번호를 다시 불러 달라고 해 주세요."),
    "helping.stall_helped": _("%(name)s 도우미가 이 가게 일을 대신 하고 있어요. 끝난 뒤에 다시 해 주세요."),
    "helping.bad_visit": _("무엇이 막혔는지 하나 이상 골라 주세요."),
}
