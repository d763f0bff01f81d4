from __future__ import annotations

import re
from datetime import UTC, datetime, time

import pytest
from django.test import Client

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market
from jangteo.faces.office.days import coming_days
from jangteo.kernel import clock
from jangteo.kernel.models import AuditRow
from tests.world import World

ADDRESS = "/office/market/"
TOLD = {
    "slogan": "새벽부터 따끈해요",
    "phone": "031-000-1000",
    "opens_at": "06:00",
    "closes_at": "15:30",
    "stands": "rotation",
    "digits": ["2", "4"],
}
# A Sunday.
SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def stored(world: World) -> Market:
    return Market.objects.get(pk=world.market.pk)


def ticked(page: str) -> list[tuple[str, str]]:
    return re.findall(r'name="(stands|digits|on_31st)" (?:value="(\w+)" )?[^>]*checked', page)


def test_the_market_is_as_it_was_told(world: World, desk: Client) -> None:
    response = desk.post(ADDRESS, TOLD)

    market = stored(world)
    assert (market.slogan, market.phone) == ("새벽부터 따끈해요", "0310001000")
    assert (market.opens_at, market.closes_at) == (time(6), time(15, 30))
    assert market.cycle == {"daily": False, "digits": [2, 4, 7, 9], "on_31st": False}
    page = desk.get(response["Location"]).content.decode()
    assert "시장 정보를 고쳤어요." in page
    assert ticked(page) == [("stands", "rotation"), ("digits", "2"), ("digits", "4")]
    assert "새벽부터 따끈해요" in desk.get("/jangteo/").content.decode()


@pytest.mark.parametrize(
    ("told", "cycle"),
    [
        ({"stands": "daily", "digits": ["3"], "on_31st": "on"}, Cycle(daily=True)),
        ({"stands": "both", "digits": ["5"]}, Cycle(daily=True, digits=(0, 5))),
        ({"stands": "rotation", "digits": ["1"], "on_31st": "on"}, Cycle(daily=False, digits=(1, 6), on_31st=True)),
    ],
    ids=["daily", "both", "rotation"],
)
def test_the_rhythm_comes_from_two_questions(world: World, desk: Client, told: dict[str, object], cycle: Cycle) -> None:
    desk.post(ADDRESS, {**TOLD, **told})

    assert stored(world).cycle == cycle.to_json()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"stands": ""}, "하나를 골라 주세요."),
        ({"stands": "monthly"}, "하나를 골라 주세요."),
        ({"digits": []}, "장날을 골라 주세요."),
        ({"digits": ["9"]}, "하나를 골라 주세요."),
        ({"phone": "12"}, "전화번호를 다시 봐 주세요."),
        ({"slogan": "가" * 61}, "60자까지 적을 수 있어요."),
        ({"opens_at": ""}, "시간을 골라 주세요."),
        ({"opens_at": "25:00"}, "시간을 골라 주세요."),
        ({"closes_at": "06:00"}, "여는 시간보다 늦은 시간을 골라 주세요."),
    ],
)
def test_what_cannot_be_is_asked_again(world: World, desk: Client, told: dict[str, object], words: str) -> None:
    before = AuditRow.objects.count()

    response = desk.post(ADDRESS, {**TOLD, **told})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert stored(world).slogan == world.market.slogan
    assert AuditRow.objects.count() == before


def test_a_number_that_stays_the_same_is_left_as_it_is_written(world: World, desk: Client) -> None:
    desk.post(ADDRESS, {**TOLD, "phone": "01000000001"})

    assert stored(world).phone == world.market.phone == "010-0000-0001"


def test_a_rhythm_nobody_knows_is_not_ticked_and_says_what_public_data_said(world: World, desk: Client) -> None:
    Market.objects.filter(pk=world.market.pk).update(cycle={}, cycle_text="매일+6일")

    page = desk.get(ADDRESS).content.decode()

    assert ticked(page) == []
    assert "‘매일+6일’라고 되어 있는데" in page


def test_the_calendar_shows_four_weeks_from_sunday() -> None:
    market = Market(cycle=Cycle(daily=False, digits=(2, 7)).to_json())

    with clock.at(SUNDAY):
        weeks = coming_days(market)

    days = [day for week in weeks for day in week]
    assert [len(week) for week in weeks] == [7, 7, 7, 7]
    assert [(day.date.month, day.date.day) for day in days if day.is_big] == [
        (11, 22), (11, 27), (12, 2), (12, 7), (12, 12), (12, 17)
    ]  # fmt: skip
    assert [day.date.day for day in days if day.is_first] == [22, 1]
    assert days[0].is_today
    assert not days[1].is_open


def test_a_market_without_market_days_has_no_calendar() -> None:
    assert coming_days(Market(cycle=Cycle(daily=True).to_json())) == []
    assert coming_days(Market(cycle={})) == []


def test_another_market_stays_as_it_is(world: World, other_desk: Client) -> None:
    other_desk.post(ADDRESS, TOLD)

    assert stored(world).slogan == world.market.slogan
