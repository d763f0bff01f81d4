import json
import re
import shutil
from collections import Counter
from pathlib import Path
from statistics import median_low

import pytest

from jangteo.domains.markets.rules import contrast, stripe_contrast
from jangteo.kernel.ids import has_check_digit
from jangteo.project.demo.content import DATA, PICTURES, DemoGood, DemoMarket, read_content
from jangteo.project.demo.tables import ContentError
from tests.real_data import real_data

BAND_PERCENT = 10
# Heading of the Seoul survey, stall, good, and how many surveyed units the good's price buys.
SURVEYED = [
    ("사과(부사, 300g)", "사과 한 알 배 한 알", "부사 사과 5개", 5),
    ("배(신고, 600g)", "사과 한 알 배 한 알", "신고배 3개", 3),
    ("배추(2.5~3kg)", "고랭지 배추·무", "배추 1포기", 1),
    ("무(1kg)", "고랭지 배추·무", "무 1개", 1),
    ("양파(1.5kg망)", "푸른들 채소", "양파 한 망 1.5kg", 1),
    ("상추(100g)", "푸른들 채소", "청상추 한 봉지 200g", 1),
    ("오이(다다기)", "푸른들 채소", "다다기오이 3개", 3),
    ("애호박", "푸른들 채소", "애호박 1개", 1),
    ("쇠고기(한우,불고기)", "마당 한우", "한우 불고기감 한 근 600g", 1),
    ("돼지고기(생삼겹살)", "한결정육", "생삼겹살 한 근 600g", 1),
    ("돼지고기(생삼겹살)", "삼대째 돼지고깃간", "두툼한 생삼겹 한 근 600g", 1),
    ("닭고기(육계)", "새벽닭 닭집", "생닭 1마리 1kg", 1),
    ("달걀(10개)", "알부잣집 달걀", "달걀 10개", 1),
    ("달걀(30개)", "알부잣집 달걀", "달걀 한 판 30구", 1),
    ("조기(냉동,수입산)", "새벽바다 선어", "냉동 부세조기 1마리", 1),
    ("명태(러시아,냉동)", "바다네 생선", "동태 1마리", 1),
    ("오징어(생물,국산)", "바다네 생선", "물오징어 2마리", 2),
    ("고등어(생물,국산)", "새벽바다 선어", "생고등어 1마리", 1),
    ("고등어(생물,국산)", "바다네 생선", "고등어 1손", 2),
]


@pytest.fixture(scope="module")
def market() -> DemoMarket:
    return read_content()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def all_goods(market: DemoMarket) -> list[DemoGood]:
    return [good for stall in market.stalls for good in stall.goods]


def test_the_market_has_forty_stalls_of_twelve_kinds_with_four_hundred_goods(market: DemoMarket) -> None:
    assert len(market.stalls) == 40
    assert len(market.kinds) == 12
    assert Counter(stall.kind for stall in market.stalls).keys() == {kind.key for kind in market.kinds}
    assert len(all_goods(market)) == 400
    assert (len(market.customers), len(market.notes)) == (60, 40)


def test_stalls_differ_in_size(market: DemoMarket) -> None:
    sizes = sorted(len(stall.goods) for stall in market.stalls)

    assert sizes[:2] == [3, 3]
    assert sizes[-3:] == [18, 18, 18]


def test_goods_are_sold_in_the_ways_a_market_sells(market: DemoMarket) -> None:
    goods = all_goods(market)

    assert sum(good.is_weighed for good in goods) == 65
    assert sum(good.stock is not None for good in goods) == 201
    assert sum(good.sold_out for good in goods) == 26
    assert Counter(good.tax for good in goods) == {"exempt": 271, "taxable": 129}


def test_a_weighed_good_costs_its_price_for_its_grams(market: DemoMarket) -> None:
    hairtail = next(good for good in all_goods(market) if good.label == "갈치 1마리")

    assert (hairtail.price_won, hairtail.price_grams, hairtail.unit_grams) == (2900, 100, 450)
    assert (hairtail.origin, hairtail.tax, hairtail.stock) == ("국산(제주)", "exempt", 14)


