"""What the API answers, as types: checked against the code that builds them, and shown in the OpenAPI document.

Money is whole won, weight whole grams, a moment ISO 8601 with its offset, a time of day HH:MM in Korea.
"""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field
from typing_extensions import TypedDict

T = TypeVar("T")

Won = Annotated[int, Field(ge=0, examples=[8000], description="Whole won")]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, examples=["2026-11-20T16:30:00+09:00"])]
Day = Annotated[str, Field(json_schema_extra={"format": "date"}, examples=["2026-11-20"])]
Hour = Annotated[str, Field(pattern=r"^\d\d:\d\d$", examples=["07:00"])]
Token = Annotated[str, Field(description="The order's secret: whoever has it may read and cancel the order")]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
OrderState = Literal["awaiting_payment", "placed", "closed", "cancelled", "expired"]
ShownPartState = Literal["new", "accepted", "ready", "handed_over", "refused", "cancelled"]
PartState = Literal["awaiting_payment"] | ShownPartState
StallReason = Literal["sold_out", "too_busy", "closing"]
RefuseReason = Literal["sold_out", "too_busy", "closing", "ungiven"]
Fulfil = Literal["pickup", "deliver"]
Substitute = Literal["call", "nearest", "refund"]
PromiseWhy = Literal["first", "late_stall", "late_courier", "weather", "asked"]
Tender = Literal["at_stall", "card"]
Door = Literal["open", "paused", "closed"]
Way = Annotated[
    str,
    Field(pattern=r"^[a-z_]{1,20}$", examples=["card"], description="card, virtual_account, or a gateway's own wallet"),
]
HeldMoney = Literal["onnuri_digital", "onnuri_paper", "local_currency", "points"]
Money = Literal[
    "card",
    "easy_pay",
    "virtual_account",
    "cash",
    "transfer",
    "onnuri_digital",
    "onnuri_paper",
    "local_currency",
    "points",
    "coupon",
    "recorded_offline",
]
MoneyState = Literal["planned", "promised", "captured"]
RefundTo = Literal["same", "account", "stall", "balance", "funder"]
RefundState = Literal["not_brought", "by_hand", "queued", "unknown", "rejected", "done"]
GoodState = Literal["on_sale", "sold_out", "hidden"]
PriceLife = Literal["standing", "today", "asked"]
Tax = Literal["exempt", "taxable"]
Short = Literal["", "open", "found", "refunded"]
PaymentState = Literal[
    "created",
    "requested",
    "unknown",
    "waiting_deposit",
    "captured",
    "part_refunded",
    "refunded",
    "failed",
    "expired",
    "mismatch",
]


class Page(TypedDict, Generic[T]):
    """`next_cursor` is null on the last page."""

    items: list[T]
    next_cursor: str | None


class KindShape(TypedDict):
    key: Annotated[str, Field(examples=["fish"])]
    name: Annotated[str, Field(examples=["생선"])]
    name_en: str
    goods: Annotated[int, Field(description="How many goods there are of this kind")]


class MarketShape(TypedDict):
    """A running market. `opens_next_at` is null while it is open and where nobody knows."""

    slug: Annotated[str, Field(examples=["jangteo"])]
    name: Annotated[str, Field(examples=["장터시장"])]
    slogan: str
    address: str
    latitude: float | None
    longitude: float | None
    opens_at: Hour
    closes_at: Hour
    is_open: bool
    opens_next_at: Moment | None


class TodayShape(TypedDict):
    """The market's calendar today in Korea. The booleans are null where its rhythm is unknown."""

    day: Day
    is_trading_day: bool | None
    is_market_day: Annotated[bool | None, Field(description="장날: the big market of a five-day rotation stands")]
    next_market_days: list[Day]


class MarketDetailShape(MarketShape):
    """`takes_card`: orders may be paid by card before they are fetched. `ways` are all ways of paying ahead."""

    phone: str
    rhythm: Annotated[str, Field(description="The rhythm as the public register words it", examples=["상설장"])]
    today: TodayShape
    kinds: list[KindShape]
    takes_card: bool
    ways: list[Way]


