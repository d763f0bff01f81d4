from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jangteo.domains.catalog.speech import Doubt, Intent, Known, understand
from jangteo.domains.catalog.speech.numerals import native, sino

DIGITS = " 일이삼사오육칠팔구"
WON = st.integers(10, 99_990).map(lambda tens: tens * 10)
SHELF = (
    Known("고등어", "1손"),
    Known("갈치", "1마리", 400),
    Known("생삼겹살", "한 근 600g", 600),
    Known("부사 사과", "5개"),
    Known("홍로 사과", "5개"),
    Known("삼 년 묵은지", "1포기"),
    Known("무", "1개"),
    Known("손두부", "1모"),
)


def said(won: int, *, one: bool = False) -> str:
    """Sino-Korean words without gaps; `one` says 일만 for 만."""
    high, low = divmod(won, 10_000)
    return (("일만" if one else "만") if high == 1 else f"{below(high)}만" if high else "") + below(low)


def below(number: int) -> str:
    words = ""
    for scale, name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit = number // scale % 10
        words += (name if digit == 1 and name else DIGITS[digit] + name) if digit else ""
    return words


def spaced(won: int, between: str) -> str:
    """만 이천, or a gap behind every 만, 천 and 백."""
    words = said(won)
    for scale in between:
        words = words.replace(scale, f"{scale} ")
    return words.strip()


def in_figures(won: int) -> str:
    high, low = divmod(won, 10_000)
    return (f"{high}만" if high else "") + (f"{low}" if low else "")


def in_thousands(won: int) -> str:
    """1만2천500, as dictation writes it."""
    high, low = divmod(won, 10_000)
    parts = ((high, "만"), (low // 1000, "천"), (low % 1000, ""))
    return "".join(f"{number}{name}" for number, name in parts if number)


def ways(won: int) -> list[str]:
    words = [said(won), said(won, one=True), *(spaced(won, gaps) for gaps in ("만", "만천", "만천백"))]
    return [*words, str(won), f"{won:,}", in_figures(won), in_thousands(won), in_thousands(won).replace("만", "만 ")]


@settings(max_examples=60)
@given(WON)
@example(100)
@example(999_900)
@example(10_000)
@example(110_010)
def test_every_price_reads_back_in_every_way_it_is_said(won: int) -> None:
    for way in ways(won):
        for frame in (
            "고등어 한 마리 {}원",
            "고등어 한 마리 {} 원",
            "고등어 한 마리 {}",
            "{} 원에 고등어 한 마리",
            "고등어 {}원으로",
        ):
            assert understand(frame.format(way)).price_won == won, frame.format(way)


@settings(max_examples=30)
@given(WON)
def test_a_price_that_follows_a_good_without_a_gap_is_right_or_asked_about(won: int) -> None:
    for good in ("고등어", "수박", "오이", "두부 한 모", "대파 한 단"):
        for way in ways(won):
            assert understand(f"{good}{way}원").price_won in (None, won)


@given(st.text(st.sampled_from("고등어한두마리단천만백십이오구원에로올려품절아니 0159,.?다시"), max_size=30))
def test_whatever_is_said_gets_an_answer(text: str) -> None:
    answer = understand(text, SHELF)

    assert (answer.intent == Intent.ASK) == bool(answer.doubt)
    assert answer.price_won is None or (100 <= answer.price_won <= 9_999_990 and answer.price_won % 10 == 0)
    assert (answer.price_won is None) == (answer.intent not in (Intent.PUT_UP, Intent.PRICE))


@given(st.integers(1, 99))
def test_native_numbers_read_back(number: int) -> None:
    tens = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
    ones = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")

    assert native(tens[number // 10] + ones[number % 10]) == number


def test_what_is_no_number_is_none() -> None:
    assert [sino(text) for text in ("", "오천 육천", "이삼천", "만만", "십이천", "1 2", "마리", "0천")] == [None] * 8


def test_a_name_of_the_stall_is_kept_whole() -> None:
    answer = understand("삼 년 묵은지 두 포기 만 오천 원", SHELF)

    assert (answer.intent, answer.name, answer.count, answer.price_won) == (Intent.PUT_UP, "삼 년 묵은지", 2, 15_000)


def test_a_shorter_name_of_the_stall_does_not_eat_another_good() -> None:
    assert understand("무순 한 팩 천 원", SHELF).name == "무순"
    assert understand("무 한 개 이천 원", SHELF).name == "무"


def test_the_weight_of_a_geun_is_the_stalls_own() -> None:
    goods = (Known("더덕", "한 근 375g", 375),)

    assert (understand("더덕 두 근 이만 원", goods).grams, understand("더덕 두 근 이만 원").grams) == (750, 800)


def test_a_price_goes_to_no_good_of_another_name() -> None:
    answer = understand("삼겹살 만 이천 원으로", SHELF)

    assert (answer.intent, answer.doubt, answer.names, answer.prices) == (
        Intent.ASK,
        Doubt.WHICH_GOOD,
        ("생삼겹살",),
        (12_000,),
    )


def test_two_goods_that_can_be_meant_are_both_named() -> None:
    answer = understand("사과 품절", SHELF)

    assert (answer.doubt, answer.names, answer.meant) == (
        Doubt.WHICH_GOOD,
        ("부사 사과", "홍로 사과"),
        Intent.SOLD_OUT,
    )


def test_a_slip_in_a_name_is_forgiven_where_no_money_hangs_on_it() -> None:
    assert (understand("두부 품절", SHELF).name, understand("고둥어 품절", SHELF).name) == ("손두부", "고등어")
    assert understand("고둥어 구천 원으로", SHELF).doubt == Doubt.WHICH_GOOD


def test_so_much_more_is_no_price() -> None:
    up, down = understand("고등어 오백 원 올려", SHELF), understand("고등어 천 원만 깎아", SHELF)

    assert (up.doubt, up.step_won, down.step_won, up.price_won) == (Doubt.BY_OR_TO, 500, -1000, None)


def test_what_the_stall_sells_already_is_not_put_up_by_a_raise() -> None:
    assert understand("고등어 한 손 오백 원 올려", SHELF).doubt == Doubt.BY_OR_TO
    assert understand("방어 한 마리 이만 원 올려", SHELF).price_won == 20_000


def test_the_origin_is_heard() -> None:
    assert (understand("국내산 고등어 오천 원").origin, understand("중국산 더덕 오천 원").origin) == ("국산", "중국산")


def test_the_answer_has_just_these_keys() -> None:
    assert understand("삼겹살 한 근 만이천").as_dict() == {
        "intent": "put_up",
        "name": "삼겹살",
        "count": 1,
        "unit": "근",
        "grams": 600,
        "price_won": 12_000,
        "confidence": 0.93,
    }
