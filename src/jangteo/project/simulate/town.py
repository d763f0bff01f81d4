"""The invented market of a simulation: three stalls, goods by the piece and by weight, with VAT and without."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.delivery.actions.write_fee import write_fee
from jangteo.domains.delivery.actions.write_window import write_window
from jangteo.domains.delivery.actions.write_zone import write_zone
from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.delivery.told import NewFee, NewPlace, NewWindow, NewZone
from jangteo.domains.markets.actions.add_kind import add_kind
from jangteo.domains.markets.actions.add_stall import NewStall, add_stall
from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.found_market import NewMarket, found_market
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market, Stall, Street
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.fund_program import Funding, fund_program
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.set_point_terms import NewPointTerms, set_point_terms
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.rules import STALL, Conditions, Off, Share
from jangteo.domains.settlement.actions.confirm_account import confirm_account
from jangteo.domains.settlement.actions.propose_account import propose_account
from jangteo.domains.settlement.actions.set_payout_terms import NewTerms, set_payout_terms
from jangteo.domains.settlement.bankfiles.writing import Format
from jangteo.domains.settlement.modes import Mode
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.tenancy import in_market

TREASURER, CHAIR = (Actor(ActorKind.STAFF, name) for name in ("treasurer", "chair"))
PROGRAM = "simulate"
OPENING = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A good as it stands on the stall. `weighed`: the won are for so many grams, a unit has about so many; `left`
    None is not counted."""

    name: str
    won: int
    vat: bool = False
    weighed: tuple[int, int] | None = None
    left: int | None = None


ONNURI = Policy(id="onnuri", scheme="onnuri", area="", starts=OPENING.date(), discount_bp=1_000)
LOCAL = Policy(
    id="local",
    scheme="local",
    area="",
    starts=OPENING.date(),
    discount_bp=1_000,
    cashback=True,
    cashback_cap_won=3_000,
    cashback_days=1,
    program=PROGRAM,
)
# Every way to share a fee; of goods from the first threshold on the customer pays none of it.
FEES = (
    Terms(3_010, Payer.HALF, free_from_won=40_000),
    Terms(2_990, Payer.CUSTOMER),
    Terms(3_330, Payer.STALLS, free_from_won=20_000),
    Terms(4_010, Payer.MUNICIPALITY, municipality_won=1_330, free_from_won=30_000),
)
PHONES = ("01000003001", "01000003002")

# Odd prices, so that nothing divides evenly; few of some, so that goods run out while somebody pays.
_STALLS: tuple[tuple[str, str, Sequence[_Shown]], ...] = (
    (
        "모의수산",
        "fish",
        (_Shown("고등어", 8_000, left=4), _Shown("갈치", 2_530, weighed=(100, 430)), _Shown("오징어", 3_333)),
    ),
    ("모의정육", "meat", (_Shown("삼겹살", 15_600, weighed=(600, 600)), _Shown("갈비", 23_990, True, (1_000, 1_000)))),
    ("모의반찬", "sides", (_Shown("배추김치", 12_001, True, left=4), _Shown("두부", 1_990, True))),
)


def build() -> None:
    """Set the market up in an empty database, always the same."""
    with clock.at(OPENING), ids.drawn_from(random.Random(0)):  # noqa: S311  # the same market every time
        market = found_market(
            actor=SYSTEM,
            new=NewMarket(
                code="simulate",
                slug="simulate",
                name="모의시장",
                slogan="",
                address="가람시 모의동 1",
                cycle=Cycle(daily=True),
                opens_at=time(0),
                closes_at=time(23, 30),
                phone="010-0000-0001",
            ),
        )
        street = add_street(market=market, actor=SYSTEM, name="모의길", name_en="Street", colour="#1B56A8")
        for slot in range(len(_STALLS)):
            _set_up(market, street, slot)
        _agree_on_money(market)
        _bring_home(market)
        for phone in PHONES:
            register_customer(market=market, actor=SYSTEM, phone=phone)


