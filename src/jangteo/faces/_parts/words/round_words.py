"""Couriers' rounds in words: refusals and the audit."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

ROUND_SENTENCES: dict[str, Promise] = {
    "rounds.no_couriers": gettext_lazy("배달할 분을 한 분 이상 골라 주세요."),
    "rounds.nothing_to_bring": gettext_lazy("지금 배달할 주문이 없어요. 주문이 들어오면 다시 짜 주세요."),
    "rounds.way_unknown": gettext_lazy("거리를 알 수 없어 배달 길을 못 짰어요. 잠시 뒤에 다시 눌러 주세요."),
    "rounds.not_gathered": gettext_lazy("주문 %(number)s번은 아직 준비가 안 됐어요. 다 모이면 실어 주세요."),
    "rounds.called_off": gettext_lazy("주문 %(number)s번은 끝났거나 취소됐어요. 물건이 있으면 모음터로 가져와 주세요."),
    "rounds.stop_over": gettext_lazy("주문 %(number)s번 배달은 벌써 끝났어요. 다음 집으로 가 주세요."),
    "rounds.steps_missing": gettext_lazy("먼저 전화해 보고 5분 기다려 주세요. 그다음에 눌러 주세요."),
    "rounds.bad_press": gettext_lazy("무엇을 눌렀는지 알 수 없어요. 화면을 새로 열고 다시 눌러 주세요."),
    "whatif.too_many": gettext_lazy("나란히 놓고 볼 수 있는 것은 %(most)s개까지예요. 하나를 먼저 지워 주세요."),
    "whatif.bad_name": gettext_lazy("이름을 %(most)s자까지 적어 주세요."),
    "rounds.bad_rate": gettext_lazy("배달 한 건에 0원부터 10만 원까지, 오늘부터 적을 수 있어요."),
}
ROUND_AUDIT: dict[str, Promise] = {
    "wave.rounds": gettext_lazy("배달 길을 짰어요. %(couriers)s명이 주문 %(orders)s건을 가져가요."),
    "stop.loaded": gettext_lazy("배달할 주문을 실었어요."),
    "stop.here": gettext_lazy("배달할 집에 왔어요."),
    "stop.done": gettext_lazy("주문을 문 앞에 전했어요."),
    "stop.failed": gettext_lazy("주문을 전하지 못해 모음터로 가져가요."),
    "stop.called_off": gettext_lazy("취소된 주문을 배달 길에서 뺐어요."),
    "stop.again": gettext_lazy("못 전한 주문을 다시 배달하기로 했어요."),
    "stop.lack": gettext_lazy("배달할 주문에 빠진 물건이 있다고 적었어요."),
    "stop.photos_forgotten": gettext_lazy("기한이 지난 배달 사진과 주소 %(count)s건을 지웠어요."),
    "scenario.kept": gettext_lazy("배달비를 바꾸면 어떨지 적어 두었어요."),
    "scenario.dropped": gettext_lazy("배달비를 바꾸면 어떨지 적어 둔 것을 지웠어요."),
    "courier.rate": gettext_lazy("배달 한 건에 드리는 돈을 적었어요. %(starts)s부터 %(stop_won)s원"),
}
