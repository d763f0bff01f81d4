"""Payments across the counter, links that let somebody else pay, and cash receipts."""

from __future__ import annotations

from django.db import models

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.rules import MOST_NAME, MOST_NOTE
from jangteo.domains.counter.states import SaleState
from jangteo.domains.counter.told import MOST_LINE_NAME
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.people.models import User
from jangteo.kernel.tenancy import MarketManager, StallManager


class CounterSale(models.Model):
    """An amount paid to one stall without an order. `token` opens its page; `ref` names it at gateways and in the book.

    `exempt` is the stall's usual tax class when it was opened. What is recorded offline the stall has in its hands.
    `refunded_won` is what the stall has given back of it; a sale of which something is left stays paid.
    Where its lines say so, `exempt_won` of it bear no VAT and the rest does. `number` is the till's own for it, or 0.
    `coupon_won` of the amount a coupon pays; then the sale has a matrix of tenders under its `ref`, as orders have.
    """

    class Source(models.TextChoices):
        STICKER = "sticker"
        DYNAMIC = "dynamic"
        TILL = "till"

    class Way(models.TextChoices):
        """By the names that these kinds of money have among tenders."""

        CARD = "card"
        CASH = "cash"
        ONNURI_DIGITAL = "onnuri_digital"
        ONNURI_PAPER = "onnuri_paper"
        LOCAL_CURRENCY = "local_currency"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    ref = models.CharField(max_length=40, unique=True)
    amount_won = models.PositiveBigIntegerField()
    refunded_won = models.PositiveBigIntegerField(default=0)
    coupon_won = models.PositiveBigIntegerField(default=0)
    exempt = models.BooleanField()
    exempt_won = models.PositiveBigIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    customer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=7, choices=Source.choices)
    way = models.CharField(max_length=16, choices=Way.choices, default="", blank=True)
    state = models.CharField(max_length=16, choices=SaleState.choices, default=SaleState.OPEN)
    payer_name = models.CharField(max_length=MOST_NAME, default="", blank=True)
    note = models.CharField(max_length=MOST_NOTE, default="", blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = StallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="sale_is_something", condition=models.Q(amount_won__gt=0)),
            models.CheckConstraint(
                name="sale_refund_within", condition=models.Q(refunded_won__lte=models.F("amount_won"))
            ),
            models.CheckConstraint(
                name="sale_coupon_within", condition=models.Q(coupon_won__lte=models.F("amount_won"))
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "stall"], name="sale_by_customer", condition=~models.Q(customer=None)),
            models.Index(fields=["stall", "state", "-id"], name="sale_by_stall_state"),
            models.Index(
                fields=["expires_at"],
                name="sale_running_out",
                condition=models.Q(state__in=[SaleState.OPEN, SaleState.CLAIMED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.amount_won} {self.state}"

    @property
    def is_offline(self) -> bool:
        return self.way not in ("", self.Way.CARD)

    @property
    def left_won(self) -> int:
        return self.amount_won - self.refunded_won

    @property
    def due_won(self) -> int:
        """What the customer pays of it."""
        return self.amount_won - self.coupon_won

    @property
    def tax_free_won(self) -> int:
        return self.tax_free_of(self.amount_won)

    def tax_free_of(self, won: int) -> int:
        """How much of so many won of it bears no VAT."""
        return won if self.exempt else won * self.exempt_won // self.amount_won


class SaleLine(models.Model):
    """One thing of a sale, as it was called and priced then: by the piece, or `grams` at `price_won` per `price_grams`.

    `taken` units of it went out of the stall's counted stock, fewer than were sold where the count said that there were
    not so many; None for what is weighed or not counted.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    sale = models.ForeignKey(CounterSale, models.PROTECT, related_name="lines")
    good = models.ForeignKey(Good, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=MOST_LINE_NAME, default="", blank=True)
    unit = models.CharField(max_length=20, default="", blank=True)
    origin = models.CharField(max_length=80, default="", blank=True)
    price_won = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField(default=1)
    price_grams = models.PositiveIntegerField(null=True)
    grams = models.PositiveIntegerField(null=True)
    amount_won = models.PositiveBigIntegerField()
    exempt = models.BooleanField()
    taken = models.PositiveIntegerField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [models.CheckConstraint(name="sale_line_is_something", condition=models.Q(amount_won__gt=0))]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.amount_won}"


class SaleMove(models.Model):
    """Every change of a sale's state. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    sale = models.ForeignKey(CounterSale, models.PROTECT, related_name="+")
    was = models.CharField(max_length=16)
    became = models.CharField(max_length=16)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = StallManager()

    def __str__(self) -> str:
        return f"{self.was} -> {self.became}"


class SaleRefund(models.Model):
    """Money of a sale that its stall gave back. `refund` follows it at a gateway, None for what went by hand.

    Only what went by hand can be undone: nobody but the stall has moved anything then.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    sale = models.ForeignKey(CounterSale, models.PROTECT, related_name="refunds")
    amount_won = models.PositiveBigIntegerField()
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, related_name="+")
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="sale_refund_is_something", condition=models.Q(amount_won__gt=0)),
            models.CheckConstraint(
                name="sale_refund_undone_by_hand", condition=models.Q(undone_at=None) | models.Q(refund=None)
            ),
        ]

    def __str__(self) -> str:
        return f"sale {self.sale_id} -{self.amount_won}"


class PayLink(models.Model):
    """Lets somebody else pay for an order. It says who asks by first name only, and what it comes to.

    One payment is made with it: what has become of that decides whether it was used.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    amount_won = models.PositiveBigIntegerField()
    asker = models.CharField(max_length=30)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], name="one_living_pay_link", condition=models.Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.amount_won}"


class CashReceipt(models.Model):
    """A cash receipt (현금영수증) asked for. `about` is the ref of the order or sale, `ref` ours at the issuer.

    `digits` identify the customer and are forgotten after a while; `shown` is what of them may stand on a screen.
    `unasked`: nobody asked, and the law wants one all the same.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        ISSUED = "issued"
        CANCELLING = "cancelling"
        CANCELLED = "cancelled"
        REJECTED = "rejected"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    about = models.CharField(max_length=64)
    ref = models.CharField(max_length=40, unique=True)
    use = models.CharField(max_length=9)
    kind = models.CharField(max_length=8)
    digits = models.CharField(max_length=19, default="", blank=True)
    shown = models.CharField(max_length=19, default="", blank=True)
    unasked = models.BooleanField(default=False)
    name = models.CharField(max_length=60)
    amount_won = models.PositiveBigIntegerField()
    tax_free_won = models.PositiveBigIntegerField()
    vat_won = models.PositiveBigIntegerField()
    paid_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    issue_number = models.CharField(max_length=100, default="", blank=True)
    url = models.CharField(max_length=300, default="", blank=True)
    failure_code = models.CharField(max_length=60, default="", blank=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="cash_receipt_is_something", condition=models.Q(amount_won__gt=0)),
            models.UniqueConstraint(
                fields=["about"], name="one_living_cash_receipt", condition=models.Q(state__in=["asked", "issued"])
            ),
        ]
        indexes = [models.Index(fields=["about", "-id"], name="cash_receipt_by_about")]

    def __str__(self) -> str:
        return f"{self.about} {self.amount_won} {self.state}"
