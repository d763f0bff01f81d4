"""Who may do what at every address of the program, and what everybody else is answered.

An address that is not in `ADDRESSES` fails the test, so that nobody adds one without deciding this.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jangteo.faces.api.tests.callers import wish
from tests.security.stage import Caller, Stage, Whose

# Answers None when the caller may do it, else the status of the refusal. `whose` is None where nothing is named.
Policy = Callable[[Caller, Whose | None], int | None]
HERE = (Whose.OWN, Whose.STRANGERS)


def anyone(_caller: Caller, whose: Whose | None) -> int | None:
    """Open to all, but only this market's things: whoever has an order's address may see the order."""
    return None if whose is None or whose in HERE else 404


def whoever_has_the_link(_caller: Caller, whose: Whose | None) -> int | None:
    return 410 if whose is Whose.NOBODYS else None


def led_to_the_door(_caller: Caller, _whose: Whose | None) -> int | None:
    """Nobody here has typed a code just now, so that everybody is asked for one before anything is looked up."""
    return None


def with_nothing_asked(caller: Caller, _whose: Whose | None) -> int | None:
    """Whoever is signed in has nothing to take back; everybody else is led to the door."""
    return 409 if caller.name in ("customer", "other customer") else None


def stall(caller: Caller, whose: Whose | None) -> int | None:
    """The stall's own phones."""
    if caller.stall is None:
        return 403
    return None if whose in (None, caller.stall) else 404


def stall_itself(caller: Caller, whose: Whose | None) -> int | None:
    """The stall's own phones, under the number of their own stall: what another has kept on the phone waits for it."""
    return None if caller.stall is not None and whose is caller.stall else 403


def stall_in_person(caller: Caller, whose: Whose | None) -> int | None:
    """The stall's own phones, without a helper who acts for it."""
    return 409 if caller.acts else stall(caller, whose)


def office(caller: Caller, whose: Whose | None) -> int | None:
    """The association, for the stalls of its market."""
    if caller.office is None:
        return 403
    of_market = HERE if caller.office is Whose.OWN else (Whose.ELSEWHERE,)
    return None if whose is None or whose in of_market else 404


def helper(caller: Caller, whose: Whose | None) -> int | None:
    """Helpers, and the association, for the stalls of their market."""
    if caller.helps is None:
        return 403
    of_market = HERE if caller.helps is Whose.OWN else (Whose.ELSEWHERE,)
    return None if whose is None or whose in of_market else 404


def kiosk(caller: Caller, _whose: Whose | None) -> int | None:
    """A screen that was taken into a market and stands there still."""
    return None if caller.kiosk else 403


def program(caller: Caller, whose: Whose | None) -> int | None:
    """A program with the stall's token."""
    if caller.program is None:
        return 403 if caller.account else 401
    return None if whose in (None, caller.program) else 404


def app(caller: Caller, _whose: Whose | None) -> int | None:
    """A program with a customer's token."""
    if caller.account is None:
        return 403 if caller.program else 401
    return None


def buyer(caller: Caller, _whose: Whose | None) -> int | None:
    """Anybody without a token, and customers with a token of this market."""
    if caller.program is not None or caller.account is Whose.ELSEWHERE:
        return 403
    return 401 if caller.bearer and caller.account is None else None


def account(caller: Caller, _whose: Whose | None) -> int | None:
    """Whoever has signed in with a phone number."""
    return None if caller.name in ("customer", "other customer") else 403


def nobody_in_particular(stage: Stage) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class Deed:
    """One method of an address. `done` is the status for those who may; `needs` the state of the part
    that it is about."""

    policy: Policy
    done: int
    sends: Callable[[Stage], Mapping[str, object]] = nobody_in_particular
    needs: str = "new"
    query: Mapping[str, str] = field(default_factory=dict)


def posts(policy: Policy, done: int = 302, *, needs: str = "new", **fields: object) -> dict[str, Deed]:
    return {"POST": Deed(policy, done, lambda stage: fields, needs)}


def shows(policy: Policy, done: int = 200, *, needs: str = "new", **query: str) -> dict[str, Deed]:
    return {"GET": Deed(policy, done, needs=needs, query=query)}


