"""Customers say which news they want, and never again without signing in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.adapters.webpush.client import WebPushSender
from jangteo.adapters.webpush.simulator import PracticePhone
from jangteo.adapters.webpush.vapid import Sender, new_key
from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.kinds import Channel, Purpose
from jangteo.domains.campaigns.models import Consent, CustomerPush
from jangteo.domains.campaigns.queries import consents_of
from jangteo.domains.people import push_senders
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import User
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

SENDER = Sender.of(new_key(), "mailto:market@example.com")
BROWSER = PracticePhone(endpoint="https://fcm.googleapis.com/fcm/send/x", sender_key=SENDER.public)
HANDED_OUT = {"endpoint": BROWSER.endpoint, "p256dh": BROWSER.p256dh, "auth": BROWSER.auth}
NEWS = "/jangteo/news/"


@pytest.fixture
def hana(world: World) -> User:
    return register_customer(market=world.market, actor=SYSTEM, phone="01000000001")


@pytest.fixture
def phone(hana: User) -> Client:
    client = Client()
    client.force_login(hana)
    return client


@pytest.fixture
def _pushes() -> Iterator[None]:
    sender = WebPushSender(sender=SENDER, services=["fcm.googleapis.com"])
    push_senders.use(sender)
    yield
    push_senders.use(None)
    sender.close()


def given(world: World, user: User) -> set[str]:
    with in_market(world.market.pk):
        return {f"{channel} {purpose}" for (channel, purpose), one in consents_of(user.pk).items() if one.given}


def no_ads(world: World, user: User) -> str:
    return f"/jangteo/no-ads/{outside.seal().token(world.market.pk, user.pk)}/"


def test_a_guest_is_led_to_the_number(world: World) -> None:
    assert "/jangteo/enter/" in Client().get(NEWS).content.decode()


def test_every_press_is_kept_with_its_words_and_can_be_taken_back(world: World, phone: Client, hana: User) -> None:
    phone.post(NEWS, {"about": "sms-ad", "say": "yes"})
    phone.post(NEWS, {"about": "sms-ad_night", "say": "yes"})
    assert given(world, hana) == {"sms ad", "sms ad_night"}
    assert "문자 그만 받기" in phone.get(NEWS).content.decode()

    phone.post(NEWS, {"about": "sms-ad", "say": "no"})

    assert given(world, hana) == set()
    with in_market(world.market.pk):
        first = Consent.objects.order_by("pk")[0]
    assert (first.wording, first.place) == ("시장과 가게의 광고 소식을 문자로 받는 데 동의해요.", "shop")


@pytest.mark.parametrize(
    "told", [{}, {"about": "sms-ad"}, {"about": "fax-ad", "say": "yes"}, {"about": "all", "say": "?"}]
)
def test_what_no_button_says_changes_nothing(world: World, phone: Client, hana: User, told: dict[str, str]) -> None:
    assert phone.post(NEWS, told).status_code == 200

    assert given(world, hana) == set()


@pytest.mark.usefixtures("_pushes")
def test_a_browser_says_yes_by_a_tap_and_no_again(world: World, phone: Client, hana: User) -> None:
    assert f'data-news="{SENDER.public}"' in phone.get(NEWS).content.decode()
    assert phone.get(f"{NEWS}push/", {"endpoint": BROWSER.endpoint}).json() == {"known": False}

    assert phone.post(f"{NEWS}push/", HANDED_OUT).status_code == 204
    assert phone.get(f"{NEWS}push/", {"endpoint": BROWSER.endpoint}).json() == {"known": True}
    assert given(world, hana) == {"push ad"}
    phone.post(NEWS, {"about": "push-ad", "say": "no"})

    assert given(world, hana) == set()
    with in_market(world.market.pk):
        assert CustomerPush.objects.count() == 0


@pytest.mark.usefixtures("_pushes")
@pytest.mark.parametrize(("wrong", "status"), [({"endpoint": "https://example.com/x"}, 409), ({"auth": ""}, 422)])
def test_what_no_browser_hands_out_is_not_kept(
    world: World, phone: Client, hana: User, wrong: dict[str, str], status: int
) -> None:
    assert phone.post(f"{NEWS}push/", HANDED_OUT | wrong).status_code == status

    assert given(world, hana) == set()


def test_the_address_of_a_message_stops_everything_without_signing_in(world: World, phone: Client, hana: User) -> None:
    phone.post(NEWS, {"about": "sms-ad", "say": "yes"})
    address, stranger = no_ads(world, hana), Client()

    assert "네, 그만 받을게요" in stranger.get(address).content.decode()
    assert given(world, hana) == {"sms ad"}
    stranger.post(address, {"say": "no"})
    with in_market(world.market.pk):
        said = consents_of(hana.pk)
    assert not said[Channel.SMS, Purpose.AD].given

    stranger.post(address, {"say": "again"})
    assert "sms ad" in given(world, hana)


@pytest.mark.parametrize("token", ["x", "1-abc", "a-b-c", "-", "é"])
def test_an_address_that_was_made_up_stops_nobody(world: World, token: str) -> None:
    answer = Client().post(f"/jangteo/no-ads/{token}/", {"say": "no"})

    assert answer.status_code == 404
    with in_market(world.market.pk):
        assert not Consent.objects.exists()


def test_in_practice_there_is_nothing_to_agree_to(world: World) -> None:
    shopper = Client()
    place = shopper.post("/jangteo/practice/")
    slug = place["Location"].split("/")[1]

    assert shopper.get(f"/{slug}/news/").status_code == 302
