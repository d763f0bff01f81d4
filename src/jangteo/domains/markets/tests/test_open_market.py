from __future__ import annotations

from datetime import time

import pytest

from jangteo.domains.markets import errors, rules
from jangteo.domains.markets.actions.import_markets import import_markets
from jangteo.domains.markets.actions.open_market import Opening, open_market
from jangteo.domains.markets.models import Kind, Market, Street
from jangteo.domains.markets.national.find import market_by_code, near_markets
from jangteo.domains.markets.tests.releases import RIVER, SUNNY, read
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market


@pytest.fixture
def sunny(db: None) -> Market:
    import_markets(actor=SYSTEM, file=read(SUNNY, RIVER))
    return Market.objects.get(name="햇살시장")


def opened(market: Market, opening: Opening | None = None) -> Market:
    return open_market(market=market, actor=SYSTEM, opening=opening or Opening())


def test_listed_market_opens_under_a_name_made_of_its_own(sunny: Market) -> None:
    market = opened(sunny)

    assert (market.state, market.slug) == ("open", "haetsal")
    assert (market.opens_at, market.closes_at) == (time(7), time(20))
    assert (market.stripe_a, market.stripe_b) == ("#0B6B45", "#FFFFFF")
    assert Market.objects.get(pk=sunny.pk).slug == "haetsal"


def test_opened_market_has_twelve_kinds_a_street_and_an_audit_row(sunny: Market) -> None:
    opened(sunny)

    with in_market(sunny.pk):
        assert list(Kind.objects.values_list("name", flat=True)) == [kind.name for kind in rules.STARTER_KINDS]
        assert list(Street.objects.values_list("name", "position")) == [("시장 길", 0)]
    row = AuditRow.objects.get(code="market.opened")
    assert (row.market_id, row.subject, row.facts) == (sunny.pk, f"market:{sunny.pk}", {"slug": "haetsal"})


def test_market_that_stands_on_market_days_only_closes_in_the_afternoon(sunny: Market) -> None:
    market = opened(Market.objects.get(name="강가시장"))

    assert (market.opens_at, market.closes_at) == (time(7), time(15))


def test_given_address_and_stripe_are_used(sunny: Market) -> None:
    market = opened(sunny, Opening("gangneung-sunny", "#a8321b", "#FFC933"))

    assert (market.slug, market.stripe_a, market.stripe_b) == ("gangneung-sunny", "#A8321B", "#FFC933")


def test_opening_twice_is_refused_and_changes_nothing(sunny: Market) -> None:
    opened(sunny)

    with pytest.raises(errors.MarketAlreadyOpen) as refused:
        opened(sunny, Opening("other"))

    assert refused.value.facts == {"name": "햇살시장", "slug": "haetsal"}
    with in_market(sunny.pk):
        assert Kind.objects.count() == 12


def test_closed_market_is_not_opened_again(sunny: Market) -> None:
    Market.objects.filter(pk=sunny.pk).update(state="closed")

    with pytest.raises(errors.MarketClosed):
        opened(sunny)


def test_derived_address_steps_aside_for_taken_and_reserved_ones(sunny: Market) -> None:
    Market.objects.filter(name="강가시장").update(slug="haetsal", state="open")

    assert opened(sunny, Opening(reserved=frozenset({"gangneung-haetsal"}))).slug == sunny.code


@pytest.mark.parametrize(
    ("opening", "refusal"),
    [
        (Opening("Sunny"), errors.SlugInvalid),
        (Opening("햇살"), errors.SlugInvalid),
        (Opening("-sunny"), errors.SlugInvalid),
        (Opening("a/b"), errors.SlugInvalid),
        (Opening("s" * 41), errors.SlugInvalid),
        (Opening("api", reserved=frozenset({"api"})), errors.SlugReserved),
        (Opening("river"), errors.SlugTaken),
        (Opening("", "green", "#FFFFFF"), errors.ColourInvalid),
        (Opening("", "#FFFFFF", "#FFFF"), errors.ColourInvalid),
        (Opening("", "#FFFFFF", "#FFF4CF"), errors.StripeTooFaint),
    ],
)
def test_market_that_cannot_open_so_stays_listed(
    sunny: Market, opening: Opening, refusal: type[errors.MarketsRefused]
) -> None:
    Market.objects.filter(name="강가시장").update(slug="river", state="open")

    with pytest.raises(refusal):
        opened(sunny, opening)

    assert Market.objects.get(pk=sunny.pk).state == "listed"
    with in_market(sunny.pk):
        assert not Kind.objects.exists()


def test_code_is_found_however_it_is_typed(sunny: Market) -> None:
    assert market_by_code(f" {sunny.code.upper()} ") == sunny
    assert market_by_code(sunny.code.replace("-", "－")) == sunny
    assert market_by_code("햇살시장") is None


def test_near_markets_hold_every_word_in_name_address_or_code(sunny: Market) -> None:
    assert [found.name for found in near_markets("햇살", 5)] == ["햇살시장"]
    assert [found.name for found in near_markets("순천 시장", 5)] == ["강가시장"]
    assert [found.name for found in near_markets("시장", 1)] == ["강가시장"]
    assert [found.code for found in near_markets("gangwon", 5)] == [sunny.code]


def test_without_such_markets_those_with_a_like_name_or_code_are_near(sunny: Market) -> None:
    assert [found.name for found in near_markets("햇쌀시장", 1)] == ["햇살시장"]
    assert [found.code for found in near_markets(f"{sunny.code[:-1]}x", 1)] == [sunny.code]
    assert near_markets("", 5) == []
    assert near_markets("남대문", 5) == []


def test_contrast_is_that_of_the_guidelines() -> None:
    assert round(rules.contrast("#000000", "#FFFFFF"), 2) == 21.0
    assert round(rules.contrast("#777777", "#FFFFFF"), 2) == 4.48
    assert rules.contrast("#A8321B", "#A8321B") == 1.0


def test_stripe_is_seen_by_its_pair_or_against_the_ground() -> None:
    assert rules.stripe_contrast("#0B6B45", "#FFFFFF") > 6
    # Two dark colours: the awning as a whole stands out against the page.
    assert rules.stripe_contrast("#0B6B45", "#1B56A8") > 6
    assert rules.stripe_contrast("#FFC933", "#FFFFFF") < rules.LEAST_CONTRAST


@pytest.mark.parametrize(
    ("name", "city", "slugs"),
    [
        ("중앙시장", "강릉시", ["jungang", "gangneung-jungang", "gangwon-12345"]),
        ("남대문시장", "중구", ["namdaemun", "junggu-namdaemun", "gangwon-12345"]),
        (
            "속초관광수산시장(구 속초중앙전통시장)",
            "",
            ["sokchogwangwangsusan", "sokchogwangwangsusan", "gangwon-12345"],
        ),
        ("㈜서시장", "여수시", ["seo", "yeosu-seo", "gangwon-12345"]),
        ("시장", "", ["sijang", "sijang", "gangwon-12345"]),
        ("市場", "", ["gangwon-12345"]),
    ],
)
def test_addresses_are_made_of_name_town_and_code(name: str, city: str, slugs: list[str]) -> None:
    assert rules.slugs_for(name, city, "gangwon-12345") == slugs
