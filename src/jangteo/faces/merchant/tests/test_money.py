from __future__ import annotations

from datetime import timedelta

from django.test import Client

from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.kernel import clock
from tests.money.settling import (
    ANNA,
    FRIDAY,
    SATURDAY,
    Book,
    approved,
    association_pays,
    at,
    exported,
    has_account,
    line_of,
)
from tests.security.settled import settled
from tests.world import World

SUNDAY = SATURDAY + timedelta(days=1)


def text(phone: Client) -> str:
    answer = phone.get("/stall/money/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_yet_says_what_will_be_there(phone: Client) -> None:
    assert "아직 모인 돈이 없어요" in text(phone)


def test_when_how_much_and_why(world: World, phone: Client, stranger: Client) -> None:
    book = Book(world.market)
    ref = book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    book.refund(ref, world.fish.pk, 4_000, at(FRIDAY, 13))
    book.at_counter(world.fish.pk, 2_500, at(FRIDAY))

    with clock.at(at(FRIDAY, 20)):
        page = text(phone)
        other = text(stranger)

    assert "26,000원" in page
    # Friday and two bank days.
    assert "오늘 판 돈은 11월 24일 (화)에 들어와요" in page
    for words in ("32,500원", "-4,000원", "-2,500원"):
        assert words in page
    assert "26,000원" not in other


def test_a_refund_after_the_payout_is_explained(world: World, phone: Client) -> None:
    association_pays(world.market)
    has_account(world.market, world.fish)
    book = Book(world.market)
    ref = book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run, _ = exported(world.market, FRIDAY)
        waiting = text(phone)
        mark_paid(market=world.market, actor=ANNA, run_id=run.pk)
    book.refund(ref, world.fish.pk, 12_000, at(SATURDAY, 15))
    with clock.at(at(SATURDAY, 20)):
        owing = text(phone)
    with clock.at(at(SUNDAY)):
        approved(world.market, SATURDAY)
    book.sale({world.fish.pk: 20_000}, at(SUNDAY, 15))
    with clock.at(at(SUNDAY, 20)):
        netted = text(phone)

    assert "곧 보내요" in waiting
    assert "보냈어요" in owing
    assert "12,000원은 다음에 파는 돈에서 빼요" in owing
    assert "물건값 12,000원을 뺐어요" in netted
    assert "8,000원" in netted


def test_a_payout_that_came_back_says_what_to_do(world: World, phone: Client) -> None:
    association_pays(world.market)
    has_account(world.market, world.fish)
    Book(world.market).sale({world.fish.pk: 30_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run, _ = exported(world.market, FRIDAY)
        note_returned(market=world.market, actor=ANNA, line_id=line_of(run, world.fish).pk, reason="계좌 해지")
        page = text(phone)

    assert "은행에서 되돌아왔어요" in page
    assert "지난번에 못 받은 돈" in page


def test_a_statement_shows_only_when_it_is_released(world: World, phone: Client) -> None:
    book = Book(world.market)
    book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        approved(world.market, FRIDAY)
        page = text(phone)

    assert "결제사가 바로 보내요" in page
    assert "아직 모인 돈이 없어요" in page


def test_korean_names_are_marked_as_korean(world: World, phone: Client) -> None:
    settled(world.market, world.fish)

    answer = phone.get("/stall/money/", headers={"accept-language": "en"})

    assert unmarked_korean(answer.content.decode()) == []
