"""Events and flash sales in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.faces._parts.words.times import when_words
from jangteo.kernel import clock

EVENT_KINDS = {
    "market_day": gettext_lazy("장날"),
    "festival": gettext_lazy("축제·행사"),
    "class": gettext_lazy("교실·체험"),
    "sale": gettext_lazy("할인 행사"),
}
HAPPENING_FIELDS: dict[str, Promise] = {
    "kind": gettext_lazy("종류"),
    "title": gettext_lazy("행사 이름"),
    "body": gettext_lazy("설명"),
    "place": gettext_lazy("곳"),
    "ends_at": gettext_lazy("끝나는 시간"),
    "starts_at": gettext_lazy("시작하는 시간"),
    "places": gettext_lazy("자리"),
    "most_people": gettext_lazy("한 번에 신청하는 사람"),
    "percent": gettext_lazy("깎는 만큼"),
}
EVENT_SENTENCES: dict[str, Promise] = {
    "events.bad_event": gettext_lazy("%(field)s, 다시 봐 주세요. 그대로는 행사를 적을 수 없어요."),
    "events.over": gettext_lazy("끝났거나 취소된 행사예요. 다른 행사를 봐 주세요."),
    "events.no_sign_up": gettext_lazy("신청하지 않아도 되거나 신청이 끝난 행사예요. 그날 그냥 오시면 돼요."),
    "events.places_gone": gettext_lazy("자리가 %(left)s개 남았어요. 사람 수를 줄이거나 다른 행사를 골라 주세요."),
    "events.bad_sign_up": gettext_lazy("이름을 적고, 사람은 %(most)s명까지 골라 주세요."),
    "events.signed_up_before": gettext_lazy("이 번호로 벌써 신청했어요. 처음 신청한 화면을 봐 주세요."),
    "events.fewer_places": gettext_lazy("벌써 %(taken)s명이 신청했어요. 자리를 그보다 줄일 수 없어요."),
    "events.nothing_to_sell": gettext_lazy("지금 값이 있고 팔고 있는 물건이 없어요. 물건을 먼저 골라 주세요."),
    "events.bad_flash": gettext_lazy("%(field)s, 다시 골라 주세요. 오늘 안에 시작하고 끝나야 해요."),
    "events.already_flash": gettext_lazy("%(name)s, 벌써 떨이를 하고 있어요. 먼저 그만두고 다시 해 주세요."),
    "events.flash_over": gettext_lazy("이 떨이는 끝났어요. 값은 전과 같아요."),
}
EVENT_AUDIT: dict[str, Promise] = {
    "event.written": gettext_lazy("행사를 적었어요."),
    "event.shown": gettext_lazy("행사를 손님께 보이게 했어요."),
    "event.draft": gettext_lazy("행사를 손님께 안 보이게 했어요."),
    "event.called_off": gettext_lazy("행사를 취소했어요."),
    "event.sign_up_in": gettext_lazy("%(people)s명이 행사를 신청했어요."),
    "event.sign_up_waiting": gettext_lazy("%(people)s명이 행사 자리를 기다려요."),
    "event.sign_up_cancelled": gettext_lazy("%(people)s명이 행사 신청을 물렸어요."),
    "event.moved_up": gettext_lazy("기다리던 %(people)s명에게 자리가 났어요."),
    "event.reminded": gettext_lazy("행사 하루 전이라 %(people)s명에게 알려요."),
    "event.forgotten": gettext_lazy("지난 행사 신청 %(people)s건의 이름과 번호를 지웠어요."),
    "flash.made": gettext_lazy("물건 %(goods)s가지를 %(percent)s%% 떨이로 내놓았어요."),
    "flash.taken_back": gettext_lazy("떨이 %(goods)s가지를 그만두고 값을 되돌렸어요."),
    "flash.turned": gettext_lazy("떨이 %(began)s가지가 시작하고 %(ended)s가지가 끝났어요."),
}


def news_line(kind: str, title: str, starts_at: datetime, ends_at: datetime, more: str) -> str:
    """One line for a board or the shop's front: what, where, and when it begins or ends."""
    now = clock.now()
    if kind == "flash":
        is_on = starts_at <= now
        words = (
            _("떨이 · %(more)s %(title)s, %(until)s까지") if is_on else _("떨이 · %(more)s %(title)s, %(starts)s부터")
        )
    elif kind == "rebate":
        words = _("%(title)s · %(more)s") if more else _("%(title)s")
    else:
        words = _("%(title)s, %(until)s까지") if starts_at <= now else _("%(title)s, %(starts)s")
    return words % {
        "title": title,
        "more": more,
        "starts": when_words(starts_at, now),
        "until": when_words(ends_at, now),
    }