def test_a_good_may_be_of_another_kind_than_its_stall(market: DemoMarket) -> None:
    tofu = next(stall for stall in market.stalls if stall.name == "맷돌 손두부")

    assert [good.label for good in tofu.goods if good.kind != tofu.kind] == ["집된장 한 통 400g"]


def test_nothing_counted_means_sold_out(market: DemoMarket) -> None:
    assert {good.stock for good in all_goods(market) if good.sold_out} == {0, None}
    assert all(good.sold_out for good in all_goods(market) if good.stock == 0)


def test_stalls_stand_in_the_order_of_the_map(market: DemoMarket) -> None:
    streets = {street.key: position for position, street in enumerate(market.streets)}
    places = [(streets[stall.street], stall.slot) for stall in market.stalls]

    assert places == sorted(set(places))
    assert Counter(place for place, _ in places) == {0: 8, 1: 8, 2: 7, 3: 8, 4: 9}
    assert [street.slots for street in market.streets] == [8, 8, 8, 8, 10]


def test_stall_codes_are_six_digits_that_catch_a_mistyped_one(market: DemoMarket) -> None:
    assert all(re.fullmatch(r"[1-9]\d{5}", stall.code) and has_check_digit(stall.code) for stall in market.stalls)


def test_colours_of_awnings_are_seen(market: DemoMarket) -> None:
    assert stripe_contrast(market.stripe_a, market.stripe_b) >= 3
    assert all(contrast(street.colour, "#FFFFFF") >= 3 for street in market.streets)
    assert len({street.colour for street in market.streets}) == 5


def test_the_market_rests_on_its_own_days(market: DemoMarket) -> None:
    assert (market.closed.weekday, market.closed.weeks, market.closed.label) == (1, (2, 4), "둘째·넷째 화요일")


def test_people_are_spoken_to_in_plain_polite_korean(market: DemoMarket) -> None:
    sentences = [
        *(stall.intro for stall in market.stalls),
        *(good.note for good in all_goods(market)),
        *market.how_to_come,
    ]

    assert [text for text in sentences if re.search(r"니다\b|십시오", text)] == []
    assert [stall.intro for stall in market.stalls if not stall.intro.endswith("요.")] == []


def test_no_number_in_the_content_could_be_somebodys(market: DemoMarket) -> None:
    numbers = [
        number
        for path in sorted(DATA.rglob("*.toml"))
        for number in re.findall(r"\b0\d{1,2}-\d{3,4}-\d{4}\b|\b\d{3}-\d{2}-\d{5}\b", path.read_text(encoding="utf-8"))
    ]

    assert numbers == [customer.phone for customer in market.customers]
    assert all(number.startswith("010-0000-") for number in numbers)


def test_somebody_buys_of_every_kind(market: DemoMarket) -> None:
    assert {kind for customer in market.customers for kind in customer.kinds} == {kind.key for kind in market.kinds}


def test_every_picture_is_shown_somewhere(market: DemoMarket) -> None:
    symbols = {kind.symbol for kind in market.kinds}

    assert {path.stem for path in PICTURES.iterdir()} - symbols == {good.picture for good in all_goods(market)}


@pytest.mark.parametrize(("heading", "stall", "good", "units"), SURVEYED)
def test_prices_follow_the_survey_of_2018_lifted_by_the_stated_factor(
    market: DemoMarket, heading: str, stall: str, good: str, units: int
) -> None:
    price = next(g.price_won for s in market.stalls if s.name == stall for g in s.goods if g.label == good)

    lifted = median_low(_quotes(heading)) * units * market.price_lift_percent

    assert abs(price * 100 - lifted) * 100 <= BAND_PERCENT * lifted, f"{price} won, surveyed {lifted // 100}"


def test_the_survey_is_followed_in_all_its_seventeen_goods() -> None:
    assert len({heading for heading, *_ in SURVEYED}) == 17


