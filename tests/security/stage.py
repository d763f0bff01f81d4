"""Two markets with their people, and one of everything that an address can name, for each of its owners."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from jangteo.domains.catalog.models import Good
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Shortfall, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import ApiToken, Device, Role, User
from jangteo.domains.reviews.models import Review
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces._parts.devices import OFFICE_COOKIE
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.security import counter
from tests.security.brought import brought_in
from tests.security.callers import Caller, Cast, Corner, Whose, phones, programs
from tests.security.carried import carried_in
from tests.security.coupons import coupon_of
from tests.security.gathered import gathered_in
from tests.security.given_back import leg_of
from tests.security.happening import happening, payout_in, rebate_in, receipt_in, signed_up, visit_in
from tests.security.helping import called, let_act
from tests.security.hung_up import board_in
from tests.security.making import paid, put_up, session_of
from tests.security.news import campaign_of
from tests.security.rounds import stop_in
from tests.security.said import claim_of, past_event, review_of
from tests.security.settled import settled
from tests.security.stamped import code_of, programme_in
from tests.world import GUEST, World, device_of, make_world, wants

NOBODYS_ID = 987_654_321
NOBODYS_TOKEN = "A" * 22
PLENTY = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands there all the time, by the names that addresses give it."""

    order_token: str
    unpaid_token: str
    entry_token: str
    sale_token: str
    link_token: str
    given_token: str
    call_token: str
    ids: Mapping[str, object]

    def fields(self, route: str) -> dict[str, object]:
        tokens = {
            "/pay/": self.unpaid_token,
            "in/<": self.entry_token,
            "/counter/": self.sale_token,
            "/paylink/": self.link_token,
            "/receipt.": self.given_token,
            "help/<": self.call_token,
            "/review/<str": str(self.ids["review_token"]),
            "/asked/<": str(self.ids["asked_token"]),
            "/events/mine/<": str(self.ids["sign_up_token"]),
            "/rebate/<": str(self.ids["visit_token"]),
        }
        token = next((token for part, token in tokens.items() if part in route), self.order_token)
        return {**self.ids, "token": token}


