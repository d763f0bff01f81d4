"""A market, its streets, its kinds of goods and its stalls."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from jangteo.kernel.tenancy import MarketManager, Scope, in_practice

COLOUR = RegexValidator(r"^#[0-9A-Fa-f]{6}$")


class Markets(models.Manager["Market"]):
    """Real markets; inside a copy that people practise in, and only there, such copies."""

    def get_queryset(self) -> models.QuerySet[Market]:
        rows = super().get_queryset()
        return rows.filter(pk__lt=0) if in_practice() else rows.filter(pk__gt=0)


class Market(models.Model):
    """One traditional market (전통시장). `listed` ones come from public data; `open` ones run on this system.

    `code` is ours and never changes; `official_code` is the one some public releases carry. `cycle` has the shape of
    `calendar.Cycle`; `vouchers` holds "onnuri" and "local". `reference_date` is that of the release last taken in.
    `practice_of` is the market that a copy to practise in was made of; copies, and only they, have ids below zero.
    """

    class State(models.TextChoices):
        LISTED = "listed"
        OPEN = "open"
        CLOSED = "closed"

    code = models.CharField(max_length=40, unique=True)
    official_code = models.CharField(max_length=20, default="", blank=True)
    slug = models.SlugField(max_length=40, unique=True, null=True)
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=6, choices=State.choices, default=State.LISTED)
    slogan = models.CharField(max_length=60, default="", blank=True)
    market_type = models.CharField(max_length=40, default="", blank=True)
    address_road = models.CharField(max_length=200, default="", blank=True)
    address_lot = models.CharField(max_length=200, default="", blank=True)
    latitude = models.DecimalField(max_digits=11, decimal_places=8, null=True)
    longitude = models.DecimalField(max_digits=12, decimal_places=8, null=True)
    cycle_text = models.CharField(max_length=60, default="", blank=True)
    cycle = models.JSONField(default=dict)
    opens_at = models.TimeField(default="07:00")
    closes_at = models.TimeField(default="20:00")
    stall_count = models.PositiveIntegerField(null=True)
    goods_text = models.CharField(max_length=300, default="", blank=True)
    vouchers_text = models.CharField(max_length=200, default="", blank=True)
    vouchers = models.JSONField(default=list)
    homepage = models.CharField(max_length=300, default="", blank=True)
    has_toilet = models.BooleanField(null=True)
    has_parking = models.BooleanField(null=True)
    founded_year = models.PositiveSmallIntegerField(null=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    reference_date = models.DateField(null=True)
    provider = models.CharField(max_length=60, default="", blank=True)
    stripe_a = models.CharField(max_length=7, default="#0B6B45", validators=[COLOUR])
    stripe_b = models.CharField(max_length=7, default="#FFFFFF", validators=[COLOUR])
    practice_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # Money that customers load and spend later; off, because whoever keeps it is under the law of prepaid means.
    wallet_mode = models.BooleanField(default=False)

    objects = Markets()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="practice_lies_below_zero",
                condition=models.Q(id__gt=0, practice_of__isnull=True) | models.Q(id__lt=0, practice_of__isnull=False),
            ),
            models.CheckConstraint(
                name="open_market_has_slug", condition=~models.Q(state="open") | models.Q(slug__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_practice(self) -> bool:
        """Whether people practise in it."""
        return self.practice_of_id is not None


class Kind(models.Model):
    """What a stall sells or a good is (생선, 채소 …): one list for both, so that shoppers learn it once."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    key = models.SlugField(max_length=20)
    name = models.CharField(max_length=20)
    name_en = models.CharField(max_length=30)
    tint = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "key"], name="kind_key_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Street(models.Model):
    """A street of awnings on the drawn map (생선 골목)."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    name_en = models.CharField(max_length=40, default="", blank=True)
    colour = models.CharField(max_length=7, validators=[COLOUR])
    position = models.PositiveSmallIntegerField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "position"], name="street_position_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class TradingStalls(MarketManager["Stall"]):
    """The stalls that people see. The association's own one is left out, so that no list can show it by mistake."""

    def _of(self, scope: Scope) -> models.QuerySet[Stall]:
        return super()._of(scope).filter(is_house=False)


class Stall(models.Model):
    """A stall (점포). `code` is the 6-digit number people type; `slot` its place along its street.

    `business_number` is ten digits; `tax_status` is "" as long as nobody has said it, and receipts then show no VAT.
    `is_house` is the association's own, through which delivery fees go; only pages of money ask for it (`with_house`).
    """

    class Door(models.TextChoices):
        OPEN = "open"
        PAUSED = "paused"
        CLOSED = "closed"

    class TaxStatus(models.TextChoices):
        GENERAL = "general"
        SIMPLIFIED = "simplified"
        EXEMPT = "exempt"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=30)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")
    street = models.ForeignKey(Street, models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    owner_name = models.CharField(max_length=30)
    phone = models.CharField(max_length=20, default="", blank=True)
    intro = models.CharField(max_length=120, default="", blank=True)
    since = models.PositiveSmallIntegerField(null=True)
    opens_at = models.TimeField(default="07:00")
    closes_at = models.TimeField(default="20:00")
    door = models.CharField(max_length=6, choices=Door.choices, default=Door.OPEN)
    takes_card = models.BooleanField(default=True)
    takes_onnuri = models.BooleanField(default=False)
    takes_local = models.BooleanField(default=False)
    business_number = models.CharField(max_length=10, default="", blank=True)
    tax_status = models.CharField(max_length=10, choices=TaxStatus.choices, default="", blank=True)
    is_house = models.BooleanField(default=False)

    objects = TradingStalls()
    with_house = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["street", "slot"], name="one_stall_per_slot"),
            models.UniqueConstraint(
                fields=["market"], condition=models.Q(is_house=True), name="one_house_stall_per_market"
            ),
        ]
        ordering = ["street__position", "slot"]

    def __str__(self) -> str:
        return self.name
