"""What is written down about a stall changes."""

from __future__ import annotations

from jangteo.domains.markets.errors import StallNameTaken
from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.domains.markets.stall_facts import StallFacts, check_facts, free_slot, stored_values
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def change_stall(*, market: Market, actor: Actor, stall_id: int, facts: StallFacts) -> Stall:
    """Write the facts down; number and door stay. On another street it stands at the first free place.

    Raises BadStall, StallNameTaken, DoesNotExist for a stall, a kind or a street of another market.
    """
    check_facts(facts)
    # Names and places are given out one at a time, as when a stall joins.
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    stall = Stall.objects.select_for_update(no_key=True).get(pk=stall_id)
    values = stored_values(facts) | _place(stall, facts)
    if Stall.objects.filter(name=values["name"]).exclude(pk=stall.pk).exists():
        raise StallNameTaken(name=facts.name.strip())
    changed = [column for column, value in values.items() if getattr(stall, column) != value]
    if changed:
        for column in changed:
            setattr(stall, column, values[column])
        stall.save(update_fields=changed)
        audit.record(actor, "stall.changed", f"stall:{stall.pk}", fields=",".join(changed))
    return stall


def _place(stall: Stall, facts: StallFacts) -> dict[str, object]:
    kind, street = Kind.objects.get(pk=facts.kind_id), Street.objects.get(pk=facts.street_id)
    slot = stall.slot if street.pk == stall.street_id else free_slot(street)
    return {"kind_id": kind.pk, "street_id": street.pk, "slot": slot}
