"""A stall stamps somebody's card."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.stamps import rules
from jangteo.domains.stamps.actions.find_person import find_person
from jangteo.domains.stamps.actions.write_stamps import Put, write_stamps
from jangteo.domains.stamps.errors import BadWho, NoProgramme, NoSuchPurchase
from jangteo.domains.stamps.models import Programme
from jangteo.domains.stamps.purchases import SALE, VISIT, Purchase, id_of
from jangteo.domains.stamps.queries import running_at
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# The key of a form is no shorter.
LEAST_REF = len(VISIT) + 9


@dataclass(frozen=True, slots=True)
class WantedStamp:
    """`who` is a mobile number or six digits of a customer's page, or else `user_id` a customer who is signed in.

    `purchase` names a sale ("sale:7") or a visit ("visit:KEY"); `won` is what a visit came to, where the stall says so.
    """

    stall_id: int
    purchase: str
    who: str = ""
    user_id: int | None = None
    won: int = 0


@dataclass(frozen=True, slots=True)
class Stamped:
    """Whose cards were stamped, and how."""

    user: User
    purchase: str
    puts: tuple[Put, ...]


@action
def put_stamp(*, market: Market, actor: Actor, wanted: WantedStamp) -> Stamped:
    """Stamp the stall's card and the market's for one purchase, once.

    Raises NoProgramme, BadWho, CodeOver, NoSuchPurchase, AlreadyStamped, TooSoon, EnoughToday, TooSmall.
    """
    purchase = known_purchase(wanted.purchase, wanted.stall_id, wanted.won)
    programmes = programmes_here(purchase)
    user = _person(wanted, actor)
    puts = write_stamps(programmes=programmes, user=user, purchase=purchase, actor=actor)
    count = sum(put.count for put in puts)
    audit.record(actor, "stamps.put", f"user:{user.pk}", stall=wanted.stall_id, count=count)
    return Stamped(user, purchase.ref, tuple(puts))


def programmes_here(purchase: Purchase) -> list[Programme]:
    """What is stamped at the stall of a purchase. Raises NoProgramme."""
    programmes = running_at(purchase.stall_id)
    if not programmes:
        raise NoProgramme
    return programmes


def known_purchase(ref: str, stall_id: int, won: int) -> Purchase:
    """The purchase that a reference names: a sale tells itself what it came to. Raises NoSuchPurchase."""
    sale_id = id_of(ref, SALE)
    if sale_id is None:
        if not ref.startswith(f"{VISIT}:") or len(ref) < LEAST_REF:
            raise NoSuchPurchase
        return Purchase(ref, stall_id, won)
    since = clock.now() - rules.PURCHASE_LASTS
    sales = CounterSale.objects.filter(pk=sale_id, stall_id=stall_id, state=SaleState.PAID, paid_at__gte=since)
    sale = sales.first()
    if sale is None:
        raise NoSuchPurchase
    return Purchase(ref, stall_id, sale.left_won)


def _person(wanted: WantedStamp, actor: Actor) -> User:
    if wanted.user_id is not None:
        return User.objects.get(pk=wanted.user_id)
    if not wanted.who:
        raise BadWho
    return find_person(who=wanted.who, actor=actor)