def _bring_home(market: Market) -> None:
    """Five waves a day of a few seats each, so that some are full; a fee that does not divide evenly."""
    write_zone(market=market, actor=SYSTEM, told=NewZone("모의동네", (NewPlace("모의동"),)))
    for hour in (6, 10, 14, 18, 22):
        window = NewWindow((1, 2, 3, 4, 5, 6, 7), time(hour), time(hour + 1), cut_off_minutes=30, capacity=3)
        write_window(market=market, actor=SYSTEM, told=window)
    write_fee(market=market, actor=SYSTEM, told=NewFee(OPENING.date(), FEES[0]))


def _agree_on_money(market: Market) -> None:
    """One voucher saves a tenth, the other gives a tenth back for a day; the association pays out and keeps 3 %."""
    for policy in (ONNURI, LOCAL):
        add_policy(market=market, actor=SYSTEM, policy=policy, origin=Origin("simulate"))
    fund_program(market=market, actor=SYSTEM, funding=Funding("first", PROGRAM, 50_000))
    terms = NewTerms(
        mode=Mode.ASSOCIATION_PAYS, registration="02-004-00001", fee_bp=300, gateway_fee_bp=320, made=Format.CSV
    )
    set_payout_terms(market=market, actor=SYSTEM, terms=terms)
    with in_market(market.pk):
        stalls = list(Stall.objects.order_by("pk"))
    _give_out(market, stalls[0])
    for stall in stalls:
        account = BankAccount("004", f"1230456{stall.pk:05}", "모의")
        proposed = propose_account(market=market, actor=TREASURER, stall_id=stall.pk, account=account)
        confirm_account(market=market, actor=CHAIR, account_id=proposed.pk)


def _give_out(market: Market, stall: Stall) -> None:
    """Coupons of every kind of funder, few of some, and points of the association and of one stall for a day."""
    three = (Share("municipality", 5_000), Share("association", 2_001), Share(STALL, 2_999))
    many = Limits(per_person=None)
    for new in (
        NewCoupon(name="셋이 함께", off=Off(won=1_001), shares=three, budget_won=33_333, limits=many),
        NewCoupon(name="열에 하나", off=Off(bp=1_000, ceiling_won=3_001), shares=three, budget_won=9_999, limits=many),
        NewCoupon(
            name="가게 것", off=Off(won=777), stall_id=stall.pk, limits=Limits(most=9, per_person=None, per_day=4)
        ),
        NewCoupon(
            name="받은 것",
            off=Off(won=3_001),
            form="given",
            shares=(three[0], Share(STALL, 5_000)),
            budget_won=20_000,
            limits=many,
            when=Conditions(needs_won=6_000),
        ),
        NewCoupon(name="한 번뿐", off=Off(bp=3_333), form="given", back="gone", limits=many),
    ):
        make_coupon(market=market, actor=SYSTEM, new=new)
    set_point_terms(market=market, actor=SYSTEM, new=NewPointTerms(333, 1))
    set_point_terms(market=market, actor=SYSTEM, new=NewPointTerms(777, 1, stall_id=stall.pk))


def _set_up(market: Market, street: Street, slot: int) -> None:
    name, key, goods = _STALLS[slot]
    kind = add_kind(market=market, actor=SYSTEM, key=key, name=name, name_en=key, tint="sea")
    code = f"9000{slot}"
    new = NewStall(
        code=code + ids.check_digit(code),
        name=name,
        kind_id=kind.pk,
        street_id=street.pk,
        slot=slot,
        owner_name="모의",
        phone="010-0000-1000",
        opens_at=time(0),
        closes_at=time(23, 30),
        takes_card=True,
        takes_onnuri=True,
        takes_local=True,
    )
    stall = add_stall(market=market, actor=SYSTEM, new=new)
    for good in goods:
        _put_up(market, stall, kind.pk, good)


def _put_up(market: Market, stall: Stall, kind_id: int, shown: _Shown) -> None:
    new = NewGood(
        stall_id=stall.pk,
        kind_id=kind_id,
        name=shown.name,
        unit="1개",
        origin="국산",
        price_won=shown.won,
        tax="taxable" if shown.vat else "exempt",
        picture="fish",
        price_grams=shown.weighed[0] if shown.weighed else None,
        unit_grams=shown.weighed[1] if shown.weighed else None,
    )
    good = put_up_good(market=market, actor=SYSTEM, new=new)
    if shown.left is not None:
        count_stock(market=market, actor=SYSTEM, good_id=good.pk, on_hand=shown.left)
