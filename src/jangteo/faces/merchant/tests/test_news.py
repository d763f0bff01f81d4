"""News to regulars on the stall's phone: three taps, what is shown before, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.campaigns.models import Campaign
from jangteo.domains.campaigns.tests.stage import Post, agrees, bought, deliver, post
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

BODY = "오늘 고등어가 좋아요."
MOST_STATEMENTS = 18


@pytest.fixture
def texts() -> Iterator[Post]:
    with clock.at(NOON), post() as opened:
        yield opened


def fields(html: str) -> dict[str, str]:
    """Of the form that sends."""
    form = html[html.index('action="/stall/news/send/"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))


def campaigns(world: World) -> list[Campaign]:
    with in_market(world.market.pk):
        return list(Campaign.objects.select_related("good").order_by("pk"))


def test_three_taps_send_a_sentence_about_a_good(world: World, phone: Client, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    first = phone.get("/stall/news/new/").content.decode()
    assert BODY in first
    chosen = {"body": BODY, "good": str(world.mackerel.pk)}
    second = phone.get("/stall/news/new/", chosen).content.decode()
    assert "두 달 사이에 3번 넘게 오셨어요" in second

    sure = phone.get("/stall/news/new/", chosen | {"segment": "all"}).content.decode()
    assert "(광고)장터시장 순자네 수산" in sure
    assert "43원" in sure
    sent = phone.post("/stall/news/send/", fields(sure))

    (campaign,) = campaigns(world)
    assert sent["Location"] == f"/stall/news/{campaign.pk}/"
    assert (campaign.body, campaign.good, campaign.state) == (BODY, world.mackerel, "sending")
    assert "그만 보내기" in phone.get(sent["Location"]).content.decode()
    deliver(texts, campaign)
    assert "받은 1명 중 0명이 다시 왔어요." in phone.get("/stall/news/").content.decode()


def test_pressed_twice_it_is_sent_once(world: World, phone: Client, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    sure = phone.get("/stall/news/new/", {"body": BODY, "segment": "all"}).content.decode()

    for _ in range(2):
        assert phone.post("/stall/news/send/", fields(sure)).status_code == 302

    assert len(campaigns(world)) == 1


def test_at_night_it_waits_for_the_morning_and_can_be_stopped(world: World, phone: Client, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    with clock.at(datetime.fromisoformat("2026-11-20T22:00:00+09:00")):
        sure = phone.get("/stall/news/new/", {"body": BODY, "segment": "all"}).content.decode()
        assert "아침 8시에 보내기" in sure
        phone.post("/stall/news/send/", fields(sure))
        (campaign,) = campaigns(world)
        phone.post(f"/stall/news/{campaign.pk}/")

    assert campaign.send_at == datetime.fromisoformat("2026-11-21T08:00:00+09:00")
    assert [one.state for one in campaigns(world)] == ["stopped"]


def test_where_nobody_agreed_it_says_how_there_get_to_be_more(world: World, phone: Client, texts: Post) -> None:
    page = phone.get("/stall/news/new/", {"body": BODY, "segment": "regular"}).content.decode()

    assert "지금 보낼 수 있는 분이 없어요" in page
    assert "/stall/news/send/" not in page


def test_another_stalls_news_are_not_found(world: World, phone: Client, stranger: Client, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))
    phone.post("/stall/news/send/", {"body": BODY, "segment": "all"})
    (campaign,) = campaigns(world)

    assert stranger.get(f"/stall/news/{campaign.pk}/").status_code == 404
    assert stranger.post(f"/stall/news/{campaign.pk}/").status_code == 404
    assert BODY not in stranger.get("/stall/news/").content.decode()


def test_a_test_goes_to_the_stalls_own_phone(world: World, phone: Client, texts: Post) -> None:
    agrees(world, bought(world, world.fish, 1))

    told = phone.post("/stall/news/try/", {"body": BODY, "segment": "all"}).content.decode()

    assert "가게 전화로 시험 문자를 보냈어요." in told
    assert texts.to() == ["01000001000"]
    assert texts.simulator.accepted()[0].draft.text.startswith("(광고)")
    assert campaigns(world) == []


def test_in_practice_nothing_leaves(world: World, phone: Client, texts: Post) -> None:
    phone.post("/stall/practice/", {"do": "begin"})

    page = phone.get("/stall/news/new/", {"body": BODY, "segment": "all"}).content.decode()
    assert "연습은 여기까지예요." in page
    assert phone.post("/stall/news/send/", {"body": BODY, "segment": "all"}).status_code == 409
    assert texts.to() == []


@pytest.mark.parametrize("body", ["", "<script>alert(1)</script>", "가" * 5_000, "😀" * 40])
def test_whatever_is_typed_breaks_nothing(world: World, phone: Client, texts: Post, body: str) -> None:
    agrees(world, bought(world, world.fish, 1))

    page = phone.get("/stall/news/new/", {"body": body, "segment": "all"})

    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_the_list_asks_the_database_the_same_few_times(
    world: World, phone: Client, texts: Post, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agrees(world, bought(world, world.fish, 1))
    phone.get("/stall/news/")
    for _ in range(2):
        phone.post("/stall/news/send/", {"body": BODY, "segment": "all"})

    with django_assert_max_num_queries(MOST_STATEMENTS):
        phone.get("/stall/news/")
    with django_assert_max_num_queries(MOST_STATEMENTS + 7):
        phone.get("/stall/news/new/", {"body": BODY, "segment": "all"})