class TimesShape(TypedDict):
    """Times at which an order may be wanted, soonest first. Empty while nothing can be ordered."""

    items: list[Moment]


class WindowShape(TypedDict):
    """A window in which an order can still be brought. `left` counts the orders that it can still take."""

    wave_id: int
    starts_at: Moment
    ends_at: Moment
    order_until: Moment
    left: int


class PlaceShape(TypedDict):
    """Where the market brings to. A building needs no more address than its name."""

    id: int
    name: Annotated[str, Field(examples=["장터동"])]
    kind: Literal["dong", "building"]


class WindowsShape(TypedDict):
    """`items` are soonest first. `fee_won` is null where the market does not deliver by windows.

    `address` is the asked one as a courier would read it, null where none was asked. `why_not` is null where there are
    items, or says why there are none.
    """

    items: list[WindowShape]
    places: list[PlaceShape]
    fee_won: int | None
    free_from_won: Annotated[int | None, Field(description="From how much on the customer pays no fee; null for never")]
    address: str | None
    why_not: WhyShape | None


class StallBriefShape(TypedDict):
    code: Annotated[str, Field(description="The six digits on the stall's sign", examples=["100007"])]
    name: Annotated[str, Field(examples=["순자네 수산"])]
    door: Door


class StallShape(StallBriefShape):
    kind: Annotated[str, Field(description="Key of a kind")]
    street: str
    slot: Annotated[int, Field(description="Place along the street, from the gate inwards")]
    intro: str
    since: int | None
    opens_at: Hour
    closes_at: Hour
    takes_card: bool
    takes_onnuri: Annotated[bool, Field(description="온누리상품권")]
    takes_local: Annotated[bool, Field(description="지역화폐")]


class GoodShape(TypedDict):
    """A good as it is sold now.

    By the piece: `price_won` is for one `unit`, the weights and `ceiling_won` are null.
    By weight: `price_won` is for `price_grams`, one `unit` weighs `unit_grams` or so, and an order names the most it
    may come to; `ceiling_won` is the ceiling offered for one unit.
    `left` counts the units that can still be ordered; null where the stall does not count.
    `price_life`: the price stands until it is changed, holds until the market closes today, or is asked for at the
    stall; `price_won` is then the last known one, not to be shown to customers, and the good cannot be ordered.
    """

    id: int
    name: Annotated[str, Field(examples=["고등어"])]
    name_en: str
    unit: Annotated[str, Field(examples=["1손"])]
    origin: Annotated[str, Field(examples=["국산"])]
    note: str
    price_won: Won
    price_life: PriceLife
    price_grams: int | None
    unit_grams: int | None
    estimate_won: Annotated[int, Field(description="What one unit comes to")]
    ceiling_won: int | None
    tax: Tax
    picture: Annotated[str, Field(description="Name of a picture", examples=["fish"])]
    state: GoodState
    left: int | None
    can_order: bool
    kind: Annotated[str, Field(description="Key of a kind")]
    stall: StallBriefShape


class LinksShape(TypedDict):
    """`page` is the order for people; `pay` the page where a card is charged, null when there is nothing to pay."""

    self: Address
    cancel: Address
    page: Address
    pay: Address | None


class WhyShape(TypedDict):
    """`code` is stable; `detail` is the sentence for people."""

    code: Annotated[str, Field(examples=["payments.tender.saves"])]
    detail: Annotated[str, Field(examples=["10% 아껴요. 나머지를 내요."])]
    facts: Annotated[dict[str, str | int], Field(description="The values behind it; stalls and goods by their names")]


class NotForShape(WhyShape):
    """Goods that a money may not pay, and the one reason for all of them."""

    good_ids: list[int]


class PlacedMoneyShape(TypedDict):
    """What one money pays, the most that it may come to, or with 0 won why it pays nothing.

    `saved_later`: what is saved comes afterwards, as cashback.
    """

    kind: Money
    scheme: str
    won: Won
    saved_won: Won
    saved_later: bool
    why: WhyShape
    not_for: list[NotForShape]


