"""Sets up the fictional market 장터시장 with the product's own actions, and lets it trade for a month."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from django.db import connection

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.actions.add_kind import add_kind
from jangteo.domains.markets.actions.add_stall import NewStall, add_stall
from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.found_market import NewMarket, found_market
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel import business_number, clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.association import open_office
from jangteo.project.demo.card import card_desk
from jangteo.project.demo.content import DemoGood, DemoMarket, DemoStall, read_content
from jangteo.project.demo.coupons import offer_coupons
from jangteo.project.demo.delivery import bring_home
from jangteo.project.demo.happenings import happenings
from jangteo.project.demo.month import DAYS, Past, play_month
from jangteo.project.demo.my_data import ask_to_be_forgotten
from jangteo.project.demo.news import send_news
from jangteo.project.demo.people import Crowd, Shopper, Wish
from jangteo.project.demo.regulars import collect_stamps
from jangteo.project.demo.said import say_things

DEMO_CODE = "demo"
MONTH_SEED = 1
# There is no tax office 999, so that nobody has a business number that begins so.
NO_OFFICE = "99999"
# Scheme, what it saves in basis points, the most a person can use in a month: as they have been.
_RATES = (("onnuri", 1_000, 1_000_000), ("onnuri_paper", 500, 500_000), ("local", 1_000, 500_000))
Progress = Callable[[int, int], None]


def silent(done: int, of: int) -> None:
    """Progress that nobody watches."""


def load_demo(progress: Progress = silent, *, with_month: bool = True, memory: Path | None = None) -> Market:
    """Make the demo market. `progress(done, of)` is told about the days of the month as they are played.

    The practice gateway is to know the month's cards later as well: they are left in `memory`.
    """
    content = read_content()
    # Nothing here is lost that cannot be made again, so the disk need not be waited for.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    with clock.at(clock.now() - timedelta(days=DAYS + 1)):
        market = _found(content)
        for stall, shown in zip(_stalls(market, content), content.stalls, strict=True):
            _stock_up(market, stall, shown)
        _policies(market)
        office = open_office(market) if with_month else None
    if office is not None:
        with card_desk(market, MONTH_SEED, memory) as desk:
            play_month(Past(demo_crowd(market, MONTH_SEED), desk, office), progress)
        say_things(market)
    if with_month:
        offer_coupons(market, [customer.phone for customer in content.customers])
        collect_stamps(market, [customer.phone for customer in content.customers])
    if with_month:
        send_news(market)
    _set_today(market, content)
    bring_home(market)
    if with_month:
        happenings(market)
        ask_to_be_forgotten(market)
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")
    return market


def demo_crowd(market: Market, seed: int) -> Crowd:
    """The market's invented customers, with chance drawn from `seed`."""
    content = read_content()
    shoppers = [Shopper(c.name, c.phone, frozenset(c.kinds)) for c in content.customers]
    wishes = [Wish(note.text, frozenset(note.kinds)) for note in content.notes]
    return Crowd(market, shoppers, wishes, seed)


def _found(content: DemoMarket) -> Market:
    new = NewMarket(
        code=DEMO_CODE,
        slug=content.slug,
        name=content.name,
        slogan=content.slogan,
        address=content.address,
        cycle=Cycle(daily=True),
        opens_at=content.opens_at,
        closes_at=content.closes_at,
        phone="010-0000-0001",
        stripe_a=content.stripe_a,
        stripe_b=content.stripe_b,
    )
    return found_market(actor=SYSTEM, new=new)


def _stalls(market: Market, content: DemoMarket) -> Sequence[Stall]:
    kinds = {
        kind.key: add_kind(
            market=market, actor=SYSTEM, key=kind.key, name=kind.name, name_en=kind.name_en, tint=kind.tint
        )
        for kind in content.kinds
    }
    streets = {
        street.key: add_street(
            market=market, actor=SYSTEM, name=street.name, name_en=street.name_en, colour=street.colour
        )
        for street in content.streets
    }
    return [_stall(market, shown, kinds[shown.kind], streets[shown.street]) for shown in content.stalls]


def _stall(market: Market, shown: DemoStall, kind: Kind, street: Street) -> Stall:
    new = NewStall(
        code=shown.code,
        name=shown.name,
        kind_id=kind.pk,
        street_id=street.pk,
        slot=shown.slot,
        owner_name=shown.owner,
        phone=f"010-0000-{shown.code[-4:]}",
        intro=shown.intro,
        since=shown.since,
        opens_at=shown.opens_at,
        closes_at=shown.closes_at,
        takes_card="card" in shown.accepts,
        takes_onnuri="onnuri" in shown.accepts,
        takes_local="local" in shown.accepts,
        business_number=business_number.completed(f"{NO_OFFICE}{shown.code[:4]}"),
        tax_status=_tax_status(shown),
    )
    return add_stall(market=market, actor=SYSTEM, new=new)


def _tax_status(shown: DemoStall) -> Stall.TaxStatus:
    """Exempt without taxable goods; of the others every third is small enough for simplified taxation."""
    if all(good.tax == Good.Tax.EXEMPT for good in shown.goods):
        return Stall.TaxStatus.EXEMPT
    return Stall.TaxStatus.SIMPLIFIED if shown.slot % 3 == 0 else Stall.TaxStatus.GENERAL


def _policies(market: Market) -> None:
    """Rates as schemes have had them, so that the checkout has something to save."""
    starts = clock.today()
    for scheme, discount_bp, cap_won in _RATES:
        policy = Policy(
            id=scheme, scheme=scheme, area="", starts=starts, discount_bp=discount_bp, monthly_cap_won=cap_won
        )
        add_policy(market=market, actor=SYSTEM, policy=policy, origin=Origin("연습용"))


def _stock_up(market: Market, stall: Stall, shown: DemoStall) -> None:
    with in_market(market.pk):
        kinds = dict(Kind.objects.values_list("key", "pk"))
    popular = random.Random(stall.code)  # noqa: S311  # the same market every time, nothing secret
    for position, good in enumerate(shown.goods):
        put_up = put_up_good(
            market=market,
            actor=SYSTEM,
            new=_new_good(stall, kinds[good.kind], good, position, popular.randrange(100)),
        )
        if good.stock is not None:
            # Shelves start full, so that a month of orders finds something to buy.
            count_stock(market=market, actor=SYSTEM, good_id=put_up.pk, on_hand=max(good.stock, 10))


def _new_good(stall: Stall, kind_id: int, good: DemoGood, position: int, rank: int) -> NewGood:
    return NewGood(
        stall_id=stall.pk,
        kind_id=kind_id,
        name=good.name,
        unit=good.unit,
        origin=good.origin,
        price_won=good.price_won,
        tax=good.tax,
        picture=good.picture,
        price_grams=good.price_grams,
        unit_grams=good.unit_grams,
        name_en=good.name_en,
        note=good.note,
        position=position,
        rank=rank,
    )


def _set_today(market: Market, content: DemoMarket) -> None:
    """This morning's counts, and what is sold out already."""
    with in_market(market.pk):
        named = Good.objects.values_list("stall__code", "name", "unit", "pk")
        ids = {(code, name, unit): pk for code, name, unit, pk in named}
    for shown in content.stalls:
        for good in shown.goods:
            good_id = ids[shown.code, good.name, good.unit]
            if good.stock is not None:
                count_stock(market=market, actor=SYSTEM, good_id=good_id, on_hand=good.stock)
            if good.sold_out:
                set_sale_state(market=market, actor=SYSTEM, good_id=good_id, state=Good.State.SOLD_OUT)
