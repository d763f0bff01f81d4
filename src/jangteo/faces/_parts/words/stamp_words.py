"""What is said about stamps: refusals, and rows of the audit log."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STAMP_SENTENCES: dict[str, Promise] = {
    "stamps.refused": _("지금은 도장을 찍을 수 없어요. 화면을 새로 열어 보세요."),
    "stamps.bad_programme": _("%(least)s부터 %(most)s까지로 정해 주세요."),
    "stamps.no_reward_there": _("그 쿠폰은 쓸 수 없어요. 다른 쿠폰을 골라 주세요."),
    "stamps.programme_runs": _("벌써 도장을 모으고 있어요. 그만 모은 다음에 새로 시작할 수 있어요."),
    "stamps.no_programme": _("이 가게는 아직 도장을 모으지 않아요."),
    "stamps.bad_who": _("휴대전화 번호를 다시 봐 주세요. 010부터 적거나, 손님 화면의 여섯 자리를 적어요."),
    "stamps.code_over": _("그 번호는 끝났어요. 새 번호를 보여 달라고 해 주세요."),
    "stamps.already_stamped": _("여기에는 벌써 도장을 찍었어요. 한 번 산 것에는 한 번만 찍혀요."),
    "stamps.too_soon": _(
        "조금 전에 찍은 손님이에요. 판 것이 있으면 현장 계산에 적고 찍거나, %(minutes)s분 뒤에 찍어 주세요."
    ),
    "stamps.enough_today": _("이 손님은 오늘 받을 도장을 다 받았어요. 내일 또 찍어 드리면 돼요."),
    "stamps.too_small": _("%(per_won)s원마다 도장 하나예요. 판 값을 먼저 적어 주세요."),
    "stamps.no_such_purchase": _("도장을 찍을 계산을 찾지 못했어요. 도장 화면에서 번호로 찍어 주세요."),
    "stamps.too_late": _("10초가 지나서 되돌릴 수 없어요. 잘못 찍었으면 상인회에 전화해 주세요."),
    "stamps.bad_paper": _(
        "종이에 찍힌 도장은 1개부터 %(most)s개까지 옮길 수 있어요. 다 찬 종이는 그 자리에서 선물을 드리세요."
    ),
}
STAMP_AUDIT: dict[str, Promise] = {
    "stamps.started": _("도장 %(need)s개 모으기를 시작했어요"),
    "stamps.stopped": _("도장 모으기를 그만뒀어요"),
    "stamps.put": _("도장 %(count)s개를 찍었어요"),
    "stamps.taken_back": _("도장 %(count)s개를 되돌렸어요"),
    "stamps.paper": _("종이 도장판에서 %(count)s개를 옮겼어요"),
    "stamps.code": _("도장 찍을 번호를 보여 줬어요"),
    "stamps.rewarded": _("도장이 다 차서 쿠폰이 나갔어요"),
    "stamps.no_reward": _("도장이 다 찼는데 쿠폰을 못 줬어요"),
    "stamps.lapsed": _("나간 손님의 도장 %(count)s개가 없어졌어요"),
}
