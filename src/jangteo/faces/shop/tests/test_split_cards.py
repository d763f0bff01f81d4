from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string

from jangteo.domains.payments.rules.policies import Occasion, Policy, PolicyBook, StallFacts
from jangteo.domains.payments.rules.split import BasketLine, Held, Split, cheapest_split
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.words.tenders import Names
from jangteo.faces.shop.split_cards import BAR, LOOKS, NotFor, SplitCards, cards_of

K = TenderKind
DAY = date(2026, 11, 20)
TAKES = frozenset({K.CARD, K.CASH, K.ONNURI_DIGITAL, K.ONNURI_PAPER, K.LOCAL_CURRENCY, K.COUPON})
BOTH = frozenset({"onnuri", "local"})
NAMES = Names(
    today=DAY,
    stalls={"1": "순자네 수산", "2": "순금당"},
    lines={"11": "고등어 1손", "12": "갈치 1마리", "21": "은수저 1벌"},
    tenders={"coupon": "첫 주문 쿠폰"},
)
POLICIES = (
    Policy(
        id="1",
        scheme="onnuri",
        area="",
        starts=DAY,
        discount_bp=1_000,
        excludes=frozenset(),
        refused_kinds=frozenset({"gold"}),
    ),
    Policy(
        id="2",
        scheme="local",
        area="",
        starts=DAY,
        discount_bp=500,
        monthly_cap_won=3_000,
        cashback=True,
        program="city",
    ),
)


def split(*held: Held) -> Split:
    fish, gold = StallFacts("1", "fish", TAKES, BOTH), StallFacts("2", "gold", TAKES, BOTH)
    basket = [BasketLine("11", fish, 8_000), BasketLine("12", fish, 10_000), BasketLine("21", gold, 30_000)]
    return cheapest_split(basket, held, Occasion("", DAY, PolicyBook(POLICIES)))


CARD = Held(key="card", kind=K.CARD)
ONNURI = Held(key="onnuri", kind=K.ONNURI_DIGITAL, scheme="onnuri", won=15_000)
LOCAL = Held(key="local", kind=K.LOCAL_CURRENCY, scheme="local", won=50_000)
COUPON = Held(key="coupon", kind=K.COUPON, won=2_000, needs_won=50_000)


def shown() -> SplitCards:
    return cards_of(split(ONNURI, LOCAL, COUPON, CARD), NAMES)


def test_what_each_money_pays_and_why() -> None:
    cards = shown()

    assert [(card.name, card.won, card.why) for card in cards.paying] == [
        ("디지털 온누리상품권", 15_000, "10% 아껴요. 가진 만큼 다 써요."),
        ("지역화폐", 3_000, "5%를 나중에 돌려받아요. 이번 달에 쓸 수 있는 만큼이에요."),
        ("카드", 30_000, "나머지를 내요."),
    ]
    assert (cards.total_won, cards.saved_won, cards.later_won) == (48_000, 1_500, 150)
    assert [card.at_stall for card in cards.paying] == [True, True, False]


def test_what_a_money_may_not_pay_is_said_once_for_all_its_goods() -> None:
    onnuri = shown().paying[0]

    words = "순금당은 디지털 온누리상품권을 받지 않는 업종이에요. 다른 돈으로 내 주세요."
    assert onnuri.not_for == (NotFor("은수저 1벌", words),)


def test_what_is_not_used_says_why_and_not_twice() -> None:
    (coupon,) = shown().resting

    assert (coupon.name, coupon.why) == ("첫 주문 쿠폰", "50,000원부터 쓸 수 있어요. 2,000원어치 더 담으면 돼요.")
    assert coupon.not_for == ()


def test_the_bar_is_filled_without_a_gap() -> None:
    paying = shown().paying

    assert [card.starts for card in paying] == [0, *(card.starts + card.width for card in paying[:-1])]
    assert paying[-1].starts + paying[-1].width == BAR


def test_every_kind_of_money_has_a_look() -> None:
    assert set(LOOKS) == set(TenderKind)


def test_the_part_shows_it_all() -> None:
    page = render_to_string("shop/parts/split.html", {"split": shown(), "told": "onnuri=15000"})

    for words in ("15,000원", "1,500원", "150원", "첫 주문 쿠폰", "순금당은", 'value="onnuri=15000"'):
        assert words in page
    assert "style=" not in page
    assert render_to_string("shop/parts/split.html", {"split": None, "told": ""}).strip() == ""