def _quotes(heading: str) -> list[int]:
    """Prices of one surveyed good in won, from whatever column a market has it in; 0원 means that there was none."""
    survey = json.loads(real_data("prices/seoul_market_prices_2018.json").read_text(encoding="utf-8"))
    cells = [
        str(row[f"COT_VALUE_{column:02}"])
        for row in survey["Mgismulgainfo"]["row"]
        for column in range(2, 19)
        if row[f"COT_NAME_{column:02}"] == heading
    ]
    prices = [int(found[1]) for cell in cells if (found := re.search(r"가격 : (\d+)원", cell))]
    return [price for price in prices if price > 0]


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("stalls.toml", 'code = "203616"', 'code = "203617"', "stall 1: code 203617 has a wrong check digit"),
        ("stalls.toml", 'code = "445405"', 'code = "203616"', "the same stall code twice: 203616"),
        ("stalls.toml", 'name = "은비늘 갈치"', 'name = "바다네 생선"', "the same stall name twice: 바다네 생선"),
        ("stalls.toml", 'kind = "fish"', 'kind = "fsh"', "stall 1: kind is unknown: 'fsh'"),
        ("stalls.toml", "slot = 2\n", "slot = 1\n", "the same slot twice: ('fish', 1)"),
        ("stalls.toml", "slot = 8\n", "slot = 9\n", "slot 9 is beyond the end of the street"),
        (
            "stalls.toml",
            "[07:00:00, 19:30:00]",
            "[06:30:00, 19:30:00]",
            "바다네 생선 trades while the market is closed",
        ),
        ("stalls.toml", "[07:00:00, 19:30:00]", "[19:30:00, 07:00:00]", "hours is not an opening time and a later"),
        ("goods/fish.toml", 'name = "바다네 생선"', 'name = "한결정육"', "name is unknown: '한결정육'"),
        ("goods/fish.toml", 'name = "삼치"', 'name = "갈치"', "the same good of 바다네 생선 twice: 갈치 1마리"),
        ("goods/fish.toml", "price_won = 8000", "price_won = 0", "price_won is not a whole number of 1 or more: 0"),
        ("goods/fish.toml", "price_won = 8000", "price_won = 8000.0", "price_won should be int, not 8000.0"),
        ("goods/fish.toml", "stock = 24", "stock = true", "stock should be int, not True"),
        ("goods/fish.toml", ", unit_grams = 450", "", "갈치 1마리 has one weight of two"),
        ("goods/fish.toml", 'picture = "mackerel"', 'picture = "whale"', "고등어 1손 has no picture 'whale'"),
        (
            "goods/fish.toml",
            'unit = "1손"',
            'unit = "아주 아주 아주 아주 큰 한 소쿠리"',
            "is longer than 20 characters",
        ),
        ("goods/fish.toml", "stock = 24", "stok = 24", "unknown keys ['stok']"),
        (
            "goods/dried.toml",
            '[[stall]]\nname = "멸치 삼형제"',
            '[[stall]]\nname = "해풍 건어물"',
            "the same shelf twice",
        ),
        ("market.toml", 'fish = "exempt"', 'fish = "free"', "market.toml, tax: fish is unknown: 'free'"),
        ("market.toml", "#1B56A8", "#1B56AZ", "street 1: colour is not #RRGGBB: '#1B56AZ'"),
        ("market.toml", "weeks = [2, 4]", "weeks = [2, 6]", "market.toml, closed: no such day"),
        ("customers.toml", "010-0000-1001", "010-1234-1001", "010-1234-1001 could be somebody's real number"),
        ("customers.toml", "010-0000-1008", "010-0000-1001", "the same phone twice: 010-0000-1001"),
        ("notes.toml", "조금 늦어도 괜찮아요", "토막 내 주세요", "the same note twice: 토막 내 주세요"),
    ],
)
def test_a_slip_in_the_content_is_named(copy: Path, file: str, old: str, new: str, complaint: str) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=re.escape(complaint)):
        read_content(copy)


def test_a_stall_without_goods_is_named(copy: Path) -> None:
    text = (copy / "goods/home.toml").read_text(encoding="utf-8")
    (copy / "goods/home.toml").write_text(text[: text.rindex("[[stall]]")], encoding="utf-8")

    with pytest.raises(ContentError, match="포근 이불집 sells nothing"):
        read_content(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "goods/fruit.toml").unlink()

    with pytest.raises(ContentError, match=r"fruit\.toml"):
        read_content(copy)
