"""Orders as the stall sees them: paper slips, each with one thing to do next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _

from jangteo.domains.calls.queries import takers_of
from jangteo.domains.hub.queries import gathered_of
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.queries import LineView, PartView, part_of_stall, parts_of_stall, parts_over_since
from jangteo.domains.ordering.queries_moneys import Money, kinds_taken, moneys_to_take
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.words.counting import counted, spoken
from jangteo.faces._parts.words.paid import paid_name, paid_words
from jangteo.faces._parts.words.particles import by
from jangteo.faces._parts.words.refunds import money_name
from jangteo.faces._parts.words.times import hour_words
from jangteo.faces.merchant.kiosk_words import late_words, line_words, who_words, will_pay_words
from jangteo.kernel import clock

TO_DO = (PartState.NEW, PartState.ACCEPTED, PartState.READY)
MOST_SPOKEN = 5


class Step(StrEnum):
    """What the one big button of a slip does."""

    ACCEPT = "accept"
    WEIGH = "weigh"
    READY = "ready"
    HAND_OVER = "hand_over"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A line as it stands on the slip, counted the Korean way."""

    line: LineView

    @property
    def words(self) -> str:
        return counted(self.line.name, self.line.unit, self.line.quantity)

    @property
    def geun_grams(self) -> int | None:
        """The weight of one 근 where the good is sold by it: 600 for meat, 400 for most other things."""
        return self.line.price_grams if "근" in self.line.unit else None

    @property
    def told(self) -> list[str]:
        """What is to be known of a line that was chosen at a kiosk."""
        return line_words(self.line)

    @property
    def is_estimate(self) -> bool:
        return self.line.final_won is None


@dataclass(frozen=True, slots=True)
class Taken:
    """Money to take in the hand; `is_about` while the scale decides."""

    name: str
    won: int
    is_about: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """A stall's part of an order, looked at `now`. Amounts are the stall's own, in won.

    `moneys` are those that the customer said to bring; without any an order paid at the stall is paid as it comes.
    `taken` is what the stall took in the end, looked up for one slip alone. `phoned` is who took the order down at the
    telephone, "" for every other order. `brings` is who brings it to the hub ("picker", "stalls"), "" for an order
    that is not gathered.
    """

    order: Order
    part: PartView
    now: datetime
    moneys: tuple[Money, ...] = ()
    taken: tuple[TenderKind, ...] = ()
    phoned: str = ""
    brings: str = ""

    @property
    def lines(self) -> list[SlipLine]:
        return [SlipLine(line) for line in self.part.lines]

    @property
    def weigh_next(self) -> SlipLine | None:
        """The first line that still waits for the scale."""
        return SlipLine(self.part.to_weigh[0]) if self.part.to_weigh else None

    @property
    def step(self) -> Step:
        match self.part.state:
            case PartState.NEW:
                return Step.ACCEPT
            case PartState.ACCEPTED:
                return Step.WEIGH if self.part.to_weigh else Step.READY
            case PartState.READY:
                return Step.HAND_OVER
        return Step.OVER

    @property
    def takes_money(self) -> bool:
        """Whether the stall is handed money together with the goods."""
        return self.take_won > 0

    @property
    def take_won(self) -> int:
        """What the stall is handed in all."""
        if self.moneys:
            return sum(money.left_won for money in self.moneys)
        return self.part.due_won if self.order.tender == Order.Tender.AT_STALL else 0

    @property
    def to_take(self) -> list[Taken]:
        """The moneys by name, where the customer said which."""
        return [Taken(money_name(money.kind, at_stall=True), money.left_won, money.is_about) for money in self.moneys]

    @property
    def how_paid(self) -> str:
        """Who has the money by now, and what it was paid with; nothing of an order that came to nothing."""
        ahead = self.part.paid_ahead
        if self.part.state == PartState.HANDED_OVER and self.taken:
            names = [money_name(kind, at_stall=True) for kind in self.taken]
            return _("%(way)s 냈어요") % {"way": by(", ".join(dict.fromkeys(names)))}
        if ahead is not None:
            return _("나머지는 미리 냈어요 (%(way)s)") % {"way": paid_name(ahead)} if self.moneys else paid_words(ahead)
        if not self.takes_money or self.step == Step.OVER:
            return ""
        return _("와서 낼 거예요") if self.part.kiosk is None else will_pay_words(self.part.kiosk)

    @property
    def who(self) -> str:
        """Whom to hand it to."""
        if self.part.kiosk is not None:
            return who_words(self.part.kiosk)
        return _("%(name)s 님") % {"name": self.order.name}

    @property
    def comes_late(self) -> str:
        """That a kiosk told of it only when it had its network again; nothing once the stall is done with it."""
        if self.part.kiosk is None or self.step == Step.OVER:
            return ""
        return late_words(self.part.kiosk, self.order.placed_at, self.now)

    @property
    def is_delivery(self) -> bool:
        return self.order.fulfil == Order.Fulfil.DELIVER

    @property
    def is_today(self) -> bool:
        return self.order.wanted_at.astimezone(clock.KST).date() == self.now.astimezone(clock.KST).date()

    @property
    def can_step_back(self) -> bool:
        return self.part.state in (PartState.ACCEPTED, PartState.READY)

    @property
    def say(self) -> str:
        """What the phone says of a new order: what to make and by when. Korean on purpose, see `counting`."""
        goods = [spoken(line.name, line.unit, line.quantity) for line in self.part.lines]
        more = f" 외 {len(goods) - MOST_SPOKEN}가지" if len(goods) > MOST_SPOKEN else ""
        with translation.override("ko"):
            hour = hour_words(self.order.wanted_at.astimezone(clock.KST).time())
            paid = f" {self.how_paid}." if self.part.paid_ahead is not None else ""
        how = "배달" if self.is_delivery else "가지러 오세요"
        return f"새 주문이요! {', '.join(goods[:MOST_SPOKEN])}{more}. {hour}, {how}.{paid}"

    @property
    def is_late(self) -> bool:
        """The customer wanted it by now and it is not ready."""
        return self.part.state == PartState.ACCEPTED and self.order.wanted_at < self.now


