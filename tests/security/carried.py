"""An errand that runs and a parcel on its way."""

from __future__ import annotations

from jangteo.adapters.paper.printer import TypstPress
from jangteo.domains.carriers import outside
from jangteo.domains.carriers.actions.note_parcel import WantedParcel, note_parcel
from jangteo.domains.carriers.outside import Outside
from jangteo.domains.carriers.tests.roads import called, nobody_calls, to_be_brought
from jangteo.kernel.audit import SYSTEM
from tests.world import World


def carried_in(world: World) -> dict[str, object]:
    """The ids of both, and where a courier company would report."""
    order = to_be_brought(world)
    outside.use(Outside(quick=nobody_calls()))
    errand = called(world, order)
    outside.use(Outside(press=TypstPress()))
    wanted = WantedParcel("epost", f"{order.pk:013}")
    parcel = note_parcel(market=world.market, actor=SYSTEM, order_id=order.pk, wanted=wanted)
    return {"errand_id": errand.pk, "parcel_id": parcel.pk, "ref": "jt-nobody", "event": "matched"}
