"""The hub in words: refusals and the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

HUB_FIELDS: dict[str, Promise] = {
    "tour_minutes": gettext_lazy("몇 분마다 도는지"),
    "shelves": gettext_lazy("선반 번호 수"),
    "brings": gettext_lazy("누가 가져오는지"),
    "hours": gettext_lazy("맡아 두는 시간"),
    "words": gettext_lazy("규칙"),
}
HUB_SENTENCES: dict[str, Promise] = {
    "hub.none": gettext_lazy("아직 모음터를 쓰지 않는 시장이에요. 물건은 가게에서 바로 드려요."),
    "hub.bad_plan": gettext_lazy("‘%(field)s’를 다시 봐 주세요. 적힌 범위 안에서 골라 주세요."),
    "hub.bad_rule": gettext_lazy("‘%(field)s’를 다시 봐 주세요. 규칙은 오늘부터 쓸 수 있고 72시간까지예요."),
    "hub.not_gathered": gettext_lazy("이 물건은 지금 모음터로 가져올 것이 아니에요. 취소됐거나 이미 드린 주문이에요."),
    "hub.bad_boxes": gettext_lazy("상자는 1개부터 %(most)s개까지 적을 수 있어요."),
    "hub.still_missing": gettext_lazy("%(stall)s 물건이 아직 안 왔어요. 다 모이면 한꺼번에 드려요."),
    "hub.not_to_swap": gettext_lazy("%(name)s, 대신 드릴 수 없어요. 보기에 있는 물건 가운데 골라 주세요."),
    "hub.settled_before": gettext_lazy("다른 분이 먼저 정했어요. 화면을 새로 열어 어떻게 됐는지 봐 주세요."),
    "hub.ask_first": gettext_lazy("%(name)s, 없다고 적혀 있어요. 어떻게 할지 먼저 정해 주세요."),
}
HUB_AUDIT: dict[str, Promise] = {
    "hub.plan_set": gettext_lazy("모음터 쓰는 법을 바꿨어요. 선반 %(shelves)s칸, %(minutes)s분마다"),
    "hub.rule_written": gettext_lazy("안 찾아간 물건 규칙을 적었어요. %(hours)s시간"),
    "hub.tour_made": gettext_lazy("물건 받으러 도는 길을 짰어요. %(parts)s건"),
    "hub.part_got": gettext_lazy("주문 %(number)s번 물건을 받았어요"),
    "hub.part_back": gettext_lazy("주문 %(number)s번 받은 것을 되돌렸어요"),
    "hub.put_off": gettext_lazy("아직이라 나중에 다시 들르기로 했어요"),
    "hub.order_ready": gettext_lazy("주문 %(number)s번 물건이 다 모였어요"),
    "hub.missing": gettext_lazy("주문 %(number)s번 %(name)s, 없다고 적었어요"),
    "hub.outcome_refund": gettext_lazy("주문 %(number)s번 %(name)s 값을 돌려드렸어요"),
    "hub.outcome_swap": gettext_lazy("주문 %(number)s번 %(name)s 대신 다른 물건을 넣었어요"),
    "hub.boxes": gettext_lazy("상자를 적었어요. %(boxes)s개"),
    "hub.handed_out": gettext_lazy("주문 %(number)s번을 모음터에서 드렸어요"),
}
