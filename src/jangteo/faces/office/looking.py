"""Looks at customers' data and requests to be forgotten, as the office reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from jangteo.domains.events.models import SignUp
from jangteo.domains.events.queries import event_titles, not_reached
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.queries_office import order_numbers
from jangteo.domains.people.models import Device
from jangteo.domains.people.queries_office import devices_by_id
from jangteo.domains.regulars.privacy_models import Deletion, Look
from jangteo.domains.regulars.queries_privacy import Looker, is_unmasked
from jangteo.faces._parts.devices import AtOffice
from jangteo.faces._parts.words.privacy import LOOKS
from jangteo.faces.office.entries import ACTORS, device_name
from jangteo.kernel import clock, masking

SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look in words."""

    id: int
    at: datetime
    who: str
    from_address: str
    what: str
    about: str
    people: int
    reason: str

    @property
    def cells(self) -> list[str]:
        """A row of the file: nothing in it is a formula."""
        moment = f"{self.at.astimezone(clock.KST):%Y-%m-%d %H:%M:%S}"
        about = f"{self.about} {self.what}".strip()
        return [moment, self.who, self.from_address, about, str(self.people), f"'{self.reason}" if self.reason else ""]


@dataclass(frozen=True, slots=True)
class Customer:
    """Whom an order is for, as far as whoever looks may see it; whole for a device that has said why."""

    name: str
    phone: str
    address: str
    is_whole: bool


def customer_shown(order: Order, at: AtOffice) -> Customer:
    """One query. Where people practise nobody is real and nothing is hidden."""
    if at.market.is_practice or is_unmasked(at.actor.ref, f"order:{order.pk}"):
        return Customer(order.name, order.phone, order.address, True)
    return Customer(
        masking.name(order.name), masking.phone(order.phone), masking.address(order.address), not order.phone
    )


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who signed up for an event. `tel` is the whole number, "" where it is masked; `last` its last four."""

    row: SignUp
    name: str
    phone: str
    tel: str
    not_told: bool

    @property
    def last(self) -> str:
        return self.row.phone[-4:]


@dataclass(frozen=True, slots=True)
class Comers:
    """Everybody who signed up, as far as whoever looks may see them."""

    rows: list[Comer]
    is_whole: bool


def comers_shown(rows: Sequence[SignUp], event_id: int, at: AtOffice) -> Comers:
    """Masked, unless this device has just said why. Two queries."""
    is_whole = at.market.is_practice or is_unmasked(at.actor.ref, f"event:{event_id}")
    lost = not_reached(event_id)
    return Comers([_comer(row, is_whole, row.pk in lost) for row in rows], is_whole)


def listed(rows: Sequence[SignUp]) -> list[Comer]:
    """Masked for everybody, by name, as a list on paper that lies about is."""
    return sorted((_comer(row, False, False) for row in rows), key=lambda one: (one.name, one.last, one.row.pk))


def _comer(row: SignUp, is_whole: bool, not_told: bool) -> Comer:
    if is_whole:
        return Comer(row, row.name, row.phone, row.phone, not_told)
    return Comer(row, masking.name(row.name), masking.phone(row.phone), "", not_told)


@dataclass(frozen=True, slots=True)
class Who:
    """One device and what it looked at in a month."""

    name: str
    looker: Looker


@dataclass(frozen=True, slots=True)
class DeletionRow:
    """One request; `days_left` until it must be answered, below 0 when that is missed."""

    deletion: Deletion
    days_left: int

    @property
    def is_urgent(self) -> bool:
        return self.days_left < SOON_DAYS


def look_rows(looks: Sequence[Look]) -> list[LookRow]:
    """Three queries, for the names of devices and events and the numbers of orders."""
    devices = devices_by_id({number for look in looks if (number := _number(look.actor_ref, "device"))})
    orders = order_numbers({number for look in looks if (number := _number(look.subject, "order"))})
    titles = event_titles({number for look in looks if (number := _number(look.subject, "event"))})
    return [_row(look, devices, _about(look, orders, titles)) for look in looks]


def _about(look: Look, orders: Mapping[int, int], titles: Mapping[int, str]) -> str:
    number = orders.get(_number(look.subject, "order") or 0)
    if number:
        return _("%(number)s번 주문") % {"number": number}
    head, _colon, masked = look.subject.partition(":")
    return masked if head == "number" else titles.get(_number(look.subject, "event") or 0, "")


def who_looked(found: Iterable[Looker]) -> list[Who]:
    """One query."""
    rows = list(found)
    devices = devices_by_id({number for one in rows if (number := _number(one.actor_ref, "device"))})
    return [Who(_who(one.actor_kind, one.actor_ref, devices), one) for one in rows]


def deletion_rows(found: Iterable[Deletion]) -> list[DeletionRow]:
    return [DeletionRow(one, (one.answer_by - clock.now()).days) for one in found]


def _row(look: Look, devices: Mapping[int, Device], about: str) -> LookRow:
    return LookRow(
        look.pk,
        look.at,
        _who(look.actor_kind, look.actor_ref, devices),
        look.from_address,
        str(LOOKS.get(look.what, look.what)),
        about,
        look.people,
        look.reason,
    )


def _who(kind: str, ref: str, devices: Mapping[int, Device]) -> str:
    device = devices.get(_number(ref, "device") or 0)
    return device_name(device) if device is not None else str(ACTORS.get(kind, kind))


def _number(text: str, kind: str) -> int | None:
    head, _colon, number = text.partition(":")
    return int(number) if head == kind and number.isdigit() else None