@dataclass(frozen=True, slots=True)
class Slips:
    """What is to do: new ones oldest first, the rest by the time they are wanted."""

    new: list[Slip]
    to_prepare: list[Slip]
    to_hand_over: list[Slip]

    @property
    def first(self) -> Slip | None:
        return self.new[0] if self.new else None

    @property
    def behind(self) -> list[Slip]:
        """New orders that wait behind the first."""
        return self.new[1:]

    @property
    def nothing_to_do(self) -> bool:
        return not (self.new or self.to_prepare or self.to_hand_over)


def slip(part_id: int) -> Slip:
    """One slip of the stall in scope. Raises StallPart.DoesNotExist."""
    order, part = part_of_stall(part_id)
    return _slips(part.stall.pk, [(order, part)])[0]


def slip_with_money(part_id: int) -> Slip:
    """The same with what the stall took, once it is handed over: one query more then."""
    shown = slip(part_id)
    if shown.part.state != PartState.HANDED_OVER:
        return shown
    return replace(shown, taken=tuple(kinds_taken(shown.part.stall.pk, shown.order)))


def slips_to_do(stall_id: int) -> Slips:
    """Everything that waits for the stall."""
    slips = _slips(stall_id, parts_of_stall(stall_id, TO_DO))
    return Slips(
        new=_in(slips, PartState.NEW),
        to_prepare=sorted(_in(slips, PartState.ACCEPTED), key=lambda s: s.order.wanted_at),
        to_hand_over=sorted(_in(slips, PartState.READY), key=lambda s: s.order.wanted_at),
    )


def slips_over_today(stall_id: int) -> list[Slip]:
    """What was handed over, refused or cancelled this trading day, newest first."""
    now = clock.now()
    start, _end = clock.day_bounds(clock.business_day(now))
    return [Slip(order, part, now) for order, part in parts_over_since(stall_id, start)]


def _slips(stall_id: int, tickets: Collection[tuple[Order, PartView]]) -> list[Slip]:
    now, moneys = clock.now(), moneys_to_take(stall_id, tickets)
    ids = [order.pk for order, _part in tickets]
    phoned, (brings, gathered) = takers_of(ids), gathered_of(ids)
    return [
        Slip(
            order,
            part,
            now,
            tuple(moneys.get(part.id, ())),
            phoned=phoned.get(order.pk, ""),
            brings=brings if order.pk in gathered else "",
        )
        for order, part in tickets
    ]


def _in(slips: Iterable[Slip], state: PartState) -> list[Slip]:
    return [slip for slip in slips if slip.part.state == state]
