"""Screens of what is known of people: a customer's own, and the association's."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.regulars.actions.ask_deletion import ask_deletion
from jangteo.domains.regulars.actions.note_look import Seen, note_look
from jangteo.domains.regulars.models import Deletion
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, shop, shop_of

PHONE = "01033334455"


def asked(scenes: Scenes) -> Deletion:
    """Somebody wants to be forgotten; the same request each time."""
    market = scenes.world.market
    user = register_customer(market=market, actor=SYSTEM, phone=PHONE)
    with in_market(market.pk):
        waiting = Deletion.objects.filter(user=user, state=Deletion.State.ASKED).first()
    if waiting is not None:
        return waiting
    return ask_deletion(market=market, actor=SYSTEM, user_id=user.pk, told={"orders": 3, "stamps": 7})


def looked(scenes: Scenes) -> str:
    """A month in which a desk saw customers, one of them whole."""
    asked(scenes)
    for number, reason in ((1, ""), (2, "손님께 전화하려고"), (3, "배달 기사님이 주소를 다시 물어봐서")):
        seen = Seen("order.unmasked" if reason else "order", f"order:{number}", reason=reason)
        with clock.at(clock.now() - timedelta(minutes=number)):
            note_look(
                market=scenes.world.market,
                actor=Actor(ActorKind.STAFF, "device:1"),
                seen=seen,
                from_address="203.0.113.7",
            )
    return "/office/looks/"


def forgetting(scenes: Scenes) -> str:
    asked(scenes)
    return "/office/forgetting/"


MY_DATA_SCREENS: dict[str, Screen] = {
    "my data, nobody in": shop("my/", "휴대폰 번호로 들어오시면"),
    "my data": shop("my/", "여기에 적어 둔 것", who=Who.CUSTOMER),
    "my data, e-mail": shop("my/email/", "이 시장은 아직 이메일을 보내지 않아요", who=Who.CUSTOMER),
    "my data, a fresh code": shop("my/deletion/", "한 번 더 확인할게요", who=Who.CUSTOMER),
    "receipts, none": shop("my/receipts/", "아직 영수증이 없어요"),
    "receipts": shop("my/receipts/", "내 영수증", who=Who.CUSTOMER),
    "time limits": shop("privacy/", "얼마나 두나요"),
    "proof of deletion": shop_of(lambda scenes: f"privacy/{asked(scenes).token}/", "지우기 확인서"),
    "looks": Screen(Who.OFFICE, looked, "손님 정보를 본 기록"),
    "looks, none": Screen(Who.NEW_OFFICE, lambda scenes: "/office/looks/", "이 달에는 본 기록이 없어요"),
    "deletions": Screen(Who.OFFICE, forgetting, "지워 달라는 부탁"),
    "deletions, none": Screen(Who.NEW_OFFICE, lambda scenes: "/office/forgetting/", "기다리는 부탁이 없어요"),
}
