"""Who calls: people with phones and screens, programs with tokens, and those who only look like one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.conf import settings

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.revoke_api_token import revoke_api_token
from jangteo.domains.people.actions.revoke_device import revoke_device
from jangteo.domains.people.models import ApiToken, Device, Role, User
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces.shop import my_orders
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.security.hung_up import kiosk_in
from tests.world import World, device_of

FORGED = "forged-forged-forged-forged"


class Whose(Enum):
    """Whose thing an address names; `NOBODYS` does not exist."""

    OWN = "순자네 수산, here"
    STRANGERS = "낯선 반찬, here"
    ELSEWHERE = "순자네 수산, in another market"
    NOBODYS = "nobody"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with cookies or a bearer token, and whose things these open: "" for none that is known.

    `helps`: where they may do what helpers do; `acts`: a helper with the stall's consent to act for it.
    `kiosk`: a kiosk of the market.
    """

    name: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    bearer: str = ""
    stall: Whose | None = None
    office: Whose | None = None
    helps: Whose | None = None
    program: Whose | None = None
    account: Whose | None = None
    acts: bool = False
    kiosk: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Corner:
    """One owner's stall with its goods, and the cookie secret of its phone."""

    world: World
    stall: Stall
    weighed: Good
    counted: Good
    phone: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Two markets, whose corner is whose, and a customer who has signed in."""

    here: World
    there: World
    corners: Mapping[Whose, Corner]
    customer: User
    courier: str


def phones(cast: Cast) -> list[Caller]:
    """Devices, and cookies that only look like something."""
    here, there = cast.here, cast.there
    revoked_phone, revoked_desk = device_of(here, here.fish), device_of(here, None, Role.MANAGER)
    with in_market(here.market.pk):
        gone = [device.pk for device in Device.objects.order_by("-pk")[:2]]
    for device_id in gone:
        revoke_device(market=here.market, actor=SYSTEM, device_id=device_id)
    own = cast.corners[Whose.OWN]
    desk, far_desk = ({OFFICE_COOKIE: device_of(world, None, Role.MANAGER)} for world in (here, there))
    both = {STALL_COOKIE: own.phone, OFFICE_COOKIE: own.phone}
    return [
        Caller("anybody"),
        Caller("owner", {STALL_COOKIE: own.phone}, stall=Whose.OWN),
        Caller("family", {STALL_COOKIE: device_of(here, here.fish, Role.FAMILY)}, stall=Whose.OWN),
        Caller("owner with the same cookie as an office", both, stall=Whose.OWN),
        Caller("stranger", {STALL_COOKIE: cast.corners[Whose.STRANGERS].phone}, stall=Whose.STRANGERS),
        Caller("owner elsewhere", {STALL_COOKIE: cast.corners[Whose.ELSEWHERE].phone}, stall=Whose.ELSEWHERE),
        Caller("manager", desk, office=Whose.OWN, helps=Whose.OWN),
        Caller("helper", {OFFICE_COOKIE: device_of(here, None, Role.HELPER)}, helps=Whose.OWN),
        Caller("courier", {OFFICE_COOKIE: cast.courier}),
        Caller("manager elsewhere", far_desk, office=Whose.ELSEWHERE, helps=Whose.ELSEWHERE),
        Caller("manager with the cookie of a stall", {STALL_COOKIE: device_of(here, None, Role.MANAGER)}),
        Caller("kiosk", kiosk_in(here.market), kiosk=True),
        Caller("kiosk that was taken down", kiosk_in(here.market, is_retired=True)),
        Caller("phone that was cut off", {STALL_COOKIE: revoked_phone}),
        Caller("desk that was cut off", {OFFICE_COOKIE: revoked_desk}),
        Caller(
            "forger",
            {name: FORGED for name in (STALL_COOKIE, OFFICE_COOKIE, settings.SESSION_COOKIE_NAME, my_orders.COOKIE)},
        ),
    ]


def programs(cast: Cast) -> list[Caller]:
    """Bearer tokens."""
    here, there = cast.here, cast.there

    def of_stall(whose: Whose) -> str:
        corner = cast.corners[whose]
        return make_api_token(market=corner.world.market, actor=SYSTEM, label="till", stall=corner.stall)

    taken_back = of_stall(Whose.OWN)
    with in_market(here.market.pk):
        gone = ApiToken.objects.latest("pk").pk
    revoke_api_token(market=here.market, actor=SYSTEM, token_id=gone)
    accounts = {
        Whose.OWN: make_api_token(market=here.market, actor=SYSTEM, label="app", user=cast.customer),
        Whose.ELSEWHERE: make_api_token(market=there.market, actor=SYSTEM, label="app", user=cast.customer),
    }
    return [
        Caller("program of the stall", bearer=of_stall(Whose.OWN), program=Whose.OWN),
        Caller("program of a stranger", bearer=of_stall(Whose.STRANGERS), program=Whose.STRANGERS),
        Caller("program elsewhere", bearer=of_stall(Whose.ELSEWHERE), program=Whose.ELSEWHERE),
        Caller("app of the customer", bearer=accounts[Whose.OWN], account=Whose.OWN),
        Caller("app of the customer elsewhere", bearer=accounts[Whose.ELSEWHERE], account=Whose.ELSEWHERE),
        Caller("program that was cut off", bearer=taken_back),
        Caller("program with a forged token", bearer=FORGED),
    ]
