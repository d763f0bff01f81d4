"""The audit log in sentences: when, who, about what, what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.catalog.queries import good_names
from jangteo.domains.devices.queries import screen_names
from jangteo.domains.markets.queries import stall_names, street_names
from jangteo.domains.ordering.queries_office import line_names, part_stalls
from jangteo.domains.people.models import Device, Role
from jangteo.domains.people.queries_office import devices_by_id
from jangteo.faces._parts.words.audit import audit_sentence
from jangteo.kernel.audit import ActorKind
from jangteo.kernel.models import AuditRow

ACTORS: dict[str, Promise] = {
    ActorKind.CUSTOMER: gettext_lazy("손님"),
    ActorKind.STALL: gettext_lazy("가게"),
    ActorKind.STAFF: gettext_lazy("상인회"),
    ActorKind.HELPER: gettext_lazy("도우미"),
    ActorKind.PROGRAM: gettext_lazy("프로그램"),
    ActorKind.SYSTEM: gettext_lazy("자동"),
}
ROLES: dict[str, Promise] = {
    Role.OWNER: gettext_lazy("사장님"),
    Role.FAMILY: gettext_lazy("가족"),
    Role.MANAGER: gettext_lazy("상인회"),
    Role.HELPER: gettext_lazy("도우미"),
    Role.COURIER: gettext_lazy("배달"),
}
SUBJECTS: dict[str, Callable[[set[int]], Mapping[int, str]]] = {
    "good": good_names,
    "part": part_stalls,
    "line": line_names,
    "stall": stall_names,
    "street": street_names,
    "screen": screen_names,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `about` is empty where the sentence says it all."""

    id: int
    at: datetime
    who: str
    about: str
    words: str


def entries(rows: Iterable[AuditRow]) -> list[Entry]:
    """Rows with the names of who and what, found in one query for each kind of thing."""
    found = list(rows)
    actors = devices_by_id({number for row in found if (number := _id(row.actor_ref, "device")) is not None})
    names = {kind: named(_ids(found, kind)) for kind, named in SUBJECTS.items()}
    devices = devices_by_id(_ids(found, "device"))
    stalls = stall_names({number for row in found if (number := _id(row.for_ref, "stall")) is not None})
    return [
        Entry(
            row.pk, row.at, _who(row, actors, stalls), _about(row, names, devices), audit_sentence(row.code, row.facts)
        )
        for row in found
    ]


def device_name(device: Device) -> str:
    """Whose phone it is: 바다네 생선 사장님, 상인회."""
    role = str(ROLES[device.role])
    if device.stall is None:
        return _("%(name)s %(role)s") % {"name": device.name, "role": role} if device.name else role
    return _("%(stall)s %(role)s") % {"stall": device.stall.name, "role": role}


def _who(row: AuditRow, devices: Mapping[int, Device], stalls: Mapping[int, str]) -> str:
    device = devices.get(_id(row.actor_ref, "device") or 0)
    who = device_name(device) if device is not None else str(ACTORS.get(row.actor_kind, row.actor_kind))
    stall = stalls.get(_id(row.for_ref, "stall") or 0)
    return _("%(who)s, %(stall)s 대신") % {"who": who, "stall": stall} if stall else who


def _about(row: AuditRow, names: Mapping[str, Mapping[int, str]], devices: Mapping[int, Device]) -> str:
    kind, _, number = row.subject.partition(":")
    if not number.isdigit():
        return ""
    if kind == "device":
        device = devices.get(int(number))
        return device_name(device) if device is not None else ""
    return names.get(kind, {}).get(int(number), "")


def _ids(rows: Iterable[AuditRow], kind: str) -> set[int]:
    return {number for row in rows if (number := _id(row.subject, kind)) is not None}


def _id(text: str, kind: str) -> int | None:
    head, _, number = text.partition(":")
    return int(number) if head == kind and number.isdigit() else None
