"""The association's messages: sending, results, refusals by telephone, prices, Alimtalk texts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.domains.campaigns.kinds import Move
from jangteo.domains.campaigns.models import Campaign, Consent, Template
from jangteo.domains.campaigns.queries_people import terms_of
from jangteo.domains.campaigns.tests.stage import Post, agrees, bought, deliver, phone_of, post
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

BODY = "내일은 장날이에요."
TERMS = {"cap_a_week": 1, "window_days": 10, "refusal_number": "080-123-4567", "profile": "PF1"}
PRICES = {"alimtalk_per_100": 1000, "sms_per_100": 1300, "lms_per_100": 4000}
TEXT = {"code": "JT1", "name": "쿠폰", "body": "#{보낸이} #{내용} #{근거}", "basis": "bought", "state": "approved"}


@pytest.fixture
def texts() -> Iterator[Post]:
    with clock.at(NOON), post() as opened:
        yield opened


def test_the_association_writes_sees_the_result_and_no_whole_number(world: World, desk: Client, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 12_345))
    sure = desk.get("/office/messages/new/", {"body": BODY, "segment": "all"}).content.decode()
    assert "43원" in sure

    sent = desk.post("/office/messages/new/", {"body": BODY, "segment": "all", "key": "form-0001"})
    with in_market(world.market.pk):
        campaign = Campaign.objects.get()
    deliver(texts, campaign)

    page = desk.get(sent["Location"]).content.decode()
    assert "010-****-2345" in page
    assert phone_of(12_345) not in page
    assert BODY in desk.get("/office/messages/").content.decode()


def test_numbers_that_refused_are_pasted_as_they_come(world: World, desk: Client) -> None:
    pasted = "010-0000-0001\n+82 10 0000 0002, 01000000003;\n\n"

    assert "3명을 적었어요." in desk.post("/office/messages/refusals/", {"numbers": pasted}).content.decode()
    wrong = desk.post("/office/messages/refusals/", {"numbers": "+81 90 1234 5678"})

    assert wrong.status_code == 422
    with in_market(world.market.pk):
        assert Consent.objects.filter(move=Move.WITHDRAWN).values("user").distinct().count() == 3


def test_a_thousand_numbers_at_once(world: World, desk: Client) -> None:
    numbers = "\n".join(phone_of(number) for number in range(1_000))

    assert "1000명을 적었어요." in desk.post("/office/messages/refusals/", {"numbers": numbers}).content.decode()


def test_prices_and_how_often_are_the_markets_own(world: World, desk: Client) -> None:
    assert desk.post("/office/messages/terms/", TERMS | PRICES).status_code == 302
    assert desk.post("/office/messages/terms/", TERMS | PRICES | {"cap_a_week": 8}).status_code == 422

    with in_market(world.market.pk):
        terms = terms_of(world.market)
    assert (terms.cap_a_week, terms.refusal_number, terms.lms_per_100) == (1, "080-123-4567", 4000)


def test_an_alimtalk_text_without_its_reason_is_not_taken(world: World, desk: Client) -> None:
    assert desk.post("/office/messages/templates/", TEXT).status_code == 302
    assert desk.post("/office/messages/templates/", TEXT | {"body": "#{내용}"}).status_code == 409

    with in_market(world.market.pk):
        assert list(Template.objects.values_list("code", "state")) == [("JT1", "approved")]
    assert "쿠폰" in desk.get("/office/messages/new/").content.decode()


def test_another_markets_message_is_not_found(world: World, desk: Client, other_desk: Client, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    desk.post("/office/messages/new/", {"body": BODY, "segment": "all"})
    with in_market(world.market.pk):
        campaign = Campaign.objects.get()

    assert other_desk.get(f"/office/messages/{campaign.pk}/").status_code == 404
    assert other_desk.post(f"/office/messages/{campaign.pk}/").status_code == 404