class Stage:
    """Built once. Whatever a deed uses up is made anew each time it is asked for."""

    def __init__(self) -> None:
        self.here, self.there = make_world(), make_world("namdong", "2")
        self.corners = {
            Whose.OWN: _corner(self.here, self.here.fish),
            Whose.STRANGERS: _corner(self.here, self.here.stranger),
            Whose.ELSEWHERE: _corner(self.there, self.there.fish),
        }
        self.customer, self.other_customer = (
            register_customer(market=self.here.market, actor=SYSTEM, phone=phone)
            for phone in ("01011112222", "01033334444")
        )
        self.couriers = {whose: device_of(corner.world, None, Role.COURIER) for whose, corner in self.corners.items()}
        self.bought = self.place(Whose.OWN, user=self.customer)
        self.standing = {whose: self._standing(whose) for whose in self.corners}
        self._actor = device_of(self.here, None, Role.HELPER)
        cast = Cast(self.here, self.there, self.corners, self.customer, self.couriers[Whose.OWN])
        self._fixed_callers = [*phones(cast), *programs(cast)]

    def callers(self) -> list[Caller]:
        """Everybody who may call. The sessions are live, also when one was ended before."""
        self.let_act()
        own = {OFFICE_COOKIE: self._actor}
        acting = Caller("helper who acts for the owner", own, stall=Whose.OWN, helps=Whose.OWN, acts=True)
        return [*self._fixed_callers, acting, *self._sessions()]

    def let_act(self) -> None:
        """The owner's consent to the helper who acts, given anew where somebody has ended it."""
        let_act(self.here, self.here.fish, self._actor)

    def place(self, whose: Whose, *, tender: str = "at_stall", user: User | None = None) -> PlacedOrder:
        """A weighed and a counted good of this stall, still new."""
        corner = self.corners[whose]
        return self._order(whose, (corner.weighed, 1), (corner.counted, 1), tender=tender, user=user)

    def part(self, whose: Whose, state: str = "new") -> StallPart:
        """A part of a fresh order, brought to "new", "accepted", "weighed", "ready" or "handed"."""
        corner, placed = self.corners[whose], self.place(whose)
        market = corner.world.market
        part = self.part_of(whose, placed)
        if state != "new":
            accept_part(market=market, actor=SYSTEM, part_id=part.pk)
        if state in ("weighed", "ready", "handed"):
            weigh_line(market=market, actor=SYSTEM, line_id=self.weighed_line(whose, part).pk, grams=400)
        if state in ("ready", "handed"):
            ready_part(market=market, actor=SYSTEM, part_id=part.pk)
        if state == "handed":
            hand_over_part(market=market, actor=SYSTEM, part_id=part.pk)
        return part

    def part_of(self, whose: Whose, placed: PlacedOrder) -> StallPart:
        with in_market(self.corners[whose].world.market.pk):
            return StallPart.objects.get(order_id=placed.order_id)

    def weighed_line(self, whose: Whose, part: StallPart) -> Line:
        with in_market(self.corners[whose].world.market.pk):
            return Line.objects.get(part=part, price_grams__isnull=False)

    def good(self, whose: Whose, name: str) -> Good:
        corner = self.corners[whose]
        good = put_up(corner.world, corner.stall, name[:40], grams=None)
        count_stock(market=corner.world.market, actor=SYSTEM, good_id=good.pk, on_hand=PLENTY)
        return good

    def device(self, whose: Whose) -> int:
        """A phone of the stall that nobody in `callers` holds."""
        corner = self.corners[whose]
        device_of(corner.world, corner.stall)
        with in_market(corner.world.market.pk):
            return Device.objects.latest("pk").pk

    def program(self, whose: Whose) -> int:
        """A program's token that nobody in `callers` holds."""
        corner = self.corners[whose]
        make_api_token(market=corner.world.market, actor=SYSTEM, label="till", stall=corner.stall)
        with in_market(corner.world.market.pk):
            return ApiToken.objects.latest("pk").pk

    def policy(self, whose: Whose) -> int:
        """A policy of a scheme of its own, which begins tomorrow."""
        tomorrow = clock.calendar_day() + timedelta(days=1)
        told = Policy(id="new", scheme=uuid.uuid4().hex, area="", starts=tomorrow, discount_bp=1_000)
        market = self.corners[whose].world.market
        row = add_policy(market=market, actor=SYSTEM, policy=told, origin=Origin("office"))
        assert row is not None
        return row.pk

    def entry_link(self, whose: Whose) -> str:
        corner = self.corners[whose]
        return make_entry_link(market=corner.world.market, actor=SYSTEM, role=Role.OWNER, stall=corner.stall)

    def short(self, whose: Whose) -> int:
        """A good that was paid for late, when somebody else had bought the last one."""
        market, good = self.corners[whose].world.market, self.good(whose, str(uuid.uuid4()))
        count_stock(market=market, actor=SYSTEM, good_id=good.pk, on_hand=1)
        late = self._order(whose, (good, 1), tender="card")
        expire_order(market=market, actor=SYSTEM, order_ref=late.ref)
        self._order(whose, (good, 1))
        settle_payment(market=market, actor=SYSTEM, snapshot=paid(late))
        with in_market(market.pk):
            return Shortfall.objects.latest("pk").pk

    def sale_id(self, whose: Whose, needs: str) -> int:
        corner = self.corners[whose]
        return counter.sale_in(corner.world.market, corner.stall, needs).pk

    def refund(self, whose: Whose) -> int:
        """What the stall has just given back of a sale by hand."""
        corner = self.corners[whose]
        return counter.refunded(corner.world.market, corner.stall)

    def token(self, whose: Whose, route: str) -> object:
        """Of a fresh order, entry link, sale or pay link, whichever the route is about."""
        corner = self.corners[whose]
        if route.startswith("in/"):
            return self.entry_link(whose)
        if route.startswith("help/"):
            return called(corner.world, corner.stall).token
        if "/review/<str" in route:
            return self.review(whose).token
        if "/asked/<" in route:
            return self.claim(whose).token
        if "/events/mine/" in route:
            return signed_up(corner.world, happening(corner.world)).token
        if "/rebate/<" in route:
            return visit_in(corner.world, rebate_in(corner.world)).token
        if "/counter/" in route:
            return counter.opened(corner.world.market, corner.stall).token
        if "/paylink/" in route:
            return counter.linked(corner.world.market, self.place(whose, tender="card"))["token"]
        return self.place(whose).token

    def window_back(self, whose: Whose, needs: str) -> Mapping[str, object]:
        """What a window was opened for, an "unpaid" order, a "linked" one or a sale "begun", and what it sends back."""
        corner = self.corners[whose]
        if needs == "begun":
            return counter.begun(corner.world.market, corner.stall)
        placed = self.place(whose, tender="card")
        if needs == "linked":
            return counter.linked(corner.world.market, placed)
        return {
            "token": placed.token,
            "orderId": placed.ref,
            "amount": placed.pay_won,
            "paymentKey": f"key-{placed.ref}",
        }

    def handed_over(self, whose: Whose) -> str:
        """The token of an order whose goods the customer has."""
        part = self.part(whose, "ready")
        hand_over_part(market=self.corners[whose].world.market, actor=SYSTEM, part_id=part.pk)
        return part.order.token

    def leg(self, whose: Whose) -> int:
        """Money that the stall has to give back across the counter."""
        return leg_of(self.corners[whose].world.market, self.part(whose, "ready"))

    def settled(self, whose: Whose) -> dict[str, int]:
        """A settlement that was exported, with the statement of this stall, and something that does not agree."""
        corner = self.corners[whose]
        return settled(corner.world.market, corner.stall)

    def call(self, whose: Whose) -> int:
        """Somebody of the stall who waits for help."""
        corner = self.corners[whose]
        return called(corner.world, corner.stall).pk

    def review(self, whose: Whose) -> Review:
        """What somebody said of a purchase at this stall."""
        return review_of(self.corners[whose].world.market, self.part(whose, "handed"))

    def claim(self, whose: Whose) -> Inquiry:
        """Somebody wants money back from this stall."""
        return claim_of(self.corners[whose].world.market, self.part(whose, "handed"))

    def screen(self, whose: Whose) -> int:
        """A board that hangs in the market."""
        return board_in(self.corners[whose].world.market)

    def _order(
        self, whose: Whose, *lines: tuple[Good, int], tender: str = "at_stall", user: User | None = None
    ) -> PlacedOrder:
        market, user_id = self.corners[whose].world.market, None if user is None else user.pk
        wanted = wants(*lines, tender=tender)
        return place_order(market=market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=user_id)

    def _standing(self, whose: Whose) -> Standing:
        stall, placed = self.corners[whose].stall, self.place(whose)
        market, part = self.corners[whose].world.market, self.part_of(whose, placed)
        ids = {
            "window": NOBODYS_TOKEN,
            "good_id": self.good(whose, "서 있는 것").pk,
            "code": stall.code,
            "stall_id": stall.pk,
            "street_id": stall.street_id,
            "part_id": part.pk,
            "order_id": placed.order_id,
            "leg_id": self.leg(whose),
            "line_id": self.weighed_line(whose, part).pk,
            "shortfall_id": self.short(whose),
            "device_id": self.device(whose),
            "token_id": self.program(whose),
            "policy_id": self.policy(whose),
            "sale_id": counter.sale_in(market, stall, "claimed").pk,
            "refund_id": counter.refunded(market, stall),
            "call_id": self.call(whose),
            "inquiry_id": (claim := self.claim(whose)).pk,
            "asked_token": claim.token,
            "review_id": (review := self.review(whose)).pk,
            "review_token": review.token,
            "event_id": past_event(market),
            "screen_id": self.screen(whose),
            **self._happening(whose),
            **carried_in(self.corners[whose].world),
            **brought_in(self.corners[whose].world),
            **gathered_in(self.corners[whose].world),
            "stop_id": stop_in(self.corners[whose].world, self.couriers[whose]),
            "coupon_id": coupon_of(market, stall),
            "programme_id": programme_in(market),
            "code_id": code_of(market, stall),
            "campaign_id": campaign_of(market, stall),
            **self.settled(whose),
        }
        unpaid, asked = self.place(whose, tender="card"), self.place(whose, tender="card")
        sale, link = counter.opened(market, stall).token, str(counter.linked(market, asked)["token"])
        given, call = self.handed_over(whose), called(self.corners[whose].world, stall).token
        return Standing(placed.token, unpaid.token, self.entry_link(whose), sale, link, given, call, ids)

    def _happening(self, whose: Whose) -> dict[str, object]:
        world = self.corners[whose].world
        event, rebate = happening(world), rebate_in(world)
        row, visit = signed_up(world, event), visit_in(world, rebate)
        return {
            "happening_id": event.pk,
            "sign_up_id": row.pk,
            "sign_up_token": row.token,
            "rebate_id": rebate.pk,
            "visit_id": visit.pk,
            "visit_token": visit.token,
            "receipt_id": receipt_in(world, visit).pk,
            "payout_id": payout_in(world, rebate).pk,
        }

    def _sessions(self) -> list[Caller]:
        people = (("customer", self.customer), ("other customer", self.other_customer))
        return [Caller(name, {settings.SESSION_COOKIE_NAME: session_of(user)}) for name, user in people]


def _corner(world: World, stall: Stall) -> Corner:
    weighed = put_up(world, stall, "달아 파는 것", grams=100)
    counted = put_up(world, stall, "세어 파는 것", grams=None)
    count_stock(market=world.market, actor=SYSTEM, good_id=counted.pk, on_hand=PLENTY)
    return Corner(world, stall, weighed, counted, device_of(world, stall))