def an_order(stage: Stage) -> Mapping[str, object]:
    return wish((stage.here.tofu, 1))


def a_question(stage: Stage) -> Mapping[str, object]:
    return {"words": "오늘 있어요?", "key": str(uuid.uuid4())}


def all_of_it(stage: Stage) -> Mapping[str, object]:
    return {"amount_won": "1000", "key": str(uuid.uuid4())}


NOTHING_THERE = {method: Deed(anyone, 404) for method in ("GET", "POST", "PUT", "PATCH", "DELETE")}
MARKET, STALL_API = "api/v1/markets/<slug:slug>/", "api/v1/stall/"
PART, PART_API = "stall/orders/<int:part_id>/", f"{STALL_API}parts/<int:part_id>/"
GOOD, DESK = "stall/goods/<int:good_id>/", "office/stalls/<int:stall_id>/"
SALE, PAYLINK = "<slug:slug>/counter/<str:token>/", "<slug:slug>/paylink/<str:token>/"

SHOP = {
    "": shows(anyone),
    "look/": posts(anyone, mode="easy"),
    "photos/<str:name>.webp": shows(anyone, 404),
    "help/<slug:slug>/": shows(anyone) | posts(anyone, face="kiosk", place="북문", what="paying"),
    "help/<slug:slug>/<str:token>/": shows(anyone) | posts(anyone),
    "<slug:slug>/": shows(anyone),
    "<slug:slug>/stripe.css": shows(anyone),
    "<slug:slug>/goods/": shows(anyone),
    "<slug:slug>/goods/<int:good_id>/": shows(anyone),
    "<slug:slug>/stall/<str:code>/": shows(anyone),
    "<slug:slug>/map/": shows(anyone),
    "<slug:slug>/search/": shows(anyone, q="ㄱㄷㅇ"),
    "<slug:slug>/help/": shows(anyone),
    "<slug:slug>/practice/": shows(anyone) | posts(anyone),
    "<slug:slug>/practice/stop/": posts(anyone),
    "<slug:slug>/practice/window/": shows(anyone, 404),
    "<slug:slug>/basket/": shows(anyone),
    "<slug:slug>/basket/set/": {
        "POST": Deed(anyone, 302, lambda stage: {"good_id": stage.here.tofu.pk, "quantity": 1})
    },
    "<slug:slug>/coupons/": shows(anyone) | posts(anyone, 422, code="ABCD"),
    "<slug:slug>/checkout/": shows(anyone, 302) | posts(anyone, 422, name=""),
    "<slug:slug>/pay/<str:token>/": shows(anyone) | posts(anyone, 200, needs="unpaid"),
    "<slug:slug>/pay/<str:token>/done/": shows(anyone, 302, needs="unpaid", orderId="?", amount="0", paymentKey="?"),
    "<slug:slug>/pay/<str:token>/failed/": shows(anyone),
    "<slug:slug>/pay/<str:token>/back/<str:window>/": shows(anyone, 409, pg_token="?"),
    "<slug:slug>/order/<str:token>/account/": posts(anyone, 422, number=""),
    "<slug:slug>/pay/": shows(anyone),
    "<slug:slug>/pay/<six:code>/": shows(anyone) | posts(anyone, 422, amount_won=""),
    SALE: shows(anyone) | posts(anyone, way="cash"),
    f"{SALE}done/": shows(anyone, 302, needs="begun", orderId="?", amount="0", paymentKey="?"),
    f"{SALE}failed/": shows(anyone),
    f"{SALE}cash-receipt/": shows(anyone, 404) | posts(anyone, 404),
    f"{SALE}receipt/": shows(anyone),
    f"{SALE}receipt.pdf": shows(anyone, 404),
    f"{SALE}receipt.escpos": shows(anyone, 404),
    PAYLINK: shows(anyone) | posts(anyone, 200),
    f"{PAYLINK}done/": shows(anyone, 302, needs="linked", orderId="?", amount="0", paymentKey="?"),
    f"{PAYLINK}failed/": shows(anyone),
    "<slug:slug>/order/<str:token>/ask/": shows(anyone, 302) | posts(anyone, needs="unpaid"),
    "<slug:slug>/order/<str:token>/receipt/": shows(anyone),
    "<slug:slug>/order/<str:token>/receipt.pdf": shows(anyone),
    "<slug:slug>/order/<str:token>/receipt.escpos": shows(anyone),
    "<slug:slug>/order/<str:token>/cash-receipt/": shows(anyone, 404) | posts(anyone, 404),
    "<slug:slug>/order/<str:token>/": shows(anyone),
    "<slug:slug>/order/<str:token>/cancel/": shows(anyone) | posts(anyone),
    "<slug:slug>/orders/": shows(anyone),
    "<slug:slug>/enter/": shows(anyone) | posts(anyone, 422, phone="1"),
    "<slug:slug>/enter/code/": shows(anyone, 302) | posts(anyone, code="000000"),
    "<slug:slug>/leave/": posts(anyone),
    "<slug:slug>/my/": shows(anyone) | posts(anyone, name="김하나", email=""),
    "<slug:slug>/my/phone/": shows(anyone) | posts(anyone, phone="1"),
    "<slug:slug>/my/phone/code/": shows(anyone) | posts(anyone, code="000000"),
    "<slug:slug>/my/take/": shows(anyone) | posts(anyone),
    "<slug:slug>/my/take/<str:token>.zip": shows(led_to_the_door),
    "<slug:slug>/my/deletion/": shows(anyone) | posts(anyone, sure="yes"),
    "<slug:slug>/my/deletion/stop/": posts(with_nothing_asked),
    "<slug:slug>/my/receipts/": shows(anyone),
    "<slug:slug>/privacy/": shows(anyone),
    "<slug:slug>/privacy/<str:token>/": shows(anyone, 404),
    "<slug:slug>/order/<str:token>/review/<int:part_id>/": shows(anyone) | posts(anyone, needs="handed", stars="5"),
    "<slug:slug>/order/<str:token>/question/<int:part_id>/": shows(anyone) | {"POST": Deed(anyone, 302, a_question)},
    f"{SALE}review/": shows(anyone, 302) | posts(anyone, stars="5"),
    "<slug:slug>/stall/<str:code>/reviews/": shows(anyone),
    "<slug:slug>/stall/<str:code>/ask/": shows(anyone) | {"POST": Deed(anyone, 302, a_question)},
    "<slug:slug>/reviews/<int:review_id>/report/": shows(anyone) | posts(anyone, 200, reason="insult"),
    "<slug:slug>/events/": shows(anyone),
    "<slug:slug>/events.ics": shows(anyone),
    "<slug:slug>/events/<int:happening_id>/": shows(anyone) | posts(anyone, 422, name=""),
    "<slug:slug>/events/<int:happening_id>.ics": shows(anyone),
    "<slug:slug>/events/mine/<str:token>/": shows(anyone) | posts(anyone),
    "<slug:slug>/rebate/": shows(anyone) | posts(anyone, key="a-press-of-its-own"),
    "<slug:slug>/rebate/<str:token>/": shows(anyone) | posts(anyone, 422, won="0"),
    "<slug:slug>/rebate/<str:token>/leave/": posts(anyone),
    "<slug:slug>/review/<str:token>/": shows(anyone),
    "<slug:slug>/review/<str:token>/edit/": shows(anyone) | posts(anyone, stars="4"),
    "<slug:slug>/review/<str:token>/delete/": posts(anyone),
    "<slug:slug>/review-events/<int:event_id>/": shows(anyone),
    "<slug:slug>/asked/": shows(anyone),
    "<slug:slug>/asked/<str:token>/": shows(anyone) | posts(anyone, words="한마디 더"),
    "<slug:slug>/asked/<str:token>/close/": posts(anyone),
    "<slug:slug>/regulars/": shows(anyone),
    "<slug:slug>/heart/": posts(anyone, 400, stall="?"),
    "<slug:slug>/again/": shows(anyone) | posts(anyone),
    "<slug:slug>/order/<str:token>/again/": shows(anyone) | posts(anyone),
    "<slug:slug>/stamps/": shows(anyone),
    "<slug:slug>/stamps/number/": posts(anyone),
    "<slug:slug>/stamps/at/<str:token>/": shows(anyone, 404) | posts(anyone, 404),
    "<slug:slug>/news/": shows(anyone) | posts(anyone, 200),
    "<slug:slug>/news/push/": shows(account, 200) | posts(account, 422),
    "<slug:slug>/news/worker.js": shows(anyone),
    "<slug:slug>/no-ads/<str:token>/": shows(anyone, 404) | posts(anyone, 404),
}
MERCHANT = {
    "in/<str:token>/": shows(whoever_has_the_link) | posts(whoever_has_the_link),
    "stall/": shows(stall),
    "stall/helper/": shows(stall_in_person) | posts(stall_in_person, 200),
    "stall/helper/end/": posts(stall),
    "stall/practice/": shows(stall) | posts(stall, 200),
    "stall/practice/stop/": posts(anyone),
    "stall/door/": shows(stall) | posts(stall, door="open"),
    "stall/shortfalls/<int:shortfall_id>/": shows(stall_in_person) | posts(stall_in_person, found="yes"),
    "stall/orders/": shows(stall),
    "stall/orders/find/": shows(stall, 404, number="999999"),
    f"{PART}paper/": shows(stall),
    f"{PART}paper.bin": shows(stall),
    "stall/more/": shows(stall),
    "stall/news/": shows(stall),
    "stall/news/new/": shows(stall),
    "stall/news/send/": posts(stall_in_person),
    "stall/news/try/": posts(stall_in_person),
    "stall/news/<int:campaign_id>/": shows(stall) | posts(stall),
    "stall/alive/": posts(stall, 204),
    "stall/waking/": shows(stall_in_person) | posts(stall_in_person, 422, endpoint=""),
    "stall/waking/off/": posts(stall_in_person, 204),
    "stall/coupons/": shows(stall),
    "stall/coupons/new/": shows(stall_in_person, ready="first") | posts(stall_in_person, ready="first"),
    "stall/coupons/<int:coupon_id>/stop/": posts(stall_in_person),
    "stall/asks/": shows(stall),
    "stall/asks/<int:inquiry_id>/": shows(stall) | posts(stall, said="네, 있어요."),
    "stall/asks/<int:inquiry_id>/give-back/": shows(stall_in_person) | posts(stall_in_person),
    "stall/asks/<int:inquiry_id>/decline/": posts(stall_in_person, said="어려워요"),
    "stall/flash/": shows(stall) | posts(stall, 422),
    "stall/flash/undo/": posts(stall, 409),
    "stall/reviews/": shows(stall),
    "stall/reviews/<int:review_id>/": shows(stall) | posts(stall, said="고맙습니다"),
    "stall/reviews/<int:review_id>/report/": shows(stall) | posts(stall, reason="untrue"),
    "stall/cover/": shows(stall) | posts(stall, 200, minutes="5", family="later"),
    "stall/prices/keep/": posts(stall),
    "stall/prices/back/": posts(stall),
    PART: shows(stall),
    f"{PART}accept/": posts(stall),
    f"{PART}refuse/": shows(stall) | posts(stall, reason="sold_out"),
    f"{PART}weigh/<int:line_id>/": shows(stall) | posts(stall, needs="accepted", grams="400"),
    f"{PART}ready/": posts(stall, needs="weighed"),
    f"{PART}hand-over/": posts(stall, needs="ready"),
    f"{PART}undo/": posts(stall, needs="accepted"),
    f"{PART}other-money/": shows(stall, 302),
    f"{PART}refund/": shows(stall_in_person, 302) | posts(stall_in_person, needs="handed", line="all", key="once"),
    "stall/handed-back/<int:leg_id>/": posts(stall_in_person),
    "stall/money/": shows(stall),
    "stall/stamps/": shows(stall) | posts(stall, 422, who=""),
    "stall/stamps/back/": posts(stall, put=""),
    "stall/stamps/start/": shows(stall_in_person, ready="ten") | posts(stall_in_person, ready=""),
    "stall/stamps/stop/": posts(stall_in_person),
    "stall/stamps/resume/": posts(stall_in_person, 404, programme="0"),
    "stall/stamps/paper/": shows(stall) | posts(stall, 422, who=""),
    "stall/stamps/code/": posts(stall),
    "stall/stamps/code/<int:code_id>/": shows(stall),
    "stall/worker.js": shows(anyone),
    "stall/app.webmanifest": shows(anyone),
    "stall/offline/": shows(stall),
    "stall/till/": shows(stall) | posts(stall, 422, amount_won=""),
    "stall/till/pass/": shows(stall),
    "stall/till/code/": posts(stall, 409, lines=""),
    "stall/till/<int:stall_id>/sales/": posts(stall_itself, 422),
    "stall/qr/": shows(stall) | posts(stall, 422, amount_won=""),
    "stall/qr/sticker.pdf": shows(stall),
    "stall/qr/<int:sale_id>/": shows(stall),
    "stall/qr/<int:sale_id>/answer/": posts(stall, received="yes"),
    "stall/qr/<int:sale_id>/back/": shows(stall_in_person, 302)
    | {"POST": Deed(stall_in_person, 302, all_of_it, "received")},
    "stall/qr/back/<int:refund_id>/undo/": posts(stall_in_person),
    "stall/goods/": shows(stall),
    "stall/goods/say/": shows(stall) | posts(stall, 409, said="고등어"),
    "stall/goods/new/": shows(stall) | posts(stall, 422, name=""),
    "stall/goods/new/card/": shows(stall, name="감자"),
    GOOD: shows(stall) | posts(stall, price_won="1100"),
    "stall/goods/sheet/": shows(stall) | posts(stall, 422, name=""),
    "stall/goods/sheet/undo/": posts(stall, sheet="forged"),
    f"{GOOD}photo/": shows(stall) | posts(stall, off="yes"),
    f"{GOOD}away/": posts(stall),
    f"{GOOD}sale/": posts(stall, state="on_sale"),
    f"{GOOD}life/": posts(stall, life="standing"),
    f"{GOOD}count/": posts(stall, left="9000"),
}
HELPER = {
    "h/": shows(helper),
    "h/rebate/": shows(helper),
    "h/rebate/number/": posts(helper, key="a-press-of-its-own"),
    "h/rebate/next/": posts(helper),
    "h/rebate/drawer/": shows(helper) | posts(helper, counted="300"),
    "h/rebate/visits/<int:visit_id>/": shows(helper),
    "h/rebate/visits/<int:visit_id>/ticket/": shows(helper),
    "h/rebate/visits/<int:visit_id>/person/": posts(helper, 422, phone=""),
    "h/rebate/visits/<int:visit_id>/scan/": posts(helper, 409, code=""),
    "h/rebate/visits/<int:visit_id>/paper/": posts(helper, 422),
    "h/rebate/visits/<int:visit_id>/pay/": posts(helper, 409),
    "h/rebate/visits/<int:visit_id>/move/": posts(helper, to="call"),
    "h/rebate/receipts/<int:receipt_id>/": posts(helper, fish_won="1"),
    "h/rebate/payouts/<int:payout_id>/undo/": posts(helper, 409),
    "h/calls/<int:call_id>/take/": posts(helper),
    "h/calls/<int:call_id>/leave/": posts(helper, 409),
    "h/calls/<int:call_id>/done/": posts(helper, 409),
    "h/practice/": shows(helper) | posts(helper, 200),
    "h/practice/stop/": posts(anyone),
    "h/guides/": shows(helper),
    "h/guides/<slug:name>/": shows(helper, name="price"),
    "h/stalls/": shows(helper, q="네"),
    "h/stalls/<int:stall_id>/": shows(helper),
    "h/stalls/<int:stall_id>/visit/": shows(helper) | posts(helper, stuck="phone", key="once"),
    "h/stalls/<int:stall_id>/set-up/": shows(helper) | posts(helper, step="sticker", ticked="yes"),
    "h/stalls/<int:stall_id>/act/": shows(helper) | posts(helper, 422, digits="000000"),
}
OFFICE = {
    "office/": shows(office),
    "office/shortfalls/<int:shortfall_id>/": shows(office) | posts(office, found="yes"),
    "office/practice/": shows(office) | posts(office, 200),
    "office/practice/stop/": posts(anyone),
    "office/log/": shows(office),
    "office/inquiries/": shows(office),
    "office/inquiries/<int:inquiry_id>/": shows(office) | posts(office, 422, said=""),
    "office/inquiries/<int:inquiry_id>/accept/": posts(office),
    "office/events/": shows(office),
    "office/events/new/": shows(office) | posts(office, 422),
    "office/events/<int:happening_id>/": shows(office),
    "office/events/<int:happening_id>/change/": shows(office) | posts(office, 422),
    "office/events/<int:happening_id>/state/": posts(office, to="show"),
    "office/events/sign-ups/<int:sign_up_id>/cancel/": posts(office),
    "office/events/rebates/new/": shows(office) | posts(office, 422),
    "office/events/rebates/<int:rebate_id>/": shows(office),
    "office/events/rebates/<int:rebate_id>/stop/": posts(office, to="go"),
    "office/events/rebates/<int:rebate_id>/paper/": posts(office, way="in", vouchers="1"),
    "office/events/rebates/<int:rebate_id>/report.xlsx": shows(office),
    "office/reviews/": shows(office),
    "office/reviews/<int:review_id>/": shows(office) | posts(office, reason=""),
    "office/reviews/events/": shows(office) | posts(office, 422, name=""),
    "office/reviews/events/<int:event_id>/draw/": posts(office),
    "office/messages/": shows(office),
    "office/messages/new/": shows(office) | posts(office, 422, body=""),
    "office/messages/try/": posts(office),
    "office/messages/refusals/": shows(office) | posts(office, 422, numbers="1"),
    "office/messages/terms/": shows(office) | posts(office, 422, cap_a_week="0"),
    "office/messages/templates/": shows(office) | posts(office, 422, code=""),
    "office/messages/<int:campaign_id>/": shows(office) | posts(office),
    "office/helpers/": shows(office) | posts(office, 200, name="김하나"),
    "office/orders/": shows(office, q="1"),
    "office/orders/<int:order_id>/": shows(office),
    "office/orders/<int:order_id>/customer/": posts(office, reason="배달하려고"),
    "office/looks/": shows(office),
    "office/looks/review/": posts(office, 409),
    "office/looks/file/": posts(office, 200, reason="시청에 내려고"),
    "office/forgetting/": shows(office),
    "office/orders/<int:order_id>/refund/": shows(office) | posts(office, 422, first=""),
    "office/refunds/": shows(office),
    "office/refunds/<int:leg_id>/": posts(office),
    "office/market/": shows(office) | posts(office, 422, stands=""),
    "office/streets/new/": shows(office) | posts(office, 422, name=""),
    "office/streets/<int:street_id>/": shows(office) | posts(office, 422, name=""),
    "office/coupons/": shows(office),
    "office/coupons/new/": shows(office) | posts(office, 422, name=""),
    "office/coupons/points/": shows(office) | posts(office, 422, rate=""),
    "office/coupons/<int:coupon_id>/": shows(office),
    "office/coupons/<int:coupon_id>/stop/": posts(office),
    "office/stamps/": shows(office),
    "office/stamps/new/": shows(office) | posts(office, 422, need=""),
    "office/stamps/<int:programme_id>/stop/": posts(office),
    "office/stamps/<int:programme_id>/resume/": posts(office),
    "office/policies/": shows(office),
    "office/policies/new/": shows(office) | posts(office, 422, rate=""),
    "office/policies/file/": shows(office) | posts(office, 422, name=""),
    "office/policies/<int:policy_id>/end/": shows(office) | posts(office, 422, last_day=""),
    "office/policies/<int:policy_id>/budget/": shows(office) | posts(office, 422, won=""),
    "office/policies/<int:policy_id>/take-back/": posts(office),
    "office/wallet/": shows(office) | posts(office, on="no"),
    "office/screens/": shows(office),
    "office/screens/pair/": shows(office) | posts(office, 422, name=""),
    "office/screens/<int:screen_id>/": shows(office) | posts(office, 422, name=""),
    "office/screens/<int:screen_id>/reload/": posts(office),
    "office/screens/<int:screen_id>/retire/": posts(office),
    "office/stalls/": shows(office),
    "office/stalls/new/": shows(office) | posts(office, 422, name=""),
    DESK: shows(office),
    f"{DESK}sticker.pdf": shows(office),
    "office/stalls/stickers.pdf": shows(office),
    f"{DESK}facts/": shows(office) | posts(office, 422, name=""),
    f"{DESK}account/": shows(office) | posts(office, 422, number=""),
    f"{DESK}account/confirm/": posts(office),
    f"{DESK}payee/": posts(office, 422, email=""),
    "office/money/": shows(office),
    "office/money/day/": posts(office, 409, day="2099-01-01"),
    "office/money/breaks/": shows(office),
    "office/money/breaks/<int:break_id>/": posts(office, do="take"),
    "office/money/files/": posts(office, 409),
    "office/money/runs/": shows(office) | posts(office, 409, last="2020-01-01"),
    "office/money/runs/<int:run_id>/": shows(office) | posts(office, do="paid"),
    "office/money/runs/<int:run_id>/file/": shows(office),
    "office/money/runs/<int:run_id>/answer/": posts(office, 409),
    "office/money/statements/<int:statement_id>/": shows(office) | posts(office, reason="closed"),
    "office/money/statements/<int:statement_id>/back/": posts(office, 409),
    "office/money/terms/": shows(office) | posts(office, 422, mode=""),
    f"{DESK}link/": posts(office, 200, role="owner"),
    f"{DESK}key/": posts(office, 200, label="till"),
    "office/keys/<int:token_id>/revoke/": posts(office),
    "office/devices/<int:device_id>/revoke/": posts(office),
}
BOARD = {
    "b/": shows(anyone),
    "b/worker.js": shows(anyone),
    "b/pair/": posts(anyone),
    "b/paired/": shows(anyone),
    "b/seen/": posts(anyone, 403),
    "b/preview/<int:screen_id>/": shows(office),
}
KIOSK = {
    "k/": shows(anyone),
    "k/worker.js": shows(anyone),
    "k/pair/": posts(anyone),
    "k/paired/": shows(anyone),
    "k/seen/": posts(kiosk, 200),
    "k/catalogue/": shows(kiosk),
    "k/orders/": posts(kiosk, 422),
    "k/help/": posts(kiosk, 200),
    "k/setting/": posts(kiosk, 422),
}
API = {
    "api/v1/": NOTHING_THERE,
    "api/v1/openapi.json": shows(anyone),
    "api/v1/markets/": shows(anyone),
    MARKET: shows(anyone),
    f"{MARKET}times/": shows(anyone),
    f"{MARKET}stalls/": shows(anyone),
    f"{MARKET}goods/": shows(anyone),
    f"{MARKET}goods/<int:good_id>/": shows(anyone),
    f"{MARKET}orders/": {"POST": Deed(buyer, 201, an_order)},
    f"{MARKET}orders/<slug:token>/": shows(anyone),
    f"{MARKET}orders/<slug:token>/cancel/": posts(anyone, 200),
    f"{STALL_API}parts/": shows(program),
    PART_API: shows(program),
    f"{PART_API}accept/": posts(program, 200),
    f"{PART_API}refuse/": posts(program, 200, reason="sold_out"),
    f"{PART_API}ready/": posts(program, 200, needs="weighed"),
    f"{PART_API}hand-over/": posts(program, 200, needs="ready"),
    f"{PART_API}undo/": posts(program, 200, needs="accepted"),
    f"{STALL_API}lines/<int:line_id>/weigh/": posts(program, 200, needs="accepted", grams=400),
    f"{STALL_API}goods/": shows(program),
    f"{STALL_API}goods/<int:good_id>/": {"PATCH": Deed(program, 200, lambda stage: {"price_won": 1_100})},
    f"{STALL_API}door/": posts(program, 200, door="open"),
    "api/v1/me/orders/": shows(app),
    "hooks/<slug:name>/": posts(anyone, 400, claim="?"),
    "hooks/<slug:name>/payouts/": posts(anyone, 401, claim="?"),
}
ADDRESSES: dict[str, dict[str, Deed]] = {**SHOP, **MERCHANT, **HELPER, **OFFICE, **BOARD, **KIOSK, **API}
# A link of the payment window, opened by the browser on its way back, notes that the customer agreed.
# Whoever looks at a customer's data is written down.
LOOKS_THAT_WRITE = {
    "<slug:slug>/pay/<str:token>/done/",
    f"{SALE}done/",
    PART,
    "office/orders/",
    "office/orders/<int:order_id>/",
    f"{PAYLINK}done/",
}
