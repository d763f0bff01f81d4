"""One order over many stalls: the order, a part for each stall, and its lines."""

from __future__ import annotations

from django.db import models

from jangteo.domains.catalog.models import Good
from jangteo.domains.devices.models import Screen
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.cover import USUAL_MINUTES
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.people.models import Device, User
from jangteo.kernel.tenancy import MarketManager, Scope, StallManager


class DayCounter(models.Model):
    """The last order number given on a trading day."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    day = models.DateField()
    last_number = models.PositiveIntegerField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "day"], name="one_counter_per_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.last_number}"


class Order(models.Model):
    """`token` opens the order page; `ref` names it at gateways and in the ledger; `number` is called out loud.

    `substitute` is what the customer wants done where a good turns out to be missing.
    """

    class Fulfil(models.TextChoices):
        PICKUP = "pickup"
        DELIVER = "deliver"

    class Substitute(models.TextChoices):
        CALL = "call"
        NEAREST = "nearest"
        REFUND = "refund"

    class Tender(models.TextChoices):
        AT_STALL = "at_stall"
        CARD = "card"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    ref = models.CharField(max_length=32, unique=True)
    token = models.CharField(max_length=32, unique=True)
    day = models.DateField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=OrderState.choices)
    name = models.CharField(max_length=30)
    phone = models.CharField(max_length=20)
    fulfil = models.CharField(max_length=7, choices=Fulfil.choices)
    wanted_at = models.DateTimeField()
    address = models.CharField(max_length=200, default="", blank=True)
    note = models.CharField(max_length=200, default="", blank=True)
    substitute = models.CharField(max_length=7, choices=Substitute.choices, default=Substitute.CALL)
    tender = models.CharField(max_length=8, choices=Tender.choices)
    placed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "day", "number"], name="order_number_once_a_day")]
        indexes = [
            models.Index(fields=["market", "-id"], name="order_newest"),
            models.Index(fields=["user", "-id"], name="order_by_user", condition=models.Q(user__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.ref


class GoodsParts(StallManager["StallPart"]):
    """The parts that stalls have work with. The fee is left out, so that no list can take it for an order."""

    def _of(self, scope: Scope) -> models.QuerySet[StallPart]:
        return super()._of(scope).filter(is_fee=False)


class StallPart(models.Model):
    """What one stall has to do for an order, and what it gets for it.

    `told` is who else was told of it because nobody answered; every change of state begins anew. `is_fee` is the part
    of the association's own stall: what the customer pays for the delivery. Only money asks for it (`with_fees`).
    """

    class RefuseReason(models.TextChoices):
        """What a stall says. `ungiven` stands for the association: it was ready, and nobody could be given it."""

        SOLD_OUT = "sold_out"
        TOO_BUSY = "too_busy"
        CLOSING = "closing"
        UNGIVEN = "ungiven"

    STALL_SAYS = (RefuseReason.SOLD_OUT, RefuseReason.TOO_BUSY, RefuseReason.CLOSING)

    class Told(models.TextChoices):
        FAMILY = "family"
        OFFICE = "office"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, related_name="parts")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=PartState.choices)
    refuse_reason = models.CharField(max_length=8, choices=RefuseReason.choices, default="", blank=True)
    told = models.CharField(max_length=6, choices=Told.choices, default="", blank=True)
    is_fee = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = GoodsParts()
    with_fees = StallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "stall"], name="one_part_per_stall")]
        indexes = [models.Index(fields=["stall", "state", "-id"], name="part_by_stall_state")]

    def __str__(self) -> str:
        return f"part {self.pk} {self.state}"


class Line(models.Model):
    """A good as it was when ordered. `final_grams` is null until weighed; `ceiling_won` only for weighed goods.

    `seen_won` is what a kiosk had shown for it. `taken` is how many had left the stock where its count knew of fewer
    than were ordered, null for all of them.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    part = models.ForeignKey(StallPart, models.PROTECT, related_name="lines")
    good = models.ForeignKey(Good, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=20)
    origin = models.CharField(max_length=80)
    tax = models.CharField(max_length=7, choices=Good.Tax.choices)
    price_won = models.PositiveIntegerField()
    price_grams = models.PositiveIntegerField(null=True)
    unit_grams = models.PositiveIntegerField(null=True)
    quantity = models.PositiveIntegerField()
    ceiling_won = models.PositiveBigIntegerField(null=True)
    final_grams = models.PositiveIntegerField(null=True)
    capped = models.BooleanField(default=False)
    seen_won = models.PositiveBigIntegerField(null=True)
    taken = models.PositiveIntegerField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="line_quantity_positive", condition=models.Q(quantity__gt=0)),
            models.CheckConstraint(
                name="weighed_line_has_ceiling",
                condition=models.Q(price_grams__isnull=True, ceiling_won__isnull=True)
                | models.Q(price_grams__isnull=False, ceiling_won__isnull=False),
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.unit} x{self.quantity}"


class Move(models.Model):
    """Every change of state of an order (`part` null) or a part. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    part = models.ForeignKey(StallPart, models.PROTECT, related_name="+", null=True)
    was = models.CharField(max_length=16, blank=True)
    became = models.CharField(max_length=16)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["order", "id"], name="move_by_order")]

    def __str__(self) -> str:
        return f"{self.was} -> {self.became}"


class Shortfall(models.Model):
    """A line that was paid after its stock had gone: someone must find the good or give the money back."""

    class State(models.TextChoices):
        OPEN = "open"
        FOUND = "found"
        REFUNDED = "refunded"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    line = models.OneToOneField(Line, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = StallManager()

    def __str__(self) -> str:
        return f"line {self.line_id} short {self.quantity}"


class KioskOrder(models.Model):
    """What is known of an order that was made at a kiosk besides the order itself.

    `ticket` is the number that the customer went away with. `made_at` is when, `is_late` says that the stalls heard of
    it only after the customer had gone. `tender` is what the customer means to pay with at the stalls.
    """

    class Tender(models.TextChoices):
        CASH = "cash"
        CARD = "card"
        ONNURI = "onnuri"
        LOCAL = "local"

    class Language(models.TextChoices):
        KOREAN = "ko"
        ENGLISH = "en"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order = models.OneToOneField(Order, models.PROTECT, related_name="+")
    screen = models.ForeignKey(Screen, models.PROTECT, related_name="+")
    ticket = models.CharField(max_length=12)
    tender = models.CharField(max_length=6, choices=Tender.choices)
    language = models.CharField(max_length=2, choices=Language.choices)
    made_at = models.DateTimeField()
    is_late = models.BooleanField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["screen", "-id"], name="kiosk_orders_of_screen")]

    def __str__(self) -> str:
        return self.ticket


class Cover(models.Model):
    """Who answers for a stall (대신 받기) when its phone is left alone. A stall without a row has the usual plan."""

    class Family(models.TextChoices):
        AT_ONCE = "at_once"
        LATER = "later"
        NEVER = "never"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.OneToOneField(Stall, models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=USUAL_MINUTES)
    family = models.CharField(max_length=7, choices=Family.choices, default=Family.LATER)

    objects = StallManager()

    def __str__(self) -> str:
        return f"stall {self.stall_id}: {self.minutes} min, {self.family}"


class PhoneSeen(models.Model):
    """When a stall's phone last said that its screens are open. One row a device, written over."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    device = models.OneToOneField(Device, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = StallManager()

    class Meta:
        indexes = [models.Index(fields=["stall", "-at"], name="phone_seen_by_stall")]

    def __str__(self) -> str:
        return f"device {self.device_id} at {self.at}"