class PlacedShape(TypedDict):
    """The same for every repeat of the same Idempotency-Key. `moneys` is empty where none were named."""

    token: Token
    number: Annotated[int, Field(description="Called out loud; starts at 1 every trading day", examples=[27])]
    state: OrderState
    estimate_won: Won
    pay_won: Annotated[int, Field(description="What is paid ahead: ceilings for weighed goods")]
    moneys: list[PlacedMoneyShape]
    links: LinksShape


class LineShape(TypedDict):
    """A line of an order. `final_won` is null while a weighed line waits for the scale.

    `short` says what became of a line that was paid after its stock had gone; empty for all others.
    """

    id: int
    good_id: int
    name: str
    unit: str
    origin: str
    picture: str
    quantity: int
    is_weighed: bool
    estimate_grams: int | None
    final_grams: int | None
    estimate_won: Won
    final_won: int | None
    due_won: Won
    ceiling_won: int | None
    capped: Annotated[bool, Field(description="Weighed more than the ceiling pays for; the rest is a gift")]
    short: Short


class PartShape(TypedDict):
    """What one stall has to do for an order. `due_won` is 0 once refused or cancelled."""

    id: int
    state: PartState
    refuse_reason: RefuseReason | None
    changed_at: Moment
    due_won: Won
    is_final: Annotated[bool, Field(description="Every line has its final amount")]
    stall: StallBriefShape
    lines: list[LineShape]


class PaymentShape(TypedDict):
    """What is paid ahead of an order, and by which way."""

    way: Way
    state: PaymentState
    amount_won: Won
    captured_won: Won
    refunded_won: Won
    receipt: str | None


class OrderBriefShape(TypedDict):
    """An order as the person who placed it sees it. `most_won` is what it may come to at the most.

    `fee_won` is what bringing it costs the customer; it is in both sums and in no part.
    """

    token: Token
    number: int
    day: Annotated[str, Field(description="The trading day, 04:00 to 04:00", json_schema_extra={"format": "date"})]
    state: OrderState
    placed_at: Moment
    wanted_at: Moment
    fulfil: Fulfil
    name: str
    address: str
    note: str
    tender: Tender
    fee_won: Won
    due_won: Won
    most_won: Won
    is_final: bool
    can_cancel: bool
    parts: list[PartShape]
    links: LinksShape


class PromiseShape(TypedDict):
    """When the order was said to come, the newest word. `why` is "first" while it was not said anew."""

    from_at: Moment
    until_at: Moment
    why: PromiseWhy


class MoneyShape(TypedDict):
    """One kind of money of an order. `promised` is brought to `stall`; for all else `stall` is null.

    `won` is what it pays or paid, `left_won` what stays of it after refunds and what the scale spares.
    """

    kind: Money
    state: MoneyState
    stall: StallBriefShape | None
    won: Won
    left_won: Won
    is_about: Annotated[bool, Field(description="The scale has not decided it yet")]


class RefundShape(TypedDict):
    """Money of one kind that went back. `not_brought` was given back before the customer had brought it."""

    kind: Money
    stall: StallBriefShape | None
    won: Won
    to: RefundTo
    state: RefundState
    decided_at: Moment


class OrderShape(OrderBriefShape):
    """The order with what is paid ahead, null when it is paid at the stalls, its moneys and what went back.

    `moneys` is empty while nothing is written down of how it is paid at the stalls. `promised` is null unless it is
    brought in a window.
    """

    payment: PaymentShape | None
    promised: PromiseShape | None
    moneys: list[MoneyShape]
    refunds: list[RefundShape]


class ForWhomShape(TypedDict):
    """What a stall needs to know of the order that its ticket belongs to."""

    number: int
    day: Day
    name: Annotated[str, Field(description="The name to call out")]
    placed_at: Moment
    wanted_at: Moment
    fulfil: Fulfil
    tender: Tender
    note: str


class TicketShape(PartShape):
    """A stall's ticket."""

    order: ForWhomShape
