"""News to regulars: saying, sending, agreeing, refusing."""

from __future__ import annotations

from jangteo.domains.campaigns import outside
from jangteo.domains.people.models import User
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, office, shop, shop_of
from tests.security.news import campaign_of

SAYING = "오늘 고등어가 좋아요."


def sent(scenes: Scenes) -> int:
    return campaign_of(scenes.world.market, scenes.world.fish)


def stall(path: str, says: str) -> Screen:
    return Screen(Who.STALL, lambda scenes: f"/stall/news/{path}", says)


def refusing(scenes: Scenes) -> str:
    sent(scenes)
    last = User.objects.order_by("-pk")[0]
    return f"no-ads/{outside.seal().token(scenes.world.market.pk, last.pk)}/"


def listed(path: str) -> Screen:
    def address(scenes: Scenes) -> str:
        sent(scenes)
        return path

    return Screen(Who.STALL, address, "오늘 두부가 좋아요.")


NEWS_SCREENS: dict[str, Screen] = {
    "news of a stall": listed("/stall/news/"),
    "news, what to say": stall("new/", "무슨 말을 보낼까요?"),
    "news, to whom": stall(f"new/?body={SAYING}", "누구에게 보낼까요?"),
    "news, sure": stall(f"new/?body={SAYING}&segment=all", "이대로 보낼까요?"),
    "news that wait": Screen(Who.STALL, lambda scenes: f"/stall/news/{sent(scenes)}/", "그만 보내기"),
    "news, a guest": shop("news/", "어디로 보내 드릴까요?"),
    "news, a customer": shop("news/", "동의하고 문자 받기", who=Who.CUSTOMER),
    "news, no more": shop_of(refusing, "네, 그만 받을게요"),
    "office, messages": office(lambda scenes: f"messages/?n={sent(scenes)}", "오늘 두부가 좋아요."),
    "office, a message": office(lambda scenes: f"messages/{sent(scenes)}/", "누구에게 무엇을 보냈나요"),
    "office, a new message": office(lambda _: "messages/new/", "몇 명에게 얼마에 가는지 보기"),
    "office, a message, sure": office(lambda _: f"messages/new/?body={SAYING}&segment=all", "이대로 보낼까요?"),
    "office, refusals": office(lambda _: "messages/refusals/", "이분들께 그만 보내기"),
    "office, prices of messages": office(lambda _: "messages/terms/", "값과 횟수"),
    "office, alimtalk": office(lambda _: "messages/templates/", "아직 적어 둔 글이 없어요"),
}
