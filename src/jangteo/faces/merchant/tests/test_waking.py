"""Who is asked to ring with the screen off, and what a phone may say of itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from jangteo.adapters.webpush.client import WebPushSender
from jangteo.adapters.webpush.simulator import PracticePhone
from jangteo.adapters.webpush.vapid import Sender, new_key
from jangteo.domains.people import push_senders
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import PushSubscription, Role
from jangteo.faces._parts.devices import OFFICE_COOKIE
from jangteo.faces.merchant.tests.conftest import entered
from jangteo.faces.merchant.tests.test_app import kept
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.security.helping import let_act
from tests.world import World, device_of

SENDER = Sender.of(new_key(), "mailto:market@example.com")
BROWSER = PracticePhone(endpoint="https://fcm.googleapis.com/fcm/send/x", sender_key=SENDER.public)
HANDED_OUT = {"endpoint": BROWSER.endpoint, "p256dh": BROWSER.p256dh, "auth": BROWSER.auth}


@pytest.fixture
def _pushes() -> Iterator[None]:
    sender = WebPushSender(sender=SENDER, services=["fcm.googleapis.com"])
    push_senders.use(sender)
    yield
    push_senders.use(None)
    sender.close()


def asks(phone: Client, path: str = "/stall/") -> bool:
    return f'data-waking="{SENDER.public}"' in phone.get(path).content.decode()


def endpoints(world: World) -> list[tuple[str, str]]:
    with in_market(world.market.pk):
        return list(PushSubscription.objects.values_list("stall__name", "endpoint"))


def test_where_nothing_is_sent_nothing_is_asked(phone: Client) -> None:
    assert "data-waking" not in phone.get("/stall/").content.decode()
    assert "data-waking" not in phone.get("/stall/more/").content.decode()
    assert phone.post("/stall/waking/", HANDED_OUT).status_code == 409


@pytest.mark.usefixtures("_pushes")
def test_a_phone_says_yes_and_no_again(world: World, phone: Client) -> None:
    assert asks(phone)
    assert asks(phone, "/stall/more/")
    assert phone.get("/stall/waking/").json() == {"endpoint": ""}

    assert phone.post("/stall/waking/", HANDED_OUT).status_code == 204
    assert phone.get("/stall/waking/").json() == {"endpoint": BROWSER.endpoint}
    assert endpoints(world) == [(world.fish.name, BROWSER.endpoint)]
    assert [phone.post("/stall/waking/off/").status_code for _ in range(2)] == [204, 204]

    assert phone.get("/stall/waking/").json() == {"endpoint": ""}


@pytest.mark.usefixtures("_pushes")
@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"endpoint": ""}, 422),
        ({"endpoint": "https://fcm.googleapis.com/" + "x" * 1000}, 422),
        ({"endpoint": "http://169.254.169.254/latest"}, 409),
        ({"endpoint": "https://example.com/x"}, 409),
        ({"auth": "x"}, 409),
        ({"p256dh": "x" * 200}, 422),
    ],
)
def test_what_no_browser_hands_out_is_not_kept(world: World, phone: Client, wrong: dict[str, str], status: int) -> None:
    assert phone.post("/stall/waking/", HANDED_OUT | wrong).status_code == status

    assert endpoints(world) == []


@pytest.mark.usefixtures("_pushes")
def test_a_phone_that_enters_another_stall_rings_for_the_old_one_no_more(world: World, phone: Client) -> None:
    phone.post("/stall/waking/", HANDED_OUT)
    token = make_entry_link(market=world.market, actor=SYSTEM, role=Role.OWNER, stall=world.stranger)

    phone.post(f"/in/{token}/")

    assert endpoints(world) == []
    phone.post("/stall/waking/", HANDED_OUT)
    assert endpoints(world) == [(world.stranger.name, BROWSER.endpoint)]


@pytest.mark.usefixtures("_pushes")
def test_the_same_browser_rings_for_one_stall_only(world: World, phone: Client, stranger: Client) -> None:
    for one in (phone, stranger):
        assert one.post("/stall/waking/", HANDED_OUT).status_code == 204

    assert endpoints(world) == [(world.stranger.name, BROWSER.endpoint)]
    assert phone.get("/stall/waking/").json() == {"endpoint": ""}


@pytest.mark.usefixtures("_pushes")
def test_a_phone_that_practises_is_not_asked_and_keeps_ringing_for_its_stall(world: World, phone: Client) -> None:
    phone.post("/stall/waking/", HANDED_OUT)

    phone.post("/stall/practice/", {"do": "begin"})

    assert "data-waking" not in phone.get("/stall/").content.decode()
    assert phone.post("/stall/waking/", HANDED_OUT).status_code == 409
    assert endpoints(world) == [(world.fish.name, BROWSER.endpoint)]


@pytest.mark.usefixtures("_pushes")
def test_a_helper_who_acts_for_the_stall_is_not_asked(world: World) -> None:
    helper, secret = Client(), device_of(world, None, Role.HELPER)
    helper.cookies[OFFICE_COOKIE] = secret
    let_act(world, world.fish, secret)

    assert world.fish.name in helper.get("/stall/").content.decode()
    assert "data-waking" not in helper.get("/stall/").content.decode()
    assert helper.post("/stall/waking/", HANDED_OUT).status_code == 409
    assert endpoints(world) == []


@pytest.mark.usefixtures("_pushes")
def test_a_familys_phone_that_can_be_woken_is_not_called_silent(world: World, phone: Client) -> None:
    family = entered(device_of(world, world.fish, Role.FAMILY))
    assert "지금은 화면이 꺼져 있어서 못 울려요." in phone.get("/stall/cover/").content.decode()

    family.post("/stall/waking/", HANDED_OUT)

    assert "가족 전화기는 화면이 꺼져 있어도 울려요." in phone.get("/stall/cover/").content.decode()


def test_the_phones_worker_has_the_words_of_its_language(phone: Client) -> None:
    korean = kept(phone)["words"]
    phone.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert isinstance(korean, dict)
    assert korean["ring"] == "새 주문 {number}번"
    assert kept(phone)["words"] != korean
